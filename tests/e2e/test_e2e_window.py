"""What a person does in the list, the book and the chart, and what of it arrives on the wire."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from windowways import ALT, CTRL, LEFT, RATE, bars, streamed

from alltick_desk.sim.limits import describe

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


# The list


def test_edits_within_a_moment_are_one_full_list_of_each_kind(
    tmp_path: Path, qapp: QApplication
) -> None:
    """At no more than twice the machine's pace, so that a hand is quick enough."""

    async def scenario() -> None:
        first = ("700.HK", "TSLA.US", "9988.HK", "5.HK")
        async with desk_running(tmp_path, symbols=first, rate=2) as d:
            await d.until(lambda: streamed(d, first))
            await d.during(1.5)  # so that it is not the gap between two requests that waits
            begun_s = d.clock.monotonic()
            await d.act(lambda: d.type_symbol("aapl.us"))
            await asyncio.sleep(0.02)
            await d.act(lambda: d.type_symbol("600519.SH, 388.HK"))
            await asyncio.sleep(0.02)
            await d.act(
                lambda: d.select("TSLA.US"),
                lambda: d.press(Qt.Key.Key_Delete),
                lambda: d.select("700.HK"),  # as before, so that chart and book stay
            )
            wanted = ["700.HK", "9988.HK", "5.HK", "AAPL.US", "600519.SH", "388.HK"]
            assert d.codes() == wanted
            await d.until(lambda: d.subscribed("depth") == set(wanted))
            await d.during(2.5)  # whatever more there might come
            for kind in ("trades", "depth"):
                (only,) = d.lists(kind, "stock", begun_s)
                assert list(only) == wanted
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_what_is_typed_streams_what_is_removed_stops_and_undo_brings_it_back(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        first = ["700.HK", "TSLA.US"]
        async with desk_running(tmp_path, symbols=first, rate=RATE) as d:
            await d.until(lambda: streamed(d, first))
            await d.act(lambda: d.type_symbol("Alibaba"))  # by its name
            grown = [*first, "9988.HK"]
            assert d.codes() == grown
            await d.until(lambda: streamed(d, grown))
            await d.act(lambda: d.select("TSLA.US"), lambda: d.press(Qt.Key.Key_Delete))
            await d.until(lambda: streamed(d, ["700.HK", "9988.HK"]))
            await d.act(lambda: d.press(Qt.Key.Key_Z, CTRL))
            assert d.codes() == grown
            await d.until(lambda: streamed(d, grown))
            await d.act(lambda: d.select("700.HK"))
            await d.until(lambda: d.shown()["chart"]["instrument"] == "700.HK")
            await d.act(lambda: d.press(Qt.Key.Key_Y, CTRL))
            await d.until(lambda: streamed(d, ["700.HK", "9988.HK"]))
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_moving_a_row_and_taking_an_edit_back_at_once_ask_for_nothing(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        first = ["700.HK", "TSLA.US", "BTCUSDT"]
        async with desk_running(tmp_path, symbols=first, rate=RATE) as d:
            await d.until(lambda: streamed(d, first))
            await d.during(5)
            begun_s = d.clock.monotonic()
            await d.act(lambda: d.press(Qt.Key.Key_Down, ALT))
            assert d.codes() == ["TSLA.US", "700.HK", "BTCUSDT"]
            await d.act(
                lambda: d.press(Qt.Key.Key_Down, ALT),
                lambda: d.press(Qt.Key.Key_Delete),
                d.front.panel.undo,
                lambda: d.press(Qt.Key.Key_Up, ALT),
            )
            await d.during(8)
            for kind in ("trades", "depth"):
                for family in ("stock", "other"):
                    assert d.lists(kind, family, begun_s) == []
            assert d.live()

    play(scenario())


def test_an_emptied_list_can_be_filled_again(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=["700.HK"], rate=RATE) as d:
            await d.until(d.live)
            await d.act(lambda: d.press(Qt.Key.Key_A, CTRL), lambda: d.press(Qt.Key.Key_Delete))
            assert d.codes() == []
            await d.act(lambda: d.type_symbol("BTCUSDT"))
            await d.until(lambda: d.live() and d.subscribed("trades") >= {"BTCUSDT"})
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


# Chart and book


def test_the_selected_row_has_the_full_book_and_every_other_one_level(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        codes = ["TSLA.US", "700.HK", "600519.SH", "BTCUSDT"]
        async with desk_running(tmp_path, symbols=codes, rate=RATE) as d:
            await d.until(lambda: streamed(d, codes))
            for code, levels in (("700.HK", 10), ("600519.SH", 5), ("BTCUSDT", 5)):
                await _look_at(d, code, levels)
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


async def _look_at(d: RunningDesk, code: str, levels: int) -> None:
    """Select a row, and see its chart and its book come."""
    begun_s = d.clock.monotonic()
    await d.act(lambda: d.select(code))
    await d.until(lambda: _levels(d) == {**dict.fromkeys(d.codes(), 1), code: levels})
    family = "other" if code == "BTCUSDT" else "stock"
    assert len(d.lists("depth", family, begun_s)) == 1
    assert d.lists("trades", family, begun_s) == []
    await d.until(lambda: len(_book(d)["bids"]) == len(_book(d)["asks"]) == levels)
    assert _book(d)["instrument"] == code
    await d.until(lambda: bars(d) >= 500)
    assert d.shown()["chart"]["instrument"] == code


def _levels(d: RunningDesk) -> dict[str, int]:
    return {
        code: levels
        for connection in d.exchange.connections.values()
        for code, levels in connection.depths.items()
    }


def _book(d: RunningDesk) -> Any:
    return d.shown()["order_book"]


def test_each_interval_button_makes_one_call(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=["BTCUSDT"], rate=RATE) as d:
            await d.until(lambda: bars(d) >= 500)
            for interval, kind in (("5m", 2), ("2h", 6), ("1d", 8), ("1mo", 10)):
                await _switch_to(d, interval, kind)
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


async def _switch_to(d: RunningDesk, interval: str, kind: int) -> None:
    """Click on an interval, and see its bars come with one call."""
    begun_s = d.clock.monotonic()
    button = d.find(QToolButton, f"interval_{interval}")
    await d.act(lambda: QTest.mouseClick(button, LEFT))
    await d.until(lambda: d.calls("kline", begun_s) and not str(d.chart.note))
    await d.during(3)
    asked = [call.document["data"] for call in d.calls("kline", begun_s)]
    assert {it["kline_type"] for it in asked} == {kind}
    # Where few bars came, one question more tells whether the vendor has older ones.
    assert [it["kline_timestamp_end"] == 0 for it in asked] in ([True], [True, False])
    assert d.shown()["chart"]["interval"] == interval
    assert d.shown()["chart"]["bars"] > 10
    assert button.isChecked()


def test_of_intervals_that_wait_for_the_plan_only_the_last_is_asked_for(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, plan="free", symbols=["BTCUSDT"], rate=30) as d:
            await d.until(lambda: bars(d) >= 500)
            begun_s = d.clock.monotonic()
            await d.act(
                *(d.find(QToolButton, f"interval_{it}").click for it in ("5m", "15m", "1h"))
            )
            await d.until(lambda: "Waiting" in str(d.chart.note), "the wait is told")
            await d.until(lambda: bars(d) >= 500)
            await d.during(12)
            (call,) = d.calls("kline", begun_s)
            assert call.document["data"]["kline_type"] == 5
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


# What the vendor does not give


def test_codes_that_the_vendor_refuses_are_marked_and_cost_the_others_nothing(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        codes = ["700.HK", "NOPE.HK", "AAPL.US", "9988.HK", "BTCUSDT", "NOPEUSD"]
        words = ["Live", "Unknown code", "Not in plan", "Live", "Live", "Unknown code"]
        async with desk_running(tmp_path, plan="hk", symbols=codes, rate=30) as d:
            await d.until(lambda: [d.state(code) for code in codes] == words)
            assert d.subscribed("trades") == {"700.HK", "9988.HK", "BTCUSDT"}
            await d.until(lambda: d.row("700.HK").change is not None)
            assert all(d.row(code).state_detail for code in ("NOPE.HK", "AAPL.US"))
            await d.act(lambda: d.type_symbol("5.HK"))
            await d.until(lambda: d.state("5.HK") == "Live")
            await d.act(lambda: d.select("AAPL.US"))
            await d.until(lambda: d.shown()["chart"]["instrument"] == "AAPL.US")
            await d.during(10)
            begun_s = d.clock.monotonic()
            await d.during(60, lambda: [d.state(code) for code in codes] == words)
            later = [entry for entry in d.exchange.journal if entry.at_s > begun_s]
            assert not any(
                name in json.dumps(entry.document)
                for entry in later
                for name in ("NOPE.HK", "AAPL.US", "NOPEUSD")
            )
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_the_row_that_a_person_looks_at_streams_before_the_plan_is_full(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        codes = ["700.HK", "TSLA.US", "HSI.HK", ".DJI.US", "000001.SH", "399001.SZ"]
        async with desk_running(tmp_path, plan="free", symbols=codes, rate=RATE) as d:
            await d.until(lambda: d.states() == {"Live", "Beyond plan"})
            assert d.state("399001.SZ") == "Beyond plan"
            assert "the plan streams 5 codes" in d.row("399001.SZ").state_detail
            await d.act(lambda: d.select("399001.SZ"))
            await d.until(lambda: d.state("399001.SZ") == "Live")
            await d.until(lambda: d.state("000001.SH") == "Beyond plan")
            assert len(d.subscribed("trades")) == 5
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())
