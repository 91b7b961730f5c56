"""What can go wrong at AllTick alone, or is told by it alone."""

from pathlib import Path
from typing import Any

import pytest
from desk_under_test import desk_running, play
from PySide6.QtWidgets import QApplication
from venue import venue_open

from alltick_desk.sim.script import Rules, Script

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

CODES = ("BTCUSDT", "ETHUSDT", "700.HK", "TSLA.US")
RATE = 20.0


@pytest.mark.parametrize("numbers", ["strings", "integers", "seconds", "mixed"])
def test_every_spelling_of_numbers_is_read(
    numbers: Any, tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        script = Script(rules=Rules(numbers=numbers, forex_turnover=True, forex_side=1))
        codes = (*CODES, "EURUSD", "GOLD")
        async with desk_running(tmp_path, symbols=codes, rate=RATE, script=script) as d:
            await d.until(d.live)
            await d.until(lambda: all(row.time_ms for row in d.front.watchlist.rows))
            now_ms = d.clock.wall_ms()
            assert all(now_ms - 60_000 < it.time_ms <= now_ms for it in d.front.watchlist.rows)
            assert d.decode_errors() == 0

    play(scenario())


def test_a_token_that_expires_stops_everything_and_says_so(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=30) as d:
            await d.until(lambda: d.live() and len(d.chart.series) >= 500)
            d.exchange.fault("token")
            await d.until(lambda: d.states() == {"Offline"})
            begun_s = d.clock.monotonic()
            assert "does not accept the token" in d.row("700.HK").state_detail
            assert all(row.last for row in d.rows())
            await d.during(100, lambda: d.states() == {"Offline"})
            assert "does not accept the token: it is" in d.messages()
            later = [it for it in d.exchange.journal if it.at_s > begun_s]
            assert [it.kind for it in later] in ([], ["http"])  # one call has yet to learn of it
            assert not d.exchange.connections

    play(scenario())


def test_a_larger_plan_than_the_token_has_shrinks_to_what_the_vendor_accepts(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        codes = ("700.HK", "TSLA.US", "HSI.HK", ".DJI.US", "000001.SH", "399001.SZ")
        async with (
            venue_open(plan="free", rate=30) as venue,
            desk_running(tmp_path, plan="basic", symbols=codes, venue=venue) as d,
        ):
            words = ["Beyond plan", *["Live"] * 5]
            await d.until(lambda: sorted(it.state.value for it in d.front.watchlist.rows) == words)
            (beyond,) = (row for row in d.front.watchlist.rows if row.state.value == "Beyond plan")
            assert "the vendor accepts 5 codes" in beyond.state_detail

    play(scenario())


def test_families_that_share_the_plans_connection_leave_one_of_them_live(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        script = Script(rules=Rules(shared_connections=True))
        async with desk_running(tmp_path, plan="basic", symbols=CODES, rate=30, script=script) as d:
            await d.until(lambda: d.states() == {"Live", "Offline"})
            handshakes = [it for it in d.exchange.journal if it.kind == "handshake"]
            await d.during(25)
            assert [it for it in d.exchange.journal if it.kind == "handshake"] == handshakes
            offline = [it for it in d.front.watchlist.rows if it.state.value == "Offline"]
            assert all(it.state_detail for it in offline)

    play(scenario())
