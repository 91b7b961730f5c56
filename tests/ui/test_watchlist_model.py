"""The model: what Qt and a screen reader are told, and how edits of the list reach a view."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from alltick_desk.errors import ProtocolError
from alltick_desk.model.book import Level, Sides
from alltick_desk.model.instrument import Catalogue, Instrument, InstrumentKey, Market
from alltick_desk.model.market import Depth
from alltick_desk.services.quotes import QuoteBoard, RowState
from alltick_desk.services.watchlist import Watchlist
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist.columns import BY_ID, COLUMNS
from alltick_desk.ui.watchlist.model import SORT, WatchlistModel

Role = Qt.ItemDataRole
TODAY = (2026, 3, 5)


def keys(text: str) -> list[InstrumentKey]:
    return [InstrumentKey("alltick", code) for code in text]


class Desk:
    """A model with everything around it."""

    def __init__(self, codes: str = "ABC") -> None:
        self.board = QuoteBoard()
        self.watchlist = Watchlist(self.board, keys(codes))
        self.bad: list[ProtocolError] = []
        self.now_s = 100.0
        self.today = TODAY
        self.model = WatchlistModel(
            self.watchlist,
            Catalogue([Instrument("A", "Alpha", "甲", Market.US_STOCK)]),
            VendorTags({"alltick": "AllTick"}),
            now_s=lambda: self.now_s,
            today=lambda: self.today,
            on_bad_book=self.bad.append,
        )

    def codes(self) -> str:
        rows = range(self.model.rowCount())
        return "".join(str(self.model.index(row, 0).data()) for row in rows)

    def said(self, row: int, column: str, role: int = Role.DisplayRole) -> object:
        return self.model.index(row, BY_ID[column]).data(role)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    return Desk()


def book(bids: str, asks: str) -> Depth:
    def unpack(raw_bids: bytes, raw_asks: bytes) -> Sides:
        if raw_bids == b"bad":
            raise ProtocolError("The levels mean nothing.")
        return Sides((Level(raw_bids.decode(), "1"),), (Level(raw_asks.decode(), "1"),))

    return Depth("A", 1, 1, bids.encode(), asks.encode(), unpack)


def test_it_is_a_proper_model(desk: Desk, qtmodeltester: ModelTester) -> None:
    row = desk.watchlist.rows[0]
    row.last, row.value, row.previous_close, row.time_ms = "10.5", 10.5, 10.0, 1
    qtmodeltester.check(desk.model)
    assert desk.model.rowCount() == len(desk.watchlist.rows) > 0


def test_an_empty_list_is_a_proper_model(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = Desk("").model
    qtmodeltester.check(model)
    assert model.rowCount() == 0


def test_rows_are_read_from_the_board_as_they_are_now(desk: Desk) -> None:
    assert desk.said(0, "last") == "—"
    row = desk.watchlist.rows[0]
    row.last, row.value, row.digits, row.previous_close = "10.50", 10.5, 2, 10.0
    assert desk.said(0, "last") == "10.50"
    assert desk.said(0, "change") == "+0.50"
    assert desk.said(0, "change_percent") == "+5.00"
    assert desk.said(0, "last", SORT) == 10.5
    assert desk.said(1, "last", SORT) is None


def test_bid_and_ask_come_from_the_newest_book(desk: Desk) -> None:
    desk.watchlist.rows[0].depth = book("10.1", "10.2")
    assert desk.said(0, "ask") == "10.2"
    desk.watchlist.rows[0].depth = book("10.3", "10.4")
    assert desk.said(0, "bid", Role.AccessibleTextRole) == "Bid 10.3, Waiting."
    assert desk.said(0, "ask", SORT) == 10.4


def test_a_bad_book_is_told_and_the_prices_stay(desk: Desk) -> None:
    row = desk.watchlist.rows[0]
    row.depth = book("10.1", "10.2")
    assert desk.said(0, "bid") == "10.1"
    row.depth = book("bad", "")
    assert desk.said(0, "bid") == "10.1"
    assert desk.said(0, "ask") == "10.2"
    assert len(desk.bad) == 1
    assert desk.model.snapshot()[0]["Ask"] == "10.2"
    assert len(desk.bad) == 1


def test_the_snapshot_unpacks_rows_that_nobody_looked_at(desk: Desk) -> None:
    desk.watchlist.rows[2].depth = book("7.1", "7.2")
    assert [read["Bid"] for read in desk.model.snapshot()] == ["—", "—", "7.1"]


def test_headers_are_titles_with_a_sentence(desk: Desk) -> None:
    across = Qt.Orientation.Horizontal
    for place, column in enumerate(COLUMNS):
        assert desk.model.headerData(place, across) == column.title
        assert str(desk.model.headerData(place, across, Role.ToolTipRole)).endswith(".")
    assert desk.model.headerData(99, across) is None
    assert desk.model.headerData(0, Qt.Orientation.Vertical) is None
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    assert desk.model.headerData(BY_ID["last"], across, Role.TextAlignmentRole) == right
    assert desk.said(0, "last", Role.TextAlignmentRole) == right
    assert desk.said(0, "name", Role.TextAlignmentRole) != right


def test_a_screen_reader_hears_words(desk: Desk) -> None:
    row = desk.watchlist.rows[0]
    row.last, row.value, row.previous_close = "10.50", 10.5, 10.0
    row.state, row.ticked_s = RowState.LIVE, 97.0
    assert desk.said(0, "last", Role.AccessibleTextRole) == "Last 10.50, Live."
    assert desk.said(0, "volume", Role.AccessibleTextRole) == "Volume not known, Live."
    sentence = "Alpha, 10.50, up 5.00 %, Live. Last tick 3 s ago."
    assert desk.said(0, "code", Role.AccessibleDescriptionRole) == sentence
    row.value = 9.0
    assert "down 10.00 %" in str(desk.said(0, "code", Role.AccessibleDescriptionRole))
    for row.value in (10.0, 10.0004, 9.9996):  # what reads as 0.00 % has gone nowhere
        assert "unchanged" in str(desk.said(0, "code", Role.AccessibleDescriptionRole))
    assert desk.said(1, "code", Role.AccessibleDescriptionRole) == "B, Waiting."


def test_tips_say_what_cells_have_no_room_for(desk: Desk) -> None:
    row = desk.watchlist.rows[0]
    assert desk.said(0, "name", Role.ToolTipRole) == "A  Alpha  甲"
    assert desk.said(1, "name", Role.ToolTipRole) == "B"
    row.state_detail, row.ticked_s = "Subscribed again.", 40.0
    assert desk.said(0, "state", Role.ToolTipRole) == "Subscribed again. Last tick 1 min ago."
    row.state_remedy = "Wait a little."
    assert str(desk.said(0, "state", Role.ToolTipRole)).endswith("1 min ago. Wait a little.")
    row.volume, row.turnover = 12_345_678.0, 1.5
    assert str(desk.said(0, "volume", Role.ToolTipRole)).startswith("Volume: 12345678\nSource:")
    assert str(desk.said(0, "turnover", Role.ToolTipRole)).startswith("Turnover: 1.5\n")
    assert "nothing is claimed" in str(desk.said(0, "time", Role.ToolTipRole))
    row.time_ms = 1_772_701_687_123
    assert ".123" in str(desk.said(0, "time", Role.ToolTipRole))


def test_chinese_names_and_units(desk: Desk) -> None:
    desk.watchlist.rows[0].volume = 12_345_678.0
    desk.model.set_chinese(True)
    assert desk.said(0, "name") == "甲"
    assert desk.said(0, "volume") == "1235万"


def test_a_new_day_is_noticed_once(desk: Desk) -> None:
    assert not desk.model.check_day()
    desk.today = (2026, 3, 6)
    assert desk.model.check_day()
    assert not desk.model.check_day()


def test_edits_are_told_as_the_fewest_changes(desk: Desk) -> None:
    told: list[tuple[str, int, int]] = []
    desk.model.rowsInserted.connect(lambda _, a, b: told.append(("in", a, b)))
    desk.model.rowsRemoved.connect(lambda _, a, b: told.append(("out", a, b)))
    desk.model.layoutChanged.connect(lambda: told.append(("order", 0, 0)))
    desk.watchlist.add(keys("DE"), 1)
    assert desk.codes() == "ADEBC"
    desk.watchlist.move_up(keys("C"))
    assert desk.codes() == "ADECB"
    desk.watchlist.remove(keys("AEC"))
    assert desk.codes() == "DB"
    assert told == [("in", 1, 2), ("order", 0, 0), ("out", 2, 3), ("out", 0, 0)]
    told.clear()
    desk.watchlist.undo()
    assert desk.codes() == "ADECB"
    assert told == [("in", 0, 0), ("in", 2, 3)]


def test_persistent_indexes_follow_their_row(desk: Desk) -> None:
    follower = QPersistentModelIndex(desk.model.index(2, 4))
    desk.watchlist.move(keys("C"), 0)
    assert (follower.row(), follower.column()) == (0, 4)
    desk.watchlist.add(keys("X"), 0)
    assert follower.row() == 1
    desk.watchlist.remove(keys("C"))
    assert not follower.isValid()


def test_the_selection_moves_with_its_rows(desk: Desk) -> None:
    selection = QItemSelectionModel(desk.model)
    flags = QItemSelectionModel.SelectionFlag
    for row in (1, 2):
        selection.select(desk.model.index(row, 0), flags.Select | flags.Rows)
    desk.watchlist.move_up(keys("BC"))
    assert desk.codes() == "BCA"
    assert [selection.isRowSelected(row) for row in range(3)] == [True, True, False]


_ORDERS = st.lists(st.text("ABCDEFG", max_size=7), max_size=6)


@given(_ORDERS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_model_always_ends_in_the_lists_order(qapp: object, orders: list[str]) -> None:
    desk = Desk("BDF")
    follower = QPersistentModelIndex(desk.model.index(1, 0))  # D
    gone = False
    for codes in orders:
        desk.watchlist.remove(keys("AC"))
        desk.watchlist.add(keys(codes), 1)
        desk.watchlist.move(keys(codes[::2]), 2)
        desk.watchlist.remove(keys(codes[1:2]))
        desk.watchlist.undo()
        gone = gone or "D" in codes[1:2]
        assert desk.codes() == "".join(key.code for key in desk.watchlist.keys)
        if not gone:
            assert follower.data() == "D"


def test_a_deleted_model_is_not_called_any_more(qtbot: QtBot) -> None:
    desk = Desk()
    with qtbot.waitSignal(desk.model.destroyed):
        desk.model.deleteLater()
    desk.watchlist.add(keys("Z"))
