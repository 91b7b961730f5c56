"""What the running desk puts on the screen: every frame, every tenth and every second."""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

from alltick_desk.app.frontage import Frontage
from alltick_desk.app.market_data import MarketData
from alltick_desk.app.metering import Metering
from alltick_desk.app.metrics import MetricsFile
from alltick_desk.app.views import budget_view, connection_view
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.words import Sentence
from alltick_desk.observe import Handle
from alltick_desk.services.charts import ChartSession
from alltick_desk.services.days import DayService
from alltick_desk.services.outages import Outages
from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.services.states import StateKeeper
from alltick_desk.ui.chart import ChartLook, ChartPanel

_INDICATORS = "indicators"  # the name of their text among the chart's choices
PULSES = 10  # make a second; in each a tenth of the rows is looked at


class Screen:
    """Moves what changed onto the panels, and keeps states and figures current."""

    def __init__(
        self,
        front: Frontage,
        data: MarketData,
        *,
        charts: ChartSession,
        days: DayService,
        metering: Metering,
        outages: Outages,
        holiday: Callable[[InstrumentKey], str],
    ) -> None:
        """``holiday`` tells of an instrument's holiday today, as a sentence, or ""."""
        self._front = front
        self._data = data
        self._charts = charts
        self._days = days
        self._metering = metering
        self._outages = outages
        self._monotonic = front.clock.monotonic
        self._states = StateKeeper(
            standing=data.standing,
            socket=data.socket,
            why_not=data.why_not,
            monotonic=self._monotonic,
            holiday=holiday,
        )
        self._chart: ChartPanel | None = None
        self._tagging: Handle[[]] | None = None
        self._choosing: Handle[[]] | None = None
        self.ready = False  # before the first connections were tried nothing is claimed of rows
        self._all_due = True  # a connection changed: look at every row at the next pulse
        self._reconnects: dict[str, int] = {}
        self._metrics_lost = False

    def place_chart(self, chart: ChartPanel) -> None:
        """Put the chart into the window; it comes late, since its libraries load slowly."""
        tags = self._front.tags
        kept = self._front.chart_look
        note = chart.indicators.begin(kept.get(_INDICATORS))  # first: their panes have heights
        if note:
            self._front.say(note)
            del kept[_INDICATORS]
        self._choosing = chart.indicators.chart.changed.connect(self._keep_indicators)
        chart.set_look(ChartLook.from_dict(kept))
        chart.on_look = self._keep_look
        chart.on_message = self._front.tell
        chart.bind(self._charts, self._front.name_of, label=tags.label, sides=self._sides)
        self._chart = chart
        self._tagging = tags.changed.connect(chart.retitle)
        self._front.place_chart(chart)

    def _keep_look(self, look: ChartLook) -> None:
        self._front.chart_look |= look.to_dict()

    def _keep_indicators(self) -> None:
        if self._chart is not None:
            self._front.chart_look[_INDICATORS] = self._chart.indicators.chart.saved()

    def _sides(self) -> tuple[str, str]:
        """Return the charted instrument's bid and ask."""
        key = self._charts.key
        if key is None:
            return "", ""
        row = self._front.board.row(key)
        return row.shown(row.bid), row.shown(row.ask)

    def touch(self, row: QuoteRow) -> None:
        """Have the next frame show a row."""
        self._front.board.touch(row, self._monotonic())

    def renamed(self) -> None:
        """Show names anew: the catalogue has learnt some."""
        front = self._front
        for row in front.watchlist.rows:
            self.touch(row)
        if front.book.key is not None:
            front.book.rename(front.name_of(front.book.key))
        if self._chart is not None:
            self._chart.retitle()

    def connections_changed(self) -> None:
        """Look at every row's state at the next pulse, once for however many changes."""
        self._all_due = True

    def frame(self) -> None:
        """Show the rows that changed since the last frame."""
        begun_s = time.monotonic()
        front = self._front
        dirty = front.board.take_dirty()
        # The first tick makes a row live: that must not wait for the next pulse.
        if self.ready:
            self._states.refresh(row for row in dirty if row.state is not RowState.LIVE)
        front.panel.refresh(dirty)
        front.book.refresh()
        if self._chart is not None:
            self._chart.on_frame()
        # The few rows in sight are asked for, not the thousands that may have changed. One may be
        # here for its state alone: that is no tick on its way to the screen.
        shown = map(front.board.row, front.panel.visible_keys())
        arrivals = [dirty[row] for row in shown if row in dirty and row.ticked_s >= dirty[row]]
        front.window.meter.worked(time.monotonic() - begun_s, arrivals)

    async def pulse(self, metrics: MetricsFile | None) -> None:
        """Keep states, status bar and figures current, until cancelled."""
        number = 0
        due_s = time.monotonic()
        while True:
            # From one due time to the next, or lateness would add up to seconds that are missing.
            due_s = max(due_s + 1 / PULSES, time.monotonic() - 1)
            await asyncio.sleep(max(0.0, due_s - time.monotonic()))
            number += 1
            if self.ready:
                self._look_at_states(number)
            if number % PULSES == 0:
                self._second(metrics)

    def _look_at_states(self, number: int) -> None:
        rows = list(self._front.board.rows())
        if self._all_due:
            self._all_due = False
            self._after_reconnects()
        else:
            rows = rows[number % PULSES :: PULSES]
        for row in self._states.refresh(rows):
            self.touch(row)

    def _second(self, metrics: MetricsFile | None) -> None:
        self._days.check_roll(self._front.board.rows())
        if metrics is None or self._metrics_lost:
            self._metering.second()
        else:
            try:
                metrics.write()
            except OSError as error:
                self._metrics_lost = True
                words = Sentence("Desk", "The metrics are not written any more: {why}.")
                self._front.say(words.format(why=error.strerror))
        self.show_status()

    def show_status(self) -> None:
        """Bring the status bar up to date."""
        now_s = self._monotonic()
        status = self._front.status
        status.update_connection(
            {name: connection_view(pool, now_s) for name, pool in self._data.health().items()}
        )
        providers = self._data.providers()
        status.update_budget(
            {
                vendor: budget_view(providers[vendor].throttle.budget())
                for vendor in self._front.vendors
                if vendor in providers
            }
        )
        status.update_rate(self._metering.per_s)

    def state(self) -> Mapping[str, Any]:
        """Return what a person reads, for the snapshot."""
        front = self._front
        chart = {} if self._chart is None else self._chart.state()
        return {
            "watchlist": front.panel.state(),
            "order_book": front.book.state(),
            "chart": chart,
            "status": front.status.state(),
            "messages": front.status.messages,
        }

    def _after_reconnects(self) -> None:
        """Ask again for what a lost connection may have swallowed."""
        health = self._data.health()
        self._outages.note(health)
        for name, pool in health.items():
            before = self._reconnects.get(name, pool.reconnects)
            self._reconnects[name] = pool.reconnects
            if pool.reconnects > before:
                family = [
                    row.key
                    for row in self._front.board.rows()
                    if self._data.family(row.key) == name
                ]
                self._days.want(family)
                if self._charts.key in family:
                    self._charts.refresh()
