"""The day's frame of every row: previous close, the day's open, high, low, volume and turnover.

Where the vendor pushes the day, nothing is asked for as long as that comes. Elsewhere it comes
from the last two daily bars, asked for in the fewest calls, and is carried on by the trades that
follow.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeAlias

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError, ProtocolError, VendorError, Verdict
from alltick_desk.feed.bell import Bell
from alltick_desk.model.calendar import session_date
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.market import Candle
from alltick_desk.services.day_figures import apply_daily_bars, start_day, told_day
from alltick_desk.services.rows import QuoteRow

RETRY_S = (5.0, 15.0, 60.0, 300.0)
PUSH_GRACE_S = 5.0  # a push is given so long before a call is spent
DailyBars: TypeAlias = dict[InstrumentKey, list[Candle]]

log = logging.getLogger(__name__)


class DayService:
    """Keeps every row's day up to date.

    ``batches`` parts instruments into those that one call can ask for, ``fetch`` asks for the
    newest two daily bars of one batch; what the vendor has ``refused`` is not asked for, and what
    it ``pushes`` only where the push does not come. ``want`` and ``check_roll`` only note what is
    missing, ``run`` fetches it.
    """

    def __init__(
        self,
        *,
        batches: Callable[[Sequence[InstrumentKey]], Sequence[Sequence[InstrumentKey]]],
        fetch: Callable[[Sequence[InstrumentKey]], Awaitable[DailyBars]],
        refused: Callable[[InstrumentKey], bool],
        pushes: Callable[[InstrumentKey], bool] = lambda _key: False,
        row: Callable[[InstrumentKey], QuoteRow],
        market: Callable[[InstrumentKey], Market],
        on_row: Callable[[QuoteRow], None],
        clock: Clock,
    ) -> None:
        self._batches = batches
        self._fetch = fetch
        self._refused = refused
        self._pushes = pushes
        self._row = row
        self._market = market
        self._on_row = on_row
        self._clock = clock
        self._missing: dict[InstrumentKey, float] = {}  # since when, monotonic seconds
        self._news = Bell(clock)
        self._attempt = 0
        self._pause_s: float | None = None  # until something is due unasked

    def want(self, keys: Iterable[InstrumentKey]) -> None:
        """Have the day of ``keys`` fetched, in this order."""
        now_s = self._clock.monotonic()
        for key in keys:
            self._missing.setdefault(key, now_s)
        if self._missing:
            self._news.ring()

    def check_roll(self, rows: Iterable[QuoteRow]) -> None:
        """Start a new day for rows whose last price belongs to a later date than their figures.

        What was pushed belongs to no date before it was looked at here.
        """
        rolled = []
        for row in rows:
            if not row.time_ms or (row.quote is None and not row.day):
                continue
            if row.quote is None and row.key in self._missing:
                continue
            market = self._market(row.key)
            date = session_date(row.time_ms, market)
            if date > row.day:
                start_day(row, date, market)
                if not told_day(row, market):
                    rolled.append(row.key)
        self.want(rolled)

    def drop(self, keys: Iterable[InstrumentKey]) -> None:
        """Ask no more for instruments that nobody watches."""
        for key in keys:
            self._missing.pop(key, None)

    async def run(self) -> None:
        """Fetch what is missing, until cancelled."""
        while True:
            await self._news.wait(self._pause_s)
            due, self._pause_s = self._due()
            failed = await self._round(due)
            if failed is None:
                self._attempt = 0
            else:
                retry_s = RETRY_S[min(self._attempt, len(RETRY_S) - 1)]
                self._pause_s = retry_s if self._pause_s is None else min(retry_s, self._pause_s)
                self._attempt += 1
                log.warning("daily bars: %s Next try in %.0f s.", failed, self._pause_s)

    def _due(self) -> tuple[list[InstrumentKey], float | None]:
        """Return what to ask for now, and the seconds until a push is waited for no longer.

        What was pushed since it was missed is missing no more.
        """
        now_s = self._clock.monotonic()
        due: list[InstrumentKey] = []
        pause_s: float | None = None
        for key, since_s in tuple(self._missing.items()):
            row = self._row(key)
            if row.quoted_s >= since_s and told_day(row, self._market(key)):
                del self._missing[key]
                continue
            left_s = since_s + PUSH_GRACE_S - now_s
            if left_s > 0.0 and self._pushes(key):
                pause_s = left_s if pause_s is None else min(pause_s, left_s)
            else:
                due.append(key)
        return due, pause_s

    async def _round(self, keys: Sequence[InstrumentKey]) -> DeskError | None:
        """Ask for every batch once; return why one failed.

        A batch that fails costs no other one its turn, unless they would fail alike.
        """
        failed: DeskError | None = None
        for batch in self._batches(keys):
            failed = await self._take(batch) or failed
            if _verdict(failed) in _LASTING:
                break
        return failed

    async def _take(self, keys: Sequence[InstrumentKey]) -> DeskError | None:
        """Fetch and apply; return why it has to be tried again, None where it has not.

        A refusal that names no code is narrowed down by halving, and so is an answer that again
        cannot be read: it may be for one bar of one code.
        """
        self.drop([key for key in keys if self._refused(key)])
        keys = [key for key in keys if key in self._missing]
        if not keys:
            return None
        try:
            bars = await self._fetch(keys)
        except DeskError as error:
            verdict = _verdict(error)
            again = isinstance(error, ProtocolError) and self._attempt > 0
            half = len(keys) // 2
            if half and (again or verdict in _CODE_VERDICTS):
                first = await self._take(keys[:half])
                return await self._take(keys[half:]) or first
            if verdict not in _FINAL | _CODE_VERDICTS:
                return error
            bars = {}  # asking again changes nothing; the row says why, or another token asks anew
        for key in keys:
            if key not in self._missing:
                continue  # removed meanwhile
            del self._missing[key]
            if found := bars.get(key):
                row = self._row(key)
                apply_daily_bars(row, found, self._market(key))
                self._on_row(row)
        return None


def _verdict(error: DeskError | None) -> Verdict | None:
    return error.verdict if isinstance(error, VendorError) else None


_CODE_VERDICTS = frozenset({Verdict.UNKNOWN_CODE, Verdict.NOT_IN_PLAN})
_FINAL = frozenset({Verdict.TOKEN, Verdict.BUG})
_LASTING = frozenset({Verdict.NETWORK, Verdict.SERVER, Verdict.RATE})
