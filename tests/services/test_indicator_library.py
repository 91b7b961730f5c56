"""TA-Lib's streams: opened once there are bars enough, and asked for nothing before."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from alltick_desk.model.series import Floats
from alltick_desk.services.indicators.library import LibraryKernel

FUNCTIONS: list[tuple[str, dict[str, object], int, int]] = [  # columns, bars before the first value
    ("SMA", {"timeperiod": 3}, 1, 2),
    ("MACD", {"fastperiod": 3, "slowperiod": 5, "signalperiod": 3}, 1, 6),
    ("ATR", {"timeperiod": 4}, 3, 4),
    ("OBV", {}, 2, 0),
]


class Watched:
    """A function's streams, and with how many bars they were asked for."""

    def __init__(self, streams: Any) -> None:
        self._streams = streams
        self.bars: list[int] = []

    def open_and_fill(self, *columns: Floats, **arguments: object) -> Any:
        self.bars.append(len(columns[0]))
        return self._streams.open_and_fill(*columns, **arguments)


def bars(count: int, columns: int) -> Sequence[Floats]:
    return [100.0 + np.arange(count, dtype=np.float64) % 7 for _ in range(columns)]


@pytest.mark.parametrize(("function", "arguments", "columns", "lookback"), FUNCTIONS)
def test_a_stream_is_asked_for_only_where_there_are_bars_enough(
    function: str, arguments: dict[str, object], columns: int, lookback: int
) -> None:
    """With fewer, the library may take its own results for the input, and refuse them."""
    kernel = LibraryKernel(function, arguments)
    kernel._stream = watched = Watched(kernel._stream)
    for count in range(lookback + 1):
        opened = kernel.open(bars(count, columns))
        assert opened.stream is None
        assert all(np.isnan(line).all() for line in opened.lines)
        assert {len(line) for line in opened.lines} == {count}
    assert watched.bars == []
    opened = kernel.open(bars(lookback + 1, columns))
    assert opened.stream is not None
    assert all(np.isfinite(line[-1]) for line in opened.lines)
    assert watched.bars == [lookback + 1]
