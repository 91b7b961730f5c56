"""All that an open chart has besides its newest bars: what is stored, the way back, the gaps."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from alltick_desk.clock import Clock
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.services.bars import LiveBars
from alltick_desk.services.chart_notes import Notes, Spawn
from alltick_desk.services.gaps import ChartGap, Known, find_gaps, to_keep
from alltick_desk.services.gaps_refill import Refill
from alltick_desk.services.history import History
from alltick_desk.services.history_keeper import HistoryKeeper
from alltick_desk.services.history_pages import Pages, Vendors
from alltick_desk.services.outages import Outage
from alltick_desk.services.sessions import Sessions
from alltick_desk.store.candle_values import Drift

_SEARCHED = 20_000  # of the newest bars, for gaps to be filled


class Means(NamedTuple):
    """What every chart of a desk is given for its past; without ``vendors`` nothing is asked.

    ``outages`` returns when an instrument could not be heard.
    """

    clock: Clock
    keeper: HistoryKeeper
    vendors: Vendors | None
    outages: Callable[[InstrumentKey], Sequence[Outage]]
    spawn: Spawn
    jitter: Callable[[], float]


class Past:
    """The past of one opened series.

    Attributes:
        history: what is stored and known.
        pages: the way back.
    """

    def __init__(
        self,
        key: InstrumentKey,
        interval: Interval,
        market: Market,
        bars: LiveBars,
        means: Means,
        *,
        notes: Notes,
        changed: Callable[[], None],
    ) -> None:
        clock, keeper, vendors, self._outages, spawn, jitter = means
        self._market = market
        self._bars = bars
        self._vendors = vendors
        self.history = History(key, interval, bars, keeper, clock)
        self.pages = Pages(
            bars,
            self.history,
            vendors,
            clock=clock,
            notes=notes,
            spawn=spawn,
            jitter=jitter,
            changed=changed,
        )
        self._refill = Refill(
            bars,
            self.history,
            vendors,
            self._fillable,
            clock=clock,
            spawn=spawn,
            jitter=jitter,
            changed=changed,
        )
        self._sessions: Sessions | None = None
        self._learned: tuple[int, int] | None = None  # the days of the bars it was learned from

    def took(self, candles: Sequence[Candle], drift: Drift) -> None:
        """Keep an answer with the newest bars, and go on with what is older."""
        self.history.took(candles, drift)
        for gap in to_keep(self._fillable()):
            self.history.explain(gap)
        self.look()

    def look(self) -> None:
        """Go on fetching what is wanted."""
        self.pages.look()
        self._refill.look()

    def doubt(self) -> None:
        """Believe no refusal any more: token, plan or endpoint is another one."""
        self.pages.doubt()
        self._refill.doubt()

    def close(self) -> None:
        """Keep what was built, and stop."""
        self.history.built(self._bars.built())
        self.pages.close()
        self._refill.close()

    def gaps(self, first: int, last: int) -> list[ChartGap]:
        """Return the gaps after the bars from ``first`` to before ``last``, oldest first."""
        times = self._bars.series.time
        if not len(times):
            return []
        days = (int(times[0]) // 86_400, int(times[-1]) // 86_400)
        if self._sessions is None or days != self._learned:
            self._learned = days
            self._sessions = Sessions.learn(times, self.history.interval, self._market)
        key = self.history.key
        known = Known(
            spans=self.history.spans,
            told=self.history.gaps,
            outages=tuple(self._outages(key)),
            heard_from_s=self._bars.heard_from_s,
            pages=self._vendors is not None and self._vendors.pages_history(key),
        )
        return find_gaps(times, self._sessions, known, first=first, last=last)

    def _fillable(self) -> list[ChartGap]:
        count = len(self._bars.series)
        return self.gaps(count - _SEARCHED, count)
