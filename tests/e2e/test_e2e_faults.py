"""Everything that can go wrong at the exchange: told truthfully, survived, and over when it is."""

import re
from pathlib import Path
from typing import Any

import pytest
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtWidgets import QApplication
from ways import Ways, each_vendor, each_with

from alltick_desk.sim.script import Fault, Script

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

CODES = ("BTCUSDT", "ETHUSDT", "700.HK", "TSLA.US")
STOCKS = ("700.HK", "TSLA.US")
RATE = 20.0


def _lasts(d: RunningDesk) -> dict[str, str]:
    return {row.key.code: row.last for row in d.front.watchlist.rows}


def _age(d: RunningDesk, code: str) -> int:
    """Return the age that a stale row tells, in seconds."""
    found = re.search(
        r"[Ll]ast (?:tick|price|order book) (\d+) (s|min) ago", d.row(code).state_detail
    )
    assert found is not None, d.row(code).state_detail
    return int(found[1]) * (60 if found[2] == "min" else 1)


async def _until_ticking(d: RunningDesk) -> None:
    """Wait until every row is live, with a tick that came from now on."""
    since_s = d.clock.monotonic()
    await d.until(
        lambda: d.live() and all(row.ticked_s > since_s for row in d.front.watchlist.rows),
        "live again",
    )


LOST = {
    "drop": {"do": "drop"},
    "close": {"do": "close", "code": 1011},
    "broken": {"do": "broken"},
    "stall": {"do": "stall"},
}


@pytest.mark.parametrize(
    ("ways", "fault"),
    each_with(LOST, alltick={"606": {"do": "ret", "ret": 606, "on": "clock"}}),
)
def test_a_lost_line_is_told_and_comes_back(
    ways: Ways, fault: dict[str, Any], tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, vendor=ways.name, symbols=CODES, rate=RATE) as d:
            await d.until(d.live)
            d.exchange.fault(family=ways.stocks, **fault)
            await d.until(lambda: d.state("700.HK") == d.state("TSLA.US") == "Stale")
            before = _lasts(d)
            assert all(_age(d, code) < 60 for code in STOCKS)
            assert d.row("700.HK").state_detail.count(".") >= 2  # why, and how old
            assert d.state("BTCUSDT") == "Live"  # the other family has nothing to do with it
            await d.during(1.0, lambda: d.live() or _lasts(d)["700.HK"] == before["700.HK"])
            await _until_ticking(d)
            assert d.provider.health()[f"{ways.name}/{ways.stocks}"].reconnects == 1
            assert d.provider.health()[f"{ways.name}/{ways.crypto}"].reconnects == 0
            await d.until(lambda: d.subscribed("trades") == set(CODES))
        assert not d.exchange.breaches

    play(scenario())


@each_vendor
def test_an_outage_keeps_the_last_values_and_counts_their_age(
    ways: Ways, tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, vendor=ways.name, symbols=CODES, rate=RATE) as d:
            await d.until(lambda: d.live() and all(_lasts(d).values()))
            d.exchange.fault("refuse", status=503, lasts=40)
            d.exchange.fault("drop")
            await d.until(lambda: d.states() == {"Stale"})
            before, age = _lasts(d), _age(d, "BTCUSDT")
            await d.during(25, lambda: d.states() == {"Stale"} and _lasts(d) == before)
            assert _age(d, "BTCUSDT") > age
            shown = d.shown()
            assert [row["State"] for row in shown["watchlist"]] == ["Stale"] * len(CODES)
            lasts = [float(row["Last"]) for row in shown["watchlist"]]
            assert lasts == [float(last) for last in before.values()]
            assert all("next try" in d.connection(family) for family in (ways.stocks, ways.crypto))
            await _until_ticking(d)
        assert not d.exchange.breaches

    play(scenario())


@each_vendor
@pytest.mark.parametrize(("status", "word"), [(429, "Offline"), (500, "Stale")])
def test_a_refused_handshake_is_told_and_tried_again(
    ways: Ways, status: int, word: str, tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, vendor=ways.name, symbols=STOCKS, rate=RATE) as d:
            await d.until(lambda: d.live() and all(_lasts(d).values()))
            d.exchange.fault("refuse", status=status, times=1)
            d.exchange.fault("drop")
            await d.until(lambda: "Live" not in d.states())
            before = _lasts(d)
            await d.until(lambda: d.states() == {word} and d.exchange.script.faults[0].struck)
            assert _lasts(d) == before
            assert d.row("700.HK").state_detail
            await _until_ticking(d)
        assert not d.exchange.breaches

    play(scenario())


@each_vendor
def test_frames_that_mean_nothing_are_counted_and_cost_nothing_else(
    ways: Ways, tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, vendor=ways.name, symbols=CODES, rate=RATE) as d:
            await d.until(d.live)
            assert d.decode_errors() == 0
            garbage = d.exchange.fault("garbage", times=3, every=1.0)
            cut = d.exchange.fault("truncate", on="push", times=5)
            hollow = d.exchange.fault("garbage", on="push", times=4, body=ways.hollow)
            await d.until(lambda: garbage.struck == 3 and cut.struck == 5 and hollow.struck == 4)
            await d.until(lambda: d.decode_errors() >= 3 * 2 + 5 + 4)  # two sockets take the first
            d.exchange.heal()
            await _until_ticking(d)
            assert all(pool.reconnects == 0 for pool in d.provider.health().values())
            assert d.decode_errors() == 3 * 2 + 5 + 4

    play(scenario())


@each_vendor
def test_late_double_and_disordered_ticks_count_once(
    ways: Ways, tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(
            tmp_path, vendor=ways.name, symbols=["BTCUSDT"], rate=ways.rate
        ) as d:
            await d.until(d.live)
            series = d.chart
            await d.until(lambda: len(series.series) > 400)
            double = d.exchange.fault("duplicate", call=ways.tick)
            await d.until(lambda: double.struck > 30)
            d.exchange.heal()
            swapped = d.exchange.fault("reorder", times=60)
            late = d.exchange.fault("delay", on="push", seconds=0.7, after=60, times=20)
            newest_ms = 0
            while not (swapped.struck == 60 and late.struck == 20):
                row = d.row("BTCUSDT")
                assert row.time_ms >= newest_ms
                newest_ms = row.time_ms
                await d.during(0.1)
            # Within the bar that is in progress nothing was corrected by the vendor yet.
            ours = series.series.row(-1)
            theirs = d.exchange.floor.bars("BTCUSDT", series.interval, 2, years=None)
            unit = d.exchange.floor.listings["BTCUSDT"].unit
            volumes = {bar.start: bar.units * unit for bar in theirs}
            assert 0 < ours.volume <= volumes[ours.time_s] * (1 + 1e-9)
            await _until_ticking(d)
            assert d.decode_errors() == 0

    play(scenario())


@each_vendor
@pytest.mark.parametrize(
    ("side", "there"),
    [
        ("bids", (True, False)),
        ("asks", (False, True)),
        ("zero", (True, False)),
        ("none", (False, False)),
    ],
    ids=lambda side: side if isinstance(side, str) else "",
)
def test_one_sided_and_empty_books_are_shown_as_they_are(
    ways: Ways, side: Any, there: tuple[bool, bool], tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(
            tmp_path, vendor=ways.name, symbols=["700.HK"], rate=ways.rate
        ) as d:
            await d.until(lambda: _book(d) == (True, True))
            assert len(d.shown()["order_book"]["bids"]) == 10
            d.exchange.fault("book", side=side)
            await d.until(lambda: _book(d) == there, str(there))
            row = d.shown()["watchlist"][0]
            assert (row["Bid"] != "—", row["Ask"] != "—") == there
            assert d.shown()["order_book"]["note"]
            assert d.live()
            d.exchange.heal()
            await d.until(lambda: _book(d) == (True, True))

    play(scenario())


def _book(d: RunningDesk) -> tuple[bool, bool]:
    book = d.shown()["order_book"]
    return bool(book["bids"]), bool(book["asks"])


@each_vendor
def test_a_closed_market_is_no_broken_line(ways: Ways, tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        script = Script(faults=[Fault(do="shut")])
        async with desk_running(
            tmp_path, vendor=ways.name, symbols=CODES, rate=ways.rate, script=script
        ) as d:
            await d.until(lambda: d.states() == {"Quiet"})
            await d.during(60, lambda: d.states() == {"Quiet"})
            d.exchange.heal()
            await _until_ticking(d)
            d.exchange.fault("shut", markets=["hk_stock", "us_stock"])
            await d.during(3)
            before = _lasts(d)
            await d.during(40, lambda: d.live() and _lasts(d)["700.HK"] == before["700.HK"])
            assert _lasts(d)["BTCUSDT"] != before["BTCUSDT"]
            assert all(pool.reconnects == 0 for pool in d.provider.health().values())
        assert not d.exchange.breaches

    play(scenario())


def _detail(d: RunningDesk, code: str) -> str:
    return d.row(code).state_detail


@each_vendor
def test_a_quiet_market_whose_heartbeats_go_unanswered_is_a_broken_line(
    ways: Ways, tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, vendor=ways.name, symbols=STOCKS, rate=ways.rate) as d:
            await d.until(d.live)
            d.exchange.fault("mute")
            await d.during(60, d.live)  # ticks prove the line as well as an answer does
            d.exchange.fault("shut")
            await d.until(lambda: d.states() == {"Stale"})
            d.exchange.heal()
            await _until_ticking(d)
        assert not d.exchange.breaches

    play(scenario())


@each_vendor
def test_lost_acknowledgements_end_in_the_right_list(
    ways: Ways, tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        lost = [Fault(do="lose", call=call, times=2) for call in ways.subscribe]
        script = Script(faults=[*lost, Fault(do="shut", lasts=20)])
        async with desk_running(
            tmp_path, vendor=ways.name, symbols=STOCKS, rate=ways.rate, script=script
        ) as d:
            # Nothing ticks yet that could stand in for an answer, so each list goes again.
            await d.until(lambda: all(fault.struck == 2 for fault in lost))
            await _until_ticking(d)
            d.exchange.fault("lose", call=ways.subscribe[-1], times=1)
            await d.act(lambda: d.type_symbol("9988.HK"))
            await _until_ticking(d)
            await d.until(
                lambda: d.subscribed("trades") == d.subscribed("depth") == {*STOCKS, "9988.HK"}
            )
        assert not d.exchange.breaches

    play(scenario())


LATE = {
    "500": {"do": "status", "status": 500, "times": 2},
    "429": {"do": "status", "status": 429, "times": 1},
    "garbage": {"do": "garbage", "times": 2},
    "truncated": {"do": "truncate", "times": 1},
    "dropped": {"do": "drop", "times": 1},
    "slow": {"do": "delay", "seconds": 25.0, "times": 2},
}


@pytest.mark.parametrize(
    ("ways", "fault"),
    each_with(
        LATE,
        alltick={"605": {"do": "ret", "ret": 605, "times": 1}},
        itick={"busy": {"do": "ret", "ret": 500, "body": "system busy", "times": 1}},
    ),
)
def test_http_faults_delay_bars_and_nothing_else(
    ways: Ways, fault: dict[str, Any], tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        script = Script(faults=[Fault(on="http", call=call, **fault) for call in ways.bars])
        async with desk_running(
            tmp_path, vendor=ways.name, symbols=CODES, rate=ways.rate, script=script
        ) as d:
            notes = set()
            charts = d.chart

            def loaded() -> bool:
                notes.add(str(charts.note))
                return len(charts.series) >= 500 and all(
                    row.change is not None for row in d.front.watchlist.rows
                )

            await d.until(loaded, "bars and changes")
            await d.until(lambda: str(charts.note) == "")
            assert any(notes - {""}), "the wait was never told"
            await d.until(d.live)
        assert not d.exchange.breaches

    play(scenario())


@each_vendor
def test_a_bad_day_ends_well(ways: Ways, tmp_path: Path, qapp: QApplication) -> None:
    """All at once, again and again, for two minutes; then the sun comes out."""

    async def scenario() -> None:
        async with desk_running(tmp_path, vendor=ways.name, symbols=CODES, rate=ways.rate) as d:
            await d.until(d.live)
            for fault in (
                {"do": "drop", "times": 6, "every": 17.0},
                {"do": "garbage", "times": 20, "every": 5.0},
                {"do": "truncate", "on": "push", "times": 40, "after": 100},
                {"do": "lose", "times": 4},
                {"do": "status", "status": 502, "times": 3},
                {"do": "refuse", "status": 503, "times": 3},
                {"do": "stall", "lasts": 9.0, "times": 2, "every": 40.0},
            ):
                d.exchange.fault(**fault)  # type: ignore[arg-type]
            await d.during(120)
            d.exchange.heal()
            await _until_ticking(d)
            await d.until(lambda: d.subscribed("trades") == d.subscribed("depth") == set(CODES))
        assert not d.exchange.breaches

    play(scenario())
