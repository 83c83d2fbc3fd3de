"""What the ledger's file keeps, and what it says of a file that is none."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from pos_app.simulator.ledger import Ledger, StateUnreadableError
from pos_app.simulator.transactions import State


def test_file_brings_every_member_back(gateway, tmp_path):
    made = gateway.new(
        ipn_url="http://shop/ipn",
        callback_url_success="http://shop/ok",
        callback_url_fail="http://shop/no",
        mobile_result_url="http://shop/wallet",
    )
    gateway.payments.pay(made)
    gateway.cancel(made)
    kept = gateway.now(made)
    assert kept.state is State.REFUNDED
    first = Ledger(tmp_path / "state")
    first.save(kept)
    first.close()
    second = Ledger(tmp_path / "state")
    assert second.all() == [kept]
    assert second.next_number() == 2
    second.close()


def test_file_of_an_earlier_version_is_brought_up_to_date(gateway, tmp_path):
    kept = replace(gateway.paid(), settles_at=None)
    path = tmp_path / "state"
    first = Ledger(path)
    first.save(kept)
    first.close()
    with closing(sqlite3.connect(path)) as database:
        for column in ("settles_at", "fail_url", "mobile_url"):
            database.execute(f"ALTER TABLE payment DROP COLUMN {column}")
    second = Ledger(path)
    assert second.all() == [kept]
    second.save(replace(kept, fail_url="http://shop/no"))
    assert second.all()[0].fail_url == "http://shop/no"
    second.close()


def test_no_token_is_written_to_the_file(gateway_with, tmp_path):
    gateway = gateway_with(tokens=("s3cr3t-merchant-token",))
    gateway.charge(token="s3cr3t-merchant-token")
    ledger = Ledger(tmp_path / "state")
    ledger.save(gateway.payments.all()[0])
    ledger.close()
    assert b"s3cr3t-merchant-token" not in (tmp_path / "state").read_bytes()
    assert "s3cr3t" not in repr(gateway.settings)


def test_file_of_another_kind_is_named(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear customer, " * 100)
    with pytest.raises(StateUnreadableError, match=r"letter\.txt"):
        Ledger(path)
    assert path.read_text().startswith("Dear customer")


def test_missing_folder_is_named(tmp_path):
    with pytest.raises(StateUnreadableError, match="nowhere"):
        Ledger(tmp_path / "nowhere" / "state")


def test_second_simulator_on_the_same_file_is_refused(tmp_path):
    ledger = Ledger(tmp_path / "state")
    with pytest.raises(StateUnreadableError, match="locked"):
        Ledger(tmp_path / "state")
    ledger.close()
