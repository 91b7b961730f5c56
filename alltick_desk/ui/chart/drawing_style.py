"""The dialog for how drawings look; what it changes is seen at once, and undone by Cancel."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.model.drawings import (
    DASHES,
    LONGEST_TEXT,
    WIDTHS,
    Drawing,
    Kind,
    problems,
)
from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.ui.chart.drawing_colours import ColourButton
from alltick_desk.ui.chart.drawing_levels import LevelsEditor
from alltick_desk.ui.chart.drawing_words import kind_name
from alltick_desk.ui.plain_buttons import plain_buttons
from alltick_desk.ui.settings.parts import Problem, raise_page
from alltick_desk.ui.theme import Theme
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate

_DASH_NAMES = {
    "solid": QT_TRANSLATE_NOOP("Drawings", "Solid"),
    "dashed": QT_TRANSLATE_NOOP("Drawings", "Dashed"),
    "dotted": QT_TRANSLATE_NOOP("Drawings", "Dotted"),
}
_LEAST_PX = 300  # or the title bar has no room for the longest title
_FILLED = {Kind.CHANNEL, Kind.RECTANGLE, Kind.FIBONACCI}
_EXTENDED = {Kind.CHANNEL, Kind.FIBONACCI}


class StyleDialog(QDialog):
    """Asks how drawings should look.

    Only what the person changes is changed: drawings of several styles keep the rest of theirs.

    Args:
        drawings: what is styled, at least one.
        preview: called with them as they would look.
    """

    def __init__(
        self,
        drawings: tuple[Drawing, ...],
        preview: Callable[[Iterable[Drawing]], None],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._drawings = drawings
        self._preview = preview
        self._changes: dict[str, object] = {}
        first = drawings[0].style
        kinds = {drawing.kind for drawing in drawings}
        self.setObjectName("drawingStyle")
        name = kind_name(drawings[0].kind) if len(kinds) == 1 else translate("Drawings", "Drawings")
        self.setWindowTitle(translate("Drawings", "Style: {kind}").format(kind=name))

        raise_page(self)
        self._form = QFormLayout()
        self._colour(translate("Drawings", "Colour"), "colour", first.colour, theme)
        if kinds != {Kind.TEXT}:
            self._add_lines(first.width, first.dash)
        if kinds & _FILLED:
            none = translate("Drawings", "No fill")
            self._colour(translate("Drawings", "Fill"), "fill", first.fill, theme, none)
        if kinds & _EXTENDED:
            self._add_extends(on=first.extends)
        if len(drawings) == 1:
            self._add_text(first.text)
        if kinds == {Kind.FIBONACCI}:
            self._levels = LevelsEditor(theme, self._relevel, self)
            self._levels.show_levels(first.levels)
            self._form.addRow(translate("Drawings", "Levels"), self._levels)
        self._problem = Problem(self)
        self._buttons = plain_buttons(
            QDialogButtonBox(
                QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
            )
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.setMinimumWidth(_LEAST_PX)
        column = QVBoxLayout(self)
        column.addLayout(self._form)
        column.addWidget(self._problem)
        column.addStretch(1)
        column.addWidget(self._buttons)

    def styled(self) -> list[Drawing]:
        """Return the drawings as they would look."""
        return [self._with_changes(drawing) for drawing in self._drawings]

    def _with_changes(self, drawing: Drawing) -> Drawing:
        changes = dict(self._changes)
        if drawing.kind not in _FILLED:
            changes.pop("fill", None)
        if drawing.kind not in _EXTENDED:
            changes.pop("extends", None)
        return replace(drawing, style=replace(drawing.style, **changes))

    def _change(self, field: str, value: object) -> None:
        self._changes[field] = value
        styled = self.styled()
        faults = [problem for drawing in styled for problem in problems(drawing)]
        self._problem.say(spoken(*faults[:1]) if faults else "")
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not faults)
        self._preview(styled)

    def _relevel(self) -> None:
        self._change("levels", self._levels.levels)

    # building

    def _colour(
        self, title: str, field: str, colour: str, theme: Theme, none: str | None = None
    ) -> None:
        button = ColourButton(
            title, theme, lambda chosen: self._change(field, chosen), none=none, parent=self
        )
        button.setObjectName(f"drawingStyle.{field}")
        button.show_colour(colour)
        self._form.addRow(title, button)

    def _add_lines(self, width: float, dash: str) -> None:
        thick = QDoubleSpinBox(self)
        thick.setObjectName("drawingStyle.width")
        thick.setRange(*WIDTHS)
        thick.setSingleStep(0.5)
        thick.setDecimals(1)
        thick.setSuffix(translate("Drawings", " px"))
        thick.setValue(width)
        thick.setAccessibleName(translate("Drawings", "Width"))
        thick.valueChanged.connect(lambda value: self._change("width", value))
        self._form.addRow(translate("Drawings", "Width"), thick)
        box = QComboBox(self)
        box.setObjectName("drawingStyle.dash")
        box.setAccessibleName(translate("Drawings", "Line"))
        for word in DASHES:
            box.addItem(translate("Drawings", _DASH_NAMES[word]), word)
        box.setCurrentIndex(DASHES.index(dash))
        box.currentIndexChanged.connect(lambda index: self._change("dash", DASHES[index]))
        self._form.addRow(translate("Drawings", "Line"), box)

    def _add_extends(self, *, on: bool) -> None:
        box = QCheckBox(translate("Drawings", "Goes on to the right"), self)
        box.setObjectName("drawingStyle.extends")
        box.setChecked(on)
        box.toggled.connect(lambda checked: self._change("extends", checked))
        self._form.addRow("", box)

    def _add_text(self, text: str) -> None:
        line = QLineEdit(text, self)
        line.setObjectName("drawingStyle.text")
        line.setMaxLength(LONGEST_TEXT)
        line.setAccessibleName(translate("Drawings", "Text"))
        line.textEdited.connect(lambda typed: self._change("text", typed))
        self._form.addRow(translate("Drawings", "Text"), line)
