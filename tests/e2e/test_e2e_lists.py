"""Lists in the real window: what a person does to them, takes back, reads in and carries out."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableView,
    QToolButton,
)
from windowways import CTRL, LEFT, streamed

from alltick_desk.ui.lists.import_dialog import ListImportDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

FIRST = ("700.HK", "TSLA.US", "9988.HK", "5.HK")
Key = Qt.Key


def lines(d: RunningDesk) -> list[str]:
    """Return what stands in the table, headings too."""
    model = d.front.panel._view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def select(d: RunningDesk, *codes: str) -> None:
    """Click on rows, on all but the first with Ctrl."""
    view = d.front.panel._view
    for number, code in enumerate(codes):
        index = view.model().index(lines(d).index(code), 0)
        held = CTRL if number else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(view.viewport(), LEFT, held, view.visualRect(index).center())


def write(d: RunningDesk, name: str) -> None:
    """Write into the field that asks for a name."""
    fields = d.front.window.findChildren(QLineEdit, "lists.name")
    field = next(it for it in fields if it.isVisible())
    field.selectAll()
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Key.Key_Return)


def pick(menu: QMenu, name: str) -> None:
    """Choose an entry of an open menu."""
    action = next(it for it in menu.actions() if it.objectName() == name)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


@contextlib.contextmanager
def folder_forgotten(app: QApplication) -> Iterator[None]:
    app.setProperty("lastFolder", None)
    yield
    app.setProperty("lastFolder", None)


def test_removed_rows_stream_again_after_one_click(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=FIRST) as d:
            await d.until(lambda: streamed(d, FIRST))
            await d.act(lambda: select(d, "TSLA.US", "9988.HK"), lambda: d.press(Key.Key_Delete))
            await d.until(lambda: streamed(d, ("700.HK", "5.HK")))
            offer = d.find(QToolButton, "watchlist.followUp.do")
            assert (offer.isVisible(), offer.text()) == (True, "Undo")
            assert offer.accessibleDescription().startswith("TSLA.US, 9988.HK removed. Undo")
            assert "TSLA.US, 9988.HK removed." in d.messages()
            await d.act(lambda: QTest.mouseClick(offer, LEFT))
            assert d.codes() == list(FIRST)
            assert not offer.isVisible()
            await d.until(lambda: streamed(d, FIRST))

    play(scenario())


def test_ctrl_z_takes_a_deleted_tab_back_though_the_chart_had_the_keyboard(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=FIRST[:2]) as d:
            await d.until(lambda: streamed(d, FIRST[:2]))
            first = d.front.lists.shown.id
            other = d.front.lists.add_list("zweite")
            d.front.lists.show(first)
            view = d.panel.view.viewport()
            await d.act(lambda: QTest.mouseClick(view, LEFT, pos=view.rect().center()))
            assert not d.front.panel.isAncestorOf(qapp.focusWidget())
            menu = d.front.panel.lists.tabs.menu_of(other)
            await d.act(lambda: menu.popup(QPoint(0, 0)))
            await d.act(lambda: pick(menu, "lists.menu.delete"))
            assert other not in d.front.lists.book
            await d.act(lambda: QTest.keyClick(qapp.focusWidget(), Key.Key_Z, CTRL))
            assert other in d.front.lists.book

    play(scenario())


def test_a_code_that_is_added_joins_the_section_of_the_selected_row(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=FIRST) as d:
            await d.until(lambda: streamed(d, FIRST))
            await d.act(lambda: select(d, "9988.HK", "5.HK"), lambda: d.press(Key.Key_G, CTRL))
            await d.act(lambda: write(d, "Hong Kong"))
            await d.act(lambda: select(d, "700.HK"), lambda: d.type_symbol("gzmt"))
            now = ["700.HK", "TSLA.US", "600519.SH", "Hong Kong", "9988.HK", "5.HK"]
            assert lines(d) == now
            now.remove("Hong Kong")
            await d.until(lambda: streamed(d, tuple(now)))

    play(scenario())


def test_a_section_is_made_in_place_and_moved_by_the_heading_s_menu(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=FIRST) as d:
            await d.until(lambda: streamed(d, FIRST))
            await d.act(lambda: select(d, "9988.HK", "5.HK"), lambda: d.press(Key.Key_G, CTRL))
            await d.act(lambda: write(d, "Hong Kong"))
            assert lines(d) == ["700.HK", "TSLA.US", "Hong Kong", "9988.HK", "5.HK"]
            await d.act(lambda: d.press(Key.Key_T, CTRL))
            await d.act(lambda: write(d, "Asia"))
            assert lines(d) == []
            assert "“Asia” is empty." in d.front.panel._view.hint
            first, asia = d.front.lists.book.lists
            d.front.lists.show(first.id)
            await d.act(lambda: select(d, "Hong Kong"))
            menu = d.find(QMenu, "lists.move_to_list.menu")
            assert menu.menuAction().text() == "Move section to list"
            await d.act(lambda: menu.popup(QPoint(0, 0)))
            await d.act(lambda: pick(menu, f"lists.to.{asia.id}"))
            assert lines(d) == ["700.HK", "TSLA.US"]
            d.front.lists.show(asia.id)
            assert lines(d) == ["Hong Kong", "9988.HK", "5.HK"]
            assert d.front.faults.count == 0

    play(scenario())


def test_a_file_is_found_read_in_its_encoding_and_names_are_cleared_up(
    tmp_path: Path, qapp: QApplication
) -> None:
    """A list of a program in Taipei, and a name that two instruments have."""
    file = tmp_path / "mine" / "list.csv"
    file.parent.mkdir()
    file.write_bytes("code,alias\n2330.TW,台積電\n9988.HK,阿里巴巴集團\nCM Bank,\n".encode("big5"))

    async def scenario() -> None:
        with folder_forgotten(qapp):
            async with desk_running(tmp_path / "profile", symbols=FIRST[:1]) as d:
                await d.until(lambda: streamed(d, FIRST[:1]))
                await d.act(d.front.panel.lists.actions["import"].trigger)
                asked = d.find(QFileDialog, "lists.importFile")
                assert Path(asked.directory().absolutePath()) != Path.cwd()
                await d.act(lambda: asked.fileSelected.emit(str(file)), asked.reject)
                await d.until(lambda: d.dialog(ListImportDialog))
                box = d.find(QComboBox, "listImport.encoding")
                assert box.currentText() == "GBK (guessed)"
                await d.act(box.setFocus, lambda: QTest.keyClick(box, Key.Key_Down))
                model = d.find(QTableView, "listImport.preview").model()
                remarks = [model.index(row, 6).data() for row in range(3)]
                assert "3968.HK (招商银行), 600036.SH (招商银行)" in remarks[2]
                ok = d.find(QPushButton, "listImport.ok")
                await d.act(lambda: QTest.mouseClick(ok, LEFT))
                assert d.codes() == ["700.HK", "2330.TW", "9988.HK"]
                assert [it.alias for it in d.front.lists.shown.entries][1:] == [
                    "台積電",
                    "阿里巴巴集團",
                ]
                await d.act(d.front.panel.lists.actions["import"].trigger)
                asked = d.front.window.findChildren(QFileDialog, "lists.importFile")[-1]
                assert Path(asked.directory().absolutePath()) == file.parent
                await d.act(asked.reject)

    play(scenario())


def test_rows_go_to_a_spreadsheet_as_a_table(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=FIRST) as d:
            await d.until(lambda: streamed(d, FIRST))
            carried: list[tuple[str, str]] = []

            def take(drag: QDrag) -> None:
                carried.append((drag.mimeData().text(), drag.mimeData().html()))

            dragging = d.front.panel.lists.dragging
            dragging.run = take
            await d.act(lambda: select(d, "700.HK", "5.HK"), dragging.start)
            ((text, table),) = carried
            assert [line.split("\t")[0] for line in text.splitlines()] == ["700.HK", "5.HK"]
            assert len({line.count("\t") for line in text.splitlines()}) == 1
            assert table.count("<tr>") == 2
            assert "<td>700.HK</td>" in table

    play(scenario())
