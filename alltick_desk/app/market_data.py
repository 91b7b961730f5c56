"""What the services ask of the vendors, answered by whichever line an instrument belongs to."""

import math
from collections import Counter
from collections.abc import Callable, Sequence

from alltick_desk.app.accounts import Accounts
from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.lanes import Lane
from alltick_desk.feed.pacing import Pace
from alltick_desk.feed.pool import PoolHealth, closed_pool
from alltick_desk.feed.provider import Provider
from alltick_desk.feed.subscriptions import Coverage, Standing
from alltick_desk.feed.wiring import SocketHealth, SocketState
from alltick_desk.model.calendar import home_market
from alltick_desk.model.instrument import Catalogue, Instrument, InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Quote, Trade
from alltick_desk.model.reference import StaticInfo, SuspensionPage, TradingDay
from alltick_desk.model.words import joined
from alltick_desk.services.day_asking import DailyBars
from alltick_desk.services.market_hours import hours_market

MOST_BARS = 500  # of one call, as both vendors document it
_REFUSED = frozenset({Coverage.NOT_IN_PLAN, Coverage.UNKNOWN_CODE})
_SHUT = frozenset({SocketState.CLOSED, SocketState.REFUSED})
# Of these something may be pushed, now or soon.
_STREAMED = frozenset({Coverage.WANTED, Coverage.SENT, Coverage.ACKNOWLEDGED})


class MarketData:
    """All vendors as one; each question goes to the vendor in the key.

    A saved list may hold rows of a vendor that this version does not know: of those nothing is
    known, and they are offline.

    Attributes:
        refreshing: tells, of a row that the plan has no room to stream, how it is kept fresh.
    """

    def __init__(self, accounts: Accounts, catalogue: Catalogue) -> None:
        self._accounts = accounts
        self._catalogue = catalogue
        self.refreshing: Callable[[InstrumentKey], str] = _nothing

    # What an instrument is

    def market(self, key: InstrumentKey) -> Market:
        """Return the market whose calendar an instrument follows."""
        return home_market(key.code, self._catalogue.get(key.code).market)

    def listed_market(self, key: InstrumentKey) -> Market:
        """Return the market that the catalogue has an instrument under."""
        return self._catalogue.get(key.code).market

    def intervals(self, key: InstrumentKey) -> Sequence[Interval]:
        """Return the intervals that the vendor has for an instrument's market."""
        line = self._accounts.lines.get(key.vendor)
        known = {} if line is None else line.codec.capabilities.intervals
        return known.get(self._catalogue.get(key.code).market, tuple(Interval))

    def full_depth(self, key: InstrumentKey) -> int:
        """Return the most levels a book of an instrument has."""
        line = self._accounts.lines.get(key.vendor)
        known = {} if line is None else line.codec.capabilities.book_levels
        return known.get(self._catalogue.get(key.code).market, 1)

    def title(self, key: InstrumentKey) -> str:
        """Return the name of an instrument's vendor, for people."""
        line = self._accounts.lines.get(key.vendor)
        return key.vendor if line is None else line.codec.title

    def pages_history(self, key: InstrumentKey) -> bool:
        """Whether an instrument's bars can be asked for by their end."""
        line = self._accounts.lines.get(key.vendor)
        market = self._catalogue.get(key.code).market
        return line is not None and market in line.codec.capabilities.pages_history

    def bars_per_call(self, key: InstrumentKey) -> int:
        """Return the most bars that one call brings."""
        provider = self._provider(key.vendor)
        return MOST_BARS if provider is None else min(MOST_BARS, provider.plan.candles_per_call)

    # How it is doing

    def providers(self) -> dict[str, Provider]:
        """Return the vendors that are connected."""
        return {
            vendor: line.provider
            for vendor, line in self._accounts.lines.items()
            if line.provider is not None
        }

    def health(self) -> dict[str, PoolHealth]:
        """Return the state of every family of the vendors in use, by ``"alltick/stock"``."""
        found: dict[str, PoolHealth] = {}
        for vendor in self._accounts.in_use():
            found.update(self.health_of(vendor) or self._unconnected(vendor))
        return found

    def health_of(self, vendor: str) -> dict[str, PoolHealth]:
        """Return one vendor's part of ``health``."""
        provider = self._provider(vendor)
        return {} if provider is None else provider.health()

    def reconnect(self, name: str) -> None:
        """Connect a family anew, by its name in ``health``, without waiting for the next try."""
        vendor, _, family = name.partition("/")
        provider = self._provider(vendor)
        if provider is not None:
            provider.reconnect(family)

    def family(self, key: InstrumentKey) -> str:
        """Return the name under which ``health`` tells of an instrument's connection."""
        line = self._accounts.lines.get(key.vendor)
        return f"{key.vendor}/{'' if line is None else line.codec.family_of(key.code)}"

    def calls(self) -> dict[str, int]:
        """Return the HTTP calls sent by the lines in use, by name."""
        total: Counter[str] = Counter()
        for vendor in self.providers():
            total.update(self.calls_of(vendor))
        return dict(total)

    def calls_of(self, vendor: str) -> dict[str, int]:
        """Return one vendor's part of ``calls``."""
        provider = self._provider(vendor)
        return {} if provider is None else dict(provider.rest.calls)

    def standing(self, key: InstrumentKey) -> Standing | None:
        """Return how far a subscription has come; None while its vendor is not connected."""
        provider = self._provider(key.vendor)
        if provider is None:
            return None
        standing = provider.standing(key.code)
        if standing.coverage is not Coverage.BEYOND_PLAN:
            return standing
        return Standing(standing.coverage, joined(standing.sentence, self.refreshing(key)))

    def beyond(self, key: InstrumentKey) -> bool:
        """Whether the plan has no room to stream an instrument, as of this moment."""
        provider = self._provider(key.vendor)
        return provider is not None and (
            provider.standing(key.code).coverage is Coverage.BEYOND_PLAN
        )

    def knows(self, key: InstrumentKey) -> bool:
        """Whether this version of the desk knows an instrument's vendor."""
        return key.vendor in self._accounts.lines

    def refused(self, key: InstrumentKey) -> bool:
        """Whether the vendor has said that it does not give an instrument."""
        standing = self.standing(key)
        return standing is not None and standing.coverage in _REFUSED

    def pushes_day(self, key: InstrumentKey) -> bool:
        """Whether the vendor is about to push the day of an instrument, unasked."""
        line = self._accounts.lines.get(key.vendor)
        if line is None or not line.codec.capabilities.pushes_day:
            return False
        standing = self.standing(key)
        if standing is None or standing.coverage not in _STREAMED:
            return False
        socket = self.socket(key, standing.socket)
        return socket is None or socket.state not in _SHUT

    def socket(self, key: InstrumentKey, number: int | None) -> SocketHealth | None:
        """Return the socket that carries an instrument, or would."""
        provider = self._provider(key.vendor)
        return None if provider is None else provider.socket(key.code, number)

    def socket_names(self, key: InstrumentKey) -> list[str]:
        """Return the name of the socket that carries an instrument; none or one."""
        standing = self.standing(key)
        socket = None if standing is None else self.socket(key, standing.socket)
        return [] if socket is None else [socket.socket]

    def why_not(self, key: InstrumentKey) -> str:
        """Return why an instrument's vendor is not connected."""
        return self._accounts.why_not(key.vendor)

    # Questions; VendorError or ProtocolError where there is no answer

    async def candles(
        self, key: InstrumentKey, interval: Interval, count: int, end_s: int | None
    ) -> list[Candle]:
        """Return up to ``count`` bars for somebody who waits for them, oldest first."""
        return await self.page(key, interval, count, end_s, Lane.CLICK)

    async def page(
        self, key: InstrumentKey, interval: Interval, count: int, end_s: int | None, lane: Lane
    ) -> list[Candle]:
        """Return up to ``count`` bars that begin at ``end_s`` or before, oldest first."""
        provider = self._connected(key.vendor)
        return await provider.candles(key.code, interval, count, end_s, lane)

    async def newest_candles(self, key: InstrumentKey, interval: Interval) -> list[Candle]:
        """Return the newest two bars, when the plan has a call to spare."""
        provider = self._connected(key.vendor)
        one = (key.code, interval)
        return (await provider.latest_candles([one], 2, Lane.BACKGROUND)).get(one, [])

    def batches(self, keys: Sequence[InstrumentKey]) -> list[list[InstrumentKey]]:
        """Part instruments into those that one call can ask for.

        Without those of a vendor that is not connected: they are asked for once it is. What was in
        a list that the vendor refused goes last and by itself, so that no other code waits for it.
        """
        parts: list[list[InstrumentKey]] = []
        for vendor in dict.fromkeys(key.vendor for key in keys):
            provider = self._provider(vendor)
            if provider is None:
                continue
            codes = [key.code for key in keys if key.vendor == vendor]
            doubted = frozenset(filter(provider.doubts, codes))
            batches = [
                *provider.batches([code for code in codes if code not in doubted]),
                *provider.batches([code for code in codes if code in doubted]),
            ]
            parts += [[InstrumentKey(vendor, code) for code in batch] for batch in batches]
        return parts

    async def daily_bars(
        self, keys: Sequence[InstrumentKey], lane: Lane = Lane.VISIBLE
    ) -> DailyBars:
        """Return the newest two daily bars of the instruments of one batch."""
        return await self._newest_bars(keys, Interval.D1, 2, lane)

    def day_batches(self, keys: Sequence[InstrumentKey], count: int) -> list[list[InstrumentKey]]:
        """Part instruments into calls that bring ``count`` bars of each: one by one, or several."""
        parts: list[list[InstrumentKey]] = []
        for batch in self.batches(keys):
            line = self._accounts.lines.get(batch[0].vendor)
            together = line is not None and line.codec.capabilities.bars_per_batch >= count
            parts += [batch] if together else [[key] for key in batch]
        return parts

    async def day_bars(
        self, keys: Sequence[InstrumentKey], interval: Interval, count: int
    ) -> dict[InstrumentKey, list[Candle]]:
        """Return the newest bars of a batch, when the plan has a call to spare."""
        if len(keys) > 1:
            return await self._newest_bars(keys, interval, count, Lane.BACKGROUND)
        (key,) = keys
        return {key: await self.page(key, interval, count, None, Lane.BACKGROUND)}

    # What nobody streams

    def kind(self, key: InstrumentKey) -> str:
        """Return what the codes of one call must share."""
        line = self._accounts.lines.get(key.vendor)
        return "" if line is None else line.codec.batch_of(key.code)

    def hours_market(self, key: InstrumentKey) -> Market:
        """Return the market whose hours an instrument keeps; UNKNOWN where nobody tells."""
        return hours_market(key.code, self._catalogue.get(key.code).market)

    def codes_per_call(self, vendor: str) -> int:
        """Return the most codes that one call for newest prices names."""
        provider = self._provider(vendor)
        return 1 if provider is None else provider.codes_per_call

    def pace(self, keys: Sequence[InstrumentKey]) -> Pace:
        """Return how fast calls for the newest prices of such instruments may go on and on."""
        provider = self._provider(keys[0].vendor)
        if provider is None:
            return Pace(math.inf, math.inf)
        return provider.pace([key.code for key in keys])

    async def newest(self, keys: Sequence[InstrumentKey]) -> Sequence[Trade | Quote]:
        """Return the newest prices of a batch, when the plan has a call to spare."""
        provider = self._connected(keys[0].vendor)
        return await provider.newest([key.code for key in keys], Lane.BACKGROUND)

    def static_batches(self, keys: Sequence[InstrumentKey]) -> list[list[InstrumentKey]]:
        """Part instruments into calls for reference data; without those that have none."""
        parts: list[list[InstrumentKey]] = []
        for vendor, provider in self.providers().items():
            codes = [key.code for key in keys if key.vendor == vendor]
            parts += [
                [InstrumentKey(vendor, code) for code in batch]
                for batch in provider.static_batches(codes)
            ]
        return parts

    async def static_info(self, keys: Sequence[InstrumentKey]) -> Sequence[StaticInfo]:
        """Return the reference data of a batch, when the plan has a call to spare."""
        provider = self._connected(keys[0].vendor)
        return await provider.static_info([key.code for key in keys], Lane.BACKGROUND)

    # Lists

    def connected(self, vendor: str) -> bool:
        """Whether there is a vendor to ask."""
        return self._provider(vendor) is not None

    async def directory(self, vendor: str, name: str) -> list[Instrument]:
        """Return one of a vendor's lists of instruments, when the plan has a call to spare."""
        return await self._connected(vendor).directory(name, Lane.BACKGROUND)

    async def trading_days(self, vendor: str, region: str) -> list[TradingDay]:
        """Return the holidays of a vendor's region, when the plan has a call to spare."""
        return await self._connected(vendor).trading_days(region, Lane.BACKGROUND)

    async def suspensions(self, vendor: str, name: str, page: int) -> SuspensionPage:
        """Return a page of a vendor's list of halted stocks, when the plan has a call to spare."""
        return await self._connected(vendor).suspensions(name, page, Lane.BACKGROUND)

    def wait_s(self, key: InstrumentKey, interval: Interval, lane: Lane = Lane.CLICK) -> float:
        """Return how long a chart's bars would have to wait for the plan."""
        provider = self._provider(key.vendor)
        if provider is None:
            return 0.0
        call = provider.codec.candles(key.code, interval, 1).call
        return provider.throttle.estimate(call, lane)

    async def _newest_bars(
        self, keys: Sequence[InstrumentKey], interval: Interval, count: int, lane: Lane
    ) -> dict[InstrumentKey, list[Candle]]:
        vendor = keys[0].vendor
        provider = self._connected(vendor)
        sets = [(key.code, interval) for key in keys]
        found = await provider.latest_candles(sets, count, lane)
        return {InstrumentKey(vendor, code): candles for (code, _), candles in found.items()}

    def _unconnected(self, vendor: str) -> dict[str, PoolHealth]:
        """Return what is to be said of families that nobody connects."""
        names = [
            f"{vendor}/{it}" for it in self._accounts.lines[vendor].codec.capabilities.families
        ]
        why = self._accounts.why_not(vendor)
        return {name: closed_pool(name, why) for name in names}

    def _provider(self, vendor: str) -> Provider | None:
        line = self._accounts.lines.get(vendor)
        return None if line is None else line.provider

    def _connected(self, vendor: str) -> Provider:
        provider = self._provider(vendor)
        if provider is None:
            why = self._accounts.why_not(vendor)
            # No call was made that it could belong to.
            raise VendorError(why, vendor=vendor, verdict=Verdict.TOKEN, call="")
        return provider


def _nothing(_key: InstrumentKey) -> str:
    return ""
