"""Reading one value of an answer, however the vendor spelt it.

The documents call a number text, their samples and public clients also show it bare; so a value
is taken as the bytes that came (``msgspec.Raw``) and read here. The digits stay as they were sent.

An amount is plain decimal text of at most ``LONGEST`` characters: digits and at most one point.
The exponent form, which serializers choose for very small numbers, is accepted and written out.
A sign, a space, an underscore, a hexadecimal, nan and infinity are not amounts.
"""

import re
from decimal import Decimal

import msgspec

from alltick_desk.errors import ProtocolError

ABSENT = msgspec.Raw(b"null")  # a field that did not come is read like one that is null

UNREADABLE = (ValueError, RecursionError)  # what msgspec raises for bytes that are no such JSON

LONGEST = 32  # characters of an amount
DIGITS = "0123456789"
PLAIN_ENDS = frozenset(("", "."))  # what is left of a plain amount when digits are stripped
_PLAIN = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_POWER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]{1,2}")

LATEST_MS = 99_999_999_999_999  # the year 5138
FIRST_MS = 100_000_000_000  # less than this is seconds: as milliseconds it is 1973
BIGGEST = 2**63 - 1

_decode_text = msgspec.json.Decoder(str).decode


def text(raw: msgspec.Raw, what: str) -> str:
    """Return a string's content or a bare number's digits, "" for null; else ProtocolError."""
    data = bytes(raw)
    if data == b"null":
        return ""
    if data.startswith(b'"'):
        try:
            return _decode_text(data)
        except UNREADABLE:
            raise ProtocolError(f"{what} is text that cannot be read") from None
    if data[:1].isdigit() or data.startswith(b"-"):
        return data.decode("ascii", "replace")
    raise ProtocolError(f"{what} is neither text nor a number")


def word(raw: msgspec.Raw, what: str) -> str:
    """Return a code: text of 1 to 64 characters; else ProtocolError."""
    if not bytes(raw).startswith(b'"') or not 0 < len(found := text(raw, what)) <= 64:
        raise ProtocolError(f"{what} is not a text of 1 to 64 characters")
    return found


def is_plain(found: str) -> bool:
    """Say whether ``found`` is a plain amount, or empty: quicker than an expression."""
    return len(found) <= LONGEST and found.strip(DIGITS) in PLAIN_ENDS and found != "."


def amount(raw: msgspec.Raw, what: str, *, signed: bool = False) -> str:
    """Return decimal text with the digits that were sent, "" where none came.

    Raises ProtocolError for anything that is not an amount, and for one below zero unless
    ``signed``.
    """
    found = text(raw, what)
    if not found:
        return ""
    if len(found) <= LONGEST:
        if _POWER.fullmatch(found):
            found = format(Decimal(found), "f")
        if len(found) <= LONGEST and _PLAIN.fullmatch(found) and (signed or found[0] != "-"):
            return found
    raise ProtocolError(f"{what} is not a decimal number that can be believed")


def is_zero(found: str) -> bool:
    """Say whether a plain amount is empty or means zero."""
    return not found.strip("0.")


def price(raw: msgspec.Raw, what: str) -> str:
    """Return a price, "" where the vendor says by 0, "" or null that there is none."""
    found = amount(raw, what)
    return "" if is_zero(found) else found


def whole(raw: msgspec.Raw, what: str, *, signed: bool = False) -> int | None:
    """Return a whole number of less than 64 bits, None where none came.

    Raises ProtocolError for anything else, and for one below zero unless ``signed``.
    """
    found = amount(raw, what, signed=signed)
    if not found:
        return None
    number = int(value := Decimal(found))
    if number != value or abs(number) > BIGGEST:
        raise ProtocolError(f"{what} is not a whole number that can be believed")
    return number


def unix_ms(stamp: int) -> int:
    """Return the Unix milliseconds of a time in seconds or milliseconds, told by magnitude."""
    return stamp * 1000 if stamp < FIRST_MS else stamp


def time_ms(raw: msgspec.Raw, what: str) -> int:
    """Return a time in Unix milliseconds, 0 where none came; else ProtocolError."""
    stamp = whole(raw, what) or 0
    if stamp > LATEST_MS:
        raise ProtocolError(f"{what} is no time that can be believed")
    return unix_ms(stamp)
