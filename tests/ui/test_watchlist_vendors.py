"""Rows of several vendors in one list: whose each is, and how it is added."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot
from watchdesk import CODES, TITLES, WatchDesk, enter, key

from alltick_desk.ui.theme import make_theme
from alltick_desk.ui.vendors import VendorTags

BOTH = ("alltick", "itick")
Key = Qt.Key

# The list under the box is a window of its own; the offscreen platform cannot do all of that.
pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)


@pytest.fixture
def desk(qtbot: QtBot) -> WatchDesk:
    """Two vendors in use, and two instruments watched at both."""
    return WatchDesk(qtbot, vendors=BOTH, others=("700.HK", "BTCUSDT")).show(qtbot)


def choice(desk: WatchDesk) -> QComboBox:
    return desk.child(QComboBox, "watchlist.vendor")


def keys_of(desk: WatchDesk) -> list[str]:
    return [str(each) for each in desk.watchlist.keys]


def tag_picture(desk: WatchDesk, place: int) -> QImage:
    """The left part of a row's first cell, where the tag stands."""
    cell = desk.table.visualRect(desk.table.model().index(place, 0))
    return desk.table.viewport().grab(QRect(cell.topLeft(), QPoint(22, cell.bottom()))).toImage()


# Whether rows tell


def test_one_vendor_needs_no_telling() -> None:
    tags = VendorTags(TITLES)
    tags.see([key("A"), key("B")])
    assert tags.in_use == ("alltick",)
    assert not tags.several
    assert tags.label(key("A")) == "A"


def test_two_vendors_in_use_or_in_the_list_are_told_apart() -> None:
    tags = VendorTags(TITLES, ["itick"])
    told: list[bool] = []
    handle = tags.changed.connect(lambda: told.append(tags.several))
    tags.see([key("A", "itick")])
    tags.see([key("A", "alltick"), key("A", "itick")])
    tags.see([key("A", "alltick"), key("B", "itick")])  # as before: nobody is told
    assert tags.label(key("A", "itick")) == "A · iTick"
    tags.see([])
    tags.use(BOTH)
    tags.use([])  # somebody has to take what is added
    assert told == [True, False, True]
    assert tags.in_use == BOTH
    assert tags.title("other") == "other"
    handle.disconnect()


# The tag


def test_each_vendor_has_a_tag_of_its_own(desk: WatchDesk) -> None:
    desk.live()
    first, other, second = (tag_picture(desk, place) for place in (1, 2, 4))
    assert first == other
    assert first != second
    assert second == tag_picture(desk, 5)
    desk.panel.set_theme(make_theme(dark=True))
    assert tag_picture(desk, 1) != first


def test_with_one_vendor_there_is_no_tag_and_no_width_lost(qtbot: QtBot) -> None:
    alone = WatchDesk(qtbot).show(qtbot)
    assert alone.panel.findChild(QComboBox) is None
    narrow = alone.table.columnWidth(0)
    alone.watchlist.add([key("700.HK", "itick")])
    wide = alone.table.columnWidth(0)
    assert wide > narrow
    assert alone.table.model().index(0, 0).data() == "700.HK"
    alone.watchlist.remove([key("700.HK", "itick")])
    assert alone.table.columnWidth(0) == narrow


def test_a_row_of_a_vendor_that_is_not_in_use_is_marked_as_well(qtbot: QtBot) -> None:
    desk = WatchDesk(qtbot, others=("700.HK",)).show(qtbot)
    assert tag_picture(desk, 0) != tag_picture(desk, 4)
    assert desk.panel.findChild(QComboBox) is None  # nothing can be added there


def test_tip_and_screen_reader_tell_the_vendor(desk: WatchDesk) -> None:
    cell = desk.table.model().index(4, 0)
    assert "700.HK · iTick" in str(cell.data(Qt.ItemDataRole.ToolTipRole))
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Code 700.HK · iTick, Waiting."
    told = str(cell.data(Qt.ItemDataRole.AccessibleDescriptionRole))
    assert told.startswith("Tencent, iTick, Waiting.")


def test_the_copy_has_the_vendor_after_the_code(desk: WatchDesk) -> None:
    desk.press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.press(Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    cells = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert [line[:3] for line in (cells[0], cells[4])] == [
        ["700.HK", "AllTick", "Tencent"],
        ["700.HK", "iTick", "Tencent"],
    ]
    assert {len(line) for line in cells} == {14}


def test_the_snapshot_names_the_vendor(desk: WatchDesk) -> None:
    assert [row["Vendor"] for row in desk.panel.state()] == ["alltick"] * 4 + ["itick"] * 2
    assert desk.panel.state()[4]["Code"] == "700.HK"


# Adding


def test_the_choice_is_named_and_reached_by_keyboard(desk: WatchDesk) -> None:
    box = choice(desk)
    assert (box.accessibleName(), box.currentText()) == ("Vendor", "AllTick")
    box.setFocus()
    QTest.keyClick(box, Key.Key_Down)
    assert desk.panel.vendor == "itick"
    QTest.keyClick(box, Key.Key_Tab)
    assert QApplication.focusWidget() is desk.box


def test_what_is_entered_goes_to_the_chosen_vendor(desk: WatchDesk) -> None:
    desk.panel.choose_vendor("itick")
    assert choice(desk).currentText() == "iTick"
    enter(desk, "apple")
    enter(desk, "700$HK, 9988$hk EURUSD")
    assert keys_of(desk)[6:] == ["itick:AAPL.US", "itick:9988.HK", "itick:EURUSD"]
    assert desk.messages == [
        "AAPL.US · iTick added.",
        "9988.HK · iTick, EURUSD · iTick added. In the list already: 700.HK · iTick.",
    ]


def test_the_other_vendors_spelling_means_nothing_to_the_first(desk: WatchDesk) -> None:
    QTest.keyClicks(desk.box, "9988$HK")
    assert desk.matches().model().rowCount() == 2  # it looks like one of the first's
    QTest.keyClick(desk.box, Qt.Key.Key_Up)
    QTest.keyClick(desk.box, Qt.Key.Key_Return)
    assert keys_of(desk)[-1] == "alltick:9988$HK"


def test_the_list_under_the_box_knows_the_vendors_spelling(desk: WatchDesk) -> None:
    desk.panel.choose_vendor("itick")
    QTest.keyClicks(desk.box, "9988$HK")
    popup = desk.matches()
    assert popup.isVisible()
    assert "Alibaba" in str(popup.currentIndex().data())
    QTest.keyClick(desk.box, Key.Key_Return)
    assert keys_of(desk)[-1] == "itick:9988.HK"


def test_a_vendor_that_goes_out_of_use_takes_nothing_more(desk: WatchDesk) -> None:
    desk.panel.choose_vendor("itick")
    desk.vendors.use(["alltick"])
    assert desk.panel.vendor == "alltick"
    assert not choice(desk).isVisible()
    desk.vendors.use(BOTH)
    assert choice(desk).isVisible()
    assert (desk.panel.vendor, choice(desk).currentText()) == ("itick", "iTick")  # remembered


def test_a_choice_that_cannot_be_had_yet_waits(qtbot: QtBot) -> None:
    desk = WatchDesk(qtbot).show(qtbot)
    desk.panel.choose_vendor("itick")
    assert desk.panel.vendor == "alltick"
    desk.vendors.use(BOTH)
    assert (desk.panel.vendor, choice(desk).currentText()) == ("itick", "iTick")


# Also at the other vendor


def test_selected_rows_are_watched_at_the_other_vendor_too(desk: WatchDesk) -> None:
    desk.click("AAPL.US")
    desk.click("EURUSD", Qt.KeyboardModifier.ShiftModifier)
    also = desk.panel.actions_["also.itick"]
    assert (also.isVisible(), also.isEnabled(), also.text()) == (
        True,
        True,
        "Also watch at iTick",
    )
    assert not desk.panel.actions_["also.alltick"].isVisible()
    assert also in desk.table.actions()
    also.trigger()
    assert keys_of(desk)[1:5] == [
        "alltick:AAPL.US",
        "alltick:EURUSD",
        "itick:AAPL.US",
        "itick:EURUSD",
    ]
    assert desk.panel.selected() == key("AAPL.US", "itick")
    assert desk.messages == ["AAPL.US · iTick, EURUSD · iTick added."]
    assert desk.panel.actions_["also.alltick"].isVisible()
    desk.panel.undo()
    assert keys_of(desk) == [str(key(code)) for code in CODES] + ["itick:700.HK", "itick:BTCUSDT"]


def test_what_is_watched_at_both_is_not_offered_again(desk: WatchDesk) -> None:
    desk.click("700.HK")
    also = desk.panel.actions_["also.itick"]
    assert also.isVisible()
    assert not also.isEnabled()


def test_with_one_vendor_nothing_of_it_is_offered(qtbot: QtBot) -> None:
    desk = WatchDesk(qtbot).show(qtbot)
    desk.click("700.HK")
    assert not any(desk.panel.actions_[f"also.{vendor}"].isVisible() for vendor in BOTH)


def test_removing_the_last_row_of_a_vendor_names_it(qtbot: QtBot) -> None:
    desk = WatchDesk(qtbot, ("700.HK",), others=("700.HK",)).show(qtbot)
    assert desk.panel.select(key("700.HK", "itick"))
    desk.panel.edits.remove()
    assert desk.messages == ["700.HK · iTick removed."]
    assert not desk.vendors.several
