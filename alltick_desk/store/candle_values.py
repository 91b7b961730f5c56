"""What is known of a stored series besides its bars: what is complete, what is missing and why.

Pure values. All stretches of time are half open, ``from_s <= begin of a bar < to_s``, so that two
of them that touch are one.
"""

from collections.abc import Iterable
from enum import Enum, IntEnum
from typing import NamedTuple

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import Row


class Source(IntEnum):
    """Where a bar comes from; of two with one time the higher wins, and of equals the later."""

    BUILT = 0  # from trades: provisional
    IN_PROGRESS = 1  # the vendor's, fetched before it had closed
    CLOSED = 2  # the vendor's


class SeriesName(NamedTuple):
    """What a series is stored under."""

    key: InstrumentKey
    interval: Interval

    def __str__(self) -> str:
        return f"{self.key}:{self.interval.value}"

    @classmethod
    def parse(cls, text: str) -> "SeriesName":
        """Read back what ``str()`` wrote; ValueError on anything else."""
        key, _, interval = text.rpartition(":")
        return cls(InstrumentKey.parse(key), Interval.parse(interval))


class Digits(NamedTuple):
    """The most decimals seen in a series; they never shrink."""

    price: int = 0
    volume: int = 0
    turnover: int = 0

    def widest(self, other: "Digits") -> "Digits":
        """Return the greater of each."""
        return Digits(*map(max, self, other))


class Span(NamedTuple):
    """A stretch of time, Unix seconds."""

    from_s: int
    to_s: int


class GapReason(Enum):
    """Why bars are missing; the value is what the file holds."""

    DISCONNECTED = "disconnected"  # the desk did not hear the trades
    CLOSED = "closed"  # the market was
    FEWER = "fewer"  # the vendor returned fewer bars than were asked for
    UNKNOWN = "unknown"


class Gap(NamedTuple):
    """A stretch without bars, and what is known about it."""

    from_s: int
    to_s: int
    reason: GapReason
    refillable: bool = True  # False where the vendor cannot be asked for it any more


class Drift(NamedTuple):
    """How far built bars differed from the vendor's: relative deviations, 0.01 for one percent.

    ``since_s`` is when the first bar that was compared began, Unix seconds; None where none was, or
    where an older version of the desk compared some and did not keep it.
    """

    bars: int = 0  # how many were compared
    close_sum: float = 0.0
    close_max: float = 0.0
    high_sum: float = 0.0
    high_max: float = 0.0
    low_sum: float = 0.0
    low_max: float = 0.0
    since_s: int | None = None

    @classmethod
    def between(cls, built: Row, vendors: Row) -> "Drift":
        """Compare one built bar with the vendor's of the same time."""
        close = _deviation(built.close, vendors.close)
        high = _deviation(built.high, vendors.high)
        low = _deviation(built.low, vendors.low)
        return cls(1, close, close, high, high, low, low, vendors.time_s)

    def plus(self, other: "Drift") -> "Drift":
        """Return the figure of both."""
        return Drift(
            self.bars + other.bars,
            self.close_sum + other.close_sum,
            max(self.close_max, other.close_max),
            self.high_sum + other.high_sum,
            max(self.high_max, other.high_max),
            self.low_sum + other.low_sum,
            max(self.low_max, other.low_max),
            self._since_with(other),
        )

    def _since_with(self, other: "Drift") -> int | None:
        if not (self.bars and other.bars):
            return self.since_s if self.bars else other.since_s
        if self.since_s is None or other.since_s is None:
            return None
        return min(self.since_s, other.since_s)


class SeriesFacts(NamedTuple):
    """What the store knows of one series; of one that it does not hold, the defaults.

    Attributes:
        bars: how many are stored; ``first_s`` and ``last_s`` are None where it is none.
        history_begins_s: the vendor said that it has nothing older than this; None if it did not.
        spans: where every bar that the vendor has is stored, in order, apart from each other.
        gaps: holes that were explained, in order, apart from each other.
    """

    bars: int = 0
    first_s: int | None = None
    last_s: int | None = None
    digits: Digits = Digits()
    history_begins_s: int | None = None
    spans: tuple[Span, ...] = ()
    gaps: tuple[Gap, ...] = ()
    drift: Drift = Drift()


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return what the spans cover together: in order, apart from each other, none empty."""
    whole: list[Span] = []
    for span in sorted(span for span in spans if span.from_s < span.to_s):
        if whole and span.from_s <= whole[-1].to_s:
            whole[-1] = Span(whole[-1].from_s, max(whole[-1].to_s, span.to_s))
        else:
            whole.append(span)
    return tuple(whole)


def without(spans: Iterable[Span], cut: Span) -> tuple[Span, ...]:
    """Return what is left of the spans outside ``cut``."""
    return merged(
        part
        for span in spans
        for part in (
            Span(span.from_s, min(span.to_s, cut.from_s)),
            Span(max(span.from_s, cut.to_s), span.to_s),
        )
    )


def missing(spans: Iterable[Span], wanted: Span) -> tuple[Span, ...]:
    """Return the parts of ``wanted`` that no span covers: what is still to be asked for."""
    left = merged([wanted])
    for span in spans:
        left = without(left, span)
    return left


def gaps_without(gaps: Iterable[Gap], cut: Span) -> tuple[Gap, ...]:
    """Return what is left of the gaps outside ``cut``."""
    return tuple(
        gap._replace(from_s=part.from_s, to_s=part.to_s)
        for gap in gaps
        for part in without([Span(gap.from_s, gap.to_s)], cut)
    )


def explained(gaps: Iterable[Gap], new: Gap) -> tuple[Gap, ...]:
    """Return the gaps with ``new`` among them: it replaces what was said of its stretch."""
    if new.from_s >= new.to_s:
        return tuple(gaps)
    whole: list[Gap] = []
    for gap in sorted([*gaps_without(gaps, Span(new.from_s, new.to_s)), new], key=_begin):
        last = whole[-1] if whole else None
        if last is not None and last.to_s == gap.from_s and last[2:] == gap[2:]:
            whole[-1] = last._replace(to_s=gap.to_s)
        else:
            whole.append(gap)
    return tuple(whole)


def _begin(gap: Gap) -> int:
    return gap.from_s


def _deviation(built: float, vendors: float) -> float:
    if built == vendors:
        return 0.0
    return abs(built - vendors) / abs(vendors) if vendors else 1.0
