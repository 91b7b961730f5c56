"""One chart's data: bars from the store and the vendor, the bar in progress, and a word on it all.

The session owns the series and writes to it; panels read and are told by ``changed``. Needs
numpy through the series, so it is imported after the first paint.
"""

import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeAlias

from alltick_desk.clock import Clock
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, LiveCandle, Trade
from alltick_desk.model.series import CandleSeries
from alltick_desk.observe import Hook
from alltick_desk.services.bars import LiveBars
from alltick_desk.services.chart_asking import Asking
from alltick_desk.services.chart_notes import (
    NOTHING,
    Cancellable,
    Note,
    NoteKind,
    Notes,
    Spawn,
)
from alltick_desk.services.gaps import ChartGap
from alltick_desk.services.history import AT_ONCE, DriftFigure
from alltick_desk.services.history_keeper import HistoryKeeper
from alltick_desk.services.history_pages import Beginning, Vendors
from alltick_desk.services.history_past import Means, Past
from alltick_desk.services.open_charts import Opened
from alltick_desk.services.outages import Outage
from alltick_desk.services.rows import QuoteRow
from alltick_desk.store.candle_values import Drift

__all__ = ["Beginning", "ChartGap", "ChartSession", "DriftFigure", "Note", "NoteKind"]

# The vendor needs a moment to finish a bar; asking at once would bring the unfinished one.
SETTLE_S = 1.5

Fetch: TypeAlias = Callable[[InstrumentKey, Interval, int, int | None], Awaitable[list[Candle]]]
FetchLatest: TypeAlias = Callable[[InstrumentKey, Interval], Awaitable[list[Candle]]]
_Ask: TypeAlias = Callable[[InstrumentKey], Awaitable[list[Candle]]]

log = logging.getLogger(__name__)


class ChartSession:
    """Holds the candles of one instrument and interval at a time, and keeps them true.

    Args:
        row: the board's row of an instrument; its trades make the bar in progress, and the bars
            that the vendor pushes replace it.
        market: the market whose calendar an instrument follows.
        intervals: the intervals that an instrument has, shortest first.
        fetch: asks for the newest bars; it waits for the plan itself.
        fetch_latest: asks for the newest two.
        spawn: runs a coroutine under an owner that reports its bugs.
        wait_s: estimates how long a fetch would wait for the plan now.
        jitter: a number from 0 to 1, so that many desks do not retry in step.
        keeper: the candle store; None keeps nothing.
        vendors: asked for older bars; None has none.
        outages: when an instrument could not be heard.
        ready: returns once the vendors may be asked; the store is not waited for.

    Attributes:
        key, interval, market: what is shown; None before ``open``.
        changed: emitted when bars came or went, or the note changed.
        live_version: grows with every change of the bar in progress; poll it once a frame.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        row: Callable[[InstrumentKey], QuoteRow],
        market: Callable[[InstrumentKey], Market],
        intervals: Callable[[InstrumentKey], Sequence[Interval]],
        fetch: Fetch,
        fetch_latest: FetchLatest,
        spawn: Spawn,
        wait_s: Callable[[InstrumentKey, Interval], float] = lambda _key, _interval: 0.0,
        jitter: Callable[[], float] = random.random,
        keeper: HistoryKeeper | None = None,
        vendors: Vendors | None = None,
        outages: Callable[[InstrumentKey], Sequence[Outage]] = lambda _key: (),
        ready: Callable[[], Awaitable[object]] | None = None,
        count: int = 500,
    ) -> None:
        self._clock = clock
        self._row_of = row
        self._market_of = market
        self._intervals_of = intervals
        self._fetch = fetch
        self._fetch_latest = fetch_latest
        self._spawn = spawn
        self._wait_s = wait_s
        keeper = keeper or HistoryKeeper(None, spawn=spawn, complain=log.warning)
        self._means = Means(clock, keeper, vendors, outages, spawn, jitter)
        self._vendors = vendors
        self._ready = ready
        self._count = count

        self.key: InstrumentKey | None = None
        self.interval = Interval.M1
        self.market = Market.UNKNOWN
        self.changed: Hook[[]] = Hook()
        self.live_version = 0

        self._bars = LiveBars(self.interval, self.market)
        self._row: QuoteRow | None = None
        self._past: Past | None = None
        self._opened: Opened | None = None
        self._close_watch: Cancellable | None = None  # waits for the bar in progress to end
        self._notes = Notes(clock, spawn, self.changed.emit)
        self._asking = Asking(
            clock, spawn, jitter, self._notes, take=self._take, failed=self._build_alone
        )
        self._older_notes = Notes(clock, spawn, self.changed.emit)

    @property
    def series(self) -> CandleSeries:
        """The candles; another object after every ``open``."""
        return self._bars.series

    @property
    def charted(self) -> tuple[InstrumentKey, Interval] | None:
        """What is shown, so that its bars can be subscribed; None before ``open``."""
        return None if self.key is None else (self.key, self.interval)

    @property
    def note(self) -> Note:
        """What there is to say now; ``str()`` of it is the English sentence."""
        newest = self._notes.note
        return newest if newest.kind is not NoteKind.NONE else self._older_notes.note

    @property
    def beginning(self) -> Beginning | None:
        """The end of the way back, for a mark on the chart; None while there may be older bars."""
        return None if self._past is None else self._past.pages.beginning

    @property
    def drift(self) -> DriftFigure | None:
        """How far bars built from trades were off; None where none was compared yet."""
        if self._past is None or not len(self.series):
            return None
        return self._past.history.drift(float(self.series.close[-1]), self.series.digits)

    def gaps(self, first: int, last: int) -> list[ChartGap]:
        """Return the gaps after the bars from ``first`` to before ``last``, to be hatched."""
        return [] if self._past is None else self._past.gaps(first, last)

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """The intervals that the instrument has; empty before ``open``."""
        return () if self.key is None else tuple(self._intervals_of(self.key))

    @property
    def forming(self) -> bool:
        """Whether the last bar is still in progress, by the clock."""
        last_s = self.series.last_s
        bar = self._bars.newest
        if bar is None or last_s != bar.time_s:
            return False
        return self._clock.wall_ms() < bar.end_s * 1000

    def open(self, key: InstrumentKey, interval: Interval) -> None:
        """Show another instrument or interval; what was under way for the old one is dropped.

        An interval that the instrument does not have gives way to the next shorter one.
        """
        interval = self._nearest(key, interval)
        if (key, interval) == (self.key, self.interval):
            if self._asking.given_up:
                self.reload()
            return
        self.close()
        self.key, self.interval, self.market = key, interval, self._market_of(key)
        self._row = self._row_of(key)
        self._bars = LiveBars(interval, self.market, self._row)
        self._past = Past(
            key,
            interval,
            self.market,
            self._bars,
            self._means,
            notes=self._older_notes,
            changed=self.changed.emit,
        )
        self._row.listen(self._on_trade)
        self._row.listen_candles(self._on_candle)
        self._opened = Opened(key, interval, self._bars, self._past.history, self._asking)
        self._means.keeper.charts.enter(self._opened)
        self._start(self._begin, key)

    def close(self) -> None:
        """Stop everything; the bars stay as they are."""
        if self._row is not None:
            self._row.unlisten(self._on_trade)
            self._row.unlisten_candles(self._on_candle)
            self._row = None
        if self._past is not None:
            self._past.close()
            self._past = None
        if self._opened is not None:
            self._means.keeper.charts.leave(self._opened)
            self._opened = None
        self._close_watch_over()
        self._asking.forget()
        self.key = None
        self._notes.put(NOTHING)
        self._older_notes.put(NOTHING)

    def reload(self) -> None:
        """Ask for all bars again, keeping what is shown until they come; e.g. a new token."""
        if self.key is None:
            return
        self._asking.given_up = False
        self._bars.interrupt()
        if self._past is not None:
            self._past.doubt()
        self._start(self._load, self.key)

    def refresh(self) -> None:
        """Ask for the newest two bars, and for all where that leaves a hole.

        Call it when the connection came back.
        """
        self._bars.interrupt()
        self._ask_newest()

    def reach(self, first: float, in_view: float) -> None:
        """Have older bars ready: the person has moved to ``first``, with ``in_view`` bars in view.

        Call it after every move of the person's, as often as it comes: it is cheap. Older bars are
        fetched where fewer than one and a half windows are left.
        """
        if self._past is not None:
            self._past.pages.reach(first, in_view)

    # the vendor's bars

    def _ask_newest(self) -> None:
        """Ask for the newest two bars, and for more where that leaves a hole."""
        self._bars.forget_pushes()
        if self.key is None or self._asking.given_up or self._asking.busy:
            return
        if self._bars.loaded:
            self._start(self._catch_up, self.key)
        else:
            self.reload()

    def _start(self, ask: _Ask, key: InstrumentKey) -> None:
        self._close_watch_over()
        if ask != self._catch_up:
            self._notes.say(Note(NoteKind.LOADING))
        self._asking.start(partial(ask, key), key)

    def _build_alone(self) -> None:
        """Have trades make bars: the vendor's do not come now."""
        self._bars.building = True

    async def _begin(self, key: InstrumentKey) -> list[Candle]:
        """Show what is stored, then ask for what is missing."""
        past, opened = self._past, self._opened
        if past is None or opened is None or self._shares(opened):
            return []
        if not past.history.opened:
            await past.history.open()
            if past is not self._past:
                return []
            if len(self.series):
                self.live_version += 1
                self.changed.emit()
            past.look()
        most = self._most(key)
        # Of two equal questions under way only one is asked.
        asked = self._asked_by_others(opened) or past.history.missing(most)
        candles = await self._ask(key, asked)
        if asked < most and self._bars.leaves_hole(candles):
            return await self._ask(key, most)  # the machine's clock is slow
        return candles

    async def _load(self, key: InstrumentKey) -> list[Candle]:
        if not self._bars.loaded:
            return await self._begin(key)
        return await self._ask(key, self._most(key))

    async def _catch_up(self, key: InstrumentKey) -> list[Candle]:
        candles = await self._fetch_latest(key, self.interval)
        if self._bars.leaves_hole(candles):
            return await self._load(key)
        return candles

    async def _ask(self, key: InstrumentKey, count: int) -> list[Candle]:
        self._asking.count = count
        if self._ready is not None:
            await self._ready()
        wait_s = self._wait_s(key, self.interval)
        if wait_s >= 1.0:
            self._notes.say(Note(NoteKind.WAITING), wait_s)
        return await self._fetch(key, self.interval, count, None)

    # what other charts of the same bars know

    def _shares(self, opened: Opened) -> bool:
        """Begin with the bars of another chart that has just had its answer, where there is one."""
        now_s, outages = self._clock.monotonic(), self._means.outages(opened.key)
        others = self._means.keeper.charts.others(opened)
        other = next((it for it in others if it.fresh(now_s, outages)), None)
        if other is None or opened.history.opened:
            return False
        opened.bars.share(other.bars, AT_ONCE)
        opened.history.share(other.history)
        opened.asking.given_s = other.asking.answered_s
        return True

    def _asked_by_others(self, opened: Opened) -> int | None:
        """Return how many bars another chart is asking for now; None where none is."""
        counts = (it.asking.count for it in self._means.keeper.charts.others(opened))
        return next((count for count in counts if count is not None), None)

    def _most(self, key: InstrumentKey) -> int:
        if self._vendors is None:
            return self._count
        return min(self._count, self._vendors.bars_per_call(key))

    def _take(self, candles: Sequence[Candle]) -> None:
        """Let the vendor's bars win over ours; ProtocolError where one cannot be read."""
        drift = self._bars.take(candles)
        if self._past is not None and self._opened is not None:
            leads = self._means.keeper.charts.leads(self._opened)
            self._past.took(candles, drift if leads else Drift())
        self._close_watch_over()
        self.live_version += 1
        self._notes.say(NOTHING if len(self.series) else Note(NoteKind.NO_BARS))

    # the bar in progress

    def _on_trade(self, trade: Trade) -> None:
        moved = self._bars.trade(trade)
        if moved is None:
            return
        bar, more = moved
        if more and bar is self._bars.newest and self._past is not None:
            self._past.history.built(self._bars.closed_before(bar))
        self._moved(more)
        if self._close_watch is None and not self._asking.given_up and self._bars.loaded:
            # By the vendor's time: the machine's clock may be wrong.
            left_s = max(0.0, bar.end_s - trade.time_ms / 1000)
            self._close_watch = self._spawn(
                self._watch_close(bar.time_s, left_s + SETTLE_S), f"chart {self.key} bar close"
            )

    def _on_candle(self, live: LiveCandle) -> None:
        more = self._bars.push(live)
        if more is not None:
            if self._past is not None:
                self._past.history.pushed(live)
            self._moved(more)

    def _moved(self, more: bool) -> None:
        """Tell that the bar in progress changed, and ``more`` than that."""
        self.live_version += 1
        if more:
            if self._notes.note.kind is NoteKind.NO_BARS:
                self._notes.put(NOTHING)
            self.changed.emit()

    async def _watch_close(self, bar_s: int, delay_s: float) -> None:
        await self._clock.sleep(delay_s)
        self._close_watch = None
        if not self._bars.answered_by_push(bar_s):
            self._ask_newest()

    def _close_watch_over(self) -> None:
        if self._close_watch is not None:
            self._close_watch.cancel()
            self._close_watch = None

    def _nearest(self, key: InstrumentKey, interval: Interval) -> Interval:
        known = self._intervals_of(key)
        order = list(Interval)
        shorter = [i for i in known if order.index(i) <= order.index(interval)]
        return shorter[-1] if shorter else known[0] if known else interval
