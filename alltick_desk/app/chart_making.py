"""Makes the charts: each one's session and panel, with what all of them share."""

from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from alltick_desk.app.chart_place import ChartPlace
from alltick_desk.app.drawings import DrawingCase
from alltick_desk.app.frontage import Frontage
from alltick_desk.app.market_data import MarketData
from alltick_desk.app.save_bars import BarsExport
from alltick_desk.model.interval import Interval
from alltick_desk.services.charts import ChartSession
from alltick_desk.services.history_keeper import HistoryKeeper
from alltick_desk.services.outages import Outages
from alltick_desk.services.template_shelf import TemplateShelf
from alltick_desk.store.candles import CandleStore
from alltick_desk.ui.chart import ChartPanel

if TYPE_CHECKING:  # loaded once the first connections were tried
    from alltick_desk.app.comparing import Comparing

_COMPARED = "compared"  # the name of their text among a chart's words


class ChartMaker:
    """Keeps the store, the drawings and the templates that all charts share.

    Args:
        spawn: runs a coroutine under an owner that reports its bugs.
        ready: returns once the vendors may be asked.
        compared: called when charts are compared with other instruments.

    Attributes:
        comparing: what charts are compared with; None before ``begin_comparing``.
        keeper: loads and saves bars for all charts.
    """

    def __init__(
        self,
        front: Frontage,
        data: MarketData,
        *,
        spawn: Callable[[Coroutine[Any, Any, Any], str], Any],
        outages: Outages,
        ready: Callable[[], Awaitable[object]],
        compared: Callable[[], None],
    ) -> None:
        self._front, self._data, self._spawn = front, data, spawn
        self._outages, self._ready = outages, ready
        self._compared = compared
        self.comparing: Comparing | None = None
        self.candles = CandleStore(
            front.profile.database_file, clock=front.clock, read_only=not front.writes
        )
        self._noting = self.candles.noted.connect(front.say)
        self.drawings = DrawingCase(
            front.profile.drawings_folder,
            clock=front.clock,
            writes=front.writes,
            spawn=spawn,
            say=front.say,
        )
        self._exports = BarsExport(self.candles, spawn=spawn, tell=front.tell, say=front.say)
        self.keeper = HistoryKeeper(
            self.candles, spawn=spawn, complain=front.say, writes=front.writes
        )
        self._templates: TemplateShelf | None = None

    def place(self, words: Mapping[str, str]) -> ChartPlace:
        """Make a chart, without a panel, that shows what its words say."""
        front, data = self._front, self._data
        session = ChartSession(
            clock=front.clock,
            row=front.board.row,
            market=data.market,
            intervals=data.intervals,
            fetch=data.candles,
            fetch_latest=data.newest_candles,
            spawn=self._spawn,
            wait_s=data.wait_s,
            keeper=self.keeper,
            vendors=data,
            outages=lambda key: self._outages.of(data.socket_names(key)),
            ready=self._ready,
        )
        return ChartPlace(session, words, front.options.interval, self.drawings.open)

    def furnish(self, place: ChartPlace, on_interval: Callable[[Interval], None]) -> None:
        """Make a chart's panel; ``on_interval`` is called with the interval chosen in it."""
        front = self._front
        panel = ChartPanel(
            front.theme,
            on_interval=on_interval,
            wall_ms=front.clock.wall_ms,
            templates=self._shelf(),
        )
        place.furnish(panel, front.say, front.tags.changed.connect(panel.retitle))
        panel.on_export = partial(self._export, place)
        panel.on_message = front.tell
        panel.bind(
            place.session,
            front.name_of,
            label=front.tags.label,
            sides=partial(self._sides, place),
            left_today=partial(self._left_today, place),
        )
        self._let_compare(place)

    def begin_comparing(self, places: Iterable[ChartPlace]) -> None:
        """Have charts compare from now on, those with a panel with what they were before."""
        from alltick_desk.app.comparing import Comparing

        self.comparing = Comparing(
            self._front,
            self._data,
            keeper=self.keeper,
            outages=self._outages,
            spawn=self._spawn,
            ready=self._ready,
            on_chosen=self._compared,
        )
        for place in places:
            self._let_compare(place)

    def rest(self, place: ChartPlace) -> None:
        """Have a chart, and what it is compared with, ask for nothing: nobody sees it."""
        place.rest()
        if self.comparing is not None and place.panel is not None:
            self.comparing.rest(place.panel.compare)

    def _let_compare(self, place: ChartPlace) -> None:
        if self.comparing is not None and place.panel is not None:
            self.comparing.attach(
                place.panel.compare,
                place.session,
                saved=place.look.get(_COMPARED, ""),
                keep=partial(_keep_compared, place),
            )

    def _shelf(self) -> TemplateShelf:
        """Return the templates of indicators, read when the first panel is made."""
        if self._templates is None:
            front = self._front
            file, clock = front.profile.templates_file, front.clock
            self._templates = TemplateShelf(file, clock, writes=front.writes)
            if self._templates.note:
                front.say(self._templates.note)
        return self._templates

    def _export(self, place: ChartPlace) -> None:
        session = place.session
        if session.key is not None and place.panel is not None:
            self._exports.ask(session.key, session.interval, session.market, place.panel)

    def _sides(self, place: ChartPlace) -> tuple[str, str]:
        """Return the charted instrument's bid and ask."""
        key = place.session.key
        if key is None:
            return "", ""
        row = self._front.board.row(key)
        return row.shown(row.bid), row.shown(row.ask)

    def _left_today(self, place: ChartPlace) -> int | None:
        """Return how many calls the charted instrument's plan has left today."""
        key = place.session.key
        provider = None if key is None else self._data.providers().get(key.vendor)
        return None if provider is None else provider.throttle.budget().left_today


def _keep_compared(place: ChartPlace, text: str) -> None:
    place.look[_COMPARED] = text
