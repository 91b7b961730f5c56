"""The messages of iTick's live stream."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from alltick_desk.sim.book import Book
from alltick_desk.sim.dialect import Push
from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.itick.bars import KINDS, Bars
from alltick_desk.sim.itick.wire import DONE, OK, Wire
from alltick_desk.sim.listing import Listing
from alltick_desk.sim.prices import Bar, Tick
from alltick_desk.sim.script import Fault
from alltick_desk.sim.websocket import Topics

TICK: Final = "tick"
QUOTE: Final = "quote"
DEPTH: Final = "depth"
KLINES: Final = {f"kline@{kind}": kind for kind in KINDS}
TYPES: Final = frozenset({TICK, QUOTE, DEPTH, *KLINES})
_SLOT_MS: Final = 250  # klines are pushed once in so long at most


class Pushes:
    """Writes the live stream; see ``sim.dialect.PushWriter``."""

    def __init__(self, exchange: Exchange, wire: Wire, bars: Bars) -> None:
        self._exchange = exchange
        self._wire = wire
        self._bars = bars

    def trade_pushes(self, topics: Topics, listing: Listing, tick: Tick) -> Sequence[Push]:
        """Return the messages of a trade."""
        bars = self._bars
        pushes = []
        if TICK in topics or QUOTE in topics:
            pushes = self._of_day(topics, listing, tick, bars.day(listing, tick.time_ms))
        kinds = [KLINES[topic] for topic in topics if topic in KLINES]
        if kinds and self._exchange.floor.path(listing.code).ends_slot(tick, _SLOT_MS):
            for kind in kinds:
                bar = bars.newest(listing, kind, 1, now_ms=tick.time_ms)[-1]
                pushes.append(self._kline(listing, kind, bar))
        return pushes

    def load_pushes(
        self, topics: Topics, listing: Listing, ticks: Sequence[Tick], now_ms: int
    ) -> Sequence[Push]:
        """Return the messages of a load's trades, on the day and in the bars of now."""
        bars = self._bars
        day = bars.day(listing, now_ms)
        pushes = []
        for tick in ticks:
            pushes += self._of_day(topics, listing, tick, _reached(day, tick, now_ms))
        for topic in topics:
            if topic in KLINES:
                bar = bars.newest(listing, KLINES[topic], 1, now_ms=now_ms)[-1]
                pushes += (
                    self._kline(listing, KLINES[topic], _reached(bar, tick, now_ms))
                    for tick in ticks
                )
        return pushes

    def stop_pushes(self, topics: Topics, listing: Listing, now_ms: int) -> Sequence[Push]:
        """Return the quote that tells of a halt."""
        del now_ms
        if QUOTE not in topics or not self._wire.status(listing):
            return ()
        tick = self._exchange.floor.last(listing.code)
        day = self._bars.day(listing, tick.time_ms)
        return (_push(QUOTE, self._wire.quote(listing, tick, day)),)

    def depth_push(
        self, listing: Listing, book: Book, levels: int, fault: Fault | None = None
    ) -> Push:
        """Return the message of a book, which is always whole."""
        del levels
        return _push(DEPTH, self._wire.depth(listing, book, fault))

    def _of_day(self, topics: Topics, listing: Listing, tick: Tick, day: Bar) -> list[Push]:
        pushes = []
        for topic in topics:
            if topic == TICK:
                pushes.append(_push(TICK, self._wire.tick(listing, tick, day)))
            elif topic == QUOTE:
                pushes.append(_push(QUOTE, self._wire.quote(listing, tick, day)))
        return pushes

    def _kline(self, listing: Listing, kind: int, bar: Bar) -> Push:
        topic, row = f"kline@{kind}", self._wire.bar(listing, bar)
        symbol = self._wire.symbol(listing)
        if self._exchange.script.rules.itick.klines == "flat":
            return _push(topic, {**symbol, **row})
        nested = {"code": OK, "msg": None, "data": {**symbol, "t": kind, "k": row}}
        return Push(topic, msgspec.json.encode(nested))


def _push(topic: str, row: dict[str, Any]) -> Push:
    row["type"] = topic
    return Push(topic, msgspec.json.encode({"code": DONE, "data": row}))


def _reached(bar: Bar, tick: Tick, now_ms: int) -> Bar:
    """Return a bar as a trade leaves it; the next one where it is over."""
    if bar.end * 1000 <= now_ms:
        close = bar.close
        bar = Bar(bar.end, 2 * bar.end - bar.start, close, close, close, close, 0, 0.0)
    return msgspec.structs.replace(
        bar, high=max(bar.high, tick.price), low=min(bar.low, tick.price), close=tick.price
    )
