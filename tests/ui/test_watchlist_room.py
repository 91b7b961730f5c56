"""Every column has room for what honestly stands in it, in every size and both languages."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot
from watchdesk import CODES, WatchDesk, key

from alltick_desk.app.language import Language
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.reference import StaticInfo
from alltick_desk.model.words import Sentence
from alltick_desk.services.quotes import RowState
from alltick_desk.ui.watchlist.column_choice import OFFERED, ColumnChoice, read_columns
from alltick_desk.ui.watchlist.facts import Base, Known
from alltick_desk.ui.watchlist.look import TableLook

# A code, its last price, the previous close and the one of 24 hours ago, volume and turnover.
WIDEST = (
    ("700.HK", "612.500", 600.0, 600.0, 18_888_888_000.0, 8_888_888_888_888.0),  # trillions
    ("EURJPY", "188.888", 180.0, 180.0, 8_888.0, 1.888e15),
    ("BTCUSDT", "118888.88", 98_888.88, 38_888.88, 8_888.8888, 188_888_888.0),
    ("PEPEUSDT", "0.00008888", 0.00003333, 0.00003333, 8.888e13, 88.88),
    ("688888.SH", "1888.88", 1_888.89, 1_888.89, 123_456_789.0, 12_345_678.0),
)
FACTS = {
    "700.HK": StaticInfo(
        "700.HK",
        exchange="BINANCE",
        currency="USDT",
        lot_size=20_000,
        total_shares="356406257089",
        circulating_shares="9999499999",
        eps="-188.8888",
        eps_ttm="-0.888888",
        bps="1888.8888",
        dividend_yield="10.8888",
    ),
    "EURJPY": StaticInfo(
        "EURJPY", total_shares="18888888", eps_ttm="0.0218", bps="0.2222", exchange="NASDAQ"
    ),
}
WORDS = ("Lunch break", "Closed", "Holiday", "Open")  # of markets, as the app has them


def told(of: InstrumentKey) -> Known:
    place = [code for code, *_ in WIDEST].index(of.code)
    session = Sentence("Hours", WORDS[place % len(WORDS)])
    return Known(FACTS.get(of.code), Base(WIDEST[place][3], 1), session, 88, "2026-03-04")


@pytest.fixture
def language() -> Iterator[Language]:
    chosen = Language()
    yield chosen
    chosen.choose("en")


def filled(qtbot: QtBot) -> WatchDesk:
    """A panel whose rows have the widest texts that are no slip of a vendor's."""
    desk = WatchDesk(qtbot, tuple(code for code, *_ in WIDEST), facts=told)
    ages = (3, 23 * 3600 + 59 * 60 + 59, 365 * 86_400)
    for place, (code, last, before, _, volume, turnover) in enumerate(WIDEST):
        desk.tick(code, last)
        row = desk.row(code)
        digits = len(last.partition(".")[2])
        row.low, row.high = (f"{float(last) * share:.{digits}f}" for share in (0.5, 1.1))
        row.open, row.previous_close = last, before
        row.low_value, row.high_value = float(row.low), float(row.high)
        row.volume, row.turnover = volume, turnover
        row.ticked_s = 1e9 - ages[place % len(ages)]
        desk.book(code, row.low, row.high)
    desk.now_s = 1e9
    return desk


def cut(desk: WatchDesk) -> set[str]:
    """Paint the table once; return the columns in which a text did not fit.

    Names take the width that the others leave, and have their whole text in their tip.
    """
    desk.picture()
    wanted = desk.panel._view._painter.wanted
    return {desk.panel.column_ids[place] for place in wanted} - {"name"}


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
@pytest.mark.parametrize("percent", [100, 150, 200, 250])
def test_every_column_holds_the_widest_honest_text_before_it_is_seen(
    qtbot: QtBot, language: Language, lang: str, percent: int
) -> None:
    language.choose(lang)
    desk = filled(qtbot)
    desk.panel.set_language(lang)
    desk.panel.set_look(TableLook(table_font=percent))
    desk.panel.choices.show(tuple(OFFERED))
    desk.panel.resize(desk.table.horizontalHeader().length() + 40, 300 + 8 * percent)
    desk.show(qtbot)
    states = list(RowState)
    for first in range(0, len(states), len(WIDEST)):
        desk.panel.choices.show(tuple(OFFERED)[::-1])
        desk.panel.choices.show(tuple(OFFERED))  # as wide as at first
        desk.panel.choices.fit()
        for row, state in zip(desk.watchlist.rows, states[first:] + states, strict=False):
            row.state = state
        desk.panel.refresh(desk.watchlist.rows)
        assert cut(desk) == set()
    assert len(desk.panel.visible_keys()) == len(WIDEST)


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
@pytest.mark.parametrize("percent", [100, 250])
def test_every_title_is_shown_whole_sorted_by_or_not(
    qtbot: QtBot, language: Language, lang: str, percent: int
) -> None:
    language.choose(lang)
    desk = WatchDesk(qtbot)
    desk.panel.set_look(TableLook(table_font=percent))
    desk.panel.choices.show(tuple(OFFERED))
    desk.show(qtbot)
    header = desk.panel._view.titles
    metrics = QFontMetricsF(header.font())
    for place, column in enumerate(OFFERED.values()):
        title = str(desk.table.model().headerData(place, Qt.Orientation.Horizontal))
        assert (title == column.title) == (lang == "en" or title in {"P/E", "P/B"}), title
        width = metrics.horizontalAdvance(title) + 2 * header.pad
        assert header.sectionSize(place) >= width, column.id
        desk.panel.choices.cycle(column.id)
        assert header.shown_title(place) == title
        assert header.sectionSize(place) > width + header.mark_width() - 0.5, column.id


def test_a_price_of_ten_digits_leaves_room_for_the_arrow_of_its_move(qtbot: QtBot) -> None:
    desk = filled(qtbot)
    desk.show(qtbot)
    desk.live()
    place = desk.watchlist.position(key("PEPEUSDT"))
    assert place is not None
    cell = desk.table.visualRect(desk.table.model().index(place, 2))
    calm = desk.table.viewport().grab(cell).toImage().copy(0, 0, 20, cell.height() - 2)
    ground = calm.pixelColor(1, 1)
    assert all(calm.pixelColor(x, 8) == ground for x in range(16))
    desk.tick("PEPEUSDT", "0.00008889")
    desk.frame()
    moved = desk.table.viewport().grab(cell).toImage()
    colours = {moved.pixelColor(x, y).name() for x in range(16) for y in range(cell.height() - 2)}
    assert desk.panel._theme.up.name() in colours


# Widths by hand


@pytest.fixture
def desk(qtbot: QtBot) -> WatchDesk:
    return WatchDesk(qtbot).show(qtbot)


def kept(desk: WatchDesk) -> ColumnChoice:
    return read_columns(desk.watchlist.lists.shown.extra.get("columns", ""))


def enlarged(desk: WatchDesk, percent: int) -> None:
    desk.panel.set_look(TableLook(table_font=percent))


def size(desk: WatchDesk, title: str) -> int:
    return desk.table.horizontalHeader().sectionSize(desk.titles().index(title))


def test_a_width_by_hand_grows_and_shrinks_with_the_letters(desk: WatchDesk, qtbot: QtBot) -> None:
    header = desk.table.horizontalHeader()
    for title in ("Last", "Bid"):
        header.resizeSection(desk.titles().index(title), 44)  # 0.00 has room
    header.resizeSection(desk.titles().index("Ask"), 1)  # Qt takes the least that there is
    least = size(desk, "Ask")
    for code in CODES:
        desk.tick(code, "8.88")
    for percent in (100, 150, 250, 100):
        enlarged(desk, percent)
        assert size(desk, "Last") == pytest.approx(44 * percent / 100, rel=0.06)
        assert size(desk, "Ask") == pytest.approx(least * percent / 100, rel=0.12)
        assert not cut(desk) & {"last", "bid"}, percent
    assert (size(desk, "Last"), size(desk, "Ask")) == (44, least)
    qtbot.waitUntil(lambda: "ask" in kept(desk).widths)
    assert set(kept(desk).widths) == {"last", "bid", "ask"}


def test_growing_letters_are_no_hand_at_the_columns_that_follow_their_texts(
    desk: WatchDesk,
) -> None:
    desk.panel.choices.show(tuple(OFFERED))
    first = [desk.table.columnWidth(place) for place in range(len(OFFERED))]
    for percent in (250, 100):
        enlarged(desk, percent)
    assert desk.panel.choices.choice.widths == {}
    assert [desk.table.columnWidth(place) for place in range(len(OFFERED))] == first


def test_pixels_of_an_earlier_desk_are_read_and_follow_the_letters_from_then_on(
    desk: WatchDesk, qtbot: QtBot
) -> None:
    lists = desk.watchlist.lists
    old = lists.shown.id
    lists.add_list("Other")
    lists.choose("columns", "code,last=150,-bid=60", of=old)
    lists.show(old)
    assert size(desk, "Last") == 150
    qtbot.waitUntil(lambda: "last" in kept(desk).widths)
    assert not kept(desk).pixels
    assert set(kept(desk).widths) == {"last", "bid"}
    enlarged(desk, 200)
    assert size(desk, "Last") == pytest.approx(300, rel=0.05)
