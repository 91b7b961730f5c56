"""A chart whose bars are refused or make no sense: what it says, and when it asks again."""

import pytest
from chartsdesk import Desk, candle, play
from historydesk import BTC, refusal

from alltick_desk.errors import DeskError, ProtocolError, Verdict
from alltick_desk.model.interval import Interval


@pytest.mark.parametrize(
    "error", [refusal(Verdict.SERVER), refusal(Verdict.RATE), ProtocolError("It is garbled.")]
)
def test_a_failed_load_says_so_and_tries_again_slower(error: DeskError) -> None:
    garbled = isinstance(error, ProtocolError)
    told = "The vendor sent bars that cannot be read." if garbled else str(error)

    async def scene(desk: Desk) -> None:
        desk.session.open(BTC, Interval.M1)
        await desk.answer(error)
        assert str(desk.session.note) == f"{told} Trying again in 2 s."
        desk.trade(5, "12")
        assert desk.prices() == [12.0], "trades are shown meanwhile"
        await desk.clock.advance(2.0)
        await desk.answer(error)
        assert str(desk.session.note) == f"{told} Trying again in 4 s."
        assert desk.prices() == [12.0]
        await desk.clock.advance(4.0)
        await desk.answer([candle(0)])
        assert str(desk.session.note) == ""
        assert desk.prices() == [10.0]

    play(scene)


def test_the_pause_between_tries_is_capped() -> None:
    async def scene(desk: Desk) -> None:
        desk.session.open(BTC, Interval.M1)
        for _ in range(10):
            await desk.answer(refusal(Verdict.NETWORK))
            await desk.clock.advance(900.0)
        await desk.answer(refusal(Verdict.NETWORK))
        assert "in 900 s" in str(desk.session.note)

    play(scene)


@pytest.mark.parametrize("verdict", [Verdict.TOKEN, Verdict.UNKNOWN_CODE, Verdict.NOT_IN_PLAN])
def test_what_can_never_work_is_not_repeated(verdict: Verdict) -> None:
    async def scene(desk: Desk) -> None:
        desk.session.open(BTC, Interval.M1)
        await desk.answer(refusal(verdict))
        assert str(desk.session.note) == f"It said {verdict.value}."
        desk.trade(5, "12")
        desk.session.refresh()
        await desk.clock.advance(7200.0)
        assert len(desk.asked) == 1
        desk.session.reload()
        assert str(desk.session.note) == "Loading…"
        await desk.answer([candle(0)])
        assert str(desk.session.note) == ""

    play(scene)


def test_a_failed_refresh_keeps_what_is_shown() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0, 1)
        desk.session.refresh()
        await desk.answer(refusal(Verdict.NETWORK))
        assert desk.prices() == [10.0, 10.0]
        assert "Trying again" in str(desk.session.note)
        desk.trade(70, "11")
        assert desk.prices() == [10.0, 11.0]
        desk.session.refresh()
        await desk.answer([candle(1, "12")])
        assert desk.prices() == [10.0, 12.0]

    play(scene)


def test_bars_that_are_no_numbers_are_a_sentence() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0)
        desk.session.refresh()
        await desk.answer([candle(0, "ten")])
        assert "cannot be read" in str(desk.session.note)
        assert desk.prices() == [10.0]

    play(scene)
