"""The table: what it paints, how wide its columns are, and what it tells."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from watchdesk import CODES, WatchDesk, colours, key

from alltick_desk.services.quotes import RowState
from alltick_desk.ui.theme import make_theme
from alltick_desk.ui.watchlist.columns import BY_ID, COLUMNS
from alltick_desk.ui.watchlist.look import TableLook


@pytest.fixture
def desk(qtbot: QtBot) -> WatchDesk:
    return WatchDesk(qtbot).show(qtbot)


# What is painted


@pytest.mark.parametrize("dark", [False, True])
def test_colours_tell_the_days_direction(desk: WatchDesk, dark: bool) -> None:
    theme = make_theme(dark=dark)
    desk.panel.set_theme(theme)
    desk.panel.set_look(TableLook(changes="none"))
    desk.live()
    for code, price in (("700.HK", "11.00"), ("AAPL.US", "9.00"), ("EURUSD", "10.00")):
        desk.row(code).previous_close = 10.0
        desk.tick(code, price)
    desk.tick("BTCUSDT", "10.00")
    desk.frame()
    assert theme.up.name() in colours(desk.cell_picture("700.HK", "change"))
    assert theme.up.name() in colours(desk.cell_picture("700.HK", "last"))
    assert theme.down.name() in colours(desk.cell_picture("AAPL.US", "change_percent"))
    assert theme.text.name() in colours(desk.cell_picture("EURUSD", "change"))
    assert theme.text.name() in colours(desk.cell_picture("BTCUSDT", "last"))
    unknown = colours(desk.cell_picture("BTCUSDT", "change"))
    assert len(unknown) > 2
    assert not {theme.text.name(), theme.up.name(), theme.down.name()} & unknown


def test_a_row_that_is_not_live_is_muted(desk: WatchDesk) -> None:
    theme = make_theme(dark=False)
    desk.row("700.HK").previous_close = 10.0
    desk.tick("700.HK", "11.00")
    desk.row("700.HK").state = RowState.STALE
    desk.frame()
    seen = colours(desk.cell_picture("700.HK", "change"))
    assert theme.up.name() not in seen
    assert theme.muted.name() in seen
    assert theme.warn.name() in colours(desk.cell_picture("700.HK", "state"))


def test_states_differ_in_shape_and_not_only_in_colour(desk: WatchDesk) -> None:
    shapes = []
    for state in (
        RowState.LIVE,
        RowState.WAITING,
        RowState.STALE,
        RowState.OFFLINE,
        RowState.BEYOND_PLAN,
        RowState.REFUSED,
    ):
        desk.row("700.HK").state = state
        desk.panel.refresh([desk.row("700.HK")])
        image = desk.cell_picture("700.HK", "state")
        ground = image.pixelColor(0, 0)
        shapes.append(
            frozenset(
                (x, y)
                for x in range(18)
                for y in range(image.height() - 1)
                if image.pixelColor(x, y) != ground
            )
        )
    assert len(set(shapes)) == len(shapes)
    assert all(shapes)


def test_a_price_flashes_and_calms_down(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.live()
    desk.tick("700.HK", "10.00")
    desk.frame()
    calm = desk.cell_picture("700.HK", "last").pixelColor(2, 2)
    desk.tick("700.HK", "10.01")
    desk.frame()
    rising = desk.cell_picture("700.HK", "last").pixelColor(2, 2)
    assert rising != calm
    desk.tick("700.HK", "10.00")
    desk.frame()
    falling = desk.cell_picture("700.HK", "last").pixelColor(2, 2)
    assert calm != falling != rising
    desk.now_s += 10
    qtbot.waitUntil(lambda: desk.cell_picture("700.HK", "last").pixelColor(2, 2) == calm)


def test_the_first_price_and_a_calm_list_do_not_flash(desk: WatchDesk) -> None:
    desk.live()
    calm = desk.cell_picture("700.HK", "last").pixelColor(2, 2)
    desk.tick("700.HK", "10.00")
    desk.frame()
    assert desk.cell_picture("700.HK", "last").pixelColor(2, 2) == calm
    desk.panel.set_look(TableLook(changes="none"))
    desk.tick("700.HK", "10.01")
    desk.frame()
    assert desk.cell_picture("700.HK", "last").pixelColor(2, 2) == calm


def test_a_selected_row_stands_out_and_keeps_its_colours(desk: WatchDesk) -> None:
    theme = make_theme(dark=False)
    desk.live()
    desk.panel.set_look(TableLook(changes="none"))
    desk.row("700.HK").previous_close = 10.0
    desk.tick("700.HK", "11.00")
    desk.frame()
    before = desk.cell_picture("700.HK", "high").pixelColor(2, 2)
    desk.click("700.HK")
    assert desk.cell_picture("700.HK", "high").pixelColor(2, 2) != before
    assert theme.up.name() in colours(desk.cell_picture("700.HK", "change"))
    assert theme.accent.name() in colours(desk.cell_picture("700.HK", "code"))  # the bar


def test_an_empty_list_says_what_to_do(qtbot: QtBot) -> None:
    desk = WatchDesk(qtbot, ()).show(qtbot)
    assert make_theme(dark=False).muted.name() in colours(desk.picture())
    assert "Ctrl+K" in desk.table.hint  # type: ignore[attr-defined]


def test_a_new_day_turns_times_into_dates(desk: WatchDesk) -> None:
    desk.tick("700.HK", "10.00")
    desk.frame()
    before = desk.cell_picture("700.HK", "time")
    desk.today = (2031, 1, 1)
    desk.panel.refresh(())
    assert desk.cell_picture("700.HK", "time") != before


def test_glyphs_and_texts_look_the_same(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = WatchDesk(qtbot).show(qtbot)
    desk.live()
    desk.panel.set_look(TableLook(changes="none"))
    for number, code in enumerate(CODES):
        row = desk.row(code)
        row.previous_close, row.volume, row.turnover = 100.0, 1234.0 * 7**number, 0.5
        row.high, row.low = "1,234.5", "0.00001234"
        desk.tick(code, f"{97 + number * 1.7:.{number}f}")
    desk.frame()
    fast = desk.picture()
    monkeypatch.setattr("alltick_desk.ui.watchlist.glyphs.FigureGlyphs.draw", lambda *_: False)
    assert desk.picture() == fast


# Columns


def test_all_columns_fit_a_first_window(desk: WatchDesk) -> None:
    header = desk.table.horizontalHeader()
    assert header.length() <= desk.table.viewport().width()
    assert not desk.table.horizontalScrollBar().isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.5])
def test_nothing_usual_is_cut_at_any_scale(qtbot: QtBot, scale: float) -> None:
    desk = WatchDesk(qtbot)
    font = desk.panel.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    desk.panel.setFont(font)
    desk.show(qtbot)
    table, header = desk.table, desk.table.horizontalHeader()
    metrics = table.fontMetrics()
    for place, column in enumerate(COLUMNS):
        needed = max(
            metrics.horizontalAdvance(column.title),
            0 if column.spreads else metrics.horizontalAdvance(column.sample),
        )
        assert header.sectionSize(place) > needed, column.id
    assert table.rowHeight(0) > metrics.height()
    assert table.horizontalHeader().height() > metrics.height()


def test_a_column_grows_for_a_longer_figure(desk: WatchDesk, qtbot: QtBot) -> None:
    before = desk.table.columnWidth(BY_ID["last"])
    desk.tick("BTCUSDT", "123456789012.12345678")
    desk.frame()
    qtbot.waitUntil(lambda: desk.table.columnWidth(BY_ID["last"]) > before)
    metrics = desk.table.fontMetrics()
    needed = metrics.horizontalAdvance("123456789012.12345678")
    assert desk.table.columnWidth(BY_ID["last"]) > needed


def test_a_column_sized_by_hand_stays(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.table.horizontalHeader().resizeSection(BY_ID["last"], 40)
    desk.tick("BTCUSDT", "123456789012.12345678")
    desk.frame()
    qtbot.wait(20)
    desk.panel.resize(1500, 360)
    assert desk.table.columnWidth(BY_ID["last"]) == 40


def test_the_name_takes_the_width_that_is_left(desk: WatchDesk) -> None:
    before = desk.table.columnWidth(BY_ID["name"])
    desk.panel.resize(1600, 360)
    assert desk.table.columnWidth(BY_ID["name"]) == before + 320
    assert desk.table.horizontalHeader().length() == desk.table.viewport().width()


def test_a_narrow_window_scrolls_instead_of_cutting(desk: WatchDesk) -> None:
    widths = [desk.table.columnWidth(n) for n in range(len(COLUMNS)) if n != BY_ID["name"]]
    desk.panel.resize(700, 360)
    after = [desk.table.columnWidth(n) for n in range(len(COLUMNS)) if n != BY_ID["name"]]
    assert after == widths
    assert desk.table.horizontalScrollBar().maximum() > 0


def test_a_name_too_long_is_shortened_and_a_figure_never(desk: WatchDesk) -> None:
    """A figure that lost a digit would be another figure; a dot stands for the whole of it."""
    desk.live()
    desk.panel.set_look(TableLook(changes="none"))
    desk.tick("AAPL.US", "123456.789")
    desk.frame()
    header = desk.table.horizontalHeader()
    header.resizeSection(BY_ID["name"], 50)
    header.resizeSection(BY_ID["last"], 40)
    narrow = desk.cell_picture("AAPL.US", "last")
    desk.tick("AAPL.US", "987654.321")
    desk.frame()
    assert desk.cell_picture("AAPL.US", "last") == narrow
    shown = desk.cell_picture("AAPL.US", "name")
    ground = shown.pixelColor(shown.width() - 1, 0)
    edge = {shown.pixelColor(shown.width() - 3, y).name() for y in range(shown.height() - 1)}
    assert edge == {ground.name()}


# What Qt keeps


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_the_tip_of_a_state_tells_the_reason(desk: WatchDesk, qtbot: QtBot) -> None:
    row = desk.row("700.HK")
    row.state, row.state_detail = RowState.NOT_IN_PLAN, "Your plan has no Hong Kong stocks."
    table = desk.table
    centre = table.visualRect(table.model().index(0, BY_ID["state"])).center()
    help_event = QHelpEvent(QEvent.Type.ToolTip, centre, table.viewport().mapToGlobal(centre))
    QApplication.sendEvent(table.viewport(), help_event)
    assert QToolTip.text() == "Your plan has no Hong Kong stocks."
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_typing_letters_finds_a_row(desk: WatchDesk) -> None:
    QTest.keyClicks(desk.table, "eur")
    assert desk.panel.selected() == key("EURUSD")


def test_clicks_below_the_rows_change_nothing(desk: WatchDesk) -> None:
    desk.click("AAPL.US")
    low = QRect(desk.table.viewport().rect()).bottomLeft() + QPoint(20, -4)
    QTest.mouseClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=low)
    assert desk.rows() == list(CODES)
