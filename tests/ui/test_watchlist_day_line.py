"""The line of the day: seeded from stored bars, honest about holes, and there again after undo."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from alltick_desk.model.instrument import Catalogue, InstrumentKey
from alltick_desk.services.day_seeds import DaySeed
from alltick_desk.services.quotes import QuoteRow
from alltick_desk.ui.watchlist.column_choice import OFFERED
from alltick_desk.ui.watchlist.day_line import AWAY, FIRST_STEP_S, MOST, PAUSE_S, DayLine, DayLines
from alltick_desk.ui.watchlist.format import Reading
from alltick_desk.ui.watchlist.provenance import provenance
from alltick_desk.ui.watchlist.sketch import DayLinePaths, fitted

DAY = "2026-03-05"
BEGAN_S = -9_000.0  # monotonic: the bars are from before the start


def ticking(value: float, code: str = "700.HK") -> QuoteRow:
    row = QuoteRow(InstrumentKey("alltick", code))
    row.last, row.value, row.ticked_s, row.day = str(value), value, 1.0, DAY
    return row


def seed(*, until_s: float = 100.0, count: int = 150, whole_s: float = BEGAN_S) -> DaySeed:
    times = [BEGAN_S + 60 * number for number in range(count)]
    return DaySeed(DAY, times, [number + 1.0 for number in range(count)], whole_s, until_s)


def test_stored_bars_stand_before_what_was_watched() -> None:
    line, row = DayLine(DAY), ticking(500.0)
    line.take(row, 100.0)
    assert line.whole_s == 100.0
    line.begin_with(seed(), 105.0)
    assert line.seeded
    assert line.whole_s == BEGAN_S
    assert list(line.times_s) == sorted(line.times_s)
    assert (line.values[0], line.values[-1]) == (1.0, 500.0)
    assert MOST // 2 < len(line) <= MOST * 3 // 4 + 2
    before = list(line.values)
    line.begin_with(seed(count=20), 105.0)
    assert list(line.values) == before  # once a day


def test_a_hole_between_the_bars_and_the_watch_is_told() -> None:
    line = DayLine(DAY)
    line.take(ticking(500.0), 100.0)
    line.begin_with(seed(until_s=100.0 - PAUSE_S - 1), 105.0)
    assert line.whole_s == 100.0


def test_a_pause_of_the_watch_is_a_hole() -> None:
    line, row = DayLine(DAY), ticking(5.0)
    for at_s in (0.0, 10.0, 10.0 + PAUSE_S):
        line.take(row, at_s)
    assert line.whole_s == 0.0
    line.take(row, 100.0 + 2 * PAUSE_S)
    assert line.whole_s == 100.0 + 2 * PAUSE_S


def test_bars_of_another_day_are_not_taken_and_a_new_day_begins_anew() -> None:
    line, row = DayLine("2026-03-06"), ticking(5.0)
    line.begin_with(seed(), 100.0)
    assert not len(line)
    line = DayLine(DAY)
    line.begin_with(seed(), 100.0)
    row.day = "2026-03-06"
    line.take(row, 200.0)
    assert list(line.values) == [5.0]
    assert not line.seeded
    assert line.whole_s == 200.0


@given(st.integers(1, 2000), st.integers(0, 300))
def test_a_seeded_line_never_outgrows_its_column(bars: int, ticks: int) -> None:
    line, row = DayLine(DAY), ticking(5.0)
    line.begin_with(seed(count=bars), 1e6)
    first = line.values[0]
    for number in range(ticks):
        line.take(row, 1e6 + number * FIRST_STEP_S)
    assert 1 <= len(line) <= MOST
    assert list(line.times_s) == sorted(line.times_s)
    assert line.values[0] == first == 1.0


def test_a_path_follows_a_line_that_is_seeded() -> None:
    cell, paths = QRectF(0, 0, 40, 12), DayLinePaths()
    for bars in (1, 2, 150):
        line, row = DayLine(DAY), ticking(7.0)
        for number in range(5):
            line.take(row, 100.0 + number * FIRST_STEP_S)
        paths.path(line, cell)
        line.begin_with(seed(count=bars), 130.0)
        whole = QPolygonF([QPointF(x, y) for x, y in line.points(0)])
        assert paths.path(line, cell) == fitted(whole, cell)


def test_a_row_that_comes_back_has_its_line_and_only_so_many_are_kept() -> None:
    lines = DayLines(lambda: 50.0)
    rows = [ticking(1.0, str(number)) for number in range(AWAY + 2)]
    assert lines.sample(rows)
    line = lines.of(rows[-1])
    lines.keep([])
    assert lines.of(rows[-1]) is None
    lines.keep([rows[-1].key])
    assert lines.of(rows[-1]) is line
    lines.keep([row.key for row in rows])
    assert sum(lines.of(row) is not None for row in rows) == AWAY


def test_a_row_of_a_closed_market_has_the_line_that_is_stored() -> None:
    lines, row = DayLines(lambda: 50.0), ticking(1.0)
    row.ticked_s = 0.0
    lines.seed(row, DaySeed(DAY))
    assert lines.of(row) is None
    lines.seed(row, seed())
    line = lines.of(row)
    assert line is not None
    assert len(line) > 1


@pytest.mark.parametrize(
    ("whole_s", "told"), [(BEGAN_S, "since 08:00"), (BEGAN_S - 1, "since the beginning of the day")]
)
def test_the_tip_tells_since_when_the_line_is_complete(whole_s: float, told: str) -> None:
    row, line, now_s = ticking(5.0), DayLine(DAY), 100.0
    now_ms = round(1000 * datetime(2026, 3, 5, 10, 31, 40).astimezone().timestamp())
    line.take(row, now_s)
    line.begin_with(seed(whole_s=whole_s), now_s)
    row.day_ms = now_ms - round(1000 * (now_s - BEGAN_S + 1))
    reading = Reading(
        Catalogue([]),
        False,
        (2026, 3, 5),
        {},
        day_line=lambda _row: line,
        now_s=lambda: now_s,
        wall_ms=lambda: now_ms,
    )
    said = "\n".join(provenance(row, OFFERED["day_line"], reading))
    assert f"It is complete {told}" in said
    assert "bars that charts have stored" in said
