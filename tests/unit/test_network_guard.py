"""The guard in conftest.py holds: no test reaches beyond this machine."""

import socket

import pytest


def test_connecting_to_a_far_address_is_refused():
    with socket.socket() as near, pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        near.connect(("192.0.2.1", 80))


def test_a_far_name_is_not_looked_up():
    with pytest.raises(socket.gaierror, match=r"a test looked up far\.example"):
        socket.getaddrinfo("far.example", 80)


def test_this_machine_can_be_reached():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5) as client,
    ):
        assert client.getpeername() == server.getsockname()
