"""What facts allow to be said of a row: every combination, and the cases by hand."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from alltick_desk.feed.standing import Coverage
from alltick_desk.feed.wiring import SocketState
from alltick_desk.model.instrument import Trading
from alltick_desk.model.words import Sentence
from alltick_desk.services import state_words
from alltick_desk.services.market_hours import NOT_KNOWN, OPEN_ALWAYS, MarketState, Phase
from alltick_desk.services.rows import RowState
from alltick_desk.services.verdicts import GRACE_S, LATE_S, QUIET_S, Book, Facts, decide

NOW_S, NOW_MS = 50_000.0, 1_800_000_000_000
ASKED_S = 40_000.0
HOUR_MS = 3_600_000
OPEN = MarketState(Phase.OPEN, NOW_MS - HOUR_MS, NOW_MS + HOUR_MS, "", "Asia/Hong_Kong")
BREAK = OPEN._replace(phase=Phase.BREAK)
CLOSED = OPEN._replace(phase=Phase.CLOSED)
HOLIDAY = OPEN._replace(phase=Phase.HOLIDAY, holiday="Labour Day")
SHUT = (BREAK, CLOSED, HOLIDAY)


def facts(**changes: Any) -> Facts:
    """Return those of a row that is live: its market is open, and a tick came a second ago."""
    usual = Facts(
        Coverage.ACKNOWLEDGED,
        since_s=ASKED_S,
        socket=SocketState.LIVE,
        opened_s=ASKED_S - 5,
        ticked_s=NOW_S - 1,
        pace_s=2.0,
        price_ms=NOW_MS - 1500,
        told_ms=NOW_MS - 1200,
        first_ms=NOW_MS - 9_000_000,
        now_s=NOW_S,
        now_ms=NOW_MS,
        hours=OPEN,
    )
    return usual._replace(**changes)


def word(**changes: Any) -> RowState:
    return decide(facts(**changes)).state


def combinations() -> Iterator[Facts]:
    """Return every combination of what decides."""
    for coverage, socket, ticked_s, hours, trading, book, halted in itertools.product(
        [None, *Coverage],
        [None, *SocketState],
        [0.0, ASKED_S - 10, NOW_S - 2000, NOW_S - 1],
        [OPEN, BREAK, CLOSED, HOLIDAY, NOT_KNOWN, OPEN_ALWAYS],
        Trading,
        Book,
        [False, True],
    ):
        yield facts(
            coverage=coverage,
            told=Sentence("Feed", "Why."),
            socket=socket,
            trouble="" if socket is SocketState.LIVE else Sentence("Feed", "The line broke."),
            ticked_s=ticked_s,
            hours=hours,
            trading=trading,
            book=book,
            halted=halted,
            halted_ms=NOW_MS - 1000,
        )


def test_every_combination_says_something_and_nothing_unproven() -> None:
    seen = set()
    for each in combinations():
        state, reason, remedy = decide(each)
        seen.add(state)
        streams = each.coverage is Coverage.ACKNOWLEDGED and each.socket is SocketState.LIVE
        phase = each.hours.phase
        if state.live:
            assert streams
            assert each.heard
            assert each.silence_s < 60
            assert each.trading is Trading.NORMAL
        if state in {RowState.QUIET, RowState.LIMIT_UP, RowState.LIMIT_DOWN}:
            assert streams
            assert phase is Phase.OPEN
        if state is RowState.MARKET_CLOSED:
            assert streams
            assert phase in {Phase.BREAK, Phase.CLOSED, Phase.HOLIDAY}
        if state is RowState.STALE:
            assert each.ticked_s
            assert not streams or (each.heard and phase is Phase.OPEN)
        if state in {RowState.HALTED, RowState.HALTED_OR_DELISTED}:
            assert streams
        if state is not RowState.LIVE:
            assert isinstance(reason, Sentence)
            assert reason
            assert isinstance(remedy, Sentence)
            assert remedy
    assert seen == set(RowState)


@pytest.mark.parametrize("hours", SHUT)
def test_a_market_that_does_not_trade_is_closed_whether_it_was_heard_or_not(
    hours: MarketState,
) -> None:
    before_close_s = NOW_S - 3700
    assert word(hours=hours, ticked_s=before_close_s) is RowState.MARKET_CLOSED
    assert word(hours=hours, ticked_s=0.0) is RowState.MARKET_CLOSED
    assert word(hours=hours, ticked_s=ASKED_S - 1) is RowState.MARKET_CLOSED


def test_a_fresh_tick_outside_regular_hours_is_live_and_says_so() -> None:
    said = decide(facts(hours=CLOSED))
    assert said[:2] == (RowState.LIVE, "It trades outside regular hours.")
    assert word(hours=CLOSED, ticked_s=NOW_S - LATE_S - 1) is RowState.MARKET_CLOSED
    assert word(hours=CLOSED, ticked_s=NOW_S - 100, pace_s=60.0) is RowState.LIVE


def test_the_days_last_price_as_an_answer_is_no_trade_of_now() -> None:
    of_the_close = NOW_MS - HOUR_MS - 1000
    answer = {"hours": CLOSED, "told_ms": of_the_close, "first_ms": of_the_close}
    assert word(**answer) is RowState.MARKET_CLOSED
    # Times that go on are trades, whatever this machine's clock makes of them.
    assert word(**{**answer, "first_ms": of_the_close - 60_000}) is RowState.LIVE


def test_the_last_tick_before_the_close_does_not_outlive_it() -> None:
    just_closed = CLOSED._replace(since_ms=NOW_MS - 500)
    assert word(hours=just_closed, ticked_s=NOW_S - 1) is RowState.MARKET_CLOSED


def test_a_row_that_was_live_before_the_night_is_quiet_until_the_first_tick() -> None:
    opened = OPEN._replace(since_ms=NOW_MS - 90_000)
    said = decide(facts(hours=opened, ticked_s=NOW_S - 9000))
    assert said.state is RowState.QUIET
    assert "since the opening" in said.reason


def test_an_open_market_without_a_tick_is_quiet_after_a_grace() -> None:
    assert word(ticked_s=0.0) is RowState.QUIET
    assert word(ticked_s=0.0, since_s=NOW_S - GRACE_S + 1) is RowState.WAITING
    assert word(ticked_s=ASKED_S - 1) is RowState.QUIET


def test_a_silence_is_late_by_the_rows_own_pace_and_quiet_without_one() -> None:
    assert word(ticked_s=NOW_S - LATE_S) is RowState.LIVE
    late = decide(facts(ticked_s=NOW_S - LATE_S - 1))
    assert late.state is RowState.STALE
    assert late.reason.endswith("Last tick 1 min ago.")
    assert late.remedy == state_words.LATE_REMEDY
    assert word(ticked_s=NOW_S - 200, pace_s=30.0) is RowState.LIVE
    assert word(ticked_s=NOW_S - QUIET_S - 1, pace_s=60.0) is RowState.QUIET
    assert word(ticked_s=NOW_S - QUIET_S - 1, pace_s=0.0) is RowState.QUIET
    assert word(ticked_s=NOW_S - 200, pace_s=0.0) is RowState.LIVE


def test_before_the_hours_are_known_nothing_is_claimed() -> None:
    for ticked_s in (0.0, ASKED_S - 1, NOW_S - 9000):
        assert word(hours=NOT_KNOWN, ticked_s=ticked_s) is RowState.WAITING
    assert word(hours=NOT_KNOWN) is RowState.LIVE


def test_the_vendors_own_calendar_closes_what_the_table_does_not() -> None:
    calendar = Sentence("Rows", "A holiday.")
    for hours in (OPEN, NOT_KNOWN):
        said = decide(facts(hours=hours, ticked_s=0.0, calendar=calendar))
        assert said[:2] == (RowState.MARKET_CLOSED, "A holiday.")
    both = decide(facts(hours=CLOSED, ticked_s=0.0, calendar=calendar))
    assert both.reason.endswith("A holiday.")
    assert both.reason.startswith("The market is closed")
    assert word(calendar=calendar) is RowState.LIVE


def test_a_halt_on_a_list_holds_until_a_price_is_newer() -> None:
    halt = {"halted": True, "halted_ms": NOW_MS - 60_000, "halted_on": "2027-01-15"}
    said = decide(facts(**halt, price_ms=NOW_MS - 61_000))
    assert said.state is RowState.HALTED
    assert "2027-01-15" in said.reason
    assert word(**halt, price_ms=NOW_MS - 59_000) is RowState.LIVE
    assert word(**halt, ticked_s=0.0, hours=CLOSED) is RowState.HALTED
    assert word(halted=True) is RowState.LIVE  # since when is not told, and it ticks
    assert word(halted=True, ticked_s=0.0) is RowState.HALTED


@pytest.mark.parametrize(
    ("trading", "state"),
    [
        (Trading.SUSPENDED, RowState.HALTED),
        (Trading.CIRCUIT_BREAKER, RowState.HALTED),
        (Trading.DELISTED, RowState.HALTED_OR_DELISTED),
    ],
)
def test_what_the_vendor_says_of_trading_wins(trading: Trading, state: RowState) -> None:
    for ticked_s in (0.0, NOW_S - 1):
        assert word(trading=trading, ticked_s=ticked_s) is state


def test_a_book_of_one_side_or_none_is_told_while_the_market_is_open() -> None:
    assert word(book=Book.LIMIT_UP) is RowState.LIMIT_UP
    assert word(book=Book.LIMIT_DOWN) is RowState.LIMIT_DOWN
    assert word(book=Book.EMPTY) is RowState.HALTED_OR_DELISTED
    for book in Book:
        assert word(book=book, hours=CLOSED, ticked_s=NOW_S - 3700) is RowState.MARKET_CLOSED
        assert word(book=book, ticked_s=0.0) is RowState.QUIET


@pytest.mark.parametrize(
    ("hours", "reason"),
    [
        (
            BREAK._replace(until_ms=NOW_MS),
            "The market rests; it goes on at 2027-01-15 16:00 by its own clock.",
        ),
        (
            CLOSED._replace(until_ms=NOW_MS),
            "The market is closed; it opens at 2027-01-15 16:00 by its own clock.",
        ),
        (
            HOLIDAY._replace(until_ms=NOW_MS),
            (
                "The market is closed for a holiday, Labour Day; "
                "it opens at 2027-01-15 16:00 by its own clock."
            ),
        ),
        (HOLIDAY._replace(holiday="", until_ms=None), "The market is closed for a holiday."),
        (CLOSED._replace(until_ms=None), "The market is closed."),
    ],
)
def test_when_it_opens_is_told_where_it_is_known(hours: MarketState, reason: str) -> None:
    assert decide(facts(hours=hours, ticked_s=0.0)).reason == reason
