"""How one sheet of a product list is read: its market, its columns, where its lines begin."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QSpinBox, QWidget

from alltick_desk.model.instrument import Market
from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.services.catalogue_import import Choice
from alltick_desk.services.catalogue_import_guess import Columns
from alltick_desk.services.catalogue_import_sheets import Row

translate = QCoreApplication.translate

_MARKETS = {
    Market.US_STOCK: QT_TRANSLATE_NOOP("Markets", "US stocks"),
    Market.HK_STOCK: QT_TRANSLATE_NOOP("Markets", "Hong Kong stocks"),
    Market.CN_STOCK: QT_TRANSLATE_NOOP("Markets", "China A-shares"),
    Market.INDEX: QT_TRANSLATE_NOOP("Markets", "Exchange indices"),
    Market.CFD_INDEX: QT_TRANSLATE_NOOP("Markets", "Index CFDs"),
    Market.FOREX: QT_TRANSLATE_NOOP("Markets", "Forex"),
    Market.COMMODITY: QT_TRANSLATE_NOOP("Markets", "Metals, energy"),
    Market.CRYPTO: QT_TRANSLATE_NOOP("Markets", "Crypto"),
    Market.FUTURE: QT_TRANSLATE_NOOP("Markets", "Futures"),
    Market.FUND: QT_TRANSLATE_NOOP("Markets", "Funds"),
    Market.UNKNOWN: QT_TRANSLATE_NOOP("Markets", "By the codes' endings"),
}
_COLUMNS = {
    "code": QT_TRANSLATE_NOOP("Import", "Code:"),
    "name_en": QT_TRANSLATE_NOOP("Import", "English name:"),
    "name_zh": QT_TRANSLATE_NOOP("Import", "Chinese name:"),
    "name_hant": QT_TRANSLATE_NOOP("Import", "Traditional Chinese:"),
    "market": QT_TRANSLATE_NOOP("Import", "Market of each line:"),
}
_EXAMPLE = 24  # characters of a cell that names its column


def market_title(market: Market) -> str:
    """Return what a market is called; "" for none."""
    return "" if market is Market.UNKNOWN else translate("Markets", _MARKETS[market])


class SheetForm(QWidget):
    """Shows how a sheet is read; ``on_change`` gets it when the person wants it otherwise."""

    def __init__(self, on_change: Callable[[Choice], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._on_change = on_change
        self._choice: Choice | None = None
        self.wanted = QCheckBox(translate("Import", "Import this sheet"), self)
        self.wanted.setObjectName("productList.wanted")
        self.wanted.toggled.connect(self._changed)
        self.market = self._combo("market", translate("Import", "Market"))
        for market, title in _MARKETS.items():
            self.market.addItem(translate("Markets", title), market.value)
        self.columns = {
            name: self._combo(f"column.{name}", translate("Import", title).rstrip(":："))
            for name, title in _COLUMNS.items()
        }
        self.first = QSpinBox(self)
        self.first.setObjectName("productList.first")
        self.first.setAccessibleName(translate("Import", "First line with an instrument"))
        self.first.valueChanged.connect(self._changed)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.wanted)
        form.addRow(translate("Import", "Market:"), self.market)
        for name, title in _COLUMNS.items():
            form.addRow(translate("Import", title), self.columns[name])
        form.addRow(translate("Import", "First line:"), self.first)

    def show_choice(self, choice: Choice) -> None:
        """Show how a sheet is read now."""
        blockers = [
            QSignalBlocker(widget)  # showing it is nobody's choice
            for widget in (self.wanted, self.market, self.first, *self.columns.values())
        ]
        self._choice = choice
        self.wanted.setChecked(choice.wanted)
        self.market.setCurrentIndex(self.market.findData(choice.market.value))
        self.first.setRange(1, max(len(choice.sheet.rows), 1))
        self.first.setValue(choice.first + 1)
        titles = _titles(choice)
        for name, combo in self.columns.items():
            combo.clear()
            combo.addItem(translate("Import", "none"), None)
            for place, title in enumerate(titles):
                combo.addItem(title, place)
            at = getattr(choice.columns, name)
            combo.setCurrentIndex(0 if at is None else at + 1)
        for blocker in blockers:
            blocker.unblock()
        self._enable()

    def _combo(self, name: str, title: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(f"productList.{name}")
        combo.setAccessibleName(title)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(_EXAMPLE)
        combo.currentIndexChanged.connect(self._changed)
        return combo

    def _enable(self) -> None:
        for widget in (self.market, self.first, *self.columns.values()):
            widget.setEnabled(self.wanted.isChecked())

    def _changed(self) -> None:
        if self._choice is None:
            return
        self._enable()
        columns = {name: combo.currentIndex() - 1 for name, combo in self.columns.items()}
        self._choice = self._choice._replace(
            wanted=self.wanted.isChecked(),
            market=Market(self.market.currentData()),
            first=self.first.value() - 1,
            columns=Columns(**{name: at if at >= 0 else None for name, at in columns.items()}),
        )
        self._on_change(self._choice)


def _titles(choice: Choice) -> list[str]:
    """Name the columns as spreadsheets do, with the heading or the first cell: ``B – Name``."""
    rows = choice.sheet.rows
    above = rows[choice.first - 1] if choice.first else ()
    first: Row = rows[choice.first] if choice.first < len(rows) else ()
    width = max((len(row) for row in rows[: choice.first + 50]), default=0)
    titles = []
    for place in range(width):
        said = next((row[place] for row in (above, first) if place < len(row) and row[place]), "")
        titles.append(" – ".join(filter(None, (_letter(place), said[:_EXAMPLE]))))
    return titles


def _letter(place: int) -> str:
    """Return a column's letters: A, B, … Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
