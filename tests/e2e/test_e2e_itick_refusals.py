"""What iTick refuses: each refusal reaches the person, and costs nobody else anything."""

from pathlib import Path
from typing import Any

import pytest
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from venue import venue_open

from alltick_desk.sim.limits import describe
from alltick_desk.sim.script import Fault, ITickRules, Rules, Script

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

CODES = ("BTCUSDT", "ETHUSDT", "700.HK", "TSLA.US")
RATE = 30.0
NOT_ACCEPTED = "iTick does not accept the token: it is missing, wrong or expired."


def _detail(d: RunningDesk, code: str) -> str:
    return d.row(code).state_detail


async def _until_ticking(d: RunningDesk, *codes: str) -> None:
    since_s = d.clock.monotonic()
    rows = [d.row(code) for code in codes or CODES]
    await d.until(lambda: all(it.state.value == "Live" and it.ticked_s > since_s for it in rows))


def test_an_unknown_code_is_found_marked_and_not_asked_for_again(
    tmp_path: Path, qapp: QApplication
) -> None:
    """E001 refuses the whole list and names nobody."""

    async def scenario() -> None:
        codes = ["700.HK", "NOPE.HK", "9988.HK", "BTCUSDT", "NOPEUSDT"]
        words = ["Live", "Unknown code", "Live", "Live", "Unknown code"]
        async with desk_running(tmp_path, vendor="itick", symbols=codes, rate=50) as d:
            await d.until(lambda: [d.state(code) for code in codes] == words)
            await d.until(lambda: d.subscribed("trades") == {"700.HK", "9988.HK", "BTCUSDT"})
            for code in ("NOPE.HK", "NOPEUSDT"):
                assert _detail(d, code).startswith("iTick does not know this code.")
            await d.until(lambda: d.row("700.HK").change is not None)
            begun_s = await d.from_now()
            await d.act(lambda: d.type_symbol("5.HK"))
            await d.until(lambda: d.state("5.HK") == "Live")
            await d.during(60, lambda: [d.state(code) for code in codes] == words)
            asked = {symbol for it in d.changes(begun_s) for symbol in it.symbols}
            assert not asked & {"NOPE$HK", "NOPEUSDT$BA"}
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_a_chart_of_an_unknown_code_says_so(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, vendor="itick", symbols=["NOPE.HK"], rate=80) as d:
            await d.until(lambda: "does not know this code" in str(d.chart.note))
            await d.during(60)  # the row that was selected at the start is opened once more
            begun_s = await d.from_now()
            await d.during(120)
            assert d.calls("kline", begun_s) == []  # what is final is not asked again

    play(scenario())


def test_a_larger_plan_than_the_token_has_shrinks_to_what_the_vendor_accepts(
    tmp_path: Path, qapp: QApplication
) -> None:
    """E003: the desk learns the room that there is, and whoever is beyond it says why."""

    async def scenario() -> None:
        codes = ("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT")
        async with (
            venue_open(itick_plan="free", rate=60) as venue,
            desk_running(tmp_path, vendor="itick", plan="base", symbols=codes, venue=venue) as d,
        ):
            words = [*["Beyond plan"] * 2, *["Live"] * 3]
            why = "the vendor accepts 3 codes"
            await d.until(lambda: sorted(it.state.value for it in d.rows()) == words)
            await d.until(lambda: [why in it.state_detail for it in d.rows()].count(True) == 2)
            assert d.state("BTCUSDT") == "Live"

    play(scenario())


@pytest.mark.parametrize(
    ("said", "word", "sentence"),
    [
        ("cannot be resolved action", "Refused", "iTick could not read a request."),
        ("server busy, try later", "Refused", "iTick turned a request down"),
    ],
    ids=["unreadable", "unknown"],
)
def test_a_refused_list_is_told_on_its_rows_and_tried_again(
    said: str, word: str, sentence: str, tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        fault = Fault(do="ret", on="command", call="subscribe", family="stock", body=said, times=1)
        script = Script(faults=[fault])
        async with desk_running(
            tmp_path, vendor="itick", symbols=CODES, rate=20, script=script
        ) as d:
            await d.until(lambda: d.state("700.HK") == d.state("TSLA.US") == word)
            assert _detail(d, "700.HK").startswith(sentence)
            assert said not in _detail(d, "700.HK")  # the vendor's words are not ours
            await d.until(lambda: d.state("BTCUSDT") == d.state("ETHUSDT") == "Live")
            await _until_ticking(d)
            await d.until(lambda: d.subscribed("trades") == d.subscribed("depth") == set(CODES))
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_a_failure_that_answers_nothing_does_no_harm(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, vendor="itick", symbols=CODES, rate=RATE) as d:
            await d.until(d.live)
            d.exchange.fault("ret", on="clock", times=3, body="cannot be resolved action")
            await d.during(10, d.live)
            await _until_ticking(d)
            assert all(pool.reconnects == 0 for pool in d.provider.health().values())

    play(scenario())


def test_a_sign_in_that_fails_stops_and_says_so(tmp_path: Path, qapp: QApplication) -> None:
    """E002: a wrong token; until there is another one nothing is asked any more."""

    async def scenario() -> None:
        script = Script(faults=[Fault(do="token")])
        async with desk_running(
            tmp_path, vendor="itick", symbols=CODES, rate=100, script=script
        ) as d:
            await d.until(lambda: d.states() == {"Offline"})
            assert all(it.state_detail.startswith(NOT_ACCEPTED) for it in d.rows())
            await d.until(lambda: NOT_ACCEPTED in d.connection("stock"))
            assert NOT_ACCEPTED in d.messages()
            begun_s = await d.from_now()
            await d.during(300)
            assert d.handshakes(begun_s) == []
            assert not d.connections()

    play(scenario())


def test_a_token_that_expires_ends_each_connection_that_asks(
    tmp_path: Path, qapp: QApplication
) -> None:
    """Streams that go on are shown as long as they do; what is refused is told, and final."""

    async def scenario() -> None:
        async with desk_running(tmp_path, vendor="itick", symbols=CODES, rate=50) as d:
            await d.act(lambda: d.select("700.HK"))  # whose bars are pushed then
            await d.until(lambda: d.live() and all(it.last for it in d.rows()))
            await d.during(5)
            d.exchange.fault("token")
            await d.act(lambda: d.type_symbol("9988.HK"))  # which asks at the stocks' connection
            await d.until(lambda: {d.state(it) for it in ("700.HK", "9988.HK")} == {"Offline"})
            assert _detail(d, "700.HK").startswith(NOT_ACCEPTED)
            assert d.row("700.HK").last  # what was known is kept
            await d.until(lambda: NOT_ACCEPTED in d.connection("stock"))
            assert d.state("BTCUSDT") == "Live"
            d.exchange.fault("drop")
            await d.until(lambda: d.states() == {"Offline"})
            begun_s = await d.from_now()
            await d.during(100, lambda: d.states() == {"Offline"})
            assert d.handshakes(begun_s) == []

    play(scenario())


def test_a_busy_vendor_turns_a_sign_in_down_once(tmp_path: Path, qapp: QApplication) -> None:
    """A further connection that is refused with 429 leaves the others alone."""

    async def scenario() -> None:
        fault = Fault(do="refuse", status=429, family="crypto", times=1)
        async with desk_running(
            tmp_path, vendor="itick", symbols=CODES, rate=20, script=Script(faults=[fault])
        ) as d:
            await d.until(lambda: d.state("BTCUSDT") == "Offline")
            assert _detail(d, "BTCUSDT").startswith("iTick allows this token no further connection")
            await d.until(lambda: d.state("700.HK") == d.state("TSLA.US") == "Live")
            await _until_ticking(d)
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_a_lost_answer_to_an_end_leaves_the_right_list(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, vendor="itick", symbols=CODES, rate=RATE) as d:
            await d.until(d.live)
            lost = d.exchange.fault("lose", call="unsubscribe", times=2)
            await d.act(lambda: d.select("TSLA.US"), lambda: d.press(Qt.Key.Key_Delete))
            left = {"BTCUSDT", "ETHUSDT", "700.HK"}
            await d.until(lambda: lost.struck == 2)
            await d.until(lambda: d.subscribed("trades") == d.subscribed("depth") == left)
            await d.act(lambda: d.type_symbol("TSLA.US"))
            await _until_ticking(d)
            await d.until(lambda: d.subscribed("trades") == d.subscribed("depth") == set(CODES))
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_a_vendor_that_does_not_end_a_subscription_is_left_and_asked_anew(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, vendor="itick", symbols=CODES, rate=RATE) as d:
            await d.until(d.live)
            d.exchange.fault("ret", on="command", call="unsubscribe", body="no", times=3)
            await d.act(lambda: d.select("TSLA.US"), lambda: d.press(Qt.Key.Key_Delete))
            left = {"BTCUSDT", "ETHUSDT", "700.HK"}
            await d.until(lambda: d.subscribed("trades") == d.subscribed("depth") == left)
            await _until_ticking(d, *left)
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


@pytest.mark.parametrize(
    "rules",
    [
        {"symbols": "dotted"},
        {"crypto": "paired", "crypto_day": False},
        {"crypto": "prefixed", "exponents": True},
        {"klines": "nested", "change": False},
        {"newest_first": True, "statuses": True, "catalogue": "long"},
    ],
    ids=["dotted", "paired", "prefixed", "nested", "other order"],
)
def test_every_spelling_is_read(rules: Any, tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        script = Script(rules=Rules(itick=ITickRules(**rules)))
        codes = (*CODES, "EURUSD", "GOLD", "000001.SH")
        async with desk_running(
            tmp_path, vendor="itick", symbols=codes, rate=20, script=script
        ) as d:
            await d.until(lambda: d.live() and all(it.change is not None for it in d.rows()))
            await d.until(lambda: d.shown()["chart"].get("bars", 0) >= 300)
            bar = d.chart.series.row(-1)
            await d.until(lambda: d.chart.series.row(-1) != bar)
            begun_ms = d.clock.wall_ms()  # a row may be live by its book, and wait for a trade
            await d.until(lambda: all(it.time_ms > begun_ms - 60_000 for it in d.rows()))
            assert all(it.time_ms <= d.clock.wall_ms() for it in d.rows())
            assert d.decode_errors() == 0
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_a_third_type_of_ten_minutes_is_no_quarter_of_an_hour(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        script = Script(rules=Rules(itick=ITickRules(third="10m")))
        async with desk_running(
            tmp_path, vendor="itick", symbols=["BTCUSDT"], rate=20, script=script
        ) as d:
            await d.until(lambda: d.shown()["chart"].get("bars", 0) >= 300)
            await d.act(d.find(QToolButton, "interval_15m").click)
            await d.until(lambda: "15" in str(d.chart.note), "the chart says why")
            assert len(d.chart.series) <= 1  # nothing but the bar that trades make
            await d.act(d.find(QToolButton, "interval_5m").click)
            await d.until(lambda: d.shown()["chart"]["bars"] >= 300)
            assert str(d.chart.note) == ""

    play(scenario())
