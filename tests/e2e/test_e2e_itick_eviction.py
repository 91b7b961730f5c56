"""Another program takes the place of a connection: it is told, and not fought over."""

from pathlib import Path
from typing import Literal

import pytest
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from stranger import stranger_at

from alltick_desk.sim.limits import describe
from alltick_desk.sim.script import ITickRules, Rules, Script

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

CODES = ("700.HK", "TSLA.US", "BTCUSDT")
STOCKS = CODES[:2]
RATE = 20.0
TAKEN = "Another program with this token seems to have taken this connection's place"


def _told(d: RunningDesk) -> bool:
    """Whether rows and status say that another program has the place of the stocks' connection."""
    rows = [d.row(code) for code in STOCKS]
    return (
        all(row.state.value == "Stale" and TAKEN in row.state_detail for row in rows)
        and TAKEN in d.connection("stock")
        and "next try" in d.connection("stock")
    )


async def _live(d: RunningDesk) -> None:
    """Wait until every row is live and has a price."""
    await d.until(lambda: d.live() and all(row.last for row in d.rows()))


@pytest.mark.parametrize("eviction", ["close", "drop"])
def test_a_place_that_was_taken_is_told_and_left_to_the_other(
    eviction: Literal["close", "drop"], tmp_path: Path, qapp: QApplication
) -> None:
    """For ten minutes; a vendor that cuts the line says less, and may be asked once more."""

    async def scenario() -> None:
        script = Script(rules=Rules(itick=ITickRules(eviction=eviction)))
        async with desk_running(
            tmp_path, vendor="itick", symbols=CODES, rate=150, script=script
        ) as d:
            await _live(d)
            begun_s = await d.from_now()
            async with stranger_at(d.venue, "stock") as stranger:
                await d.until(lambda: stranger.opened and _told(d))
                assert d.state("BTCUSDT") == "Live"  # the other clusters are nobody else's
                assert all(d.row(code).last for code in STOCKS)  # what was known is kept
                await d.during(600 - (d.clock.monotonic() - begun_s))
                await d.until(lambda: _told(d))
                ours = [it for it in d.handshakes(begun_s) if it.family == "stock"]
                tries = len(ours) - stranger.opened
                # After a minute, two more, four more: and one at once where the line was cut.
                assert 1 <= tries <= (4 if eviction == "close" else 5)
                assert stranger.opened <= tries + 1
                assert d.state("BTCUSDT") == "Live"
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_the_desk_comes_back_when_the_other_has_gone(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, vendor="itick", symbols=CODES, rate=50) as d:
            await _live(d)
            async with stranger_at(d.venue, "stock") as stranger:
                await d.until(lambda: stranger.opened and _told(d))
            since_s = d.clock.monotonic()
            await d.until(lambda: d.live() and d.row("700.HK").ticked_s > since_s)
            await d.until(lambda: d.subscribed("trades") == d.subscribed("depth") == set(CODES))
            await d.until(lambda: TAKEN not in d.connection("stock"))
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_connect_again_now_takes_the_place_back_at_once(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, vendor="itick", symbols=CODES, rate=RATE) as d:
            await _live(d)
            async with stranger_at(d.venue, "stock") as stranger:
                await d.until(lambda: stranger.opened and _told(d))
            since_s = await d.from_now()
            menu = d.find(QWidget, "connection_itick_stock")
            again = menu.findChild(QAction, "reconnect")
            assert again is not None
            await d.act(again.trigger)
            await d.until(lambda: d.handshakes(since_s))
            assert d.clock.monotonic() - since_s < 10  # the plan's pause, and no minute
            await d.until(lambda: d.live() and d.row("700.HK").ticked_s > since_s)
            assert [it.family for it in d.handshakes(since_s)] == ["stock"]
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_a_single_cut_line_is_no_eviction(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, vendor="itick", symbols=CODES, rate=RATE) as d:
            await _live(d)
            d.exchange.fault("drop", family="stock")
            await d.until(lambda: d.state("700.HK") == "Stale")
            assert TAKEN not in d.row("700.HK").state_detail
            since_s = d.clock.monotonic()
            await d.until(lambda: d.live() and d.row("700.HK").ticked_s > since_s)
            assert d.clock.monotonic() - since_s < 20
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())
