"""What a row reads like, cell by cell."""

import time
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.figures import signed
from alltick_desk.model.instrument import Catalogue, Instrument, InstrumentKey, Market
from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.ui.watchlist import format as texts
from alltick_desk.ui.watchlist.columns import COLUMNS, STATE_WORDS, snapshot
from alltick_desk.ui.watchlist.format import Reading

CATALOGUE = Catalogue(
    [
        Instrument("700.HK", "Tencent", "腾讯控股", Market.HK_STOCK),
        Instrument("EURUSD", "Euro / US Dollar", "", Market.FOREX),
        Instrument("000001.SH", "", "上证指数", Market.INDEX),
    ]
)
TODAY = (2026, 3, 5)


def reading(*, chinese: bool = False) -> Reading:
    states = {state: word.upper() for state, word in STATE_WORDS.items()}
    return Reading(CATALOGUE, chinese, TODAY, states)


def make_row(code: str = "700.HK") -> QuoteRow:
    return QuoteRow(InstrumentKey("alltick", code))


def local_ms(*moment: int) -> int:
    return int(time.mktime((*moment, 0, 0, -1))) * 1000


def full_row() -> QuoteRow:
    row = make_row()
    row.last, row.value, row.digits = "612.500", 612.5, 3
    row.previous_close = 600.25
    row.bid, row.ask = "612.400", "612.600"
    row.high, row.low, row.high_value, row.low_value = "615.000", "600.100", 615.0, 600.1
    row.volume, row.turnover = 12_345_678.0, 7.5e9
    row.time_ms = local_ms(2026, 3, 5, 9, 8, 7) + 123
    row.state, row.state_detail, row.ticked_s = RowState.LIVE, "", 95.0
    return row


def test_a_full_row_reads_as_the_vendor_sent_it() -> None:
    row = full_row()
    assert [column.text(row, reading()) for column in COLUMNS] == [
        "700.HK",
        "Tencent",
        "612.500",
        "+12.250",
        "+2.04",
        "612.400",
        "612.600",
        "615.000",
        "600.100",
        "12.35M",
        "7.500B",
        "09:08:07",
        "LIVE",
    ]


def test_an_unknown_row_claims_nothing() -> None:
    row = make_row("FOO.US")
    shown = [column.text(row, reading()) for column in COLUMNS]
    assert shown == ["FOO.US", *["—"] * 11, "WAITING"]


def test_the_titles_are_those_of_the_snapshot() -> None:
    assert [column.title for column in COLUMNS] == [
        "Code",
        "Name",
        "Last",
        "Change",
        "Change %",
        "Bid",
        "Ask",
        "High",
        "Low",
        "Volume",
        "Turnover",
        "Time",
        "State",
    ]


def test_every_state_has_a_word() -> None:
    assert set(STATE_WORDS) == set(RowState)
    assert all(state.value == word for state, word in STATE_WORDS.items())


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        ("700.HK", "Tencent", "腾讯控股"),
        ("EURUSD", "Euro / US Dollar", "Euro / US Dollar"),
        ("000001.SH", "上证指数", "上证指数"),
        ("FOO.US", "—", "—"),
    ],
)
def test_names_fall_back_to_the_other_language(code: str, english: str, chinese: str) -> None:
    row = make_row(code)
    assert texts.name(row, reading()) == english
    assert texts.name(row, reading(chinese=True)) == chinese


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (12.25, 3, "+12.250"),
        (-0.5, 2, "-0.50"),
        (0.0, 3, "0.000"),
        (-0.0004, 3, "0.000"),
        (0.0004, 3, "0.000"),
        (-0.0005001, 3, "-0.001"),
        (3.0, 0, "+3"),
        (0.2, 0, "0"),
        (-12345.678, 1, "-12345.7"),
    ],
)
def test_a_change_has_its_sign_and_the_instruments_digits(
    value: float, digits: int, shown: str
) -> None:
    assert signed(value, digits) == shown


@pytest.mark.parametrize(
    ("value", "shown", "chinese"),
    [
        (0.0, "0", "0"),
        (7.0, "7", "7"),
        (1234.0, "1,234", "1,234"),
        (9999.0, "9,999", "9,999"),
        (9999.9, "10.00K", "1.000万"),
        (12346.0, "12.35K", "1.235万"),
        (999_949.0, "999.9K", "99.99万"),
        (999_950.0, "1.000M", "100.0万"),
        (12_345_678.0, "12.35M", "1235万"),
        (999_960_000.0, "1.000B", "10.00亿"),
        (2.5e12, "2.500T", "2.500万亿"),
        (1.2345e15, "1234T", "1234万亿"),
        (0.5, "0.5", "0.5"),
        (12.5, "12.5", "12.5"),
        (123.456, "123.5", "123.5"),
        (1234.5, "1,234", "1,234"),
        (0.12345678, "0.1235", "0.1235"),
        (0.000012346, "0.00001235", "0.00001235"),
        (1e-12, "0", "0"),
        (-12346.0, "-12.35K", "-1.235万"),
        (1.5e20, "1.500e+20", "1.500e+20"),
        (float("nan"), "—", "—"),
        (float("inf"), "—", "—"),
    ],
)
def test_amounts_are_compact(value: float, shown: str, chinese: str) -> None:
    assert texts.compact(value, chinese=False) == shown
    assert texts.compact(value, chinese=True) == chinese


@given(st.floats(1e-4, 1e15), st.booleans())
def test_a_compact_amount_is_true_to_a_thousandth(value: float, chinese: bool) -> None:
    shown = texts.compact(value, chinese=chinese)
    number = shown.rstrip("KMBT万亿").replace(",", "")
    unit = {"": 1.0, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12, "万": 1e4, "亿": 1e8, "万亿": 1e12}
    size = float(number) * unit[shown.lstrip("-0123456789.,")]
    assert size == pytest.approx(value, rel=1e-3)
    assert len(number.replace(".", "").lstrip("0")) <= 4


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_amount_has_a_text(value: float) -> None:
    assert texts.compact(value, chinese=True)
    assert texts.compact(value, chinese=False)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (0.0, "0"),
        (100.0, "100"),
        (12_345_678.0, "12345678"),
        (0.125, "0.125"),
        (1e21, "1" + "0" * 21),
        (1e-9, "0.000000001"),
        (0.1 + 0.2, "0.3"),
        (367_697_678.34 - 1e-8, "367697678.34"),
        (-1_759_290_529_481.38, "-1759290529481.38"),
    ],
)
def test_a_spreadsheet_gets_the_whole_figure(value: float | None, shown: str) -> None:
    assert texts.full(value) == shown


def test_time_is_of_the_clock_today_and_a_date_before() -> None:
    row = make_row()
    row.time_ms = local_ms(2026, 3, 5, 0, 0, 0)
    assert texts.clock_time(row, reading()) == "00:00:00"
    row.time_ms -= 1
    assert texts.clock_time(row, reading()) == "2026-03-04"


def test_iso_time_names_the_moment_and_the_zone() -> None:
    row = make_row()
    assert texts.iso_time(row) == "—"
    row.time_ms = 1_772_701_687_123
    at = datetime.fromisoformat(texts.iso_time(row))
    assert at.utcoffset() is not None
    assert round(at.timestamp() * 1000) == 1_772_701_687_123


def test_the_detail_tells_the_age_of_what_is_shown() -> None:
    row = make_row()
    row.state_detail = "Subscribed; nothing came yet."
    assert texts.state_detail(row, 100.0) == "Subscribed; nothing came yet."
    row.ticked_s = 97.0
    assert texts.state_detail(row, 100.0) == "Subscribed; nothing came yet. Last tick 3 s ago."
    row.state, row.state_detail = RowState.LIVE, ""
    assert texts.state_detail(row, 100.0) == "Last tick 3 s ago."
    row.state, row.state_detail = RowState.STALE, "The line broke. Last tick 3 s ago."
    assert texts.state_detail(row, 100.0) == "The line broke. Last tick 3 s ago."


def test_the_snapshot_has_every_key_in_order_and_english_words() -> None:
    row = full_row()
    read = snapshot(row, reading(chinese=True), 100.0)
    assert list(read) == [
        "Vendor",
        "Code",
        "Name",
        "Last",
        "Change",
        "Change %",
        "Bid",
        "Ask",
        "High",
        "Low",
        "Volume",
        "Turnover",
        "Time",
        "State",
        "State detail",
    ]
    assert read["Vendor"] == "alltick"
    assert read["Name"] == "腾讯控股"
    assert read["State"] == "Live"
    assert read["State detail"] == "Last tick 5 s ago."
    assert datetime.fromisoformat(read["Time"]).utcoffset() is not None
    assert float(read["Change"]) == 12.25
    assert snapshot(make_row(), reading(), 0.0)["State detail"] == "—"


def test_a_copied_row_is_for_a_spreadsheet() -> None:
    copied = [column.copied(full_row(), reading()) for column in COLUMNS]
    assert copied[9:12] == ["12345678", "7500000000", "2026-03-05 09:08:07"]
    assert copied[2] == "612.500"
    assert [c.copied(make_row("FOO"), reading()) for c in COLUMNS[:12]] == ["FOO", *[""] * 11]


def test_sort_values_are_numbers_and_nothing_where_nothing_is_known() -> None:
    by_id = {column.id: column for column in COLUMNS}
    row, empty = full_row(), make_row("FOO")
    assert by_id["last"].sort(row, reading()) == 612.5
    assert by_id["bid"].sort(row, reading()) == 612.4
    assert by_id["volume"].sort(row, reading()) == 12_345_678.0
    assert by_id["time"].sort(row, reading()) == float(row.time_ms)
    for which in ("last", "change", "change_percent", "bid", "ask", "high", "low", "volume"):
        assert by_id[which].sort(empty, reading()) is None
    assert by_id["turnover"].sort(empty, reading()) is None
    assert by_id["time"].sort(empty, reading()) is None


def test_prices_that_lost_their_zeros_get_them_back() -> None:
    row = QuoteRow(InstrumentKey("itick", "700.HK"), pads=True)
    row.last, row.bid, row.ask, row.high, row.low = "225.2", "225", "225.215", "226", ""
    row.value, row.previous_close = 225.2, 225.0
    row.see(row.last, row.ask)
    read = snapshot(row, reading(), 0.0)
    assert [read[title] for title in ("Last", "Bid", "Ask", "High", "Low", "Change")] == [
        *("225.200", "225.000", "225.215", "226.000", "—", "+0.200"),
    ]
    assert read["Vendor"] == "itick"


def test_prices_that_come_as_text_stay_as_they_came() -> None:
    row = full_row()
    row.bid = "612.4"
    assert texts.bid(row, reading()) == "612.4"
