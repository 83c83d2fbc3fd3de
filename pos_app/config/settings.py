"""Every setting of the program, declared once.

Sections are the tables of `config.toml`. Each key has its type, default, label, help and unit
beside it; the loader, the settings page and `doctor` read them from here. A key may also be set by
the environment variable `POS_APP_<SECTION>_<KEY>`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final, cast

from pos_app.config import kinds
from pos_app.config.declaring import Declaration
from pos_app.config.declaring import setting as _setting
from pos_app.config.jpay import JPaySettings
from pos_app.config.notify import NotifySettings
from pos_app.config.service_fields import notice_address, page_after, service_address, token_name
from pos_app.domain.gateways import GATEWAYS, USUAL, gateway_name, takes_keyed_cards
from pos_app.domain.methods import METHODS, PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.tips import MOST_PERCENT

CHOP_TOKEN: Final = "citcon_chop.token"  # noqa: S105 - where it is kept, not what it is
ONLINE_TOKEN: Final = "citcon_online.token"  # noqa: S105 - as above
INSTORE_TOKEN: Final = "citcon_instore.token"  # noqa: S105 - as above


@dataclass(frozen=True)
class StoreSettings:
    """The store and this register, as receipts and screens name them."""

    name: str = _setting(
        "My store", kinds.text(60), "Store name", "Shown on receipts and on the screen."
    )
    address: str = _setting(
        "", kinds.text(200, lines=4), "Address", "Printed under the store's name."
    )
    register: str = _setting(
        "Register 1", kinds.text(40), "Register", "The name of this register for people."
    )
    till_code: str = _setting(
        "T1",
        kinds.till_code(),
        "Till code",
        "Begins every reference of this register; give each register of a store its own.",
    )
    currency: str = _setting(
        "USD", kinds.currency(), "Currency", "The currency of the store's prices."
    )
    receipt_footer: str = _setting(
        "Thank you. See you again.",
        kinds.text(300, lines=6),
        "Receipt footer",
        "Printed at the end of every receipt.",
    )


@dataclass(frozen=True)
class MethodSettings:
    """Which payment methods the register offers, and how."""

    enabled: tuple[PaymentMethod, ...] = _setting(
        tuple(PaymentMethod),
        kinds.methods(),
        "Payment methods",
        "The methods on the Sell page, in their order.",
    )
    default: PaymentMethod = _setting(  # noqa: RUF009 - it describes a field, as field() does
        PaymentMethod.ALIPAY, kinds.method(), "Default method", "Chosen when a sale begins."
    )
    currencies: Mapping[PaymentMethod, str] = _setting(
        cast("Mapping[PaymentMethod, str]", MappingProxyType({})),
        kinds.by_method(kinds.currency()),
        "Currency by method",
        "Where the contract says another currency than the wallet's own or the store's.",
    )
    gateways: Mapping[PaymentMethod, str] = _setting(
        cast("Mapping[PaymentMethod, str]", MappingProxyType({})),
        kinds.by_method(kinds.one_of(*GATEWAYS)),
        "Service by method",
        "Which payment service carries a method; Citcon's hosted page where nothing is said.",
    )
    code_life_s: int = _setting(
        300,
        kinds.whole(30, 86_400),
        "Code life",
        "How long a payment code is expected to be payable; shown in the ring.",
        unit="seconds",
    )
    code_lives: Mapping[PaymentMethod, int] = _setting(
        cast("Mapping[PaymentMethod, int]", MappingProxyType({})),
        kinds.by_method(kinds.whole(30, 86_400)),
        "Code life by method",
        "Where a method's codes live longer or shorter.",
        unit="seconds",
    )
    one_tap: bool = _setting(
        False,
        kinds.yes_or_no(),
        "One-tap charge",
        "Choosing a method charges at once, without pressing Charge.",
    )
    large_amount: str = _setting(
        "2000.00",
        kinds.decimals(),
        "Large amount",
        "From this amount on, the register asks before it charges.",
        unit="store currency",
    )
    tips: tuple[int, ...] = _setting(
        (),
        kinds.percentages(MOST_PERCENT),
        "Tips",
        "Offered to the customer where the payment service takes tips; none: nobody is asked.",
        unit="%",
    )

    @property
    def preferred(self) -> PaymentMethod:
        """The method to begin a sale with: the default one, or the first where that is off."""
        return self.default if self.default in self.enabled else self.enabled[0]


@dataclass(frozen=True)
class ChopSettings:
    """The connection to Citcon's hosted page (CHOP)."""

    base_url: str = service_address("https://uat.citconpay.com/")
    token: str = token_name(CHOP_TOKEN, "the merchant")
    ipn_url: str = notice_address("Citcon")
    callback_url_success: str = page_after("paying")
    callback_url_fail: str = page_after("failing")
    mobile_result_url: str = _setting(
        "", kinds.optional_url(), "Page in the wallet", "Opened inside Alipay or WeChat Pay."
    )
    client_country: str = _setting(
        "",
        kinds.pattern("([A-Z]{2})?", "two capital letters such as CN, or nothing"),
        "Customer's country",
        "CN makes Citcon show its page from China.",
    )
    day_zone: str = _setting(
        "",
        kinds.time_zone(),
        "Time zone of its day",
        "Where the day begins by which payments are settled and refunds covered; empty: here.",
    )


@dataclass(frozen=True)
class OnlineSettings:
    """The connection to Citcon's Online API, whose codes come as pictures."""

    base_url: str = service_address("https://uat.citconpay.com/")
    token: str = token_name(ONLINE_TOKEN, "the merchant")
    ipn_url: str = notice_address("Citcon")
    callback_url: str = page_after("paying")
    client_country: str = _setting(
        "",
        kinds.pattern("([A-Z]{2})?", "two capital letters such as CN, or nothing"),
        "Customer's country",
        "CN makes Citcon show its code from China.",
    )


@dataclass(frozen=True)
class InStoreSettings:
    """The connection to Citcon's In-Store API, where this register is a terminal."""

    base_url: str = service_address("https://uat.citconpay.com/")
    token: str = token_name(INSTORE_TOKEN, "this terminal's")
    store_code: str = _setting(
        "",
        kinds.text(64),
        "Store code",
        "Activates this register as a terminal, once, where no token is kept.",
        is_shown=False,
    )


ServiceSettings = ChopSettings | OnlineSettings | InStoreSettings | JPaySettings
"""Of one payment service: each has an address and a token."""


@dataclass(frozen=True)
class DatabaseSettings:
    """Where sales are kept."""

    url: str = _setting(
        "",
        kinds.database_url(),
        "Database",
        "Empty: a file in the data folder. Several registers share one PostgreSQL.",
        is_shown=False,  # it may carry a password
    )


@dataclass(frozen=True)
class PrinterSettings:
    """Receipts on paper and as files."""

    name: str = _setting(
        "",
        kinds.text(200),
        "Printer",
        "Empty: none. “system” is the printer that the operating system prefers.",
    )
    width_mm: int = _setting(
        80, kinds.one_of_numbers(80, 58), "Paper width", "Of the roll.", unit="mm"
    )
    auto_print: bool = _setting(
        True, kinds.yes_or_no(), "Print by itself", "Prints when a payment has come."
    )
    save_pdf: bool = _setting(
        True, kinds.yes_or_no(), "Save as PDF", "Keeps every receipt in the data folder, too."
    )


@dataclass(frozen=True)
class SoundSettings:
    """What the register lets hear."""

    volume: int = _setting(
        70, kinds.whole(0, 100), "Volume", "Of every sound; 0 is silent.", unit="percent"
    )
    tap: bool = _setting(False, kinds.yes_or_no(), "Key sound", "A tick for every key.")


@dataclass(frozen=True)
class LockSettings:
    """When the register locks by itself."""

    idle_minutes: int = _setting(
        5, kinds.whole(1, 240), "Lock when idle", "Never while a payment waits.", unit="minutes"
    )


@dataclass(frozen=True)
class WatchingSettings:
    """How often the payment service is asked (speed.md)."""

    questions_per_second: int = _setting(
        20,
        kinds.whole(1, 1_000),
        "Questions per second",
        "At most, for all payments of this register together.",
        unit="questions",
    )
    is_lean: bool = _setting(
        False, kinds.yes_or_no(), "Ask less often", "For a contract that counts questions."
    )


@dataclass(frozen=True)
class LanguageSettings:
    """The language of the screens."""

    code: str = _setting(
        "en", kinds.one_of("en", "zh_Hans", "zh_Hant"), "Language", "Of screens and receipts."
    )


@dataclass(frozen=True)
class LookSettings:
    """How the screens look."""

    theme: str = _setting(
        "light", kinds.one_of("light", "dark", "system", "contrast"), "Theme", "Of all windows."
    )
    scale: int = _setting(
        0,
        kinds.whole(90, 200, also=0),
        "Size",
        "0: chosen by the window's size.",
        unit="percent",
    )
    reduced_motion: bool = _setting(
        False, kinds.yes_or_no(), "Less motion", "Shows changes at once."
    )


@dataclass(frozen=True)
class Settings:
    """All settings. Made by `load.load_settings`; `Settings()` has the defaults."""

    store: StoreSettings = field(default_factory=StoreSettings)
    methods: MethodSettings = field(default_factory=MethodSettings)
    citcon_chop: ChopSettings = field(default_factory=ChopSettings)
    citcon_online: OnlineSettings = field(default_factory=OnlineSettings)
    citcon_instore: InStoreSettings = field(default_factory=InStoreSettings)
    jpay: JPaySettings = field(default_factory=JPaySettings)
    database: DatabaseSettings = field(default_factory=DatabaseSettings)
    printer: PrinterSettings = field(default_factory=PrinterSettings)
    sounds: SoundSettings = field(default_factory=SoundSettings)
    lock: LockSettings = field(default_factory=LockSettings)
    watching: WatchingSettings = field(default_factory=WatchingSettings)
    notify: NotifySettings = field(default_factory=NotifySettings)
    language: LanguageSettings = field(default_factory=LanguageSettings)
    look: LookSettings = field(default_factory=LookSettings)

    def currency(self, method: PaymentMethod) -> str:
        """Return the ISO 4217 code that `method` charges in: contract, wallet, else store."""
        own = self.methods.currencies.get(method)
        return own or METHODS[method].currency(self.store.currency)

    def gateway(self, method: PaymentMethod) -> str:
        """Return the id of the payment service that carries `method`."""
        return self.methods.gateways.get(method, USUAL)

    @property
    def service_names(self) -> tuple[str, ...]:
        """The payment services' own names that carry the offered methods, the default's first."""
        methods = (self.methods.preferred, *self.methods.enabled)
        return tuple(dict.fromkeys(gateway_name(self.gateway(one)) for one in methods))

    def service(self, gateway_id: str) -> ServiceSettings:
        """Return the settings of a payment service; its section is named as its id."""
        section: ServiceSettings = getattr(self, gateway_id)
        return section

    def customer_country(self, gateway_id: str) -> str:
        """Return the country that a customer's details begin with; empty: the service has none."""
        country: str = getattr(self.service(gateway_id), "country", "")
        return country

    def may_key_cards(self, gateway_id: str) -> bool:
        """Tell whether cashiers may key cards for this service: it can take them, and may."""
        is_allowed: bool = getattr(self.service(gateway_id), "allow_keyed_cards", False)
        return is_allowed and takes_keyed_cards(gateway_id)

    def with_service(self, gateway_id: str, service: ServiceSettings) -> Settings:
        """Return these settings with others of a payment service."""
        sections: dict[str, Any] = {gateway_id: service}
        return replace(self, **sections)

    def code_life(self, method: PaymentMethod) -> timedelta:
        """Return how long a code of `method` is expected to be payable; proves nothing."""
        return timedelta(seconds=self.methods.code_lives.get(method, self.methods.code_life_s))

    @property
    def large_amount(self) -> Money:
        """The amount in the store's currency from which on the register asks first."""
        return _amount(self.methods.large_amount, self.store.currency)


def _amount(plain: str, currency: str) -> Money:
    # "2000.00" is an amount in yen, too; "2000.50" is none.
    bare = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return Money.parse(bare, currency)


def declarations() -> Iterator[Declaration]:
    """Go through all settings in their order."""
    for section in fields(Settings):
        kind = cast("type[Any]", section.default_factory)
        for key in fields(kind):
            yield Declaration(section.name, key.name, **key.metadata)


def asked_of(service_id: str) -> tuple[Declaration, ...]:
    """Return what the page of a payment service asks for beside its token, in order."""
    return tuple(one for one in declarations() if one.section == service_id and one.is_asked)
