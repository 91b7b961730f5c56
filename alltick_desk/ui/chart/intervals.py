"""The row of buttons that choose a chart's interval."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QToolButton, QWidget

from alltick_desk.model.interval import Interval
from alltick_desk.model.words import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

_INTERVALS = (
    QT_TRANSLATE_NOOP("Chart", "1m"),
    QT_TRANSLATE_NOOP("Chart", "5m"),
    QT_TRANSLATE_NOOP("Chart", "15m"),
    QT_TRANSLATE_NOOP("Chart", "30m"),
    QT_TRANSLATE_NOOP("Chart", "1h"),
    QT_TRANSLATE_NOOP("Chart", "2h"),
    QT_TRANSLATE_NOOP("Chart", "4h"),
    QT_TRANSLATE_NOOP("Chart", "1d"),
    QT_TRANSLATE_NOOP("Chart", "1w"),
    QT_TRANSLATE_NOOP("Chart", "1mo"),
)


class IntervalButtons(QWidget):
    """A button for each interval; those that the instrument does not have are disabled.

    Where there is little room they fold into one button with a menu.
    """

    FOLDS = 1  # how often it can be made narrower

    def __init__(self, on_choose: Callable[[Interval], None], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._on_choose = on_choose
        group = QButtonGroup(self)
        group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._buttons: dict[Interval, QToolButton] = {}
        for number, interval in enumerate(Interval):
            button = QToolButton(self)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setEnabled(False)
            button.setObjectName(f"interval_{interval.value}")
            group.addButton(button, number)
            row.addWidget(button)
            self._buttons[interval] = button
        group.idClicked.connect(self._choose)
        self._all = QToolButton(self)
        self._all.setObjectName("intervals")
        self._all.setAutoRaise(True)
        self._all.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._all)
        self._menu.setObjectName("intervals.menu")
        self._menu.aboutToShow.connect(self._fill)
        self._all.setMenu(self._menu)
        self._all.setStyleSheet("QToolButton::menu-indicator { image: none; }")  # it is in the text
        self._all.hide()
        row.addWidget(self._all)

    def width_at(self, fold: int) -> int:
        """Return how wide it is, in pixels, folded so often."""
        buttons = [self._all] if fold else self._buttons.values()
        return sum(button.sizeHint().width() for button in buttons)

    def fold(self, fold: int) -> None:
        """Stand as separate buttons for 0, as one for 1."""
        for button in self._buttons.values():
            button.setVisible(not fold)
        self._all.setVisible(bool(fold))

    def show_state(self, code: str, known: Sequence[Interval], chosen: Interval) -> None:
        """Enable the ``known`` intervals of an instrument; "" for no instrument."""
        for interval, button in self._buttons.items():
            has = interval in known
            button.setEnabled(has)
            button.setChecked(bool(code) and interval is chosen)
            if has or not code:
                tip = translate("Chart", "Show {interval} bars").format(interval=button.text())
            else:
                tip = translate("Chart", "The vendor has no {interval} bars for {code}.").format(
                    interval=button.text(), code=code
                )
            button.setToolTip(tip)
            if code and interval is chosen:
                self._show_chosen(button.text())
        self._all.setEnabled(bool(code))

    def text(self, interval: Interval) -> str:
        """Return what an interval is called."""
        return self._buttons[interval].text()

    def translate(self) -> None:
        """Take the words of the current language."""
        for interval, button in self._buttons.items():
            button.setText(translate("Chart", interval.value))
            name = translate("Chart", "Interval {interval}").format(interval=button.text())
            button.setAccessibleName(name)
            if button.isChecked():
                self._show_chosen(button.text())
        self._all.setAccessibleName(translate("Chart", "Interval"))
        self._all.setToolTip(translate("Chart", "Interval"))

    def _choose(self, button_id: int) -> None:
        self._on_choose(list(Interval)[button_id])

    def _show_chosen(self, text: str) -> None:
        self._all.setText(f"{text} ▾")
        self._all.setAccessibleDescription(text)

    def _fill(self) -> None:
        """Offer what the buttons offer."""
        self._menu.clear()
        for button in self._buttons.values():
            action = self._menu.addAction(button.text())
            action.setObjectName(f"chart.{button.objectName()}")
            action.setCheckable(True)
            action.setChecked(button.isChecked())
            action.setEnabled(button.isEnabled())
            action.triggered.connect(button.click)
