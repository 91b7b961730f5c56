"""Rows beyond the plan: asked for at the pace of the budget, and what answers and refusals do."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import pytest
from fakes import FakeClock

from alltick_desk.errors import DeskError, ProtocolError, VendorError, Verdict
from alltick_desk.feed.pacing import Pace
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.market import Quote, Trade
from alltick_desk.services import rotation as subject
from alltick_desk.services.last_price import AUCTION_MS
from alltick_desk.services.market_hours import NOT_KNOWN, OPEN_ALWAYS, MarketState, Phase
from alltick_desk.services.quotes import QuoteBoard, QuoteRow, RowState
from alltick_desk.services.rotation import Rotation
from alltick_desk.services.sources import PriceFrom, price_from

GAP_S = 20.0
AUCTION_S = AUCTION_MS / 1000


class Scene:
    """Ten rows beyond the plan, two in a call."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.board = QuoteBoard()
        self.keys = [InstrumentKey("alltick", f"a{n}") for n in range(10)]
        self.sight: list[InstrumentKey] = []
        self.asked: list[list[str]] = []
        self.at_s: list[float] = []
        self.fault: Callable[[Sequence[str]], DeskError | None] = lambda _codes: None
        self.short: set[str] = set()  # codes that answers leave out
        self.streamed: set[str] = set()
        self.market = OPEN_ALWAYS
        self.gap_s = GAP_S
        self.size = 2
        self.quotes = False
        for key in self.keys:
            self.row(key).state = RowState.BEYOND_PLAN
        self.rotation = Rotation(
            self,
            self.board,
            rows=lambda: map(self.board.row, self.keys),
            sight=lambda: self.sight,
            hours=self,
            clock=self.clock,
        )

    def row(self, key: InstrumentKey) -> QuoteRow:
        return self.board.row(key)

    def told(self, number: int) -> str:
        return self.rotation.told(self.keys[number])

    def state(self, market: Market, now_ms: int) -> MarketState:
        return self.market

    def close(self, ago_s: float = 0.0) -> None:
        """Have the market closed for so many seconds."""
        since_ms = self.clock.wall_ms() - int(1000 * ago_s)
        self.market = MarketState(Phase.CLOSED, since_ms, since_ms + 60_000_000)

    def beyond(self, key: InstrumentKey) -> bool:
        return key.code not in self.streamed

    def kind(self, key: InstrumentKey) -> str:
        return key.code[0]

    def codes_per_call(self, vendor: str) -> int:
        return self.size

    def pace(self, keys: Sequence[InstrumentKey]) -> Pace:
        return Pace(self.gap_s, 0.0)

    def hours_market(self, key: InstrumentKey) -> Market:
        return Market.US_STOCK

    async def newest(self, keys: Sequence[InstrumentKey]) -> Sequence[Trade | Quote]:
        codes = [key.code for key in keys]
        self.asked.append(codes)
        self.at_s.append(self.clock.monotonic())
        if (error := self.fault(codes)) is not None:
            raise error
        time_ms = self.clock.wall_ms()
        make: Callable[[str], Trade | Quote] = (
            (lambda code: Quote(code, time_ms, "10.5", change="0.5"))
            if self.quotes
            else (lambda code: Trade(code, 0, time_ms, "10.5", "7"))
        )
        return [make(code) for code in codes if code not in self.short]


def play(scene: Callable[[Scene], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        desk = Scene()
        task = asyncio.get_running_loop().create_task(desk.rotation.run())
        await scene(desk)
        assert not task.done()
        task.cancel()

    asyncio.run(run())


def refusal(verdict: Verdict) -> VendorError:
    return VendorError("The vendor says no.", vendor="alltick", verdict=verdict, call="trade-tick")


def test_rows_are_asked_for_at_the_pace_of_the_budget_those_in_sight_first() -> None:
    async def scene(desk: Scene) -> None:
        desk.sight = desk.keys[4:6]
        await desk.clock.advance(5 * GAP_S + 5)
        assert desk.asked[:4] == [["a4", "a5"], ["a0", "a1"], ["a4", "a5"], ["a2", "a3"]]
        gaps = [b - a for a, b in zip(desk.at_s, desk.at_s[1:], strict=False)]
        assert min(gaps) >= GAP_S
        assert max(gaps) <= GAP_S + 2 * subject.LOOK_S
        row = desk.row(desk.keys[4])
        assert (row.last, row.state, price_from(row)) == (
            "10.5",
            RowState.BEYOND_PLAN,
            PriceFrom.CALL,
        )
        assert row.volume is None, "one trade of many"

    play(scene)


def test_a_row_knows_when_its_next_refresh_is_due() -> None:
    async def scene(desk: Scene) -> None:
        await desk.clock.advance(3.0)
        told = {key: desk.rotation.next_for(key) for key in desk.keys}
        await desk.clock.advance(6 * GAP_S)
        for key in desk.keys[2:]:
            due_s = told[key]
            came_s = next(
                at_s
                for codes, at_s in zip(desk.asked[1:], desk.at_s[1:], strict=True)
                if key.code in codes
            )
            assert due_s is not None
            assert abs(came_s - due_s) <= 5 * subject.LOOK_S
        assert "It was refreshed by a call" in desk.told(0)
        assert "The next refresh" in desk.told(0)
        assert desk.rotation.next_for(InstrumentKey("alltick", "other")) is None

    play(scene)


def test_a_plan_that_allows_much_is_not_used_up_for_little() -> None:
    async def scene(desk: Scene) -> None:
        desk.gap_s, desk.size = 0.01, 50
        await desk.clock.advance(60.0)
        assert 4 <= len(desk.asked) <= 60 / subject.ROW_S + 1

    play(scene)


def test_a_closed_market_is_left_alone_once_its_last_price_is_known() -> None:
    async def scene(desk: Scene) -> None:
        desk.close(ago_s=3600.0)
        await desk.clock.advance(20 * GAP_S)
        assert sorted(code for codes in desk.asked for code in codes) == [
            key.code for key in desk.keys
        ]
        assert "Its market is closed and this is its last price" in desk.told(0)
        desk.market = NOT_KNOWN
        await desk.clock.advance(3 * GAP_S)
        assert len(desk.asked) > 5

    play(scene)


def test_after_a_close_the_price_of_the_auction_is_waited_for() -> None:
    async def scene(desk: Scene) -> None:
        desk.size = 10
        await desk.clock.advance(60.0)
        desk.close()
        await desk.clock.advance(AUCTION_S - 60.0)
        before = len(desk.asked)
        await desk.clock.advance(240.0)
        assert len(desk.asked) > before
        settled = len(desk.asked)
        await desk.clock.advance(3600.0)
        assert len(desk.asked) == settled
        assert desk.at_s[-1] >= desk.at_s[0] + AUCTION_S

    play(scene)


def test_a_desk_started_just_after_the_close_waits_for_the_auction_too() -> None:
    async def scene(desk: Scene) -> None:
        desk.size = 10
        desk.close(ago_s=60.0)
        await desk.clock.advance(300.0)
        assert "Its market is closed" not in desk.told(0)
        await desk.clock.advance(3600.0)
        assert desk.at_s[-1] >= desk.at_s[0] + AUCTION_S - 60.0
        assert "Its market is closed and this is its last price" in desk.told(0)

    play(scene)


def test_whoever_slept_through_a_session_is_asked_for_anew() -> None:
    async def scene(desk: Scene) -> None:
        desk.size = 10
        desk.close(ago_s=3600.0)
        await desk.clock.advance(60.0)
        assert "Its market is closed and this is its last price" in desk.told(0)
        before = len(desk.asked)
        # Overnight and over the next session no other clock goes on than the one on the wall.
        desk.clock.set_wall_ms(desk.clock.wall_ms() + 86_400_000)
        desk.close(ago_s=3600.0)
        await desk.clock.advance(60.0)
        assert len(desk.asked) == before + 1
        assert "Its market is closed and this is its last price" in desk.told(0)

    play(scene)


def test_where_nobody_knows_since_when_a_market_is_closed_one_more_price_is_its_last() -> None:
    async def scene(desk: Scene) -> None:
        desk.size = 10
        await desk.clock.advance(60.0)
        desk.market = MarketState(Phase.CLOSED)
        before = len(desk.asked)
        await desk.clock.advance(3600.0)
        assert len(desk.asked) == before + 1

    play(scene)


def test_a_price_of_a_clock_that_was_ahead_is_no_last_one() -> None:
    async def scene(desk: Scene) -> None:
        desk.size = 10
        right_ms = desk.clock.wall_ms()
        desk.clock.set_wall_ms(right_ms + 400 * 86_400_000)
        await desk.clock.advance(60.0)
        desk.clock.set_wall_ms(right_ms)
        desk.close(ago_s=3600.0)
        before = len(desk.asked)
        await desk.clock.advance(600.0)
        assert len(desk.asked) == before + 1

    play(scene)


def test_a_refused_code_is_found_by_halving_and_told() -> None:
    async def scene(desk: Scene) -> None:
        desk.size = 8
        desk.fault = lambda codes: refusal(Verdict.NOT_IN_PLAN) if "a5" in codes else None
        await desk.clock.advance(30 * GAP_S)
        assert (
            desk.told(5)
            == "The vendor says no. The desk does not ask for it again before tomorrow."
        )
        assert all(desk.row(key).last for key in desk.keys if key.code != "a5")
        asked = sum("a5" in codes for codes in desk.asked)
        assert asked <= 4, "eight, four, two, one"
        await desk.clock.advance(10 * GAP_S)
        assert sum("a5" in codes for codes in desk.asked) == asked
        gaps = [b - a for a, b in zip(desk.at_s, desk.at_s[1:], strict=False)]
        assert min(gaps) >= GAP_S, "looking for it costs no more than the pace allows"
        desk.rotation.begin_anew("alltick")
        await desk.clock.advance(3 * GAP_S)
        assert sum("a5" in codes for codes in desk.asked) > asked

    play(scene)


@pytest.mark.parametrize("verdict", [Verdict.NETWORK, Verdict.SERVER, Verdict.RATE, Verdict.TOKEN])
def test_a_failure_backs_off_and_is_told(verdict: Verdict) -> None:
    async def scene(desk: Scene) -> None:
        desk.gap_s = 1.0
        desk.fault = lambda _codes: refusal(verdict)
        await desk.clock.advance(1000.0)
        assert len(desk.asked) <= len(subject.RETRY_S) + 2
        assert "The last try failed. The vendor says no." in desk.told(0)
        desk.fault = lambda _codes: None
        await desk.clock.advance(1000.0)
        assert "failed" not in desk.told(0)

    play(scene)


def test_a_code_that_answers_leave_out_is_asked_for_seldom() -> None:
    async def scene(desk: Scene) -> None:
        desk.short = {"a0"}
        await desk.clock.advance(60 * GAP_S)
        assert sum("a0" in codes for codes in desk.asked) <= 2
        assert "left it out" in desk.told(0)

    play(scene)


def test_what_an_answer_was_cut_short_of_comes_first_the_next_time() -> None:
    async def scene(desk: Scene) -> None:
        desk.size, desk.short = 4, {"a2", "a3"}
        await desk.clock.advance(2.0)
        desk.short = set()
        await desk.clock.advance(GAP_S + 2)
        assert desk.asked == [["a0", "a1", "a2", "a3"], ["a2", "a3", "a4", "a5"]]

    play(scene)


def test_an_answer_for_a_row_that_streams_by_now_proves_nothing() -> None:
    async def scene(desk: Scene) -> None:
        desk.streamed = {"a0"}
        await desk.clock.advance(GAP_S)
        assert (desk.row(desk.keys[0]).last, desk.row(desk.keys[0]).ticked_s) == ("", 0.0)
        assert desk.row(desk.keys[1]).last == "10.5"

    play(scene)


def test_a_row_that_got_room_is_asked_for_no_more() -> None:
    async def scene(desk: Scene) -> None:
        desk.row(desk.keys[0]).state = RowState.LIVE
        await desk.clock.advance(20 * GAP_S)
        assert not any("a0" in codes for codes in desk.asked)
        assert desk.told(0) == ""

    play(scene)


def test_a_quote_tells_the_day_as_well() -> None:
    async def scene(desk: Scene) -> None:
        desk.quotes = True
        await desk.clock.advance(2.0)
        row = desk.row(desk.keys[0])
        assert (row.last, row.previous_close, price_from(row)) == ("10.5", 10.0, PriceFrom.CALL)

    play(scene)


def test_an_unreadable_answer_costs_one_code_and_no_other() -> None:
    async def scene(desk: Scene) -> None:
        desk.size = 4
        desk.fault = lambda codes: ProtocolError("It means nothing.") if "a1" in codes else None
        await desk.clock.advance(20 * GAP_S)
        assert all(desk.row(key).last for key in desk.keys if key.code != "a1")
        assert "It means nothing." in desk.told(1)

    play(scene)
