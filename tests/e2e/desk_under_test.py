"""The whole desk in one process: window, loop, sockets and files, against the simulated exchange.

Both ends live on one clock that runs fast, so minutes of limits pass in seconds::

    async def scenario() -> None:
        async with desk_running(tmp_path, plan="free") as d:
            await d.until(lambda: d.states() == {"Live"})
        assert not d.exchange.breaches

    play(scenario())
"""

import asyncio
import contextlib
import copy
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import keyring
import pytest
from keyring.backends import null
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from seen import Seen
from venue import RATE, Venue, venue_open

from alltick_desk.app.cli import read
from alltick_desk.app.desk import Desk
from alltick_desk.app.faults import Faults
from alltick_desk.app.frontage import Frontage
from alltick_desk.app.logs import Redactor
from alltick_desk.app.vendors import SPOKEN, codecs_for
from alltick_desk.feed.provider import Provider
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.charts import ChartSession
from alltick_desk.services.market_hours import AlwaysOpen, Hours
from alltick_desk.services.quotes import QuoteRow
from alltick_desk.sim.limits import describe
from alltick_desk.sim.script import Script
from alltick_desk.store.profile import Profile
from alltick_desk.store.secrets import environment_name
from alltick_desk.ui.chart import ChartPanel
from alltick_desk.ui.loop import DeskLoop

TOKEN = "e2e-token-0123456789"
PATIENCE_S = 60.0  # of the machine's time: only a desk that hangs gets there

Q = TypeVar("Q", bound=QObject)
W = TypeVar("W", bound=QWidget)


def play(scenario: Coroutine[Any, Any, None]) -> None:
    """Run a scenario on the desk's own loop; needs the ``qapp`` fixture."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    palette, style = app.palette(), app.style().name()
    loop = DeskLoop(app)
    try:
        loop.run_until_complete(scenario)
    finally:
        loop.close()
        app.setStyle(style)
        app.setPalette(palette)
        QLocale.setDefault(QLocale.system())


class RunningDesk(Seen):
    """A desk, and what a person and an exchange see of it.

    What is asked of rows, connections and calls is about one vendor; ``about`` asks of another.
    """

    def __init__(self, front: Frontage, desk: Desk, venue: Venue, vendor: str) -> None:
        super().__init__(venue.exchange, vendor)
        self.front = front
        self.desk = desk
        self.venue = venue
        self.clock = venue.clock
        self.running: asyncio.Task[int] | None = None

    def about(self, vendor: str) -> "RunningDesk":
        """Return the same desk, asked about another vendor."""
        other = copy.copy(self)
        other.vendor = vendor
        return other

    # Time

    async def until(self, done: Callable[[], object], what: str = "") -> None:
        """Wait until ``done()`` is true; the deadline is only for what never comes."""
        deadline_s = time.monotonic() + PATIENCE_S
        while not done():
            assert self.running is None or not self.running.done(), "the desk has ended"
            if time.monotonic() > deadline_s:
                raise AssertionError(f"never came: {what or done}\n{self.tale()}")
            await asyncio.sleep(0.004)

    async def during(self, seconds: float, holds: Callable[[], object] = lambda: True) -> None:
        """Let ``seconds`` of the clock pass, in which ``holds()`` stays true."""
        end_s = self.clock.monotonic() + seconds
        while self.clock.monotonic() < end_s:
            assert holds(), self.tale()
            await asyncio.sleep(0.004)

    async def from_now(self) -> float:
        """Return a time that nothing bears which has arrived before this call."""
        await self.during(1e-9)
        return self.clock.monotonic()

    # What the person sees

    def row(self, code: str) -> QuoteRow:
        """Return the board's row of a code."""
        return self.front.board.row(InstrumentKey(self.vendor, code))

    def rows(self) -> list[QuoteRow]:
        """Return the list's rows in its order."""
        return [row for row in self.front.watchlist.rows if row.key.vendor == self.vendor]

    def codes(self) -> list[str]:
        """Return the list's codes in its order."""
        return [row.key.code for row in self.rows()]

    def state(self, code: str) -> str:
        """Return the word that a row shows."""
        return self.row(code).state.value

    def states(self) -> set[str]:
        """Return all the words that the list shows."""
        return {row.state.value for row in self.rows()}

    def live(self) -> bool:
        """Whether every row of the list is live."""
        return self.states() == {"Live"}

    def messages(self) -> str:
        """Return what the status bar has said."""
        return "\n".join(self.front.status.messages)

    def connection(self, family: str) -> str:
        """Return the status bar's sentence about a family's connection, "" for none."""
        part = self.front.window.findChild(QWidget, f"connection_{self.vendor}_{family}")
        return part.toolTip() if part else ""

    def shown(self) -> Any:
        """Return what a snapshot of the window would say."""
        return self.desk._screen.state()

    def tale(self) -> str:
        """Return what there is to know when a test fails."""
        rows = [
            f"{row.key.code}: {row.state.value}, {row.last or '—'}. {row.state_detail}"
            for row in self.front.watchlist.rows[:20]
        ]
        health = [f"{name}: {pool}" for name, pool in self.desk._data.health().items()]
        recent = [
            f"{entry.at_s:.2f} {entry.kind} {entry.family} {entry.call} → {entry.ret}"
            for entry in list(self.exchange.journal)[-12:]
        ]
        return "\n".join(
            [
                f"at {self.clock.monotonic():.2f} s; {self.front.faults.count} faults",
                *rows,
                *health,
                *recent,
                describe(self.exchange.breaches),
                self.messages(),
            ]
        )

    # What is inside

    @property
    def provider(self) -> Provider:
        """The vendor's line in use."""
        provider = self.desk._data.providers().get(self.vendor)
        assert provider is not None, self.tale()
        return provider

    @property
    def chart(self) -> ChartSession:
        """The bars of the active chart."""
        return self.desk._charting.active.session

    @property
    def panel(self) -> ChartPanel:
        """The panel of the active chart."""
        panel = self.desk._charting.active.panel
        assert panel is not None
        return panel

    def decode_errors(self) -> int:
        """Return how many messages meant nothing."""
        return int(self.desk._metering.second()["decode_errors_total"])

    # What the person does

    def find(self, kind: type[Q], name: str) -> Q:
        """Return the widget or action of that name, in the window or a dialog on it."""
        found = self.front.window.findChild(kind, name)
        assert found is not None, f"there is no {name}"
        return found

    def dialog(self, kind: type[W]) -> W | None:
        """Return the open dialog of a class."""
        found = [it for it in self.front.window.findChildren(kind) if it.isVisible()]
        return found[-1] if found else None

    async def act(self, *deeds: Callable[[], object]) -> None:
        """Do things one right after the other, from Qt's loop and not from a task, as a hand does.

        A task may not be entered while another one runs, which an event that is sent from inside
        a task can bring about.
        """
        await self.until(self._has_focus, "the focus")
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def do() -> None:
            try:
                for deed in deeds:
                    deed()
            except BaseException as error:  # noqa: BLE001 - the test's to raise
                done.set_exception(error)
            else:
                done.set_result(None)

        QTimer.singleShot(0, do)
        await done

    def _has_focus(self) -> bool:
        """Take the focus: offscreen no window manager gives it back after a popup."""
        if QApplication.activeWindow() is None:
            self.front.window.activateWindow()
        return QApplication.activeWindow() is not None

    def type_symbol(self, text: str) -> None:
        """Type into the add box, and press Enter."""
        box = self.front.panel._adding.box
        box.setFocus()
        QTest.keyClicks(box, text)
        QTest.keyClick(box, Qt.Key.Key_Return)

    def select(self, code: str) -> None:
        """Click on a row."""
        view = self.front.panel._view
        place = list(self.front.watchlist.keys).index(InstrumentKey(self.vendor, code))
        index = view.model().index(place, 0)
        view.scrollTo(index)
        QTest.mouseClick(
            view.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            view.visualRect(index).center(),
        )

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key while the list has the focus."""
        view = self.front.panel._view
        view.setFocus()
        QTest.keyClick(view, key, modifier or Qt.KeyboardModifier.NoModifier)

    async def close(self) -> int:
        """Close the window as a person does; return the exit code."""
        await self.act(self.front.window.close)
        return await self.ended()

    async def gone(self) -> None:
        """Wait until the exchange has seen every connection end, on its side as well."""
        server = self.venue.server
        await eventually(lambda: not server._writers and not self.exchange.connections)

    async def ended(self) -> int:
        """Wait until the desk has ended; return the exit code."""
        assert self.running is not None
        await asyncio.wait([self.running], timeout=PATIENCE_S)
        assert self.running.done(), f"the desk did not end\n{self.tale()}"
        return self.running.result()


async def eventually(done: Callable[[], object]) -> None:
    """Wait until ``done()`` is true, whether a desk runs or not."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < deadline_s, "never came"
        await asyncio.sleep(0.004)


@contextlib.asynccontextmanager
async def desk_running(
    folder: Path,
    *,
    vendor: str = "alltick",
    plan: str = "premium",
    symbols: Sequence[str] = (),
    rate: float = RATE,
    script: Script | None = None,
    venue: Venue | None = None,
    also: Mapping[str, str] = MappingProxyType({}),
    tokens: Mapping[str, str] | None = None,
    hours: Hours | None = None,
) -> AsyncIterator[RunningDesk]:
    """Run a desk on the profile ``folder``, as ``run.py`` does, against an exchange.

    It is a desk of one ``vendor`` on its ``plan``, and of those in ``also`` on theirs. ``symbols``
    are watched and saved nowhere; without them it is the profile's own list. The exchange is
    ``venue``, else one of its own with these plans and ``script``. ``tokens``, by vendor, are what
    the environment holds; by default one for each of them. ``hours`` are when markets trade; by
    default always, as at the simulated exchange.
    """
    plans = {vendor: plan, **also}
    async with contextlib.AsyncExitStack() as stack:
        if tokens is None:
            tokens = dict.fromkeys(plans, TOKEN)
        stack.enter_context(_surroundings(tokens))
        if venue is None:
            opening = venue_open(
                plan=plans.get("alltick", "premium"),
                itick_plan=plans.get("itick", "premium"),
                rate=rate,
                script=script,
            )
            venue = await stack.enter_async_context(opening)
        arguments = ["--endpoint", venue.server.base_url, "--theme", "light"]
        if tuple(plans) != SPOKEN[:1]:  # which is in use unasked
            arguments += [word for each in plans for word in ("--vendor", each)]
        arguments += [word for each in plans.items() for word in ("--plan", "=".join(each))]
        if symbols:
            arguments += ["--symbols", ",".join(symbols)]
        options = read([*arguments, "--profile", str(folder)])
        profile = Profile.of(options.profile)
        profile.prepare()
        redact = Redactor()
        faults = Faults(redact)
        front = Frontage(
            options, profile, clock=venue.clock, redact=redact, faults=faults, writes=True
        )
        front.window.show()
        codecs = codecs_for(SPOKEN, lambda code: front.catalogue.get(code).market)
        d = RunningDesk(front, Desk(front, codecs, hours=hours or AlwaysOpen()), venue, vendor)
        venue.clock.held = lambda: _writing(d.desk)
        loop = asyncio.get_running_loop()
        d.running = loop.create_task(d.desk.run(), name="desk")
        try:
            yield d
        finally:
            d.desk.stop()
            await asyncio.wait([d.running])
            loop.set_exception_handler(None)
            venue.clock.held = bool
            front._language.choose("en")
            front.window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert faults.count == 0, "the desk reported a bug"
    d.running.result()


@contextlib.contextmanager
def _surroundings(tokens: Mapping[str, str]) -> Iterator[None]:
    """Give the environment the tokens, and hide this machine's own keyring and tokens."""
    own = keyring.get_keyring()
    keyring.set_keyring(null.Keyring())
    try:
        with pytest.MonkeyPatch.context() as patch:
            for vendor in SPOKEN:
                patch.delenv(environment_name(vendor), raising=False)
            for vendor, token in tokens.items():
                patch.setenv(environment_name(vendor), token)
            yield
    finally:
        keyring.set_keyring(own)


def _writing(desk: Desk) -> bool:
    """Whether a record of calls is being written: a disk's time does not scale."""
    ledgers = (line._ledger for line in desk._accounts.lines.values())
    return any(getattr(ledger, "_commit", None) is not None for ledger in ledgers)
