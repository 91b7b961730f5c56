"""How iTick writes symbols, numbers, ticks, quotes, books and bars."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

import msgspec

from alltick_desk.sim import noise
from alltick_desk.sim.book import Book, Rest, one_sided
from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.itick.bars import Bars
from alltick_desk.sim.itick.symbols import Directory, paired
from alltick_desk.sim.listing import Listing
from alltick_desk.sim.prices import Bar, Tick
from alltick_desk.sim.script import Fault, ITickRules

OK: Final = 0  # over HTTP; on a WebSocket it is 1
DONE: Final = 1
FAILED: Final = 0
NOT_FOUND: Final = 1
AUTH_FAILED: Final = 2
OVER_LIMIT: Final = 3
BAD_PARAMETERS: Final = 400
TOO_MANY_REQUESTS: Final = 429

MESSAGES: Mapping[int, str] = MappingProxyType(
    {
        NOT_FOUND: "E001",
        AUTH_FAILED: "E002",
        OVER_LIMIT: "E003",
        BAD_PARAMETERS: "parameter error",
        TOO_MANY_REQUESTS: "Too Many Requests",
    }
)
_TRADING, _SUSPENDED, _DELISTED = 0, 1, 2
_PLAIN_FROM, _PLAIN_BELOW = Decimal("0.001"), Decimal(10_000_000)


class Refusal(Exception):  # noqa: N818 - no error of ours
    """A request is answered with this error and no data."""

    def __init__(self, code: int) -> None:
        super().__init__(MESSAGES[code])
        self.code = code


def envelope(code: int, data: object = None, msg: str | None = None) -> dict[str, Any]:
    """Return an HTTP answer's document."""
    return {"code": code, "msg": MESSAGES.get(code) if msg is None else msg, "data": data}


class Wire:
    """Writes what the market did, in the variant that the rules ask for."""

    def __init__(self, exchange: Exchange, directory: Directory, bars: Bars) -> None:
        self._exchange = exchange
        self._directory = directory
        self._bars = bars

    def key(self, listing: Listing) -> str:
        """Return the code as answers spell it, without its region."""
        product = self._directory.product(listing)
        spelling = self._rules.crypto
        if product.cluster != "crypto" or spelling == "plain":
            return product.code
        code = paired(product.code)
        return code if spelling == "paired" else f"{product.region}_{code}"

    def symbol(self, listing: Listing) -> dict[str, str]:
        """Return the fields that name a listing."""
        product, key = self._directory.product(listing), self.key(listing)
        if key != product.code:
            return {"s": key}
        if self._rules.symbols == "dotted":
            return {"s": f"{key}.{product.region}"}
        return {"s": key, "r": product.region}

    def tick(self, listing: Listing, tick: Tick, day: Bar) -> dict[str, Any]:
        """Return a trade on its day so far."""
        stock = self._directory.product(listing).cluster == "stock"
        return {
            **self.symbol(listing),
            "ld": self._price(listing, tick.price),
            "v": self._size(listing, day.units if stock else tick.units),
            "t": tick.time_ms,
        }

    def quote(self, listing: Listing, tick: Tick, day: Bar) -> dict[str, Any]:
        """Return the day so far."""
        row: dict[str, Any] = {**self.symbol(listing), "ld": self._price(listing, tick.price)}
        rules = self._rules
        if rules.crypto_day or self._directory.product(listing).cluster != "crypto":
            row["o"] = self._price(listing, day.open)
            row["h"] = self._price(listing, day.high)
            row["l"] = self._price(listing, day.low)
        row["t"] = tick.time_ms
        row["v"] = self._size(listing, day.units)
        row["tu"] = self._number(listing.money(day.turnover))
        row["ts"] = self.status(listing)
        if rules.change:
            before = Decimal(listing.text(self._bars.close_before(listing, day)))
            change = Decimal(listing.text(tick.price)) - before
            row["ch"] = self._number(f"{change:f}")
            row["chp"] = self._number(f"{change / before * 100:.2f}")
        return row

    def depth(self, listing: Listing, book: Book, fault: Fault | None = None) -> dict[str, Any]:
        """Return a book; a fault takes a side away."""
        if fault is not None:
            book = one_sided(book, fault.side)
        return {
            **self.symbol(listing),
            "a": [self._level(listing, place, rest) for place, rest in enumerate(book.asks, 1)],
            "b": [self._level(listing, place, rest) for place, rest in enumerate(book.bids, 1)],
        }

    def bar(self, listing: Listing, bar: Bar) -> dict[str, Any]:
        """Return a bar's time and figures."""
        return {
            "t": bar.start * 1000,
            "o": self._price(listing, bar.open),
            "h": self._price(listing, bar.high),
            "l": self._price(listing, bar.low),
            "c": self._price(listing, bar.close),
            "v": self._size(listing, bar.units),
            "tu": self._number(listing.money(bar.turnover)),
        }

    def status(self, listing: Listing) -> int:
        """Return what a quote says of trading: 0 for that it goes on."""
        exchange = self._exchange
        if exchange.delisted(listing):
            return _DELISTED
        halt = exchange.script.state("halt", exchange.now_s(), listing=listing)
        return _TRADING if halt is None else _SUSPENDED

    @property
    def _rules(self) -> ITickRules:
        return self._exchange.script.rules.itick

    def _level(self, listing: Listing, place: int, rest: Rest) -> dict[str, Any]:
        # How many orders rest at a price follows from it; those of crypto may be no whole number.
        orders = 1 + noise.key(listing.key, rest.price) % 40
        crypto = self._directory.product(listing).cluster == "crypto"
        return {
            "po": place,
            "p": self._number(rest.price),
            "v": self._number(rest.volume),
            "o": self._number(f"{orders / 4:.2f}") if crypto else orders,
        }

    def _price(self, listing: Listing, price: float) -> msgspec.Raw:
        return self._number(listing.text(price))

    def _size(self, listing: Listing, units: int) -> msgspec.Raw:
        return self._number(listing.size(units))

    def _number(self, text: str) -> msgspec.Raw:
        """Return a number as JSON writes it: as many digits as it needs, and no more."""
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        if text == "-0":
            text = "0"
        if self._rules.exponents:
            text = _exponential(text)
        return msgspec.Raw(text.encode())


def _exponential(text: str) -> str:
    """Return a number with an exponent where it is small or great."""
    number = Decimal(text)
    if not number or _PLAIN_FROM <= abs(number) < _PLAIN_BELOW:
        return text
    mantissa, _, exponent = f"{number.normalize():E}".partition("E")
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}E{int(exponent)}"
