"""The choice of the vendor stands where it means something, and nowhere else."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QTabBar, QTabWidget, QWidget
from pytestqt.qtbot import QtBot
from settingsbench import Bench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

OF_ONE_VENDOR = ["account", "limits", "connection"]
OF_THE_DESK = ["appearance", "table"]


def choice(bench: Bench) -> QComboBox:
    box = bench.dialog.findChild(QComboBox, "vendor")
    assert box is not None
    return box


def focused(bench: Bench) -> QWidget:
    widget = bench.dialog.focusWidget()
    assert widget is not None
    return widget


@pytest.mark.parametrize("page", [*OF_ONE_VENDOR, *OF_THE_DESK])
def test_it_is_seen_on_the_pages_that_are_of_a_vendor(qtbot: QtBot, page: str) -> None:
    bench = Bench(qtbot)
    bar = bench.dialog.findChild(QTabBar)
    assert bar is not None
    before = bar.mapToGlobal(QPoint())
    bench.dialog.show_page(page)
    assert choice(bench).isVisible() is (page in OF_ONE_VENDOR)
    assert bar.mapToGlobal(QPoint()) == before, "the tabs jump"


def test_it_keeps_what_was_chosen_from_page_to_page(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    for page in OF_ONE_VENDOR:
        bench.dialog.show_page(page)
        bench.choose("Vendor", "iTick" if page == "account" else choice(bench).currentText())
        assert choice(bench).currentText() == "iTick"


@pytest.mark.parametrize("page", OF_ONE_VENDOR)
def test_the_tab_key_goes_from_the_tabs_to_it_and_on_into_the_page(qtbot: QtBot, page: str) -> None:
    bench = Bench(qtbot)
    bench.dialog.show_page("limits")
    bench.dialog.show_page("connection")
    bench.dialog.show_page(page)
    tabs = bench.dialog.findChild(QTabWidget)
    assert tabs is not None
    tabs.tabBar().setFocus()
    QTest.keyClick(focused(bench), Qt.Key.Key_Tab)
    assert focused(bench) is choice(bench)
    QTest.keyClick(focused(bench), Qt.Key.Key_Tab)
    within = tabs.currentWidget()
    assert within is not None
    assert within.isAncestorOf(focused(bench))
    assert focused(bench) is not choice(bench)
