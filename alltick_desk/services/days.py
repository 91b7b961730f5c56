"""The day's frame of every row: previous close, open day's high, low, volume and turnover.

The vendor pushes no change and no day's range, so both come from the last two daily bars, asked
for in the fewest calls, and are carried on by the trades that follow.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeAlias

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError, ProtocolError, VendorError, Verdict
from alltick_desk.feed.bell import Bell
from alltick_desk.model.calendar import session_date
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.market import Candle, decimals, number
from alltick_desk.services.quotes import QuoteRow

RETRY_S = (5.0, 15.0, 60.0, 300.0)
DailyBars: TypeAlias = dict[InstrumentKey, list[Candle]]

log = logging.getLogger(__name__)


class DayService:
    """Keeps every row's day up to date.

    ``batches`` parts instruments into those that one call can ask for, ``fetch`` asks for the
    newest two daily bars of one batch; what the vendor has ``refused`` is not asked for.
    ``want`` and ``check_roll`` only note what is missing, ``run`` fetches it.
    """

    def __init__(
        self,
        *,
        batches: Callable[[Sequence[InstrumentKey]], Sequence[Sequence[InstrumentKey]]],
        fetch: Callable[[Sequence[InstrumentKey]], Awaitable[DailyBars]],
        refused: Callable[[InstrumentKey], bool],
        row: Callable[[InstrumentKey], QuoteRow],
        market: Callable[[InstrumentKey], Market],
        on_row: Callable[[QuoteRow], None],
        clock: Clock,
    ) -> None:
        self._batches = batches
        self._fetch = fetch
        self._refused = refused
        self._row = row
        self._market = market
        self._on_row = on_row
        self._clock = clock
        self._missing: dict[InstrumentKey, None] = {}
        self._news = Bell(clock)
        self._attempt = 0
        self._pause_s = 0.0

    def want(self, keys: Iterable[InstrumentKey]) -> None:
        """Have the day of ``keys`` fetched, in this order."""
        for key in keys:
            self._missing[key] = None
        if self._missing:
            self._news.ring()

    def check_roll(self, rows: Iterable[QuoteRow]) -> None:
        """Start a new day for rows whose last trade belongs to a later date than their figures."""
        rolled = []
        for row in rows:
            if row.day and row.time_ms and row.key not in self._missing:
                date = session_date(row.time_ms, self._market(row.key))
                if date > row.day:
                    start_day(row, date)
                    rolled.append(row.key)
        self.want(rolled)

    def drop(self, keys: Iterable[InstrumentKey]) -> None:
        """Ask no more for instruments that nobody watches."""
        for key in keys:
            self._missing.pop(key, None)

    async def run(self) -> None:
        """Fetch what is missing, until cancelled."""
        while True:
            await self._news.wait(self._pause_s if self._missing else None)
            failed = await self._round()
            if failed is None:
                self._attempt = 0
                self._pause_s = 0.0
            else:
                self._pause_s = RETRY_S[min(self._attempt, len(RETRY_S) - 1)]
                self._attempt += 1
                log.warning("daily bars: %s Next try in %.0f s.", failed, self._pause_s)

    async def _round(self) -> DeskError | None:
        """Ask for every batch once; return why one failed.

        A batch that fails costs no other one its turn, unless they would fail alike.
        """
        failed: DeskError | None = None
        for batch in self._batches(tuple(self._missing)):
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

# Markets whose volume the vendor documents as absent or zero: nothing is claimed for them.
_NO_VOLUME = frozenset({Market.FOREX, Market.COMMODITY, Market.CFD_INDEX})


def start_day(row: QuoteRow, date: str) -> None:
    """Empty the day's figures: what a trade of a later date is measured against is yet unknown."""
    row.day = date
    row.previous_close = None
    row.high = row.low = row.last
    row.high_value = row.low_value = row.value
    row.volume = row.turnover = None


def apply_daily_bars(row: QuoteRow, bars: Sequence[Candle], market: Market) -> None:
    """Take the newest daily bars, oldest first.

    The last one is the day in progress (or, while the market is closed, the last day there was),
    unless a trade of a later date is known: then it is the day before, and its close is what the
    change is measured against.
    """
    last_date = session_date(bars[-1].time_s * 1000, market)
    traded = session_date(row.time_ms, market) if row.time_ms else ""
    row.digits = max(row.digits, *(decimals(bar.close) for bar in bars))
    if traded > last_date:
        if row.day != traded:
            start_day(row, traded)
        row.previous_close = number(bars[-1].close)
        return
    today = bars[-1]
    row.previous_close = number(bars[-2].close) if len(bars) > 1 else None
    if traded < last_date:  # nothing pushed yet, or a value of an earlier day's run
        row.last, row.value = today.close, number(today.close)
        row.time_ms = 0
    same_day = row.day == last_date
    row.day = last_date
    if not (same_day and row.high and row.high_value > number(today.high)):
        row.high, row.high_value = today.high, number(today.high)
    if not (same_day and row.low and row.low_value < number(today.low)):
        row.low, row.low_value = today.low, number(today.low)
    row.volume = _figure(today.volume, market)
    row.turnover = _figure(today.turnover, market)


def _figure(text: str, market: Market) -> float | None:
    return None if not text or market in _NO_VOLUME else number(text)
