"""The list under the add box is wide enough for the names of the markets."""

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLineEdit, QMainWindow, QTabBar, QToolButton
from pytestqt.qtbot import QtBot

from alltick_desk.model.search_index import Group
from alltick_desk.ui.watchlist.match_list import MatchList
from alltick_desk.ui.watchlist.offers import NO_OFFERS

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)


@pytest.mark.parametrize("points", [9, 11])
def test_no_market_is_cut_or_behind_an_arrow(qtbot: QtBot, points: int) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    box = QLineEdit(window)
    box.setFixedWidth(90)
    window.setCentralWidget(box)
    window.show()
    matches = MatchList(box, lambda _offer: None, lambda _group: None)
    font = QFont(matches.font())
    font.setPointSize(points)
    matches.tabs.setFont(font)  # its words are longer in some languages
    matches.show_groups(list(Group), None)
    matches.offer(NO_OFFERS, highlight=None, note="Enter adds.")
    tabs = matches.findChild(QTabBar, "watchlist.markets")
    assert tabs is not None
    assert tabs.width() >= tabs.sizeHint().width() > 90
    assert not any(it.isVisible() for it in tabs.findChildren(QToolButton))
    assert matches.width() <= box.screen().availableGeometry().width()
    matches.hide()
