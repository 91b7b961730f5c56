"""AllTick's two families, and how its markets differ."""

from collections.abc import Iterable, Mapping

from alltick_desk.model.instrument import Market, market_by_suffix
from alltick_desk.model.interval import Interval
from alltick_desk.vendors.base import Capabilities

STOCK = "stock"  # US, HK and A-share stocks and the exchanges' indices
OTHER = "other"  # forex, metals, energy, crypto, CFD indices

HTTP_PATHS: Mapping[str, str] = {STOCK: "/quote-stock-b-api", OTHER: "/quote-b-api"}
SOCKET_PATHS: Mapping[str, str] = {STOCK: "/quote-stock-b-ws-api", OTHER: "/quote-b-ws-api"}

_ALL = tuple(Interval)
_STOCK = tuple(interval for interval in Interval if interval not in (Interval.H2, Interval.H4))

CAPABILITIES = Capabilities(
    families=(STOCK, OTHER),
    heartbeat_s=10.0,
    silence_s=30.0,
    replaces_subscription=True,
    intervals={
        Market.US_STOCK: _STOCK,
        Market.HK_STOCK: _STOCK,
        Market.CN_STOCK: _STOCK,
        Market.INDEX: _STOCK,
        Market.CFD_INDEX: _ALL,
        Market.FOREX: _ALL,
        Market.COMMODITY: _ALL,
        Market.CRYPTO: _ALL,
        Market.UNKNOWN: _ALL,  # a code without a stock's ending is in the other family
    },
    # Of the commodities only the metals are named; for oil it has to be tried.
    pages_history=frozenset((Market.FOREX, Market.COMMODITY, Market.CRYPTO)),
    shows_direction=frozenset((Market.US_STOCK, Market.HK_STOCK, Market.CN_STOCK, Market.CRYPTO)),
    book_levels={
        Market.US_STOCK: 1,
        Market.HK_STOCK: 10,
        Market.CN_STOCK: 5,
        Market.INDEX: 1,
        Market.CFD_INDEX: 1,
        Market.FOREX: 1,
        Market.COMMODITY: 1,
        Market.CRYPTO: 5,
        Market.UNKNOWN: 5,  # the most that the other family has
    },
    suspensions={"sse": ".SH", "nyse": ".US", "nasdaq": ".US"},
    static_families=(STOCK,),
)


def family_of(code: str) -> str:
    """Return the family, which the code's ending alone decides."""
    return OTHER if market_by_suffix(code) is Market.UNKNOWN else STOCK


def region_of(code: str) -> str:
    """Return "": AllTick tells no trading days."""
    del code
    return ""


def one_family(codes: Iterable[str]) -> str:
    """Return the family of all ``codes``; ValueError where there is not exactly one."""
    families = {family_of(code) for code in codes}
    if len(families) != 1:
        raise ValueError("a call takes codes of one family, and at least one")
    return families.pop()
