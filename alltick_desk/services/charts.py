"""One chart's data: the vendor's bars, the bar in progress, and a word on what is going on.

The session owns the series and writes to it; panels read and are told by ``changed``. Needs
numpy through the series, so it is imported after the first paint.
"""

import logging
import math
import random
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from enum import Enum
from typing import Any, NamedTuple, Protocol, TypeAlias

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError, ProtocolError, VendorError, Verdict
from alltick_desk.model.calendar import Grid
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Trade
from alltick_desk.model.series import CandleSeries, Row, row_of
from alltick_desk.model.words import Sentence
from alltick_desk.observe import Hook
from alltick_desk.services.candle_builder import Bar, CandleBuilder
from alltick_desk.services.quotes import QuoteRow

# The vendor needs a moment to finish a bar; asking at once would bring the unfinished one.
SETTLE_S = 1.5
FIRST_RETRY_S = 2.0
LONGEST_RETRY_S = 900.0  # a night without a network must not use up a day's calls

_UNREADABLE = Sentence("Chart", "The vendor sent bars that cannot be read.")

# After these nothing changes by asking again.
_FINAL = frozenset(
    {
        Verdict.BUG,
        Verdict.TOKEN,
        Verdict.UNKNOWN_CODE,
        Verdict.NOT_IN_PLAN,
        Verdict.OVER_PLAN,
    }
)

log = logging.getLogger(__name__)


class Cancellable(Protocol):
    """What is needed of a task."""

    def cancel(self) -> object: ...


Fetch: TypeAlias = Callable[[InstrumentKey, Interval, int, int | None], Awaitable[list[Candle]]]
FetchLatest: TypeAlias = Callable[[InstrumentKey, Interval], Awaitable[list[Candle]]]
Spawn: TypeAlias = Callable[[Coroutine[Any, Any, None], str], Cancellable]
_Ask: TypeAlias = Callable[[InstrumentKey], Awaitable[list[Candle]]]


class NoteKind(Enum):
    """What there is to say about the bars; the value is the English sentence."""

    NONE = ""
    LOADING = "Loading…"
    WAITING = "Waiting {seconds} s for the plan's next free call"
    NO_BARS = "No bars"
    FAILED = "{detail}"
    RETRYING = "{detail} Trying again in {seconds} s."


class Note(NamedTuple):
    """A sentence about the bars, in parts so that a screen can say it in another language."""

    kind: NoteKind
    detail: str = ""
    seconds: int = 0

    def __str__(self) -> str:
        return self.kind.value.format(detail=self.detail, seconds=self.seconds)


class ChartSession:
    """Holds the candles of one instrument and interval at a time, and keeps them true.

    Args:
        row: the board's row of an instrument; its trades make the bar in progress.
        market: the market whose calendar an instrument follows.
        intervals: the intervals that an instrument has, shortest first.
        fetch: asks for the newest bars; it waits for the plan itself.
        fetch_latest: asks for the newest two.
        spawn: runs a coroutine under an owner that reports its bugs.
        wait_s: estimates how long a fetch would wait for the plan now.
        jitter: a number from 0 to 1, so that many desks do not retry in step.

    Attributes:
        key, interval, market: what is shown; None before ``open``.
        series: the candles.
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
        wait_s: Callable[[InstrumentKey], float] = lambda _key: 0.0,
        jitter: Callable[[], float] = random.random,
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
        self._jitter = jitter
        self._count = count

        self.key: InstrumentKey | None = None
        self.interval = Interval.M1
        self.market = Market.UNKNOWN
        self.series = CandleSeries()
        self.changed: Hook[[]] = Hook()
        self.live_version = 0

        self._builder = CandleBuilder(Grid(self.interval, self.market))
        self._row: QuoteRow | None = None
        self._work: Cancellable | None = None  # the load or refresh that is under way
        self._countdown: Cancellable | None = None
        self._close_watch: Cancellable | None = None  # waits for the bar in progress to end
        self._vendors_s: int | None = None  # the vendor's newest bar
        self._building = False  # whether trades make bars yet
        self._loaded = False  # whether the vendor's bars have come
        self._asking = False  # whether a question is under way
        self._generation = 0  # what an older one brings is not wanted
        self._given_up = False
        self._note = Note(NoteKind.NONE)
        self._note_until_s = 0.0

    @property
    def note(self) -> Note:
        """What there is to say now; ``str()`` of it is the English sentence."""
        if self._note.kind not in {NoteKind.WAITING, NoteKind.RETRYING}:
            return self._note
        seconds = math.ceil(self._note_until_s - self._clock.monotonic())
        if seconds <= 0:
            return Note(NoteKind.LOADING)
        return self._note._replace(seconds=seconds)

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """The intervals that the instrument has; empty before ``open``."""
        return () if self.key is None else tuple(self._intervals_of(self.key))

    @property
    def forming(self) -> bool:
        """Whether the last bar is still in progress, by the clock."""
        last_s = self.series.last_s
        bar = self._builder.newest
        if bar is None or last_s != bar.time_s:
            return False
        return self._clock.wall_ms() < bar.end_s * 1000

    def open(self, key: InstrumentKey, interval: Interval) -> None:
        """Show another instrument or interval; what was under way for the old one is dropped.

        An interval that the instrument does not have gives way to the next shorter one.
        """
        interval = self._nearest(key, interval)
        if (key, interval) == (self.key, self.interval):
            if self._given_up:
                self.reload()
            return
        self.close()
        self.key, self.interval, self.market = key, interval, self._market_of(key)
        self.series = CandleSeries()
        self._builder = CandleBuilder(Grid(interval, self.market))
        self._row = self._row_of(key)
        self._row.listen(self._on_trade)
        self.reload()

    def close(self) -> None:
        """Stop everything; the bars stay as they are."""
        if self._row is not None:
            self._row.unlisten(self._on_trade)
            self._row = None
        self._stop_work()
        self.key = None
        self._vendors_s = None
        self._building = self._loaded = self._given_up = False
        self._note = Note(NoteKind.NONE)

    def reload(self) -> None:
        """Ask for all bars again, keeping what is shown until they come; e.g. a new token."""
        if self.key is None:
            return
        self._given_up = False
        self._start(self._load, self.key)

    def refresh(self) -> None:
        """Ask for the newest two bars, and for all where that leaves a hole.

        Call it when the connection came back.
        """
        if self.key is None or self._given_up or self._asking:
            return
        if self._loaded:
            self._start(self._catch_up, self.key)
        else:
            self.reload()

    # the vendor's bars

    def _start(self, ask: _Ask, key: InstrumentKey) -> None:
        self._stop_work()
        if ask == self._load:
            self._say(Note(NoteKind.LOADING))
        self._work = self._spawn(self._keep_asking(ask, key, self._generation), f"chart {key}")

    async def _keep_asking(self, ask: _Ask, key: InstrumentKey, generation: int) -> None:
        """Ask until it works, can never work, or is not wanted any more."""
        delay_s = FIRST_RETRY_S
        while True:
            self._asking = True
            try:
                candles = await ask(key)
                if generation != self._generation:
                    return
                self._take(candles)
            except DeskError as error:
                if generation != self._generation:
                    return
                self._building = True
                detail = str(error)
                if isinstance(error, ProtocolError):  # for the log: no sentence for a person
                    log.warning("chart %s: %s", key, error)
                    detail = _UNREADABLE
                if isinstance(error, VendorError) and error.verdict in _FINAL:
                    self._given_up = True
                    self._say(Note(NoteKind.FAILED, detail=detail))
                    return
                pause_s = delay_s * (1.0 + 0.25 * self._jitter())
                delay_s = min(2.0 * delay_s, LONGEST_RETRY_S)
                self._say(Note(NoteKind.RETRYING, detail=detail), pause_s)
            else:
                return
            finally:
                if generation == self._generation:
                    self._asking = False
            await self._clock.sleep(pause_s)

    async def _load(self, key: InstrumentKey) -> list[Candle]:
        wait_s = self._wait_s(key)
        if wait_s >= 1.0:
            self._say(Note(NoteKind.WAITING), wait_s)
        return await self._fetch(key, self.interval, self._count, None)

    async def _catch_up(self, key: InstrumentKey) -> list[Candle]:
        candles = await self._fetch_latest(key, self.interval)
        if self._leaves_hole(candles):
            return await self._load(key)
        return candles

    def _leaves_hole(self, candles: Sequence[Candle]) -> bool:
        if self._vendors_s is None or not candles:
            return False
        oldest_s = min(candle.time_s for candle in candles)
        grid = Grid(self.interval, self.market)
        grid.learn(self._vendors_s)
        return oldest_s > grid.end(self._vendors_s)

    def _take(self, candles: Sequence[Candle]) -> None:
        """Let the vendor's bars win over ours; ProtocolError where one cannot be read."""
        try:
            rows = [row_of(candle) for candle in candles]
            newest = max(rows, default=None)
            self._close_watch_over()
            if newest is not None and newest.time_s >= (self._vendors_s or 0):
                # Of our own bars only those that began after the vendor's newest may stay.
                self.series.cut(newest.time_s)
                self.series.merge(candles)
                self._builder.settle(newest)
                for bar in self._builder.bars:
                    self.series.put(_row(bar))
                self._vendors_s = newest.time_s
            else:
                self.series.merge(candles)
        except ValueError as error:
            raise ProtocolError(str(error)) from error
        self._loaded = self._building = True
        self.live_version += 1
        self._say(Note(NoteKind.NONE if len(self.series) else NoteKind.NO_BARS))

    # the bar in progress

    def _on_trade(self, trade: Trade) -> None:
        if not self._building:
            return
        bar = self._builder.fold(trade)
        if bar is None:
            return
        self.series.see(trade.price)
        new = self.series.put(_row(bar))
        self.live_version += 1
        if new or bar is not self._builder.newest:
            if self._note.kind is NoteKind.NO_BARS:
                self._note = Note(NoteKind.NONE)
            self.changed.emit()
        if self._close_watch is None and not self._given_up and self._loaded:
            # By the vendor's time: the machine's clock may be wrong.
            left_s = bar.end_s - trade.time_ms / 1000
            self._close_watch = self._spawn(
                self._watch_close(max(0.0, left_s) + SETTLE_S), f"chart {self.key} bar close"
            )

    async def _watch_close(self, delay_s: float) -> None:
        await self._clock.sleep(delay_s)
        self._close_watch = None
        self.refresh()

    # notes and tasks

    def _say(self, note: Note, for_s: float = 0.0) -> None:
        self._note = note
        self._note_until_s = self._clock.monotonic() + for_s
        if self._countdown is not None:
            self._countdown.cancel()
            self._countdown = None
        if for_s > 0.0:
            self._countdown = self._spawn(self._count_down(), f"chart {self.key} countdown")
        self.changed.emit()

    async def _count_down(self) -> None:
        while (left_s := self._note_until_s - self._clock.monotonic()) > 0.0:
            await self._clock.sleep(min(1.0, left_s))
            self.changed.emit()

    def _close_watch_over(self) -> None:
        if self._close_watch is not None:
            self._close_watch.cancel()
            self._close_watch = None

    def _stop_work(self) -> None:
        self._generation += 1
        self._asking = False
        self._close_watch_over()
        for task in (self._work, self._countdown):
            if task is not None:
                task.cancel()
        self._work = self._countdown = None

    def _nearest(self, key: InstrumentKey, interval: Interval) -> Interval:
        known = self._intervals_of(key)
        order = list(Interval)
        shorter = [i for i in known if order.index(i) <= order.index(interval)]
        return shorter[-1] if shorter else known[0] if known else interval


def _row(bar: Bar) -> Row:
    return Row(bar.time_s, bar.open, bar.high, bar.low, bar.close, bar.volume, bar.turnover)
