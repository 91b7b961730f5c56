"""What a row may claim of what came, of what came before it went, and before anybody answers."""

from statesdesk import NOW_S, WALL_MS, Desk, Told, health

from alltick_desk.feed.subscriptions import Coverage, Standing
from alltick_desk.feed.wiring import SocketState
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.services.market_hours import Phase
from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.services.states import StateKeeper


def test_an_empty_book_is_told_as_the_book_that_it_is() -> None:
    desk = Desk("600519.SH", Market.CN_STOCK)
    desk.row.priced_s = desk.now_s
    desk.tick()
    desk.now_s += 400
    desk.row.booked_s = desk.now_s
    assert desk.book([], []) is RowState.HALTED_OR_DELISTED
    assert "nothing is traded" in desk.row.state_detail
    proof = desk.keeper.proof(desk.row)
    assert proof.endswith("Last price 6 min ago, last order book 0 s ago.")
    assert "ast tick" not in proof


def test_a_row_that_comes_back_is_not_live_by_what_came_before_it_went() -> None:
    desk = Desk("700.HK", Market.HK_STOCK)
    assert desk.tick() is RowState.LIVE
    desk.row.left(desk.now_s + 0.5)
    assert desk.row.state is RowState.WAITING
    assert desk.state(after_s=1.0) is RowState.WAITING
    assert desk.keeper.proof(desk.row).endswith("No tick since.")
    desk.now_s += 1.0
    assert desk.tick() is RowState.LIVE


def test_a_closed_market_and_a_stranger_are_told_before_anybody_answers() -> None:
    row = QuoteRow(InstrumentKey("alltick", "700.HK"))
    hours, standing = Told(Phase.CLOSED), [Standing(Coverage.WANTED)]
    keeper = StateKeeper(
        standing=lambda _: standing[0] if standing else None,
        socket=lambda *_: health(SocketState.LIVE),
        why_not=lambda _: "Nobody knows it.",
        monotonic=lambda: NOW_S,
        wall_ms=lambda: WALL_MS,
        market=lambda _: Market.HK_STOCK,
        hours=hours,
        knows=lambda key: key.vendor != "alltick",
    )
    keeper.refresh([row])
    states = [row.state]
    standing.clear()
    keeper.refresh([row])
    assert [*states, row.state] == [RowState.MARKET_CLOSED, RowState.OFFLINE]
    assert "token" not in row.state_remedy
