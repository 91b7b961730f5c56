"""What the table is told of an instrument beside its row on the board."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from alltick_desk.model.instrument import InstrumentKey

if TYPE_CHECKING:  # it is of msgspec, which the first window does without
    from alltick_desk.model.reference import StaticInfo


class Base(NamedTuple):
    """A price that a change is measured against."""

    price: float
    time_ms: int  # whose price it was, Unix milliseconds


class RowFacts(Protocol):
    """What others know of one instrument now; asked for anew whenever it is shown."""

    @property
    def info(self) -> "StaticInfo | None":
        """Its reference data, None while they are not known."""

    @property
    def asked(self) -> bool:
        """Whether its reference data are being asked for."""

    @property
    def day_ago(self) -> Base | None:
        """Its price of 24 hours ago, None while that is not known."""

    @property
    def session(self) -> str:
        """Whether its market trades now, in a word such as "Open"; "" while that is not known."""

    @property
    def ticks(self) -> int | None:
        """How many ticks came in this run, None where nobody counts."""

    @property
    def close_date(self) -> str:
        """The date (ISO, the exchange's) of the close that the day's change is measured against.

        "" while that is not known.
        """


class Known(NamedTuple):
    """Facts as plain values."""

    info: "StaticInfo | None" = None
    day_ago: Base | None = None
    session: str = ""
    ticks: int | None = None
    close_date: str = ""
    asked: bool = False


Facts: TypeAlias = Callable[[InstrumentKey], RowFacts | None]

_NOTHING = Known()


def nothing_known(_key: InstrumentKey) -> RowFacts:
    """Know nothing of any instrument."""
    return _NOTHING
