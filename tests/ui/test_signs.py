"""A change reads the same wherever it stands: with its sign, and a zero without one."""

import pytest

from alltick_desk.model.figures import signed, unsigned_zero
from alltick_desk.model.market import Candle
from alltick_desk.model.series import CandleSeries
from alltick_desk.ui.chart.bar_figures import bar_figures
from alltick_desk.ui.chart.compare_line import percent_text
from alltick_desk.ui.chart.scale import PriceWriting
from alltick_desk.ui.chart.ticks import percent_ticks

CHANGES = [(0.004, "0.00"), (-0.004, "0.00"), (0.0, "0.00"), (1.5, "+1.50"), (-1.5, "-1.50")]


@pytest.mark.parametrize(("percent", "text"), CHANGES)
def test_every_read_out_writes_a_change_alike(percent: float, text: str) -> None:
    assert signed(percent, 2) == text
    assert percent_text(percent / 100.0) == f"{text}%"
    writing = PriceWriting()
    writing.base = 100.0
    assert writing.text(100.0 + percent) == f"{text}%"


def test_a_bar_that_stands_still_has_no_sign() -> None:
    series = CandleSeries()
    for time_s, close in ((0, "612.500"), (60, "612.500"), (120, "618.625")):
        series.append(Candle(time_s, close, close, close, close, "1", "1"))
    still = [text for _, text in bar_figures(series, 1, volumes=False, chinese=False)]
    assert {"0.000", "0.00%"} <= set(still)
    moved = [text for _, text in bar_figures(series, 2, volumes=False, chinese=False)]
    assert {"+6.125", "+1.00%"} <= set(moved)


def test_marks_of_percent_have_signs_but_for_the_base() -> None:
    texts = [tick.text for tick in percent_ticks(98.0, 102.0, 400.0, 100.0)]
    assert "0%" in texts
    assert all(text == "0%" or text[0] in "+-" for text in texts)


@pytest.mark.parametrize(
    ("text", "shown"), [("+0", "0"), ("-0.0", "0.0"), ("+1e-07", "+1e-07"), ("-3", "-3")]
)
def test_only_a_zero_loses_its_sign(text: str, shown: str) -> None:
    assert unsigned_zero(text) == shown
