"""A neighbour below HTTP: says the bytes it is told to, and hangs up as it is told to."""

import socket
import struct
import threading
from contextlib import contextmanager


@contextmanager
def server(serve):
    """Listen and let `serve(connection)` answer each connection in turn; gives the address."""
    listener = socket.create_server(("127.0.0.1", 0))

    def run():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                serve(connection)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def answering(*pieces, then=lambda connection: None):
    def serve(connection):
        connection.recv(65_536)
        for piece in pieces:
            connection.sendall(piece)
        then(connection)

    return serve


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
