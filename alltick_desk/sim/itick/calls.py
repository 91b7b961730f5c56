"""iTick's HTTP calls, from the parameters to the data."""

from collections.abc import Callable, Mapping
from typing import Final

from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.itick import wire
from alltick_desk.sim.itick.bars import KINDS, Bars
from alltick_desk.sim.itick.catalogue import Facts
from alltick_desk.sim.itick.plans import BARS
from alltick_desk.sim.itick.symbols import CLUSTERS, Directory
from alltick_desk.sim.itick.wire import Refusal, Wire
from alltick_desk.sim.listing import Listing

Parameters = Mapping[str, str]
MARKET_CALLS: Final = frozenset(
    {*("kline", "quote", "tick", "depth"), *("klines", "quotes", "ticks", "depths")}
)
_MOST_DIGITS: Final = 16
_USUAL_BARS: Final = 100  # where no limit is said


class Calls:
    """Answers the data of each call; raises Refusal."""

    def __init__(self, exchange: Exchange, directory: Directory, wire_: Wire, bars: Bars) -> None:
        self._exchange = exchange
        self._directory = directory
        self._wire = wire_
        self._bars = bars
        self._facts = Facts(exchange, directory, wire_)
        self._single: dict[str, Callable[[Listing, Parameters], object]] = {
            "kline": self._kline,
            "quote": self._quote,
            "tick": self._tick,
            "depth": self._depth,
            "info": self._info,
            "base": self._info,
        }

    def data(self, cluster: str, call: str, parameters: Parameters) -> object:
        """Return what a call about a cluster is answered with."""
        handler = self._single.get(call)
        if handler is not None:
            listing = self._find(cluster, parameters.get("code", ""), parameters)
            if listing is None:
                raise Refusal(wire.NOT_FOUND)
            return handler(listing, parameters)
        handler = self._single[call[:-1]]
        return {
            self._wire.key(listing): handler(listing, parameters)
            for listing in self._listings(cluster, call, parameters)
        }

    def listed(self, parameters: Parameters) -> object:
        """Return the catalogue."""
        cluster = parameters.get("type", "").strip().lower()
        if cluster not in ("", *CLUSTERS):
            raise Refusal(wire.BAD_PARAMETERS)
        return self._facts.products(cluster, parameters.get("region", "").strip().upper())

    def holidays(self, parameters: Parameters) -> object:
        """Return holidays; the newer page calls the region ``code``."""
        region = parameters.get("region") or parameters.get("code", "")
        return self._facts.holidays(region.strip().upper())

    def _kline(self, listing: Listing, parameters: Parameters) -> object:
        kind = _whole(parameters, "kType", "period")
        count = _whole(parameters, "limit", default=_USUAL_BARS)
        end_ms = _whole(parameters, "et", "end", default=0)
        if kind not in KINDS or count < 1:
            raise Refusal(wire.BAD_PARAMETERS)
        if self._exchange.itick_judge.excess("bars", "kline", count, BARS):
            raise Refusal(wire.BAD_PARAMETERS)
        bars = self._bars.newest(listing, kind, count, end_s=end_ms // 1000)
        if self._exchange.script.rules.itick.newest_first:
            bars.reverse()
        return [self._wire.bar(listing, bar) for bar in bars]

    def _quote(self, listing: Listing, _: Parameters) -> object:
        floor = self._exchange.floor
        return self._wire.quote(listing, floor.last(listing.code), self._bars.day(listing))

    def _tick(self, listing: Listing, _: Parameters) -> object:
        floor = self._exchange.floor
        return self._wire.tick(listing, floor.last(listing.code), self._bars.day(listing))

    def _depth(self, listing: Listing, _: Parameters) -> object:
        exchange = self._exchange
        fault = exchange.book_fault(listing)
        return self._wire.depth(listing, exchange.floor.book(listing.code), fault)

    def _info(self, listing: Listing, _: Parameters) -> object:
        return self._facts.info(listing)

    def _listings(self, cluster: str, call: str, parameters: Parameters) -> list[Listing]:
        """Return the listings that a batch asks for, each once."""
        exchange = self._exchange
        codes = [code for code in parameters.get("codes", "").split(",") if code.strip()]
        if not codes:
            raise Refusal(wire.BAD_PARAMETERS)
        allowed = exchange.itick_plan.subscription
        if exchange.itick_judge.excess("codes", call, len(codes), allowed):
            raise Refusal(wire.OVER_LIMIT)
        found = [self._find(cluster, code, parameters) for code in codes]
        if None in found and exchange.script.rules.unknown_codes == "refuse":
            raise Refusal(wire.NOT_FOUND)
        return list({listing.code: listing for listing in found if listing is not None}.values())

    def _find(self, cluster: str, code: str, parameters: Parameters) -> Listing | None:
        return self._directory.find(cluster, code, parameters.get("region", ""))


def _whole(parameters: Parameters, *names: str, default: int | None = None) -> int:
    """Return the first of the parameters that is there, a whole number from 0 on."""
    for name in names or ():
        text = parameters.get(name, "").strip()
        if not text:
            continue
        if not (text.isascii() and text.isdecimal()) or len(text) > _MOST_DIGITS:
            raise Refusal(wire.BAD_PARAMETERS)
        return int(text)
    if default is None:
        raise Refusal(wire.BAD_PARAMETERS)
    return default
