"""Both vendors at once: each with its own token, plan and budget, and its own good and bad days."""

from pathlib import Path

import pytest
from desk_under_test import TOKEN, RunningDesk, desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QToolButton,
)

from alltick_desk.sim.limits import describe
from alltick_desk.ui.settings import SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)

RATE = 20.0
BOTH = {"alltick": TOKEN, "itick": "another-token-of-the-other-vendor"}
SHARED = ("700.HK", "BTCUSDT")


async def _side_by_side(d: RunningDesk) -> RunningDesk:
    """List the same instruments of both vendors; return the desk as the second one sees it."""
    other = d.about("itick")
    await d.until(lambda: d.codes() == list(SHARED))
    for code in SHARED:
        d.front.panel.choose_vendor("itick")
        await d.act(lambda code=code: d.type_symbol(code))  # type: ignore[misc]
    await d.until(lambda: other.codes() == list(SHARED))
    await d.until(lambda: d.live() and other.live())
    await d.until(lambda: all(row.last for row in (*d.rows(), *other.rows())))
    return other


def test_the_same_instrument_stands_side_by_side(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(
            tmp_path, plan="free", also={"itick": "base"}, symbols=SHARED, tokens=BOTH, rate=RATE
        ) as d:
            other = await _side_by_side(d)
            assert (d.provider.plan.name, other.provider.plan.name) == ("free", "base")
            await d.until(
                lambda: d.subscribed("trades") == other.subscribed("trades") == set(SHARED)
            )
            await d.until(lambda: all(row.change is not None for row in (*d.rows(), *other.rows())))
            shown = d.shown()["watchlist"]
            assert [(row["Vendor"], row["Code"]) for row in shown] == [
                *(("alltick", code) for code in SHARED),
                *(("itick", code) for code in SHARED),
            ]
            # One market, two vendors: nearly one price.
            for code in SHARED:
                prices = [float(d.row(code).last), float(other.row(code).last)]
                assert prices[0] == pytest.approx(prices[1], rel=0.01)
            for asked, vendor in ((d, "alltick"), (other, "itick")):
                await d.act(lambda asked=asked: asked.select("700.HK"))  # type: ignore[misc]
                key = f"{vendor}:700.HK"
                await d.until(lambda key=key: str(d.front.book.key) == key)  # type: ignore[misc]
                await d.until(lambda: d.shown()["chart"].get("instrument") == "700.HK")
                await d.until(lambda: d.shown()["chart"]["bars"] >= 300)
                assert asked.calls("kline")
            accounts = {it.account for it in (*d.connections(), *other.connections())}
            assert len(accounts) == 2  # a token each
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_each_spends_its_own_budget(tmp_path: Path, qapp: QApplication) -> None:
    """AllTick's Free gives a chart in ten seconds; the other vendor's Base does not wait for it."""

    async def scenario() -> None:
        async with desk_running(
            tmp_path, plan="free", also={"itick": "base"}, symbols=SHARED, tokens=BOTH, rate=RATE
        ) as d:
            other = await _side_by_side(d)
            await d.until(lambda: all(row.change is not None for row in (*d.rows(), *other.rows())))
            await d.during(12)
            begun_s = await d.from_now()
            await d.act(lambda: d.select("BTCUSDT"))
            for interval in ("5m", "1h"):
                await d.act(d.find(QToolButton, f"interval_{interval}").click)
                await d.during(2)
            assert len(d.calls("kline", begun_s)) == 1  # the next one waits for its ten seconds
            await d.act(lambda: other.select("BTCUSDT"))
            for interval, number in (("5m", "2"), ("15m", "3"), ("30m", "4")):
                await d.act(d.find(QToolButton, f"interval_{interval}").click)
                await d.until(lambda number=number: number in _asked(other))  # type: ignore[misc]
            assert len(d.calls("kline", begun_s)) == 1, "AllTick's wait held nobody else up"
            spent = {it: about.provider.throttle.budget() for it, about in _each(d).items()}
            assert spent["alltick"].left_today is not None
            assert spent["itick"].left_today is None
            for vendor in BOTH:
                await d.until(lambda vendor=vendor: _used(d, vendor) == _arrived(d, vendor))  # type: ignore[misc]
                assert _arrived(d, vendor) > 1
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def _used(d: RunningDesk, vendor: str) -> int:
    """Return what a vendor's budget says of the last minute, in which the test began."""
    return d.about(vendor).provider.throttle.budget().used_minute


def _arrived(d: RunningDesk, vendor: str) -> int:
    return sum((it.kind, it.vendor) == ("http", vendor) for it in d.exchange.journal)


def _asked(d: RunningDesk) -> set[str]:
    """Return the kinds of bars that charts have asked iTick for."""
    return {it.document["kType"] for it in d.calls("kline")}


def _each(d: RunningDesk) -> dict[str, RunningDesk]:
    return {vendor: d.about(vendor) for vendor in ("alltick", "itick")}


@pytest.mark.parametrize("failing", ["alltick", "itick"])
def test_one_fails_and_the_other_lives_on(failing: str, tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(
            tmp_path, plan="basic", also={"itick": "base"}, symbols=SHARED, tokens=BOTH, rate=RATE
        ) as d:
            await _side_by_side(d)
            desks = _each(d)
            ill = desks.pop(failing)
            (well,) = desks.values()
            d.exchange.fault("refuse", status=503, vendor=failing, lasts=15)
            d.exchange.fault("status", status=500, vendor=failing, lasts=15)
            d.exchange.fault("close", code=1011, vendor=failing)
            await d.until(lambda: ill.states() == {"Stale"})
            await d.during(10, lambda: well.live() and ill.states() == {"Stale"})
            await d.act(lambda: well.select("BTCUSDT"))
            await d.act(d.find(QToolButton, "interval_5m").click)
            await d.until(lambda: d.shown()["chart"]["bars"] >= 300)
            await d.until(ill.live)
            assert well.live()
            assert all(pool.reconnects == 0 for pool in well.provider.health().values())
            d.exchange.fault("token", vendor=failing)
            d.exchange.fault("drop", vendor=failing)
            await d.until(lambda: ill.states() == {"Offline"})
            await d.during(20, well.live)
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_a_vendor_is_switched_off_and_on_without_a_restart(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(
            tmp_path, plan="basic", also={"itick": "base"}, symbols=SHARED, tokens=BOTH, rate=RATE
        ) as d:
            other = await _side_by_side(d)
            await _switch(d, "itick")
            await d.until(lambda: other.states() == {"Offline"} and not other.connections())
            assert all("iTick is not in use" in row.state_detail for row in other.rows())
            assert all(row.last for row in other.rows())
            begun_s = await d.from_now()
            await d.during(10, d.live)
            assert other.handshakes(begun_s) == []
            await _switch(d, "itick")
            await d.until(lambda: other.live() and d.live())
            await d.until(lambda: other.subscribed("trades") == set(SHARED))
            assert other.provider.plan.name == "base"
            await _switch(d, "alltick")
            await d.until(lambda: d.states() == {"Offline"} and not d.connections())
            await d.during(10, other.live)
            assert await d.close() == 0
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


async def _switch(d: RunningDesk, vendor: str) -> None:
    """Switch a vendor on or off in the settings, and close them."""
    await d.act(d.find(QAction, "window.settings").trigger)
    await d.until(lambda: d.dialog(SettingsDialog))
    dialog = d.dialog(SettingsDialog)
    assert dialog is not None
    box = dialog.findChild(QComboBox, "vendor")
    enabled = dialog.findChild(QCheckBox, "vendorEnabled")
    buttons = dialog.findChild(QDialogButtonBox, "settingsButtons")
    assert box is not None
    assert enabled is not None
    assert buttons is not None
    await d.act(lambda: box.setCurrentIndex(box.findData(vendor, Qt.ItemDataRole.UserRole)))
    await d.act(enabled.click)
    await d.act(buttons.button(QDialogButtonBox.StandardButton.Ok).click)
    await d.until(lambda: d.dialog(SettingsDialog) is None)
