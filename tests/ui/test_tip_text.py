"""Tips: as they are written, and no wider than can be read."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from alltick_desk.ui.tip_text import as_written

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)

LONG = (
    "AllTick does not know this code. The desk does not ask for it again today unless it is "
    "started anew; check its spelling, where capital letters count. Remove the row, and add the "
    "code as the vendor spells it."
)
LONG_CHINESE = "这个代码供应商不认识。今天内除非重新启动否则程序不会再次请求。" * 4


@pytest.mark.parametrize("text", [LONG, LONG_CHINESE, f"First\n{LONG}", "<b>" + "x y " * 40])
def test_a_long_tip_wraps_and_says_the_same(qtbot: QtBot, text: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    QToolTip.showText(QPoint(10, 10), as_written(text), window)
    label = next(it for it in QApplication.topLevelWidgets() if it.inherits("QTipLabel"))
    letter = label.fontMetrics().averageCharWidth()
    assert label.width() < 110 * letter, "it goes across the screen"
    assert label.height() > 1.8 * label.fontMetrics().height()
    QToolTip.hideText()


@pytest.mark.parametrize("text", ["Tencent  腾讯控股", "Last: 612.500\nReceived at 10:00:00.", ""])
def test_a_short_tip_stays_plain(text: str) -> None:
    assert as_written(text) == text
