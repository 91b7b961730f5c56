"""All charts of the desk: what each shows, which is active, and what the charts ask of the rest."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING

from alltick_desk.app import chart_words
from alltick_desk.app.chart_making import ChartMaker
from alltick_desk.app.chart_place import ChartPlace
from alltick_desk.app.frontage import Frontage
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.services.chart_groups import Link
from alltick_desk.ui.chart.deck import ChartDeck, DeckLayout
from alltick_desk.ui.theme import Theme

if TYPE_CHECKING:  # loaded once the first connections were tried, or where there are several charts
    from alltick_desk.app.chart_linking import Linking
    from alltick_desk.ui.chart.deck_actions import DeckActions


class Charting:
    """Makes the charts and keeps them together.

    Args:
        maker: makes each of them.
        ready: returns once the vendors may be asked.
        changed: called when a chart shows something else, or another one is active.

    Attributes:
        places: the charts from left to right and down, those that are hidden after the others.
    """

    def __init__(
        self,
        front: Frontage,
        maker: ChartMaker,
        *,
        ready: Callable[[], Awaitable[object]],
        changed: Callable[[], None],
    ) -> None:
        self._front, self._maker = front, maker
        self._ready, self._changed = ready, changed
        kept = front.kept_choices
        common = chart_words.common_words(kept)
        self._layout = _layout_of(common.get("layout", ""))
        self._shares = _shares_of(common.get("shares", ""))
        self._group_words = chart_words.group_words(kept)
        words = chart_words.split_words(kept)
        words += [{}] * (self._layout.count - len(words))
        self._all = [maker.place(each) for each in words]  # each stays where it is
        self._active = self._all[chart_words.active_number(kept)]
        self.places = self._in_order()
        self._active.opened, self._active.interval = None, front.first_interval
        self._deck: ChartDeck | None = None
        self._actions: DeckActions | None = None
        self._linking: Linking | None = None

    # What there is

    @property
    def active(self) -> ChartPlace:
        """The chart that the list, the book and the menus are about."""
        return self._active

    @property
    def shown(self) -> list[ChartPlace]:
        """The charts that are there to be seen, the active one first."""
        seen = self.places[: self._layout.count]
        return [self._active, *(place for place in seen if place is not self._active)]

    @property
    def keys(self) -> list[InstrumentKey]:
        """The instruments of the charts, the active one's first."""
        return [place.opened for place in self.shown if place.opened is not None]

    @property
    def compared(self) -> tuple[InstrumentKey, ...]:
        """The instruments that the charts are compared with."""
        comparing = self._maker.comparing
        return () if comparing is None else comparing.keys

    @property
    def charted(self) -> list[tuple[InstrumentKey, Interval]]:
        """Whose bars in progress are wanted, those of the active chart first."""
        found = (place.session.charted for place in self.shown)
        return [it for it in found if it is not None]

    def state(self) -> Mapping[str, object]:
        """Return what a person reads in the active chart, for a snapshot."""
        panel = self._active.panel
        return {} if panel is None else panel.state()

    def words(self) -> dict[str, str]:
        """Return what the next run begins with."""
        groups = self._group_words if self._linking is None else self._linking.to_words()
        shares = self._shares if self._deck is None else self._deck.shares
        common = {
            "layout": self._layout.value,
            "active": str(self._all.index(self._active)),
            "shares": " ".join(map(str, shares)),
        }
        charts = chart_words.joined_words(place.words() for place in self._all)
        return charts | chart_words.other_words(common, groups)

    # From the start to the end

    def begin(self) -> None:
        """Put the active chart into the window; the others come with ``complete``."""
        front = self._front
        front.on_keep = self.words
        self._maker.furnish(self._active, partial(self._chose, self._active))
        self._deck = deck = ChartDeck(front.theme)
        deck.on_active = self._focused
        deck.on_theme = self._dressed
        deck.on_words = self._translated
        self._arrange(deck, self._shares)
        front.place_chart(deck)
        self._offer_edits()

    async def complete(self) -> None:
        """Make the other charts of last time, one after the other, and what there is for several.

        None of it keeps the first chart and the first connections waiting.
        """
        from alltick_desk.ui.chart.deck_actions import DeckActions

        await self._ready()
        front, deck = self._front, self._deck
        if deck is None or front.retired:
            return
        self._maker.begin_comparing(self.places)
        self._actions = DeckActions(
            front.window,
            arrange=self.lay_out,
            step=self._step,
            go_to=self._go_to,
            fill_group=lambda menu: self._link().fill_menu(self._active, menu),
        )
        front.window.add_view_menu(self._actions.menu)
        deck.menu.addActions(self._actions.layouts)
        self._actions.show_layout(self._layout)
        for place in self._all:
            if place.panel is None and place in self.shown:
                self._wake(place)
                self._arrange(deck)
                self._changed()
                await asyncio.sleep(0)
        self._dot()

    def close(self) -> None:
        """Ask for nothing any more; the bars stay as they are."""
        if self._maker.comparing is not None:
            self._maker.comparing.close()
        for place in self._all:
            place.session.close()

    # What the person does

    def open(self, key: InstrumentKey) -> None:
        """Show an instrument in the active chart, and in those that are linked to it."""
        for place in (self._active, *self._followers(self._active, Link.INSTRUMENT)):
            place.show(key)

    def lay_out(self, layout: DeckLayout) -> None:
        """Show so many charts, the active one among them; new ones begin with what it shows.

        Those that come back stand where they stood.
        """
        deck = self._deck
        if deck is None or layout is self._layout:
            return
        self._active.pause_drawing()
        before, self._layout = self.shown, layout
        while len(self._all) < layout.count:
            self._all.append(self._maker.place(self._active.words() | {"group": ""}))
        self.places = self._in_order()
        for place in self.shown:
            if place not in before or place.panel is None:
                self._wake(place)
        for place in before:
            if place not in self.shown:
                self._maker.rest(place)
        self._arrange(deck)
        self._dot()
        if self._actions is not None:
            self._actions.show_layout(layout)
        self._changed()

    def activate(self, place: ChartPlace) -> None:
        """Have list, book and menus follow another chart."""
        deck, front = self._deck, self._front
        if place is self._active or deck is None or front.retired:
            return
        self._active.pause_drawing()
        self._active = place
        deck.activate(self.places.index(place))
        self._offer_edits()
        if place.opened is not None:
            front.panel.select(place.opened)
        self._changed()

    # What happens

    def on_frame(self) -> None:
        """Show what changed since the last frame."""
        for place in self.shown:
            if place.panel is not None:
                place.panel.on_frame()

    def retitle(self) -> None:
        """Name the instruments again."""
        for place in self.shown:
            if place.panel is not None:
                place.panel.retitle()

    def reload(self, vendor: str) -> None:
        """Ask for all bars of a vendor again: it is connected anew."""
        for place in self.shown:
            if place.session.key is not None and place.session.key.vendor == vendor:
                place.session.reload()
        if self._maker.comparing is not None:
            self._maker.comparing.reload(vendor)

    def refresh(self, keys: Collection[InstrumentKey]) -> None:
        """Ask for the newest bars of instruments whose connection came back."""
        for place in self.shown:
            if place.session.key in keys:
                place.session.refresh()
        if self._maker.comparing is not None:
            self._maker.comparing.refresh(keys)

    # Charts

    def _in_order(self) -> list[ChartPlace]:
        """Return all charts, those to be seen first; the last of them makes room for the active."""
        seen = self._all[: self._layout.count]
        if self._active not in seen:
            seen[-1] = self._active
        return [*seen, *(place for place in self._all if place not in seen)]

    def _wake(self, place: ChartPlace) -> None:
        """Have a chart show what it last showed; a new one what the active one shows."""
        if place.panel is None:
            self._maker.furnish(place, partial(self._chose, place))
        if (key := place.opened or self._active.opened) is not None:
            place.show(key)

    def _chose(self, place: ChartPlace, interval: Interval) -> None:
        self.activate(place)
        for each in (place, *self._followers(place, Link.INTERVAL)):
            each.choose(interval)
        self._changed()

    # The deck

    def _arrange(self, deck: ChartDeck, shares: tuple[int, int] | None = None) -> None:
        panels = [place.panel for place in self.places[: self._layout.count]]
        deck.arrange(self._layout, panels, self.places.index(self._active), shares)

    def _focused(self, number: int) -> None:
        self.activate(self.places[number])

    def _step(self, by: int) -> None:
        self._go_to((self.places.index(self._active) + by) % self._layout.count)

    def _go_to(self, number: int) -> None:
        """Make a chart the active one and give it the keyboard."""
        place = self.places[number]
        self.activate(place)
        if place.panel is not None:
            place.panel.view.setFocus()

    def _offer_edits(self) -> None:
        """Have the Edit menu undo what was drawn on the active chart."""
        if (panel := self._active.panel) is not None:
            self._front.add_edit_actions(panel.drawings.actions.for_edit_menu())

    def _dressed(self, theme: Theme) -> None:
        for place in self.places[self._layout.count :]:  # the deck knows nothing of them
            if place.panel is not None:
                place.panel.set_theme(theme)
        if self._linking is not None:
            self._linking.set_theme(theme)

    def _translated(self) -> None:
        if self._linking is not None:
            self._linking.translate()
        if self._actions is not None:
            self._actions.translate()

    # Groups

    def _link(self) -> "Linking":
        if self._linking is None:
            from alltick_desk.app.chart_linking import Linking  # where there are several charts

            self._linking = Linking(
                self._group_words,
                shown=lambda: self.shown,
                touched=self._touched,
            )
        return self._linking

    def _followers(self, place: ChartPlace, link: Link) -> list[ChartPlace]:
        return [] if self._linking is None else self._linking.followers(place, link)

    def _dot(self) -> None:
        """Show every chart's group, where there are several charts."""
        several = self._layout.count > 1
        if self._linking is None and not several:
            return
        linking = self._link()
        for place in self.shown:
            linking.attach(place, self._front.theme)
        linking.show_dots(shown=several)

    def _touched(self, place: ChartPlace) -> None:
        self.activate(place)
        self._changed()


def _layout_of(word: str) -> DeckLayout:
    try:
        return DeckLayout(word)
    except ValueError:
        return DeckLayout.ONE


def _shares_of(words: str) -> tuple[int, int]:
    shares = [int(word) for word in words.split() if word.isdecimal()]
    return (shares[0], shares[1]) if len(shares) == 2 else (500, 500)
