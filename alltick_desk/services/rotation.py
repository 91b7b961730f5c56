"""Refreshes the rows that the plan has no room to stream, in rotation, by batched calls.

The calls go in the background lane, so far apart that the day's budget lasts (``feed.pacing``);
whose turn it is says ``rotation_turns``. A row whose market is closed is left alone once its last
price is known. What a call brings is one price of a moment: the row stays beyond the plan.
"""

import asyncio
import logging
import math
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError, ProtocolError, VendorError, Verdict
from alltick_desk.feed.pacing import Pace
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.market import Quote, Trade
from alltick_desk.model.words import joined
from alltick_desk.services import rotation_words as words
from alltick_desk.services.last_price import SHUT, last_from_ms
from alltick_desk.services.market_hours import Hours
from alltick_desk.services.quotes import QuoteBoard
from alltick_desk.services.rotation_turns import Batch, Plan, Turns, halves
from alltick_desk.services.rows import QuoteRow, RowState

LOOK_S = 1.0
FASTEST_S = 2.0  # between two calls, however much the plan allows
LONGEST_S = 900.0  # after so long it stands in line all the same, and has its turn when it comes
ROW_S = 10.0  # between two refreshes of one row
RETRY_S = (15.0, 60.0, 300.0, 900.0)
LEFT_OUT_S = 1800.0  # before a code is asked for again that an answer was short of
REFUSED_S = 86_400.0

_CODE_VERDICTS = frozenset({Verdict.UNKNOWN_CODE, Verdict.NOT_IN_PLAN})

log = logging.getLogger(__name__)


class Vendors(Protocol):
    """Who is asked; DeskError where there is no answer."""

    def beyond(self, key: InstrumentKey) -> bool:
        """Whether the plan has no room to stream a code, as of this moment."""
        ...

    def kind(self, key: InstrumentKey) -> str:
        """Return what the codes of one call must share."""
        ...

    def codes_per_call(self, vendor: str) -> int: ...

    def pace(self, keys: Sequence[InstrumentKey]) -> Pace:
        """Return how fast such calls may go on and on."""
        ...

    def hours_market(self, key: InstrumentKey) -> Market:
        """Return the market whose hours a code keeps."""
        ...

    async def newest(self, keys: Sequence[InstrumentKey]) -> Sequence[Trade | Quote]: ...


class _Row:
    """What is known of one row beyond the plan; times are monotonic seconds, or Unix ms."""

    __slots__ = ("asked_s", "came_ms", "came_s", "market", "missed", "not_before_s", "reason")

    def __init__(self, market: Market) -> None:
        self.market = market  # whose hours it keeps
        self.asked_s = -math.inf
        self.came_s: float | None = None  # its last refresh
        self.came_ms = -math.inf  # the same
        self.missed = 0  # answers in a row that were short of it
        self.not_before_s = -math.inf
        self.reason = ""  # why not before


class _Line:
    """One vendor's rotation."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.rows: dict[InstrumentKey, _Row] = {}
        self.suspects: deque[Batch] = deque()  # parts of a batch that was refused
        self.plan = Plan()
        self.basis: object = None  # what the plan was made of
        self.gap_s = math.inf
        self.last_s = -math.inf
        self.due_s = math.inf  # of the next call, as a person is told
        self.retry_s = -math.inf
        self.attempt = 0
        self.trouble = ""
        self.asking: Batch = ()


class Rotation:
    """Keeps rows beyond the plan as fresh as the budget allows.

    ``rows`` returns what is watched from the top down, ``sight`` what a person sees of it;
    ``hours`` tells when markets trade.
    """

    def __init__(
        self,
        vendors: Vendors,
        board: QuoteBoard,
        *,
        rows: Callable[[], Iterable[QuoteRow]],
        sight: Callable[[], Iterable[InstrumentKey]],
        hours: Hours,
        clock: Clock,
    ) -> None:
        self._vendors = vendors
        self._board = board
        self._rows = rows
        self._sight = sight
        self._hours = hours
        self._clock = clock
        self._lines: dict[str, _Line] = {}
        # From when on a price is its market's last one, Unix ms; infinite while more may come.
        self._last_ms: dict[Market, float] = {}

    async def run(self) -> None:
        """Refresh what is due, until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                await self._clock.sleep(LOOK_S)
                for vendor in self.look():
                    group.create_task(self._refresh(vendor), name=f"{vendor} rotation")

    def look(self) -> list[str]:
        """Plan the calls to come; return the vendors that are to be asked now."""
        now_s = self._clock.monotonic()
        beyond: dict[str, list[InstrumentKey]] = {}
        for row in self._rows():
            if row.state is RowState.BEYOND_PLAN:
                beyond.setdefault(row.key.vendor, []).append(row.key)
        for vendor in {*beyond, *self._lines}:
            self._take_rows(self._lines.setdefault(vendor, _Line()), beyond.get(vendor, []))
        sight = set(self._sight())
        self._look_at_markets()
        asked = []
        for vendor, line in self._lines.items():
            self._plan(line, vendor, sight)
            if line.plan.first and not line.asking and now_s >= self._fires_s(line):
                line.asking = line.plan.first
                asked.append(vendor)
        return asked

    def next_for(self, key: InstrumentKey) -> float | None:
        """Return when a row's next refresh is due, monotonic seconds; None where none is."""
        line = self._lines.get(key.vendor)
        if line is None:
            return None
        if key in line.asking:
            return self._clock.monotonic()
        step = line.plan.steps.get(key)
        if step is None or math.isinf(line.gap_s):
            return None
        return line.due_s + (step + bool(line.asking)) * line.gap_s

    def told(self, key: InstrumentKey) -> str:
        """Return what is to be said of a row beyond the plan; "" while nothing is known."""
        line = self._lines.get(key.vendor)
        row = None if line is None else line.rows.get(key)
        if line is None or row is None:
            return ""
        now_s = self._clock.monotonic()
        if now_s < row.not_before_s:
            return row.reason
        if self._is_settled(row):
            return words.SHUT
        next_s = self.next_for(key)
        since_s = None if row.came_s is None else now_s - row.came_s
        until_s = math.inf if next_s is None else max(0.0, next_s - now_s)
        return words.told(since_s, until_s, line.trouble)

    def begin_anew(self, vendor: str) -> None:
        """Forget what a vendor refused: its plan or its token is another one."""
        self._lines.pop(vendor, None)

    # Whose turn it is

    def _take_rows(self, line: _Line, keys: Sequence[InstrumentKey]) -> None:
        if list(line.rows) == keys:
            return
        market = self._vendors.hours_market
        line.rows = {key: line.rows.get(key) or _Row(market(key)) for key in keys}
        line.turns.keep(line.rows.keys())

    def _plan(self, line: _Line, vendor: str, sight: set[InstrumentKey]) -> None:
        now_s = self._clock.monotonic()
        due = [key for key, row in line.rows.items() if self._is_due(row, now_s)]
        suspects = _still(line.suspects, due)
        line.suspects = deque(suspects)
        if not due:
            line.plan, line.basis = Plan(), None
            return
        size = self._vendors.codes_per_call(vendor)
        seen = [key for key in due if key in sight]
        basis = (due, seen, size, suspects, line.turns.calls)
        if basis != line.basis:
            rest = [key for key in due if key not in sight]
            plan = line.turns.plan(seen, rest, kind=self._vendors.kind, size=size)
            line.plan, line.basis = _after(suspects, plan), basis
        pace = self._vendors.pace(line.plan.first)
        line.gap_s = min(max(pace.gap_s, FASTEST_S), LONGEST_S)
        line.due_s = max(self._fires_s(line), now_s + pace.free_s)

    def _fires_s(self, line: _Line) -> float:
        """Return when the next call is to stand in line."""
        again_s = line.rows[line.plan.first[0]].asked_s + ROW_S
        return max(line.last_s + line.gap_s, line.retry_s, again_s)

    def _look_at_markets(self) -> None:
        """Take down from when on a price is the last one, by the clock on the wall.

        Whoever slept through a night and a day finds another close before it than the one that a
        row was refreshed after.
        """
        now_ms = self._clock.wall_ms()
        for market in {row.market for line in self._lines.values() for row in line.rows.values()}:
            state = self._hours.state(market, now_ms)
            last_ms = last_from_ms(state)
            if state.phase in SHUT and state.since_ms is None:  # as far as was seen
                last_ms = min(now_ms, self._last_ms.get(market, math.inf))
            self._last_ms[market] = last_ms

    def _is_due(self, row: _Row, now_s: float) -> bool:
        return now_s >= row.not_before_s and not self._is_settled(row)

    def _is_settled(self, row: _Row) -> bool:
        """Whether a row's market is closed, and its last price is known."""
        last_ms = self._last_ms.get(row.market, math.inf)
        return last_ms <= row.came_ms <= self._clock.wall_ms()

    # The calls

    async def _refresh(self, vendor: str) -> None:
        line = self._lines.get(vendor)
        if line is None:
            return  # the vendor is connected anew
        batch, sight = line.asking, line.plan.sight
        if line.suspects and line.suspects[0] == batch:
            line.suspects.popleft()
        try:
            found = await self._vendors.newest(batch)
        except DeskError as error:
            self._failed(line, batch, error, sight=sight)
        else:
            line.attempt, line.trouble = 0, ""
            self._came(line, batch, found, sight=sight)
        finally:
            line.asking = ()
            line.last_s = self._clock.monotonic()

    def _came(
        self, line: _Line, batch: Batch, found: Sequence[Trade | Quote], *, sight: bool
    ) -> None:
        """Take an answer: by the row that nobody streams, and what it is short of."""
        now_s, now_ms = self._clock.monotonic(), self._clock.wall_ms()
        by_code = {told.code: told for told in found}
        last = max((n for n, key in enumerate(batch) if key.code in by_code), default=0)
        # What stands behind the last one that came may be more than the vendor answers at once:
        # it comes first the next time.
        asked = batch[: last + 1]
        for key in asked:
            row = line.rows.get(key)
            if row is None:
                continue  # removed meanwhile, or there is room for it now
            row.asked_s = now_s
            told = by_code.get(key.code)
            if told is None or not self._take(key, told, now_s):
                row.missed += 1
                row.not_before_s = now_s + LEFT_OUT_S * row.missed
                row.reason = words.LEFT_OUT
                continue
            row.missed, row.came_s, row.came_ms = 0, now_s, now_ms
        line.turns.took(asked, sight=sight)

    def _take(self, key: InstrumentKey, told: Trade | Quote, now_s: float) -> bool:
        """Put a price on the board; False where it means nothing."""
        if not self._vendors.beyond(key):
            return True  # it is about to be streamed: only a push proves that it is
        tape = self._board.tape(key.vendor)
        try:
            if isinstance(told, Quote):
                tape.called_quote(told, now_s)
            else:
                tape.called(told, now_s)
        except ValueError:
            log.warning("%s: a price means nothing", key)
            return False
        return True

    def _failed(self, line: _Line, batch: Batch, error: DeskError, *, sight: bool) -> None:
        """Take a refusal: of one code, of one code among others, or of anything at all."""
        now_s = self._clock.monotonic()
        verdict = error.verdict if isinstance(error, VendorError) else None
        of_code = verdict in _CODE_VERDICTS or isinstance(error, ProtocolError)
        if of_code and len(batch) > 1:
            line.suspects.extendleft(reversed(halves(batch)))
            return
        line.turns.took(batch, sight=sight)
        if of_code or verdict is Verdict.BUG:
            for row in filter(None, map(line.rows.get, batch)):
                row.asked_s = now_s
                row.not_before_s = now_s + REFUSED_S
                row.reason = joined(str(error), words.NOT_TODAY)
            return
        pause_s = RETRY_S[min(line.attempt, len(RETRY_S) - 1)]
        line.attempt += 1
        line.retry_s = now_s + pause_s
        line.trouble = str(error)
        log.warning("rows beyond the plan: %s Next try in %.0f s.", error, pause_s)


def _still(suspects: Iterable[Batch], due: Sequence[InstrumentKey]) -> list[Batch]:
    """Return what is still due of batches that a refusal was halved into."""
    if not suspects:
        return []
    wanted = set(due)
    parts = (tuple(key for key in batch if key in wanted) for batch in suspects)
    return [part for part in parts if part]


def _after(suspects: Sequence[Batch], plan: Plan) -> Plan:
    """Return a plan that comes after other batches."""
    if not suspects:
        return plan
    steps = {key: step + len(suspects) for key, step in plan.steps.items()}
    for step, batch in enumerate(suspects):
        steps.update(dict.fromkeys(batch, step))
    return Plan(suspects[0], False, steps)
