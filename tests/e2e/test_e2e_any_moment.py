"""The desk closes at any moment of its start and of its life, whatever is under way."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from desk_under_test import RunningDesk, desk_running, eventually, play
from leftovers import CLEAN, closed, open_files, standing
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QToolButton
from venue import Venue, venue_open

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)

CODES = ("700.HK", "TSLA.US", "BTCUSDT")
GENEROUS_S = 3.0  # a busy machine is no fault of the desk's
VENDORS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "alltick": ("alltick", {}),
    "itick": ("itick", {}),
    "both": ("alltick", {"itick": "premium"}),
}


def _click(name: str) -> Callable[[RunningDesk], Callable[[], object]]:
    return lambda d: d.find(QToolButton, name).click


# What a person may have done a moment before.
DEEDS: Sequence[Callable[[RunningDesk], Callable[[], object]]] = (
    lambda d: lambda: d.type_symbol("9988.HK"),
    lambda d: lambda: d.select(d.codes()[-1]),
    lambda d: d.front.panel.undo,
    lambda d: d.find(QAction, "window.settings").trigger,
    _click("interval_5m"),
    _click("interval_1d"),
)
# And what the exchange may be doing.
TROUBLES: Sequence[Callable[[Venue], object]] = (
    lambda _: None,
    lambda venue: venue.exchange.fault("drop"),
    lambda venue: venue.exchange.fault("stall"),
    lambda venue: venue.exchange.fault("refuse", status=503),
    lambda venue: venue.exchange.fault("delay", on="http", seconds=60.0),
    lambda venue: venue.exchange.fault("lose"),
)


@pytest.mark.parametrize("vendors", VENDORS)
def test_a_desk_that_is_starting_closes_at_any_turn_of_its_loop(
    vendors: str, tmp_path: Path, qapp: QApplication
) -> None:
    vendor, also = VENDORS[vendors]
    luck = random.Random(vendors)

    async def scenario() -> None:
        async with venue_open(rate=30) as venue:
            before = standing()
            for turns in (0, 1, 2, 3, *(luck.randrange(4, 400) for _ in range(6))):
                folder = tmp_path / str(turns)
                async with desk_running(
                    folder, vendor=vendor, also=also, symbols=CODES, venue=venue
                ) as d:
                    for _ in range(turns):
                        await asyncio.sleep(0)
                    left = await closed(d, before, within_s=GENEROUS_S)
                    assert left._replace(files=()) == CLEAN, turns
            # Books that were being opened close on their own thread.
            await eventually(lambda: not open_files(tmp_path))

    play(scenario())


@pytest.mark.parametrize("vendors", VENDORS)
def test_a_desk_in_full_swing_closes_at_any_moment(
    vendors: str, tmp_path: Path, qapp: QApplication
) -> None:
    vendor, also = VENDORS[vendors]
    luck = random.Random(vendors)

    async def scenario() -> None:
        async with venue_open(rate=40) as venue:
            before = standing()
            for trouble in luck.sample(TROUBLES, 3):
                async with desk_running(
                    tmp_path, vendor=vendor, also=also, symbols=CODES, venue=venue
                ) as d:
                    await d.until(d.live)
                    trouble(venue)
                    await d.act(*(deed(d) for deed in luck.sample(DEEDS, 2)))
                    await asyncio.sleep(luck.uniform(0.0, 0.3))
                    assert await closed(d, before, within_s=GENEROUS_S) == CLEAN
                venue.exchange.heal()

    play(scenario())
