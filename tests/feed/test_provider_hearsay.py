"""What a call tells of a code counts for the streams too."""

import asyncio
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from fakes import FakeClock
from tinyserver import TOKEN, Recorder
from vendorside import refusal, wishes

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.lanes import Lane
from alltick_desk.feed.ledger import MemoryLedger
from alltick_desk.feed.provider import Provider
from alltick_desk.feed.standing import Coverage
from alltick_desk.feed.throttle import Throttle
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.vendors.alltick import CODEC
from alltick_desk.vendors.base import Query
from alltick_desk.vendors.plans import plan_named

PLAN = plan_named("alltick", "professional")
BAR = Candle(0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0)


def provider(answer: Any, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """A provider whose calls are all answered alike; an exception is raised."""
    clock = FakeClock()
    found = Provider(
        CODEC,
        PLAN,
        Throttle("alltick", PLAN, clock=clock, ledger=MemoryLedger(clock)),
        base="http://127.0.0.1:9",
        token=lambda: TOKEN,
        sink=Recorder(),
        clock=clock,
        rng=Random(7),
        on_token_refused=lambda error: pytest.fail(str(error)),
        report=lambda error: pytest.fail(repr(error)),
        on_change=lambda: None,
    )

    async def fetch(_query: Query[Any], _lane: Lane) -> Any:
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(found.rest, "fetch", fetch)
    return found


async def ask(of: Provider, call: str, *codes: str) -> None:
    """Make one call for some codes, whatever comes of it."""
    calls: dict[str, Any] = {
        "bars": lambda: of.candles(codes[0], Interval.D1, 5, None, Lane.CLICK),
        "newest bars": lambda: of.latest_candles(
            [(code, Interval.D1) for code in codes], 2, Lane.VISIBLE
        ),
        "newest": lambda: of.newest(codes, Lane.BACKGROUND),
    }
    with suppress(VendorError):
        await calls[call]()


@pytest.mark.parametrize(
    ("call", "verdict", "codes", "coverage"),
    [
        ("bars", Verdict.UNKNOWN_CODE, ["X.HK"], Coverage.UNKNOWN_CODE),
        ("newest bars", Verdict.UNKNOWN_CODE, ["X.HK"], Coverage.UNKNOWN_CODE),
        ("newest", Verdict.UNKNOWN_CODE, ["X.HK"], Coverage.UNKNOWN_CODE),
        # One of them, or both.
        ("newest bars", Verdict.UNKNOWN_CODE, ["X.HK", "700.HK"], Coverage.WANTED),
        ("newest", Verdict.UNKNOWN_CODE, ["X.HK", "700.HK"], Coverage.WANTED),
        # What is pushed may be in the plan.
        ("bars", Verdict.NOT_IN_PLAN, ["X.HK"], Coverage.WANTED),
        ("newest", Verdict.SERVER, ["X.HK"], Coverage.WANTED),
    ],
)
def test_a_refused_call_for_one_code_tells_that_it_does_not_exist(
    call: str,
    verdict: Verdict,
    codes: list[str],
    coverage: Coverage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = provider(refusal(verdict, "No."), monkeypatch)
    desk.want(wishes(["X.HK", "700.HK"]), opened=None)
    asyncio.run(ask(desk, call, *codes))
    assert desk.standing("X.HK").coverage is coverage
    assert desk.standing("700.HK").coverage is Coverage.WANTED


@pytest.mark.parametrize(
    ("call", "answer"),
    [("bars", [BAR]), ("newest bars", {("700.HK", Interval.D1): [BAR], ("X.HK", Interval.D1): []})],
)
def test_a_code_that_bars_came_for_is_likely_to_stream(
    call: str, answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = provider(answer, monkeypatch)
    asyncio.run(ask(desk, call, "700.HK", "X.HK"))
    subscriptions = desk._pools["stock"]._subscriptions
    assert subscriptions._is_likely("700.HK")
    assert not subscriptions._is_likely("X.HK")
