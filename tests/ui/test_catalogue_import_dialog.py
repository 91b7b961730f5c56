"""Importing a product list as a person does: look, change what was guessed wrongly, import."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest
from fakes import FakeClock
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import Catalogue, Instrument, Market
from alltick_desk.services.catalogue_import_lists import ProductLists
from alltick_desk.store.imports import ImportStore
from alltick_desk.ui.catalogue_import import ProductListMenu

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)

PRODUCTS = """AllTick product list
No,Code,Name,Chinese name
1,00700,Tencent,腾讯控股
2,09988,Alibaba,阿里巴巴
3,02800,Tracker Fund,盈富基金
4,02800,Tracker Fund,盈富基金
5,not a code,?,?
"""


async def at_once(call: Callable[[], T], /) -> T:
    return call()


class ImportDesk:
    """The menu over a real store, with tasks that run at once."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.catalogue = Catalogue(
            [
                Instrument("700.HK", "Tencent", "腾讯控股", Market.HK_STOCK),
                Instrument("9988.HK", "Alibaba Group", "阿里巴巴", Market.HK_STOCK),
            ]
        )
        self.folder = folder
        self.told: list[str] = []
        self.said: list[str] = []
        self.renamed = 0
        self.parent = QWidget()
        qtbot.addWidget(self.parent)
        self.start()

    def start(self) -> None:
        clock = FakeClock()
        self.lists = ProductLists(
            self.catalogue,
            ImportStore(self.folder / "lists", clock),
            on_names=self._rename,
            clock=clock,
            in_thread=at_once,
        )
        self.menu = ProductListMenu(
            self.lists,
            titles=lambda: {"alltick": "AllTick", "itick": "iTick"},
            spawn=self._spawn,
            tell=self.told.append,
            say=self.said.append,
        )

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        assert name
        asyncio.run(work)

    def _rename(self) -> None:
        self.renamed += 1

    def write(self, text: str = PRODUCTS, name: str = "港股.csv") -> Path:
        path = self.folder / name
        path.write_text(text, encoding="gbk")
        return path

    @property
    def dialog(self) -> QDialog:
        (found,) = self.parent.findChildren(QDialog)
        assert isinstance(found, QDialog)
        return found

    def part(self, kind: type[W], name: str) -> W:
        found = self.dialog.findChild(kind, name)
        assert found is not None
        return found

    def counts(self, qtbot: QtBot) -> str:
        label = self.part(QLabel, "productList.counts")
        qtbot.waitUntil(lambda: "counted" not in label.text())
        return label.text()

    def cells(self, name: str = "productList.preview") -> list[list[str]]:
        table = self.part(QTableWidget, name)
        return [
            [table.item(row, column).text() for column in range(table.columnCount())]
            for row in range(table.rowCount())
        ]

    def press(self, name: str) -> None:
        QTest.mouseClick(self.part(QPushButton, name), Qt.MouseButton.LeftButton)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> ImportDesk:
    return ImportDesk(qtbot, tmp_path)


def test_a_list_is_shown_before_it_is_imported(desk: ImportDesk, qtbot: QtBot) -> None:
    desk.menu.open(desk.write(), desk.parent)
    assert desk.cells() == [
        ["3", "700.HK", "Tencent", "腾讯控股", "Hong Kong stocks", "known"],
        ["4", "9988.HK", "Alibaba", "阿里巴巴", "Hong Kong stocks", "other name"],
        ["5", "2800.HK", "Tracker Fund", "盈富基金", "Hong Kong stocks", "new"],
        ["6", "2800.HK", "Tracker Fund", "盈富基金", "Hong Kong stocks", "new"],
        ["7", "", "?", "?", "", "no code, left out"],
    ]
    assert desk.counts(qtbot) == (
        "3 instruments: 1 new, 1 with other names than now, 1 known. "
        "Left out as duplicates: 1. Left out without a readable code: 1 (line 7)."
    )
    assert "2800.HK" not in desk.catalogue
    desk.press("productList.import")
    assert desk.catalogue.get("2800.HK").name_zh == "盈富基金"
    assert desk.catalogue.get("9988.HK").name_en == "Alibaba"
    assert [source.name for source in desk.catalogue.sources("700.HK")] == ["", "港股.csv"]
    assert desk.told == ["3 instruments of 港股.csv can be found now."]
    assert desk.renamed == 1


def test_lines_without_a_code_are_named(desk: ImportDesk, qtbot: QtBot) -> None:
    desk.menu.open(desk.write(f"{PRODUCTS}6,nor this,?,?\n"), desk.parent)
    assert desk.counts(qtbot).endswith("Left out without a readable code: 2 (lines 7, 8).")


def test_what_was_guessed_can_be_changed(desk: ImportDesk, qtbot: QtBot) -> None:
    desk.menu.open(desk.write(), desk.parent)
    market = desk.part(QComboBox, "productList.market")
    market.setCurrentIndex(market.findText("US stocks"))
    assert desk.cells()[0][1] == "00700.US"
    desk.part(QComboBox, "productList.column.name_en").setCurrentIndex(0)
    desk.part(QSpinBox, "productList.first").setValue(4)
    assert desk.cells()[0] == ["4", "09988.US", "", "阿里巴巴", "US stocks", "new"]
    desk.part(QComboBox, "productList.column.code").setCurrentIndex(0)
    assert desk.counts(qtbot) == "Choose the column that has the codes."
    assert not desk.part(QPushButton, "productList.import").isEnabled()
    desk.part(QCheckBox, "productList.wanted").setChecked(False)
    assert desk.cells() == []
    assert not market.isEnabled()


def test_cancel_changes_nothing(desk: ImportDesk) -> None:
    desk.menu.open(desk.write(), desk.parent)
    QTest.keyClick(desk.dialog, Qt.Key.Key_Escape)
    assert desk.told == []
    assert desk.lists.lists == ()


def test_a_file_that_is_no_list_is_explained(desk: ImportDesk) -> None:
    path = desk.folder / "x.xlsx"
    path.write_bytes(bytes(40))
    desk.menu.open(path, desk.parent)
    assert desk.parent.findChildren(QDialog) == []
    (sentence,) = desk.said
    assert sentence.startswith("The product list x.xlsx cannot be imported")


def imported(desk: ImportDesk, qtbot: QtBot, text: str = PRODUCTS) -> None:
    desk.menu.open(desk.write(text), desk.parent)
    desk.counts(qtbot)
    desk.press("productList.import")
    qtbot.waitUntil(lambda: not desk.parent.findChildren(QDialog))


def test_the_next_start_knows_the_list(desk: ImportDesk, qtbot: QtBot) -> None:
    imported(desk, qtbot)
    desk.catalogue = Catalogue([])
    desk.start()
    asyncio.run(desk.menu.load())
    assert desk.catalogue.get("2800.HK").name_en == "Tracker Fund"
    assert [one.name for one in desk.lists.lists] == ["港股.csv"]
    assert desk.said == []


def test_a_list_imported_again_takes_the_place_of_the_first(desk: ImportDesk, qtbot: QtBot) -> None:
    imported(desk, qtbot)
    imported(desk, qtbot, "Code,Name\n5.HK,HSBC\n")
    assert "2800.HK" not in desk.catalogue
    assert desk.catalogue.get("9988.HK").name_en == "Alibaba Group"
    assert "5.HK" in desk.catalogue
    assert len(desk.lists.lists) == 1


def test_a_list_is_removed_and_brought_back(desk: ImportDesk, qtbot: QtBot) -> None:
    imported(desk, qtbot)
    desk.menu.manage(desk.parent)
    assert desk.cells("productLists.table")[0][:3] == ["港股.csv", "AllTick", "3"]
    desk.press("productLists.remove")
    assert "2800.HK" not in desk.catalogue
    assert "700.HK" in desk.catalogue
    assert not list((desk.folder / "lists").glob("*.json"))
    assert desk.cells("productLists.table")[0][0] == "港股.csv (removed)"
    desk.press("productLists.remove")
    assert "2800.HK" in desk.catalogue
    assert len(list((desk.folder / "lists").glob("*.json"))) == 1
    assert desk.told[1:] == [
        "The product list 港股.csv was removed.",
        "The product list 港股.csv is back.",
    ]


def test_a_list_that_cannot_be_removed_stays_and_says_why(
    desk: ImportDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("The disk refuses.")

    imported(desk, qtbot)
    desk.menu.manage(desk.parent)
    with monkeypatch.context() as patch:
        patch.setattr(ImportStore, "remove", refuse)
        desk.press("productLists.remove")
    assert desk.cells("productLists.table")[0][0] == "港股.csv"
    why = "The disk refuses. The list stays."
    assert desk.part(QLabel, "productLists.note").text() == why
    assert desk.said == [why]
    assert desk.part(QPushButton, "productLists.remove").text() == "Remove"
    assert "2800.HK" in desk.catalogue
    assert [one.name for one in desk.lists.lists] == ["港股.csv"]
    desk.press("productLists.remove")  # the disk has come round
    assert desk.cells("productLists.table")[0][0] == "港股.csv (removed)"
    assert desk.part(QLabel, "productLists.note").text() != why


def test_a_shelf_waits_for_the_disk_and_may_be_closed_before(
    desk: ImportDesk, qtbot: QtBot
) -> None:
    imported(desk, qtbot)
    waiting: list[Coroutine[Any, Any, None]] = []
    desk.menu._spawn = lambda work, _name: waiting.append(work)
    desk.menu.manage(desk.parent)
    desk.press("productLists.remove")
    desk.press("productLists.remove")  # is under way
    assert len(waiting) == 1
    assert desk.cells("productLists.table")[0][0] == "港股.csv"
    QTest.keyClick(desk.dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not desk.parent.findChildren(QDialog))
    asyncio.run(waiting[0])
    assert desk.told[-1] == "The product list 港股.csv was removed."


def test_without_lists_the_shelf_says_what_they_are_for(desk: ImportDesk) -> None:
    desk.menu.manage(desk.parent)
    assert "No product list was imported yet." in desk.part(QLabel, "productLists.note").text()
    assert not desk.part(QPushButton, "productLists.remove").isEnabled()


def test_a_full_disk_is_told_and_the_names_are_known_all_the_same(
    desk: ImportDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(ImportStore, "save", refuse)
    imported(desk, qtbot)
    assert desk.said == ["The disk is full."]
    assert "2800.HK" in desk.catalogue


def test_the_menu_asks_for_a_file(desk: ImportDesk) -> None:
    desk.menu.ask(desk.parent)
    assert desk.dialog.objectName() == "importProducts"
