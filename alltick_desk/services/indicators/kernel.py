"""What computes an indicator: whole columns at once, then bar by bar."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, Self

from alltick_desk.model.series import Floats


class Stream(Protocol):
    """The state after some bars; what it gives for the next equals the whole computation's."""

    def update(self, *row: float) -> float | tuple[float, ...]:
        """Take in the next bar's inputs; return its values, NaN for "not yet"."""
        ...

    def copy(self) -> Self:
        """Return another state at the same bar."""
        ...


class Opened(NamedTuple):
    """Columns computed.

    Attributes:
        stream: the state behind the last row; None where the rows are too few for one.
        lines: the values, each of shape (n,), NaN for "not yet".
    """

    stream: Stream | None
    lines: tuple[Floats, ...]


class Kernel(Protocol):
    """An indicator's arithmetic with its parameters."""

    def open(self, columns: Sequence[Floats]) -> Opened:
        """Compute columns of shape (n,), finite, oldest first; n may be 0."""
        ...
