"""The day's frame of every row: previous close, the day's open, high, low, volume and turnover.

Where the vendor pushes the day, nothing is asked for as long as that comes. Elsewhere it comes
from the last two daily bars, asked for in the fewest calls, and is carried on by the trades that
follow. A previous close that an earlier run was told on the same day of the exchange is taken from
the store at once; only the day's other figures are then brought up to date, behind everything else.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import Protocol

import msgspec

from alltick_desk.clock import Clock
from alltick_desk.feed.lanes import Lane
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.market import Candle
from alltick_desk.services.closes import KnownCloses
from alltick_desk.services.day_asking import DailyBars, DayAsking
from alltick_desk.services.day_figures import (
    apply_close,
    apply_daily_bars,
    close_of,
    start_day,
    told_day,
)
from alltick_desk.services.last_price import last_from_ms
from alltick_desk.services.market_hours import NOT_KNOWN, MarketState
from alltick_desk.services.refusals import Refusals
from alltick_desk.services.rows import QuoteRow
from alltick_desk.services.trading_dates import TradingDates

__all__ = ["DailyBars", "DayService"]

AGAIN_S = 600.0  # lost connections cost an instrument no more than one call in so long
PUSH_GRACE_S = 5.0  # a push is given so long before a call is spent
ROLL_S = 3.0  # so long rows of one market are waited for whose day begins, to ask for them together
_DAY_MS = 86_400_000


class Fetch(Protocol):
    """Asks for the newest two daily bars of one batch; DeskError where there is no answer."""

    def __call__(self, keys: Sequence[InstrumentKey], lane: Lane) -> Awaitable[DailyBars]: ...


class DayService:
    """Keeps every row's day up to date.

    ``batches`` parts instruments into those that one call can ask for, ``fetch`` asks for the
    newest two daily bars of one batch; what the vendor has ``refused`` is not asked for, and what
    it ``pushes`` only where the push does not come. ``closes`` are those that are known from
    earlier runs; ``hours`` tells what an instrument's market does now. ``want``, ``want_again``
    and ``check_roll`` only note what is missing, ``run`` fetches it.
    """

    def __init__(
        self,
        *,
        batches: Callable[[Sequence[InstrumentKey]], Sequence[Sequence[InstrumentKey]]],
        fetch: Fetch,
        refused: Callable[[InstrumentKey], bool],
        pushes: Callable[[InstrumentKey], bool] = lambda _key: False,
        row: Callable[[InstrumentKey], QuoteRow],
        market: Callable[[InstrumentKey], Market],
        on_row: Callable[[QuoteRow], None],
        clock: Clock,
        closes: KnownCloses | None = None,
        hours: Callable[[InstrumentKey], MarketState] = lambda _key: NOT_KNOWN,
    ) -> None:
        self._pushes = pushes
        self._row = row
        self._market = market
        self._on_row = on_row
        self._clock = clock
        self._closes = closes
        self._hours = hours
        self._dates = TradingDates()
        self._told: dict[InstrumentKey, float] = {}  # when the vendor told it in this run
        self._refusals = Refusals(clock)
        asking = partial(
            DayAsking,
            batches=batches,
            refused=refused,
            refusals=self._refusals,
            took=self._took,
            clock=clock,
        )
        self._seen = asking(fetch=partial(fetch, lane=Lane.VISIBLE), wait_s=self._wait_s)
        self._behind = asking(fetch=partial(fetch, lane=Lane.BACKGROUND), wait_s=self._again_wait_s)

    def want(self, keys: Iterable[InstrumentKey]) -> None:
        """Have the day of ``keys`` fetched, in this order."""
        self._seen.want(keys)

    def want_again(self, keys: Iterable[InstrumentKey]) -> None:
        """Have the day of ``keys`` fetched since a lost connection may have swallowed some of it.

        That is background work, and never soon after the last time: a line that comes and goes all
        day would use up the day's calls.
        """
        self._behind.want(keys)

    def check_roll(self, rows: Iterable[QuoteRow]) -> None:
        """Start a new day for rows whose last price belongs to a later date than their figures.

        What was pushed belongs to no date before it was looked at here.
        """
        rolled = []
        latest_ms = self._clock.wall_ms() + _DAY_MS
        for row in rows:
            if not row.time_ms or (row.quote is None and not row.day):
                continue
            if row.quote is None and row.key in self._seen:
                continue
            market = self._market(row.key)
            date = self._dates.at(row.time_ms, market)
            # A date far ahead was a wrong clock's.
            if date > row.day or (date < row.day and row.day_ms > latest_ms):
                start_day(row, date, market)
                if not told_day(row, market):
                    rolled.append(row.key)
        self._seen.want(rolled, in_s=ROLL_S)

    def begin_anew(self, vendor: str) -> None:
        """Forget what a vendor refused: its plan or its token is another one."""
        for service in (self._refusals, self._seen, self._behind):
            service.begin_anew(vendor)

    def drop(self, keys: Iterable[InstrumentKey]) -> None:
        """Ask no more for instruments that nobody watches."""
        gone = list(keys)
        for key in gone:
            self._told.pop(key, None)
        for asking in (self._seen, self._behind):
            asking.drop(gone)

    async def run(self) -> None:
        """Fetch what is missing, until cancelled."""
        if self._closes is not None:
            await self._closes.load()
        async with asyncio.TaskGroup() as group:
            for asking in (self._seen, self._behind):
                group.create_task(asking.run(), name="daily bars")
            if self._closes is not None:
                group.create_task(self._closes.run(), name="closes")

    def _wait_s(self, key: InstrumentKey, since_s: float) -> float | None:
        """Return how long to wait for a push; None where nothing is missing, or not any more."""
        if key not in self._told and self._recall(key):
            return None
        return self._push_wait_s(key, since_s)

    def _push_wait_s(self, key: InstrumentKey, since_s: float) -> float | None:
        row = self._row(key)
        if row.quoted_s >= since_s and told_day(row, self._market(key)):
            return None
        return since_s + PUSH_GRACE_S - self._clock.monotonic() if self._pushes(key) else 0.0

    def _again_wait_s(self, key: InstrumentKey, since_s: float) -> float | None:
        wait_s = self._push_wait_s(key, since_s)
        told_s = self._told.get(key)
        if wait_s is None or told_s is None:
            return wait_s
        return max(wait_s, told_s + AGAIN_S - self._clock.monotonic())

    def _recall(self, key: InstrumentKey) -> bool:
        """Take a close from an earlier run; False where the vendor has to be asked."""
        kept = None if self._closes is None else self._closes.get(key)
        if kept is None or kept.asked != self._today(key):
            return False
        row = self._row(key)
        if not apply_close(row, kept, self._market(key)):
            return False
        self._on_row(row)
        if not (kept.final and row.high):
            self._behind.want([key])
        return True

    def _took(self, key: InstrumentKey, bars: list[Candle]) -> None:
        row, market = self._row(key), self._market(key)
        apply_daily_bars(row, bars, market)
        self._told[key] = self._clock.monotonic()
        self._on_row(row)
        close = close_of(row, bars, market)
        if self._closes is not None and close is not None:
            asked = self._today(key)
            final = self._is_over(key, asked)
            self._closes.note(key, msgspec.structs.replace(close, asked=asked, final=final))

    def _is_over(self, key: InstrumentKey, date: str) -> bool:
        """Whether a market trades no more on a date, and its closing auction is over as well.

        Before the opening and in a break there is more to come, and where nobody knows hours there
        may be.
        """
        state = self._hours(key)
        if self._clock.wall_ms() < last_from_ms(state):
            return False
        opens_ms = state.until_ms
        return opens_ms is not None and self._dates.at(opens_ms, self._market(key)) > date

    def _today(self, key: InstrumentKey) -> str:
        return self._dates.at(self._clock.wall_ms(), self._market(key))
