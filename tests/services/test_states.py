"""What a row may claim."""

from collections.abc import Callable

import pytest

from alltick_desk.feed.subscriptions import Coverage, Standing
from alltick_desk.feed.wiring import SocketHealth, SocketState
from alltick_desk.model.instrument import InstrumentKey, Trading
from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.services.states import StateKeeper

NOW_S = 1000.0
OPENED_S = 900.0


def health(state: SocketState, reason: str = "") -> SocketHealth:
    return SocketHealth(
        socket="alltick/stock#1",
        state=state,
        reason=reason,
        opened_s=OPENED_S,
        last_message_s=None,
        next_try_s=None,
        messages=0,
        decode_errors=0,
        reconnects=0,
    )


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


ACKNOWLEDGED = Standing(Coverage.ACKNOWLEDGED, "", 1)


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
    ("trading", "word"),
    [
        (Trading.SUSPENDED, "suspended"),
        (Trading.DELISTED, "delisted"),
        (Trading.CIRCUIT_BREAKER, "circuit breaker"),
    ],
)
def test_what_the_vendor_says_of_trading_is_told(trading: Trading, word: str) -> None:
    row = QuoteRow(InstrumentKey("itick", "700.HK"))
    row.trading = trading
    row.ticked_s = 950.0
    keeper = StateKeeper(
        standing=lambda _: ACKNOWLEDGED,
        socket=lambda *_: health(SocketState.LIVE),
        why_not=lambda _: "",
        monotonic=lambda: NOW_S,
    )
    keeper.refresh([row])
    assert row.state is RowState.LIVE
    assert row.state_detail.startswith("The vendor says")
    assert word in row.state_detail
    row.ticked_s = 800.0
    keeper.refresh([row])
    assert row.state is RowState.WAITING
    assert word in row.state_detail


def test_a_quiet_row_tells_of_a_holiday_and_a_live_one_does_not() -> None:
    row = QuoteRow(InstrumentKey("itick", "700.HK"))
    keeper = StateKeeper(
        standing=lambda _: ACKNOWLEDGED,
        socket=lambda *_: health(SocketState.LIVE),
        why_not=lambda _: "",
        monotonic=lambda: NOW_S,
        holiday=lambda key: f"A holiday for {key.code}.",
    )
    keeper.refresh([row])
    assert row.state is RowState.WAITING
    assert row.state_detail.endswith("A quiet market is silent too. A holiday for 700.HK.")
    row.ticked_s = 950.0
    keeper.refresh([row])
    assert (row.state, row.state_detail) == (RowState.LIVE, "")
