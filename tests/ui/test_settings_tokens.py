"""The settings' token: masked, kept where the person says, and never given away."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot
from settingsbench import Bench

from alltick_desk.model.secret import Token
from alltick_desk.store.keyring import KeyringState
from alltick_desk.store.secrets import Place
from alltick_desk.ui.settings import SettingsSnapshot, TokenChange

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


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
