"""Comparing a chart with other instruments: lines in percent, and all that a person has for them.

Compared is what a chart shows, not what an instrument is: the list stays while a person goes from
instrument to instrument, and is kept with the chart's look.
"""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QMenu, QWidget

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.words import Sentence
from alltick_desk.observe import Hook
from alltick_desk.services.comparison import Comparison
from alltick_desk.ui.chart.announce import announce
from alltick_desk.ui.chart.compare_button import CompareButton
from alltick_desk.ui.chart.compare_line import ComparedLine, OwnPercent
from alltick_desk.ui.chart.compare_tool import CompareTool
from alltick_desk.ui.chart.controls import ChartControls
from alltick_desk.ui.chart.layers import Layer
from alltick_desk.ui.chart.look import ChartLook
from alltick_desk.ui.chart.scale import ScaleKind
from alltick_desk.ui.chart.view import ChartView
from alltick_desk.ui.theme import Theme
from alltick_desk.ui.vendors import code_of

if TYPE_CHECKING:  # loaded when the dialog is first opened
    from alltick_desk.ui.chart.compare_dialog import CompareDialog

# Makes what instruments are looked for with: a widget in a parent, which calls with those chosen.
Search: TypeAlias = Callable[[Callable[[Sequence[InstrumentKey]], None], QWidget], QWidget]

translate = QCoreApplication.translate

_Z = 9.0  # over the candles, under indicators and drawings
_LOST = Sentence(
    "Compare",
    "What the chart was compared with last time could not be read, so it begins without.",
)


class ChartComparison(QObject):
    """Draws what one chart is compared with, and lets a person choose it.

    ``look`` returns how the chart looks and ``change`` has it look otherwise: while anything is
    compared the price scale is in percent, unless the person chooses another, and afterwards it
    is what it was before.

    Attributes:
        dialog: made when it is first opened.
        changed: emitted when ``saved`` gives something else.
    """

    def __init__(
        self,
        view: ChartView,
        controls: ChartControls,
        button: CompareButton,
        theme: Theme,
        *,
        look: Callable[[], ChartLook],
        change: Callable[[ChartLook], None],
    ) -> None:
        super().__init__(view)
        self._view, self._controls, self._theme = view, controls, theme
        self._button = button
        self._look, self._change = look, change
        self._comparison: Comparison | None = None
        self._search: Search | None = None
        self._label: Callable[[InstrumentKey], str] = code_of
        self._name_of: Callable[[InstrumentKey], str] = str
        self._lines: list[ComparedLine] = []
        self._own: OwnPercent | None = None
        self._before: ScaleKind | None = None  # the scale to go back to; None while none is
        self._live_version = 0
        self._handles: tuple[Any, ...] = ()
        self._tool = CompareTool(self.edit, self.remove, self._compares)
        self.changed: Hook[[]] = Hook()
        self.dialog: CompareDialog | None = None
        self._soon = QTimer(self)  # changes that no tick brings must show though no frame is due
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._refresh)

    def bind(
        self,
        comparison: Comparison,
        search: Search,
        *,
        label: Callable[[InstrumentKey], str] = code_of,
        name_of: Callable[[InstrumentKey], str] = str,
    ) -> None:
        """Show what ``comparison`` holds; to be called once.

        ``label`` returns an instrument's code, with its vendor where that is a question;
        ``name_of`` its name, "" where none is known.
        """
        self._comparison, self._search = comparison, search
        self._label, self._name_of = label, name_of
        self._handles = (
            comparison.chosen.connect(self._settle),
            comparison.changed.connect(self._expire),
        )
        self._view.tools.keep(self._tool)
        self._view.redrawn.append(self._reach)
        self._controls.more.append(self._fill_menu)
        self._button.clicked.connect(self.edit)
        self._button.setEnabled(True)
        self._settle()

    # what is kept

    def saved(self) -> str:
        """Return what is compared as a text for ``begin``; "" for nothing."""
        if self._comparison is None or self._before is None:
            return ""
        lines = [None if key is None else str(key) for key in self._comparison.slots]
        return json.dumps({"scale": self._before.value, "lines": lines})

    def begin(self, saved: str) -> str:
        """Compare as ``saved`` tells; return a sentence where that cannot be read, else ""."""
        if not saved or self._comparison is None:
            return ""
        try:
            told = json.loads(saved)
            before = ScaleKind(told["scale"])
            keys = [None if line is None else InstrumentKey.parse(line) for line in told["lines"]]
        except (ValueError, TypeError, KeyError, AttributeError):
            return _LOST
        if any(keys):
            self._before = before  # the look was kept as it is while comparing
            self._comparison.fill(keys)
        return ""

    # what a person does

    def edit(self) -> None:
        """Open the dialog."""
        if self._comparison is None or self._search is None:
            return
        if self.dialog is None:
            from alltick_desk.ui.chart.compare_dialog import CompareDialog

            self.dialog = CompareDialog(
                self._comparison,
                self._search,
                self._theme,
                label=self._label,
                name_of=self._name_of,
                parent=self._controls,
            )
        self.dialog.begin()

    def remove(self, key: InstrumentKey | None) -> None:
        """Compare an instrument no more; all of them for None."""
        if self._comparison is not None:
            for each in self._comparison.keys if key is None else (key,):
                self._comparison.remove(each)

    # following

    def on_frame(self) -> None:
        """Show what changed since the last frame; cheap where nothing did."""
        comparison = self._comparison
        if comparison is None:
            return
        if self._soon.isActive():
            self._refresh()
        elif comparison.live_version != self._live_version:
            self._live_version = comparison.live_version
            frame = self._view.price.frame
            if frame is not None:
                self._view.refresh_live(forming=frame.provisional)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        if self.dialog is not None:
            self.dialog.set_theme(theme)

    # inside

    def _expire(self) -> None:
        if not self._soon.isActive():
            self._soon.start(0)

    def _refresh(self) -> None:
        self._soon.stop()
        if self._comparison is not None:
            self._live_version = self._comparison.live_version
        self._view.refit()

    def _reach(self) -> None:
        """Have bars ready for what is in view."""
        frame, series = self._view.price.frame, self._view.series
        if self._comparison is not None and frame is not None and frame.first < len(series):
            self._comparison.reach(int(series.time[frame.first]), frame.last - frame.first)

    def _settle(self) -> None:
        """Have a line for each that is compared, and the scale for them."""
        comparison = self._comparison
        if comparison is None:
            return
        before = {line.member: line for line in self._lines}
        pane = self._view.price
        for layer in self._layers():
            pane.remove(layer)
        self._lines = [
            before.get(member) or ComparedLine(member, self._view, self._label)
            for member in comparison.members
        ]
        self._own = OwnPercent(comparison, self._view, self._label) if self._lines else None
        for layer in self._layers():
            pane.add(layer, _Z)
        self._choose_scale()
        self._view.refit()
        self._tell(list(before.values()))
        self.changed.emit()

    def _layers(self) -> list[Layer]:
        return [*([] if self._own is None else [self._own]), *self._lines]

    def _choose_scale(self) -> None:
        look = self._look()
        if self._lines and self._before is None:
            self._before = look.scale
            self._change(look._replace(scale=ScaleKind.PERCENT))
        elif not self._lines and self._before is not None:
            before, self._before = self._before, None
            if look.scale is ScaleKind.PERCENT:
                self._change(look._replace(scale=before))

    def _tell(self, before: Sequence[ComparedLine]) -> None:
        """Say what came and went, for who cannot see it."""
        for words, lines, others in (
            (translate("Compare", "{code} is compared."), self._lines, before),
            (translate("Compare", "{code} is compared no more."), before, self._lines),
        ):
            for line in lines:
                if line not in others:
                    announce(self._view, words.format(code=line.code))

    def _compares(self) -> bool:
        return bool(self._lines)

    def _fill_menu(self, menu: QMenu) -> None:
        menu.addSeparator()
        self._tool.fill(menu)
        for line in self._lines:
            action = menu.addAction(translate("Compare", "Remove {code}").format(code=line.code))
            action.setObjectName(f"compare.remove.{line.member.key}")
            action.triggered.connect(partial(self._remove_by_menu, line.member.key))

    def _remove_by_menu(self, key: InstrumentKey, _on: bool = False) -> None:
        self.remove(key)
