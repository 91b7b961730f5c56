"""The settings dialog, by mouse and keyboard: what it hands out, refuses and never shows."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from alltick_desk.errors import StoreError
from alltick_desk.model.secret import Token
from alltick_desk.model.settings import Settings, VendorSettings
from alltick_desk.store.keyring import KeyringState
from alltick_desk.store.secrets import Place
from alltick_desk.ui.settings import (
    Account,
    SettingsChange,
    SettingsDialog,
    SettingsSnapshot,
    TokenChange,
)
from alltick_desk.ui.welcome import WelcomeDialog
from alltick_desk.vendors.limits import limit_fields
from alltick_desk.vendors.plans import PLANS, plan_named

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def account(place: Place | None = None) -> Account:
    return Account(
        "alltick",
        "AllTick",
        PLANS["alltick"],
        "https://quote.alltick.co",
        place,
        "ALLTICK_TOKEN",
    )


TITLES = {"alltick": "AllTick", "itick": "iTick"}
ITICK = Account("itick", "iTick", PLANS["itick"], "https://api.itick.org", None, "ITICK_TOKEN")


class Bench:
    """A dialog and what it handed out."""

    def __init__(
        self,
        qtbot: QtBot,
        *,
        settings: Settings | None = None,
        place: Place | None = None,
        keyring: KeyringState = KeyringState.READY,
        offers_file: bool = True,
    ) -> None:
        self.changes: list[SettingsChange] = []
        self.trouble: Exception | None = None
        self.snapshot = SettingsSnapshot(
            settings or Settings(), (account(place), ITICK), keyring, offers_file
        )
        self.looked: list[str] = []
        self.dialog = SettingsDialog(self.snapshot, self._take, on_vendor=self.looked.append)
        qtbot.addWidget(self.dialog)
        self.dialog.open()

    def _take(self, change: SettingsChange) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.changes.append(change)

    def named(self, name: str) -> QWidget:
        """Find a widget as a screen reader does."""
        for widget in self.dialog.findChildren(QWidget):
            if widget.accessibleName() == name and widget.isVisibleTo(self.dialog):
                return widget
        raise AssertionError(f"nothing is called {name}")

    def click(self, name: str) -> None:
        widget = self.named(name)
        assert isinstance(widget, QAbstractButton)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def write(self, name: str, text: str) -> None:
        edit = self.named(name)
        assert isinstance(edit, QLineEdit)
        edit.setFocus()
        edit.selectAll()
        QTest.keyClick(edit, Qt.Key.Key_Delete)
        QTest.keyClicks(edit, text)

    def choose(self, name: str, text: str) -> None:
        combo = self.named(name)
        assert isinstance(combo, QComboBox)
        combo.setFocus()
        QTest.keyClick(combo, Qt.Key.Key_Home)
        for _ in range(combo.count()):
            if combo.currentText() == text:
                return
            QTest.keyClick(combo, Qt.Key.Key_Down)
        raise AssertionError(f"{name} does not offer {text}")

    def page(self, page: str) -> None:
        self.dialog.show_page(page)
        QApplication.processEvents()

    def words(self) -> str:
        """Everything that stands on the dialog now."""
        return "\n".join(
            label.text()
            for label in self.dialog.findChildren(QLabel)
            if label.isVisibleTo(self.dialog)
        )

    @property
    def change(self) -> SettingsChange:
        (change,) = self.changes
        return change


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


def test_a_token_is_masked_shown_on_wish_and_handed_out_once(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    edit = bench.named("Token")
    assert isinstance(edit, QLineEdit)
    bench.write("Token", "secret-MARK")
    assert edit.echoMode() is QLineEdit.EchoMode.Password
    interface = QAccessible.queryAccessibleInterface(edit)
    assert "MARK" not in interface.text(QAccessible.Text.Value)
    bench.click("Show the token")
    assert edit.displayText() == "secret-MARK"
    bench.click("Show the token")
    assert "MARK" not in edit.displayText()
    assert "MARK" not in repr(bench.dialog._drafts)
    bench.click("Apply")
    assert bench.dialog.isVisible()
    assert bench.change.tokens == {"alltick": TokenChange(Token("secret-MARK"), Place.KEYRING)}
    assert edit.text() == ""
    shown = repr(bench.change) + repr(bench.dialog._drafts) + bench.words()
    assert "MARK" not in shown
    bench.click("OK")
    assert bench.changes[1].tokens == {}


def test_what_cannot_be_a_token_is_said_in_place(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.write("Token", "two words")
    assert "no spaces" in bench.words()
    bench.click("OK")
    assert bench.changes == []
    assert bench.dialog.isVisible()
    assert "Nothing was changed yet" in bench.words()
    bench.write("Token", "one")
    assert "no spaces" not in bench.words()


@pytest.mark.parametrize(
    ("choice", "place", "warning"),
    [
        ("The system's keyring", Place.KEYRING, "encrypted"),
        ("Memory, for this session only", Place.SESSION, "again at the next start"),
        ("A file that only you can read", Place.FILE, "not encrypted"),
    ],
)
def test_a_place_is_chosen_and_its_price_told(
    qtbot: QtBot, choice: str, place: Place, warning: str
) -> None:
    bench = Bench(qtbot)
    bench.choose("Keep the token in", choice)
    assert warning in bench.words()
    bench.write("Token", "abc")
    bench.click("OK")
    assert bench.change.tokens["alltick"].place is place


def test_a_token_can_be_moved_and_forgotten(qtbot: QtBot) -> None:
    bench = Bench(qtbot, place=Place.FILE)
    assert "in a file" in bench.words()
    bench.choose("Keep the token in", "The system's keyring")
    bench.click("Apply")
    assert bench.changes[0].tokens == {"alltick": TokenChange(None, Place.KEYRING)}
    bench.click("Forget the token")
    assert "is forgotten when you apply" in bench.words()
    bench.click("Apply")
    assert bench.changes[1].tokens == {"alltick": TokenChange(None, None)}


def test_a_token_from_the_environment_cannot_be_edited(qtbot: QtBot) -> None:
    bench = Bench(qtbot, place=Place.ENVIRONMENT)
    assert "environment variable ALLTICK_TOKEN" in bench.words()
    assert not bench.named("Token").isEnabled()
    assert not bench.named("Show the token").isEnabled()
    assert not bench.named("Forget the token").isEnabled()
    bench.click("OK")
    assert bench.change.tokens == {}


def test_no_keyring_and_no_file_leave_the_session(qtbot: QtBot) -> None:
    bench = Bench(qtbot, keyring=KeyringState.MISSING, offers_file=False)
    combo = bench.named("Keep the token in")
    assert isinstance(combo, QComboBox)
    assert [combo.itemText(index) for index in range(combo.count())] == [
        "Memory, for this session only"
    ]
    assert "no keyring on this system" in bench.words()


@pytest.mark.parametrize(
    ("keyring", "words"),
    [
        (KeyringState.WAITING, "Waiting for your keyring"),
        (KeyringState.LOCKED, "is locked"),
        (KeyringState.FAULTY, "does not work"),
    ],
)
def test_what_the_keyring_says_comes_later_and_keeps_what_was_typed(
    qtbot: QtBot, keyring: KeyringState, words: str
) -> None:
    bench = Bench(qtbot)
    bench.write("Token", "abc")
    snapshot = bench.snapshot
    bench.dialog.refresh(
        SettingsSnapshot(snapshot.settings, snapshot.accounts, keyring, offers_file=True)
    )
    assert words in bench.words()
    edit = bench.named("Token")
    assert isinstance(edit, QLineEdit)
    assert edit.text() == "abc"


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


@pytest.mark.parametrize(
    ("place", "alone", "stays"),
    [(None, True, False), (None, False, True), (Place.KEYRING, True, True)],
)
def test_beginning_with_the_second_vendor(
    qtbot: QtBot, place: Place | None, *, alone: bool, stays: bool
) -> None:
    bench = Bench(qtbot, place=place)
    bench.dialog.begin_with("itick", alone=alone)
    QApplication.processEvents()
    vendor = bench.named("Vendor")
    assert isinstance(vendor, QComboBox)
    assert vendor.currentText() == "iTick"
    assert QApplication.focusWidget() is bench.named("Token")
    QTest.keyClicks(bench.named("Token"), "abc")
    bench.click("OK")
    settings = bench.change.settings
    assert settings.vendor("itick").enabled
    assert settings.vendor("alltick").enabled is stays


@pytest.mark.parametrize(
    ("button", "answer"), [("enterToken", ["alltick"]), ("tryDemo", ["demo"]), ("", [])]
)
def test_welcome(qtbot: QtBot, button: str, answer: list[str]) -> None:
    answers: list[str] = []
    dialog = WelcomeDialog(
        answers.append, lambda: answers.append("demo"), vendors=TITLES, vendor="alltick"
    )
    qtbot.addWidget(dialog)
    dialog.open()
    if button:
        widget = dialog.findChild(QAbstractButton, button)
        assert widget is not None
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert answers == answer
    assert not dialog.isVisible()


def test_welcome_asks_whose_token_it_is(qtbot: QtBot) -> None:
    answers: list[str] = []
    dialog = WelcomeDialog(answers.append, lambda: None, vendors=TITLES, vendor="alltick")
    qtbot.addWidget(dialog)
    dialog.open()
    vendor = dialog.findChild(QComboBox)
    assert vendor is not None
    assert vendor.accessibleName() == "Vendor"
    vendor.setFocus()
    QTest.keyClick(vendor, Qt.Key.Key_Down)
    button = dialog.findChild(QAbstractButton, "enterToken")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert answers == ["itick"]


def test_the_vendor_whose_pages_are_shown_is_told(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.choose("Vendor", "iTick")
    bench.choose("Vendor", "AllTick")
    assert bench.looked == ["itick", "alltick"]
    bench.choose("Vendor", "iTick")
    accounts = (account(), replace(ITICK, place=Place.KEYRING))
    bench.dialog.refresh(SettingsSnapshot(Settings(), accounts, KeyringState.READY))
    assert "lies in your system's keyring" in bench.words()
