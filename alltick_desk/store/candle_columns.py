"""Stored bars as numpy columns: what a load gives, and how two sets of bars become one. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from alltick_desk.model.figures import decimals
from alltick_desk.model.market import Candle
from alltick_desk.model.series import Floats, Times
from alltick_desk.store.candle_values import Digits, Source, Span

Flags = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

COLUMNS = 6

SOURCE = 0b0011  # bits of a flag: a ``Source``,
VOLUME = 0b0100  # whether the volume was given,
TURNOVER = 0b1000  # and the turnover

# A float holds no more; a text with more would widen every number of the series for ever.
MOST_DIGITS = 18

_NO_DIGITS = Digits()
_SLICE = 250  # bars read from texts in one go


@dataclass(frozen=True, slots=True, eq=False)
class StoredCandles:
    """Bars of one series, oldest first, each time once; 57 bytes a bar.

    Attributes:
        time: beginnings, Unix seconds, int64 of shape (n,).
        values: open, high, low, close, volume, turnover, float64 of shape (6, n).
        flags: uint8 of shape (n,); see ``source``, ``has_volume`` and ``has_turnover``.
        digits: the most decimals seen in the series.
    """

    time: Times
    values: Floats
    flags: Flags
    digits: Digits = _NO_DIGITS

    @classmethod
    def empty(cls, count: int = 0, digits: Digits = _NO_DIGITS) -> "StoredCandles":
        """Return room for so many bars."""
        flags: Flags = np.zeros(count, np.uint8)
        return cls(np.zeros(count, np.int64), np.zeros((COLUMNS, count)), flags, digits)

    def __len__(self) -> int:
        return len(self.time)

    @property
    def open(self) -> Floats:
        """First prices."""
        return self.values[0, :]

    @property
    def high(self) -> Floats:
        """Highest prices."""
        return self.values[1, :]

    @property
    def low(self) -> Floats:
        """Lowest prices."""
        return self.values[2, :]

    @property
    def close(self) -> Floats:
        """Last prices."""
        return self.values[3, :]

    @property
    def volume(self) -> Floats:
        """Volumes; 0 where none was given."""
        return self.values[4, :]

    @property
    def turnover(self) -> Floats:
        """Turnovers; 0 where none was given."""
        return self.values[5, :]

    @property
    def source(self) -> Flags:
        """The ``Source`` of each bar."""
        source: Flags = self.flags & np.uint8(SOURCE)
        return source

    @property
    def has_volume(self) -> Mask:
        """Where a volume was given: missing is not zero."""
        return (self.flags & np.uint8(VOLUME)).astype(np.bool_)

    @property
    def has_turnover(self) -> Mask:
        """Where a turnover was given."""
        return (self.flags & np.uint8(TURNOVER)).astype(np.bool_)

    def part(self, rows: "slice | Mask | npt.NDArray[np.intp]") -> "StoredCandles":
        """Return some of the bars; views where ``rows`` is a slice."""
        return StoredCandles(self.time[rows], self.values[:, rows], self.flags[rows], self.digits)

    def with_digits(self, digits: Digits) -> "StoredCandles":
        """Return the same bars with other digits."""
        return StoredCandles(self.time, self.values, self.flags, digits)

    def same(self, other: "StoredCandles") -> bool:
        """Whether the bars are equal; the digits are not looked at."""
        return (
            np.array_equal(self.time, other.time)
            and np.array_equal(self.flags, other.flags)
            and np.array_equal(self.values, other.values)
        )

    def built_in(self, spans: Sequence[Span]) -> Mask:
        """Return which bars were built and begin in one of the spans."""
        found: Mask = np.zeros(len(self), np.bool_)
        for span in spans:
            found[slice(*np.searchsorted(self.time, span))] = True
        found &= self.source == Source.BUILT
        return found

    def candles(self) -> list[Candle]:
        """Return the bars as texts, a few microseconds each: prices as the vendor wrote them.

        Each has the series' decimals: what once came as 612.5 is 612.500 where others have three.
        """
        price, volume, turnover = self.digits
        rows = zip(self.time.tolist(), *self.values.tolist(), self.flags.tolist(), strict=True)
        return [
            Candle(
                time_s,
                _text(first, price),
                _text(high, price),
                _text(low, price),
                _text(last, price),
                _text(traded, volume) if flags & VOLUME else "",
                _text(turned, turnover) if flags & TURNOVER else "",
            )
            for time_s, first, high, low, last, traded, turned, flags in rows
        ]


def read_texts(
    candles: Sequence[Candle],
    source: Source,
    in_progress_from_s: int | None,
    breathe: Callable[[], None],
) -> StoredCandles:
    """Return the vendor's bars as columns, sorted; of two with one time the later given wins.

    Bars that begin at ``in_progress_from_s`` or later are in progress, unless they were built.
    ``breathe`` is called after every few bars. Raises ValueError where a text is not a number or
    a time does not fit.
    """
    read = StoredCandles.empty(len(candles))
    digits = Digits()
    for start in range(0, len(candles), _SLICE):
        some = candles[start : start + _SLICE]
        digits = digits.widest(_fill(read.part(slice(start, start + len(some))), some))
        breathe()
    if not np.isfinite(read.values).all():
        raise ValueError("a bar has a number that is not finite")
    read.flags[:] |= np.uint8(source)
    if in_progress_from_s is not None and source is Source.CLOSED:
        read.flags[read.time >= in_progress_from_s] ^= np.uint8(Source.CLOSED ^ Source.IN_PROGRESS)
    if (read.time[1:] > read.time[:-1]).all():
        return read.with_digits(digits)
    order = np.argsort(read.time, kind="stable")
    times = read.time[order]
    newest = np.append(times[1:] != times[:-1], True)[: len(times)]
    return read.part(order[newest]).with_digits(digits)


def joined(parts: Sequence[StoredCandles]) -> StoredCandles:
    """Return bars that follow each other as one."""
    if not parts:
        return StoredCandles.empty()
    return StoredCandles(
        np.concatenate([part.time for part in parts]),
        np.concatenate([part.values for part in parts], axis=1),
        np.concatenate([part.flags for part in parts]),
    )


def merge(stored: StoredCandles, given: StoredCandles) -> StoredCandles:
    """Return both, each time once: the higher ``Source`` wins, of equals what is given.

    A closed bar without volume or turnover leaves those that the vendor once gave for it.
    """
    if not len(stored):
        return given
    at = np.searchsorted(stored.time, given.time)
    near = np.minimum(at, len(stored) - 1)
    same = stored.time[near] == given.time
    wins = same & (given.source >= stored.source[near])
    time, values, flags = stored.time, stored.values.copy(), stored.flags.copy()
    values[:, near[wins]] = given.values[:, wins]
    flags[near[wins]] = given.flags[wins]
    closed = wins & (stored.source[near] == Source.CLOSED)
    for bit, column in ((VOLUME, 4), (TURNOVER, 5)):
        kept = near[closed & (given.flags & bit == 0) & (stored.flags[near] & bit != 0)]
        values[column, kept] = stored.values[column, kept]
        flags[kept] |= bit
    new = ~same
    if new.any():
        time = np.insert(time, at[new], given.time[new])
        values = np.insert(values, at[new], given.values[:, new], axis=1)
        flags = np.insert(flags, at[new], given.flags[new])
    return StoredCandles(time, values, flags)


def _fill(rows: StoredCandles, candles: Sequence[Candle]) -> Digits:
    """Write the bars into the views ``rows``; return the decimals seen.

    Column by column: it takes a quarter of the time that bar by bar does.
    """
    try:
        rows.time[:] = [candle.time_s for candle in candles]
    except OverflowError as error:
        raise ValueError(str(error)) from None
    prices: tuple[list[str], ...] = (
        [candle.open for candle in candles],
        [candle.high for candle in candles],
        [candle.low for candle in candles],
        [candle.close for candle in candles],
    )
    volumes = [candle.volume for candle in candles]
    turnovers = [candle.turnover for candle in candles]
    for column, texts in enumerate(prices):
        rows.values[column, :] = list(map(float, texts))
    for column, bit, texts in ((4, VOLUME, volumes), (5, TURNOVER, turnovers)):
        rows.values[column, :] = [float(text) if text else 0.0 for text in texts]
        rows.flags[:] |= np.array([bit if text else 0 for text in texts], np.uint8)
    return Digits(max(map(_decimals, prices)), _decimals(volumes), _decimals(turnovers))


def _decimals(texts: Sequence[str]) -> int:
    """Return how many digits the numbers need behind the point, also in the way of 1.5e-7."""
    seen = max(map(decimals, texts))
    if "e" in (whole := "".join(texts)) or "E" in whole:
        exponents = (Decimal(text or 0).as_tuple().exponent for text in texts)
        seen = max(0, *(-exponent for exponent in exponents if isinstance(exponent, int)))
    return min(seen, MOST_DIGITS)


def _text(value: float, digits: int) -> str:
    if abs(value) < 10.0 ** (15 - digits):  # so many digits a float gives back as they were
        return f"{value:.{digits}f}"
    return f"{Decimal(repr(value)):.{digits}f}"  # the shortest text of the float, filled up
