"""Randomness that is a function: the same key gives the same number, whoever asks and when.

A price path that can be asked for any moment, in any order, cannot come from a generator that
moves on with each draw. Here every number hangs on a key alone.
"""

import hashlib
import math

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15  # the odd constant that spreads neighbouring integers apart
_SCALE = 2.0**-64


def key(*parts: str | int) -> int:
    """Return a 64-bit key for the parts, e.g. a seed and a code."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def mix(value: int) -> int:
    """Return 64 well-mixed bits of an integer (the finaliser of splitmix64)."""
    value = (value + _GOLDEN) & _MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)


def uniform(of: int, index: int) -> float:
    """Return the number of [0, 1) that belongs to ``index`` under the key ``of``."""
    return mix(of ^ (index * _GOLDEN & _MASK)) * _SCALE


class Wander:
    """A smooth wandering over integers (days), alike at every scale as prices are.

    Octave k holds random values every ``2**k`` days with an amplitude of ``sqrt(2**k)``, eased
    between them. From one day to the next the sum moves by 1, as a standard deviation.
    """

    _AMPLITUDE = 0.6  # found by measuring

    def __init__(self, of: int, octaves: int = 7) -> None:
        self._octaves = tuple(_Octave(mix(of + k), k, self._AMPLITUDE) for k in range(octaves))

    def __call__(self, day: int) -> float:
        """Return the height at ``day``."""
        return sum([octave.at(day) for octave in self._octaves])


class _Octave:
    """One period of a Wander; remembers the last stretch, since days are asked for in a row."""

    __slots__ = ("_amplitude", "_cell", "_inside", "_key", "_left", "_rise", "_shift")

    def __init__(self, of: int, shift: int, amplitude: float) -> None:
        self._key = of
        self._shift = shift
        self._inside = (1 << shift) - 1
        self._amplitude = amplitude * math.sqrt(1 << shift)
        self._move(0)

    def at(self, day: int) -> float:
        cell = day >> self._shift
        if cell != self._cell:
            self._move(cell)
        x = (day & self._inside) / (self._inside + 1)
        return self._left + self._rise * x * x * (3.0 - 2.0 * x)

    def _move(self, cell: int) -> None:
        self._cell = cell
        self._left = self._lattice(cell)
        self._rise = self._lattice(cell + 1) - self._left

    def _lattice(self, cell: int) -> float:
        # Two draws make a triangle, which is near enough to a bell.
        draws = uniform(self._key, 2 * cell) + uniform(self._key, 2 * cell + 1)
        return self._amplitude * 2.0 * (draws - 1.0)
