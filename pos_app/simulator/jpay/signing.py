"""The signature of J-Pay's forms. Source: gateways/jpay.md, "Signature"."""

from collections.abc import Iterable, Mapping
from hashlib import md5


def sign(members: Mapping[str, str], key: str) -> str:
    """Return the upper-case MD5 over what is said, sorted by name, and the merchant's key."""
    pairs = [f"{name}={value}" for name, value in sorted(members.items()) if value != ""]
    digest = md5(usedforsecurity=False)
    digest.update("&".join([*pairs, f"key={key}"] if pairs else ["", f"key={key}"]).encode())
    return digest.hexdigest().upper()


def is_right(fields: Mapping[str, str], names: Iterable[str], key: str) -> bool:
    """Say whether the form's `pay_md5sign` is over these fields of it."""
    expected = sign({name: fields.get(name, "") for name in names}, key)
    return fields.get("pay_md5sign", "") == expected
