"""What symbols are added with: the box, its button, and whose they are where that is a question."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from alltick_desk.model.instrument import Catalogue
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist.add_box import AddBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QComboBox

translate = QCoreApplication.translate


class AddStrip(QWidget):
    """Calls ``on_codes`` with what was entered; ``vendor`` is then whose it is.

    ``spell`` is asked with that vendor and every word, and returns the code as the desk spells it.

    Attributes:
        box: where codes and names are typed.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        vendors: VendorTags,
        *,
        on_codes: Callable[[list[str]], None],
        spell: Callable[[str, str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("watchlist.adding")
        self._vendors = vendors
        self._chosen = ""
        self._choice: QComboBox | None = None
        self._handed = ""  # whose codes are being handed over, where nobody chose
        self._on_codes = on_codes
        self.box = AddBox(
            catalogue,
            vendors,
            on_codes=self._hand_over,
            chosen=lambda: self.vendor,
            spell=lambda word: spell(self.vendor, word),
            parent=self,
        )
        self._add = QToolButton(self)
        self._add.setObjectName("watchlist.add.button")
        self._add.clicked.connect(self.box.enter)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.box, 1)
        self._row.addWidget(self._add)
        self.offer_vendors()
        self._translate()

    @property
    def vendor(self) -> str:
        """Whose symbols are added: the vendor chosen last, while it is in use."""
        if self._handed:
            return self._handed
        in_use = self._vendors.in_use
        return self._chosen if self._chosen in in_use else in_use[0]

    def choose(self, vendor: str) -> None:
        """Add this vendor's symbols from now on, whenever it is in use."""
        self._chosen = vendor
        if self._choice is not None:
            self._choice.setCurrentIndex(self._choice.findData(self.vendor))

    def offer_vendors(self) -> None:
        """Offer the vendors in use, where there is a choice."""
        in_use = self._vendors.in_use
        choice = self._choice
        if choice is None:
            if len(in_use) < 2:
                return
            choice = self._choice = self._make_choice()
        choice.blockSignals(True)  # filling it is nobody's choice
        choice.clear()
        for vendor in in_use:
            choice.addItem(self._vendors.title(vendor), vendor)
        choice.setCurrentIndex(choice.findData(self.vendor))
        choice.blockSignals(False)
        choice.setVisible(len(in_use) > 1)

    def _hand_over(self, codes: list[str], vendor: str) -> None:
        self._handed = vendor
        try:
            self._on_codes(codes)
        finally:
            self._handed = ""

    def _make_choice(self) -> "QComboBox":
        from PySide6.QtWidgets import QComboBox

        choice = QComboBox(self)
        choice.setObjectName("watchlist.vendor")
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        choice.currentIndexChanged.connect(self._take_choice)
        self._row.insertWidget(0, choice)
        QWidget.setTabOrder(choice, self.box)
        self._name_choice(choice)
        return choice

    def _take_choice(self) -> None:
        if self._choice is not None:
            self._chosen = str(self._choice.currentData())

    def _name_choice(self, choice: "QComboBox") -> None:
        choice.setAccessibleName(translate("Watchlist", "Vendor"))
        choice.setToolTip(translate("Watchlist", "Whose prices an added symbol is watched with."))

    def _translate(self) -> None:
        self._add.setText(translate("Watchlist", "Add"))
        self._add.setAccessibleName(translate("Watchlist", "Add"))
        self._add.setToolTip(translate("Watchlist", "Add what stands in the box. Key: Enter."))
        if self._choice is not None:
            self._name_choice(self._choice)

    # Qt's events

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
