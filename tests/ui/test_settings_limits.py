"""The settings' plan, its limits and the address: checked as they are typed."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from settingsbench import Bench

from alltick_desk.vendors.limits import limit_fields
from alltick_desk.vendors.plans import plan_named

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_the_plan_and_its_limits_go_together(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.choose("Plan", "Premium")
    bench.page("limits")
    assert "AllTick, plan Premium" in bench.words()
    edits = {edit.objectName() for edit in bench.dialog.findChildren(QLineEdit)}
    assert {field.id for field in limit_fields(plan_named("alltick", "premium"))} <= edits
    assert "10 in 1 s" in bench.words()
    bench.click("OK")
    assert bench.change.settings.vendor("alltick").plan == "premium"


def test_a_limit_is_overridden_and_reset(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.page("limits")
    bench.write("Connections of one family, connections", "3")
    bench.write("All calls together, seconds", "1.5")
    bench.write("All calls in a day, calls", "14,400")
    assert "Figures of your own: 3." in bench.words()
    bench.click("Reset Connections of one family")
    assert "Figures of your own: 2." in bench.words()
    bench.click("Apply")
    overrides = bench.change.settings.vendor("alltick").overrides
    assert overrides == {"rate.all.0.seconds": 1.5, "calls_per_day": 14_400.0}
    bench.click("Reset all limits")
    bench.click("Apply")
    assert bench.changes[1].settings.vendor("alltick").overrides == {}


def test_the_plans_own_figure_is_no_override(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.page("limits")
    bench.write("Connections of one family, connections", "1")
    bench.click("OK")
    assert bench.change.settings.vendor("alltick").overrides == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0", "must lie between 1 and 100."),
        ("1000", "must lie between 1 and 100."),
        ("1.5", "must be a whole number."),
        ("many", "not a number."),
        ("nan", "must lie between"),
    ],
)
def test_out_of_bounds_is_explained_in_place_and_not_applied(
    qtbot: QtBot, text: str, words: str
) -> None:
    bench = Bench(qtbot)
    bench.page("limits")
    bench.write("Connections of one family, connections", text)
    assert words in bench.words()
    bench.page("account")
    bench.click("OK")
    assert bench.changes == []
    assert bench.named("Connections of one family, connections").isVisible()
    assert "Nothing was changed yet" in bench.words()


def test_the_address_is_checked_as_it_is_typed(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.page("connection")
    bench.write("Address", "http://quote.alltick.co")
    assert "goes to this machine only (127.0.0.1" in bench.words()
    bench.click("OK")
    assert bench.changes == []
    bench.write("Address", "http://127.0.0.1:18080/")
    bench.click("OK")
    assert bench.change.settings.vendor("alltick").endpoint == "http://127.0.0.1:18080"
