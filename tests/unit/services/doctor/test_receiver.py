import socket
from urllib.parse import urlsplit

import pytest

from pos_app.config.notify import NotifySettings
from pos_app.config.settings import ChopSettings, Settings
from pos_app.services.doctor.receiver import receiver
from pos_app.services.doctor.verdicts import Level
from pos_app.services.ports import any_free
from tests.fakes.bare_server import answering, server
from tests.fakes.ledger import Ledger, a_charge
from tests.fakes.receiving import tell

PUBLIC = "https://shop.example/pay"


def at(port, public_url=PUBLIC, **more):
    """The settings of a till with a receiver at this port."""
    notify = NotifySettings(beside_till=True, port=port, public_url=public_url)
    return Settings(notify=notify, **more)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "till.sqlite3"


def test_without_one_beside_the_till_there_is_nothing_to_check(file):
    assert receiver(Settings(), "", file).level is Level.SKIPPED


def test_a_free_port_is_fine_and_the_last_notice_is_told(file):
    settings = at(any_free("127.0.0.1"))
    found = receiver(settings, "", file)
    assert (found.level, "No notice" in found.text) == (Level.OK, True)
    store = Ledger(None, file).open()
    with store.write() as work:
        tell(work, a_charge(work))
    store.close()
    assert "The last notice came on 20" in receiver(settings, "", file).text


def test_a_receiver_that_nobody_is_told_of_is_a_warning(file):
    settings = at(any_free("127.0.0.1"), "")
    assert receiver(settings, "", file).level is Level.WARNING


def test_a_service_that_is_told_by_itself_is_told(file):
    chop = ChopSettings(ipn_url=PUBLIC)
    settings = at(any_free("127.0.0.1"), "", citcon_chop=chop)
    assert receiver(settings, "", file).level is Level.OK


def test_a_port_of_another_program_is_trouble_with_a_way_out(file):
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(5)
        found = receiver(at(other.getsockname()[1]), "", file)
    assert found.level is Level.TROUBLE
    assert "notify.port" in found.advice


def test_the_receiver_itself_has_the_port(file):
    with server(answering(b"HTTP/1.0 200 OK\r\n\r\nqr_till_notices_total 0\n")) as address:
        found = receiver(at(urlsplit(address).port), "", file)
    assert found.level is Level.OK
    assert "It listens on" in found.text
