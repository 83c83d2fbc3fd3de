"""`pos-app demo --tour`: the whole program by itself, off screen, and what it leaves behind."""

import json
import re

import pytest
import zxingcpp
from PIL import Image

from tests.fakes.command import run
from tests.fakes.pdf import text_of

SIZE = (1366, 768)
STEPS = {
    "lock": "",
    "sell": "",
    "amount": "",
    "no-answer": "noAnswer",
    "put-aside": "",
    "code": "waiting",
    "paid": "paid",
    "cancel-question": "waiting",
    "cancelled": "cancelled",
    "stopped": "stopped",
    "transactions": "",
    "found": "",
    "refund": "",
    "refund-done": "refundDone",
    "part-refunded": "",
    "cancel-paid": "",
    "cancel-paid-done": "refundDone",
    "whole-refunded": "",
    "compared": "",
    "methods": "",
    "people": "",
    "answers": "",
    "settling": "",
    "settled": "",
    "locked": "",
}
PINS = ("1111", "2222", "999999")


def tour(folder, out, *arguments):
    """Take it with a simulator of its own."""
    return run(
        folder, "demo", "--tour", "--out", str(out), *arguments, POS_APP_CITCON_CHOP_BASE_URL=""
    )


@pytest.mark.usefixtures("qapp")
def test_the_tour_sells_gives_back_and_leaves_pictures_papers_and_a_diary(tmp_path):
    out = tmp_path / "tour"
    done = tour(tmp_path / "data", out)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads((out / "tour.json").read_text("utf-8"))

    assert {step["name"]: step["state"] for step in told["steps"]} == STEPS
    assert told["seconds"] < 60  # about 35 on a quiet computer
    check_pictures(told, out)
    check_sales(told, out)
    check_money_back(told, out)
    assert told["journal"]["entries"] == sum(head["number"] for head in told["journal"]["heads"])
    assert told["journal"]["entries"] > len(told["steps"])
    strings = set(re.findall(r'"([^"]*)"', (out / "tour.json").read_text("utf-8")))
    assert not strings & set(PINS)
    # Nothing of the pretend sales stays on this computer but the log.
    assert not list((tmp_path / "data").rglob("*.sqlite3"))


def check_pictures(told, out):
    for step in told["steps"]:
        with Image.open(out / step["picture"]) as picture:
            assert picture.size == SIZE
            assert len(picture.convert("RGB").getcolors(SIZE[0] * SIZE[1])) > 50
    with Image.open(out / picture_of(told, "code")) as picture:
        (code,) = zxingcpp.read_barcodes(picture)
    assert code.text.startswith("http://127.0.0.1:")


def check_sales(told, out):
    sale = told["sale"]
    assert (sale["amount"], sale["currency"], sale["method"]) == ("42.50", "USD", "alipay")
    text = text_of(str(out / sale["receipt"]))
    for wanted in ("TRAINING", "Mei Lin", "42.50", sale["reference"], sale["transaction_id"]):
        assert wanted in text
    ends = [(other["amount"], other["state"], other["decision"]) for other in told["other_sales"]]
    assert ends == [
        ("18.00", "cancelled", ""),
        ("26.00", "paid", ""),
        ("6.40", "stopped", ""),
        ("9.80", "", "not_paid"),
    ]


def check_money_back(told, out):
    part, whole = told["refunds"]
    second = told["other_sales"][1]
    assert (part["kind"], part["amount"], part["status"]) == ("refund", "12.50", "done")
    assert (whole["kind"], whole["amount"], whole["status"]) == ("cancel", "26.00", "done")
    assert (part["of"], whole["of"]) == (told["sale"]["reference"], second["reference"])
    for refund in (part, whole):
        text = text_of(str(out / refund["slip"]))
        for wanted in ("TRAINING", "Priya", refund["amount"], refund["of"], refund["refund_id"]):
            assert wanted in text


def picture_of(told, name):
    return next(step["picture"] for step in told["steps"] if step["name"] == name)


def test_a_till_that_does_not_start_ends_the_tour_with_one_sentence(tmp_path):
    config = tmp_path / "data" / "training" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[store]\ncurrency = 7\n", encoding="utf-8")
    done = tour(tmp_path / "log", tmp_path / "tour", "--data-dir", str(tmp_path / "data"))
    assert done.returncode == 1
    assert re.fullmatch(r"The setting .*currency.* can't be used: .*\.\n", done.stderr)
    assert not (tmp_path / "tour" / "tour.json").exists()


def test_pictures_that_cannot_be_written_are_told(tmp_path):
    out = tmp_path / "file"
    out.touch()
    done = tour(tmp_path / "data", out)
    assert done.returncode == 1
    assert done.stderr.startswith("The system refused: ")
    assert done.stderr.count("\n") == 1
