"""A dialog with every time zone, and a line to look for one.

Places are found by their names in the person's language and by those that the zones have.
"""

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

from alltick_desk.ui.chart.places import full_name
from alltick_desk.ui.chart.zones import zone_names
from alltick_desk.ui.plain_buttons import plain_buttons

translate = QCoreApplication.translate

_ZONE = Qt.ItemDataRole.UserRole
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
        self._buttons = plain_buttons(QDialogButtonBox(standard.Ok | standard.Cancel, self))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self._search, self._list, self._buttons):
            column.addWidget(widget)
        for name in zone_names():
            item = QListWidgetItem(full_name(name))
            item.setData(_ZONE, name)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self.resize(360, 420)

    def accept(self) -> None:
        """Take the chosen zone."""
        item = self._list.currentItem()
        if self._list.currentRow() >= 0 and not item.isHidden():
            self._on_choose(item.data(_ZONE))
            super().accept()

    def _filter(self, text: str) -> None:
        wanted = _plain(text.strip())
        first = None
        for row in range(self._list.count()):
            item = self._list.item(row)
            hidden = wanted not in _plain(item.text()) and wanted not in _plain(item.data(_ZONE))
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


def _plain(text: str) -> str:
    """Return a text as it is compared."""
    return text.casefold().replace("_", " ")
