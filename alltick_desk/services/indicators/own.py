"""The arithmetic of VWAP, Ichimoku and KDJ, which TA-Lib lacks or defines otherwise.

Each has two forms that agree: whole columns with numpy, and a stream, bar by bar.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Self

import numpy as np

from alltick_desk.model.series import Floats
from alltick_desk.services.indicators.declaration import Parameters
from alltick_desk.services.indicators.kernel import Kernel, Opened
from alltick_desk.services.indicators.rolling import Window, middles, rolling, smoothed

# Where K and D begin, and what stands for a bar's place between two extremes that are equal.
_NEUTRAL = 50.0


class VwapKernel:
    """The day's mean price by volume: typical price, volume and session in, one line out.

    NaN until something was traded in the session.
    """

    def __init__(self, parameters: Parameters) -> None:
        del parameters  # it has none

    def open(self, columns: Sequence[Floats]) -> Opened:
        """Compute columns; the sums begin anew with each session, so none loses digits."""
        typical, volume, session = columns
        money, traded = typical * volume, volume.copy()
        starts = np.concatenate(([0], np.flatnonzero(np.diff(session)) + 1, [len(session)]))
        longer = np.flatnonzero(np.diff(starts) > 1)
        for start, stop in zip(starts[longer].tolist(), starts[longer + 1].tolist(), strict=True):
            np.cumsum(money[start:stop], out=money[start:stop])
            np.cumsum(traded[start:stop], out=traded[start:stop])
        line = np.full(len(money), np.nan)
        np.divide(money, traded, out=line, where=traded > 0.0)
        stream = VwapStream()
        if len(session):
            stream.session = float(session[-1])
            stream.money, stream.traded = float(money[-1]), float(traded[-1])
        return Opened(stream, (line,))


class VwapStream:
    """The sums of the session so far."""

    __slots__ = ("money", "session", "traded")

    def __init__(self) -> None:
        self.session = math.nan  # equal to none
        self.money = self.traded = 0.0

    def update(self, *row: float) -> float:
        """Take in typical price, volume and session."""
        typical, volume, session = row
        if session != self.session:
            self.session, self.money, self.traded = session, 0.0, 0.0
        self.money += typical * volume
        self.traded += volume
        return self.money / self.traded if self.traded > 0.0 else math.nan

    def copy(self) -> Self:
        """Return another stream at the same bar."""
        other = type(self)()
        other.session, other.money, other.traded = self.session, self.money, self.traded
        return other


class IchimokuKernel:
    """Conversion, base, span A, span B and lagging, each at its own bar: not yet displaced."""

    def __init__(self, parameters: Parameters) -> None:
        self._periods = [int(parameters[name]) for name in ("conversion", "base", "span")]

    def open(self, columns: Sequence[Floats]) -> Opened:
        """Compute columns of highs, lows and closes."""
        highs, lows, closes = columns
        windows = [_window(highs, lows, period) for period in self._periods]
        conversion, base, span = (middles(highs, lows, period) for period in self._periods)
        lines = (conversion, base, (conversion + base) / 2.0, span, closes)
        return Opened(IchimokuStream(windows), lines)


class IchimokuStream:
    """The bars that the longest window still sees."""

    __slots__ = ("_windows",)

    def __init__(self, windows: Sequence[Window]) -> None:
        self._windows = windows

    def update(self, *row: float) -> tuple[float, ...]:
        """Take in high, low and close."""
        high, low, close = row
        for window in self._windows:
            window.see(high, low)
        conversion, base, span = (window.middle() for window in self._windows)
        return conversion, base, (conversion + base) / 2.0, span, close

    def copy(self) -> Self:
        """Return another stream at the same bar."""
        return type(self)([window.copy() for window in self._windows])


class KdjKernel:
    """K, D and J by the Chinese definition.

    RSV is the close's place, in percent, between the lowest low and the highest high of the
    period. K = K' + (RSV - K') / 3 and D = D' + (K - D') / 3, where K' and D' are of the bar
    before and 50 at the beginning; J = 3 K - 2 D.
    """

    def __init__(self, parameters: Parameters) -> None:
        self._period = int(parameters["period"])
        self._of_k, self._of_d = int(parameters["k"]), int(parameters["d"])

    def open(self, columns: Sequence[Floats]) -> Opened:
        """Compute columns of highs, lows and closes."""
        highs, lows, closes = columns
        first = self._period - 1
        bottom = rolling(np.minimum, lows, self._period)
        width = rolling(np.maximum, highs, self._period) - bottom
        place = np.full(len(width), _NEUTRAL)
        np.divide(100.0 * (closes[first:] - bottom), width, out=place, where=width > 0.0)
        k = smoothed(place, self._of_k, _NEUTRAL)
        d = smoothed(k, self._of_d, _NEUTRAL)
        lines = np.full((3, len(closes)), np.nan)
        lines[:, first:] = k, d, 3.0 * k - 2.0 * d
        stream = KdjStream(_window(highs, lows, self._period), self._of_k, self._of_d)
        if len(k):
            stream.k, stream.d = float(k[-1]), float(d[-1])
        return Opened(stream, tuple(lines))


class KdjStream:
    """The bars of the window, and K and D of the last bar."""

    __slots__ = ("_of_d", "_of_k", "_window", "d", "k")

    def __init__(self, window: Window, of_k: int, of_d: int) -> None:
        self._window = window
        self._of_k, self._of_d = of_k, of_d
        self.k = self.d = _NEUTRAL

    def update(self, *row: float) -> tuple[float, ...]:
        """Take in high, low and close."""
        high, low, close = row
        self._window.see(high, low)
        highest, lowest = self._window.extremes()
        if math.isnan(highest):
            return math.nan, math.nan, math.nan
        width = highest - lowest
        place = 100.0 * (close - lowest) / width if width > 0.0 else _NEUTRAL
        self.k += (place - self.k) / self._of_k
        self.d += (self.k - self.d) / self._of_d
        return self.k, self.d, 3.0 * self.k - 2.0 * self.d

    def copy(self) -> Self:
        """Return another stream at the same bar."""
        other = type(self)(self._window.copy(), self._of_k, self._of_d)
        other.k, other.d = self.k, self.d
        return other


def _window(highs: Floats, lows: Floats, period: int) -> Window:
    return Window(period, highs[-period:].tolist(), lows[-period:].tolist())


KERNELS: Final[Mapping[str, Callable[[Parameters], Kernel]]] = MappingProxyType(
    {"vwap": VwapKernel, "ichimoku": IchimokuKernel, "kdj": KdjKernel}
)
