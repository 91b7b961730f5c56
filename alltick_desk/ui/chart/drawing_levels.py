"""The levels of a retracement, to be edited: a row each."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.model.drawings import FURTHEST_LEVEL, KINDS, MOST_LEVELS, Kind, Level
from alltick_desk.ui.chart.drawing_colours import ColourButton
from alltick_desk.ui.theme import Theme

translate = QCoreApplication.translate

_STEP = 0.1
_ROWS_SHOWN = 8


class LevelsEditor(QWidget):
    """Edits levels; ``on_change`` is called after each change of the person's."""

    def __init__(
        self, theme: Theme, on_change: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._on_change = on_change
        self._levels: list[Level] = []
        self._rows = QWidget(self)
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 4, 0)
        self._grid.setColumnStretch(1, 1)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._rows)
        for ground in (scroll.viewport(), self._rows):
            ground.setAutoFillBackground(False)  # the dialog's own shows
        self._scroll = scroll
        self._add = QPushButton(translate("Drawings", "Add level"), self)
        self._add.setObjectName("drawingLevels.add")
        self._add.clicked.connect(self._add_level)
        usual = QPushButton(translate("Drawings", "Usual levels"), self)
        usual.setObjectName("drawingLevels.usual")
        usual.clicked.connect(self._take_usual)
        buttons = QHBoxLayout()
        for button in (self._add, usual):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        column.addLayout(buttons)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels as they stand."""
        return tuple(self._levels)

    def show_levels(self, levels: Sequence[Level]) -> None:
        """Show levels without telling anybody."""
        self._levels = sorted(levels, key=lambda level: level.ratio)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, level in enumerate(self._levels):
            self._show_row(number, level)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self._add.setEnabled(len(self._levels) < MOST_LEVELS)
        bar_px = self._scroll.verticalScrollBar().sizeHint().width()
        self._scroll.setMinimumWidth(self._grid.sizeHint().width() + bar_px)
        row_px = self._grid.sizeHint().height() / max(1, len(self._levels))
        self._scroll.setMinimumHeight(round(row_px * min(max(len(self._levels), 1), _ROWS_SHOWN)))

    def _show_row(self, number: int, level: Level) -> None:
        ratio = QDoubleSpinBox(self._rows)
        ratio.setRange(-FURTHEST_LEVEL, FURTHEST_LEVEL)
        ratio.setDecimals(3)
        ratio.setSingleStep(_STEP)
        ratio.setValue(level.ratio)
        ratio.setKeyboardTracking(False)
        ratio.setObjectName(f"drawingLevels.ratio.{number}")
        ratio.setAccessibleName(translate("Drawings", "Level"))
        ratio.valueChanged.connect(lambda value: self._change(number, ratio=value))
        colour = ColourButton(
            translate("Drawings", "Colour of the level"),
            self._theme,
            lambda chosen: self._change(number, colour=chosen),
            none=translate("Drawings", "As the line"),
            parent=self._rows,
        )
        colour.show_colour(level.colour)
        remove = QToolButton(self._rows)
        remove.setText("×")
        remove.setObjectName(f"drawingLevels.remove.{number}")
        remove.setAccessibleName(translate("Drawings", "Remove level"))
        remove.setToolTip(translate("Drawings", "Remove level"))
        remove.clicked.connect(lambda: self._remove(number))
        for column, widget in enumerate((ratio, colour, remove)):
            self._grid.addWidget(widget, number, column)

    def _change(self, number: int, **fields: object) -> None:
        self._levels[number] = replace(self._levels[number], **fields)
        self._on_change()

    def _add_level(self) -> None:
        highest = max((level.ratio for level in self._levels), default=-1.0)
        self.show_levels([*self._levels, Level(min(round(highest + 1.0, 3), FURTHEST_LEVEL))])
        self._on_change()

    def _remove(self, number: int) -> None:
        self.show_levels(self._levels[:number] + self._levels[number + 1 :])
        self._on_change()

    def _take_usual(self) -> None:
        self.show_levels(KINDS[Kind.FIBONACCI].style.levels)
        self._on_change()
