"""What stands above the chart: the instrument, the buttons, one bar's figures, and a note."""

from itertools import zip_longest
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from alltick_desk.ui.chart.elided import ElidedLabel
from alltick_desk.ui.chart.readout import ReadOut
from alltick_desk.ui.theme import Theme

translate = QCoreApplication.translate

_TITLE_PX = 150  # what a title should have before buttons may take the room
_CODE_PX = 72  # what a code keeps in any case
_GAP_PX = 6
_NOTE_SHARE = 0.4  # of the width, which the figures leave to a note that is so long


class Foldable(Protocol):
    """Buttons that can stand closer; ``FOLDS`` times."""

    FOLDS: int

    def width_at(self, fold: int) -> int:
        """Return the width in pixels, folded so often."""

    def fold(self, fold: int) -> None:
        """Fold so often; 0 shows everything."""


class Heading(QWidget):
    """Two rows: the title with buttons to its right, and the read-out with a note to its right.

    Where there is little room the buttons fold, one group after the other, so that the title can
    be read.

    Attributes:
        readout: the figures of one bar.
    """

    def __init__(
        self, theme: Theme, intervals: QWidget, controls: QWidget, parent: QWidget
    ) -> None:
        """``intervals`` and ``controls`` are ``Foldable``."""
        super().__init__(parent)
        self._theme = theme
        self._groups: tuple[Foldable, ...] = (intervals, controls)  # type: ignore[assignment]
        self._folds = _steps(self._groups)
        self._fold = 0
        self._extra: list[QWidget] = []
        self._quiet = False
        self._name = ElidedLabel(self)
        self._name.setObjectName("chartName")
        bold = self._name.font()
        bold.setBold(True)
        self._name.setFont(bold)
        self._code = ElidedLabel(self)
        self._code.setObjectName("chartCode")
        self._note = ElidedLabel(self)
        self._note.setObjectName("chartNote")
        # The note has what the figures leave, and its share in any case.
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.readout = ReadOut(theme, self)
        self._title = title = QHBoxLayout()
        title.setContentsMargins(8, 4, 4, 0)
        title.setSpacing(_GAP_PX)
        title.addWidget(self._name)
        title.addWidget(self._code)
        title.addStretch(1)
        title.addWidget(intervals)
        title.addWidget(controls)
        figures = QHBoxLayout()
        figures.setContentsMargins(8, 0, 8, 3)
        figures.setSpacing(12)
        figures.addWidget(self.readout)
        figures.addWidget(self._note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(title)
        column.addLayout(figures)

    @property
    def title(self) -> str:
        """What is charted."""
        return " ".join(filter(None, (self._name.text(), self._code.text())))

    def name(self, name: str, code: str) -> None:
        """Name the instrument; ``code`` alone where it has no name."""
        self._name.setText(name or code)
        self._code.setText(code if name else "")
        self._code.setMinimumWidth(min(self._code.sizeHint().width(), _CODE_PX))
        self.fit()

    def add_first(self, widget: QWidget) -> None:
        """Put something in front of the title."""
        self._title.insertWidget(0, widget)
        self._extra.append(widget)
        self.fit()

    def add_last(self, widget: QWidget) -> None:
        """Put something behind all buttons; what stood in another heading leaves it."""
        self._title.addWidget(widget)
        self._extra.append(widget)
        self.fit()

    def let_go(self, widget: QWidget) -> None:
        """Make no more room for what was added."""
        if widget in self._extra:
            self._extra.remove(widget)
            self._title.removeWidget(widget)
            self.fit()

    def set_quiet(self, quiet: bool) -> None:
        """Have the name step back: another chart is the active one."""
        self._quiet = quiet
        self.set_theme(self._theme)

    def note(self, text: str) -> None:
        """Say something in passing; "" for nothing."""
        self._note.setText(text)
        self._give_share()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.readout.set_theme(theme)
        name = theme.muted if self._quiet else theme.text
        for label, colour in (
            (self._name, name),
            (self._code, theme.muted),
            (self._note, theme.muted),
        ):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), colour)
            label.setPalette(palette)

    def translate(self) -> None:
        """Take the words of the current language."""
        self._name.setAccessibleName(translate("Chart", "Charted instrument"))
        self._code.setAccessibleName(translate("Chart", "Charted code"))
        self._note.setAccessibleName(translate("Chart", "Chart note"))
        self.readout.setAccessibleName(translate("Chart", "Bar"))
        self.readout.forget_width()
        self.fit()

    def fit(self) -> None:
        """Fold the buttons no more than the title needs."""
        wish = self._name.sizeHint().width() + self._code.sizeHint().width() + _GAP_PX
        room = self.width() - min(wish, _TITLE_PX)
        fold = next((it for it in range(len(self._folds)) if self._need(it) <= room), -1)
        fold = fold % len(self._folds)
        if fold != self._fold:
            self._fold = fold
            for group, times in zip(self._groups, self._folds[fold], strict=True):
                group.fold(times)

    def _give_share(self) -> None:
        """Keep room for the note, what is wrong for one, where the figures would take all."""
        most = round(_NOTE_SHARE * self.width())
        words = self._note.fontMetrics().horizontalAdvance(self._note.text())
        self._note.setMinimumWidth(min(words, most))

    def _need(self, fold: int) -> int:
        """Return what everything but the title takes, folded so far, in pixels."""
        margins = self._title.contentsMargins()
        folds = zip(self._groups, self._folds[fold], strict=True)
        widths = [group.width_at(times) for group, times in folds]
        widths += [it.sizeHint().width() for it in self._extra if not it.isHidden()]
        return margins.left() + margins.right() + sum(widths) + _GAP_PX * (len(widths) + 1)

    # Qt

    def minimumSizeHint(self) -> QSize:
        narrow = self._need(len(self._folds) - 1) + self._code.minimumWidth()
        return QSize(narrow, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        self._give_share()


def _steps(groups: tuple[Foldable, ...]) -> tuple[tuple[int, ...], ...]:
    """Return how often each group is folded, step by step: every one once, then again."""
    folds = [0] * len(groups)
    steps = [tuple(folds)]
    for turn in zip_longest(*(range(group.FOLDS) for group in groups)):
        for number, fold in enumerate(turn):
            if fold is not None:
                folds[number] = fold + 1
                steps.append(tuple(folds))
    return tuple(steps)
