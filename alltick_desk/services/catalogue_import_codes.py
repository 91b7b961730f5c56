"""How other lists spell codes, and how the desk does. Pure."""

import re

from alltick_desk.model.instrument import Market, market_by_suffix

_CODE = re.compile(r"[!-~]{1,64}")
_ENDED = re.compile(r"(.+)[.](US|HK|SH|SZ|SS)", re.IGNORECASE)
_LED = re.compile(r"(US|HK|SH|SZ)[.:]?([0-9]{1,6}|(?<=[.:])[A-Z.-]+)", re.IGNORECASE)
_FIGURES = re.compile(r"[0-9]{1,6}")

_STOCKS = frozenset({Market.US_STOCK, Market.HK_STOCK, Market.CN_STOCK})


def spelled(text: str, market: Market) -> str:
    """Return the desk's code for what a list of ``market`` has; "" for what is none.

    Stocks get the ending that their list leaves out, and lose zeros that Hong Kong's do not have.
    """
    text = text.strip()
    if _CODE.fullmatch(text) is None or "," in text or ";" in text:
        return ""
    led = _LED.fullmatch(text)
    if led is not None and market is not Market.CRYPTO:
        text = f"{led[2]}.{led[1]}"
    ended = _ENDED.fullmatch(text)
    if ended is not None:
        return _with_ending(ended[1], ended[2].upper().replace("SS", "SH"))
    if market is Market.US_STOCK:
        return f"{text.upper()}.US"
    if market is Market.HK_STOCK:
        return _with_ending(text, "HK")
    if market is Market.CN_STOCK:
        figures = text.zfill(6)
        return f"{figures}.{_chinese_ending(figures)}" if _FIGURES.fullmatch(text) else ""
    return text


def market_of(code: str, market: Market) -> Market:
    """Return the market of one line of a list of ``market``: its ending knows better."""
    by_ending = market_by_suffix(code)
    if market is Market.INDEX and by_ending is Market.UNKNOWN and not code.startswith("."):
        return Market.CFD_INDEX
    if market is Market.CFD_INDEX and by_ending is not Market.UNKNOWN:
        return Market.INDEX
    if by_ending is not Market.UNKNOWN and (market in _STOCKS or market is Market.UNKNOWN):
        return by_ending
    return market


def _with_ending(body: str, ending: str) -> str:
    if _FIGURES.fullmatch(body):
        if ending == "HK":
            body = body.lstrip("0") or "0"
        elif ending in {"SH", "SZ"}:
            body = body.zfill(6)  # a workbook takes them for numbers
    return f"{body.upper() if ending == 'US' else body}.{ending}"


def _chinese_ending(figures: str) -> str:
    """Return the exchange that gives out such codes: Shanghai's begin with 5, 6 or 9."""
    return "SH" if figures[0] in "569" else "SZ"
