"""One sale with the real program: keys in, a code on the screen, money over HTTP, a receipt."""

import httpx
import pytest
import zxingcpp
from PIL import ImageFilter
from PySide6.QtCore import QBuffer, QIODevice

from tests.fakes.pdf import text_of as pdf_text
from tests.fakes.print_server import print_server
from tests.fakes.waiting import until
from tests.fakes.windowed_till import WindowedTill


def from_afar(picture):
    return picture.resize((picture.width // 4, picture.height // 4))


def out_of_focus(picture):
    return picture.filter(ImageFilter.GaussianBlur(3))


def from_afar_and_out_of_focus(picture):
    return from_afar(picture).filter(ImageFilter.GaussianBlur(0.5))


def read_codes(picture):
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def text_of(pdf):
    buffer = QBuffer()
    buffer.setData(pdf)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return pdf_text(buffer)


@pytest.mark.usefixtures("qapp")
def test_from_the_keyed_amount_to_the_printed_receipt(tmp_path, screen, gateway):
    with print_server("Counter") as printer:
        till = WindowedTill(
            tmp_path,
            screen,
            POS_APP_CITCON_CHOP_BASE_URL=f"{gateway.url}/",
            POS_APP_PRINTER_NAME="Counter",
            CUPS_SERVER=printer.address,
        )
        with till.running():
            till.sign_in()
            charge = till.charge("4", "2", "5", "0")
            address = till.code()

            picture = screen.picture()
            for seen in (from_afar, out_of_focus, from_afar_and_out_of_focus):
                assert read_codes(seen(picture)) == [address]

            assert "42.50" in httpx.get(address, trust_env=False).text
            httpx.post(address, data={"action": "pay"}, trust_env=False)
            paid = till.paid()
            assert address not in read_codes(screen.picture())

            until(till.ledger.prints, "the receipt to be printed")
        (there,) = gateway.transactions()
    (saved,) = till.paths.receipts.glob("*.pdf")

    assert (paid["reference"], paid["amount_minor"]) == (charge["reference"], 4250)
    assert (there["reference"], there["state"]) == (paid["reference"], "paid")
    assert address.endswith(there["q"])
    assert len(printer.jobs) == 1
    for pdf in (saved.read_bytes(), *printer.jobs):
        text = text_of(pdf)
        assert "42.50" in text
        assert paid["reference"] in text
        assert there["transaction_id"] in text
    assert till.said() == ""
