"""The past of one chart: what is stored of it, what of that is whole, and what is kept of answers.

Between what is stored and what the vendor answers nothing is asked twice: the store knows the
stretches in which it has every bar that the vendor has.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from alltick_desk.clock import Clock
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, LiveCandle
from alltick_desk.services.bars import LiveBars
from alltick_desk.services.history_keeper import HistoryKeeper
from alltick_desk.store.candle_values import (
    Drift,
    Gap,
    SeriesName,
    Source,
    Span,
    explained,
    merged,
)

FIRST_PIECE = 1000  # bars that are shown at once; a chunk of the store
PIECE = 20_000  # takes the loop a millisecond
AT_ONCE = 100_000  # bars that are loaded without being asked for

# No bar of a calendar is shorter; to count too many only makes an answer larger.
_SHORTEST_S = {Interval.D1: 86_400, Interval.W1: 7 * 86_400, Interval.MO1: 28 * 86_400}
_SPARE = 2  # the bar that was in progress, and one for a clock that is a little slow


class DriftFigure(NamedTuple):
    """How far bars that were built from trades were off, once the vendor's came.

    Percentages of the price; a step is the smallest difference that the price is written with.
    """

    bars: int  # how many were compared
    mean_percent: float  # of the closes
    worst_percent: float  # of closes, highs and lows
    mean_steps: float
    worst_steps: float
    since_s: int | None = None  # when the first of them began; None where that was not kept


class History:
    """What is known of one series besides the bars that are shown.

    Attributes:
        spans: the stretches in which every bar of the vendor's is here or stored.
        gaps: what was once found out about holes.
        begins_s: the vendor has nothing older than this, Unix seconds; None while not known.
        opened: whether the store has been asked.
        stored_first_s: when the oldest stored bar began; None where none is stored.
    """

    def __init__(
        self,
        key: InstrumentKey,
        interval: Interval,
        bars: LiveBars,
        keeper: HistoryKeeper,
        clock: Clock,
    ) -> None:
        self.key = key
        self.interval = interval
        self._bars = bars
        self._keeper = keeper
        self._clock = clock
        self._step_s = interval.seconds or _SHORTEST_S[interval]
        self.spans: tuple[Span, ...] = ()
        self.gaps: tuple[Gap, ...] = ()
        self.begins_s: int | None = None
        self.opened = False
        self.stored_first_s: int | None = None
        self._drift = Drift()
        self._pushed: Candle | None = None

    async def open(self) -> None:
        """Show the newest stored bars."""
        facts = await self._keeper.facts(self.key, self.interval)
        stored = await self._keeper.load(self.key, self.interval, FIRST_PIECE)
        self.opened = True
        self.spans, self.gaps, self._drift = facts.spans, facts.gaps, facts.drift
        self.begins_s = facts.history_begins_s
        if len(stored):
            self.stored_first_s = facts.first_s
            self._bars.series.reserve(front=facts.bars)
            self._bars.take_stored(stored, self.spans)

    def share(self, other: "History") -> None:
        """Take over what another chart of the same series knows; instead of ``open``.

        All that it shows is stored, or is about to be.
        """
        self.opened = True
        self.spans, self.gaps, self._drift = other.spans, other.gaps, other.drift_so_far
        self.begins_s, self.stored_first_s = other.begins_s, other.known_first_s

    @property
    def drift_so_far(self) -> Drift:
        """How far built bars were off, as it is added up."""
        return self._drift

    @property
    def known_first_s(self) -> int | None:
        """When the oldest bar began that is stored or shown; None where there is none."""
        known = (self.stored_first_s, self._bars.first_s)
        return min((it for it in known if it is not None), default=None)

    @property
    def all_shown(self) -> bool:
        """Whether no stored bar is older than those that are shown."""
        first_s = self._bars.first_s
        if not self.opened or first_s is None:
            return self.opened
        return self.stored_first_s is None or self.stored_first_s >= first_s

    async def show_older(self) -> None:
        """Show a piece of the stored bars that are older than those shown."""
        first_s = self._bars.first_s
        stored = await self._keeper.load(self.key, self.interval, PIECE, first_s)
        if len(stored):
            self._bars.take_stored(stored)
        else:  # the store fails; to ask again and again would not help
            self.stored_first_s = None

    def missing(self, most: int) -> int:
        """Return how many of the newest bars to ask for: at most ``most``, at least two."""
        if not self.spans or not len(self._bars.series):
            return most
        passed_s = self._clock.wall_ms() / 1000 - self.spans[-1].to_s
        return max(_SPARE, min(most, math.ceil(passed_s / self._step_s) + _SPARE))

    def took(self, candles: Sequence[Candle], drift: Drift) -> None:
        """Keep an answer with the newest bars, and how far ours were off.

        The last bar is taken to be in progress: it is closed once there is a later one.
        """
        if not candles:
            return
        span = Span(candles[0].time_s, candles[-1].time_s)
        self.spans = merged([*self.spans, span])
        self._keeper.save(
            self.key, self.interval, candles, in_progress_from_s=span.to_s, span=_some(span)
        )
        if drift.bars:
            self._drift = self._drift.plus(drift)
            self._keeper.add_drift(self.key, self.interval, drift)

    def took_page(self, candles: Sequence[Candle], end_s: int) -> None:
        """Keep an answer with the bars up to ``end_s``, each of them closed."""
        told = [it for it in candles if it.time_s < end_s]
        if told:
            span = Span(told[0].time_s, end_s)
            self.spans = merged([*self.spans, span])
            self._keeper.save(self.key, self.interval, told, span=span)

    @property
    def confirmed(self) -> bool:
        """Whether the vendor has told in this run where its history begins.

        An earlier run may have been on a plan that reaches back less far.
        """
        return SeriesName(self.key, self.interval) in self._keeper.confirmed

    def ends_at(self, time_s: int) -> None:
        """Note that the vendor has no bar older than this."""
        self.begins_s = time_s
        self._keeper.confirmed.add(SeriesName(self.key, self.interval))
        self._keeper.save(self.key, self.interval, (), history_begins_s=time_s)

    def built(self, candles: Sequence[Candle]) -> None:
        """Keep bars built from trades until the vendor's come."""
        if candles:
            self._keeper.save(self.key, self.interval, candles, source=Source.BUILT)

    def pushed(self, live: LiveCandle) -> None:
        """Keep a bar that the vendor pushed, once a later one has been."""
        before, candle = self._pushed, live.candle
        if before is None or candle.time_s >= before.time_s:
            self._pushed = candle
        if before is None or candle.time_s == before.time_s:
            return
        older = min(before, candle, key=_begin)
        self._keeper.save(self.key, self.interval, (older,))

    def doubt(self) -> None:
        """Believe no more that the history begins where it was said to."""
        self.begins_s = None
        self._keeper.confirmed.discard(SeriesName(self.key, self.interval))

    def explain(self, gap: Gap) -> None:
        """Keep what was found out about a hole."""
        gaps = explained(self.gaps, gap)
        if gaps != self.gaps:
            self.gaps = gaps
            self._keeper.explain(self.key, self.interval, gap)

    def drift(self, price: float, digits: int) -> DriftFigure | None:
        """Return how far built bars were off, in steps at a price; None where none was compared."""
        drift = self._drift
        if not drift.bars:
            return None
        mean = drift.close_sum / drift.bars
        worst = max(drift.close_max, drift.high_max, drift.low_max)
        steps = price * 10.0**digits
        return DriftFigure(
            drift.bars, 100 * mean, 100 * worst, mean * steps, worst * steps, drift.since_s
        )


def _some(span: Span) -> Span | None:
    return span if span.from_s < span.to_s else None


def _begin(candle: Candle) -> int:
    return candle.time_s
