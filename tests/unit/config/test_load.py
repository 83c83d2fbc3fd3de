import logging
from operator import attrgetter

import pytest

from pos_app import logs
from pos_app.config.load import load_settings
from pos_app.config.settings import Settings, declarations
from pos_app.domain.errors import ConfigError
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money

PLENTY = """
[store]
name = "好好茶庄"
address = "1 Canton Road\\nHong Kong"
till_code = "HSG1"
currency = "HKD"

[methods]
enabled = ["wechatpay", "alipay_hk", "cc"]
default = "cc"
code_life_s = 120
one_tap = true
large_amount = "500.50"

[methods.currencies]
alipay_hk = "USD"

[methods.code_lives]
cc = 900

[printer]
width_mm = 58
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "config.toml"


def trouble(file, environ=None):
    with pytest.raises(ConfigError) as caught:
        load_settings(file, environ or {})
    return caught.value


def test_without_a_file_everything_is_as_declared(file):
    assert load_settings(file, {"HOME": "/home/mei"}) == Settings()


def test_the_file_is_read(file):
    file.write_text(PLENTY, encoding="utf-8")
    settings = load_settings(file, {})
    assert settings.store.name == "好好茶庄"
    assert settings.store.till_code == "HSG1"
    assert settings.methods.enabled == (
        PaymentMethod.WECHATPAY,
        PaymentMethod.ALIPAY_HK,
        PaymentMethod.CC,
    )
    assert settings.methods.preferred is PaymentMethod.CC
    assert settings.methods.one_tap
    assert settings.printer.width_mm == 58
    assert settings.large_amount == Money(50_050, "HKD")
    assert settings.sounds == Settings().sounds


@pytest.mark.parametrize(
    ("method", "currency"),
    [
        (PaymentMethod.ALIPAY_HK, "USD"),  # the contract's
        (PaymentMethod.KAKAOPAY, "KRW"),  # the wallet's own
        (PaymentMethod.ALIPAY, "HKD"),  # the store's
    ],
)
def test_a_method_charges_in_the_contracts_currency_else_its_own_else_the_stores(
    file, method, currency
):
    file.write_text(PLENTY, encoding="utf-8")
    assert load_settings(file, {}).currency(method) == currency


def test_a_method_may_have_a_code_life_of_its_own(file):
    file.write_text(PLENTY, encoding="utf-8")
    settings = load_settings(file, {})
    assert settings.code_life(PaymentMethod.CC).total_seconds() == 900
    assert settings.code_life(PaymentMethod.ALIPAY).total_seconds() == 120


def test_a_default_method_that_is_off_gives_way_to_the_first(file):
    file.write_text('[methods]\nenabled = ["dana", "cc"]')
    assert load_settings(file, {}).methods.preferred is PaymentMethod.DANA


def test_the_environment_wins_over_the_file(file):
    file.write_text('[store]\ntill_code = "HSG1"\nname = "From the file"')
    settings = load_settings(file, {"POS_APP_STORE_TILL_CODE": "HSG2"})
    assert (settings.store.till_code, settings.store.name) == ("HSG2", "From the file")


@pytest.mark.parametrize(
    ("variable", "words", "name", "value"),
    [
        ("POS_APP_PRINTER_AUTO_PRINT", "no", "printer.auto_print", False),
        ("POS_APP_SOUNDS_TAP", "1", "sounds.tap", True),
        ("POS_APP_SOUNDS_VOLUME", "35", "sounds.volume", 35),
        ("POS_APP_LOOK_SCALE", "0", "look.scale", 0),
        ("POS_APP_LANGUAGE_CODE", "zh_Hans", "language.code", "zh_Hans"),
        (
            "POS_APP_METHODS_ENABLED",
            "dana, cc",
            "methods.enabled",
            (PaymentMethod.DANA, PaymentMethod.CC),
        ),
        (
            "POS_APP_METHODS_CURRENCIES",
            "alipay=USD,dana=SGD",
            "methods.currencies",
            {PaymentMethod.ALIPAY: "USD", PaymentMethod.DANA: "SGD"},
        ),
        ("POS_APP_METHODS_CODE_LIVES", "cc=900", "methods.code_lives", {PaymentMethod.CC: 900}),
        ("POS_APP_DATABASE_URL", "postgresql://u@h/till", "database.url", "postgresql://u@h/till"),
        ("POS_APP_CITCON_CHOP_CLIENT_COUNTRY", "CN", "citcon_chop.client_country", "CN"),
    ],
)
def test_text_of_the_environment_becomes_the_settings_type(file, variable, words, name, value):
    settings = load_settings(file, {variable: words})
    assert attrgetter(name)(settings) == value


@pytest.mark.parametrize("declared", [*declarations()], ids=lambda declared: declared.name)
def test_every_setting_has_words_and_refuses_what_is_no_value(file, declared):
    assert declared.label
    assert declared.help.endswith(".")
    assert declared.kind.expected
    file.write_text(f"[{declared.section}]\n{declared.key} = 12:30:00\n")
    assert trouble(file).key == declared.name


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('store.till_code = "hsg-1"', "capital letters or digits"),
        ('store.currency = "usd"', "ISO 4217"),
        ('store.currency = "XXQ"', "ISO 4217"),
        ("store.name = 5", "text of at most 60 characters"),
        ('store.name = "Two\\nlines"', "on one line"),
        ('store.name = "Bell\\u0007"', "text"),
        ("methods.enabled = []", "a list of payment methods"),
        ('methods.enabled = ["alipay", "alipay"]', "each once"),
        ('methods.default = "bitcoin"', "one of alipay, wechatpay"),
        ('methods.currencies = { alipay = "dollars" }', "ISO 4217"),
        ("methods.code_life_s = 5", "from 30 to 86400"),
        ("methods.code_life_s = true", "whole number"),
        ("methods.code_life_s = 60.5", "whole number"),
        ("methods.large_amount = 2000", "an amount above zero such as 2000.00"),
        ('methods.large_amount = "0.00"', "above zero"),
        ('methods.large_amount = "1.005"', "an amount in USD"),
        ("printer.width_mm = 76", "one of 80, 58"),
        ('printer.auto_print = "yes"', "true or false"),
        ("look.scale = 50", "from 90 to 200, or 0"),
        ("sounds.volume = true", "whole number"),
        ("sounds.volume = 101", "from 0 to 100"),
        ('citcon_chop.client_country = "China"', "two capital letters"),
        ('citcon_chop.ipn_url = "ftp://shop.example/"', "https:// or http://"),
        ('database.url = "mysql://h/till"', "postgresql://user@host/till"),
    ],
)
def test_a_bad_value_names_the_file_the_key_and_what_was_expected(file, line, expected):
    file.write_text(line)
    error = trouble(file)
    assert (error.place, error.key) == (str(file), line.split(" = ")[0])
    assert expected in error.expected
    assert expected in str(error)


def test_a_bad_variable_is_named(file):
    error = trouble(file, {"POS_APP_SOUNDS_VOLUME": "loud"})
    assert str(error) == (
        "The setting sounds.volume in POS_APP_SOUNDS_VOLUME can't be used: "
        "expected a whole number from 0 to 100."
    )


def test_an_amount_that_the_currency_cannot_have_names_the_variable_it_came_from(file):
    environ = {"POS_APP_METHODS_LARGE_AMOUNT": "20.50", "POS_APP_STORE_CURRENCY": "JPY"}
    assert trouble(file, environ).place == "POS_APP_METHODS_LARGE_AMOUNT"


def test_a_store_in_yen_can_keep_the_default_large_amount(file):
    settings = load_settings(file, {"POS_APP_STORE_CURRENCY": "JPY"})
    assert settings.large_amount == Money(2000, "JPY")


@pytest.mark.parametrize(
    ("line", "key", "nearest"),
    [
        ("store.til_code = 1", "store.til_code", "store.till_code"),
        ("[stroe]", "stroe", "store"),
        ("[citcon]", "citcon", "citcon_chop"),
        ("till_code = 1", "till_code", "store.till_code"),
        ("zzz.qqq = 1", "zzz", ""),
    ],
)
def test_an_unknown_key_names_the_nearest_known_one(file, line, key, nearest):
    file.write_text(line)
    error = trouble(file)
    assert error.key == key
    assert f"the nearest is {nearest}" in str(error)


def test_an_unknown_variable_names_the_nearest_known_one(file):
    error = trouble(file, {"POS_APP_STORE_TILLCODE": "T2"})
    assert error.key == "POS_APP_STORE_TILLCODE"
    assert "the nearest is POS_APP_STORE_TILL_CODE" in str(error)


def test_the_data_folders_variable_is_no_setting(file):
    assert load_settings(file, {"POS_APP_DATA_DIR": "/data"}) == Settings()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[store\nname = 1", "TOML, but"),
        (b'[store]\nname = "a" x\nname = "b"', "line 2"),
        (b'[store]\nname = "\xff"', "text in UTF-8"),
        (b"[sounds]\nvolume = " + b"9" * 5_000, "TOML, but"),
        (b"store = 5", "begins with the line [store]"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(file, content, expected):
    file.write_bytes(content)
    error = trouble(file)
    assert error.place == str(file)
    assert expected in str(error)


def test_a_file_that_cannot_be_read_is_named(file):
    file.mkdir()
    error = trouble(file)
    assert error.place == str(file)
    assert "can be read" in str(error)


def test_a_byte_order_mark_in_front_is_fine(file):
    file.write_bytes(b'\xef\xbb\xbf[store]\r\nname = "Tea"\r\n')
    assert load_settings(file, {}).store.name == "Tea"


@pytest.mark.parametrize("zone", ["", "UTC", "America/New_York"])
def test_the_gateways_day_has_a_zone_or_the_stores(file, zone):
    settings = load_settings(file, {"POS_APP_CITCON_CHOP_DAY_ZONE": zone})
    assert settings.citcon_chop.day_zone == zone


@pytest.mark.parametrize("zone", ["Moon/Base", "America", "../etc/passwd", "\x00", "UTC "])
def test_what_is_no_zone_is_told(file, zone):
    error = trouble(file, {"POS_APP_CITCON_CHOP_DAY_ZONE": zone})
    assert error.key == "citcon_chop.day_zone"
    assert "a time zone such as Asia/Shanghai" in str(error)


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("https://citconpay.com", "https://citconpay.com/"),
        ("https://api.citconpay.cn/", "https://api.citconpay.cn/"),
        ("https://shop.example/pay//", "https://shop.example/pay/"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/"),
        ("http://127.8.8.8", "http://127.8.8.8/"),
        ("http://localhost:1", "http://localhost:1/"),
        ("http://[::1]:9/", "http://[::1]:9/"),
    ],
)
def test_the_gateways_address_gets_its_slash(file, url, read):
    settings = load_settings(file, {"POS_APP_CITCON_CHOP_BASE_URL": url})
    assert settings.citcon_chop.base_url == read


@pytest.mark.parametrize(
    "url",
    [
        "http://citconpay.com/",
        "http://192.168.0.4/",
        "http://localhost.example/",
        "http://127.0.0.1.example/",
        "https://",
        "https:///chop",
        "citconpay.com",
        "ftp://citconpay.com/",
        "https://token@citconpay.com/",
        "https://citconpay.com/?a=1",
        "https://citconpay.com/#a",
        "https://citconpay.com:0/",
        "https://citconpay.com:99999/",
        "https://cit conpay.com/",
        "https://[::1/",
        "https://citcon..example/",
        "https://" + "c" * 64 + ".example/",
        "",
    ],
)
def test_an_address_that_would_carry_the_token_in_the_open_is_refused(file, url):
    error = trouble(file, {"POS_APP_CITCON_CHOP_BASE_URL": url})
    assert "https://" in error.expected
    assert "to this computer only" in error.expected
    assert "token" not in str(error)


def test_a_token_in_the_file_is_refused_without_showing_it(file):
    file.write_text('[citcon_chop]\ntoken = "9F3A81C2E0"')
    error = trouble(file)
    assert "POS_APP_CITCON_CHOP_TOKEN" in str(error)
    assert "9F3A81C2E0" not in str(error)


def test_a_token_in_the_environment_does_not_get_into_the_settings(file):
    settings = load_settings(file, {"POS_APP_CITCON_CHOP_TOKEN": "9F3A81C2E0"})
    assert settings == Settings()


def test_the_databases_password_is_neither_shown_nor_logged(file, monkeypatch):
    monkeypatch.setattr(logs, "_secrets", set())
    url = "postgresql://till:p%40ssword@db.example/till"
    settings = load_settings(file, {"POS_APP_DATABASE_URL": url})
    assert settings.database.url == url
    assert "ssword" not in repr(settings)
    record = logging.LogRecord("x", logging.INFO, "x", 1, f"{url} p@ssword", None, None)
    assert "ssword" not in logs.mask_secrets(record.getMessage())


def test_the_services_in_use_are_those_of_the_offered_methods(file):
    file.write_text(
        '[methods]\nenabled = ["alipay", "cc"]\ndefault = "cc"\n[methods.gateways]\ncc = "jpay"\n'
        'upop = "citcon_online"\n',
        encoding="utf-8",
    )
    assert load_settings(file, {}).service_names == ("J-Pay", "Citcon")
    assert Settings().service_names == ("Citcon",)
