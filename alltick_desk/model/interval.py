"""The chart intervals, spelled as on the command line and on the buttons."""

from enum import Enum


class Interval(Enum):
    """A candle's span; the value is its spelling everywhere."""

    M1 = "1m"
    M5 = "5m"
    M15 = "15m"
    M30 = "30m"
    H1 = "1h"
    H2 = "2h"
    H4 = "4h"
    D1 = "1d"
    W1 = "1w"
    MO1 = "1mo"

    @property
    def seconds(self) -> int | None:
        """The span in seconds; None for a day and longer, which follow a calendar."""
        return _SECONDS.get(self)

    @classmethod
    def parse(cls, text: str) -> "Interval":
        """Read a spelling; ValueError with the list of them otherwise."""
        try:
            return cls(text)
        except ValueError:
            known = " ".join(interval.value for interval in cls)
            raise ValueError(f"{text!r} is not an interval; the intervals are {known}") from None


_SECONDS = {
    Interval.M1: 60,
    Interval.M5: 300,
    Interval.M15: 900,
    Interval.M30: 1800,
    Interval.H1: 3600,
    Interval.H2: 7200,
    Interval.H4: 14400,
}
