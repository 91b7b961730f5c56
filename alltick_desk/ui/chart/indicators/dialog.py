"""The dialog: what can be added, what is on the chart, how it looks, and templates."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.services.indicators.library import obstacle
from alltick_desk.services.indicators.templates import Entry
from alltick_desk.services.template_shelf import TemplateShelf
from alltick_desk.ui.chart.indicators.chosen import ChosenList
from alltick_desk.ui.chart.indicators.editor import EntryEditor
from alltick_desk.ui.chart.indicators.manager import ChartIndicators
from alltick_desk.ui.chart.indicators.offer import Offer
from alltick_desk.ui.chart.indicators.template_bar import TemplateBar
from alltick_desk.ui.plain_buttons import plain_buttons
from alltick_desk.ui.settings.parts import Problem
from alltick_desk.ui.theme import Theme

translate = QCoreApplication.translate

_LIST_PX = 140
_SPACING = 6


class IndicatorsDialog(QDialog):
    """Lets a person choose a chart's indicators; it stays open beside the chart."""

    def __init__(
        self,
        indicators: ChartIndicators,
        shelf: TemplateShelf,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._indicators, self._shelf, self._theme = indicators, shelf, theme
        self.setObjectName("indicators")
        self.resize(800, 560)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        self._body: QWidget | None = None
        self._build()
        self._handle = indicators.changed.connect(self._chosen_changed)

    def edit(self, place: int | None) -> None:
        """Come forward with an entry marked, or with the search where it is None."""
        if place is not None and place < len(self._indicators.entries):
            self._chosen.mark(place)
            self._editor.begin()
        else:
            self._offer.search.setFocus()
            self._offer.search.selectAll()
        self.show()
        self.raise_()
        self.activateWindow()

    def set_theme(self, theme: Theme) -> None:
        """Show the colours of another theme."""
        self._theme = theme
        self._chosen.set_theme(theme)
        self._editor.set_theme(theme)

    # building

    def _build(self) -> None:
        """Make every widget, in the language of now."""
        self.setWindowTitle(translate("Indicators", "Indicators"))
        self.setAccessibleName(translate("Indicators", "Indicators"))
        body = QWidget(self)
        # In the order in which Tab goes through them.
        self._offer = Offer(self._add, obstacle=obstacle(), parent=body)
        self._chosen = ChosenList(self._indicators, self._theme, self._marked, body)
        self._chosen.setFixedHeight(_LIST_PX)
        self._remove = self._button(
            "indicatorRemove", translate("Indicators", "Remove"), self._remove_marked, body
        )
        self._reset = self._button(
            "indicatorReset", translate("Indicators", "Back to usual"), self._reset_marked, body
        )
        self._editor = EntryEditor(self._indicators, self._theme, body)
        self._said = Problem(body)
        self._said.setObjectName("indicatorsSaid")
        self._templates = TemplateBar(self._indicators, self._shelf, self._said.say, body)
        self._buttons = plain_buttons(QDialogButtonBox(QDialogButtonBox.StandardButton.Close, body))
        self._buttons.rejected.connect(self.close)
        self._lay_out(body)
        if self._body is not None:
            self._body.deleteLater()
        self._body = body
        whole = self.layout()
        if whole is not None:
            whole.addWidget(body)
        self._chosen.refresh()

    def _lay_out(self, body: QWidget) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, text, buddy in (
            (left, translate("Indicators", "&Add:"), self._offer.search),
            (right, translate("Indicators", "On the &chart:"), self._chosen),
        ):
            label = QLabel(text, body)
            label.setBuddy(buddy)
            column.setSpacing(_SPACING)
            column.addWidget(label, 0)
        left.addWidget(self._offer, 1)
        deeds = QHBoxLayout()
        deeds.addWidget(self._remove)
        deeds.addWidget(self._reset)
        deeds.addStretch(1)
        right.addWidget(self._chosen)
        right.addLayout(deeds)
        right.addWidget(self._editor, 1)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._templates, 1)
        foot.addSpacing(16)
        foot.addWidget(self._buttons)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(columns, 1)
        layout.addWidget(self._said)
        layout.addLayout(foot)

    def _button(self, name: str, text: str, act: object, body: QWidget) -> QPushButton:
        button = QPushButton(text, body)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    # what happens

    def _add(self, name: str) -> None:
        place = self._indicators.add(name)
        self._chosen.mark(place)

    def _chosen_changed(self) -> None:
        self._chosen.refresh()
        self._templates.offer_saving()

    def _marked(self, place: int | None) -> None:
        self._remove.setEnabled(place is not None)
        known = place is not None and self._indicators.entries[place].indicator is not None
        self._reset.setEnabled(known)
        self._editor.show_entry(place)

    def _remove_marked(self) -> None:
        if self._chosen.place is not None:
            self._indicators.remove(self._chosen.place)

    def _reset_marked(self) -> None:
        place = self._chosen.place
        if place is not None:
            entry = self._indicators.entries[place]
            self._indicators.replace(place, Entry(entry.id, rest=entry.rest))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._build()
