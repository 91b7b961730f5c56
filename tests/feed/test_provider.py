"""One vendor whole: wishes by channel, limits over all families, and what is asked by HTTP."""

import asyncio
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

import msgspec
import pytest
from fakes import FakeClock, ScaledClock
from tinyserver import RATE, TOKEN, Recorder, TinyAllTick, eventually, running, tiny_alltick
from toyvendor import Toy, toy
from vendorside import refusal, wishes

from alltick_desk.clock import Clock
from alltick_desk.errors import Verdict
from alltick_desk.feed.lanes import Lane
from alltick_desk.feed.ledger import MemoryLedger
from alltick_desk.feed.provider import Provider
from alltick_desk.feed.standing import Coverage
from alltick_desk.feed.throttle import Throttle
from alltick_desk.feed.wiring import SocketState
from alltick_desk.model.instrument import Instrument
from alltick_desk.model.interval import Interval
from alltick_desk.model.reference import TradingDay
from alltick_desk.vendors.base import Channel, Codec, Plan, Query, Wish
from alltick_desk.vendors.plans import plan_named

FREE = plan_named("alltick", "free")


def plan(**limits: Any) -> Plan:
    basic = plan_named("alltick", "professional")
    return msgspec.structs.replace(basic, **limits)


def provider(how: Plan, codec: Codec, *, clock: Clock | None = None, base: str = "") -> Provider:
    clock = clock or FakeClock()
    return Provider(
        codec,
        how,
        Throttle("alltick", how, clock=clock, ledger=MemoryLedger(clock)),
        base=base or "http://127.0.0.1:9",
        token=lambda: TOKEN,
        sink=Recorder(),
        clock=clock,
        rng=Random(7),
        on_token_refused=lambda error: pytest.fail(str(error)),
        report=lambda error: pytest.fail(repr(error)),
        on_change=lambda: None,
    )


def standings(of: Provider, *codes: str) -> list[Coverage]:
    return [of.standing(code).coverage for code in codes]


# Wishes


def asked_of(of: Provider, monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[Channel, list[Wish]]]:
    """What each family is asked for from now on."""
    asked: dict[str, dict[Channel, list[Wish]]] = {}
    for family, pool in of._pools.items():

        def want(wanted: Any, *, family: str = family, **_others: Any) -> None:
            asked[family] = wanted

        monkeypatch.setattr(pool, "want", want)
    return asked


@pytest.mark.parametrize(
    ("capabilities", "depth", "candles"),
    [
        ({}, [Wish("A.HK", 10)], []),
        ({"names_levels": False}, [Wish("A.HK")], []),
        ({"pushes_candles": True}, [Wish("A.HK", 10)], [Wish("A.HK", Interval.M1)]),
    ],
)
def test_a_vendor_is_asked_only_for_what_it_has(
    capabilities: dict[str, Any],
    depth: list[Wish],
    candles: list[Wish],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = provider(FREE, toy(**capabilities))
    asked = asked_of(desk, monkeypatch)
    bars = [Wish("A.HK", Interval.M1)]
    desk.want(wishes(("A.HK", "BTCUSDT"), [Wish("A.HK", 10)], bars), opened=None)
    assert asked["stock"].get(Channel.DEPTH) == depth
    assert asked["stock"].get(Channel.CANDLES, []) == candles
    assert asked["other"] == {Channel.TRADES: [Wish("BTCUSDT")]}


# Limits over all families


def test_without_such_limits_every_family_gets_all_it_wants() -> None:
    desk = provider(FREE, toy())
    desk.want(wishes((*(f"{n}.HK" for n in range(5)), "BTCUSDT")), opened=None)
    assert set(standings(desk, "0.HK", "4.HK", "BTCUSDT")) == {Coverage.WANTED}


def test_what_the_plan_does_not_stream_says_its_place_and_the_reason() -> None:
    desk = provider(plan(codes_in_all=2), toy())
    desk.want(wishes(("1.HK", "BTCUSDT", "2.HK", "ETHUSDT")), opened=None)
    assert standings(desk, "1.HK", "BTCUSDT") == [Coverage.WANTED] * 2
    assert standings(desk, "2.HK", "ETHUSDT") == [Coverage.BEYOND_PLAN] * 2
    sentence = "Number 4 of 2: the plan streams 2 codes in all."
    assert desk.standing("ETHUSDT").sentence == sentence
    desk.configure(plan(codes_in_all=3))
    assert standings(desk, "2.HK", "ETHUSDT") == [Coverage.WANTED, Coverage.BEYOND_PLAN]


def test_a_family_that_the_plan_has_no_connection_for_says_so() -> None:
    desk = provider(plan(connections_in_all=1), toy())
    desk.want(wishes(("1.HK", "BTCUSDT")), opened=None)
    sentence = "The plan has 1 connection, and this market needs another one."
    assert desk.standing("BTCUSDT").sentence == sentence
    assert desk.health()["alltick/other"].sentence == sentence
    desk.want(wishes(("1.HK",)), opened=None)
    assert desk.standing("BTCUSDT").coverage is Coverage.UNWANTED
    assert desk.health()["alltick/other"].sentence == "Nothing of this family is watched."


class Counting:
    """A vendor that counts connections and codes over both families."""

    def __init__(self, tiny: TinyAllTick) -> None:
        self.tiny = tiny
        self.most_open = self.most_codes = 0

    def codes(self) -> set[str]:
        return {code for codes in self.tiny.held.values() for code in codes}

    def refuse(self, _command: int, codes: list[str]) -> int | None:
        if "BAD.HK" in codes:
            return 600
        self.most_codes = max(self.most_codes, len(self.codes() | set(codes)))
        return None

    async def greet(self, _connection: object) -> None:
        self.most_open = max(self.most_open, len(self.tiny.live))


def play(
    act: Callable[[Provider, Counting], Awaitable[None]], how: Plan, **capabilities: Any
) -> Counting:
    async def main() -> Counting:
        async with tiny_alltick() as tiny:
            counting = Counting(tiny)
            tiny.refuse, tiny.greet = counting.refuse, counting.greet
            port = tiny.url.split("/")[2]
            desk = provider(
                how, toy(**capabilities), clock=ScaledClock(RATE), base=f"http://{port}"
            )
            async with running(desk.run):
                await act(desk, counting)
            await eventually(lambda: not tiny.live)
        return counting

    return asyncio.run(main())


async def acknowledged(desk: Provider, *codes: str) -> None:
    await eventually(lambda: set(standings(desk, *codes)) == {Coverage.ACKNOWLEDGED})


@pytest.mark.parametrize("connections", [1, 2])
def test_the_vendor_never_counts_too_much_while_codes_move_between_families(
    connections: int,
) -> None:
    async def act(desk: Provider, counting: Counting) -> None:
        for codes in (("1.HK", "2.HK"), ("BTCUSDT", "1.HK"), ("ETHUSDT", "XRPUSDT"), ("3.HK",)):
            desk.want(wishes(codes, [Wish(code, 1) for code in codes]), opened=codes[0])
            await acknowledged(desk, codes[0])
        await eventually(lambda: counting.codes() == {"3.HK"})
        await eventually(lambda: len(counting.tiny.live) == 1)

    how = plan(codes_in_all=2, connections_in_all=connections, connections=1)
    counting = play(act, how)
    assert counting.most_codes == 2
    assert counting.most_open == connections


def test_the_seat_of_a_code_that_the_vendor_does_not_know_goes_to_another_family() -> None:
    async def act(desk: Provider, _counting: Counting) -> None:
        desk.want(wishes(("BAD.HK", "1.HK", "BTCUSDT")), opened=None)
        assert standings(desk, "BTCUSDT") == [Coverage.BEYOND_PLAN]
        await acknowledged(desk, "1.HK", "BTCUSDT")
        assert standings(desk, "BAD.HK") == [Coverage.UNKNOWN_CODE]

    assert play(act, plan(codes_in_all=2)).most_codes == 2


def test_a_family_of_refused_codes_says_that_they_are() -> None:
    async def act(desk: Provider, _counting: Counting) -> None:
        desk.want(wishes(("BAD.HK",)), opened=None)
        await eventually(lambda: standings(desk, "BAD.HK") == [Coverage.UNKNOWN_CODE])
        await eventually(lambda: not desk.health()["alltick/stock"].sockets)
        sentence = desk.health()["alltick/stock"].sentence
        assert sentence == "The vendor refuses every code of this family; the rows say why."

    assert play(act, plan(codes_in_all=2)).tiny.opened == 1


def test_a_verdict_that_is_lifted_by_a_wish_leaves_no_family_with_an_old_share() -> None:
    def bars(interval: Interval) -> dict[Channel, Any]:
        return wishes(candles=[Wish("1.HK", interval), Wish("BTCUSDT", interval)])

    def asked(family: str, code: str) -> Coverage:
        return desk._pools[family].coverage(code, Channel.CANDLES).coverage

    desk = provider(plan(codes_in_all=1), toy(pushes_candles=True))
    stock = desk._pools["stock"]._subscriptions
    stock._marks.convict(
        Channel.CANDLES, "1.HK", refusal(Verdict.NOT_IN_PLAN), 0.0, proven=stock._proven
    )
    desk.want(bars(Interval.M1), opened=None)
    assert asked("other", "BTCUSDT") is Coverage.WANTED
    desk.want(bars(Interval.M5), opened=None)  # which may not be refused
    assert asked("stock", "1.HK") is Coverage.WANTED
    assert asked("other", "BTCUSDT") is Coverage.UNWANTED
    assert standings(desk, "BTCUSDT") == [Coverage.BEYOND_PLAN]


def test_a_family_is_connected_again_by_its_name() -> None:
    async def act(desk: Provider, counting: Counting) -> None:
        desk.want(wishes(("1.HK", "BTCUSDT")), opened=None)
        await acknowledged(desk, "1.HK", "BTCUSDT")
        for connection in list(counting.tiny.live.values()):
            await connection.close()
        await eventually(
            lambda: all(it.state is SocketState.WAITING for it in desk.health().values())
        )
        desk.reconnect("other")
        await acknowledged(desk, "BTCUSDT")
        assert desk.health()["alltick/stock"].state is SocketState.WAITING
        desk.reconnect()
        await acknowledged(desk, "1.HK", "BTCUSDT")

    assert play(act, FREE, evicts=True).tiny.opened == 4


# Calls


class Parted(Toy):
    """A vendor whose batches are by ending, and which has lists."""

    @staticmethod
    def batch_of(code: str) -> str:
        return code.partition(".")[2]

    @staticmethod
    def directory(name: str) -> Query[list[Instrument]]:
        found = Instrument("1.HK", name)
        return Query("list", name, "GET", "/", {}, None, lambda _status, _body: [found])

    @staticmethod
    def trading_days(region: str) -> Query[list[TradingDay]]:
        found = TradingDay(region, "2026-12-25")
        return Query("days", region, "GET", "/", {}, None, lambda _status, _body: [found])


def test_batches_are_of_a_kind_and_of_the_plans_size() -> None:
    desk = provider(plan(sets_per_batch=2), Parted())
    assert desk.batches(["1.HK", "1.US", "2.HK", "X", "3.HK"]) == [
        ["1.HK", "2.HK"],
        ["3.HK"],
        ["1.US"],
        ["X"],
    ]


def test_lists_and_calendars_are_fetched_in_the_lane_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = provider(FREE, Parted())
    asked: list[tuple[str, Lane]] = []

    async def fetch(query: Query[Any], lane: Lane) -> Any:
        asked.append((query.call, lane))
        return query.parse(200, b"")

    monkeypatch.setattr(desk.rest, "fetch", fetch)

    async def main() -> tuple[list[Instrument], list[TradingDay]]:
        return (
            await desk.directory("stocks", Lane.BACKGROUND),
            await desk.trading_days("HK", Lane.VISIBLE),
        )

    (listed,), (day,) = asyncio.run(main())
    assert (listed.code, listed.name_en, day.region) == ("1.HK", "stocks", "HK")
    assert asked == [("list", Lane.BACKGROUND), ("days", Lane.VISIBLE)]
