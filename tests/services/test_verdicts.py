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
from alltick_desk.services.halts import Halt
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
    for coverage, socket, ticked_s, hours, trading, book, halt in itertools.product(
        [None, *Coverage],
        [None, *SocketState],
        [0.0, ASKED_S - 10, NOW_S - 2000, NOW_S - 1],
        [OPEN, BREAK, CLOSED, HOLIDAY, NOT_KNOWN, OPEN_ALWAYS],
        Trading,
        Book,
        [None, Halt(NOW_MS - 9000, None, "2027-01-15", over_ms=NOW_MS - 1000)],
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
            halt=halt,
        )


def test_every_combination_says_something_and_nothing_unproven() -> None:
    seen = set()
    for each in combinations():
        state, reason, remedy = decide(each)
        seen.add(state)
        streams = each.coverage is Coverage.ACKNOWLEDGED and each.socket is SocketState.LIVE
        waits = each.coverage in {Coverage.WANTED, Coverage.SENT, Coverage.UNWANTED}
        unasked = waits and each.socket is SocketState.LIVE
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
            assert streams or unasked
            assert phase in {Phase.BREAK, Phase.CLOSED, Phase.HOLIDAY}
        if state is RowState.STALE:
            assert each.ticked_s
            assert not streams or (each.heard and phase is Phase.OPEN)
        if state is RowState.HALTED:
            assert streams or (unasked and each.halt is not None)
        if state is RowState.HALTED_OR_DELISTED:
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
    begun = Halt(NOW_MS - 60_000, None, "2027-01-15 10:30", True, NOW_MS - 60_000)
    said = decide(facts(halt=begun, price_ms=NOW_MS - 61_000))
    assert said.state is RowState.HALTED
    assert said.reason.endswith("is halted since 2027-01-15 10:30 by its own clock.")
    assert word(halt=begun, price_ms=NOW_MS - 59_000) is RowState.LIVE
    assert word(halt=begun, ticked_s=0.0, hours=CLOSED) is RowState.HALTED
    undated = Halt(None, None)
    assert word(halt=undated) is RowState.LIVE  # since when is not told, and it ticks
    assert word(halt=undated, ticked_s=0.0) is RowState.HALTED


def test_of_a_halt_that_is_given_by_its_date_no_time_is_claimed() -> None:
    halt = Halt(NOW_MS - 10 * HOUR_MS, None, "2027-01-15", False, NOW_MS - 60_000)
    said = decide(facts(halt=halt, price_ms=NOW_MS - HOUR_MS))  # made that day, maybe before it
    assert said.state is RowState.HALTED
    assert said.reason.endswith("is halted from 2027-01-15.")
    assert word(halt=halt, price_ms=NOW_MS - 59_000) is RowState.LIVE


@pytest.mark.parametrize("coverage", [Coverage.WANTED, Coverage.SENT])
def test_what_is_known_without_the_vendor_is_said_before_it_answers(coverage: Coverage) -> None:
    for hours in SHUT:
        said = decide(facts(coverage=coverage, hours=hours, ticked_s=0.0))
        assert said.state is RowState.MARKET_CLOSED
        assert said.reason == state_words.closed(hours)
    halt = Halt(NOW_MS - 60_000, None, "2027-01-15")
    assert word(coverage=coverage, halt=halt) is RowState.HALTED
    for hours in (OPEN, NOT_KNOWN):
        assert word(coverage=coverage, hours=hours) is RowState.WAITING
    calendar = Sentence("Rows", "A holiday.")
    assert word(coverage=coverage, calendar=calendar) is RowState.MARKET_CLOSED
    lost = {"socket": SocketState.WAITING, "hours": CLOSED, "ticked_s": 0.0}
    assert word(coverage=coverage, **lost) is RowState.WAITING  # that is the news


def test_a_book_is_no_price_and_its_age_is_told_apart() -> None:
    empty = decide(
        facts(book=Book.EMPTY, booked_s=NOW_S, ticked_s=NOW_S, priced_s=NOW_S - 400, opened_s=1.0)
    )
    assert "nothing is traded" in empty.reason
    lost = {"socket": SocketState.WAITING, "trouble": Sentence("Feed", "The line broke.")}
    stale = decide(facts(**lost, ticked_s=NOW_S - 2, booked_s=NOW_S - 2, priced_s=NOW_S - 400))
    assert stale.reason == "The line broke. Last price 6 min ago, last order book 2 s ago."
    never = decide(facts(**lost, ticked_s=NOW_S - 2, booked_s=NOW_S - 2))
    assert never.reason.endswith("No price came yet; last order book 2 s ago.")
    plain = decide(facts(**lost, ticked_s=NOW_S - 2, priced_s=NOW_S - 2))
    assert plain.reason.endswith("Last tick 2 s ago.")


def test_a_vendor_that_the_desk_does_not_know_has_another_remedy_than_a_token() -> None:
    words = Sentence("Desk", "This version of the desk does not know elsewhere.")
    stranger = decide(Facts(None, words, known=False))
    assert stranger[:2] == (RowState.OFFLINE, words)
    assert stranger.remedy == state_words.STRANGER_REMEDY
    assert "token" in decide(Facts(None, words)).remedy


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


def test_a_row_of_a_refused_list_says_so_and_promises_no_tick() -> None:
    doubted = Sentence("Feed", "One of them was refused.")
    verdict = decide(facts(coverage=Coverage.WANTED, told=doubted, hours=OPEN))
    assert verdict == (RowState.WAITING, doubted, state_words.DOUBTED_REMEDY)
    plain = decide(facts(coverage=Coverage.WANTED, told="", hours=OPEN))
    assert plain.reason == state_words.TO_ASK
    assert "the next tick makes it live" in plain.remedy
