"""The row of buttons that choose a chart's interval."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

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
    """A button for each interval; those that the instrument does not have are disabled."""

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

    def text(self, interval: Interval) -> str:
        """Return what an interval is called."""
        return self._buttons[interval].text()

    def translate(self) -> None:
        """Take the words of the current language."""
        for interval, button in self._buttons.items():
            button.setText(translate("Chart", interval.value))
            name = translate("Chart", "Interval {interval}").format(interval=button.text())
            button.setAccessibleName(name)

    def _choose(self, button_id: int) -> None:
        self._on_choose(list(Interval)[button_id])
