"""Rows and sections that are dragged in the table and out of it, and what is dropped upon it."""

from pathlib import Path

import pytest
from listhands import CONTROL, LEFT, Hands, ListDesk, mime_of, text_of
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from watchdesk import CODES, key

from alltick_desk.model.lists import Place
from alltick_desk.ui.lists.carried import ROWS, Carried, pack, unpack
from alltick_desk.ui.watchlist.arrangement import Sorting
from alltick_desk.ui.watchlist.table_mime import table_mime

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
Key = Qt.Key
IGNORED = Qt.DropAction.IgnoreAction
MOVED = Qt.DropAction.MoveAction


@pytest.fixture
def desk(qtbot: QtBot) -> ListDesk:
    return ListDesk(qtbot)


def port(desk: ListDesk) -> QWidget:
    return desk.table.viewport()


def mark(desk: ListDesk) -> QWidget:
    return desk.child(QWidget, "lists.dropMark")


def drag(desk: ListDesk, name: str, part: float, *selected: str) -> None:
    """Drag rows over a line of the table, and drop them so much below its top."""
    desk.select(*selected)
    Hands(desk.lift()).drop(port(desk), desk.line(name, part))


def test_the_mouse_begins_a_drag_of_the_selected_rows(desk: ListDesk) -> None:
    lifted: list[Carried | None] = []

    def take(drag: QDrag) -> None:
        lifted.append(unpack(drag.mimeData()))
        assert drag.pixmap().width() > 0

    desk.panel.lists.dragging.run = take
    desk.click("EURUSD")
    desk.click("700.HK", CONTROL)
    start = desk.line("EURUSD")
    QTest.mousePress(port(desk), LEFT, pos=start)
    for step in range(1, 8):
        if not lifted:  # from here on Qt has the mouse
            QTest.mouseMove(port(desk), start + QPoint(4 * step, 0))
    assert lifted == [Carried(desk.lists.shown.id, (key("700.HK"), key("EURUSD")))]
    assert desk.selected_rows() == ["700.HK", "EURUSD"]


def test_other_programs_get_a_table(desk: ListDesk) -> None:
    desk.panel.choices.show(("code", "name"))
    desk.select("AAPL.US", "700.HK")
    data = desk.lift()
    assert data.text() == "700.HK\tTencent\nAAPL.US\tApple Inc.\n"
    assert set(data.formats()) == {ROWS, "text/plain", "text/html"}
    assert data.html() == (
        '<meta charset="utf-8"><table><tr><td>700.HK</td><td>Tencent</td></tr>'
        "<tr><td>AAPL.US</td><td>Apple Inc.</td></tr></table>"
    )


def test_a_section_goes_to_other_programs_with_all_its_rows(desk: ListDesk) -> None:
    desk.panel.choices.show(("name", "code"))
    desk.sections("Tech")
    desk.lists.fold([1], folded=True)
    desk.on("Tech")
    data = desk.lift()
    text = "Apple Inc.\tAAPL.US\nEuro / US Dollar\tEURUSD\nBTC / Tether\tBTCUSDT\n"
    assert data.text() == text
    assert "<td>Euro / US Dollar</td><td>EURUSD</td>" in data.html()


def test_what_looks_like_markup_stays_text_in_a_table() -> None:
    data = table_mime("A&B\t<b>x</b>\n\t中文\n")
    assert data.text() == "A&B\t<b>x</b>\n\t中文\n"
    assert data.html().endswith(
        "<tr><td>A&amp;B</td><td>&lt;b&gt;x&lt;/b&gt;</td></tr>"
        "<tr><td></td><td>中文</td></tr></table>"
    )


def test_copied_rows_are_a_table_too(desk: ListDesk) -> None:
    desk.panel.choices.show(("code", "name"))
    desk.select("700.HK")
    desk.press(Key.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "700.HK\tTencent\n"
    assert "<td>700.HK</td><td>Tencent</td>" in data.html()


@pytest.mark.parametrize(
    ("name", "part", "order"),
    [
        ("700.HK", 0.2, "BTCUSDT 700.HK AAPL.US EURUSD"),
        ("700.HK", 0.8, "700.HK BTCUSDT AAPL.US EURUSD"),
        ("EURUSD", 0.2, "700.HK AAPL.US BTCUSDT EURUSD"),
        ("EURUSD", 0.8, "700.HK AAPL.US EURUSD BTCUSDT"),
        ("BTCUSDT", 3.0, "700.HK AAPL.US EURUSD BTCUSDT"),
    ],
)
def test_rows_go_where_the_mark_stands(desk: ListDesk, name: str, part: float, order: str) -> None:
    drag(desk, name, part, "BTCUSDT")
    assert desk.shown() == order.split()
    assert desk.selected_rows() == ["BTCUSDT"]


def test_several_rows_go_together_in_one_step(desk: ListDesk) -> None:
    drag(desk, "700.HK", 0.1, "BTCUSDT", "AAPL.US")
    assert desk.shown() == ["AAPL.US", "BTCUSDT", "700.HK", "EURUSD"]
    assert desk.panel.actions_["undo"].text() == "Undo: move 2 rows"
    desk.press(Key.Key_Z, CONTROL)
    assert desk.shown() == list(CODES)


def test_the_mark_shows_where_a_drop_goes_and_leaves_with_it(desk: ListDesk) -> None:
    desk.sections("Tech")
    desk.lists.fold([1], folded=True)
    desk.select("700.HK")
    hands = Hands(desk.lift())
    height = desk.table.verticalHeader().defaultSectionSize()
    hands.over(port(desk), desk.line("700.HK", 0.9))
    assert mark(desk).isVisible()
    assert mark(desk).geometry().center().y() == pytest.approx(height, abs=2)
    hands.over(port(desk), desk.line("Tech", 0.7))
    assert mark(desk).geometry().top() == height  # around the heading
    assert mark(desk).height() == height
    hands.away()
    assert not mark(desk).isVisible()
    assert desk.rows() == list(CODES)


@pytest.mark.parametrize(
    ("name", "part", "folded", "lines"),
    [
        # above the heading: the end of what is above it
        ("Tech", 0.1, False, "700.HK BTCUSDT Tech AAPL.US EURUSD"),
        # on it: its first row
        ("Tech", 0.7, False, "700.HK Tech BTCUSDT AAPL.US EURUSD"),
        ("AAPL.US", 0.2, False, "700.HK Tech BTCUSDT AAPL.US EURUSD"),
        # on a folded one: its end
        ("Tech", 0.7, True, "700.HK Tech"),
    ],
)
def test_rows_go_from_section_to_section(
    desk: ListDesk, name: str, part: float, folded: bool, lines: str
) -> None:
    desk.sections("Tech")
    desk.select("BTCUSDT")
    data = desk.lift()
    if folded:
        desk.lists.fold([1], folded=True)
    desk.lists.move([key("BTCUSDT")], Place(0, 0))
    Hands(data).drop(port(desk), desk.line(name, part))
    assert desk.shown() == lines.split()
    if folded:
        assert desk.rows() == ["700.HK", "AAPL.US", "EURUSD", "BTCUSDT"]


def test_a_heading_is_dragged_with_its_rows(desk: ListDesk) -> None:
    desk.sections("One", "Two", "Three")
    desk.on("One")
    hands = Hands(desk.lift())
    assert hands.over(port(desk), desk.line("EURUSD", 0.9)) is MOVED
    hands.drop(port(desk), desk.line("EURUSD", 0.9))
    assert desk.shown() == ["700.HK", "Two", "EURUSD", "One", "AAPL.US", "Three", "BTCUSDT"]
    desk.on("Three")
    Hands(desk.lift()).drop(port(desk), desk.line("700.HK", 0.1))
    assert desk.shown() == ["700.HK", "Three", "BTCUSDT", "Two", "EURUSD", "One", "AAPL.US"]


def test_a_heading_is_dropped_on_a_tab(desk: ListDesk) -> None:
    desk.more_lists("Other")
    desk.sections("One", "Two")
    desk.on("Two")
    Hands(desk.lift()).drop(desk.bar, desk.tab("Other"))
    assert desk.shown() == ["700.HK", "One", "AAPL.US"]
    assert desk.messages == ["Two moved to “Other”."]
    assert desk.panel.actions_["undo"].text() == "Undo: move the section “Two”"
    desk.lists.show(desk.named("Other"))
    assert desk.shown() == ["Two", "EURUSD", "BTCUSDT"]
    desk.press(Key.Key_Z, CONTROL)
    assert desk.shown() == ["700.HK", "One", "AAPL.US", "Two", "EURUSD", "BTCUSDT"]


def test_a_sorted_table_says_why_rows_stay(desk: ListDesk) -> None:
    desk.panel.choices.sort(Sorting("code"))
    desk.select("BTCUSDT")
    hands = Hands(desk.lift())
    assert hands.over(port(desk), desk.line("700.HK")) is IGNORED
    assert "sorted by “Code”" in desk.messages[0]
    hands.drop(port(desk), desk.line("700.HK"))
    assert desk.rows() == list(CODES)
    assert not mark(desk).isVisible()


def test_a_sorted_table_still_lets_rows_change_their_section(desk: ListDesk) -> None:
    desk.sections("Tech")
    desk.panel.choices.sort(Sorting("code"))
    drag(desk, "AAPL.US", 0.1, "700.HK")
    assert desk.rows() == ["AAPL.US", "EURUSD", "BTCUSDT", "700.HK"]
    assert desk.shown() == ["Tech", "700.HK", "AAPL.US", "BTCUSDT", "EURUSD"]
    assert desk.messages == []


def test_in_a_sorted_table_nothing_moves_within_its_own_section(desk: ListDesk) -> None:
    desk.sections("Tech", "More")
    desk.panel.choices.sort(Sorting("code"))
    before, last = desk.rows(), desk.lists.last_edit
    desk.select("BTCUSDT")
    hands = Hands(desk.lift())
    assert hands.over(port(desk), desk.line("EURUSD")) is IGNORED
    hands.drop(port(desk), desk.line("EURUSD"))
    assert desk.rows() == before
    assert desk.lists.last_edit is last


def test_in_a_filtered_table_rows_go_beside_what_is_shown(desk: ListDesk, qtbot: QtBot) -> None:
    desk.press(Key.Key_F, CONTROL)
    QTest.keyClicks(desk.child(QLineEdit, "watchlist.filter"), "us")
    qtbot.waitUntil(lambda: desk.shown() == ["AAPL.US", "EURUSD", "BTCUSDT"])
    drag(desk, "AAPL.US", 0.1, "BTCUSDT")
    assert desk.rows() == ["700.HK", "BTCUSDT", "AAPL.US", "EURUSD"]


def test_what_is_held_at_the_edge_scrolls_the_table(
    desk: ListDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alltick_desk.ui.lists.table_drag.SCROLL_MS", 5)
    desk.lists.add_list("Long")
    desk.watchlist.add(key(f"C{n:03}") for n in range(200))
    desk.select("C000")
    hands = Hands(desk.lift())
    bar = desk.table.verticalScrollBar()
    hands.over(port(desk), QPoint(50, port(desk).height() - 3))
    qtbot.waitUntil(lambda: bar.value() >= 5)
    hands.over(port(desk), QPoint(50, port(desk).height() // 2))
    there = bar.value()
    QTest.qWait(30)
    assert bar.value() == there
    hands.over(port(desk), QPoint(50, 2))
    qtbot.waitUntil(lambda: bar.value() == 0)
    hands.away()


def test_a_drag_that_is_given_up_changes_nothing(desk: ListDesk) -> None:
    desk.select("BTCUSDT")
    hands = Hands(desk.lift())
    hands.over(port(desk), desk.line("700.HK"))
    hands.away()  # what Qt tells of Esc
    assert desk.rows() == list(CODES)
    assert desk.panel.actions_["undo"].text() == "Undo: rename the list “Watchlist”"


def test_codes_from_outside_go_where_they_are_dropped(desk: ListDesk) -> None:
    Hands(text_of("9988.HK", "EURJPY")).drop(port(desk), desk.line("AAPL.US", 0.1))
    assert desk.shown() == ["700.HK", "9988.HK", "EURJPY", "AAPL.US", "EURUSD", "BTCUSDT"]
    assert desk.selected_rows() == ["9988.HK", "EURJPY"]


def test_rows_of_another_desk_are_but_text(desk: ListDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.getpid", lambda: 1)
    data = pack(Carried(desk.lists.shown.id, (key("700.HK"),)), "9988.HK")
    monkeypatch.undo()
    Hands(data).drop(port(desk), desk.line("700.HK", 0.1))
    assert desk.shown() == ["9988.HK", *CODES]


def test_a_file_that_is_dropped_is_shown_first(desk: ListDesk, tmp_path: Path) -> None:
    file = tmp_path / "自选.csv"
    file.write_bytes("代码,名称\nSH600519,贵州茅台\n".encode("gbk"))
    Hands(mime_of([str(file)])).drop(port(desk), desk.line("AAPL.US", 0.1))
    assert desk.rows() == list(CODES)
    dialog = desk.panel.findChild(QDialog, "listImport")
    assert dialog is not None
    dialog.accept()
    assert desk.shown() == ["700.HK", "600519.SH", "AAPL.US", "EURUSD", "BTCUSDT"]


def test_a_picture_is_not_welcome(desk: ListDesk) -> None:
    data = QMimeData()
    data.setData("image/png", b"x")
    assert Hands(data).over(port(desk), desk.line("700.HK")) is IGNORED
