"""What the store has of a row's day, so that its line does not begin when the desk does.

Only bars that charts once asked for are there: nothing is asked of a vendor here. The finest bars
count, coarser ones only before these begin. Read one row at a time, so that a chart never waits.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from alltick_desk.clock import Clock
from alltick_desk.feed.bell import Bell
from alltick_desk.model.calendar import day_start
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.services.rows import QuoteRow
from alltick_desk.store.candle_columns import StoredCandles
from alltick_desk.store.candle_values import SeriesFacts, Span

INTERVALS = (Interval.M1, Interval.M5, Interval.M15, Interval.M30)
_DAY_S = 86_400


class DaySeed(NamedTuple):
    """Prices of one day in the order of time; times are monotonic seconds, so below 0 maybe.

    Attributes:
        day: the exchange's date (ISO).
        whole_s: since when nothing is missing; ``until_s`` until when.
    """

    day: str
    times_s: Sequence[float] = ()
    values: Sequence[float] = ()
    whole_s: float = 0.0
    until_s: float = 0.0


class Bars(Protocol):
    """Who has the bars; where the store fails there are none."""

    async def facts(self, key: InstrumentKey, interval: Interval) -> SeriesFacts: ...

    async def load(
        self, key: InstrumentKey, interval: Interval, count: int, before_s: int | None = None
    ) -> StoredCandles:
        """Return the newest ``count`` stored bars of those that began before ``before_s``."""
        ...


class DaySeeds:
    """Reads the day of rows that are shown; ``on_seed`` is given what there is of each."""

    def __init__(
        self,
        bars: Bars,
        *,
        market: Callable[[InstrumentKey], Market],
        on_seed: Callable[[QuoteRow, DaySeed], None],
        clock: Clock,
    ) -> None:
        self._bars = bars
        self._market = market
        self._on_seed = on_seed
        self._clock = clock
        self._wanted: dict[InstrumentKey, QuoteRow] = {}
        self._read: dict[InstrumentKey, str] = {}  # the day that was read
        self._bell = Bell(clock)

    def want(self, rows: Iterable[QuoteRow]) -> None:
        """Have read what was not, and nothing that waited before.

        Whose day is not known yet has to be wanted again.
        """
        self._wanted = {
            row.key: row for row in rows if row.day and self._read.get(row.key) != row.day
        }
        if self._wanted:
            self._bell.ring()

    def keep(self, keys: Iterable[InstrumentKey]) -> None:
        """Forget of all others what was read."""
        for key in self._read.keys() - set(keys):
            del self._read[key]

    async def run(self) -> None:
        """Read what is wanted, until cancelled."""
        while True:
            await self._bell.wait(None)
            while self._wanted:
                row = self._wanted.pop(next(iter(self._wanted)))
                day = self._read[row.key] = row.day
                self._on_seed(row, await self._seed(row.key, day))

    async def _seed(self, key: InstrumentKey, day: str) -> DaySeed:
        market, date_ = self._market(key), date.fromisoformat(day)
        begin_s, end_s = day_start(date_, market), day_start(date_ + timedelta(days=1), market)
        points: list[tuple[int, float]] = []
        whole: Span | None = None  # of the stretch that is whole, to the end of its last bar
        for interval in INTERVALS:
            step_s = interval.seconds or 0
            facts = await self._bars.facts(key, interval)
            if facts.last_s is None or facts.last_s < begin_s:
                continue
            before_s = points[0][0] - step_s + 1 if points else end_s
            stored = await self._bars.load(key, interval, _DAY_S // step_s, before_s)
            found = zip(stored.time.tolist(), stored.close.tolist(), strict=True)
            points[:0] = [(at + step_s, close) for at, close in found if at >= begin_s]
            of_day = (it for it in facts.spans if it.to_s > begin_s and it.from_s < end_s)
            whole = _longer(whole, [Span(it.from_s, it.to_s + step_s) for it in of_day])
        if not points:
            return DaySeed(day)
        wall_s = self._clock.wall_ms() / 1000
        ahead_s = self._clock.monotonic() - wall_s
        points = [(min(at, int(wall_s)), close) for at, close in points]
        last_s = points[-1][0]
        if whole is None or whole.to_s < last_s:
            whole = Span(last_s, last_s)
        return DaySeed(
            day,
            [at + ahead_s for at, _ in points],
            [close for _, close in points],
            max(whole.from_s, begin_s) + ahead_s,
            whole.to_s + ahead_s,
        )


def _longer(whole: Span | None, spans: Sequence[Span]) -> Span | None:
    """Return a stretch without holes, made longer by what coarser bars have before it."""
    for span in reversed(spans):
        if whole is None:
            return span
        if span.from_s < whole.from_s <= span.to_s:
            return Span(span.from_s, max(whole.to_s, span.to_s))
    return whole
