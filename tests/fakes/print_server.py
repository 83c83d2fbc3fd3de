"""A print server with one printer, as the system's own library (libcups) talks to it.

The Internet Printing Protocol over HTTP, only as far as a job needs it (RFC 8010, 8011). Point
CUPS_SERVER at `address`.
"""

import struct
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_OPERATION, _JOB, _END, _PRINTER = 0x01, 0x02, 0x03, 0x04
_INTEGER, _BOOLEAN, _ENUM, _NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE, _MIME = (
    0x21, 0x22, 0x23, 0x42, 0x44, 0x45, 0x47, 0x48, 0x49,
)  # fmt: skip
_CREATE_JOB, _SEND_DOCUMENT, _PRINT_JOB = 0x0005, 0x0006, 0x0002
_FIRST_VALUE_TAG = 0x10
_FINE, _IDLE, _PENDING = 0x0000, 3, 3


class PrintServer:
    """Where it is and what it was given.

    Attributes:
        jobs: the documents, oldest first.
    """

    def __init__(self, printer):
        self.printer = printer
        self.jobs = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)

    def start(self):
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()

    def answer(self, request):
        """Carry one IPP request out and return the response."""
        operation, number = struct.unpack(">HI", request[2:8])
        if operation in {_SEND_DOCUMENT, _PRINT_JOB}:
            self.jobs.append(request[_end_of_attributes(request) :])
        is_job = operation in {_CREATE_JOB, _SEND_DOCUMENT, _PRINT_JOB}
        group = self._job() if is_job else self._attributes()
        head = struct.pack(">BBHI", 2, 0, _FINE, number) + bytes([_OPERATION])
        head += _attribute(_CHARSET, "attributes-charset", "utf-8")
        head += _attribute(_LANGUAGE, "attributes-natural-language", "en")
        return head + group + bytes([_END])

    def _job(self):
        return (
            bytes([_JOB])
            + _attribute(_INTEGER, "job-id", 1)
            + _attribute(_URI, "job-uri", f"ipp://{self.address}/jobs/1")
            + _attribute(_ENUM, "job-state", _PENDING)
        )

    def _attributes(self):
        uri = f"ipp://{self.address}/printers/{self.printer}"
        return (
            bytes([_PRINTER])
            + _attribute(_NAME, "printer-name", self.printer)
            + _attribute(_URI, "printer-uri-supported", uri)
            + _attribute(_ENUM, "printer-state", _IDLE)
            + _attribute(_KEYWORD, "printer-state-reasons", "none")
            + _attribute(_BOOLEAN, "printer-is-accepting-jobs", True)
            + _attribute(_ENUM, "printer-type", 0)
            + _attribute(_MIME, "document-format-supported", "application/pdf")
        )


def _attribute(tag, name, value):
    if isinstance(value, bool):
        content = bytes([value])
    elif isinstance(value, int):
        content = struct.pack(">i", value)
    else:
        content = value.encode()
    key = name.encode()
    return (
        bytes([tag])
        + struct.pack(">H", len(key))
        + key
        + struct.pack(">H", len(content))
        + content
    )


def _end_of_attributes(request):
    """Where the document begins: attributes are tag, name and value; groups are one tag each."""
    place = 8
    while (tag := request[place]) != _END:
        place += 1
        if tag >= _FIRST_VALUE_TAG:
            for _ in ("name", "value"):
                (length,) = struct.unpack_from(">H", request, place)
                place += 2 + length
    return place + 1


def _handler(server):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            content = server.answer(self._body())
            self.send_response(200)
            self.send_header("Content-Type", "application/ipp")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_GET(self):
            self.send_response(404)  # there is no driver to fetch
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_HEAD = do_GET  # noqa: N815 - the name that the server looks for

        def _body(self):
            if "chunked" not in self.headers.get("Transfer-Encoding", ""):
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            parts = []
            while length := int(self.rfile.readline(), 16):
                parts.append(self.rfile.read(length))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)

        def log_message(self, *_):
            pass

    return Handler


@contextmanager
def print_server(printer):
    """Run one while the block runs."""
    server = PrintServer(printer)
    server.start()
    try:
        yield server
    finally:
        server.close()
