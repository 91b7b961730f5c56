"""iTick: a socket for each of its clusters, its HTTP calls, its refusals, as one codec.

``symbols`` spells, ``wire`` holds the shapes, ``rows`` makes trades, quotes, books and bars of
them, ``socket``, ``http`` and ``reference`` speak, ``refusals`` classifies, ``clusters`` tells what
it can do.
"""

from collections.abc import Callable, Sequence

from alltick_desk.model.instrument import Instrument, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Depth, Quote, Trade
from alltick_desk.model.reference import StaticInfo, TradingDay
from alltick_desk.vendors.base import (
    Capabilities,
    Channel,
    Codec,
    Event,
    Query,
    Wish,
)
from alltick_desk.vendors.itick import clusters, http, reference, refusals, socket
from alltick_desk.vendors.itick.symbols import Spelling

__all__ = ["ITick"]


class ITick:
    """iTick's language. Every method is a pure function of its arguments and of the catalogue."""

    __slots__ = ("_spelling",)

    vendor: str = refusals.VENDOR
    title: str = "iTick"
    default_base: str = "https://api.itick.org"
    capabilities: Capabilities = clusters.CAPABILITIES

    def __init__(self, market_of: Callable[[str], Market]) -> None:
        """``market_of`` tells the market of a code by the catalogue, UNKNOWN where it has none."""
        self._spelling = Spelling(market_of)

    def family_of(self, code: str) -> str:
        """Return the cluster."""
        return self._spelling.symbol(code).cluster

    def batch_of(self, code: str) -> str:
        """Return cluster and region, e.g. "stock/HK"."""
        return self._spelling.symbol(code).batch

    def region_of(self, code: str) -> str:
        """Return the region whose trading days a code follows, "" for none."""
        return clusters.calendar_of(self._spelling.symbol(code))

    # WebSocket

    socket_address = staticmethod(socket.socket_address)
    heartbeat = staticmethod(socket.heartbeat)
    refused_handshake = staticmethod(refusals.refused_handshake)

    def subscribe(self, channel: Channel, wishes: Sequence[Wish], seq: int) -> str:
        """Return a subscription on top of those there are; bars must share their interval."""
        del seq
        return socket.request("subscribe", self._spelling, channel, wishes)

    def cancel(self, channel: Channel, wishes: Sequence[Wish], seq: int) -> str:
        """Return the end of a subscription to ``wishes``; bars must share their interval."""
        del seq
        return socket.request("unsubscribe", self._spelling, channel, wishes)

    def decoder(self, family: str) -> Callable[[bytes | str], Event]:
        """Return what reads the frames of one socket; it remembers how frames spell its codes."""
        return socket.decoder(self._spelling, family)

    # HTTP

    request = staticmethod(http.request)

    def candles(
        self, code: str, interval: Interval, count: int, *, end_s: int | None = None
    ) -> Query[list[Candle]]:
        """Ask for the newest ``count`` bars, at most 500, or those up to ``end_s``."""
        return http.candles(self._spelling, code, interval, count, end_s)

    def latest_candles(
        self, sets: Sequence[tuple[str, Interval]], count: int
    ) -> Query[dict[tuple[str, Interval], list[Candle]]]:
        """Ask for the newest bars of many sets that share ``batch_of`` and the interval."""
        return http.latest_candles(self._spelling, sets, count)

    def latest_trades(self, codes: Sequence[str]) -> Query[list[Trade]]:
        """Ask for the last trade of codes that share ``batch_of``."""
        return http.latest_trades(self._spelling, codes)

    def latest_depth(self, codes: Sequence[str]) -> Query[list[Depth]]:
        """Ask for the books of codes that share ``batch_of``."""
        return http.latest_depth(self._spelling, codes)

    def directory(self, name: str) -> Query[list[Instrument]]:
        """Ask for one of the capabilities' ``directories``."""
        return reference.directory(self._spelling, name)

    def trading_days(self, region: str) -> Query[list[TradingDay]]:
        """Ask for the holidays and hours of one of the capabilities' ``calendars``."""
        return reference.trading_days(region)

    suspension_list = staticmethod(reference.suspension_list)

    def newest(self, codes: Sequence[str]) -> Query[list[Quote]]:
        """Ask for the day so far of codes that share ``batch_of``."""
        return http.quotes(self._spelling, codes)

    def static_info(self, codes: Sequence[str]) -> Query[list[StaticInfo]]:
        """Ask what a stock is; ValueError for more than one."""
        (code,) = codes
        return reference.stock_info(self._spelling, code)

    # Beyond what every vendor has.

    def typed(self, text: str) -> str | None:
        """Return the desk code of ``700$HK`` or ``future/GC$US``; None for anything else."""
        return self._spelling.typed(text)


_SPEAKS: Callable[[Callable[[str], Market]], Codec] = ITick  # the type checker compares them here
