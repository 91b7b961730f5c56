"""The chart's volumes in Chinese units, and where their labels stand."""

import pytest

from alltick_desk.ui.chart.figures import volume_text
from alltick_desk.ui.chart.ticks import volume_ticks


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.052, "0.052"),
        (9_999.0, "9999"),
        (10_000.0, "1万"),
        (123_450.0, "12.35万"),
        (12_345_000.0, "1234.5万"),
        (100_000_000.0, "1亿"),
        (2_500_000_000_000.0, "2.5万亿"),
    ],
)
def test_volumes_in_chinese(value: float, shown: str) -> None:
    assert volume_text(value, chinese=True) == shown


def test_marks_in_chinese() -> None:
    marks = volume_ticks(2_300_000.0, 80.0, chinese=True)
    assert [mark.text for mark in marks] == ["100万", "200万"]


@pytest.mark.parametrize("high", [1.0, 1.08, 2.16, 5.4, 9.99])
def test_the_highest_mark_has_room_for_its_label(high: float) -> None:
    pixels = 61.0
    marks = volume_ticks(high * 1e6, pixels)
    assert marks
    assert pixels * (1.0 - marks[-1].at / (high * 1e6)) >= 7.5
