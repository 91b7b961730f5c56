"""Named sets of columns, as a person makes, uses, renames and deletes them in the chooser."""

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from watchdesk import WatchDesk

from alltick_desk.ui.watchlist.column_choice import read_columns
from alltick_desk.ui.watchlist.column_sets import BUILT_IN, LONGEST_NAME

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
T = TypeVar("T", bound=QWidget)
Key = Qt.Key


class Chooser:
    """The dialog under somebody's fingers."""

    def __init__(self, qtbot: QtBot) -> None:
        self.desk = WatchDesk(qtbot).show(qtbot)
        self.desk.panel.actions_["columns"].trigger()
        found = self.desk.panel.findChild(QDialog, "watchlist.chooser")
        assert found is not None
        self.dialog = found
        self.box = self.child(QComboBox, "sets")
        edit = self.box.lineEdit()
        assert edit is not None
        self.edit = edit

    def child(self, kind: type[T], name: str) -> T:
        found = self.dialog.findChild(kind, f"watchlist.chooser.{name}")
        assert found is not None
        return found

    @property
    def said(self) -> str:
        return self.child(QLabel, "said").text()

    @property
    def own(self) -> list[str]:
        return list(self.desk.panel.choices.own)

    def offered(self) -> list[str]:
        return [self.box.itemText(place) for place in range(self.box.count())]

    def write(self, name: str) -> None:
        """Write a name over the one in the box."""
        self.box.setFocus()
        self.edit.selectAll()
        QTest.keyClick(self.edit, Key.Key_Delete)
        if name.isascii():
            QTest.keyClicks(self.edit, name)
        else:
            self.edit.insert(name)  # an input method's

    def press(self, name: str) -> None:
        """Press a button by the keyboard, where it can be."""
        button = self.child(QPushButton, name)
        button.setFocus()
        QTest.keyClick(button, Key.Key_Space)

    def enter(self) -> None:
        QTest.keyClick(self.edit, Key.Key_Return)

    def can(self, name: str) -> bool:
        return self.child(QPushButton, name).isEnabled()

    def toggle(self, title: str) -> None:
        listed = self.child(QListWidget, "list")
        place = next(n for n in range(listed.count()) if listed.item(n).text() == title)
        listed.setFocus()
        listed.setCurrentRow(place)
        QTest.keyClick(listed, Key.Key_Space)

    def save(self, name: str) -> None:
        self.write(name)
        self.press("save")


@pytest.fixture
def chooser(qtbot: QtBot) -> Chooser:
    return Chooser(qtbot)


def test_enter_in_the_name_box_saves_and_leaves_the_dialog_open(chooser: Chooser) -> None:
    chooser.toggle("Time")
    chooser.write("Mine")
    chooser.enter()
    assert chooser.own == ["Mine"]
    assert chooser.dialog.isVisible()
    assert "“Mine” was saved" in chooser.said
    chooser.enter()  # nothing is left to do in the box: it is the dialog's key
    assert not chooser.dialog.isVisible()
    assert "time" not in read_columns(chooser.desk.sets[-1]["Mine"]).ids


def test_enter_at_the_name_of_a_set_uses_it(chooser: Chooser) -> None:
    chooser.save("Mine")
    chooser.write("forex")
    chooser.enter()
    assert chooser.desk.panel.column_ids == BUILT_IN["Forex"]
    assert chooser.box.currentText() == "Forex"
    chooser.write("mine")
    chooser.enter()
    assert chooser.desk.panel.column_ids == BUILT_IN["Basic"]
    assert chooser.own == ["Mine"]


def test_a_set_is_renamed(chooser: Chooser) -> None:
    chooser.toggle("Time")
    chooser.save("Mine")
    assert not chooser.can("rename")
    chooser.write("我的列")
    assert chooser.can("rename")
    chooser.press("rename")
    assert chooser.own == ["我的列"]
    assert list(chooser.desk.sets[-1]) == ["我的列"]
    assert "“Mine” is called “我的列” now" in chooser.said
    assert chooser.offered() == [*BUILT_IN, "我的列"]
    assert chooser.box.currentText() == "我的列"


@pytest.mark.parametrize("name", ["", "   ", "Basic", "basic", "OTHER"])
def test_no_set_takes_a_name_that_is_none_or_anothers(chooser: Chooser, name: str) -> None:
    chooser.save("Other")
    chooser.toggle("Time")
    chooser.save("Mine")
    chooser.write(name)
    assert not chooser.can("rename")
    assert not chooser.desk.panel.choices.rename_set("Mine", name)
    if name != "OTHER":
        chooser.press("save")
        assert "Type a name" in chooser.said
    assert chooser.own == ["Mine", "Other"]


def test_only_the_case_of_a_name_can_be_changed(chooser: Chooser) -> None:
    chooser.toggle("Time")
    chooser.save("mine")
    chooser.write("Mine")
    assert chooser.can("rename")
    chooser.press("rename")
    assert chooser.own == ["Mine"]


def test_a_name_that_exists_is_said_to_be_replaced(chooser: Chooser) -> None:
    save = chooser.child(QPushButton, "save")
    chooser.save("Mine")
    assert save.text() == "Replace set"
    chooser.toggle("Bid")
    assert chooser.box.currentText() == "Mine"  # what it was made from stays there to be saved
    chooser.press("save")
    assert "“Mine” now has the columns" in chooser.said
    assert "bid" not in read_columns(chooser.desk.sets[-1]["Mine"]).ids
    chooser.save("MINE")  # whoever holds Shift means the same set
    assert chooser.own == ["Mine"]
    chooser.write("Mine 2")
    assert save.text() == save.accessibleName() == "Save set"


def test_other_columns_are_not_a_set_of_the_desks(chooser: Chooser) -> None:
    assert chooser.box.currentText() == "Basic"
    chooser.toggle("Bid")
    assert chooser.box.currentText() == ""
    chooser.toggle("Bid")
    assert chooser.box.currentText() == "Basic"
    chooser.write("Half typed")
    chooser.toggle("Ask")
    assert chooser.box.currentText() == "Half typed"


def test_delete_takes_the_set_that_stands_in_the_box(chooser: Chooser) -> None:
    chooser.save("Mine")
    chooser.toggle("Time")
    chooser.save("Other")
    chooser.write("Never saved")
    assert not chooser.can("delete")
    chooser.write("Mine")
    chooser.press("delete")
    assert chooser.own == ["Other"]
    assert "Lists keep the columns" in chooser.said
    chooser.press("save")  # the name is still there
    assert chooser.own == ["Mine", "Other"]


def test_a_list_keeps_the_columns_of_a_set_that_is_deleted(chooser: Chooser) -> None:
    desk = chooser.desk
    lists = desk.watchlist.lists
    chooser.toggle("Time")
    chooser.save("Mine")
    chooser.dialog.accept()
    first = lists.shown.id
    lists.add_list("Other")
    desk.panel.choices.delete_set("Mine")
    lists.show(first)
    assert "Time" not in desk.titles()
    assert len(desk.titles()) == 12
    assert desk.panel.choices.set_in_use() == ""


def test_a_very_long_name_ends_where_names_end(chooser: Chooser) -> None:
    chooser.save("长" * 99)
    assert chooser.own == ["长" * LONGEST_NAME]
    width = chooser.dialog.width()
    assert chooser.dialog.minimumSizeHint().width() <= width


def test_escape_brings_the_columns_back_and_leaves_the_sets(chooser: Chooser) -> None:
    chooser.toggle("Time")
    chooser.save("Mine")
    QTest.keyClick(chooser.dialog, Key.Key_Escape)
    assert "Time" in chooser.desk.titles()
    assert chooser.own == ["Mine"]


def test_tab_leads_through_the_dialog_from_top_to_bottom(chooser: Chooser) -> None:
    chooser.save("Mine")
    chooser.write("Yours")
    names: list[str] = []
    widget: QWidget = chooser.edit
    for _ in range(8):
        QTest.keyClick(widget, Key.Key_Tab)
        widget = chooser.dialog.focusWidget()
        names.append(widget.objectName().removeprefix("watchlist.chooser."))
    assert names[:6] == ["save", "rename", "search", "list", "up", "down"]
