"""A market all of whose codes iTick refuses for a while: no connection is kept for it meanwhile."""

from pathlib import Path

import pytest
from desk_under_test import desk_running, play
from PySide6.QtWidgets import QApplication

from alltick_desk.sim.limits import describe
from alltick_desk.sim.script import Fault, Script

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

REFUSES_ALL = "The vendor refuses every code of this family; the rows say why."


@pytest.mark.parametrize("plan", ["base", "free"])
def test_its_socket_is_closed_and_comes_back_when_something_else_is_wanted(
    tmp_path: Path, qapp: QApplication, plan: str
) -> None:
    async def scenario() -> None:
        refused = Fault(
            do="ret",
            on="command",
            call="subscribe",
            family="stock",
            body="cannot be resolved action",
            times=3,  # trades, books and bars, each once
        )
        script = Script(faults=[refused])
        symbols = ["700.HK", "9988.HK"]
        async with desk_running(
            tmp_path, vendor="itick", plan=plan, symbols=symbols, rate=40, script=script
        ) as d:
            await d.until(lambda: d.states() == {"Refused"})
            await d.until(lambda: not d.connections())
            await d.until(lambda: not d.provider.health()["itick/stock"].sockets)  # on our side too
            stock = d.provider.health()["itick/stock"]
            assert (stock.state.value, stock.sentence) == ("closed", REFUSES_ALL)
            assert not d.provider._doors._came_up_s  # its place is free
            assert not d.provider.health()["itick/stock"].sockets
            detail = d.row("700.HK").state_detail
            assert detail.startswith("iTick could not read a request.")
            await d.act(lambda: d.type_symbol("5.HK"))
            await d.until(d.live, "all rows live")
            assert [it.family for it in d.connections()] == ["stock"]
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())
