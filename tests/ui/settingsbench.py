"""A settings dialog, used by what a person reads on it, and what it handed out."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from alltick_desk.model.settings import Settings
from alltick_desk.store.keyring import KeyringState
from alltick_desk.store.secrets import Place
from alltick_desk.ui.settings import Account, SettingsChange, SettingsDialog, SettingsSnapshot
from alltick_desk.vendors.plans import PLANS


def account(place: Place | None = None) -> Account:
    return Account(
        "alltick",
        "AllTick",
        PLANS["alltick"],
        "https://quote.alltick.co",
        place,
        "ALLTICK_TOKEN",
    )


TITLES = {"alltick": "AllTick", "itick": "iTick"}
ITICK = Account("itick", "iTick", PLANS["itick"], "https://api.itick.org", None, "ITICK_TOKEN")


class Bench:
    """A dialog and what it handed out."""

    def __init__(
        self,
        qtbot: QtBot,
        *,
        settings: Settings | None = None,
        place: Place | None = None,
        keyring: KeyringState = KeyringState.READY,
        offers_file: bool = True,
    ) -> None:
        self.changes: list[SettingsChange] = []
        self.trouble: Exception | None = None
        self.snapshot = SettingsSnapshot(
            settings or Settings(), (account(place), ITICK), keyring, offers_file
        )
        self.looked: list[str] = []
        self.dialog = SettingsDialog(self.snapshot, self._take, on_vendor=self.looked.append)
        qtbot.addWidget(self.dialog)
        self.dialog.open()

    def _take(self, change: SettingsChange) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.changes.append(change)

    def named(self, name: str) -> QWidget:
        """Find a widget as a screen reader does."""
        for widget in self.dialog.findChildren(QWidget):
            if widget.accessibleName() == name and widget.isVisibleTo(self.dialog):
                return widget
        raise AssertionError(f"nothing is called {name}")

    def click(self, name: str) -> None:
        widget = self.named(name)
        assert isinstance(widget, QAbstractButton)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def write(self, name: str, text: str) -> None:
        edit = self.named(name)
        assert isinstance(edit, QLineEdit)
        edit.setFocus()
        edit.selectAll()
        QTest.keyClick(edit, Qt.Key.Key_Delete)
        QTest.keyClicks(edit, text)

    def choose(self, name: str, text: str) -> None:
        combo = self.named(name)
        assert isinstance(combo, QComboBox)
        combo.setFocus()
        QTest.keyClick(combo, Qt.Key.Key_Home)
        for _ in range(combo.count()):
            if combo.currentText() == text:
                return
            QTest.keyClick(combo, Qt.Key.Key_Down)
        raise AssertionError(f"{name} does not offer {text}")

    def page(self, page: str) -> None:
        self.dialog.show_page(page)
        QApplication.processEvents()

    def words(self) -> str:
        """Everything that stands on the dialog now."""
        return "\n".join(
            label.text()
            for label in self.dialog.findChildren(QLabel)
            if label.isVisibleTo(self.dialog)
        )

    @property
    def change(self) -> SettingsChange:
        (change,) = self.changes
        return change
