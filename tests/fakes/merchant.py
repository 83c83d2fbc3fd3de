"""A merchant without a till: asks the payment services for pages, and has some of its own."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from urllib.parse import parse_qsl, urlsplit

import httpx
import zxingcpp
from PIL import Image

from pos_app.simulator.jpay.orders import SALE_SIGNED
from pos_app.simulator.jpay.signing import sign
from tests.fakes.jpay import KEY, SALE

TOKEN = "training-token"
REFERENCE = SALE["pay_orderid"]


class Merchant:
    """Its one payment, and what it hears of it.

    Attributes:
        gateway_url: where the payment services are.
        site: where its own pages are: `/done`, `/success` and `/fail`.
        visits: path and query of every customer that came to one of them, newest last.
        notices: what a payment service told it, newest last.
    """

    def __init__(self, gateway):
        self._gateway, self.gateway_url = gateway, gateway.url
        self._http = httpx.Client(base_url=gateway.url, trust_env=False, timeout=10)
        self._server = _pages(self)
        self.site = f"http://127.0.0.1:{self._server.server_port}"
        self.visits, self.notices = [], []

    def __enter__(self):
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()
        self._http.close()

    def charge(self, method="alipay", **fields):
        """The address of a page at CHOP, for 42.50."""
        order = {
            "payment_method": method,
            "amount": "4250",
            "currency": "USD",
            "reference": REFERENCE,
            "ipn_url": f"{self.site}/ipn",
        }
        return self._chop("chop", **order, **fields)["url"]

    def own_pages(self):
        """The fields of a charge whose customer comes back here."""
        return {f"callback_url_{name}": f"{self.site}/{name}" for name in ("success", "fail")}

    def sell(self, **fields):
        """The address of a page at J-Pay, for 42.50; its customer comes back to `/done`."""
        here = {"pay_notifyurl": f"{self.site}/ipn", "pay_callbackurl": f"{self.site}/done"}
        order = {**SALE, **here, **fields}
        md5sign = sign({name: order[name] for name in SALE_SIGNED}, KEY)
        return self._http.post("/pay_index", data={**order, "pay_md5sign": md5sign}).json()["url"]

    def show_picture(self):
        """The address that the Online API's picture of a code leads to, for 42.50."""
        order = {"amount": "4250", "currency": "USD", "vendor": "wechatpay"}
        fields = {**order, "reference": REFERENCE, "ipn_url": f"{self.site}/ipn"}
        bearer = {"Authorization": f"Bearer {TOKEN}"}
        picture = self._http.post("/payment/pay_qr", data=fields, headers=bearer).text
        (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(self._http.get(picture).content)))
        return code.text

    def show_terminal(self):
        """The address in the code that a terminal of the In-Store API shows, for 42.50."""
        token = self._posp("initialize", store_code="training-store")["token"]
        self._posp("sign_in", token=token)
        return self._posp("gen_payment_qr", token=token, total="4250", tip="0")["qr_code"]

    def cancel(self):
        """Give the payment at CHOP up."""
        return self._chop("cancel", transaction_reference=REFERENCE)

    def act(self, deed):
        """Let the payment "pay", "decline" or "expire" without any page."""
        self._gateway.act(self._payment()["q"], deed)

    def state(self):
        """What the payment service knows of the payment."""
        return self._payment()["state"]

    def _payment(self):
        (payment,) = self._gateway.transactions()
        return payment

    def _posp(self, call, **fields):
        return self._http.post(f"/posp/rest/{call}", data=fields).json()

    def _chop(self, call, **fields):
        bearer = {"Authorization": f"Bearer {TOKEN}"}
        return self._http.post(f"/chop/{call}", data=fields, headers=bearer).json()


def _pages(merchant):
    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            place = urlsplit(self.path)
            if place.path != "/favicon.ico":
                merchant.visits.append((place.path, dict(parse_qsl(place.query, True))))
            self._say(b"<!doctype html><title>Shop</title>Thank you for shopping here.")

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            merchant.notices.append(dict(parse_qsl(body, keep_blank_values=True)))
            self._say(b"ok")

        def _say(self, body):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    return ThreadingHTTPServer(("127.0.0.1", 0), Page)
