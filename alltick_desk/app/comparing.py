"""What charts are compared with, between the desk and the charts."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from alltick_desk.app.frontage import Frontage
from alltick_desk.app.market_data import MarketData
from alltick_desk.app.vendors import as_typed
from alltick_desk.feed.lanes import Lane
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.services.chart_notes import Spawn
from alltick_desk.services.charts import ChartSession
from alltick_desk.services.comparison import Comparison, Facts
from alltick_desk.services.history_keeper import HistoryKeeper
from alltick_desk.services.outages import Outages
from alltick_desk.services.rows import RowState
from alltick_desk.ui.chart.compare import ChartComparison

# With these no trade will come, whatever one waits for.
_REFUSED = {RowState.BEYOND_PLAN, RowState.NOT_IN_PLAN, RowState.UNKNOWN_CODE, RowState.REFUSED}


class Comparing:
    """Gives each chart its comparison, and knows all that is compared.

    The bars of what is compared are asked for after the charts' own.

    Args:
        keeper: the candle store, the charts' own one.
        ready: returns once the vendors may be asked.
        on_chosen: called when other instruments are compared: their trades have to be wanted.
    """

    def __init__(
        self,
        front: Frontage,
        data: MarketData,
        *,
        keeper: HistoryKeeper,
        outages: Outages,
        spawn: Spawn,
        ready: Callable[[], Awaitable[object]],
        on_chosen: Callable[[], None],
    ) -> None:
        self._front, self._data = front, data
        self._keeper, self._outages = keeper, outages
        self._spawn, self._ready = spawn, ready
        self._on_chosen = on_chosen
        self._charts: dict[ChartComparison, tuple[Comparison, tuple[Any, ...]]] = {}

    @property
    def keys(self) -> tuple[InstrumentKey, ...]:
        """All that charts which show something are compared with: to be wanted, and kept."""
        shown = (it for it, _ in self._charts.values() if it.main_key is not None)
        return tuple(dict.fromkeys(key for comparison in shown for key in comparison.keys))

    def attach(
        self,
        chart: ChartComparison,
        main: ChartSession,
        *,
        saved: str = "",
        keep: Callable[[str], None],
    ) -> None:
        """Have a chart compare, at first as ``saved`` tells.

        ``keep`` is called with a text for ``saved`` whenever it is another one.
        """
        comparison = Comparison(
            main, self._new_session, Facts(self._data.intervals, self._why_not_live)
        )
        tags = self._front.tags
        chart.bind(comparison, self._make_search, label=tags.label, name_of=self._front.name_of)
        note = chart.begin(saved)
        if note:
            self._front.say(note)
            keep("")
        handles = (
            chart.changed.connect(lambda: keep(chart.saved())),
            comparison.chosen.connect(self._on_chosen),
        )
        self._charts[chart] = comparison, handles
        if comparison.keys:
            self._on_chosen()

    def rest(self, chart: ChartComparison) -> None:
        """Ask nothing for a chart until it shows something again: its session was closed."""
        found = self._charts.get(chart)
        if found is not None:
            found[0].follow()
            if chart.dialog is not None:
                chart.dialog.close()

    def refresh(self, keys: Collection[InstrumentKey]) -> None:
        """Ask again for what a lost connection may have swallowed."""
        for comparison, _ in self._charts.values():
            comparison.refresh(keys)

    def reload(self, vendor: str) -> None:
        """Ask all of a vendor's bars again: it was connected anew."""
        for comparison, _ in self._charts.values():
            comparison.reload(vendor)

    def close(self) -> None:
        """Stop everything: the desk closes."""
        for comparison, _ in self._charts.values():
            comparison.close()
        self._charts.clear()

    def _new_session(self, main_first: Callable[[], Awaitable[None]]) -> ChartSession:
        data = self._data

        async def ready() -> None:
            await self._ready()
            await main_first()

        return ChartSession(
            clock=self._front.clock,
            row=self._front.board.row,
            market=data.market,
            intervals=data.intervals,
            fetch=self._fetch,
            fetch_latest=data.newest_candles,
            spawn=self._spawn,
            wait_s=self._wait_s,
            keeper=self._keeper,
            vendors=_Patient(data),
            outages=lambda key: self._outages.of(data.socket_names(key)),
            ready=ready,
        )

    async def _fetch(
        self, key: InstrumentKey, interval: Interval, count: int, end_s: int | None
    ) -> list[Candle]:
        return await self._data.page(key, interval, count, end_s, Lane.VISIBLE)

    def _wait_s(self, key: InstrumentKey, interval: Interval) -> float:
        return self._data.wait_s(key, interval, Lane.VISIBLE)

    def _why_not_live(self, key: InstrumentKey) -> str:
        row = self._front.board.tape(key.vendor).rows.get(key.code)  # which makes none
        return row.state_detail if row is not None and row.state in _REFUSED else ""

    def _make_search(
        self, on_keys: Callable[[Sequence[InstrumentKey]], None], parent: QWidget
    ) -> QWidget:
        """Make a box like the watchlist's own."""
        from alltick_desk.ui.watchlist.add_strip import AddStrip

        front = self._front

        def take(codes: Sequence[str]) -> None:
            on_keys([InstrumentKey(strip.vendor, code) for code in codes])

        strip = AddStrip(
            front.catalogue,
            front.tags,
            on_codes=take,
            spell=lambda vendor, text: as_typed(vendor, text, front.catalogue),
            parent=parent,
        )
        for part in (strip, *strip.findChildren(QWidget)):
            part.setObjectName(part.objectName().replace("watchlist", "compare"))
        strip.setFocusProxy(strip.box)
        strip.choose(front.panel.vendor)
        tagging = front.tags.changed.connect(strip.offer_vendors)
        # A function of its own: of a bound method Qt would not keep the handle alive.
        strip.destroyed.connect(lambda _gone: tagging.disconnect())
        return strip


class _Patient:
    """The vendors, asked for older bars when the plan has a call to spare."""

    def __init__(self, data: MarketData) -> None:
        self._data = data
        self.title, self.pages_history = data.title, data.pages_history
        self.bars_per_call = data.bars_per_call

    async def page(
        self, key: InstrumentKey, interval: Interval, count: int, end_s: int | None, _lane: Lane
    ) -> list[Candle]:
        return await self._data.page(key, interval, count, end_s, Lane.BACKGROUND)

    def wait_s(self, key: InstrumentKey, interval: Interval, _lane: Lane) -> float:
        return self._data.wait_s(key, interval, Lane.BACKGROUND)
