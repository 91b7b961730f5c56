"""How far built bars were off, and since when: what the dialog about the bars says of it."""

from collections.abc import Callable

import pytest
from chartscene import Scene, minute, minutes
from PySide6.QtWidgets import QApplication

from alltick_desk.model.instrument import Market
from alltick_desk.ui.chart.about_bars import AboutBars

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


def words(scene: Scene) -> str:
    """Open the dialog by the chart's menu; return what it says of built bars."""
    scene.choose("about")
    (dialog,) = scene.panel.findChildren(AboutBars)
    return dict(dialog.figures)["Built bars:"]


def compared(make_chart: Callable[..., Scene]) -> Scene:
    """A chart in which one built bar was compared."""
    scene = make_chart(candles=minutes(20), market=Market.CRYPTO)
    for second in (10, 61, 121):  # bars of two minutes are built, the second from its first trade
        scene.trade(second, "600.000")
    scene.answer = [*minutes(20), minute(1, 599.010), minute(2, 600.0)]
    scene.session._ask_newest()  # as it does when a bar has ended
    QApplication.processEvents()
    return scene


def test_they_say_over_how_many_bars_and_since_when(make_chart: Callable[..., Scene]) -> None:
    scene = compared(make_chart)
    drift = scene.session.drift
    assert drift is not None
    assert drift.since_s == minute(1, 1.0).time_s
    first, details = words(scene).split("\n")
    assert first == f"{drift.mean_percent:.4f} % over one bar since 2026-11-20."
    assert f"({drift.mean_steps:.2f} steps of 0.001)" in details
    assert f"{drift.worst_steps:.0f} steps" in details


def test_without_a_known_beginning_they_name_none(make_chart: Callable[..., Scene]) -> None:
    scene = compared(make_chart)
    past = scene.session._past
    assert past is not None
    past.history._drift = past.history._drift._replace(since_s=None, bars=1204)
    assert words(scene).split("\n")[0].endswith(" % over 1,204 bars.")
