"""The dialog of an import as a person reads it, and pasting, for the tests of both."""

from listhands import CONTROL, LEFT, ListDesk
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QPushButton,
    QTableView,
    QToolButton,
)
from watchdesk import T

Key = Qt.Key

FILE = """list,section,code,alias,note
,,0700.HK,,
,,9988.HK,Baba,big
,Tech,bac,,
,,ZZZZ.US,,
,,so wrong,,
,,9988.HK,,
"""


class Preview:
    """The dialog of an import, as a person reads it."""

    def __init__(self, desk: ListDesk) -> None:
        found = desk.panel.window().findChildren(QDialog, "listImport")
        assert found, "no preview is open"
        self.dialog = found[-1]
        self.table = self.child(QTableView, "preview")

    def child(self, kind: type[T], name: str) -> T:
        found = self.dialog.findChild(kind, f"listImport.{name}")
        assert found is not None, name
        return found

    def column(self, title: str) -> list[str]:
        model = self.table.model()
        across = Qt.Orientation.Horizontal
        titles = [model.headerData(n, across) for n in range(model.columnCount())]
        place = titles.index(title)
        return [str(model.index(row, place).data()) for row in range(model.rowCount())]

    def counts(self) -> list[str]:
        buttons = self.dialog.findChildren(QToolButton)
        return [it.text() for it in buttons if it.objectName() and it.isVisibleTo(self.dialog)]

    def says(self) -> str:
        return self.child(QLabel, "says").text()

    def only(self, verdict: str) -> None:
        QTest.mouseClick(self.child(QToolButton, verdict), LEFT)

    def take_into(self, title: str) -> None:
        into = self.child(QComboBox, "into")
        into.setCurrentIndex(into.findText(title))

    def take(self) -> None:
        QTest.mouseClick(self.child(QPushButton, "ok"), LEFT)


def paste(desk: ListDesk, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    desk.table.setFocus()
    desk.press(Key.Key_V, CONTROL)
