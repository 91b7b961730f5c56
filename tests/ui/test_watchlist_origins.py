"""Where values come from, and the deeds of a row: pin, alias."""

from datetime import datetime

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QToolTip,
)
from pytestqt.qtbot import QtBot
from watchdesk import WatchDesk, key

from alltick_desk.model.instrument import Catalogue, InstrumentKey
from alltick_desk.model.market import Depth, Quote
from alltick_desk.model.reference import StaticInfo
from alltick_desk.services.quotes import NO_SIDES, QuoteRow
from alltick_desk.services.sources import CloseFrom
from alltick_desk.ui.watchlist.column_choice import OFFERED
from alltick_desk.ui.watchlist.facts import Base, Known
from alltick_desk.ui.watchlist.format import ASKED, Reading
from alltick_desk.ui.watchlist.provenance import provenance

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
Key = Qt.Key
KEY = InstrumentKey("alltick", "700.HK")
KNOWN = Known(
    StaticInfo("700.HK", total_shares="9000", eps_ttm="25", currency="HKD"),
    Base(625.0, 1_772_600_000_000),
    close_date="2026-03-04",
)


def full_row() -> QuoteRow:
    row = QuoteRow(KEY)
    row.last, row.value, row.digits = "612.500", 612.5, 3
    row.previous_close, row.day = 600.25, "2026-03-05"
    row.bid, row.ask = "612.400", "612.600"
    row.high, row.low, row.high_value, row.low_value = "620.000", "600.000", 620.0, 600.0
    row.volume = 12_345_678.0
    row.time_ms, row.ticked_s, row.priced_s = 1_772_701_687_123, 100.0, 100.0
    row.close_from = CloseFrom.BAR
    return row


def told(row: QuoteRow, column: str, known: Known | None = KNOWN) -> str:
    reading = Reading(
        Catalogue([]),
        False,
        (2026, 3, 5),
        {},
        facts=lambda _: known,
        now_s=lambda: 103.0,
        wall_ms=lambda: 1_772_701_690_000,
    )
    return "\n".join(provenance(row, OFFERED[column], reading._replace(digits="five")))


def clock(time_s: float) -> str:
    """The time of day on this machine's clock."""
    return f"{datetime.fromtimestamp(time_s):%H:%M:%S}"  # noqa: DTZ006 - that is the local time


def test_a_traded_price_names_value_source_time_and_age() -> None:
    said = told(full_row(), "last").splitlines()
    assert said[0] == "Last: 612.500"
    assert said[1] == "Source: pushed by the vendor with a trade."
    assert said[2].startswith("The vendor's time: 2026-03-05 ")
    assert ".123" in said[2]
    assert said[3] == f"Received at {clock(1_772_701_687)}, 3 s ago."
    row = full_row()
    row.ticked_s = 102.0  # a book, which is no price
    assert told(row, "last").splitlines()[3] == said[3]
    row.depth, row.booked_s = Depth("700.HK", 1, row.time_ms, b"", b"", lambda *_: NO_SIDES), 102.0
    assert told(row, "bid").splitlines()[-1] == f"Received at {clock(1_772_701_689)}, 1 s ago."
    words = f"Last received for the row: at {clock(1_772_701_689)}, 1 s ago."
    assert told(row, "age").splitlines()[-1] == words


def test_a_price_of_a_quote_a_bar_and_an_earlier_run_are_told_apart() -> None:
    row = full_row()
    row.quote = Quote("700.HK", row.time_ms, "612.500")
    assert "the day's quote" in told(row, "last")
    row.quote, row.called_s = None, row.priced_s
    assert "a call for the newest price" in told(row, "last")
    row.priced_s = 0.0  # the book came, but no price in this run
    assert "earlier run" in told(row, "last")
    row.ticked_s = 0.0
    row.time_ms = 0
    assert "daily bar" in told(row, "last")
    assert "received" not in told(row, "last")


def test_what_is_derived_has_its_formula_and_its_base() -> None:
    row = full_row()
    said = told(row, "change")
    assert said.startswith("Change: +12.250\nDerived: last − previous close = 612.500 − 600.250.")
    assert "The previous close is that of 2026-03-04." in said
    assert "the last day before 2026-03-05" in told(row, "change_percent", Known())
    assert "100 × (620.000 − 600.000) / 600.250" in told(row, "amplitude")
    assert "612.600 − 612.400" in told(row, "spread")
    said = told(row, "change_24h")
    assert "100 × (612.500 − 625.000) / 625.000" in said
    assert "The base is the price at 2026-03-04 " in said
    assert "612.500 × 9000" in told(row, "market_cap")
    assert "612.500 / 25" in told(row, "pe")
    assert "low 600.000, last 612.500, high 620.000" in told(row, "day_range")


def test_figures_of_the_day_tell_whether_a_quote_or_a_bar_began_them() -> None:
    row = full_row()
    assert told(row, "volume").startswith("Volume: 12345678\nSource: the vendor's daily bar")
    row.quote = Quote("700.HK", row.time_ms, "612.500", high="620.000", change="12.25")
    assert "quote as pushed" in told(row, "high")
    assert "daily bar" in told(row, "low")
    for way, words in (
        (CloseFrom.CHANGE, "pushed price minus the pushed change"),
        (CloseFrom.PERCENT, "only about that exact"),
        (CloseFrom.BAR, "of the day before"),
        (CloseFrom.UNKNOWN, "earlier run"),
    ):
        row.close_from = way
        assert words in told(row, "previous_close")


def test_a_figure_that_is_being_asked_for_says_so_and_sorts_as_unknown() -> None:
    row, asked = full_row(), Known(asked=True)
    reading = Reading(Catalogue([]), False, (2026, 3, 5), {}, facts=lambda _: asked)
    for name in ("exchange", "lot", "eps", "shares", "market_cap", "pe", "pb"):
        column = OFFERED[name]
        assert column.text(row, reading) == ASKED, name
        assert column.copied(row, reading) == "", name
        assert column.sort(row, reading) is None, name
        assert "is being asked for it" in told(row, name, asked), name
        assert column.text(row, reading._replace(facts=lambda _: Known())) == "—", name
    # What is known of it but for this figure is not asked for again.
    part = Known(StaticInfo("700.HK", currency="HKD"), asked=True)
    assert OFFERED["pe"].text(row, reading._replace(facts=lambda _: part)) == "—"


def test_every_column_can_say_where_it_comes_from() -> None:
    row, bare = full_row(), QuoteRow(KEY)
    for name in OFFERED:
        if name == "state":
            continue  # it has the state's own reason
        assert len(told(row, name).splitlines()) >= 2, name
        assert ": " in told(bare, name).splitlines()[0], name
    assert "nothing is claimed" in told(bare, "last")


# In the window


@pytest.fixture
def desk(qtbot: QtBot) -> WatchDesk:
    desk = WatchDesk(qtbot, facts=lambda _: KNOWN).show(qtbot)
    desk.tick("700.HK", "612.500")
    desk.live()
    return desk


def test_a_tip_tells_it_of_a_cell(desk: WatchDesk, qtbot: QtBot) -> None:
    table = desk.table
    centre = table.visualRect(table.model().index(0, 2)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, centre, table.viewport().mapToGlobal(centre))
    QApplication.sendEvent(table.viewport(), event)
    assert "pushed by the vendor with a trade" in QToolTip.text()
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_shift_f1_tells_it_of_the_whole_row(desk: WatchDesk) -> None:
    desk.click("700.HK")
    desk.press(Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    window = desk.panel.findChild(QDialog, "watchlist.origins")
    assert window is not None
    assert window.windowTitle() == "Where 700.HK comes from"
    text = window.findChild(QPlainTextEdit, "watchlist.origins.text")
    assert text is not None
    said = text.toPlainText()
    assert "Last: 612.500\nSource: pushed" in said
    assert said.index("Code: ") < said.index("Last: ") < said.index("Volume: —")
    QTest.keyClick(window, Key.Key_Escape)
    assert not window.isVisible()


def test_space_pins_and_lets_go(desk: WatchDesk) -> None:
    desk.click("700.HK")
    desk.click("EURUSD", Qt.KeyboardModifier.ControlModifier)
    desk.press(Key.Key_Space)
    assert desk.watchlist.pinned == {key("700.HK"), key("EURUSD")}
    assert desk.messages[-1].startswith("700.HK, EURUSD pinned:")
    desk.press(Key.Key_Space)
    assert desk.watchlist.pinned == frozenset()
    assert desk.selected_rows() == ["700.HK", "EURUSD"]
    desk.box.setFocus()
    QTest.keyClicks(desk.box, "a b")
    assert desk.box.text() == "a b"
    button = desk.child(QToolButton, "watchlist.filter.button")
    button.setFocus()
    QTest.keyClick(button, Key.Key_Space)
    assert desk.child(QLineEdit, "watchlist.filter").isVisible()
    assert desk.watchlist.pinned == frozenset()


def editor(desk: WatchDesk) -> QLineEdit | None:
    return desk.table.viewport().findChild(QLineEdit, "watchlist.alias")


def test_f2_writes_an_alias_where_the_name_stands(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.click("700.HK")
    desk.press(Key.Key_F2)
    field = editor(desk)
    assert field is not None
    assert field.hasFocus()
    QTest.keyClicks(field, "Penguin")
    QTest.keyClick(field, Key.Key_Return)
    entry = desk.watchlist.entry_of(key("700.HK"))
    assert entry is not None
    assert entry.alias == "Penguin"
    assert desk.table.hasFocus()
    assert desk.table.model().index(0, 1).data() == "Penguin"
    qtbot.waitUntil(lambda: editor(desk) is None)
    desk.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.table.model().index(0, 1).data() == "Tencent"


def test_escape_leaves_the_alias_and_leaving_keeps_it(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.click("700.HK")
    desk.press(Key.Key_F2)
    field = editor(desk)
    assert field is not None
    QTest.keyClicks(field, "zzz")
    QTest.keyClick(field, Key.Key_Escape)
    assert not desk.watchlist.can_undo
    qtbot.waitUntil(lambda: editor(desk) is None)
    desk.press(Key.Key_F2)
    field = editor(desk)
    assert field is not None
    QTest.keyClicks(field, "Goose")
    below = QPoint(300, desk.table.viewport().height() - 5)
    QTest.mouseClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=below)
    desk.box.setFocus()
    assert desk.table.model().index(0, 1).data() == "Goose"


def test_the_window_opens_at_the_cell_that_was_asked_about(desk: WatchDesk) -> None:
    model = desk.table.model()
    last = model.columnCount() - 1
    desk.click("700.HK")
    desk.table.setCurrentIndex(model.index(0, last))
    desk.press(Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    text = desk.panel.findChild(QPlainTextEdit, "watchlist.origins.text")
    assert text is not None
    title = str(model.headerData(last, Qt.Orientation.Horizontal))
    assert text.textCursor().block().text().startswith(title)
    assert text.verticalScrollBar().value() > 0


def test_home_and_end_walk_the_rows(desk: WatchDesk) -> None:
    desk.click("AAPL.US")
    desk.press(Key.Key_End)
    assert desk.panel.selected() == key("BTCUSDT")
    desk.press(Key.Key_Home)
    assert desk.panel.selected() == key("700.HK")
    desk.press(Key.Key_PageDown)
    assert desk.panel.selected() == key("BTCUSDT")
    desk.press(Key.Key_PageUp)
    assert desk.panel.selected() == key("700.HK")
    desk.press(Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert len(desk.selected_rows()) == 4
