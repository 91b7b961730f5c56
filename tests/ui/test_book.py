"""The order book: exactly what was sent, and words where nothing was."""

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAccessible, QColor, QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from alltick_desk.errors import ProtocolError
from alltick_desk.model.book import Level, Sides
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.market import Depth
from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.ui.book import OrderBookPanel
from alltick_desk.ui.book.ladder import make_ladder
from alltick_desk.ui.theme import make_theme
from alltick_desk.ui.vendors import VendorTags

Side = list[tuple[str, str]]
THEME = make_theme(dark=False)


def make_row(code: str = "700.HK") -> QuoteRow:
    row = QuoteRow(InstrumentKey("alltick", code))
    row.state = RowState.LIVE
    return row


def give(row: QuoteRow, bids: Side, asks: Side) -> None:
    sides = Sides(tuple(Level(*level) for level in bids), tuple(Level(*level) for level in asks))
    row.depth = Depth(row.key.code, 1, 1, b"", b"", lambda *_: sides)


def give_bad(row: QuoteRow) -> None:
    def unpack(bids: bytes, asks: bytes) -> Sides:
        raise ProtocolError("a level without a price")

    row.depth = Depth(row.key.code, 1, 1, b"", b"", unpack)


def ten(start: float, step: float) -> Side:
    return [(f"{start + step * n:.3f}", str(100 * (n + 1))) for n in range(10)]


@pytest.fixture
def panel(qtbot: QtBot) -> OrderBookPanel:
    panel = OrderBookPanel(THEME)
    qtbot.addWidget(panel)
    panel.resize(280, 460)
    panel.show()
    return panel


def texts(panel: OrderBookPanel) -> tuple[str, str]:
    interface = QAccessible.queryAccessibleInterface(panel)
    return (
        interface.text(QAccessible.Text.Name),
        interface.text(QAccessible.Text.Description),
    )


def test_a_full_book_is_shown_as_it_was_sent(panel: OrderBookPanel) -> None:
    row = make_row()
    bids, asks = ten(612.0, -0.2), ten(612.2, 0.2)
    give(row, bids, asks)
    panel.show_row(row, "Tencent", 10)
    assert panel.state() == {
        "instrument": "700.HK",
        "bids": [list(level) for level in bids],
        "asks": [list(level) for level in asks],
        "note": "",
    }
    assert panel.state()["bids"][0] == ["612.000", "100"]
    assert texts(panel) == (
        "Order book",
        "Tencent: best bid 612.000 × 100, best ask 612.200 × 100.",
    )


def test_the_spread_is_exact_and_relative(panel: OrderBookPanel) -> None:
    row = make_row()
    give(row, [("99.950", "1")], [("100.05", "1")])
    panel.show_row(row, "", 10)
    assert panel._ladder.spread == "0.100"
    assert panel._ladder.spread_share == "0.100 % · 10.00 bp"
    give(row, [("97231.51", "1")], [("97231.52", "1")])
    panel.refresh()
    assert panel._ladder.spread_share == "< 0.001 % · < 0.01 bp"


@pytest.mark.parametrize(
    ("code", "bids", "asks", "word"),
    [
        ("600519.SH", [("10", "5")], [], "No asks: limit up, or nobody sells."),
        ("600519.SH", [], [("10", "5")], "No bids: limit down, or nobody buys."),
        ("600519.SH", [("10", "5")], [("0", "0")], "No asks: limit up, or nobody sells."),
        ("600519.SH", [("0.00", "0")], [("10", "5")], "No bids: limit down, or nobody buys."),
        ("BTCUSDT", [("10", "5")], [], "No asks: this side of the book is missing."),
        ("BTCUSDT", [], [("10", "5")], "No bids: this side of the book is missing."),
        ("TSLA.US", [], [], "Nobody buys or sells: halted or delisted, perhaps."),
        ("TSLA.US", [("0", "0")], [("", "")], "Nobody buys or sells"),
    ],
)
def test_an_empty_side_is_explained(
    panel: OrderBookPanel, code: str, bids: Side, asks: Side, word: str
) -> None:
    row = make_row(code)
    give(row, bids, asks)
    panel.show_row(row, "", 10)
    state = panel.state()
    assert word in str(state["note"])
    assert "0" not in [price for price, _ in state["bids"]]
    panel.grab()


def test_a_market_without_sizes_says_so_and_draws_no_bars(panel: OrderBookPanel) -> None:
    row = make_row("EURUSD")
    give(row, [("1.08453", "")], [("1.08455", "0")])
    panel.show_row(row, "Euro", 1)
    assert panel.state() == {
        "instrument": "EURUSD",
        "bids": [["1.08453", "—"]],
        "asks": [["1.08455", "—"]],
        "note": "This market tells no sizes. 1 level is all this market gives.",
    }
    assert all(line.share == 0 for line in panel._ladder.bids)


@pytest.mark.parametrize(
    ("levels", "note"),
    [
        (1, "1 level is all this market gives."),
        (5, "5 levels are all this market gives."),
        (10, ""),
    ],
)
def test_the_depth_of_the_market_is_told(panel: OrderBookPanel, levels: int, note: str) -> None:
    row = make_row("TSLA.US")
    give(row, ten(100, -1), ten(101, 1))
    panel.show_row(row, "", levels)
    assert panel.state()["note"] == note
    assert len(panel.state()["bids"]) == levels


def test_no_row_and_no_book_are_words(panel: OrderBookPanel) -> None:
    assert panel.state() == {"instrument": "—", "bids": [], "asks": [], "note": ""}
    assert texts(panel)[1] == "No row is selected."
    row = make_row()
    row.state = RowState.WAITING
    panel.show_row(row, "Tencent", 10)
    assert panel.state()["note"] == "No order book yet."
    row.state, row.state_detail = RowState.NOT_IN_PLAN, "The plan Free does not cover this code."
    panel.refresh()
    assert panel.state()["note"] == (
        "No order book. Not in plan. The plan Free does not cover this code."
    )
    panel.grab()
    panel.show_row(None, "", 10)
    assert panel.state()["instrument"] == "—"


def test_an_old_book_says_that_it_is_old(panel: OrderBookPanel) -> None:
    row = make_row()
    give(row, ten(100, -1), ten(101, 1))
    panel.show_row(row, "", 10)
    row.state, row.state_detail = RowState.STALE, "The connection was lost."
    panel.refresh()
    assert panel.state()["note"] == "Stale. The connection was lost."
    assert len(panel.state()["bids"]) == 10


def test_a_book_that_cannot_be_read_is_told_once(qtbot: QtBot) -> None:
    told: list[ProtocolError] = []
    panel = OrderBookPanel(THEME, on_unreadable=told.append)
    qtbot.addWidget(panel)
    row = make_row()
    give_bad(row)
    panel.show_row(row, "", 10)
    panel.refresh()
    panel.refresh()
    assert len(told) == 1
    assert "could not be read" in str(panel.state()["note"])
    give(row, [("1", "1")], [("2", "1")])
    panel.refresh()
    assert panel.state()["note"] == ""


def test_nothing_is_done_where_nothing_changed(panel: OrderBookPanel) -> None:
    row = make_row()
    give(row, [("1", "1")], [("2", "1")])
    panel.show_row(row, "", 10)
    before = panel._ladder
    panel.refresh()
    assert panel._ladder is before
    give(row, [("1", "1")], [("2", "1")])
    panel.refresh()
    assert panel._ladder is not before


def _coloured(image: QImage, y: int, colour: QColor) -> int:
    """Count the pixels of a line that are ``colour`` or nearly so."""
    return sum(
        abs(image.pixelColor(x, y).red() - colour.red())
        + abs(image.pixelColor(x, y).green() - colour.green())
        + abs(image.pixelColor(x, y).blue() - colour.blue())
        < 12
        for x in range(image.width())
    )


def _over(back: QColor, front: QColor) -> QColor:
    share = front.alphaF()
    return QColor(
        *(
            round(share * getattr(front, part)() + (1 - share) * getattr(back, part)())
            for part in ("red", "green", "blue")
        )
    )


def test_bars_are_as_long_as_sizes(panel: OrderBookPanel) -> None:
    row = make_row()
    give(row, [("10", "400"), ("9", "100")], [("11", "200")])
    panel.show_row(row, "", 10)
    image = panel.grab().toImage()
    wash = _over(THEME.base, THEME.wash(THEME.up))
    height = panel._row_height()
    top = panel._head_height() + panel._fitting() * height + panel._spread_height()
    best = _coloured(image, round(top + 2), wash)
    second = _coloured(image, round(top + height + 2), wash)
    assert best > 100
    assert best == pytest.approx(4 * second, rel=0.05)


def test_the_wanted_size_fits_ten_levels_and_less_room_shows_fewer(panel: OrderBookPanel) -> None:
    row = make_row()
    give(row, ten(100, -1), ten(101, 1))
    panel.show_row(row, "", 10)
    panel.resize(panel.sizeHint())
    assert len(panel.state()["bids"]) == 10
    panel.resize(panel.minimumSizeHint())
    shown = panel.state()["bids"]
    assert len(shown) == 3
    assert shown[0] == ["100.000", "100"]
    panel.grab()
    panel.resize(QSize(40, 20))
    panel.grab()


def test_dark_and_language_change_at_once(panel: OrderBookPanel) -> None:
    row = make_row()
    give(row, ten(100, -1), ten(101, 1))
    panel.show_row(row, "", 10)
    light = panel.grab().toImage().pixelColor(2, 2)
    panel.set_theme(make_theme(dark=True))
    assert panel.grab().toImage().pixelColor(2, 2) != light
    QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    assert len(panel.state()["bids"]) == 10


def test_prices_that_lost_their_zeros_stand_still(panel: OrderBookPanel) -> None:
    row = QuoteRow(InstrumentKey("itick", "700.HK"), pads=True)
    row.state = RowState.LIVE
    give(row, [("225.2", "100"), ("225", "200")], [("225.215", "300")])
    panel.show_row(row, "Tencent", 10)
    assert panel.state()["bids"] == [["225.200", "100"], ["225.000", "200"]]
    assert panel.state()["asks"] == [["225.215", "300"]]
    assert "best bid 225.200" in texts(panel)[1]
    row.see("225.2155")  # a trade has shown a digit more: the book beside it shows it too
    panel.refresh()
    assert panel.state()["bids"][0] == ["225.2000", "100"]


def test_the_spread_has_the_digits_of_its_prices() -> None:
    row = QuoteRow(InstrumentKey("itick", "EURUSD"), pads=True)
    row.see("1.08312")
    give(row, [("1.0831", "1")], [("1.0832", "1")])
    assert make_ladder(row, row.sides(), 10).spread == "0.00010"


def test_the_spreads_line_says_as_much_as_does_not_touch(panel: OrderBookPanel) -> None:
    row = make_row()
    give(row, [("99.950", "1")], [("100.050", "1")])
    panel.show_row(row, "", 10)
    advance = QFontMetricsF(panel._figures).horizontalAdvance
    said = panel._spread_words(1000.0)
    steps = [said]
    while said[1] or " " in said[0]:  # a little too narrow for that
        said = panel._spread_words(advance(said[0]) + advance(said[1]) + 9.0 * bool(said[1]) - 0.5)
        steps.append(said)
    assert steps == [
        ("Spread 0.100", "0.100 % · 10.00 bp"),
        ("Spread 0.100", "0.100 %"),
        ("0.100", "0.100 %"),
        ("Spread 0.100", ""),
        ("0.100", ""),
    ]


def test_in_the_narrowest_book_nothing_of_the_spreads_line_overlaps(panel: OrderBookPanel) -> None:
    row = make_row()
    give(row, [("99950.00", "1")], [("100050.00", "1")])
    panel.show_row(row, "", 10)
    panel.resize(panel.minimumSizeHint())
    advance = QFontMetricsF(panel._figures).horizontalAdvance
    left, right = panel._spread_words(panel.width() - 20.0)
    assert right
    assert advance(left) + advance(right) < panel.width() - 20.0


def test_whose_book_it_is_is_told_where_that_is_a_question(qtbot: QtBot) -> None:
    vendors = VendorTags({"alltick": "AllTick", "itick": "iTick"})
    panel = OrderBookPanel(THEME, label=vendors.label)
    qtbot.addWidget(panel)
    panel.resize(280, 460)
    panel.show()
    row = make_row()
    give(row, ten(612.0, -0.2), ten(612.2, 0.2))
    panel.show_row(row, "Tencent", 10)
    alone = panel.grab().toImage()
    assert texts(panel)[1].startswith("Tencent: best bid")
    vendors.use(["alltick", "itick"])
    panel.rename("Tencent")
    assert panel.grab().toImage() != alone
    assert texts(panel)[1].startswith("Tencent, 700.HK · AllTick: best bid")
    panel.rename("")
    assert texts(panel)[1].startswith("700.HK · AllTick: best bid")
    assert panel.state()["instrument"] == "700.HK"
