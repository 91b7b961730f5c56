"""The table: which rows are in sight, and what of them is painted anew."""

import pytest
from PySide6.QtGui import QPaintEvent, QPalette, QRegion
from pytestqt.qtbot import QtBot
from watchdesk import CODES, WatchDesk, key

from alltick_desk.services.quotes import RowState
from alltick_desk.ui.watchlist.columns import BY_ID, COLUMNS
from alltick_desk.ui.watchlist.look import TableLook
from alltick_desk.ui.watchlist.view import WatchlistView


@pytest.fixture
def desk(qtbot: QtBot) -> WatchDesk:
    return WatchDesk(qtbot).show(qtbot)


class Painted:
    """Collects the regions that a view is asked to paint."""

    def __init__(self, view: WatchlistView) -> None:
        self.regions: list[QRegion] = []
        self._paint = view.paintEvent
        view.viewport().repaint()
        view.paintEvent = self._note  # type: ignore[method-assign]

    def _note(self, event: QPaintEvent) -> None:
        self.regions.append(QRegion(event.region()))
        self._paint(event)


def long_desk(qtbot: QtBot, count: int = 200) -> WatchDesk:
    return WatchDesk(qtbot, tuple(f"{number}.HK" for number in range(count))).show(qtbot)


# What is in sight


def test_the_ground_is_that_of_a_table(desk: WatchDesk) -> None:
    palette = desk.panel.palette()
    palette.setColor(QPalette.ColorRole.Base, "#123456")
    palette.setColor(QPalette.ColorRole.Window, "#654321")
    desk.panel.setPalette(palette)
    port = desk.table.viewport()
    assert port.grab().toImage().pixelColor(5, port.height() - 5).name() == "#123456"


def test_only_rows_in_sight_count(qtbot: QtBot) -> None:
    desk = long_desk(qtbot)
    shown = [row.code for row in desk.panel.visible_keys()]
    assert shown[0] == "0.HK"
    assert 5 < len(shown) < 30
    desk.tick("0.HK", "1.5")
    desk.tick("150.HK", "1.5")
    assert desk.frame() == 1


def test_scrolling_brings_others_into_sight(qtbot: QtBot) -> None:
    desk = long_desk(qtbot)
    told: list[int] = []
    handle = desk.panel.visible_changed.connect(lambda: told.append(1))
    qtbot.wait(20)
    told.clear()
    desk.table.verticalScrollBar().setValue(150)
    assert desk.panel.visible_keys()[0] == key("150.HK")
    qtbot.waitUntil(lambda: bool(told))
    desk.tick("150.HK", "1.5")
    desk.tick("0.HK", "1.5")
    assert desk.frame() == 1
    handle.disconnect()


def test_edits_change_what_is_in_sight(desk: WatchDesk, qtbot: QtBot) -> None:
    told: list[int] = []
    handle = desk.panel.visible_changed.connect(lambda: told.append(1))
    desk.watchlist.move([key("BTCUSDT")], 0)
    qtbot.waitUntil(lambda: bool(told))
    assert [shown.code for shown in desk.panel.visible_keys()] == desk.rows()
    told.clear()
    desk.watchlist.remove([key("BTCUSDT")])
    qtbot.waitUntil(lambda: bool(told))
    assert [shown.code for shown in desk.panel.visible_keys()] == desk.rows()
    handle.disconnect()


def test_nothing_is_in_sight_while_the_panel_is_hidden(desk: WatchDesk) -> None:
    assert len(desk.panel.visible_keys()) == 4
    desk.panel.hide()
    assert desk.panel.visible_keys() == []
    desk.tick("700.HK", "1.5")
    assert desk.frame() == 0
    desk.panel.show()
    assert len(desk.panel.visible_keys()) == 4


def test_resizing_shows_more_rows(qtbot: QtBot) -> None:
    desk = long_desk(qtbot)
    few = len(desk.panel.visible_keys())
    desk.panel.resize(1280, 800)
    assert len(desk.panel.visible_keys()) > few


# What is painted


def test_a_change_repaints_its_cells_and_no_more(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.live()
    for code in CODES:
        desk.tick(code, "10.00")
    desk.frame()
    desk.panel.set_look(TableLook(changes="none"))
    view = desk.table
    assert isinstance(view, WatchlistView)
    seen = Painted(view)
    desk.tick("AAPL.US", "10.01")
    assert desk.frame() == 1
    qtbot.waitUntil(lambda: bool(seen.regions))
    region = seen.regions[0]
    index = view.model().index
    assert region.intersects(view.visualRect(index(1, BY_ID["last"])))
    assert not region.intersects(view.visualRect(index(1, BY_ID["code"])))
    assert not region.intersects(view.visualRect(index(0, BY_ID["last"])))
    assert not region.intersects(view.visualRect(index(2, BY_ID["last"])))


def cells_painted(desk: WatchDesk, qtbot: QtBot, code: str) -> set[str]:
    """Return the columns of a row that the next painting is asked for."""
    view = desk.table
    assert isinstance(view, WatchlistView)
    seen = Painted(view)
    desk.panel.refresh([desk.row(code)])
    qtbot.waitUntil(lambda: bool(seen.regions))
    row = desk.rows().index(code)
    return {
        column.id
        for place, column in enumerate(COLUMNS)
        if seen.regions[0].intersects(view.visualRect(view.model().index(row, place)))
    }


def test_another_state_repaints_the_whole_row(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.live()
    desk.row("700.HK").state = RowState.OFFLINE
    assert cells_painted(desk, qtbot, "700.HK") == set(BY_ID)


def test_another_direction_repaints_what_it_colours(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.live()
    desk.tick("700.HK", "10.00")
    desk.frame()
    desk.row("700.HK").previous_close = 9.0
    assert cells_painted(desk, qtbot, "700.HK") == {"last", "change", "change_percent"}


def test_a_frame_that_changes_no_text_paints_nothing(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.tick("AAPL.US", "10.00")
    desk.frame()
    view = desk.table
    assert isinstance(view, WatchlistView)
    seen = Painted(view)
    desk.board.touch(desk.row("AAPL.US"), 0.0)
    assert desk.frame() == 1
    qtbot.wait(20)
    assert seen.regions == []
