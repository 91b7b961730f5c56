"""What the running desk puts on the screen: every frame, every tenth and every second."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from alltick_desk.app.charting import Charting
from alltick_desk.app.frontage import Frontage
from alltick_desk.app.market_data import MarketData
from alltick_desk.app.metering import Metering
from alltick_desk.app.metrics import MetricsFile
from alltick_desk.app.views import budget_view, connection_view
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.words import Sentence
from alltick_desk.services.days import DayService
from alltick_desk.services.halts import Halt
from alltick_desk.services.market_hours import Hours
from alltick_desk.services.outages import Outages
from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.services.states import StateKeeper

PULSES = 10  # make a second; in each a tenth of the rows is looked at


class Screen:
    """Moves what changed onto the panels, and keeps states and figures current."""

    def __init__(
        self,
        front: Frontage,
        data: MarketData,
        *,
        charting: Charting,
        days: DayService,
        metering: Metering,
        outages: Outages,
        holiday: Callable[[InstrumentKey], str],
        hours: Hours,
        halt: Callable[[InstrumentKey], Halt | None],
    ) -> None:
        """``holiday`` tells of an instrument's holiday today, as a sentence, or "".

        ``hours`` tells when markets trade, ``halt`` what the lists of suspensions have.
        """
        self._front = front
        self._data = data
        self._charting = charting
        self._days = days
        self._metering = metering
        self._outages = outages
        self._monotonic = front.clock.monotonic
        self._states = StateKeeper(
            standing=data.standing,
            socket=data.socket,
            why_not=data.why_not,
            monotonic=self._monotonic,
            wall_ms=front.clock.wall_ms,
            holiday=holiday,
            market=data.listed_market,
            hours=hours,
            halt=halt,
            on_bad_book=lambda _: front.on_bad_book(),
            knows=data.knows,
        )
        front.panel.know(proof=self._states.proof)
        self.ready = False  # before the first connections were tried nothing is claimed of rows
        self._all_due = True  # a connection changed: look at every row at the next pulse
        self._reconnects: dict[str, int] = {}
        self._metrics_lost = False

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
        self._charting.retitle()

    def decide(self, rows: Iterable[QuoteRow]) -> None:
        """Say of rows what is known of them now, without waiting for the next look."""
        if self.ready:
            for row in self._states.refresh(rows):
                self.touch(row)

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
        self._charting.on_frame()
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
        self.decide(rows)

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
        return {
            "watchlist": front.panel.state(),
            "order_book": front.book.state(),
            "chart": self._charting.state(),
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
                rows = [it for it in self._front.board.rows() if self._data.family(it.key) == name]
                streamed = [it.key for it in rows if it.state is not RowState.BEYOND_PLAN]
                self._days.want_again(streamed)
                self._charting.refresh([row.key for row in rows])
