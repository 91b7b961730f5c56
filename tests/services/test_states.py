"""What a row may claim."""

from collections.abc import Callable

import pytest
from statesdesk import ACKNOWLEDGED, NOW_S, OPENED_S, Desk, health

from alltick_desk.errors import ProtocolError
from alltick_desk.feed.subscriptions import Coverage, Standing
from alltick_desk.feed.wiring import SocketHealth, SocketState
from alltick_desk.model.book import Sides
from alltick_desk.model.instrument import InstrumentKey, Market, Trading
from alltick_desk.model.words import Sentence
from alltick_desk.services.halts import Halt
from alltick_desk.services.market_hours import MarketState, Phase
from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.services.states import BEATS, StateKeeper
from alltick_desk.services.verdicts import LATE_S


def decide(
    standing: Standing | None, socket: SocketHealth | None, *, ticked_s: float = 0.0
) -> tuple[RowState, str]:
    row = QuoteRow(InstrumentKey("alltick", "700.HK"))
    row.ticked_s = ticked_s
    keeper = StateKeeper(
        standing=lambda _: standing,
        socket=lambda *_: socket,
        why_not=lambda _: "There is no token yet.",
        monotonic=lambda: NOW_S,
    )
    keeper.refresh([row])
    return row.state, row.state_detail


def test_live_needs_an_acknowledgement_a_healthy_socket_and_a_tick_since() -> None:
    live = health(SocketState.LIVE)
    assert decide(ACKNOWLEDGED, live, ticked_s=950.0) == (RowState.LIVE, "")
    assert decide(ACKNOWLEDGED, live, ticked_s=0.0)[0] is RowState.WAITING
    assert decide(ACKNOWLEDGED, live, ticked_s=OPENED_S - 1)[0] is RowState.WAITING
    anew = Standing(Coverage.ACKNOWLEDGED, "", 1, since_s=960.0)  # it was beyond the plan before
    assert decide(anew, live, ticked_s=950.0)[0] is RowState.WAITING
    assert decide(anew, live, ticked_s=970.0)[0] is RowState.LIVE
    assert decide(Standing(Coverage.SENT, "", 1), live, ticked_s=950.0)[0] is RowState.WAITING


@pytest.mark.parametrize("state", [SocketState.SILENT, SocketState.WAITING, SocketState.CONNECTING])
def test_a_lost_socket_makes_what_ticked_stale_and_the_rest_wait(state: SocketState) -> None:
    lost = health(state, "The line was cut.")
    assert decide(ACKNOWLEDGED, lost, ticked_s=940.0) == (
        RowState.STALE,
        "The line was cut. Last tick 1 min ago.",
    )
    assert decide(ACKNOWLEDGED, lost) == (RowState.WAITING, "The line was cut.")


@pytest.mark.parametrize(
    ("ticked_s", "age"), [(999.5, "0 s"), (941.0, "59 s"), (640.0, "6 min"), (-9000.0, "2 h")]
)
def test_the_age_is_told_in_a_coarse_unit(ticked_s: float, age: str) -> None:
    assert decide(ACKNOWLEDGED, health(SocketState.WAITING), ticked_s=ticked_s)[1].endswith(
        f"Last tick {age} ago."
    )


@pytest.mark.parametrize(
    ("coverage", "state"),
    [
        (Coverage.BEYOND_PLAN, RowState.BEYOND_PLAN),
        (Coverage.NOT_IN_PLAN, RowState.NOT_IN_PLAN),
        (Coverage.UNKNOWN_CODE, RowState.UNKNOWN_CODE),
        (Coverage.REFUSED, RowState.REFUSED),
    ],
)
def test_a_refusal_is_told_whatever_the_socket_does(coverage: Coverage, state: RowState) -> None:
    standing = Standing(coverage, "Why.", None)
    for socket in (health(SocketState.LIVE), health(SocketState.WAITING), None):
        assert decide(standing, socket, ticked_s=999.0) == (state, "Why.")


@pytest.mark.parametrize("state", [SocketState.CLOSED, SocketState.REFUSED])
def test_a_socket_that_will_not_come_is_offline(state: SocketState) -> None:
    assert decide(ACKNOWLEDGED, health(state, "The token was refused.")) == (
        RowState.OFFLINE,
        "The token was refused.",
    )


def test_without_a_vendor_line_the_row_says_why() -> None:
    assert decide(None, None) == (RowState.OFFLINE, "There is no token yet.")


def test_only_rows_that_changed_are_returned() -> None:
    row = QuoteRow(InstrumentKey("alltick", "700.HK"))
    row.ticked_s = 950.0
    look: Callable[[InstrumentKey], Standing] = lambda _: ACKNOWLEDGED  # noqa: E731
    keeper = StateKeeper(
        standing=look,
        socket=lambda *_: health(SocketState.LIVE),
        why_not=lambda _: "",
        monotonic=lambda: NOW_S,
    )
    assert keeper.refresh([row]) == [row]
    assert keeper.refresh([row]) == []


@pytest.mark.parametrize(
    ("trading", "state"),
    [
        (Trading.SUSPENDED, RowState.HALTED),
        (Trading.CIRCUIT_BREAKER, RowState.HALTED),
        (Trading.DELISTED, RowState.HALTED_OR_DELISTED),
        (Trading.NORMAL, RowState.LIVE),
    ],
)
def test_what_the_vendor_says_of_trading_is_told(trading: Trading, state: RowState) -> None:
    desk = Desk("700.HK", Market.HK_STOCK)
    desk.row.trading = trading
    assert desk.tick() is state
    assert bool(desk.row.state_detail) is (state is not RowState.LIVE)


def test_a_silent_row_tells_of_the_vendors_holiday_and_a_live_one_does_not() -> None:
    desk = Desk("700.HK", Market.HK_STOCK, phase=Phase.UNKNOWN)
    desk.calendar = Sentence("Rows", "A holiday.")
    assert desk.state() is RowState.MARKET_CLOSED
    assert desk.row.state_detail == "A holiday."
    assert desk.tick() is RowState.LIVE
    assert desk.row.state_detail == ""


def test_the_hours_are_those_of_the_exchange_that_lists_it() -> None:
    for code, market, kept in (
        ("700.HK", Market.HK_STOCK, Market.HK_STOCK),
        (".DJI.US", Market.INDEX, Market.US_STOCK),
        ("future/HSI$HK", Market.FUTURE, Market.UNKNOWN),
    ):
        desk = Desk(code, market)
        desk.state()
        assert set(desk.hours.asked) == {kept}


def test_a_row_goes_from_quiet_to_live_to_closed_and_back() -> None:
    desk = Desk("700.HK", Market.HK_STOCK)
    assert desk.state() is RowState.QUIET
    assert desk.tick() is RowState.LIVE
    desk.hours.now = MarketState(Phase.CLOSED, desk.wall_ms() + 5_000)
    assert desk.state(after_s=6) is RowState.MARKET_CLOSED
    desk.hours.now = MarketState(Phase.OPEN, desk.wall_ms() + 60_000)
    assert desk.state(after_s=61) is RowState.QUIET
    assert desk.tick() is RowState.LIVE
    assert desk.row.state_remedy == ""


def test_the_pace_is_believed_after_some_ticks_and_makes_a_silence_late() -> None:
    desk = Desk("700.HK", Market.HK_STOCK)
    for _ in range(3):
        desk.now_s += 2
        assert desk.tick() is RowState.LIVE
    assert desk.state(after_s=LATE_S + 1) is RowState.LIVE  # three ticks tell no pace
    for _ in range(BEATS):
        desk.now_s += 2
        desk.tick()
    assert desk.row.pace_s > LATE_S / 2  # the long silence is remembered
    assert desk.state(after_s=LATE_S + 1) is RowState.LIVE
    for _ in range(400):
        desk.now_s += 2
        desk.tick()
    assert desk.row.pace_s < 3
    assert desk.state(after_s=LATE_S + 1) is RowState.STALE
    assert "ticks have stopped" in desk.row.state_detail
    assert desk.tick() is RowState.LIVE


def test_a_limit_is_claimed_only_with_a_book_of_one_side_at_that_price() -> None:
    desk = Desk("600519.SH", Market.CN_STOCK)
    assert desk.tick("1540.00") is RowState.LIVE
    assert desk.book(["1540.00"], []) is RowState.LIVE  # no previous close is known
    desk.row.previous_close = 1400.0
    assert desk.state() is RowState.LIMIT_UP
    assert desk.book(["1539.99"], []) is RowState.LIVE
    assert desk.book(["1540.00"], ["1540.00"]) is RowState.LIVE
    assert desk.tick("1260.00") is RowState.LIVE
    assert desk.book([], ["1260.00"]) is RowState.LIMIT_DOWN
    assert desk.row.state.live
    desk.hours.now = MarketState(Phase.UNKNOWN)
    assert desk.state() is RowState.LIVE


def test_no_other_market_has_limits_that_are_known() -> None:
    desk = Desk("700.HK", Market.HK_STOCK)
    desk.row.previous_close = 1400.0
    desk.tick("1540.00")
    assert desk.book(["1540.00"], []) is RowState.LIVE


def test_an_empty_book_tells_something_once_nothing_trades() -> None:
    desk = Desk("600519.SH", Market.CN_STOCK)
    desk.tick()
    assert desk.book([], []) is RowState.LIVE
    desk.now_s += 61
    assert desk.book([], []) is RowState.HALTED_OR_DELISTED
    assert desk.tick() is RowState.LIVE
    never = Desk("600519.SH", Market.CN_STOCK)
    assert never.book([], []) is RowState.LIVE
    never.now_s += 61
    assert never.book([], []) is RowState.HALTED_OR_DELISTED
    gold = Desk("GOLD", Market.COMMODITY)
    gold.tick()
    gold.now_s += 61
    assert gold.book([], []) is RowState.LIVE


def test_an_empty_book_tells_nothing_in_the_first_minute_after_the_opening() -> None:
    for traded in (False, True):
        desk = Desk("600519.SH", Market.CN_STOCK, phase=Phase.CLOSED)
        if traded:
            desk.tick()
        desk.book([], [])
        desk.now_s += 3600
        desk.hours.now = MarketState(Phase.OPEN, desk.wall_ms())
        desk.now_s += 5
        assert desk.book([], []) is RowState.LIVE
        desk.now_s += 61
        assert desk.book([], []) is RowState.HALTED_OR_DELISTED


def test_a_bad_book_is_reported_once_and_claims_nothing() -> None:
    def bad(_bids: bytes, _asks: bytes) -> Sides:
        raise ProtocolError("no list of levels")

    desk = Desk("600519.SH", Market.CN_STOCK)
    desk.row.previous_close = 10.0
    desk.tick("11.00")
    assert desk.take(bad) is RowState.LIVE
    assert desk.state() is RowState.LIVE
    assert len(desk.complaints) == 1


def test_a_halt_of_a_list_is_told_with_its_day() -> None:
    desk = Desk("600519.SH", Market.CN_STOCK)
    desk.halt = Halt(desk.wall_ms() - 60_000, None, "2026-01-05")
    assert desk.state() is RowState.HALTED
    assert "from 2026-01-05." in desk.row.state_detail
    assert desk.tick() is RowState.LIVE


def test_without_hours_the_keeper_claims_none() -> None:
    row = QuoteRow(InstrumentKey("alltick", "700.HK"))
    keeper = StateKeeper(
        standing=lambda _: ACKNOWLEDGED,
        socket=lambda *_: health(SocketState.LIVE),
        why_not=lambda _: "",
        monotonic=lambda: NOW_S,
    )
    keeper.refresh([row])
    assert row.state is RowState.WAITING


@pytest.mark.parametrize(
    ("standing", "told"),
    [
        (None, ""),
        (Standing(Coverage.WANTED), "Requested; not sent yet."),
        (Standing(Coverage.SENT, "", 1), "Requested and sent; not acknowledged yet."),
        (Standing(Coverage.NOT_IN_PLAN, "Why."), ""),
        (
            Standing(Coverage.ACKNOWLEDGED, "", 1, since_s=940.0),
            "Requested, sent 1 min ago, acknowledged. First tick 5 s later. Last tick 40 s ago.",
        ),
        (
            Standing(Coverage.ACKNOWLEDGED, "", 1, since_s=970.0),
            "Requested, sent 30 s ago, acknowledged. No tick since.",
        ),
    ],
)
def test_how_far_a_subscription_has_come_is_told(standing: Standing | None, told: str) -> None:
    row = QuoteRow(InstrumentKey("alltick", "700.HK"))
    now_s = [945.0]
    keeper = StateKeeper(
        standing=lambda _: standing,
        socket=lambda *_: health(SocketState.LIVE),
        why_not=lambda _: "",
        monotonic=lambda: now_s[0],
    )
    for row.ticked_s in (945.0, 960.0):
        keeper.refresh([row])
    now_s[0] = NOW_S
    assert keeper.proof(row) == told
