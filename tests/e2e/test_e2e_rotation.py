"""Rows beyond the plan: refreshed in rotation, those in sight first, within the plan's limits."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from venue import PacedClock, venue_open

from alltick_desk.model.instrument import Catalogue, InstrumentKey
from alltick_desk.model.settings import Settings, VendorSettings, write_settings
from alltick_desk.resources import resource
from alltick_desk.services.market_hours import known_hours
from alltick_desk.services.sources import PriceFrom, price_from
from alltick_desk.sim.limits import describe

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

STOCKS = tuple(
    it.code for it in Catalogue.read(resource("catalogue.csv")) if it.code.endswith(".US")
)
ROOM, SIZE, COUNT = 3, 4, 60
SMALL = {"codes_per_subscription": float(ROOM), "codes_per_call": float(SIZE)}
CLOSED_MS = 1_767_605_400_000  # 2026-01-05 04:30 in New York, a Monday
OPEN_MS = CLOSED_MS + 6 * 3_600_000
CRYPTO = ("BTCUSDT", "ETHUSDT", "SOLUSDT", "DOGEUSDT", "BNBUSDT", "XRPUSDT")


@contextlib.asynccontextmanager
async def desk_at(
    time_ms: int, folder: Path, symbols: tuple[str, ...]
) -> AsyncIterator[RunningDesk]:
    """Run a desk whose clock begins at a moment."""
    clock = PacedClock(20.0)
    clock._epoch_ms = time_ms
    with clock.running():
        async with (
            venue_open(plan="basic", clock=clock) as venue,
            desk_running(
                folder, venue=venue, plan="basic", symbols=symbols, hours=known_hours()
            ) as d,
        ):
            yield d


def choose(folder: Path, sizes: dict[str, float]) -> None:
    """Save smaller figures than the plan's."""
    chosen = VendorSettings(enabled=True, plan="basic", overrides=sizes)
    settings = write_settings(Settings().with_vendor("alltick", chosen))
    (folder / "settings.json").write_bytes(msgspec.json.encode(settings))


def asked(d: RunningDesk, since_s: float = 0.0) -> list[list[str]]:
    """Return the codes of every call for newest prices."""
    return [
        [each["code"] for each in entry.document["data"]["symbol_list"]]
        for entry in d.calls("trade-tick", since_s)
    ]


def beyond(d: RunningDesk) -> set[str]:
    return {row.key.code for row in d.rows() if row.state.value == "Beyond plan"}


def in_sight(d: RunningDesk) -> set[str]:
    return {key.code for key in d.front.panel.visible_keys()}


def test_rows_beyond_the_plan_are_refreshed_in_rotation_visible_first(
    tmp_path: Path, qapp: QApplication
) -> None:
    choose(tmp_path, SMALL)

    async def scenario() -> None:
        async with desk_at(OPEN_MS, tmp_path, STOCKS[:COUNT]) as d:
            await d.until(lambda: len(beyond(d)) == COUNT - ROOM, "all beyond but those with room")
            seen = in_sight(d) & beyond(d)
            assert SIZE < len(seen) < COUNT - ROOM
            await d.until(lambda: len(asked(d)) >= -(-len(seen) // SIZE), "every row in sight")
            first = [code for codes in asked(d)[: len(seen) // SIZE] for code in codes]
            assert set(first) <= seen
            assert first == [code for code in d.codes() if code in first], "from the top down"

            await d.until(lambda: all(d.row(code).called_s for code in beyond(d)), "every row")
            assert len(beyond(d)) == COUNT - ROOM, "no call makes a row live"
            await d.until(
                lambda: all("It was refreshed by a call" in d.row(it).state_detail for it in seen),
                "each tells when it was",
            )
            assert max(map(len, asked(d))) == SIZE

            scroll = d.front.panel._view.verticalScrollBar()
            await d.act(lambda: scroll.setValue(scroll.maximum()))
            await d.until(lambda: in_sight(d) - seen, "the end of the list")
            since_s = await d.from_now()
            await d.until(lambda: len(asked(d, since_s)) >= 3, "three calls more")
            # One of them may be the others' turn, and one was on its way.
            told = [set(codes) <= in_sight(d) for codes in asked(d, since_s)]
            assert sum(told) >= 1, "what came into sight is asked for next"
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_a_row_whose_market_is_closed_is_left_alone_once_its_last_price_is_known(
    tmp_path: Path, qapp: QApplication
) -> None:
    choose(tmp_path, SMALL)

    async def scenario() -> None:
        async with desk_at(CLOSED_MS, tmp_path, STOCKS[:12]) as d:
            await d.until(lambda: len(beyond(d)) == 12 - ROOM)
            await d.until(lambda: all(d.row(code).called_s for code in beyond(d)), "every row")
            calls = len(asked(d))
            assert calls == -(-(12 - ROOM) // SIZE)
            await d.during(60.0)
            assert len(asked(d)) == calls
            assert "Its market is closed and this is its last price" in d.rows()[-1].state_detail
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_a_row_says_when_it_is_refreshed_and_whence_its_price_is(
    tmp_path: Path, qapp: QApplication
) -> None:
    choose(tmp_path, {**SMALL, "codes_per_subscription": 1.0, "codes_per_call": 1.0})

    async def scenario() -> None:
        async with desk_running(tmp_path, plan="basic", symbols=CRYPTO, rate=12) as d:
            await d.until(lambda: len(beyond(d)) == len(CRYPTO) - 1)
            last = d.row(CRYPTO[-1])
            await d.until(lambda: "The next refresh" in last.state_detail, "when it is its turn")
            await d.until(lambda: price_from(last) is PriceFrom.CALL, "its price")
            before_s = last.called_s
            await d.until(lambda: last.called_s > before_s, "and again")
            assert d.front.panel.state()[-1]["State"] == "Beyond plan"
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_a_pinned_row_keeps_its_place_in_the_live_set(tmp_path: Path, qapp: QApplication) -> None:
    choose(tmp_path, {**SMALL, "codes_per_subscription": 2.0})

    async def scenario() -> None:
        async with desk_running(tmp_path, plan="basic", symbols=CRYPTO, rate=20) as d:
            await d.until(lambda: len(beyond(d)) == len(CRYPTO) - 2)
            pinned = CRYPTO[-1]
            assert d.state(pinned) == "Beyond plan"
            d.front.watchlist.lists.pin([InstrumentKey("alltick", pinned)], pinned=True)
            await d.until(lambda: d.state(pinned) == "Live", "pinned")
            await d.act(lambda: d.select(CRYPTO[2]))  # which takes the other place
            await d.until(lambda: d.state(CRYPTO[2]) == "Live")
            await d.act(lambda: d.press(Qt.Key.Key_Up))
            await d.until(lambda: d.state(CRYPTO[1]) == "Live")
            assert d.state(pinned) == "Live"
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())
