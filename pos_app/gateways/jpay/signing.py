"""J-Pay's signature over the fields of a form.

Source: gateways/jpay.md, "Signature": of the fields that say something, sorted by name in ASCII
order, `name=value` joined with `&`, `&key=<key>` behind them, MD5 in upper-case hex.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

from pos_app.config.secrets import Secret


def signature(fields: Mapping[str, str], key: Secret) -> str:
    """Return the signature over `fields`; empty ones are left out, whatever their order."""
    said = "&".join(f"{name}={fields[name]}" for name in sorted(fields) if fields[name])
    text = f"{said}&key={key.reveal()}"
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest().upper()


def is_signed(fields: Mapping[str, str], sign: str, key: Secret) -> bool:
    """Tell whether `sign` is the signature over `fields`, in either case of its letters."""
    expected = signature(fields, key).encode()
    return hmac.compare_digest(expected, sign.strip().upper().encode())
