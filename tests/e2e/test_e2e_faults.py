"""Everything that can go wrong at the exchange: told truthfully, survived, and over when it is."""

import re
from pathlib import Path
from typing import Any

import pytest
from desk_under_test import RunningDesk, desk_running, play, venue_open
from PySide6.QtWidgets import QApplication

from alltick_desk.sim.script import Fault, Rules, Script

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

CODES = ("BTCUSDT", "ETHUSDT", "700.HK", "TSLA.US")
STOCKS = ("700.HK", "TSLA.US")
RATE = 20.0


def _lasts(d: RunningDesk) -> dict[str, str]:
    return {row.key.code: row.last for row in d.front.watchlist.rows}


def _age(d: RunningDesk, code: str) -> int:
    """Return the age that a stale row tells, in seconds."""
    found = re.search(r"Last tick (\d+) (s|min) ago\.$", d.row(code).state_detail)
    assert found is not None, d.row(code).state_detail
    return int(found[1]) * (60 if found[2] == "min" else 1)


async def _until_ticking(d: RunningDesk) -> None:
    """Wait until every row is live, with a tick that came from now on."""
    since_s = d.clock.monotonic()
    await d.until(
        lambda: d.live() and all(row.ticked_s > since_s for row in d.front.watchlist.rows),
        "live again",
    )


@pytest.mark.parametrize(
    "fault",
    [
        {"do": "drop"},
        {"do": "close", "code": 1011},
        {"do": "broken"},
        {"do": "stall"},
        {"do": "ret", "ret": 606, "on": "clock"},
    ],
    ids=["drop", "close", "broken", "stall", "606"],
)
def test_a_lost_line_is_told_and_comes_back(
    fault: dict[str, Any], tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=RATE) as d:
            await d.until(d.live)
            d.exchange.fault(family="stock", **fault)
            await d.until(lambda: d.state("700.HK") == d.state("TSLA.US") == "Stale")
            before = _lasts(d)
            assert all(_age(d, code) < 60 for code in STOCKS)
            assert d.row("700.HK").state_detail.count(".") >= 2  # why, and how old
            assert d.state("BTCUSDT") == "Live"  # the other family has nothing to do with it
            await d.during(1.0, lambda: d.live() or _lasts(d)["700.HK"] == before["700.HK"])
            await _until_ticking(d)
            assert d.provider.health()["alltick/stock"].reconnects == 1
            assert d.provider.health()["alltick/other"].reconnects == 0
            assert d.subscribed("trades") == set(CODES)
        assert not d.exchange.breaches

    play(scenario())


def test_an_outage_keeps_the_last_values_and_counts_their_age(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=RATE) as d:
            await d.until(d.live)
            d.exchange.fault("refuse", status=503, lasts=40)
            d.exchange.fault("drop")
            await d.until(lambda: d.states() == {"Stale"})
            before, age = _lasts(d), _age(d, "BTCUSDT")
            await d.during(25, lambda: d.states() == {"Stale"} and _lasts(d) == before)
            assert _age(d, "BTCUSDT") > age
            shown = d.shown()
            assert [row["State"] for row in shown["watchlist"]] == ["Stale"] * len(CODES)
            assert [row["Last"] for row in shown["watchlist"]] == list(before.values())
            assert all("next try" in d.connection(family) for family in ("stock", "other"))
            await _until_ticking(d)
        assert not d.exchange.breaches

    play(scenario())


@pytest.mark.parametrize(("status", "word"), [(429, "Offline"), (500, "Stale")])
def test_a_refused_handshake_is_told_and_tried_again(
    status: int, word: str, tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=STOCKS, rate=RATE) as d:
            await d.until(d.live)
            before = _lasts(d)
            d.exchange.fault("refuse", status=status, times=1)
            d.exchange.fault("drop")
            await d.until(lambda: d.states() == {word} and d.exchange.script.faults[0].struck)
            assert _lasts(d) == before
            assert d.row("700.HK").state_detail
            await _until_ticking(d)
        assert not d.exchange.breaches

    play(scenario())


def test_frames_that_mean_nothing_are_counted_and_cost_nothing_else(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=RATE) as d:
            await d.until(d.live)
            assert d.decode_errors() == 0
            garbage = d.exchange.fault("garbage", times=3, every=1.0)
            cut = d.exchange.fault("truncate", on="push", times=5)
            hollow = d.exchange.fault("garbage", on="push", times=4, body='{"cmd_id":22998}')
            await d.until(lambda: garbage.struck == 3 and cut.struck == 5 and hollow.struck == 4)
            await d.until(lambda: d.decode_errors() >= 3 * 2 + 5 + 4)  # two sockets take the first
            d.exchange.heal()
            await _until_ticking(d)
            assert all(pool.reconnects == 0 for pool in d.provider.health().values())
            assert d.decode_errors() == 3 * 2 + 5 + 4

    play(scenario())


def test_late_double_and_disordered_ticks_count_once(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=["BTCUSDT"], rate=RATE) as d:
            await d.until(d.live)
            series = d.desk._charts
            await d.until(lambda: len(series.series) > 400)
            double = d.exchange.fault("duplicate", call="22998")
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


@pytest.mark.parametrize(
    ("side", "bid", "ask"),
    [("bids", True, False), ("asks", False, True), ("zero", True, False), ("none", False, False)],
)
def test_one_sided_and_empty_books_are_shown_as_they_are(
    side: Any, bid: bool, ask: bool, tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=["700.HK"], rate=RATE) as d:
            await d.until(lambda: _book(d) == (True, True))
            assert len(d.shown()["order_book"]["bids"]) == 10
            d.exchange.fault("book", side=side)
            await d.until(lambda: _book(d) == (bid, ask), f"{bid} {ask}")
            row = d.shown()["watchlist"][0]
            assert (row["Bid"] != "—", row["Ask"] != "—") == (bid, ask)
            assert d.shown()["order_book"]["note"]
            assert d.live()
            d.exchange.heal()
            await d.until(lambda: _book(d) == (True, True))

    play(scenario())


def _book(d: RunningDesk) -> tuple[bool, bool]:
    book = d.shown()["order_book"]
    return bool(book["bids"]), bool(book["asks"])


def test_a_closed_market_is_no_broken_line(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        script = Script(faults=[Fault(do="shut")])
        async with desk_running(tmp_path, symbols=CODES, rate=30, script=script) as d:
            await d.until(lambda: all("quiet market" in _detail(d, code) for code in CODES))
            await d.during(60, lambda: d.states() == {"Waiting"})
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


def test_a_quiet_market_whose_heartbeats_go_unanswered_is_a_broken_line(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=STOCKS, rate=30) as d:
            await d.until(d.live)
            d.exchange.fault("mute")
            await d.during(60, d.live)  # ticks prove the line as well as an answer does
            d.exchange.fault("shut")
            await d.until(lambda: d.states() == {"Stale"})
            d.exchange.heal()
            await _until_ticking(d)
        assert not d.exchange.breaches

    play(scenario())


def test_lost_acknowledgements_end_in_the_right_list(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        lost = [Fault(do="lose", call=call, times=2) for call in ("22002", "22004")]
        script = Script(faults=[*lost, Fault(do="shut", lasts=20)])
        async with desk_running(tmp_path, symbols=STOCKS, rate=RATE, script=script) as d:
            # Nothing ticks yet that could stand in for an answer, so each list goes again.
            await d.until(lambda: all(fault.struck == 2 for fault in lost))
            await _until_ticking(d)
            d.exchange.fault("lose", call="22004", times=1)
            await d.act(lambda: d.type_symbol("9988.HK"))
            await _until_ticking(d)
            assert d.subscribed("trades") == d.subscribed("depth") == {*STOCKS, "9988.HK"}
        assert not d.exchange.breaches

    play(scenario())


@pytest.mark.parametrize(
    "fault",
    [
        {"do": "status", "status": 500, "times": 2},
        {"do": "status", "status": 429, "times": 1},
        {"do": "garbage", "times": 2},
        {"do": "truncate", "times": 1},
        {"do": "drop", "times": 1},
        {"do": "delay", "seconds": 25.0, "times": 2},
        {"do": "ret", "ret": 605, "times": 1},
    ],
    ids=["500", "429", "garbage", "truncated", "dropped", "slow", "605"],
)
def test_http_faults_delay_bars_and_nothing_else(
    fault: dict[str, Any], tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        script = Script(
            faults=[Fault(on="http", call=call, **fault) for call in ("kline", "batch-kline")]
        )
        async with desk_running(tmp_path, symbols=CODES, rate=30, script=script) as d:
            notes = set()
            charts = d.desk._charts

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


def test_a_token_that_expires_stops_everything_and_says_so(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=30) as d:
            await d.until(lambda: d.live() and len(d.desk._charts.series) >= 500)
            d.exchange.fault("token")
            await d.until(lambda: d.states() == {"Offline"})
            begun_s = d.clock.monotonic()
            assert "does not accept the token" in _detail(d, "700.HK")
            assert all(_lasts(d).values())
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


def test_a_bad_day_ends_well(tmp_path: Path, qapp: QApplication) -> None:
    """All at once, again and again, for two minutes; then the sun comes out."""

    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=30) as d:
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
