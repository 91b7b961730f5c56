"""The candle store in a dict, to hold the real one to."""

from collections.abc import Iterable
from typing import NamedTuple

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.store.candle_columns import StoredCandles
from alltick_desk.store.candle_values import SeriesName, Source, Span

NAME = SeriesName(InstrumentKey("alltick", "BTCUSDT"), Interval.M1)


class Kept(NamedTuple):
    """One bar in numbers; None for what was not given."""

    open: float
    high: float
    low: float
    close: float
    volume: float | None
    turnover: float | None
    source: Source


def kept(candle: Candle, source: Source) -> Kept:
    return Kept(
        float(candle.open),
        float(candle.high),
        float(candle.low),
        float(candle.close),
        float(candle.volume) if candle.volume else None,
        float(candle.turnover) if candle.turnover else None,
        source,
    )


def found(stored: StoredCandles) -> dict[int, Kept]:
    """Return what a load gave, by time; it must be in order, each time once."""
    times = stored.time.tolist()
    assert times == sorted(set(times))
    sources = stored.source.tolist()
    return {
        candle.time_s: kept(candle, Source(source))
        for candle, source in zip(stored.candles(), sources, strict=True)
    }


def candle(time_s: int, price: int = 100, volume: int | None = None) -> Candle:
    """Return a bar around a price in cents."""
    texts = (f"{(price + more) / 100:.2f}" for more in (0, 3, -2, 1))
    return Candle(time_s, *texts, "" if volume is None else str(volume))


class Model:
    """What one series must hold."""

    def __init__(self) -> None:
        self.bars: dict[int, Kept] = {}
        self.complete: set[int] = set()

    def save(
        self, candles: Iterable[Candle], source: Source, open_from_s: int | None, span: Span | None
    ) -> None:
        given = {one.time_s: one for one in candles}  # in one batch the last is all there is
        for one in given.values():
            late = open_from_s is not None and one.time_s >= open_from_s
            which = Source.IN_PROGRESS if source is Source.CLOSED and late else source
            self._save_one(one, which)
        if span is not None:
            self.complete.update(range(span.from_s, span.to_s))
        self.bars = {
            time_s: bar
            for time_s, bar in self.bars.items()
            if bar.source is not Source.BUILT or time_s not in self.complete
        }

    def _save_one(self, one: Candle, source: Source) -> None:
        new, old = kept(one, source), self.bars.get(one.time_s)
        if old is not None and old.source > source:
            return
        if old is not None and old.source is source is Source.CLOSED:
            volume = old.volume if new.volume is None else new.volume
            turnover = old.turnover if new.turnover is None else new.turnover
            new = new._replace(volume=volume, turnover=turnover)
        self.bars[one.time_s] = new
