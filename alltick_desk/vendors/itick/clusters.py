"""iTick's clusters, each with its own socket and its own calls, and what all of them can do."""

from collections.abc import Mapping

from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.vendors.base import Capabilities
from alltick_desk.vendors.itick.symbols import CLUSTERS, CRYPTO, FOREX, STOCK, Symbol

# kType of a question and N of kline@N. The older pages call 3 ten minutes; see ``rows``.
KLINE_TYPES: Mapping[Interval, int] = {
    Interval.M1: 1,
    Interval.M5: 2,
    Interval.M15: 3,
    Interval.M30: 4,
    Interval.H1: 5,
    Interval.H2: 6,
    Interval.H4: 7,
    Interval.D1: 8,
    Interval.W1: 9,
    Interval.MO1: 10,
}

# Shanghai and Shenzhen keep the same days, also for their indices, whose region is CN.
_CALENDARS: Mapping[str, str] = {"US": "US", "HK": "HK", "SH": "SH", "SZ": "SH", "CN": "SH"}
_WITHOUT_CALENDAR = frozenset((FOREX, CRYPTO))

CAPABILITIES = Capabilities(
    families=CLUSTERS,
    heartbeat_s=20.0,  # the vendor asks for one every 30 s
    silence_s=30.0,
    replaces_subscription=False,
    intervals={},
    pages_history=frozenset(Market),
    shows_direction=frozenset(),
    book_levels=dict.fromkeys(Market, 10),
    names_levels=False,
    signs_in=True,
    evicts=True,
    pushes_day=True,
    pushes_candles=True,
    infers_digits=True,
    directories=(
        "stock/US",
        "stock/HK",
        "stock/SH",
        "stock/SZ",
        "forex/GB",
        "crypto/BA",
        "indices/GB",
        "indices/US",
        "indices/HK",
        "indices/CN",
        "future/US",
        "future/HK",
        "future/CN",
        "fund/US",
    ),
    calendars=tuple(dict.fromkeys(_CALENDARS.values())),
    static_families=(STOCK,),
    static_per_call=1,
    bars_per_batch=500,
)


def calendar_of(symbol: Symbol) -> str:
    """Return the region whose trading days a symbol follows, "" for none that is told."""
    if symbol.cluster in _WITHOUT_CALENDAR:
        return ""
    return _CALENDARS.get(symbol.region, "")


def shares_calendar(region: str, calendar: str) -> bool:
    """Say whether ``region`` keeps the days of ``calendar``."""
    return _CALENDARS.get(region) == calendar


def sign_in(token: str) -> Mapping[str, str]:
    """Return the header that carries the token.

    A header takes plain letters only: a token with any other cannot be the vendor's, and is sent
    in a form that the vendor turns down.
    """
    return {"token": token.encode("ascii", "replace").decode()}
