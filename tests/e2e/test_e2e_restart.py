"""What one run leaves for the next, and how it goes."""

import asyncio
import itertools
import shutil
from pathlib import Path

import msgspec
import pytest
from desk_under_test import TOKEN, RunningDesk, desk_running, eventually, play
from leftovers import CLEAN, closed, open_files, open_sockets, standing
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDockWidget, QToolButton
from venue import Venue, venue_open

from alltick_desk.model.settings import Settings, VendorSettings, write_settings
from alltick_desk.sim.limits import describe
from alltick_desk.store.budget import budget_path
from alltick_desk.ui.settings import SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

CODES = ("700.HK", "TSLA.US", "BTCUSDT")
RATE = 30.0


async def _spend(d: RunningDesk, interval: str) -> None:
    """Have a chart asked for, and return when that has just arrived."""
    begun_s = d.clock.monotonic()
    await d.act(d.find(QToolButton, f"interval_{interval}").click)
    await d.until(lambda: d.calls("kline", begun_s))


def _gaps(venue: Venue, *calls: str) -> list[float]:
    """Return the seconds between the arrivals of these calls."""
    times = [it.at_s for it in venue.exchange.journal if it.kind == "http" and it.call in calls]
    return [later - sooner for sooner, later in itertools.pairwise(times)]


def test_what_was_spent_before_a_restart_counts_after_it(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with venue_open(plan="free", rate=RATE) as venue:
            for interval in ("5m", "1h"):
                async with desk_running(tmp_path, plan="free", symbols=CODES, venue=venue) as d:
                    await d.until(d.live)
                    await _spend(d, interval)
                    assert await d.close() == 0
            async with desk_running(tmp_path, plan="free", symbols=CODES, venue=venue) as d:
                await d.until(d.live)
                await d.until(lambda: len(d.chart.series) >= 500)
            assert min(_gaps(venue, "kline", "batch-kline")) > 9.9
            assert not venue.exchange.breaches, describe(venue.exchange.breaches)

    play(scenario())


def test_what_was_spent_before_a_crash_counts_after_it(tmp_path: Path, qapp: QApplication) -> None:
    """A crash leaves what lies on the disk that moment: a copy of it is what starts again."""

    async def scenario() -> None:
        async with venue_open(plan="free", rate=RATE) as venue:
            async with desk_running(
                tmp_path / "first", plan="free", symbols=CODES, venue=venue
            ) as d:
                await d.until(d.live)
                await _spend(d, "1h")
                shutil.copytree(tmp_path / "first", tmp_path / "crashed")
            async with desk_running(
                tmp_path / "crashed", plan="free", symbols=CODES, venue=venue
            ) as d:
                await d.until(d.live)
                await d.until(lambda: len(d.chart.series) >= 500)
            assert min(_gaps(venue, "kline", "batch-kline")) > 9.9
            assert not venue.exchange.breaches, describe(venue.exchange.breaches)

    play(scenario())


def test_a_day_that_is_spent_stays_spent(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        vendor = VendorSettings(enabled=True, plan="free", overrides={"calls_per_day": 3.0})
        settings = write_settings(Settings().with_vendor("alltick", vendor))
        (tmp_path / "settings.json").write_bytes(msgspec.json.encode(settings))
        async with venue_open(plan="free", rate=RATE) as venue:
            async with desk_running(tmp_path, plan="free", symbols=CODES, venue=venue) as d:
                await d.until(d.live)
                for interval in ("5m", "15m", "30m"):
                    await d.act(d.find(QToolButton, f"interval_{interval}").click)
                    await d.during(11)
                await d.until(lambda: d.exchange.counts.total() == 3)
            async with desk_running(tmp_path, plan="free", symbols=CODES, venue=venue) as d:
                await d.until(d.live)  # no day limits the streams
                await d.until(lambda: "Waiting" in str(d.chart.note))
                await d.during(60)
                assert venue.exchange.counts.total() == 3
                assert d.provider.throttle.budget().left_today == 0

    play(scenario())


def test_list_layout_and_last_values_survive_a_restart(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with venue_open(rate=RATE) as venue:
            async with desk_running(tmp_path, venue=venue) as d:
                await d.until(d.live)
                await d.act(lambda: d.type_symbol("9988.HK"))
                await d.until(d.live)
                await d.act(
                    lambda: d.select("GOLD"),
                    lambda: d.press(Qt.Key.Key_Delete),
                    lambda: d.select("BTCUSDT"),
                    lambda: d.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier),
                    d.find(QDockWidget, "dock.book").hide,
                    lambda: d.find(QToolButton, "interval_5m").click(),
                )
                await d.until(lambda: d.shown()["chart"]["instrument"] == "BTCUSDT")
                await d.until(lambda: all(row.change is not None for row in _rows(d)))
                venue.exchange.fault("shut")  # nothing moves between a look and the close
                await d.during(5)
                codes = d.codes()
                assert "9988.HK" in codes
                assert "GOLD" not in codes
                assert await d.close() == 0
                values = {row.key: (row.last, row.bid, row.change, row.volume) for row in _rows(d)}
            venue.exchange.heal()
            venue.exchange.fault("refuse", status=503)
            async with desk_running(tmp_path, venue=venue) as d:
                assert d.codes() == codes
                found = {row.key: (row.last, row.bid, row.change, row.volume) for row in _rows(d)}
                assert found == values
                assert d.states() == {"Waiting"}  # nothing is called live that is not
                await d.until(lambda: d.shown()["chart"].get("instrument") == "BTCUSDT")
                assert d.shown()["chart"]["interval"] == "5m"
                assert d.find(QDockWidget, "dock.book").isHidden()
                assert not d.find(QDockWidget, "dock.chart").isHidden()
                venue.exchange.heal()
                await d.until(d.live)
            assert not venue.exchange.breaches, describe(venue.exchange.breaches)

    play(scenario())


def _rows(d: RunningDesk):  # type: ignore[no-untyped-def]
    return d.front.watchlist.rows


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("settings.json", b'{"version": 1, "theme": "purple"}'),
        ("settings.json", b"{"),
        ("watchlists.json", b'{"lists": 7}'),
        ("quotes.json", b"\x00\xff" * 50),
        ("layout.json", b"[]"),
        ("budget", b"this is no database " * 300),
    ],
    ids=["unfit setting", "settings", "watchlists", "quotes", "layout", "budget"],
)
def test_a_damaged_file_is_set_aside_with_a_sentence_and_the_desk_starts(
    name: str, content: bytes, tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        path = tmp_path / name
        if name == "budget":
            path = budget_path(tmp_path / "budget", "alltick", TOKEN)
        path.write_bytes(content)
        async with desk_running(tmp_path, rate=RATE) as d:
            await d.until(d.live)
            (aside,) = path.parent.glob(f"{path.stem}.damaged-*{path.suffix}")
            assert aside.read_bytes() == content
            assert aside.name in d.messages()
            await d.until(lambda: len(d.chart.series) >= 500)
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


# Closing


def test_a_busy_desk_closes_within_a_second_and_leaves_nothing(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with venue_open(rate=RATE) as venue:
            before = standing()
            async with desk_running(tmp_path, symbols=CODES, venue=venue) as d:
                await d.until(d.live)
                assert open_sockets() > before.sockets
                await d.act(d.find(QAction, "window.settings").trigger)
                await d.until(lambda: d.dialog(SettingsDialog))
                await d.act(*(d.find(QToolButton, f"interval_{it}").click for it in ("5m", "1h")))
                assert await closed(d, before) == CLEAN

    play(scenario())


def test_a_vendor_that_answers_nothing_does_not_hold_the_window(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with venue_open(rate=RATE) as venue:
            before = standing()
            async with desk_running(tmp_path, symbols=CODES, venue=venue) as d:
                await d.until(d.live)
                d.exchange.fault("stall")
                d.exchange.fault("delay", on="http", seconds=40.0)
                await d.act(d.find(QToolButton, "interval_1h").click)
                await d.until(lambda: d.exchange.script.faults[1].struck)
                assert await closed(d, before) == CLEAN

    play(scenario())


def test_a_desk_that_has_hardly_begun_closes_as_well(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with venue_open(rate=RATE) as venue:
            before = standing()
            for turns in (0, 1, 3, 10, 30):
                async with desk_running(tmp_path / str(turns), symbols=CODES, venue=venue) as d:
                    for _ in range(turns):
                        await asyncio.sleep(0.001)
                    left = await closed(d, before)
                    assert left._replace(files=()) == CLEAN
            # Books that were being opened close on their own thread.
            await eventually(lambda: not open_files(tmp_path))

    play(scenario())


def test_a_desk_without_its_vendor_closes_while_it_waits(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with venue_open(rate=RATE) as venue:
            before = standing()
            venue.exchange.fault("refuse", status=503)
            venue.exchange.fault("status", status=500)
            async with desk_running(tmp_path, symbols=CODES, venue=venue) as d:
                await d.until(lambda: "next try" in d.connection("stock"))
                assert await closed(d, before) == CLEAN

    play(scenario())
