"""What the list claims of every row, and that it claims nothing else: all states at once.

The clock stands on a Wednesday at ten in the morning in Hong Kong and Shanghai, which is Tuesday
evening in New York.
"""

import contextlib
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from desk_under_test import TOKEN, RunningDesk, desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QApplication, QTableView
from venue import PacedClock, venue_open

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.market_hours import known_hours
from alltick_desk.sim.script import Fault, Script

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)

RATE = 20.0
MORNING_MS = 1_767_751_200_000  # 2026-01-07 10:00 in Hong Kong and Shanghai
NOON_MS = MORNING_MS + (2 * 60 + 15) * 60_000  # 12:15 there: both rest
HOLIDAY_MS = 1_771_380_000_000  # 2026-02-18 10:00, the second day of the lunar new year
BOTH = {"alltick": TOKEN, "itick": "another-token-of-the-other-vendor"}

CHINA = {
    "600519.SH": "Limit up",
    "300750.SZ": "Limit down",
    "601318.SH": "Halted",
    "002594.SZ": "Halted or delisted",
    "600036.SH": "Live",
    "600000.SH": "Stale",
    "601398.SH": "Quiet",
    "700.HK": "Not in plan",
    "999999.SH": "Unknown code",
}
ITICK = {
    "AAPL.US": "Market closed",  # it is evening there
    "TSLA.US": "Live",  # and this one trades all the same
    "MSFT.US": "Halted",
    "NVDA.US": "Beyond plan",
}
NOBODYS = InstrumentKey("elsewhere", "XYZ")


@contextlib.asynccontextmanager
async def desk_at(
    time_ms: int, folder: Path, script: Script, *, symbols: tuple[str, ...], plan: str = "cn"
) -> AsyncIterator[RunningDesk]:
    """Run a desk of both vendors by the real exchanges' hours; its clock begins at a moment."""
    clock = PacedClock(RATE)
    clock._epoch_ms = time_ms
    with clock.running():
        async with (
            venue_open(plan=plan, itick_plan="free", script=script, clock=clock) as venue,
            desk_running(
                folder,
                venue=venue,
                plan=plan,
                also={"itick": "free"},
                symbols=symbols,
                tokens=BOTH,
                hours=known_hours(),
            ) as d,
        ):
            yield d


def detail(d: RunningDesk, code: str) -> str:
    return d.row(code).state_detail


def tip(d: RunningDesk, code: str) -> str:
    """Return what the pointer would be told over the state of a row."""
    table = d.front.window.findChild(QTableView, "watchlist.table")
    model = table.model()
    (row,) = [row for row in range(model.rowCount()) if model.index(row, 0).data() == code]
    written = str(model.index(row, model.columnCount() - 1).data(Qt.ItemDataRole.ToolTipRole))
    return QTextDocumentFragment.fromHtml(written).toPlainText()  # a long tip is HTML, to wrap


def test_every_state_is_told_with_its_reason_and_its_remedy(
    tmp_path: Path, qapp: QApplication
) -> None:
    script = Script(
        faults=[
            Fault(do="limit", codes=["600519.SH"]),
            Fault(do="limit", codes=["300750.SZ"], side="asks"),
            Fault(do="halt", codes=["601318.SH", "MSFT.US"]),
            Fault(do="shut", codes=["601398.SH", "AAPL.US"]),
        ]
    )

    async def scenario() -> None:
        async with desk_at(MORNING_MS, tmp_path, script, symbols=tuple(CHINA)) as d:
            other = d.about("itick")
            keys = [InstrumentKey("itick", code) for code in ITICK]
            d.front.watchlist.add([*keys, NOBODYS])
            await d.until(lambda: d.state("600000.SH") == d.state("002594.SZ") == "Live")
            d.exchange.fault("delist", codes=["002594.SZ"])
            # Late is what has ticked at a pace of its own before.
            await d.until(lambda: d.row("600000.SH").beats > 8)
            d.exchange.fault("shut", codes=["600000.SH"])
            for seen, words in ((d, CHINA), (other, ITICK)):
                for code, state in words.items():
                    await d.until(
                        lambda seen=seen, code=code, state=state: seen.state(code) == state,
                        f"{code} is {state}",
                    )
            await d.until(lambda: d.front.board.row(NOBODYS).state.value == "Offline")
            assert {code: d.state(code) for code in CHINA} == CHINA
            assert {code: other.state(code) for code in ITICK} == ITICK

            assert "upper limit" in detail(d, "600519.SH")
            assert d.row("600519.SH").last == d.row("600519.SH").bid
            assert "lower limit" in detail(d, "300750.SZ")
            assert "list of suspensions it is halted since 2026-01-07" in detail(d, "601318.SH")
            assert "empty on both sides" in detail(d, "002594.SZ")
            assert "have stopped coming" in detail(d, "600000.SH")
            assert "its market is open; nothing came yet" in detail(d, "601398.SH")
            assert "2026-01-07 09:30 by its own clock" in detail(other, "AAPL.US")
            assert detail(other, "TSLA.US") == "It trades outside regular hours."
            assert "suspended" in detail(other, "MSFT.US") or "halted" in detail(other, "MSFT.US")
            assert "Number 4 of 3" in detail(other, "NVDA.US")
            for row in (*d.rows(), *other.rows()):
                assert bool(row.state_remedy) is (row.state.value != "Live"), row.key
            assert "token" not in tip(d, "XYZ")
            assert "Also watch at" in tip(d, "XYZ")
            apart = r"Last price \d+ (s|min) ago, last order book \d+ s ago\.$"
            assert re.search(apart, tip(d, "002594.SZ"))
            assert tip(d, "600036.SH").startswith("Requested, sent ")
            assert "acknowledged. First tick " in tip(d, "600036.SH")
            assert "Requested" not in tip(d, "999999.SH")
            shown = {row["Code"]: row["State"] for row in d.shown()["watchlist"]}
            assert shown == {**CHINA, **ITICK, "XYZ": "Offline"}
        assert not d.exchange.breaches

    play(scenario())


def test_what_was_halted_or_shut_is_live_again_with_its_first_tick(
    tmp_path: Path, qapp: QApplication
) -> None:
    codes = ("601318.SH", "601398.SH", "002594.SZ")
    script = Script(
        faults=[
            Fault(do="halt", codes=[codes[0]]),
            Fault(do="shut", codes=[codes[1]]),
            Fault(do="delist", codes=[codes[2]]),
        ]
    )

    async def scenario() -> None:
        async with desk_at(MORNING_MS, tmp_path, script, symbols=codes) as d:
            words = ["Halted", "Quiet", "Halted or delisted"]
            await d.until(lambda: [d.state(code) for code in codes] == words)
            d.exchange.heal()
            await d.until(d.live)
            assert all(row.state_remedy == "" for row in d.rows())

    play(scenario())


def test_a_rest_at_noon_and_a_holiday_close_a_market_that_is_silent(
    tmp_path: Path, qapp: QApplication
) -> None:
    codes = ("700.HK", "9988.HK", "BTCUSDT")
    script = Script(faults=[Fault(do="shut")])

    async def scenario(time_ms: int, told: str) -> None:
        async with desk_at(time_ms, tmp_path, script, symbols=codes, plan="premium") as d:
            words = ["Market closed", "Market closed", "Quiet"]
            await d.until(lambda: [d.state(code) for code in codes] == words)
            assert told in detail(d, "700.HK")
            script.faults.clear()
            await d.until(d.live)  # a tick is stronger than any table
            assert detail(d, "700.HK") == "It trades outside regular hours."
            assert detail(d, "BTCUSDT") == ""

    play(scenario(NOON_MS, "it goes on at 2026-01-07 13:00 by its own clock"))
    script.faults.append(Fault(do="shut"))
    play(scenario(HOLIDAY_MS, "closed for a holiday; it opens at 2026-02-20 09:30"))
