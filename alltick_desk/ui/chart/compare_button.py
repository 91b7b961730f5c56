"""The button that has a chart compare; light, since every chart has it from the start."""

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import QToolButton, QWidget

from alltick_desk.ui.chart.icons import drawn_icon
from alltick_desk.ui.theme import Theme

translate = QCoreApplication.translate

KEY = Qt.Key.Key_C  # does the same where the chart has the keyboard


class CompareButton(QToolButton):
    """Greyed until there is somebody who compares."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chartCompare")
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setEnabled(False)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.setIcon(drawn_icon(_draw_icon, theme.text))

    def translate(self) -> None:
        """Take the words of the current language."""
        self.setAccessibleName(translate("Compare", "Compare"))
        words = translate("Compare", "Compare with other instruments, in percent ({key})")
        self.setToolTip(words.format(key=QKeySequence(KEY).toString()))


def _draw_icon(painter: QPainter) -> None:
    """Draw two lines that part, and a percent sign's dots."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    start = QPointF(1.5, 9.0)
    painter.drawPolyline([start, QPointF(6.0, 6.0), QPointF(9.5, 7.5), QPointF(14.5, 2.0)])
    pen = painter.pen()
    pen.setDashPattern([1.5, 1.8])
    painter.setPen(pen)
    painter.drawPolyline([start, QPointF(6.0, 11.0), QPointF(10.0, 10.0), QPointF(14.5, 14.0)])
    painter.drawEllipse(QRectF(0.5, 8.0, 2.0, 2.0))
