"""The sentence in the middle of an empty chart, also where the chart is low or narrow."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication

from alltick_desk.ui.chart.pieces import Message, cut_to_fit
from alltick_desk.ui.theme import make_theme

SENTENCES = (
    (
        "AllTick does not know this code. The desk does not ask for it again today unless it is "
        "started anew; check its spelling, where capital letters count."
    ),
    "AllTick 不认识这个代码。今天内除非重新启动，否则程序不会再次请求；请检查拼写，区分大小写。",
)


def painted_rows(text: str, height: int) -> list[int]:
    """The rows of a low pane in which anything of a sentence is to be seen."""
    theme = make_theme(dark=False)
    message = Message(theme, QFont())
    message.say(text)
    message.set_area(QRectF(0, 0, 260, height))
    image = QImage(260, height, QImage.Format.Format_RGB32)
    image.fill(theme.base)
    painter = QPainter(image)
    painter.setClipRect(message.area)
    painter.setFont(message.font)
    message.draw(painter)
    painter.end()
    ground = theme.base.rgb()
    return [y for y in range(height) if any(image.pixel(x, y) != ground for x in range(260))]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_low_pane_cuts_no_line_in_two(qapp: QApplication, text: str) -> None:
    del qapp
    line = round(QFontMetricsF(QFont()).height())
    rows = painted_rows(text, round(2.5 * line))
    assert rows, "nothing is said at all"
    assert rows[0] > 0
    assert rows[-1] < round(2.5 * line) - 1


@pytest.mark.parametrize("text", SENTENCES)
def test_what_fits_is_whole_and_what_does_not_ends_with_dots(qapp: QApplication, text: str) -> None:
    del qapp
    metrics = QFontMetricsF(QFont())
    assert cut_to_fit(text, metrics, QRectF(0, 0, 400, 400)) == text
    low = cut_to_fit(text, metrics, QRectF(0, 0, 260, 2.2 * metrics.height()))
    assert low.endswith("…")
    assert text.startswith(low[:-1])
    assert len(low) > 20, "two lines have room for more"
    assert cut_to_fit(text, metrics, QRectF(0, 0, 260, 2.0)) == "…"
