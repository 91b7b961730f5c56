"""How iTick spells an instrument, and how the desk does: the one place where one becomes the other.

=====================  ==========================  =============================================
desk code              iTick                       by
=====================  ==========================  =============================================
``700.HK``             stock ``700$HK``            the ending of two letters
``HSI.HK``             indices ``HSI$HK``          the catalogue's market; SH and SZ are CN
``.DJI.US``            indices ``DJI$US``          the leading point
``NAS100``             indices ``NAS100$GB``       the catalogue's market
``EURUSD``, ``GOLD``   forex ``EURUSD$GB``         the catalogue's market, or nothing else known
``BTCUSDT``            crypto ``BTCUSDT$BA``       the catalogue's market, or what it is quoted in
``future/GC$US``       future ``GC$US``            itself: everything else is spelled out
=====================  ==========================  =============================================

Every symbol has exactly one desk code: the short spelling where that reads back as the same
symbol, else the one spelled out.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from alltick_desk.errors import ProtocolError
from alltick_desk.model.instrument import Market

STOCK, FOREX, INDICES, CRYPTO, FUTURE, FUND = (
    "stock",
    "forex",
    "indices",
    "crypto",
    "future",
    "fund",
)
CLUSTERS = (STOCK, FOREX, INDICES, CRYPTO, FUTURE, FUND)

MarketOf = Callable[[str], Market]

# The region of a symbol that came without one.
_USUAL_REGION = {FOREX: "GB", INDICES: "GB", CRYPTO: "BA", STOCK: "US", FUTURE: "US", FUND: "US"}
_CLUSTER = {
    Market.INDEX: INDICES,
    Market.CFD_INDEX: INDICES,
    Market.FOREX: FOREX,
    Market.COMMODITY: FOREX,
    Market.CRYPTO: CRYPTO,
}
_CHINESE = frozenset(("SH", "SZ"))
_CHINA = "CN"  # the region of both exchanges' indices

# What crypto is quoted in, where the code alone has to tell.
_CRYPTO_QUOTES = ("USDT", "USDC", "FDUSD", "TUSD", "BUSD", "DAI", "BTC", "ETH", "BNB")

_SPELLED_OUT = re.compile(
    r"(stock|forex|indices|crypto|future|fund)/(.+)\$([A-Z0-9]{1,8})", re.DOTALL
)
_NATIVE = re.compile(r"([^\s,$/]{1,64})\$([A-Za-z0-9]{1,8})")
_TWO_LETTERS = re.compile(r"[A-Z]{2}")
_REGION = re.compile(r"[A-Z0-9]{1,8}")


class Symbol(NamedTuple):
    """An instrument as iTick knows it."""

    cluster: str
    code: str
    region: str

    @property
    def batch(self) -> str:
        """What symbols of one call share, e.g. "stock/HK"."""
        return f"{self.cluster}/{self.region}"

    def __str__(self) -> str:
        return f"{self.code}${self.region}"


class Spelling:
    """Turns desk codes into symbols and back; ``market_of`` is the catalogue's word on a code."""

    __slots__ = ("_market_of",)

    def __init__(self, market_of: MarketOf) -> None:
        self._market_of = market_of

    def symbol(self, code: str) -> Symbol:
        """Return the symbol of a desk code. Every text has one."""
        return symbol_of(code, self._market_of(code))

    def desk_code(self, symbol: Symbol) -> str:
        """Return the one desk code of a symbol."""
        for short in _short_spellings(symbol):
            if self.symbol(short) == symbol:
                return short
        return f"{symbol.cluster}/{symbol}"

    def market(self, symbol: Symbol) -> Market:
        """Return the market of a symbol: the catalogue's word, else by cluster and region."""
        if symbol.cluster == STOCK:
            return _STOCK_MARKETS.get(symbol.region, Market.UNKNOWN)
        if symbol.cluster == INDICES:
            return Market.CFD_INDEX if symbol.region == "GB" else Market.INDEX
        if symbol.cluster == FOREX and self._listed(symbol) is Market.COMMODITY:
            return Market.COMMODITY
        return _MARKETS[symbol.cluster]

    def typed(self, text: str) -> str | None:
        """Return the desk code of what a person typed as iTick writes it; None for anything else.

        ``future/GC$US`` names its cluster. Without one, as in ``700$HK``, the region tells it, and
        the catalogue where that has such an index. Small letters alone are meant as capitals.
        """
        text = text.strip()
        cluster, slash, rest = text.partition("/")
        cluster = cluster.lower()
        if slash and cluster not in CLUSTERS:
            return None
        found = _NATIVE.fullmatch(rest if slash else text)
        if found is None:
            return None
        code, region = found[1].upper() if found[1].islower() else found[1], found[2].upper()
        if slash:
            return self.desk_code(Symbol(cluster, code, region))
        return self.desk_code(Symbol(self._cluster(code, region), code, region))

    def _cluster(self, code: str, region: str) -> str:
        if region == _USUAL_REGION[CRYPTO]:
            return CRYPTO
        index = self._listed(Symbol(INDICES, code, region))
        if region == _CHINA or index in (Market.INDEX, Market.CFD_INDEX):
            return INDICES
        return FOREX if region == _USUAL_REGION[FOREX] else STOCK

    def _listed(self, symbol: Symbol) -> Market:
        return self._market_of(self.desk_code(symbol))


_STOCK_MARKETS = {
    "US": Market.US_STOCK,
    "HK": Market.HK_STOCK,
    "SH": Market.CN_STOCK,
    "SZ": Market.CN_STOCK,
}
_MARKETS = {
    FOREX: Market.FOREX,
    CRYPTO: Market.CRYPTO,
    FUTURE: Market.FUTURE,
    FUND: Market.FUND,
}


def symbol_of(code: str, market: Market) -> Symbol:
    """Return the symbol of a desk code that the catalogue has under ``market``."""
    if (found := _SPELLED_OUT.fullmatch(code)) is not None:
        return Symbol(found[1], found[2], found[3])
    cluster = _CLUSTER.get(market)
    body, _, ending = code.rpartition(".")
    if body and _TWO_LETTERS.fullmatch(ending) is not None and cluster in (None, INDICES):
        if ending == "US" and body.startswith(".") and len(body) > 1:
            return Symbol(INDICES, body[1:], ending)
        if cluster is None:
            return Symbol(STOCK, body, ending)
        return Symbol(INDICES, body, _CHINA if ending in _CHINESE else ending)
    if cluster is None:
        cluster = CRYPTO if _is_crypto(code) else FOREX
    return Symbol(cluster, code, _USUAL_REGION[cluster])


def read_symbol(cluster: str, spelled: str, region: str = "") -> Symbol:
    """Return the symbol that an answer spells; ``region`` is its ``r``, "" where it has none.

    The region may also stand behind a point or a dollar sign (``AAPL.US``), and in crypto before
    the code (``BA_BTC_USDT``), whose parts may be apart (``ETH_USDT``). Raises ProtocolError for a
    region that is none.
    """
    code, region = spelled, region.upper()
    for separator in ("$", "."):
        body, found, ending = code.rpartition(separator)
        if found and body and (ending == region if region else _is_ending(cluster, ending)):
            code, region = body, ending
            break
    if cluster == CRYPTO and "_" in code:
        parts = code.split("_")
        if len(parts) == 3:
            region = region or parts[0].upper()
            del parts[0]
        code = "".join(parts)
    region = region or _USUAL_REGION[cluster]
    if not 0 < len(code) <= 64 or _REGION.fullmatch(region) is None:
        raise ProtocolError("a symbol came with a code or a region that is none")
    return Symbol(cluster, code, region)


def _short_spellings(symbol: Symbol) -> Iterator[str]:
    cluster, code, region = symbol
    if cluster == STOCK:
        yield f"{code}.{region}"
    elif cluster in (INDICES, FOREX, CRYPTO) and region == _USUAL_REGION[cluster]:
        yield code
    elif cluster == INDICES and region == _CHINA:
        yield f"{code}.SH"
        yield f"{code}.SZ"
    elif cluster == INDICES:
        yield f"{code}.{region}"
        if region == "US":
            yield f".{code}.US"


def _is_crypto(code: str) -> bool:
    return any(code.endswith(quote) and code != quote for quote in _CRYPTO_QUOTES)


def _is_ending(cluster: str, text: str) -> bool:
    return (_REGION if cluster == CRYPTO else _TWO_LETTERS).fullmatch(text) is not None
