"""A message that the status bar has no room for."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from alltick_desk.ui.status import Role, StatusBar
from alltick_desk.ui.status.parts import MessageButton
from alltick_desk.ui.theme import make_theme

DAMAGED = (
    "The file of your watchlists was damaged. It was put aside as lists.json.damaged, and the "
    "lists are those of the last backup, of 10:30. Restore another one with File, Backups."
)


@pytest.fixture
def bar(qtbot: QtBot) -> StatusBar:
    bar = StatusBar(make_theme(dark=False), lambda: 0, titles={})
    qtbot.addWidget(bar)
    bar.resize(900, 26)
    bar.show()
    return bar


def link_pixels(bar: StatusBar, part: QRect) -> int:
    """How much in a part of the message is in the colour of links."""
    message = bar.findChild(MessageButton)
    assert message is not None
    link = message.palette().link().color()
    image = message.grab(part).toImage()
    return sum(
        _near(image.pixelColor(x, y), link)
        for x in range(image.width())
        for y in range(image.height())
    )


def _near(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) < 60 for a, b in zip(one.getRgb(), other.getRgb(), strict=True))


def test_a_message_that_is_cut_says_that_there_is_more(bar: StatusBar) -> None:
    bar.say(DAMAGED, Role.BAD)
    message = bar.findChild(MessageButton)
    assert message is not None
    end = QRect(message.width() - 60, 0, 60, message.height())
    assert link_pixels(bar, end) > 20
    bar.say("Saved.")
    assert link_pixels(bar, end) == 0


def test_the_tip_of_a_long_message_wraps_and_has_it_all(bar: StatusBar) -> None:
    bar.say(DAMAGED, Role.BAD)
    message = bar.findChild(MessageButton)
    assert message is not None
    assert DAMAGED in message.toolTip()
    assert "pre-wrap" in message.toolTip()
