"""A dialog with every time zone, and a line to look for one."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.ui.chart.zones import zone_names

translate = QCoreApplication.translate

_KEYS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class ZoneDialog(QDialog):
    """Chooses a time zone; ``on_choose`` is called with its name. Show it with ``open()``."""

    def __init__(self, on_choose: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on_choose = on_choose
        self.setObjectName("zoneDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("Chart", "Time zone"))
        self.setAccessibleName(translate("Chart", "Time zone"))
        self._search = QLineEdit(self)
        self._search.setObjectName("zoneSearch")
        self._search.setAccessibleName(translate("Chart", "Look for a time zone"))
        self._search.setPlaceholderText(translate("Chart", "Place or region"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._filter)
        self._list = QListWidget(self)
        self._list.setObjectName("zoneList")
        self._list.setAccessibleName(translate("Chart", "Time zones"))
        self._list.itemActivated.connect(self.accept)
        standard = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(standard.Ok | standard.Cancel, self)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self._search, self._list, self._buttons):
            column.addWidget(widget)
        for name in zone_names():
            self._list.addItem(QListWidgetItem(name.replace("_", " ")))
        self._list.setCurrentRow(0)
        self.resize(360, 420)

    def accept(self) -> None:
        """Take the chosen zone."""
        item = self._list.currentItem()
        if self._list.currentRow() >= 0 and not item.isHidden():
            self._on_choose(item.text().replace(" ", "_"))
            super().accept()

    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold().replace("_", " ")
        first = None
        for row in range(self._list.count()):
            item = self._list.item(row)
            hidden = wanted not in item.text().casefold()
            item.setHidden(hidden)
            if not hidden and first is None:
                first = row
        self._list.setCurrentRow(-1 if first is None else first)
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(first is not None)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS and self._search.hasFocus():
            self._list.setFocus()  # from typing straight into the list
            self._list.event(event)
            return
        super().keyPressEvent(event)
