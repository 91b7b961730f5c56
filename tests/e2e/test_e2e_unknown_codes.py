"""A list full of codes that do not exist: what is real in it streams, the rest is told apart."""

from pathlib import Path

import pytest
from desk_under_test import desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView

from alltick_desk.sim.limits import describe

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)

RUBBISH = [f"{n:06}.SH" for n in range(999_000, 999_120)]


def test_a_real_code_does_not_wait_behind_unknown_ones(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        symbols = [*RUBBISH[:9], "600000.SH", *RUBBISH[9:]]
        async with desk_running(tmp_path, symbols=symbols, rate=20.0) as d:
            await d.until(lambda: d.state("600000.SH") == "Live")
            unknown = [code for code in RUBBISH if d.state(code) == "Unknown code"]
            assert len(unknown) <= 3, "it waited"
            waiting = d.row(RUBBISH[60])
            assert "finding out which" in waiting.state_detail
            assert "the next tick makes it live" not in waiting.state_remedy
            await d.until(lambda: all(d.state(code) == "Unknown code" for code in RUBBISH[:20]))
            assert any(d.state(code) == "Waiting" for code in RUBBISH), "those in sight first"
            await d.until(lambda: d.row("600000.SH").previous_close)
            assert any(d.state(code) == "Waiting" for code in RUBBISH), "nor do its bars wait"
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_of_an_unknown_code_no_market_is_claimed(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        codes = ["700.HK", RUBBISH[0]]
        async with desk_running(tmp_path, symbols=codes, rate=20.0) as d:
            await d.until(lambda: [d.state(code) for code in codes] == ["Live", "Unknown code"])
            d.front.panel.choices.show(("code", "session"))
            model = d.front.window.findChild(QTableView).model()
            cells = [[model.index(row, column).data() for column in (0, 1)] for row in (0, 1)]
            assert cells == [["700.HK", "Open"], [RUBBISH[0], "—"]]
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_what_the_chart_was_told_the_row_says_too(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=["700.HK", *RUBBISH], rate=20.0) as d:
            await d.until(lambda: d.state("700.HK") == "Live")
            code = RUBBISH[80]
            assert d.state(code) == "Waiting"
            await d.act(lambda: d.select(code), lambda: d.press(Qt.Key.Key_Return))
            await d.until(lambda: "does not know this code" in str(d.chart.note))
            await d.until(lambda: d.state(code) == "Unknown code")
            assert any(d.state(it) == "Waiting" for it in RUBBISH), "found out by the stream"
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())
