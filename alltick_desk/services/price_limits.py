"""The daily price limits of mainland China's stocks: what their codes tell of them. Pure.

A code's beginning names its board. A stock under special treatment keeps a closer limit than its
board's; its code does not tell, so both limits of such a board are possible. Of other codes (funds,
bonds, B shares, the first days after a listing) nothing is claimed.
"""

from decimal import ROUND_HALF_UP, Decimal

_MAIN = (Decimal("0.10"), Decimal("0.05"))  # the second one under special treatment
_WIDE = (Decimal("0.20"),)
_BOARDS = {
    ".SH": {"600": _MAIN, "601": _MAIN, "603": _MAIN, "605": _MAIN, "688": _WIDE, "689": _WIDE},
    ".SZ": {
        "000": _MAIN,
        "001": _MAIN,
        "002": _MAIN,
        "003": _MAIN,
        "300": _WIDE,
        "301": _WIDE,
        "302": _WIDE,
    },
}
_CENT = Decimal("0.01")


def at_limit(code: str, price: float, previous_close: float) -> int:
    """Return 1 where a price is a limit up of its day, -1 for a limit down, else 0.

    A limit is rounded to the cent, half a cent up.
    """
    shares = _BOARDS.get(code[-3:], {}).get(code[:3]) if len(code) == len("600000.SH") else None
    if not shares or previous_close <= 0 or price == previous_close:
        return 0
    # Most prices are far from any limit, and this is asked of thousands.
    move = price / previous_close - 1
    if not any(abs(abs(move) - float(share)) < 0.02 for share in shares):
        return 0
    at, close = _cents(price), _cents(previous_close)
    sign = 1 if at > close else -1
    for share in shares:
        if at == (close * (1 + sign * share)).quantize(_CENT, ROUND_HALF_UP):
            return sign
    return 0


def _cents(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(_CENT, ROUND_HALF_UP)
