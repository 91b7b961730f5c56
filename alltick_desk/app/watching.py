"""What is watched: the list and the charts, and what follows when these are others.

Rows are streamed, their days asked for, and their values kept on the board while something shows
them. A row that leaves the lists is set aside, so that undo brings it back with its figures; what
was only charted or compared is forgotten.
"""

from collections.abc import Callable, Iterable
from typing import Any

from alltick_desk.app.charting import Charting
from alltick_desk.app.frontage import Frontage
from alltick_desk.app.market_data import MarketData
from alltick_desk.app.refreshing import Refreshing
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.days import DayService
from alltick_desk.services.quotes import MOST_ASIDE, QuoteRow
from alltick_desk.services.wants import wants_of


class Watching:
    """Follows the list and the charts.

    ``decide`` is given rows that have come into sight, whose states are to be right at once;
    ``changed`` is called after anything else that rows' states may follow from.
    """

    def __init__(
        self,
        front: Frontage,
        data: MarketData,
        charting: Charting,
        *,
        days: DayService,
        refreshing: Refreshing,
        decide: Callable[[Iterable[QuoteRow]], None],
        changed: Callable[[], None],
    ) -> None:
        self._front, self._data, self._charting = front, data, charting
        self._days, self._refreshing = days, refreshing
        self._decide, self._changed = decide, changed
        self._list = ""
        self._listed: frozenset[InstrumentKey] = frozenset()  # in any list
        self._watched: frozenset[InstrumentKey] = frozenset()  # in the list shown, or charted
        self._compared: frozenset[InstrumentKey] = frozenset()
        self._removed: dict[InstrumentKey, None] = {}  # from the lists, the last one last
        self._handles: tuple[Any, ...] = ()

    def begin(self) -> None:
        """Follow from now on, and open what the last run had open."""
        front = self._front
        front.on_open = self.open
        self._handles = (
            front.watchlist.changed.connect(self.follow),
            front.panel.visible_changed.connect(self.want),
        )
        if (first := front.first_opened()) is not None:
            front.panel.select(first)
            self.open(first)
        self.follow()

    def close(self) -> None:
        """Follow nothing any more."""
        self._handles = ()

    def open(self, key: InstrumentKey) -> None:
        """Show an instrument in chart and book."""
        if self._front.retired:
            return  # a selection settles a moment after it was made
        self._charting.open(key)
        self._show_book(key)
        self.follow()

    def follow_charts(self) -> None:
        """Follow the charts: one shows something else, or another one is active."""
        key = self._charting.active.opened
        if key is not None and key != self._front.book.key:
            self._show_book(key)
        self.follow()

    def follow(self) -> None:
        """Take what is watched now."""
        front = self._front
        if self._list != front.lists.shown.id:
            self._list = front.lists.shown.id
            self._refreshing.look_anew()
        watched = dict.fromkeys((*front.watchlist.keys, *self._charting.keys))
        gone = self._watched.difference(watched)
        self._days.drop(gone)
        self._refreshing.drop(gone)
        listed, compared = frozenset(front.lists.keys), frozenset(self._charting.compared)
        self._note_removed(listed)
        left = (gone | self._listed | self._compared).difference(watched, compared, listed)
        for key in left:  # what another list has shows its last values at once
            if key in self._removed:
                front.board.set_aside(key, front.clock.monotonic())
            else:
                front.board.forget(key)
        fresh = [key for key in watched if key not in self._watched]
        for key in fresh:
            front.board.row(key).came_back(front.clock.monotonic())
        self._listed, self._compared = listed, compared
        self._days.want(fresh)
        self._watched = frozenset(watched)
        self.want()
        seen = set(front.panel.visible_keys())  # the others are looked at within the second
        self._decide(front.board.row(key) for key in fresh if key in seen)
        self._changed()

    def want(self) -> None:
        """Have streamed what is shown, the most important first."""
        front = self._front
        opened, charted = self._charting.active.opened, self._charting.charted
        sight = self._refreshing.in_order()
        for vendor, provider in self._data.providers().items():
            wants = wants_of(
                vendor,
                opened=opened,
                visible=(*self._charting.compared, *sight),
                listed=front.watchlist.keys,
                pinned=front.watchlist.pinned,
                full_depth=self._data.full_depth,
                charted=charted,
            )
            ours = opened is not None and opened.vendor == vendor
            provider.want(wants.wishes, opened=opened.code if opened and ours else None)

    def _note_removed(self, listed: frozenset[InstrumentKey]) -> None:
        """Remember what the lists had until now; a chart may show it for a while yet."""
        for key in self._listed - listed:
            self._removed[key] = None
        for key in listed.intersection(self._removed):
            del self._removed[key]
        while len(self._removed) > MOST_ASIDE:
            del self._removed[next(iter(self._removed))]

    def _show_book(self, key: InstrumentKey) -> None:
        front = self._front
        front.book.show_row(front.board.row(key), front.name_of(key), self._data.full_depth(key))
