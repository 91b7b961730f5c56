"""The running desk: what is wired together once the window has been painted."""

import asyncio
import logging
import os
from collections.abc import Iterable, Mapping
from typing import Any

from alltick_desk.app.accounts import Accounts
from alltick_desk.app.almanac import Almanac
from alltick_desk.app.chart_making import ChartMaker
from alltick_desk.app.charting import Charting
from alltick_desk.app.choices import Choices
from alltick_desk.app.cli import DEMO_PLAN, Options
from alltick_desk.app.day_lines import DayLineSeeding
from alltick_desk.app.demo import SimulatedExchange
from alltick_desk.app.frontage import Frontage
from alltick_desk.app.line import Surroundings
from alltick_desk.app.market_data import MarketData
from alltick_desk.app.metering import Metering
from alltick_desk.app.metrics import MetricsFile
from alltick_desk.app.refreshing import Refreshing
from alltick_desk.app.screen import Screen
from alltick_desk.app.snapshot import write_snapshot
from alltick_desk.app.watching import Watching
from alltick_desk.errors import DeskError, StoreError
from alltick_desk.model.secret import Token
from alltick_desk.services.days import DayService
from alltick_desk.services.market_hours import AlwaysOpen, Hours, known_hours
from alltick_desk.services.outages import Outages
from alltick_desk.store.secrets import TokenKeeper
from alltick_desk.ui.tasks import Tasks
from alltick_desk.vendors.base import Codec

CHECKPOINT_S = 30.0
CLOSE_S = 0.7  # what closing sockets and books may take; the window is gone before that

log = logging.getLogger(__name__)


class Desk:
    """Connects the window to the vendors, and takes it all down again.

    ``hours`` tells when markets trade: by default those of the real exchanges, or, in the demo,
    that they always do, since the simulated one never closes by itself.
    """

    def __init__(
        self, front: Frontage, codecs: Mapping[str, Codec], *, hours: Hours | None = None
    ) -> None:
        self._front = front
        options = front.options
        self._stop = asyncio.Event()
        self._code = 0
        self._ready = asyncio.Event()  # the first connections have been tried
        self._tasks = Tasks(front.faults.report)
        self._exchange: SimulatedExchange | None = None
        self._accounts = Accounts(
            codecs,
            front.board,
            Surroundings(
                clock=front.clock,
                tasks=self._tasks,
                budget_folder=None if options.demo else front.profile.budget_folder,
                say=front.say,
                report=front.faults.report,
                on_change=self._connections_changed,
                listed=front.catalogue.__contains__,
            ),
            in_use=lambda: [vendor for vendor in front.vendors if vendor in codecs],
            forced_use=_forced_use(options, codecs),
            forced_plans=_forced_plans(options, codecs),
            forced_endpoint=options.endpoint,
            mask=front.redact.add,
            leaving=self._keep_totals,
        )
        for vendor, codec in codecs.items():
            front.board.tape(vendor).pad(codec.capabilities.infers_digits)
        self._data = data = MarketData(self._accounts, front.catalogue)
        if hours is None:
            hours = AlwaysOpen() if options.demo else known_hours()
        self._refreshing = Refreshing(
            front,
            data,
            vendors=codecs,
            hours=hours,
            columns=lambda: front.panel.column_ids,
            charted=lambda: self._charting.keys,
            want=self._want,
            touch=self._touch,
        )
        self._days = DayService(
            batches=data.batches,
            fetch=data.daily_bars,
            refused=data.refused,
            pushes=data.pushes_day,
            row=front.board.row,
            market=data.market,
            on_row=self._touch,
            clock=front.clock,
            closes=self._refreshing.closes,
            hours=self._refreshing.hours,
        )
        self._outages = Outages(front.clock)
        self._maker = ChartMaker(
            front,
            data,
            spawn=self._tasks.spawn,
            outages=self._outages,
            ready=self._ready.wait,
            compared=self._watched_anew,
        )
        self._charting = Charting(
            front, self._maker, ready=self._ready.wait, changed=self._charts_changed
        )
        self._seeding = DayLineSeeding(front, data, self._maker.keeper, self._ready.wait)
        front.panel.lists.background.spawn = self._tasks.spawn
        self._metering = Metering(
            front.clock,
            front.window.meter,
            health=data.health,
            calls=data.calls,
            tapes=lambda: [front.board.tape(vendor) for vendor in codecs],
        )
        front.on_bad_book = self._metering.count_bad_book
        self._almanac = Almanac(
            front,
            data,
            codecs,
            hours=hours,
            spawn=self._tasks.spawn,
            on_names=self._names_came,
            on_halts=self._connections_changed,
        )
        self._screen = Screen(
            front,
            data,
            charting=self._charting,
            days=self._days,
            metering=self._metering,
            outages=self._outages,
            holiday=self._almanac.holiday,
            hours=hours,
            halt=self._almanac.halt,
        )
        self._choices = Choices(
            front,
            self._accounts,
            TokenKeeper.of(front.profile, os.environ, front.clock),
            self._tasks,
            connect=self._connect,
            settled=self._settled,
        )
        self._watching = Watching(
            front,
            data,
            self._charting,
            days=self._days,
            refreshing=self._refreshing,
            decide=self._screen.decide,
            changed=self._connections_changed,
        )

    async def run(self) -> int:
        """Run until the person, a signal or a finished snapshot ends it; return the exit code."""
        front = self._front
        front.faults.watch(asyncio.get_running_loop())
        front.on_close = self.stop
        if front.leaving:  # closed between the first paint and now
            self.stop()
        front.on_frame = self._screen.frame
        front.on_settings = self._choices.open_dialog
        front.on_reconnect = self._data.reconnect
        self._charting.begin()
        metrics = None
        if front.options.metrics is not None:
            metrics = MetricsFile(front.options.metrics, self._metering.second)
        self._metering.start()
        self._tasks.spawn(self._days.run(), "daily bars")
        self._almanac.begin()
        self._refreshing.begin(self._tasks.spawn)
        self._seeding.begin(self._tasks.spawn)
        self._tasks.spawn(self._screen.pulse(metrics), "pulse")
        self._tasks.spawn(self._connect_all(), "first connection")
        self._watching.begin()
        self._tasks.spawn(self._charting.complete(), "further charts")
        self._tasks.spawn(self._save_now_and_then(), "checkpoint")
        if front.options.snapshot is not None:
            self._tasks.spawn(self._snapshot(), "snapshot")
        try:
            await self._stop.wait()
        finally:
            await self._close(metrics)
        return self._code

    def stop(self, code: int = 0) -> None:
        """Have ``run`` return; safe to repeat."""
        self._code = self._code or code
        self._stop.set()

    async def _close(self, metrics: MetricsFile | None) -> None:
        front = self._front
        self._watching.close()
        front.retire()
        self._metering.stop()
        self._charting.close()
        front.remember()
        try:
            async with asyncio.timeout(CLOSE_S):
                await asyncio.gather(
                    self._tasks.cancel_all(), self._accounts.close(), self._maker.drawings.close()
                )
                await self._refreshing.save()
        except TimeoutError:
            log.warning("closing took longer than %.1f s; the rest is left behind", CLOSE_S)
        try:
            await self._maker.candles.close()  # which gives up by itself
        except StoreError as error:
            log.warning("%s", error)
        if self._exchange is not None:
            self._exchange.stop()
        if metrics is not None:
            metrics.close()

    async def _save_now_and_then(self) -> None:
        """Leave as little as possible to a last moment that may never come."""
        while True:
            await asyncio.sleep(CHECKPOINT_S)
            save = self._front.checkpoint()
            try:
                await asyncio.get_running_loop().run_in_executor(None, save)
            except StoreError as error:
                self._front.say(str(error))

    async def _snapshot(self) -> None:
        front = self._front
        path = front.options.snapshot
        if path is None:
            return
        await front.clock.sleep(front.options.after_s)
        try:
            write_snapshot(front.window, self._screen.state(), path)
        except DeskError as error:
            front.complain(str(error))
            self.stop(2)
        except Exception:
            front.complain("The snapshot failed; the end of the log tells why.")
            self.stop(1)
            raise
        else:
            self.stop()

    # Connections

    async def _connect_all(self) -> None:
        front = self._front
        tokens: dict[str, Token | None] = {}
        if front.options.demo:
            self._exchange = SimulatedExchange(_forced_plans(front.options, self._accounts.lines))
            try:
                self._accounts.force_endpoint(await self._exchange.start())
            except DeskError as error:
                front.say(str(error))
                self._begin()
                return
            for vendor in self._accounts.lines:
                tokens[vendor] = await self._choices.use_token(vendor, Token("demo"))
        else:
            for vendor in self._accounts.in_use():
                tokens[vendor] = await self._choices.find_token(vendor)
        for vendor in self._accounts.lines:
            await self._connect(vendor, tokens.get(vendor))
        self._begin()
        if not any(tokens.values()) and front.options.snapshot is None:
            self._choices.welcome()

    def _begin(self) -> None:
        """Ask for what is shown: before the first connection there was nobody to ask."""
        self._ready.set()
        self._screen.ready = True
        self._want()
        self._connections_changed()

    async def _connect(self, vendor: str, token: Token | None) -> None:
        """Connect one vendor anew and ask for everything that it should give."""
        await self._accounts.connect(self._front.settings, vendor, token)
        self._forget_refusals(vendor)
        self._ask_again(vendor)

    def _keep_totals(self, vendor: str) -> None:
        """Remember the counters of a line that is about to be made anew."""
        self._metering.keep(self._data.health_of(vendor), self._data.calls_of(vendor))

    def _settled(self, anew: list[str]) -> None:
        """Take changed settings; ``anew`` are the vendors that were connected again."""
        for vendor in anew:
            self._ask_again(vendor)
        # Another plan may give what the one before refused.
        for vendor in self._accounts.lines:
            self._forget_refusals(vendor)
        self._days.want(row.key for row in self._front.watchlist.rows if row.previous_close is None)
        self._want()
        self._screen.show_status()

    def _forget_refusals(self, vendor: str) -> None:
        self._refreshing.begin_anew(vendor)
        self._days.begin_anew(vendor)

    def _ask_again(self, vendor: str) -> None:
        self._want()
        self._days.want(key for key in self._front.watchlist.keys if key.vendor == vendor)
        self._charting.reload(vendor)
        self._connections_changed()

    def _connections_changed(self) -> None:
        self._screen.connections_changed()

    # What the parts tell each other; each is made before the one that it tells

    def _watched_anew(self) -> None:
        self._watching.follow()

    def _charts_changed(self) -> None:
        self._watching.follow_charts()

    def _want(self) -> None:
        self._watching.want()

    def _names_came(self) -> None:
        self._screen.renamed()

    def _touch(self, row: Any) -> None:
        self._screen.touch(row)


def _forced_use(options: Options, vendors: Iterable[str]) -> dict[str, bool]:
    """Return which vendors are in use, where that was said."""
    if not options.vendors_given:
        return dict.fromkeys(options.also, True)
    return {vendor: vendor in options.vendors for vendor in vendors}


def _forced_plans(options: Options, vendors: Iterable[str]) -> dict[str, str]:
    """Return the plans that are not the settings' business: said, or the demo's."""
    if options.demo:
        return {vendor: options.plans.get(vendor, DEMO_PLAN) for vendor in vendors}
    return {vendor: options.plans[vendor] for vendor in options.plans_given}
