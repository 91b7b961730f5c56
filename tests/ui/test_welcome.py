"""The first start: whose token it is, or the demo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox
from pytestqt.qtbot import QtBot
from settingsbench import TITLES, Bench

from alltick_desk.store.secrets import Place
from alltick_desk.ui.welcome import WelcomeDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


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
