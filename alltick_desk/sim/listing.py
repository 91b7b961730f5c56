"""How each instrument trades: its price steps, sizes, spread, depth, pace and hours.

Everything here follows from the market, the code and the seed.
"""

import math
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from alltick_desk.model.instrument import Instrument, Market
from alltick_desk.sim import figures, noise

STOCK: Final = "stock"
OTHER: Final = "other"

_ZONES = {
    ".US": "America/New_York",
    ".HK": "Asia/Hong_Kong",
    ".SH": "Asia/Shanghai",
    ".SZ": "Asia/Shanghai",
    "$US": "America/New_York",
}
_SESSIONS = {".US": (570, 960), ".HK": (570, 960), ".SH": (570, 900), ".SZ": (570, 900)}
_STOCK_ENDINGS: Final = frozenset(_SESSIONS)

# The price steps of the Hong Kong exchange: below the first number the second one.
_HK_STEPS = (
    (0.25, 0.001),
    (0.5, 0.005),
    (10.0, 0.01),
    (20.0, 0.02),
    (100.0, 0.05),
    (200.0, 0.1),
    (500.0, 0.2),
    (1000.0, 0.5),
    (2000.0, 1.0),
    (5000.0, 2.0),
    (math.inf, 5.0),
)

# A day's move as a share of the price, one standard deviation.
_RESTLESSNESS = {
    Market.US_STOCK: 0.018,
    Market.HK_STOCK: 0.019,
    Market.CN_STOCK: 0.018,
    Market.INDEX: 0.009,
    Market.CFD_INDEX: 0.010,
    Market.FOREX: 0.005,
    Market.COMMODITY: 0.014,
    Market.CRYPTO: 0.034,
    Market.FUTURE: 0.012,
    Market.FUND: 0.011,
}
_LEVELS = {
    Market.HK_STOCK: 10,
    Market.CN_STOCK: 5,
    Market.CRYPTO: 5,
    Market.FUTURE: 5,
    Market.INDEX: 0,
}
_UNSIZED = frozenset({Market.FOREX, Market.COMMODITY, Market.CFD_INDEX})


class Listing:
    """One instrument as its exchange lists it.

    Attributes:
        family: ``"stock"`` or ``"other"``, each served at its own path of AllTick's; futures and
            funds, which AllTick has not, are their own.
        zone: the zone of the midnight at which its day begins.
        base: the price at the reference day.
        restlessness: a day's move as a share of the price.
        digits: how many stand behind the point in every price.
        sized: whether trades and books tell sizes; forex, metals and contracts tell none.
        sided: whether trades tell who was active.
        unit, unit_digits: the smallest size, and how many digits it has.
        day_units: what is traded on an ordinary day, in units.
        levels: the book's levels at most; an index has no book.
        spread: the usual distance from bid to ask, in price steps.
        pace: trades a second; ``book_pace``: books a second.
        pages: whether its history can be asked for by timestamp.
    """

    def __init__(self, instrument: Instrument, seed: int) -> None:
        code, market = instrument.code, instrument.market
        self.instrument = instrument
        self.code = code
        self.market = market
        self.key = noise.key(seed, code)
        self.ending = code[-3:] if code[-3:] in _STOCK_ENDINGS else ""
        self.family = STOCK if self.ending else OTHER
        if market in (Market.FUTURE, Market.FUND):
            self.family = market.value
        self.zone = _ZONES.get(code[-3:], "UTC")
        self.session = _SESSIONS.get(self.ending)  # minutes of the day with the real volume
        self.base = _base(instrument, self.key)
        self.restlessness = _RESTLESSNESS.get(market, 0.02) * (0.7 + 0.6 * self._draw("calm"))
        self.digits = _digits(instrument, self.base)
        self.sized = market not in _UNSIZED
        self.sided = self.sized and market is not Market.INDEX
        self.levels = _LEVELS.get(market, 1)
        self.busy = code in figures.PRICES or code in figures.BUSY_PAIRS
        self.spread = 1 if self.busy else 1 + int(self._draw("spread") * 3)
        if not self.sized:
            self.spread = 8 + int(self._draw("spread") * 25)
        self.pace = 2.0 + 3.5 * self._draw("pace") if self.busy else 0.12 + 0.5 * self._draw("pace")
        self.book_pace = 2.5 if self.busy else 0.3
        self.pages = market in (Market.FOREX, Market.CRYPTO) or (
            market is Market.COMMODITY and code not in figures.ENERGY
        )
        self.unit, self.unit_digits = self._unit()
        self.day_units = self._day_units()
        self._fixed_step = None if market is Market.HK_STOCK else 10.0**-self.digits

    def __repr__(self) -> str:
        return f"Listing({self.code})"

    @cached_property
    def listed_year(self) -> int:
        """The year in which the history begins."""
        return 2015 + int(self._draw("listed") * 6)

    def step(self, price: float) -> float:
        """Return the smallest move at a price."""
        if self._fixed_step is not None:
            return self._fixed_step
        return next(step for below, step in _HK_STEPS if price < below)

    def snap(self, price: float) -> float:
        """Return the tradable price nearest to ``price``; never falls where ``price`` rises."""
        step = self._fixed_step or self.step(price)
        return max(step, round(price / step) * step)

    def text(self, price: float) -> str:
        """Return a price as the exchange writes it: snapped, with the listing's digits."""
        return f"{self.snap(price):.{self.digits}f}"

    def size(self, units: int) -> str:
        """Return a size in units as the exchange writes it; "0" where it tells none."""
        if not self.sized:
            return "0"
        return f"{units * self.unit:.{self.unit_digits}f}"

    def money(self, turnover: float) -> str:
        """Return a turnover as the exchange writes it; "0" where sizes are not told."""
        return f"{turnover:.2f}" if self.sized else "0"

    def liveliness(self, minute: float) -> float:
        """Return how much is traded at a minute of the day, against an ordinary minute.

        Stocks follow the U of a session and little outside it; other markets breathe with the
        sun over London.
        """
        if self.session is None:
            return 1.0 - 0.45 * math.cos((minute - 150.0) / 1440.0 * 2.0 * math.pi)
        opening, closing = self.session
        if not opening <= minute < closing:
            return 0.35
        x = 2.0 * (minute - opening) / (closing - opening) - 1.0
        return 1.0 + 1.6 * x * x

    def _draw(self, what: str) -> float:
        return noise.uniform(self.key, noise.key(what) & 0xFFFFFFFF)

    def _unit(self) -> tuple[float, int]:
        if self.market in (Market.HK_STOCK, Market.CN_STOCK):
            return 100.0, 0
        if self.market is Market.CRYPTO:
            digits = min(5, max(0, 1 + round(math.log10(self.base))))
            return 10.0**-digits, digits
        return 1.0, 0

    def _day_units(self) -> int:
        money = {
            Market.US_STOCK: 4e9 if self.busy else 2.5e8,
            Market.HK_STOCK: 2.5e9 if self.busy else 2e8,
            Market.CN_STOCK: 2e9 if self.busy else 3e8,
            Market.INDEX: 2e12,
            Market.CRYPTO: 4e8 if self.busy else 1.5e7,
            Market.FUTURE: 1.5e9,
            Market.FUND: 2e10,
        }.get(self.market, 1e9)
        spread = 0.4 + 1.6 * self._draw("volume")
        return max(200_000 if self.busy else 60_000, int(money * spread / self.base / self.unit))


def listings(instruments: Iterable[Instrument], seed: int) -> dict[str, Listing]:
    """Return every instrument's listing by its code."""
    return {instrument.code: Listing(instrument, seed) for instrument in instruments}


def _base(instrument: Instrument, of: int) -> float:
    code = instrument.code
    known = figures.PRICES.get(code)
    if known is not None:
        return known
    first, second = figures.DOLLARS.get(code[:3]), figures.DOLLARS.get(code[3:])
    if first is not None and second is not None:
        return first / second
    low, high = {
        Market.US_STOCK: (14.0, 480.0),
        Market.HK_STOCK: (2.0, 120.0),
        Market.CN_STOCK: (4.0, 90.0),
        Market.INDEX: (2_000.0, 20_000.0),
        Market.CRYPTO: (0.01, 20.0),
    }.get(instrument.market, (10.0, 500.0))
    return float(low * (high / low) ** noise.uniform(of, 0))


def _digits(instrument: Instrument, base: float) -> int:
    match instrument.market:
        case Market.HK_STOCK:
            return 3
        case Market.US_STOCK:
            return 2 if base >= 20.0 else 3
        case Market.CN_STOCK | Market.INDEX | Market.CFD_INDEX | Market.FUTURE | Market.FUND:
            return 2
        case Market.FOREX:
            return 3 if base >= 20.0 else 5
        case _:  # metals, energy and crypto by the size of the price
            return next(
                digits
                for above, digits in ((1000.0, 2), (20.0, 3), (1.0, 4), (0.01, 5), (0.0, 10))
                if base >= above
            )
