"""The columns beyond the first ones: figures, the line of the day, rates, ages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPolygonF
from pytestqt.qtbot import QtBot
from watchdesk import WatchDesk, colours

from alltick_desk.model.instrument import Catalogue, InstrumentKey
from alltick_desk.model.lists import Entry
from alltick_desk.model.reference import StaticInfo
from alltick_desk.services.quotes import QuoteRow
from alltick_desk.ui.theme import make_theme
from alltick_desk.ui.watchlist.column_choice import OFFERED
from alltick_desk.ui.watchlist.columns import COLUMNS
from alltick_desk.ui.watchlist.day_line import FIRST_STEP_S, MOST, DayLine, DayLines
from alltick_desk.ui.watchlist.facts import Base, Known
from alltick_desk.ui.watchlist.format import Reading
from alltick_desk.ui.watchlist.more_columns import MORE
from alltick_desk.ui.watchlist.rates import TickRates
from alltick_desk.ui.watchlist.sketch import DayLinePaths, fitted

KEY = InstrumentKey("alltick", "700.HK")
INFO = StaticInfo(
    "700.HK",
    exchange="HKEX",
    currency="HKD",
    lot_size=100,
    total_shares="9000000000",
    circulating_shares="8000000",
    eps="20.5",
    eps_ttm="25",
    bps="100",
    dividend_yield="0.0213",
)


def full_row() -> QuoteRow:
    row = QuoteRow(KEY)
    row.last, row.value, row.digits = "612.500", 612.5, 3
    row.open, row.previous_close = "605.000", 600.0
    row.bid, row.ask = "612.400", "612.600"
    row.high, row.low, row.high_value, row.low_value = "620.000", "600.000", 620.0, 600.0
    row.ticked_s = 100.0
    return row


def reading(known: Known | None = None, *, chinese: bool = False, now_s: float = 103.0) -> Reading:
    return Reading(
        Catalogue([]),
        chinese,
        (2026, 3, 5),
        {},
        entry=lambda _: Entry(KEY, "Penguin", "buy\nbelow 600"),
        facts=lambda _: known,
        rate=lambda _: 3.25,
        now_s=lambda: now_s,
    )


KNOWN = Known(INFO, Base(625.0, 1_772_600_000_000), "Open", 7, "2026-03-04")


def test_every_figure_reads_as_it_should() -> None:
    row = full_row()
    assert {column.id: column.text(row, reading(KNOWN)) for column in MORE} == {
        "alias": "Penguin",
        "note": "buy",
        "day_line": "—",
        "day_range": "62",
        "open": "605.000",
        "previous_close": "600.000",
        "spread": "0.200",
        "spread_bp": "3.3",
        "amplitude": "3.33",
        "change_24h": "-2.00",
        "age": "0:03",
        "rate": "3.2",
        "session": "Open",
        "exchange": "HKEX",
        "currency": "HKD",
        "lot": "100",
        "eps": "20.5",
        "eps_ttm": "25",
        "bps": "100",
        "dividend_yield": "0.0213",
        "shares": "9.000B",
        "floating": "8.000M",
        "market_cap": "5.512T",
        "pe": "24.50",
        "pb": "6.12",
    }
    assert OFFERED["market_cap"].text(row, reading(KNOWN, chinese=True)) == "5.512万亿"


def test_values_are_behind_the_texts_and_spreadsheets_get_them_whole() -> None:
    row, reads = full_row(), reading(KNOWN)
    assert OFFERED["spread"].sort(row, reads) == pytest.approx(0.2)
    assert OFFERED["lot"].sort(row, reads) == 100.0
    assert OFFERED["change_24h"].sort(row, reads) == -2.0
    assert OFFERED["age"].sort(row, reads) == 3.0
    assert OFFERED["shares"].copied(row, reads) == "9000000000"
    assert OFFERED["market_cap"].copied(row, reads) == "5512500000000"
    assert OFFERED["note"].copied(row, reads) == "buy\nbelow 600"


@pytest.mark.parametrize("known", [None, Known()])
def test_what_nobody_told_is_not_claimed(known: Known | None) -> None:
    row = QuoteRow(KEY)
    reads = reading(known)._replace(entry=lambda _: None, rate=lambda _: None)
    for column in MORE:
        assert column.text(row, reads) == "—", column.id
        assert column.sort(row, reads) is None, column.id
        assert column.copied(row, reads) == "", column.id


def test_a_loss_has_no_price_earnings_and_last_year_counts_where_no_more_is_known() -> None:
    def pe(**figures: str) -> str:
        info = StaticInfo("700.HK", **figures)
        return OFFERED["pe"].text(full_row(), reading(Known(info)))

    assert pe(eps="24.5") == "25.00"
    assert pe(eps="24.5", eps_ttm="-1") == "—"
    assert pe(eps="0") == "—"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.9, "0:00"), (59, "0:59"), (61, "1:01"), (3_723, "1:02:03"), (90_000, "1 d")],
)
def test_an_age_reads_like_a_stopwatch(seconds: float, text: str) -> None:
    assert OFFERED["age"].text(full_row(), reading(now_s=100.0 + seconds)) == text


# The line of the day


def ticking(value: float, day: str = "2026-03-05") -> QuoteRow:
    row = QuoteRow(KEY)
    row.last, row.value, row.ticked_s, row.day = str(value), value, 1.0, day
    return row


def test_points_are_taken_down_no_more_often_than_every_few_seconds() -> None:
    now = [100.0]
    lines, row = DayLines(lambda: now[0]), ticking(1.0)
    taken = 0
    for _ in range(100):
        now[0] += 1.0
        row.value += 1.0
        taken += lines.sample([row])
    line = lines.of(row)
    assert line is not None
    assert taken == len(line.values) == 20
    gaps = [after - before for before, after in zip(line.times_s, line.times_s[1:], strict=False)]
    assert min(gaps) >= FIRST_STEP_S
    assert line.values[-1] == 97.0


@given(st.integers(1, 2_000))
def test_a_line_never_outgrows_its_column_and_keeps_its_beginning(count: int) -> None:
    line, row = DayLine("d"), ticking(0.0, "d")
    for number in range(count):
        row.value = float(number)
        line.take(row, number * FIRST_STEP_S)
    assert 1 <= len(line.values) <= MOST
    assert len(line.times_s) == len(line.values)
    assert line.values[0] == 0.0
    assert list(line.values) == sorted(line.values)
    assert count - line.values[-1] <= max(1, count // (MOST // 4))


def test_another_day_begins_another_line() -> None:
    line, row = DayLine(""), ticking(5.0, "")
    line.take(row, 0.0)
    row.day, row.value = "2026-03-05", 6.0
    line.take(row, 10.0)
    assert list(line.values) == [5.0, 6.0]  # the day was only not known yet
    row.day, row.value = "2026-03-06", 7.0
    line.take(row, 10.1)
    assert list(line.values) == [7.0]


def test_prices_of_an_earlier_run_and_rows_that_went_are_not_kept() -> None:
    now = [0.0]
    lines, new, old = (
        DayLines(lambda: now[0]),
        ticking(2.0),
        QuoteRow(InstrumentKey("alltick", "9988.HK")),
    )
    old.last, old.value = "1", 1.0
    assert lines.sample([old, new])
    assert lines.of(old) is None
    assert lines.of(new) is not None
    lines.keep([new.key])
    assert lines.of(new) is not None
    lines.keep([old.key])
    assert lines.of(new) is None


def test_a_path_fills_its_cell_and_a_level_line_is_in_the_middle() -> None:
    cell = QRectF(100, 20, 40, 12)
    assert spots(fitted(polygon((10, 1), (20, 3), (30, 2)), cell)) == [
        *((100.0, 32.0), (120.0, 20.0), (140.0, 26.0))
    ]
    assert spots(fitted(polygon((10, 2), (20, 2)), cell)) == [(100.0, 26.0), (140.0, 26.0)]
    assert spots(fitted(polygon((10, 2)), cell)) == [(140.0, 26.0)]


def test_a_path_follows_its_line_as_it_grows_is_thinned_and_begins_anew() -> None:
    row, line, paths = ticking(1.0, "2026-01-05"), DayLine("2026-01-05"), DayLinePaths()
    cell = QRectF(0, 0, 40, 12)
    sizes = []
    for number in range(MOST + 3):
        row.value = float(number % 5)
        line.take(row, number * 1e9)
        if number % 3:  # a row is not always in sight
            continue
        whole = polygon(*zip(line.times_s, line.values, strict=True))
        assert spots(paths.path(line, cell)) == spots(fitted(whole, cell))
        sizes.append(whole.size())
    assert sizes[:3] == [1, 4, 7]
    assert sizes[-1] < MOST
    row.day = "2026-01-06"
    line.take(row, 1e12)
    assert spots(paths.path(line, cell)) == [(40.0, 6.0)]


def polygon(*points: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def spots(path: QPolygonF) -> list[tuple[float, float]]:
    return [(path.at(n).x(), path.at(n).y()) for n in range(path.size())]


# Rates


def test_rates_are_the_mean_of_the_last_seconds() -> None:
    rates, row, count = TickRates(), ticking(1.0), [0]
    seen = []
    for second in range(20):
        rates.note([row], lambda _: Known(ticks=count[0]), float(second))
        seen.append(rates.of(row))
        count[0] += 4 if second < 10 else 0
    assert seen[:3] == [None, 4.0, 4.0]
    assert seen[15] == pytest.approx(2.0)
    rates.note([row], lambda _: Known(ticks=1_000), 500.0)
    assert rates.of(row) is None  # nobody looked for long
    rates.note([row], lambda _: Known(), 501.0)
    assert rates.of(row) is None


# On the screen


def shown(qtbot: QtBot, *columns: str, **facts: object) -> WatchDesk:
    desk = WatchDesk(qtbot, facts=lambda _: Known(**facts)).show(qtbot)
    desk.panel.choices.show(columns)
    desk.live()
    return desk


def test_the_line_and_the_range_are_drawn_in_the_colour_of_the_day(qtbot: QtBot) -> None:
    desk = shown(qtbot, "last", "code", "day_line", "day_range")
    row = desk.row("700.HK")
    row.previous_close = 9.0

    def picture(place: int) -> QImage:
        cell = desk.table.visualRect(desk.table.model().index(0, place))
        return desk.table.viewport().grab(cell).toImage()

    before = picture(2), picture(3)
    for price in ("10.00", "12.00", "11.00", "11.50"):
        desk.now_s += 10
        desk.tick("700.HK", price)
        row.high, row.low, row.high_value, row.low_value = "12.00", "10.00", 12.0, 10.0
        desk.frame()
    assert (picture(2), picture(3)) != before
    up = make_theme(dark=False).up.name()
    assert up in colours(picture(3))
    marked = picture(3)
    half = marked.copy(0, 0, marked.width() // 2, marked.height())
    assert up not in colours(half)  # the last price is in the upper half of the day
    assert len(colours(picture(2))) > 4


def test_an_age_goes_on_while_nothing_comes(qtbot: QtBot) -> None:
    desk = shown(qtbot, "code", "age")
    desk.tick("700.HK", "10.00")
    desk.frame()
    model = desk.table.model()
    assert model.index(0, 1).data() == "0:00"
    fresh = desk.picture()
    desk.now_s += 61
    qtbot.waitUntil(lambda: desk.picture() != fresh, timeout=3_000)
    assert model.index(0, 1).data() == "1:01"


def test_new_facts_are_shown(qtbot: QtBot) -> None:
    desk = shown(qtbot, "code", "currency")
    assert desk.table.model().index(0, 1).data() == "—"
    desk.panel.know(facts=lambda _: Known(info=INFO))
    assert desk.table.model().index(0, 1).data() == "HKD"


def test_the_snapshot_knows_only_the_first_columns(qtbot: QtBot) -> None:
    desk = shown(qtbot, "code", "currency", info=INFO)
    assert list(desk.panel.state()[0])[1:14] == [column.title for column in COLUMNS]
