"""The code as a picture, at the address that a charge answers with."""

from functools import lru_cache
from io import BytesIO

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pos_app.simulator.payments import Payments
from pos_app.simulator.requests import site_of

PATH = "/payment/qr_image"


class Picture:
    """Paints the code of a payment; anybody with its address may look at it."""

    def __init__(self, payments: Payments, customers_page: str) -> None:
        """Use `customers_page` as the path of what the code opens."""
        self._payments = payments
        self._customers_page = customers_page

    def route(self) -> Route:
        """Return where the picture is found."""
        return Route(PATH, self._show, methods=["GET"])

    async def _show(self, request: Request) -> Response:
        transaction = self._payments.find(request.query_params.get("q", ""))
        if transaction is None:
            return Response("There is no such payment.", 404)
        address = f"{site_of(request)}{self._customers_page}?q={transaction.q}"
        is_fog = request.query_params.get("style") == "fog"
        return Response(fog() if is_fog else png_of(address), media_type="image/png")


@lru_cache(maxsize=32)
def png_of(text: str) -> bytes:
    """Return the picture of a code that says `text`."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M, box_size=6, border=4)
    code.add_data(text)
    code.make(fit=True)
    file = BytesIO()
    code.make_image().save(file)
    return file.getvalue()


def fog() -> bytes:
    """Return a picture in which no machine finds a code."""
    from PIL import Image

    file = BytesIO()
    Image.effect_noise((300, 300), 60).save(file, "PNG")
    return file.getvalue()
