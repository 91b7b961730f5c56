"""What the services ask of the vendors, answered by whichever line an instrument belongs to."""

from collections import Counter
from collections.abc import Sequence

from alltick_desk.app.accounts import Accounts
from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.lanes import Lane
from alltick_desk.feed.pool import PoolHealth, closed_pool
from alltick_desk.feed.provider import Provider
from alltick_desk.feed.subscriptions import Coverage, Standing
from alltick_desk.feed.wiring import SocketHealth
from alltick_desk.model.calendar import home_market
from alltick_desk.model.instrument import Catalogue, InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.services.days import DailyBars

_REFUSED = frozenset({Coverage.NOT_IN_PLAN, Coverage.UNKNOWN_CODE})


class MarketData:
    """All vendors as one; each question goes to the vendor in the key."""

    def __init__(self, accounts: Accounts, catalogue: Catalogue) -> None:
        self._accounts = accounts
        self._catalogue = catalogue

    # What an instrument is

    def market(self, key: InstrumentKey) -> Market:
        """Return the market whose calendar an instrument follows."""
        return home_market(key.code, self._catalogue.get(key.code).market)

    def intervals(self, key: InstrumentKey) -> Sequence[Interval]:
        """Return the intervals that the vendor has for an instrument's market."""
        capabilities = self._accounts.lines[key.vendor].codec.capabilities
        return capabilities.intervals.get(self._catalogue.get(key.code).market, tuple(Interval))

    def full_depth(self, key: InstrumentKey) -> int:
        """Return the most levels a book of an instrument has."""
        capabilities = self._accounts.lines[key.vendor].codec.capabilities
        return capabilities.book_levels.get(self._catalogue.get(key.code).market, 1)

    # How it is doing

    def providers(self) -> dict[str, Provider]:
        """Return the vendors that are connected."""
        return {
            vendor: line.provider
            for vendor, line in self._accounts.lines.items()
            if line.provider is not None
        }

    def health(self) -> dict[str, PoolHealth]:
        """Return every family's state, by names like ``"alltick/stock"``."""
        found: dict[str, PoolHealth] = {}
        for vendor in self._accounts.lines:
            found.update(self.health_of(vendor) or self._unconnected(vendor))
        return found

    def health_of(self, vendor: str) -> dict[str, PoolHealth]:
        """Return one vendor's part of ``health``."""
        provider = self._provider(vendor)
        return {} if provider is None else provider.health()

    def family(self, key: InstrumentKey) -> str:
        """Return the name under which ``health`` tells of an instrument's connection."""
        return f"{key.vendor}/{self._accounts.lines[key.vendor].codec.family_of(key.code)}"

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
        return None if provider is None else provider.standing(key.code)

    def refused(self, key: InstrumentKey) -> bool:
        """Whether the vendor has said that it does not give an instrument."""
        standing = self.standing(key)
        return standing is not None and standing.coverage in _REFUSED

    def socket(self, key: InstrumentKey, number: int | None) -> SocketHealth | None:
        """Return the socket that carries an instrument, or would."""
        provider = self._provider(key.vendor)
        return None if provider is None else provider.socket(key.code, number)

    def why_not(self, key: InstrumentKey) -> str:
        """Return why an instrument's vendor is not connected."""
        return self._accounts.why_not(key.vendor)

    # Questions; VendorError or ProtocolError where there is no answer

    async def candles(
        self, key: InstrumentKey, interval: Interval, count: int, end_s: int | None
    ) -> list[Candle]:
        """Return up to ``count`` bars for somebody who waits for them, oldest first."""
        provider = self._connected(key.vendor, "kline")
        return await provider.candles(key.code, interval, count, end_s, Lane.CLICK)

    async def newest_candles(self, key: InstrumentKey, interval: Interval) -> list[Candle]:
        """Return the newest two bars, when the plan has a call to spare."""
        provider = self._connected(key.vendor, "batch-kline")
        one = (key.code, interval)
        return (await provider.latest_candles([one], 2, Lane.BACKGROUND)).get(one, [])

    def batches(self, keys: Sequence[InstrumentKey]) -> list[list[InstrumentKey]]:
        """Part instruments into those that one call can ask for."""
        parts: list[list[InstrumentKey]] = []
        for vendor in dict.fromkeys(key.vendor for key in keys):
            codes = [key.code for key in keys if key.vendor == vendor]
            provider = self._provider(vendor)
            batches = [codes] if provider is None else provider.batches(codes)
            parts += [[InstrumentKey(vendor, code) for code in batch] for batch in batches]
        return parts

    async def daily_bars(self, keys: Sequence[InstrumentKey]) -> DailyBars:
        """Return the newest two daily bars of the instruments of one batch."""
        vendor = keys[0].vendor
        provider = self._connected(vendor, "batch-kline")
        sets = [(key.code, Interval.D1) for key in keys]
        found = await provider.latest_candles(sets, 2, Lane.VISIBLE)
        return {InstrumentKey(vendor, code): candles for (code, _), candles in found.items()}

    def wait_s(self, key: InstrumentKey) -> float:
        """Return how long a chart's bars would have to wait for the plan."""
        provider = self._provider(key.vendor)
        return 0.0 if provider is None else provider.throttle.estimate("kline", Lane.CLICK)

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

    def _connected(self, vendor: str, call: str) -> Provider:
        provider = self._provider(vendor)
        if provider is None:
            raise VendorError(
                self._accounts.why_not(vendor), vendor=vendor, verdict=Verdict.TOKEN, call=call
            )
        return provider
