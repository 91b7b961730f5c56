"""The button that goes back to the newest bars; it is there while they are out of view."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QToolButton

from alltick_desk.ui.chart.icons import Icon, icon
from alltick_desk.ui.chart.view import ChartView
from alltick_desk.ui.theme import Theme

translate = QCoreApplication.translate

_EDGE_PX = 10.0


class NowButton(QToolButton):
    """Stands in the lower right corner of the price pane."""

    def __init__(self, view: ChartView) -> None:
        super().__init__(view)
        self._view = view
        self.setObjectName("chartNow")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.clicked.connect(self._go)
        self.hide()
        view.redrawn.append(self._place)
        view.installEventFilter(self)

    def stand(self, *, shown: bool) -> None:
        """Be there, or not."""
        if shown and self.isHidden():
            self._place()
        self.setVisible(shown)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.setIcon(icon(Icon.NOW, theme.text))

    def translate(self) -> None:
        """Take the words of the current language."""
        self.setAccessibleName(translate("Chart", "Back to now"))
        self.setToolTip(translate("Chart", "Back to the newest bar (End)"))

    def _go(self) -> None:
        self._view.go_to_now()
        self._view.setFocus()

    def _place(self) -> None:
        size, area = self.sizeHint(), self._view.price.area
        x, y = area.right() - size.width() - _EDGE_PX, area.bottom() - size.height() - _EDGE_PX
        self.setGeometry(round(x), round(y), size.width(), size.height())

    # Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
