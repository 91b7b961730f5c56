"""The price of 24 hours ago, for markets that never close and for forex.

One call for a day of bars of five minutes answers for the whole day that follows: the moment that
is 24 hours back moves through the bars that came. Asked for behind everything that a person waits
for, and only where it is shown.
"""

import logging
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError
from alltick_desk.model.figures import number
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.services.day_ago_kept import DayOfBars, KnownDays
from alltick_desk.services.refusals import Refusals, of_a_code, of_the_line
from alltick_desk.services.workers import Outcome, Workers

MARKETS = frozenset({Market.CRYPTO, Market.FOREX})
INTERVAL = Interval.M5
COUNT = 290  # of a day and of the bar in progress, with one to spare
RETRY_S = (15.0, 60.0, 300.0, 900.0)

_DAY_MS = 86_400_000
_BAR_MS = 300_000
# A market that never closes has a bar almost always; forex rests over a weekend.
_OLDEST_MS = {Market.CRYPTO: 3_600_000, Market.FOREX: 4 * _DAY_MS}

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


class DayAgo:
    """Knows the price of 24 hours ago of what was asked for.

    ``known`` are the bars that came, in this run and before it; ``on_news`` is told of whom the
    price is known.
    """

    def __init__(
        self,
        vendors: Vendors,
        known: KnownDays,
        *,
        on_news: Callable[[InstrumentKey], None],
        clock: Clock,
    ) -> None:
        self._vendors = vendors
        self._known = known
        self._on_news = on_news
        self._clock = clock
        self._wanted: dict[InstrumentKey, None] = {}
        self._refusals = Refusals(clock)
        self._workers = Workers(self._round, retry_s=RETRY_S, about="bars of a day", clock=clock)

    def base(self, key: InstrumentKey) -> PastPrice | None:
        """Return the last price of 24 hours ago; None while it is not known."""
        bars = self._known.get(key)
        if bars is None:
            return None
        then_ms = self._clock.wall_ms() - _DAY_MS
        if then_ms > bars.fetched_ms + _BAR_MS:  # nobody knows what came after that
            return None
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
        for vendor in {key.vendor for key in self._wanted}:
            self._workers.call(vendor)

    def begin_anew(self, vendor: str) -> None:
        """Forget what a vendor refused: its plan or its token is another one."""
        self._refusals.begin_anew(vendor)
        self._workers.begin_anew(vendor)

    def drop(self, keys: Iterable[InstrumentKey]) -> None:
        """Ask no more for instruments that nobody watches."""
        for key in keys:
            self._wanted.pop(key, None)

    async def run(self) -> None:
        """Fetch what is wanted, until cancelled."""
        await self._workers.run()

    async def _round(self, vendor: str) -> Outcome:
        """Ask a vendor for one batch after the other."""
        if self._known.lacks(vendor):
            await self._known.load(vendor)
            for key in self._wanted:
                if key.vendor == vendor and self.base(key) is not None:
                    self._on_news(key)
        while True:
            # Parted anew before each call, since other rows may be in sight by then.
            keys = [key for key in self._wanted if key.vendor == vendor and self._is_due(key)]
            batches = self._vendors.day_batches(keys, COUNT)
            if not batches:
                self.drop(keys)
                return Outcome()
            try:
                await self._take(batches[0])
            except DeskError as error:
                return Outcome(error)

    async def _take(self, keys: Sequence[InstrumentKey], *, whole: bool = True) -> None:
        """Ask for one batch; a refusal that names no code is narrowed down by halving."""
        found: dict[InstrumentKey, list[Candle]] = {}
        why: DeskError | None = None
        try:
            found = await self._vendors.day_bars(keys, INTERVAL, COUNT)
        except DeskError as error:
            tries = self._workers.failures(keys[0].vendor)
            ask = partial(self._vendors.day_bars, interval=INTERVAL, count=COUNT)
            if not of_a_code(error) or (
                whole and await of_the_line(error, keys, ask, failures=tries)
            ):
                raise
            if half := len(keys) // 2:
                await self._take(keys[:half], whole=False)
                await self._take(keys[half:], whole=False)
                return
            log.info("%s has no bars of a day: %s", keys[0], error)
            why = error
        now_ms = self._clock.wall_ms()
        for key in keys:
            over = [bar for bar in found.get(key, []) if 1000 * bar.time_s + _BAR_MS <= now_ms]
            day = DayOfBars(
                now_ms,
                array("q", [1000 * bar.time_s + _BAR_MS for bar in over]),
                array("d", [number(bar.close) for bar in over]),
            )
            self._known.note(key, day)
            if self.base(key) is None:  # refused, or too young: it has no price of that moment
                self._refusals.note([key], why)
            else:
                self._on_news(key)

    def _is_due(self, key: InstrumentKey) -> bool:
        if self._vendors.market(key) not in MARKETS:
            return False
        if key in self._refusals:
            return False
        bars = self._known.get(key)
        if bars is None or self.base(key) is None:
            return True
        return not 0 <= self._clock.wall_ms() - bars.fetched_ms < _DAY_MS
