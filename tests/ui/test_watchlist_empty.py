"""What a table that shows nothing says: why, and what fills it."""

import pytest
from listhands import CONTROL, ListDesk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from watchdesk import key

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)


@pytest.fixture
def desk(qtbot: QtBot) -> ListDesk:
    return ListDesk(qtbot)


def hint(desk: ListDesk) -> str:
    return str(desk.panel._view.hint)


def test_the_only_list_says_that_nothing_is_watched(desk: ListDesk) -> None:
    desk.watchlist.remove(desk.watchlist.keys)
    assert hint(desk).startswith("Nothing is watched yet. Type a code")
    assert "(Ctrl+K)" in hint(desk)


def test_a_list_among_others_says_that_it_is_empty_and_what_fills_it(desk: ListDesk) -> None:
    desk.more_lists("港股")
    desk.lists.show(desk.named("港股"))
    assert hint(desk) == (
        "“港股” is empty. Type a code or a name into the box above (Ctrl+K), paste codes "
        "(Ctrl+V), drag rows of another list onto its tab, or import a file (File menu)."
    )
    desk.lists.rename_list("Hong Kong")
    assert hint(desk).startswith("“Hong Kong” is empty.")
    before = desk.picture()
    desk.lists.delete_list(desk.named("Main"))
    assert hint(desk).startswith("Nothing is watched yet.")
    assert desk.picture() != before  # it is painted anew


def test_what_a_filter_hides_is_no_empty_list(desk: ListDesk, qtbot: QtBot) -> None:
    desk.more_lists("Other")
    desk.press(Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(desk.panel.focusWidget(), "zzzz")
    qtbot.waitUntil(lambda: desk.shown() == [])
    assert hint(desk).startswith("No row fits the filter.")
    desk.watchlist.remove([key(it.code) for it in desk.watchlist.keys])
    assert hint(desk).startswith("“Main” is empty.")
