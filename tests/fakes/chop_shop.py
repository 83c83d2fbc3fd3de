"""A merchant that posts forms to the hosted page's service as it would, over real HTTP."""

import httpx
import pytest

from tests.fakes.running_simulator import TOKEN, running_simulator

ORDER = {
    "payment_method": "alipay",
    "amount": "4250",
    "currency": "USD",
    "reference": "HSG1-0087",
}


class Shop:
    """A merchant on the other side: posts forms as it would."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(
            base_url=url, headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False, timeout=10
        )

    def charge(self, **fields: str) -> str:
        """Make a charge and return its q."""
        answer = self.http.post("/chop/chop", data={**ORDER, **fields}).json()
        return answer["url"].partition("=")[2]

    def inquire(self, q: str) -> httpx.Response:
        return self.http.post("/chop/inquire", data={"q": q})

    def cancel(self, q: str) -> httpx.Response:
        return self.http.post("/chop/cancel", data={"transaction_id": q})

    def refund(self, q: str, amount: int = 4250, **fields: str) -> httpx.Response:
        money = {"amount": str(amount), "currency": "USD"}
        return self.http.post(
            "/chop/refund", data={"transaction_id": q, "reason": "test", **money, **fields}
        )

    def listed(self) -> list[dict]:
        return self.http.get("/chop/transactions").json()

    def balance(self, body: object) -> httpx.Response:
        return self.http.post("/simulator/open-balance", json=body)

    def act(self, q: str, deed: str) -> httpx.Response:
        return self.http.post(f"/simulator/transactions/{q}/{deed}")

    def state(self, q: str) -> str:
        return self.http.get(f"/simulator/transactions/{q}").json()["state"]

    def transactions(self) -> list[dict]:
        return self.http.get("/simulator/transactions").json()["transactions"]

    def script(self, *rules: dict) -> httpx.Response:
        return self.http.post("/simulator/behaviour", json={"rules": rules})


@pytest.fixture
def simulator():
    with running_simulator() as running:
        yield running


@pytest.fixture
def shop(simulator):
    shop = Shop(simulator.url)
    yield shop
    shop.http.close()
