"""Lists written to files and brought back from backups."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from fakes import FakeClock
from listhands import CONTROL, LEFT, ListDesk
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot
from watchdesk import CODES, key

from alltick_desk.model.lists import ListBook
from alltick_desk.store.list_files import ListBackup, ListFiles

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
Key = Qt.Key


@pytest.fixture
def desk(qtbot: QtBot) -> ListDesk:
    return ListDesk(qtbot)


def ask(desk: ListDesk, action: str) -> QFileDialog:
    desk.panel.lists.actions[action].trigger()
    dialog = desk.panel.findChild(QFileDialog, "lists.exportFile")
    assert dialog is not None
    return dialog


def save(desk: ListDesk, action: str, path: Path) -> None:
    dialog = ask(desk, action)
    dialog.fileSelected.emit(str(path))
    dialog.setObjectName("done")
    dialog.reject()


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        (
            ".csv",
            "list,section,code,name,alias,note,pinned,vendor\r\nMain,,700.HK,Tencent,,,,alltick\r\n",
        ),
        (
            ".tsv",
            "list\tsection\tcode\tname\talias\tnote\tpinned\tvendor\r\nMain\t\t700.HK\tTencent\t\t\t\talltick\r\n",
        ),
        (".txt", "700.HK\n"),
    ],
)
def test_the_ending_chooses_the_format(
    desk: ListDesk, tmp_path: Path, ending: str, text: str
) -> None:
    desk.watchlist.remove(key(code) for code in CODES[1:])
    path = tmp_path / f"out{ending}"
    save(desk, "export", path)
    assert path.read_bytes().decode("utf-8-sig") == text
    assert desk.messages[-1] == f"The list is written into {path}, with its rows (1)."


def test_a_list_with_a_point_in_its_name_gets_an_ending(desk: ListDesk, tmp_path: Path) -> None:
    desk.lists.rename_list("v1.2: mine/yours")
    dialog = ask(desk, "export")
    assert dialog.selectedFiles()[0].endswith("v1.2- mine-yours.csv")
    dialog.fileSelected.emit(str(tmp_path / "v1.2"))
    assert (tmp_path / "v1.2.csv").exists()
    dialog.fileSelected.emit(str(tmp_path / "v1.2"))
    assert "so nothing was written" in desk.messages[-1]


def test_all_lists_come_back_whole(desk: ListDesk, tmp_path: Path) -> None:
    desk.sections("科技")
    desk.lists.set_note(key("EURUSD"), "watch, this; closely")
    desk.more_lists("Other")
    desk.lists.copy_to(desk.named("Other"), [key("AAPL.US")])
    path = tmp_path / "all.csv"
    save(desk, "export_all", path)
    before = [one.sections for one in desk.lists.book.lists]
    for name in ("Main", "Other"):
        desk.lists.delete_list(desk.named(name))
    desk.panel.lists.imports.open([path])
    dialog = desk.panel.findChild(QDialog, "listImport")
    assert dialog is not None
    dialog.accept()
    made = {one.name: one.sections for one in desk.lists.book.lists}
    assert [made["Main"], made["Other"]] == before


def test_a_disk_that_refuses_is_told(desk: ListDesk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    save(desk, "export", tmp_path / "file" / "out.csv")
    assert "cannot be written: a file is in the place of a folder." in desk.messages[-1]


def test_codes_alone_name_only_the_other_vendor(desk: ListDesk, tmp_path: Path) -> None:
    desk.watchlist.add([key("700.HK", "itick")])
    path = tmp_path / "codes.txt"
    save(desk, "export", path)
    assert path.read_text("utf-8-sig").splitlines() == [*CODES, "itick:700.HK"]


# Backups


class Kept:
    """The backups of a real file, behind what the application makes of them."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.files = ListFiles(folder / "watchlists.json", folder / "backups", self.clock)

    def back_up(self, desk: ListDesk) -> None:
        """Have a backup of the lists as they are, then a further list."""
        self.files.save(desk.lists.book)
        desk.more_lists("Other")
        self.clock.now += 1_000
        self.files.save(desk.lists.book)

    def list_backups(self) -> Sequence[ListBackup]:
        return self.files.list_backups()

    def restored(self, backup: ListBackup) -> ListBook:
        return self.files.restore(backup)


def open_backups(desk: ListDesk) -> QDialog:
    desk.panel.lists.actions["backups"].trigger()
    dialogs = [it for it in desk.panel.findChildren(QDialog, "listBackups") if it.isVisible()]
    assert len(dialogs) == 1
    return dialogs[0]


def cells(dialog: QDialog) -> list[list[str]]:
    table = dialog.findChild(QTableWidget, "listBackups.table")
    assert table is not None
    return [
        [str(table.model().index(row, column).data()) for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def button(dialog: QDialog) -> QPushButton:
    found = dialog.findChild(QPushButton, "listBackups.restore")
    assert found is not None
    return found


@pytest.fixture
def kept(desk: ListDesk, tmp_path: Path) -> Kept:
    kept = Kept(tmp_path)
    desk.panel.lists.keep_backups(kept)
    return kept


def test_without_backups_none_are_offered(desk: ListDesk) -> None:
    assert not desk.panel.lists.actions["backups"].isEnabled()


def test_a_backup_is_restored_as_one_edit(desk: ListDesk, kept: Kept) -> None:
    kept.back_up(desk)
    desk.lists.delete_list(desk.named("Main"))
    assert desk.tabs() == ["Other"]
    dialog = open_backups(desk)
    assert [row[1:] for row in cells(dialog)] == [["Main (4)", "4"]]
    QTest.mouseClick(button(dialog), LEFT)
    assert not dialog.isVisible()
    assert desk.tabs() == ["Main"]
    assert desk.shown() == list(CODES)
    assert desk.messages[-1].endswith("are back.")
    desk.table.setFocus()
    desk.press(Key.Key_Z, CONTROL)
    assert desk.tabs() == ["Other"]


@pytest.mark.parametrize(
    ("locale", "when"),
    [("en_US", ["11/21/26 7:19:59 PM"]), ("zh_CN", ["2026/11/21 19:19:59"])],
)
def test_a_backup_is_known_by_its_second_and_its_lists(
    desk: ListDesk, kept: Kept, locale: str, when: list[str]
) -> None:
    moment = datetime(2026, 11, 21, 19, 19, 59).astimezone()
    desk.lists.show(desk.lists.add_list("港股 <b>"))
    desk.watchlist.add([key("9988.HK")])
    kept.clock.set_wall_ms(int((moment.timestamp() - 1_000) * 1_000))
    kept.back_up(desk)
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        dialog = open_backups(desk)
    finally:
        QLocale.setDefault(before)
    (shown,) = cells(dialog)
    assert [" ".join(shown[0].split())] == when
    assert shown[1:] == ["Main (4), 港股 <b> (1)", "5"]


def test_no_backups_yet(desk: ListDesk, kept: Kept) -> None:
    dialog = open_backups(desk)
    assert cells(dialog) == []
    assert not button(dialog).isEnabled()
    says = dialog.findChild(QLabel, "listBackups.says")
    assert says is not None
    assert says.text().startswith("There are no backups yet.")


def test_a_backup_that_is_gone_is_told_in_the_dialog(desk: ListDesk, kept: Kept) -> None:
    kept.back_up(desk)
    dialog = open_backups(desk)
    kept.list_backups()[0].path.unlink()
    QTest.mouseClick(button(dialog), LEFT)
    says = dialog.findChild(QLabel, "listBackups.says")
    assert says is not None
    assert "Nothing was changed." in says.text()
    assert dialog.isVisible()
    assert desk.tabs() == ["Main", "Other"]
