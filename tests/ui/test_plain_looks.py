"""Dialogs carry no icons of another age, and in the dark one sees where to write."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

import alltick_desk.ui
from alltick_desk.ui.plain_buttons import plain_buttons
from alltick_desk.ui.theme import apply_theme, make_theme

_Button = QDialogButtonBox.StandardButton


def test_buttons_lose_what_a_desktop_puts_on_them(qtbot: QtBot) -> None:
    box = QDialogButtonBox(_Button.Ok | _Button.Close)
    qtbot.addWidget(box)
    mark = QPixmap(16, 16)
    mark.fill(QColor("red"))
    for button in box.buttons():
        button.setIcon(QIcon(mark))
    assert plain_buttons(box) is box
    assert [button.icon().isNull() for button in box.buttons()] == [True, True]


def test_every_dialog_has_plain_buttons() -> None:
    folder = Path(next(iter(alltick_desk.ui.__path__)))
    carrying = [
        path.name
        for path in folder.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "= QDialogButtonBox(" in line and "QDialogButtonBox(self)" not in line
    ]
    assert carrying == []


def contrast(one: QColor, other: QColor) -> float:
    """The ratio that readers of little sight need: from 1 to 21."""

    def light(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        lit = [x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
        return 0.2126 * lit[0] + 0.7152 * lit[1] + 0.0722 * lit[2]

    dim, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("kind", [QLineEdit, QDoubleSpinBox, QComboBox, QPlainTextEdit, QCheckBox])
def test_in_the_dark_a_field_has_an_edge_that_can_be_seen(
    qapp: QApplication, qtbot: QtBot, kind: type[QWidget]
) -> None:
    palette, style = qapp.palette(), qapp.style().name()
    theme = make_theme(dark=True)
    try:
        qapp.setStyle("Fusion")
        apply_theme(qapp, theme)
        field = kind()
        qtbot.addWidget(field)
        field.resize(120, 40)
        image = field.grab().toImage()
        y = image.height() // 2
        edge = 8 if kind is QCheckBox else 4  # pixels; a box stands a little off
        best = max(contrast(image.pixelColor(x, y), theme.base) for x in range(edge))
        assert best >= 2.9
        apply_theme(qapp, make_theme(dark=False))
        assert kind().palette().window().color() == make_theme(dark=False).window
    finally:
        qapp.setStyle(style)
        qapp.setPalette(palette)
