"""The settings dialog, by mouse and keyboard: what it hands out, and what it says of itself."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot
from settingsbench import ITICK, Bench, account

from alltick_desk.errors import StoreError
from alltick_desk.model.secret import Token
from alltick_desk.model.settings import Settings, VendorSettings
from alltick_desk.store.keyring import KeyringState
from alltick_desk.store.secrets import Place
from alltick_desk.ui.settings import SettingsSnapshot, TokenChange
from alltick_desk.vendors.limits import limit_fields
from alltick_desk.vendors.plans import PLANS, plan_named

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_nothing_typed_changes_nothing(qtbot: QtBot) -> None:
    settings = Settings().with_vendor(
        "alltick",
        VendorSettings(enabled=True, plan="basic", overrides={"connections": 2.0, "other": 5.0}),
    )
    bench = Bench(qtbot, settings=settings, place=Place.KEYRING)
    assert not bench.named("Apply").isEnabled()
    bench.click("OK")
    changed = bench.change.settings
    assert changed.vendor("alltick") == settings.vendor("alltick")
    assert bench.change.tokens == {}
    assert not bench.dialog.isVisible()


def test_cancel_hands_out_nothing(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.choose("Plan", "Premium")
    bench.click("Cancel")
    assert bench.changes == []
    assert not bench.dialog.isVisible()


def test_names_for_a_screen_reader(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    interface = QAccessible.queryAccessibleInterface(bench.dialog)
    assert interface.text(QAccessible.Text.Name) == "Settings"
    for name in ("Vendor", "Plan", "Token", "Show the token", "Keep the token in", "OK"):
        assert bench.named(name)


def test_vendors_are_edited_side_by_side(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.choose("Plan", "Basic")
    bench.choose("Vendor", "iTick")
    box = bench.named("Use this vendor")
    assert isinstance(box, QCheckBox)
    assert not box.isChecked()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    bench.write("Token", "itick-token")
    bench.choose("Plan", "Professional")
    bench.choose("Vendor", "AllTick")
    bench.click("OK")
    settings = bench.change.settings
    assert settings.vendor("alltick").plan == "basic"
    assert settings.vendor("itick") == VendorSettings(enabled=True, plan="professional")
    assert bench.change.tokens == {"itick": TokenChange(Token("itick-token"), Place.KEYRING)}


def test_looks(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.page("appearance")
    bench.choose("Theme", "Dark")
    bench.choose("Language", "简体中文")
    bench.choose("Rise and fall", "Blue is up, orange is down")
    bench.click("OK")
    settings = bench.change.settings
    assert (settings.theme, settings.lang, settings.palette) == ("dark", "zh_CN", "blue_orange")


def test_the_table(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.page("table")
    bench.choose("When a price changes", "Colour the digits that changed")
    bench.choose("Height of the rows", "Roomy")
    bench.choose("Size of the letters", "150 %")
    bench.choose("Digits of prices", "Five figures")
    bench.choose("Figures stand", "In the middle")
    QTest.keyClick(bench.named("Shade every other row"), Qt.Key.Key_Space)
    bench.click("OK")
    settings = bench.change.settings
    assert (settings.changes, settings.row_height, settings.table_font) == ("digits", "roomy", 150)
    assert (settings.digits, settings.alignment, settings.zebra) == ("five", "centre", True)


def test_what_the_desk_cannot_do_is_said_and_nothing_is_lost(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.write("Token", "abc")
    bench.trouble = StoreError("The disk is full.")
    bench.click("OK")
    assert bench.dialog.isVisible()
    assert "The disk is full." in bench.words()
    bench.trouble = None
    bench.click("OK")
    assert bench.change.tokens["alltick"].token == Token("abc")


def test_another_language_builds_it_anew_and_keeps_what_was_typed(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.write("Token", "abc")
    bench.page("appearance")
    bench.choose("Theme", "Dark")
    QApplication.sendEvent(bench.dialog, QEvent(QEvent.Type.LanguageChange))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    bench.click("OK")
    assert bench.change.settings.theme == "dark"
    assert bench.change.tokens["alltick"].token == Token("abc")


def test_the_second_vendor_is_off_at_first_and_complete(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.choose("Vendor", "iTick")
    use = bench.named("Use this vendor")
    assert isinstance(use, QCheckBox)
    assert not use.isChecked()
    token = bench.named("Token")
    assert isinstance(token, QLineEdit)
    assert token.echoMode() is QLineEdit.EchoMode.Password
    plans = bench.named("Plan")
    assert isinstance(plans, QComboBox)
    assert [plans.itemText(place) for place in range(plans.count())] == [
        plan.title for plan in PLANS["itick"]
    ]
    QTest.mouseClick(use, Qt.MouseButton.LeftButton)
    bench.choose("Plan", "Base")
    bench.write("Token", "abc")
    bench.page("limits")
    for limit in limit_fields(plan_named("itick", "base")):
        assert bench.dialog.findChild(QLineEdit, limit.id) is not None
    bench.page("connection")
    address = bench.named("Address")
    assert isinstance(address, QLineEdit)
    assert address.placeholderText() == "https://api.itick.org"
    bench.click("OK")
    chosen = bench.change.settings.vendor("itick")
    assert (chosen.enabled, chosen.plan) == (True, "base")
    assert bench.change.settings.vendor("alltick").enabled
    assert bench.change.tokens == {"itick": TokenChange(Token("abc"), Place.KEYRING)}


def test_the_vendor_whose_pages_are_shown_is_told(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.choose("Vendor", "iTick")
    bench.choose("Vendor", "AllTick")
    assert bench.looked == ["itick", "alltick"]
    bench.choose("Vendor", "iTick")
    accounts = (account(), replace(ITICK, place=Place.KEYRING))
    bench.dialog.refresh(SettingsSnapshot(Settings(), accounts, KeyringState.READY))
    assert "lies in your system's keyring" in bench.words()
