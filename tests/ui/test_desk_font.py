"""The font: the system's own, with simplified Chinese behind it."""

from PySide6.QtGui import QFont, QFontInfo
from pytestqt.qtbot import QtBot

from alltick_desk.ui.theme import desk_font


def test_the_systems_font_stays_first(qtbot: QtBot) -> None:
    del qtbot
    base = QFont()
    base.setPointSizeF(11.5)
    font = desk_font(base)
    assert font.families()[0] == QFontInfo(base).family()
    assert "Noto Sans CJK SC" in font.families()
    assert font.pointSizeF() == 11.5
    assert QFontInfo(font).family() == QFontInfo(base).family()
