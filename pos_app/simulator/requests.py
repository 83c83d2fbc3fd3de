"""What both the merchant's and the customer's calls need of a request."""

import re
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

_LARGEST_BODY = 65_536
_HOST = re.compile(r"[A-Za-z0-9._-]+(:\d+)?|\[[0-9A-Fa-f:]+\](:\d+)?")


async def read_body(request: Request) -> bytes:
    """Return the body.

    Raises:
        HTTPException: it is longer than any call needs (413).
    """
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST_BODY:
            raise HTTPException(413)
    return body


async def read_form(request: Request) -> dict[str, str]:
    """Return the posted fields; of a repeated one the last. Any other kind of body has none."""
    body = await read_body(request)
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return {}
    text = body.decode(errors="replace")
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=200))
    except ValueError as error:
        raise HTTPException(400) from error


async def read_fields(request: Request) -> dict[str, str]:
    """Return the fields of a call: of a GET its query's, else the posted ones."""
    if request.method == "GET":
        return dict(request.query_params)
    return await read_form(request)


def site_of(request: Request) -> str:
    """Return scheme and host as the caller named them, so that any host name works."""
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        host = "{}:{}".format(*(request.scope.get("server") or ("localhost", 80)))
    return f"{request.url.scheme}://{host}"
