"""What iTick is asked on its sockets: differences, never more than that, and what comes of it."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from seen import Change

from alltick_desk.model.interval import Interval
from alltick_desk.sim.limits import describe
from alltick_desk.sim.prices import Bar

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

CTRL = Qt.KeyboardModifier.ControlModifier
RATE = 20.0
KINDS = ("tick,quote", "depth")


def _streamed(d: RunningDesk, codes: Iterable[str]) -> bool:
    """Whether the exchange streams exactly these codes, and the person sees all of them live."""
    return d.subscribed("trades") == d.subscribed("depth") == set(codes) and d.live()


def _charted(d: RunningDesk) -> dict[str, list[str]]:
    """Return whose bars the exchange pushes now, by the kind of bar."""
    found: dict[str, list[str]] = {}
    for connection in d.connections():
        for code, topics in connection.topics.items():
            for topic in topics:
                if topic.startswith("kline@"):
                    found.setdefault(topic, []).append(code)
    return found


def _adding(changes: Sequence[Change], family: str) -> Counter[tuple[str, str, str]]:
    """Return what a family was asked, each symbol on its own: action, kind, symbol."""
    return Counter(
        (it.action, it.types, symbol)
        for it in changes
        if it.family == family
        for symbol in it.symbols
    )


def _each(action: str, *symbols: str) -> Counter[tuple[str, str, str]]:
    return Counter((action, kind, symbol) for kind in KINDS for symbol in symbols)


async def _begun(d: RunningDesk, codes: Iterable[str]) -> None:
    """Wait until all is as it should be, bars included."""
    wanted = set(codes)
    await d.until(lambda: _streamed(d, wanted) and _charted(d))


def test_what_is_added_and_removed_goes_out_as_differences(
    tmp_path: Path, qapp: QApplication
) -> None:
    """By clicks and keys; what streams already is not named again."""

    async def scenario() -> None:
        first = ["700.HK", "TSLA.US", "BTCUSDT"]
        async with desk_running(tmp_path, vendor="itick", symbols=first, rate=RATE) as d:
            await _begun(d, first)
            begun_s = await d.from_now()
            # As before, so that the chart stays.
            await d.act(lambda: d.type_symbol("aapl.us"), lambda: d.select("700.HK"))
            await d.until(lambda: _streamed(d, [*first, "AAPL.US"]))
            assert _adding(d.changes(begun_s), "stock") == _each("subscribe", "AAPL$US")

            begun_s = await d.from_now()
            await d.act(lambda: d.select("TSLA.US"))
            await d.until(lambda: _charted(d) == {"kline@1": ["TSLA.US"]})
            assert _adding(d.changes(begun_s), "stock") == Counter(
                [("unsubscribe", "kline@1", "700$HK"), ("subscribe", "kline@1", "TSLA$US")]
            )

            begun_s = await d.from_now()
            await d.act(lambda: d.press(Qt.Key.Key_Delete), lambda: d.select("700.HK"))
            await d.until(lambda: _streamed(d, ["700.HK", "BTCUSDT", "AAPL.US"]))
            await d.until(lambda: _charted(d) == {"kline@1": ["700.HK"]})
            assert _adding(d.changes(begun_s), "stock") == _each(
                "unsubscribe", "TSLA$US"
            ) + Counter([("unsubscribe", "kline@1", "TSLA$US"), ("subscribe", "kline@1", "700$HK")])

            begun_s = await d.from_now()
            await d.act(lambda: d.press(Qt.Key.Key_Z, CTRL), lambda: d.select("700.HK"))
            await d.until(lambda: _streamed(d, [*first, "AAPL.US"]))
            assert _adding(d.changes(begun_s), "stock") == _each("subscribe", "TSLA$US")
            assert _adding(d.changes(begun_s), "crypto") == Counter()
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_edits_within_a_moment_are_one_request_of_each_kind(
    tmp_path: Path, qapp: QApplication
) -> None:
    """At no more than twice the machine's pace, so that a hand is quick enough."""

    async def scenario() -> None:
        first = ("700.HK", "TSLA.US", "9988.HK")
        async with desk_running(tmp_path, vendor="itick", symbols=first, rate=2) as d:
            await _begun(d, first)
            begun_s = await d.from_now()
            await d.act(lambda: d.type_symbol("aapl.us"))
            await asyncio.sleep(0.02)
            await d.act(lambda: d.type_symbol("600519.SH, 388.HK"))
            await asyncio.sleep(0.02)
            await d.act(
                lambda: d.select("TSLA.US"),
                lambda: d.press(Qt.Key.Key_Delete),
                lambda: d.select("700.HK"),  # as before, so that the chart stays
            )
            wanted = ["700.HK", "9988.HK", "AAPL.US", "600519.SH", "388.HK"]
            assert d.codes() == wanted
            await d.until(lambda: _streamed(d, wanted))
            await d.during(1)  # whatever more there might come
            asked = d.changes(begun_s)
            assert len(asked) == 2 * len(KINDS)
            assert _adding(asked, "stock") == _each("unsubscribe", "TSLA$US") + _each(
                "subscribe", "AAPL$US", "600519$SH", "388$HK"
            )
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_moving_a_row_and_taking_an_edit_back_at_once_ask_for_nothing(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        first = ["700.HK", "TSLA.US", "BTCUSDT"]
        async with desk_running(tmp_path, vendor="itick", symbols=first, rate=RATE) as d:
            await _begun(d, first)
            await d.during(3)
            begun_s = await d.from_now()
            await d.act(
                lambda: d.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
                lambda: d.press(Qt.Key.Key_Delete),
                d.front.panel.undo,
            )
            assert d.codes() == ["TSLA.US", "700.HK", "BTCUSDT"]
            await d.during(8)
            # The chart may have looked elsewhere for a moment; no row has.
            assert [it for it in d.changes(begun_s) if it.types in KINDS] == []
            assert d.live()

    play(scenario())


def test_another_interval_moves_the_pushed_bars(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, vendor="itick", symbols=["BTCUSDT"], rate=RATE) as d:
            await _begun(d, ["BTCUSDT"])
            for interval, number in (("5m", 2), ("1d", 8), ("1mo", 10)):
                before, begun_s = _charted(d), await d.from_now()
                await d.act(d.find(QToolButton, f"interval_{interval}").click)
                wanted = {f"kline@{number}": ["BTCUSDT"]}
                await d.until(lambda wanted=wanted: _charted(d) == wanted)  # type: ignore[misc]
                assert [(it.action, it.types) for it in d.changes(begun_s)] == [
                    ("unsubscribe", *before),
                    ("subscribe", f"kline@{number}"),
                ]
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_a_new_connection_asks_again_for_exactly_what_is_wanted(
    tmp_path: Path, qapp: QApplication
) -> None:
    """Also for what was edited while there was none."""

    async def scenario() -> None:
        codes = ["700.HK", "TSLA.US", "9988.HK", "BTCUSDT"]
        async with desk_running(tmp_path, vendor="itick", symbols=codes, rate=RATE) as d:
            await _begun(d, codes)
            begun_s = await d.from_now()
            d.exchange.fault("drop", family="stock")
            await d.until(lambda: d.state("700.HK") == "Stale")
            await d.act(
                lambda: d.type_symbol("AAPL.US"),
                lambda: d.select("9988.HK"),
                lambda: d.press(Qt.Key.Key_Delete),
                lambda: d.select("700.HK"),
            )
            wanted = ["700.HK", "TSLA.US", "AAPL.US", "BTCUSDT"]
            await d.until(lambda: _streamed(d, wanted) and _charted(d) == {"kline@1": ["700.HK"]})
            assert _adding(d.changes(begun_s), "stock") == _each(
                "subscribe", "700$HK", "TSLA$US", "AAPL$US"
            ) + Counter([("subscribe", "kline@1", "700$HK")])
            assert _adding(d.changes(begun_s), "crypto") == Counter()
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_every_cluster_streams_on_its_own_socket(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        codes = [
            *("700.HK", "600519.SH", "EURUSD", "GOLD", "HSI.HK", "000001.SH", "NAS100"),
            *("ETHUSDT", "future/GC$US", "fund/QQQ$US"),
        ]
        async with desk_running(tmp_path, vendor="itick", symbols=codes, rate=RATE) as d:
            # No book of an exchange's index is pushed.
            await d.until(lambda: d.live() and d.subscribed("trades") == set(codes))
            sockets = {it.family: sorted(it.topics) for it in d.connections()}
            assert sockets == {
                "stock": ["600519.SH", "700.HK"],
                "forex": ["EURUSD", "GOLD"],
                "indices": ["000001.SH", "HSI.HK", "NAS100"],
                "crypto": ["ETHUSDT"],
                "future": ["future/GC$US"],
                "fund": ["fund/QQQ$US"],
            }
            symbols = {it for change in d.changes() for it in change.symbols}
            assert {"700$HK", "600519$SH", "EURUSD$GB", "GOLD$GB", "HSI$HK"} <= symbols
            assert {"000001$CN", "NAS100$GB", "ETHUSDT$BA", "GC$US", "QQQ$US"} <= symbols
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


# What is pushed, and not asked for


def _theirs(d: RunningDesk, code: str, interval: Interval) -> Bar:
    return d.exchange.floor.bars(code, interval, 1, years=None)[-1]


def _shown(d: RunningDesk) -> tuple[float, ...]:
    """Return open, high, low, close and volume of the chart's last bar."""
    last = d.shown()["chart"]["last"]
    return tuple(float(last[it]) for it in ("open", "high", "low", "close"))


def test_a_pushed_bar_replaces_the_one_that_was_built(tmp_path: Path, qapp: QApplication) -> None:
    """Without the pushes trades carry it on, with no volume; then it is the vendor's again."""

    async def scenario() -> None:
        async with desk_running(tmp_path, vendor="itick", symbols=["BTCUSDT"], rate=5) as d:
            await _begun(d, ["BTCUSDT"])
            await d.until(lambda: d.shown()["chart"].get("bars", 0) >= 300)
            charts = d.chart
            # Well inside a minute, for at its end the desk asks for what no push has told.
            await d.until(lambda: d.clock.wall_ms() % 60_000 < 30_000)
            begun_s = await d.from_now()
            lost = d.exchange.fault("truncate", on="push", call="kline@1")
            await d.until(lambda: lost.struck >= 2)
            built = charts.series.row(-1)
            await d.until(lambda: charts.series.row(-1).close != built.close, "a trade moved it")
            unpushed = charts.series.row(-1)
            d.exchange.heal()
            await d.until(lambda: charts.series.row(-1).volume > unpushed.volume)
            d.exchange.fault("shut")  # nothing moves between the two looks
            await d.during(2)
            assert [*d.calls("kline", begun_s), *d.calls("klines", begun_s)] == []
            ours, theirs = charts.series.row(-1), _theirs(d, "BTCUSDT", Interval.M1)
            assert ours.time_s == built.time_s == theirs.start
            unit = d.exchange.floor.listings["BTCUSDT"].unit
            assert (ours.open, ours.high, ours.low, ours.close) == pytest.approx(
                (theirs.open, theirs.high, theirs.low, theirs.close)
            )
            assert ours.volume == pytest.approx(theirs.units * unit)
            assert _shown(d) == pytest.approx((ours.open, ours.high, ours.low, ours.close))
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_a_pushed_day_needs_no_daily_bars(tmp_path: Path, qapp: QApplication) -> None:
    """Streaming rows know their change from the pushes: no call is spent on them."""

    async def scenario() -> None:
        codes = ["BTCUSDT", "ETHUSDT", "TSLA.US", "HSI.HK"]  # which are never quiet for seconds
        async with desk_running(tmp_path, vendor="itick", symbols=codes, rate=RATE) as d:
            await d.until(lambda: d.live() and all(row.change is not None for row in d.rows()))
            await d.until(lambda: all(row.volume for row in d.rows()))
            for row in d.rows():
                listing = d.exchange.floor.listings[row.key.code]
                path = d.exchange.floor.path(row.key.code)
                now_s = d.clock.wall_ms() // 1000
                yesterday = path.day(path.day_of(now_s) - 1).close
                assert row.previous_close == pytest.approx(float(listing.text(yesterday)))
            await d.act(lambda: d.type_symbol("SOLUSDT"))
            await d.until(lambda: d.live() and d.row("SOLUSDT").change is not None)
            d.exchange.fault("drop")
            await d.until(lambda: d.states() == {"Stale"})
            await d.until(d.live)
            await d.during(30)
            calls = [*d.calls("kline"), *d.calls("klines")]
            assert {it.document["kType"] for it in calls} == {"1"}  # the chart's, and no day's
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_a_row_whose_day_is_not_pushed_is_asked_for(tmp_path: Path, qapp: QApplication) -> None:
    """The other side of it: where pushes do not come, calls are spent after all."""

    async def scenario() -> None:
        async with desk_running(tmp_path, vendor="itick", symbols=["700.HK"], rate=RATE) as d:
            lost = d.exchange.fault("truncate", on="push", call="quote")
            await d.until(lambda: lost.struck and d.row("700.HK").change is not None)
            assert [it.document["kType"] for it in d.calls("klines")] == ["8"]

    play(scenario())
