"""The form of one indicator: parameters, colours, and the pane that it is in."""

from collections.abc import Callable, Container, Sequence

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.model.words import Sentence
from alltick_desk.services.indicators.declaration import Indicator, Value
from alltick_desk.services.indicators.parameters import filled
from alltick_desk.services.indicators.templates import Colour, Entry
from alltick_desk.ui.chart.indicators.fields import ParameterField
from alltick_desk.ui.chart.indicators.manager import ChartIndicators
from alltick_desk.ui.chart.indicators.swatch import ColourButton
from alltick_desk.ui.settings.parts import Hint, Problem
from alltick_desk.ui.theme import Theme
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate

_OWN = "own"
_BESIDE_BAR_PX = 8
_NO_NUMBER = Sentence(
    "Indicators",
    "There are no more than eight panes that indicators can share, and all of them are in use. "
    "Move one of the others first.",
)


class EntryEditor(QScrollArea):
    """Changes one of the chart's indicators; whatever is changed shows at once."""

    def __init__(
        self, indicators: ChartIndicators, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._indicators, self._theme = indicators, theme
        self._place: int | None = None
        self._indicator: Indicator | None = None
        self._fields: list[ParameterField] = []
        self._colours: dict[str, ColourButton] = {}
        self._panes: QComboBox | None = None
        self._hint: Hint | None = None
        self._problem: Problem | None = None
        self.setObjectName("indicatorEditor")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(translate("Indicators", "Settings of the indicator"))
        self.verticalScrollBar().rangeChanged.connect(self._leave_room)

    def set_theme(self, theme: Theme) -> None:
        """Show the colours of another theme."""
        self._theme = theme
        for button in self._colours.values():
            button.set_theme(theme)

    def show_entry(self, place: int | None) -> None:
        """Edit the entry at a place; None for none. What has the focus keeps it where it can."""
        indicator = None if place is None else self._indicators.entries[place].indicator
        if (
            place is None
            or indicator is None
            or (place, indicator) != (self._place, self._indicator)
        ):
            self._place, self._indicator = place, indicator
            self._build(place, indicator)
        if place is not None:
            self._load(place)

    def begin(self) -> None:
        """Put the cursor into the first field."""
        if self._fields:
            self._fields[0].widget.setFocus()

    # building

    def _build(self, place: int | None, indicator: Indicator | None) -> None:
        self._fields, self._colours, self._panes = [], {}, None
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        self._hint, self._problem = Hint("", body), Problem(body)
        self._hint.setObjectName("indicatorHint")
        self._hint.hide()
        self._problem.setObjectName("indicatorProblem")
        if indicator is not None:
            title = QLabel(translate("Indicators", indicator.title), body)
            title.setWordWrap(True)
            font = title.font()
            font.setBold(True)
            title.setFont(font)
            column.addWidget(title)
            column.addWidget(self._hint)
            column.addLayout(self._form(indicator, body))
        elif place is None:
            words = translate(
                "Indicators", "Choose an indicator from the list to change its looks."
            )
            column.addWidget(Hint(words, body))
        else:
            column.addWidget(self._hint)
        column.addWidget(self._problem)
        column.addStretch(1)
        self.setWidget(body)

    def _form(self, indicator: Indicator, body: QWidget) -> QFormLayout:
        form = QFormLayout()
        for parameter in indicator.parameters:
            field = ParameterField(parameter, self._parameters_changed, body)
            self._fields.append(field)
            form.addRow(translate("Indicators", parameter.title), field.widget)
        for line in indicator.lines:
            title = translate("Indicators", line.title)
            button = ColourButton(
                title, line.colour, self._theme, self._colour_taker(line.id), body
            )
            button.setObjectName(f"colourOf.{line.id}")
            self._colours[line.id] = button
            words = translate("Indicators", "Colour of {line}")
            form.addRow(words.format(line=title), button)
        self._panes = QComboBox(body)
        self._panes.setObjectName("indicatorPane")
        self._panes.setAccessibleName(translate("Indicators", "Pane"))
        self._panes.activated.connect(self._pane_chosen)
        form.addRow(translate("Indicators", "Pane"), self._panes)
        return form

    def _leave_room(self, _least: int, most: int) -> None:
        """Keep the fields off the scroll bar where there is one."""
        body = self.widget()
        layout = None if body is None else body.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, _BESIDE_BAR_PX if most else 0, 0)

    # showing

    def _load(self, place: int) -> None:
        entry = self._indicators.entries[place]
        if entry.indicator is not None:
            values = filled(entry.indicator, entry.parameters)
            for field in self._fields:
                if field.value != values[field.parameter.id]:
                    field.show_value(values[field.parameter.id])
            for line, button in self._colours.items():
                button.show_colour(entry.colour(line))
            self._load_panes(place)
        self._say(())
        if self._hint is not None:
            hint = self._indicators.hint(place)
            self._hint.setText(spoken(hint))
            self._hint.setVisible(bool(hint))

    def _load_panes(self, place: int) -> None:
        box, indicators = self._panes, self._indicators
        if box is None:
            return
        where, mates = indicators.where(place), indicators.mates(place)
        fixed = {
            "price": translate("Indicators", "Over the price"),
            "volume": translate("Indicators", "Over the volume"),
        }
        with QSignalBlocker(box):
            box.clear()
            for name, title in fixed.items():
                box.addItem(title, name)
            box.addItem(translate("Indicators", "A pane of its own"), _OWN)
            chosen: object = where if where in fixed else _OWN
            seen = {where: where in fixed}
            for other in range(len(indicators.entries)):
                pane = indicators.where(other)
                if other != place and pane not in fixed and not seen.get(pane):
                    seen[pane] = True
                    words = translate("Indicators", "Together with {indicator}")
                    box.addItem(words.format(indicator=indicators.label(other)), other)
                    if other in mates:
                        chosen = other
            box.setCurrentIndex(box.findData(chosen))

    def _say(self, faults: Sequence[str]) -> None:
        if self._problem is not None:
            self._problem.say(spoken(*faults))

    # taking

    def _parameters_changed(self) -> None:
        if self._indicator is None:
            return
        fields = {field.parameter.id: field for field in self._fields}
        chosen: dict[str, Value] = {
            name: field.value
            for name, field in fields.items()
            if field.value != field.parameter.default
        }
        self._change(lambda entry: replace(entry, parameters=_without(entry, fields) | chosen))

    def _colour_taker(self, line: str) -> Callable[[Colour], None]:
        def take(colour: Colour) -> None:
            self._change(lambda entry: replace(entry, colours={**entry.colours, line: colour}))

        return take

    def _pane_chosen(self) -> None:
        if self._place is None or self._panes is None:
            return
        wanted, indicators = self._panes.currentData(), self._indicators
        if isinstance(wanted, int):
            done = indicators.join(self._place, wanted)
        elif wanted == _OWN:
            done = indicators.part(self._place)
        else:
            self._change(lambda entry: replace(entry, pane=wanted))
            done = True
        if not done:
            self._load_panes(self._place)
            self._say((_NO_NUMBER,))

    def _change(self, change: Callable[[Entry], Entry]) -> None:
        if self._place is not None:
            entry = change(self._indicators.entries[self._place])
            faults = self._indicators.replace(self._place, entry)
            if faults:
                self._say(faults)


def _without(entry: Entry, fields: Container[str]) -> dict[str, Value]:
    """Return the parameters that have no field: another version's, which are kept."""
    return {name: value for name, value in entry.parameters.items() if name not in fields}
