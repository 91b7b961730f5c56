"""Charts that follow each other: their groups, the dots in their headings, and what is linked.

Loaded where there is more than one chart.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu

from alltick_desk.app.chart_place import ChartPlace
from alltick_desk.services.chart_groups import NO_GROUP, ChartGroups, Link
from alltick_desk.ui.chart.links import GroupButton, LinkDeeds
from alltick_desk.ui.theme import Theme


class Linking:
    """Knows which charts follow which, and has them do it.

    Args:
        words: what the groups link, of an earlier run.
        shown: returns the charts that are there to be seen.
        touched: called with a chart whose group or links the person chose, when all is done.
    """

    def __init__(
        self,
        words: Mapping[str, str],
        *,
        shown: Callable[[], Sequence[ChartPlace]],
        touched: Callable[[ChartPlace], None],
    ) -> None:
        self._groups = ChartGroups.from_words(words)
        self._shown = shown
        self._touched = touched
        self._buttons: dict[ChartPlace, GroupButton] = {}

    def attach(self, place: ChartPlace, theme: Theme) -> None:
        """Put the dot into a chart's heading, and hear of its crosshair."""
        panel = place.panel
        if panel is None or place in self._buttons:
            return
        deeds = LinkDeeds(
            self._groups.links, partial(self._join, place), partial(self._switch, place)
        )
        button = self._buttons[place] = GroupButton(theme, deeds, panel)
        button.show_group(place.group)
        panel.heading.add_first(button)
        panel.on_point = partial(self._pointed, place)

    def show_dots(self, *, shown: bool) -> None:
        """Show the dots, or none: a chart alone has nobody to follow."""
        for place, button in self._buttons.items():
            button.setVisible(shown)
            if place.panel is not None:
                place.panel.heading.fit()
                place.panel.point_at(None)

    def followers(self, place: ChartPlace, link: Link) -> list[ChartPlace]:
        """Return the other charts that follow a chart in something."""
        if link not in self._groups.links(place.group):
            return []
        return self._others(place)

    def fill_menu(self, place: ChartPlace, menu: QMenu) -> None:
        """Fill in what can be done with a chart's group."""
        if (button := self._buttons.get(place)) is not None:
            button.fill(menu)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        for button in self._buttons.values():
            button.set_theme(theme)

    def translate(self) -> None:
        """Take the words of the current language."""
        for button in self._buttons.values():
            button.translate()

    def to_words(self) -> dict[str, str]:
        """Return what the groups link, for the next run."""
        return self._groups.to_words()

    # inside

    def _others(self, place: ChartPlace) -> list[ChartPlace]:
        """Return the other charts of a chart's group."""
        if place.group == NO_GROUP:
            return []
        return [it for it in self._shown() if it is not place and it.group == place.group]

    def _join(self, place: ChartPlace, group: int) -> None:
        """Put a chart into a group, where it takes over what the others have."""
        self._point_nowhere(place)
        place.group = group
        self._buttons[place].show_group(group)
        for other in self._others(place)[:1]:
            for link in self._groups.links(group):
                _follow(place, other, link)
        self._touched(place)

    def _switch(self, place: ChartPlace, link: Link, on: bool) -> None:
        """Link something in a chart's group: the others take over what this one has."""
        self._point_nowhere(place)
        self._groups.switch(place.group, link, on=on)
        for other in self.followers(place, link):
            _follow(other, place, link)
        self._touched(place)

    def _pointed(self, place: ChartPlace, index: int | None) -> None:
        """Show in the others the moment that one of them looks at."""
        if place.panel is None:
            return
        others = self.followers(place, Link.CROSSHAIR)
        span = place.panel.span_of(index) if others and index is not None else None
        for other in others:
            if other.panel is not None:
                other.panel.point_at(span)

    def _point_nowhere(self, place: ChartPlace) -> None:
        for each in (place, *self._others(place)):
            if each.panel is not None:
                each.panel.point_at(None)


def _follow(follower: ChartPlace, leader: ChartPlace, link: Link) -> None:
    key = leader.opened
    if link is Link.INSTRUMENT and key is not None and key != follower.opened:
        follower.show(key)
    elif link is Link.INTERVAL and leader.interval is not follower.interval:
        follower.choose(leader.interval)
