"""The price of 24 hours ago, for markets that never close and for forex.

One call for a day of bars of five minutes answers for the whole day that follows: the moment that
is 24 hours back moves through the bars that came. Asked for behind everything that a person waits
for, and only where it is shown.
"""

import logging
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError, VendorError, Verdict
from alltick_desk.feed.bell import Bell
from alltick_desk.model.figures import number
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle

MARKETS = frozenset({Market.CRYPTO, Market.FOREX})
INTERVAL = Interval.M5
COUNT = 290  # of a day and of the bar in progress, with one to spare
RETRY_S = (15.0, 60.0, 300.0, 900.0)
REFUSED_S = 86_400.0

_DAY_MS = 86_400_000
_BAR_MS = 300_000
# A market that never closes has a bar almost always; forex rests over a weekend.
_OLDEST_MS = {Market.CRYPTO: 3_600_000, Market.FOREX: 4 * _DAY_MS}
_REFUSALS = frozenset({Verdict.UNKNOWN_CODE, Verdict.NOT_IN_PLAN, Verdict.BUG})

log = logging.getLogger(__name__)


class PastPrice(NamedTuple):
    """A price that a change is measured against."""

    price: float
    time_ms: int  # when it was the last price, Unix milliseconds


class Vendors(Protocol):
    """Who is asked; DeskError where there is no answer."""

    def market(self, key: InstrumentKey) -> Market: ...

    def day_batches(
        self, keys: Sequence[InstrumentKey], count: int
    ) -> Sequence[Sequence[InstrumentKey]]:
        """Part instruments into calls that bring ``count`` bars of each."""
        ...

    async def day_bars(
        self, keys: Sequence[InstrumentKey], interval: Interval, count: int
    ) -> dict[InstrumentKey, list[Candle]]:
        """Return the newest bars of one batch, oldest first."""
        ...


class _Bars(NamedTuple):
    fetched_ms: int
    ends_ms: "array[int]"
    closes: "array[float]"


class DayAgo:
    """Knows the price of 24 hours ago of what was asked for.

    ``on_news`` is told of whom it came.
    """

    def __init__(
        self, vendors: Vendors, *, on_news: Callable[[InstrumentKey], None], clock: Clock
    ) -> None:
        self._vendors = vendors
        self._on_news = on_news
        self._clock = clock
        self._bars: dict[InstrumentKey, _Bars] = {}
        self._wanted: dict[InstrumentKey, None] = {}
        self._not_before_s: dict[InstrumentKey, float] = {}  # monotonic, of what was refused
        self._attempt = 0
        self._retry_s = 0.0  # monotonic: nothing is asked for before
        self._bell = Bell(clock)

    def base(self, key: InstrumentKey) -> PastPrice | None:
        """Return the last price of 24 hours ago; None while it is not known."""
        bars = self._bars.get(key)
        if bars is None:
            return None
        then_ms = self._clock.wall_ms() - _DAY_MS
        place = bisect_right(bars.ends_ms, then_ms) - 1
        if place < 0:
            return None
        time_ms = bars.ends_ms[place]
        if then_ms - time_ms > _OLDEST_MS.get(self._vendors.market(key), 0):
            return None
        return PastPrice(bars.closes[place], time_ms)

    def want_24h(self, keys: Iterable[InstrumentKey]) -> None:
        """Have what is unknown of ``keys`` fetched, and of nothing that waited before."""
        self._wanted = dict.fromkeys(key for key in keys if self._is_due(key))
        if self._wanted:
            self._bell.ring()

    def begin_anew(self, vendor: str) -> None:
        """Forget what a vendor refused: its plan or its token is another one."""
        for key in [key for key in self._not_before_s if key.vendor == vendor]:
            del self._not_before_s[key]
        self._retry_s = 0.0
        self._bell.ring()

    def drop(self, keys: Iterable[InstrumentKey]) -> None:
        """Forget instruments that nobody watches."""
        for key in keys:
            self._bars.pop(key, None)
            self._wanted.pop(key, None)

    async def run(self) -> None:
        """Fetch what is wanted, until cancelled."""
        pause_s: float | None = None
        while True:
            await self._bell.wait(pause_s)
            pause_s = self._retry_s - self._clock.monotonic()
            if pause_s > 0.0:
                continue
            pause_s = await self._round()

    async def _round(self) -> float | None:
        """Ask for one batch after the other; return how long to wait after a failure."""
        while True:
            self._wanted = dict.fromkeys(key for key in self._wanted if self._is_due(key))
            batches = self._vendors.day_batches(list(self._wanted), COUNT)
            if not batches:
                self._wanted.clear()
                return None
            keys = batches[0]
            try:
                found = await self._vendors.day_bars(keys, INTERVAL, COUNT)
            except DeskError as error:
                if isinstance(error, VendorError) and error.verdict in _REFUSALS:
                    found = {}
                else:
                    pause_s = RETRY_S[min(self._attempt, len(RETRY_S) - 1)]
                    self._attempt += 1
                    self._retry_s = self._clock.monotonic() + pause_s
                    log.warning("bars of a day: %s Next try in %.0f s.", error, pause_s)
                    return pause_s
            self._attempt = 0
            self._take(keys, found)

    def _take(
        self, keys: Sequence[InstrumentKey], found: dict[InstrumentKey, list[Candle]]
    ) -> None:
        now_ms = self._clock.wall_ms()
        for key in keys:
            over = [bar for bar in found.get(key, []) if 1000 * bar.time_s + _BAR_MS <= now_ms]
            self._bars[key] = _Bars(
                now_ms,
                array("q", [1000 * bar.time_s + _BAR_MS for bar in over]),
                array("d", [number(bar.close) for bar in over]),
            )
            if self.base(key) is None:  # refused, or too young: it has no price of that moment
                self._not_before_s[key] = self._clock.monotonic() + REFUSED_S
            else:
                self._on_news(key)

    def _is_due(self, key: InstrumentKey) -> bool:
        if self._vendors.market(key) not in MARKETS:
            return False
        if self._clock.monotonic() < self._not_before_s.get(key, 0.0):
            return False
        bars = self._bars.get(key)
        if bars is None or self.base(key) is None:
            return True
        return not 0 <= self._clock.wall_ms() - bars.fetched_ms < _DAY_MS
