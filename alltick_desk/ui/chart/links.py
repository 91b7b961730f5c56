"""The dot in a chart's heading: which group it belongs to, and what the group links.

A group has a colour and a number: the colour is never the only sign.
"""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QActionGroup, QColor, QFont, QIcon, QPainter, QPen
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.services.chart_groups import GROUPS, NO_GROUP, Link
from alltick_desk.ui.chart.icons import drawn_icon
from alltick_desk.ui.theme import Theme

translate = QCoreApplication.translate

_NAMES = {
    1: QT_TRANSLATE_NOOP("Deck", "Blue"),
    2: QT_TRANSLATE_NOOP("Deck", "Orange"),
    3: QT_TRANSLATE_NOOP("Deck", "Purple"),
    4: QT_TRANSLATE_NOOP("Deck", "Green"),
}
_LINKS = {
    Link.INSTRUMENT: QT_TRANSLATE_NOOP("Deck", "Link the instrument"),
    Link.INTERVAL: QT_TRANSLATE_NOOP("Deck", "Link the interval"),
    Link.CROSSHAIR: QT_TRANSLATE_NOOP("Deck", "Link the crosshair"),
}
# Each with white upon it, on light and on dark grounds.
_COLOURS = {1: "#2b6fd6", 2: "#bd5b00", 3: "#8b4fc4", 4: "#1f7f4c"}
_RADIUS = 6.5


class LinkDeeds(NamedTuple):
    """What a dot asks, and what it has done.

    Attributes:
        links: tells what a group links.
        choose: puts the chart into a group.
        switch: has the chart's group link something, or no longer.
    """

    links: Callable[[int], frozenset[Link]]
    choose: Callable[[int], None]
    switch: Callable[[Link, bool], None]


def group_icon(group: int, theme: Theme) -> QIcon:
    """Return a group's dot: filled, with its number; for no group an empty one."""
    ink = QColor(_COLOURS[group]) if group else theme.muted
    font = QFont()
    font.setPixelSize(10)
    font.setBold(True)

    def draw(painter: QPainter) -> None:
        painter.setPen(QPen(ink, 1.3))
        painter.setBrush(ink if group else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(8.0, 8.0), _RADIUS, _RADIUS)
        if group:
            painter.setPen(QColor("#ffffff"))
            painter.setFont(font)
            area = QRectF(0.0, 0.0, 16.0, 16.0)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), str(group))

    return drawn_icon(draw, ink)


def group_name(group: int) -> str:
    """Return what people call a group."""
    if group == NO_GROUP:
        return translate("Deck", "No group")
    words = translate("Deck", "Group {number}: {colour}")
    return words.format(number=group, colour=translate("Deck", _NAMES[group]))


class GroupButton(QToolButton):
    """Shows a chart's group and offers the others."""

    def __init__(self, theme: Theme, deeds: LinkDeeds, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._deeds = theme, deeds
        self._group = NO_GROUP
        self.setObjectName("chartGroup")
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        menu = QMenu(self)
        menu.setObjectName("chartGroup.menu")
        menu.aboutToShow.connect(lambda: self.fill(menu))
        self.setMenu(menu)
        self.show_group(NO_GROUP)

    def show_group(self, group: int) -> None:
        """Show which group the chart is in."""
        self._group = group
        self.setIcon(group_icon(group, self._theme))
        self.translate()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.show_group(self._group)

    def translate(self) -> None:
        """Take the words of the current language."""
        self.setAccessibleName(translate("Deck", "Chart group"))
        self.setAccessibleDescription(group_name(self._group))
        tip = translate("Deck", "{group}. Charts of one group follow each other.")
        self.setToolTip(tip.format(group=group_name(self._group)))

    def fill(self, menu: QMenu) -> None:
        """Offer the groups, and what this one links."""
        menu.clear()
        choice = QActionGroup(menu)
        for group in (NO_GROUP, *GROUPS):
            action = menu.addAction(group_icon(group, self._theme), group_name(group))
            action.setObjectName(f"chart.group.{group}")
            action.setCheckable(True)
            action.setChecked(group == self._group)
            action.triggered.connect(lambda _on=False, chosen=group: self._deeds.choose(chosen))
            choice.addAction(action)
        menu.addSeparator()
        links = self._deeds.links(self._group)
        for link, words in _LINKS.items():
            action = menu.addAction(translate("Deck", words))
            action.setObjectName(f"chart.link.{link.value}")
            action.setCheckable(True)
            action.setChecked(link in links)
            action.setEnabled(self._group != NO_GROUP)
            action.toggled.connect(lambda on, link=link: self._deeds.switch(link, on))
