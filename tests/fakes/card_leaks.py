"""Looks for a payment card in bytes, however it may have been written."""

import base64
import re
import zipfile

_BETWEEN = re.compile(rb"(?:%20|\\u00a0|\xc2\xa0|[\s\x00+._-])+")


def _base64_cores(digits):
    """What any base64 text with these digits inside has in it, wherever they begin."""
    for offset in range(3):
        text = base64.b64encode(b"\0" * offset + digits)
        yield text[4 if offset else 0 : -4]


def tells(blob, number, month, year, cvv):
    """What of the card is in `blob`; empty for nothing.

    The short parts count only beside what names them: three digits are anywhere.
    """
    digits = number.encode()
    squeezed = _BETWEEN.sub(b"", blob)
    short = year[-2:]
    named = {
        "number": any(digits in one for one in (blob, squeezed)),
        "part of the number": any(part in squeezed for part in (digits[:12], digits[-12:])),
        "number in base64": any(core in blob for core in _base64_cores(digits)),
        "number in hex": digits.hex().encode() in blob.lower(),
        "number backwards": digits[::-1] in squeezed,
        "CVV": re.search(rf"(?i)c(?:ard)?_?(?:vv|vc)2?\W{{0,6}}{cvv}\b".encode(), blob),
        "expiry": re.search(rf"\b{month}\s?/\s?(?:20)?{short}\b".encode(), blob),
        "a field of the card": re.search(rb"(?i)pay_card|card_?(?:no|number)\W{1,4}\d", blob),
    }
    return [name for name, found in named.items() if found]


def blobs(folder):
    """Every file under `folder` by name, and what is packed in it."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.name, file.read_bytes()
        if file.suffix == ".zip":
            with zipfile.ZipFile(file) as bundle:
                for name in bundle.namelist():
                    yield f"{file.name}/{name}", bundle.read(name)
