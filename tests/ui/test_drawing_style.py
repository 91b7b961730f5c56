"""How drawings look: the dialog, by its own fields, and what becomes of it on the chart."""

from typing import TypeVar

import pytest
from drawdesk import CONTROL, DrawDesk
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from alltick_desk.model.drawings import KINDS, Kind
from alltick_desk.ui.chart.drawing_colours import ColourButton
from alltick_desk.ui.chart.drawing_style import StyleDialog
from alltick_desk.ui.theme import make_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

W = TypeVar("W", bound=QWidget)
SHARES = ((0.2, 0.7), (0.5, 0.3), (0.6, 0.6))


def opened(desk: DrawDesk) -> StyleDialog:
    desk.action("style").trigger()
    dialog = desk.drawings._dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def field(dialog: StyleDialog, kind: type[W], name: str) -> W:
    QApplication.processEvents()  # a new row shows itself then
    found = [it for it in dialog.findChildren(kind, name) if not it.isHidden()]
    assert found, name
    return found[-1]


def fields(dialog: StyleDialog) -> set[str]:
    names = {child.objectName() for child in dialog.findChildren(QWidget)}
    return {
        name.removeprefix("drawingStyle.") for name in names if name.startswith("drawingStyle.")
    }


def choose(dialog: StyleDialog, name: str, words: str) -> None:
    """Choose a colour from a button's menu."""
    button = field(dialog, ColourButton, f"drawingStyle.{name}")
    menu = button.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == words).trigger()


def press(dialog: StyleDialog, which: QDialogButtonBox.StandardButton) -> None:
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    QTest.mouseClick(box.button(which), Qt.MouseButton.LeftButton)


OK = QDialogButtonBox.StandardButton.Ok
CANCEL = QDialogButtonBox.StandardButton.Cancel


def test_what_is_chosen_is_seen_at_once_and_one_step(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    before = desk.draw(Kind.TREND, *SHARES)
    dialog = opened(desk)
    field(dialog, QDoubleSpinBox, "drawingStyle.width").setValue(3.5)
    assert desk.only.style.width == 3.5
    field(dialog, QComboBox, "drawingStyle.dash").setCurrentIndex(1)
    choose(dialog, "colour", "Fall")
    QTest.keyClicks(field(dialog, QLineEdit, "drawingStyle.text"), "Support")
    press(dialog, OK)
    style = desk.only.style
    assert (style.width, style.dash, style.colour, style.text) == (3.5, "dashed", "down", "Support")
    desk.action("undo").trigger()
    assert desk.only == before


def test_cancel_puts_everything_back(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    before = desk.draw(Kind.RECTANGLE, *SHARES)
    dialog = opened(desk)
    choose(dialog, "fill", "No fill")
    assert desk.only.style.fill == ""
    press(dialog, CANCEL)
    assert desk.only == before
    assert desk.drawings.style_for(Kind.RECTANGLE) == before.style


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_every_kind_is_asked_what_it_has(qtbot: QtBot, kind: Kind) -> None:
    desk = DrawDesk(qtbot)
    desk.draw(kind, *SHARES)
    dialog = opened(desk)
    filled = bool(KINDS[kind].style.fill)
    assert ("fill" in fields(dialog)) == filled
    assert ("extends" in fields(dialog)) == (kind in {Kind.CHANNEL, Kind.FIBONACCI})
    assert ("width" in fields(dialog)) == (kind is not Kind.TEXT)
    assert bool(dialog.findChildren(QPushButton, "drawingLevels.add")) == (kind is Kind.FIBONACCI)
    for child in dialog.findChildren(ColourButton):
        assert child.accessibleName()
    dialog.reject()


def test_the_picture_has_the_colour(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.draw(Kind.HORIZONTAL, (0.5, 0.15))
    dialog = opened(desk)
    button = field(dialog, ColourButton, "drawingStyle.colour")
    field(dialog, QDoubleSpinBox, "drawingStyle.width").setValue(5.0)
    button._choose_any(QColor("#12ab34"))
    assert desk.only.style.colour == "#12ab34"
    press(dialog, OK)
    desk.drawings.select(())
    desk.leave()
    place = desk.place((0.3, 0.15))
    assert desk.picture().pixelColor(place).name() == "#12ab34"


def test_the_themes_colours_follow_the_theme(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot, dark=True)
    desk.draw(Kind.HORIZONTAL, (0.5, 0.15))
    dialog = opened(desk)
    field(dialog, QDoubleSpinBox, "drawingStyle.width").setValue(5.0)
    press(dialog, OK)
    desk.drawings.select(())
    desk.leave()
    for dark in (True, False):
        theme = make_theme(dark=dark)
        desk.panel.set_theme(theme)
        assert desk.picture().pixelColor(desk.place((0.3, 0.15))) == theme.accent


def test_several_keep_what_is_not_changed(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.draw(Kind.TREND, *SHARES)
    desk.draw(Kind.RECTANGLE, (0.6, 0.2), (0.8, 0.4))
    desk.key(Qt.Key.Key_A, CONTROL)
    dialog = opened(desk)
    assert "text" not in fields(dialog)
    field(dialog, QComboBox, "drawingStyle.dash").setCurrentIndex(2)
    choose(dialog, "fill", "Rise")
    press(dialog, OK)
    line, box = desk.board.drawings
    assert line.style.dash == box.style.dash == "dotted"
    assert (line.style.fill, box.style.fill) == ("", "up")
    assert line.style.colour == KINDS[Kind.TREND].style.colour


def test_levels_are_added_changed_and_removed(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    usual = desk.draw(Kind.FIBONACCI, *SHARES).style.levels
    dialog = opened(desk)
    QTest.mouseClick(field(dialog, QPushButton, "drawingLevels.add"), Qt.MouseButton.LeftButton)
    assert [it.ratio for it in desk.only.style.levels] == [*(it.ratio for it in usual), 2.0]
    field(dialog, QDoubleSpinBox, "drawingLevels.ratio.7").setValue(1.618)
    QTest.mouseClick(
        field(dialog, QToolButton, "drawingLevels.remove.1"), Qt.MouseButton.LeftButton
    )
    ratios = [it.ratio for it in desk.only.style.levels]
    assert ratios == [0.0, 0.382, 0.5, 0.618, 0.786, 1.0, 1.618]
    QTest.mouseClick(field(dialog, QPushButton, "drawingLevels.usual"), Qt.MouseButton.LeftButton)
    field(dialog, QCheckBox, "drawingStyle.extends").click()
    press(dialog, OK)
    assert desk.only.style.levels == usual
    assert desk.only.style.extends


def test_what_cannot_be_is_said_and_not_taken(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    before = desk.draw(Kind.FIBONACCI, *SHARES)
    dialog = opened(desk)
    field(dialog, QDoubleSpinBox, "drawingLevels.ratio.1").setValue(0.5)
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    assert not box.button(OK).isEnabled()
    assert "each once" in dialog._problem.text()
    assert desk.only == before
    field(dialog, QDoubleSpinBox, "drawingLevels.ratio.1").setValue(0.25)
    assert box.button(OK).isEnabled()
    press(dialog, OK)
    assert 0.25 in {it.ratio for it in desk.only.style.levels}


def test_another_instrument_closes_the_dialog_and_takes_nothing(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    before = desk.draw(Kind.TREND, *SHARES)
    dialog = opened(desk)
    field(dialog, QDoubleSpinBox, "drawingStyle.width").setValue(3.5)
    desk.drawings.show(None)
    assert desk.board.drawings == (before,)
    assert not desk.board.selection
