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
import gc
import heapq
import itertools
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import keyring
import pytest
from fakes import ScaledClock
from keyring.backends import null
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from alltick_desk.app.cli import read
from alltick_desk.app.desk import Desk
from alltick_desk.app.faults import Faults
from alltick_desk.app.frontage import Frontage
from alltick_desk.app.logs import Redactor
from alltick_desk.app.vendors import codecs_for
from alltick_desk.feed.provider import Provider
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.quotes import QuoteRow
from alltick_desk.sim.exchange import Entry, Exchange
from alltick_desk.sim.limits import describe
from alltick_desk.sim.script import Script
from alltick_desk.sim.server import Server, serve
from alltick_desk.store.profile import Profile
from alltick_desk.ui.loop import DeskLoop

TOKEN = "e2e-token-0123456789"
RATE = 12.0
PATIENCE_S = 60.0  # of the machine's time: only a desk that hangs gets there
TURN_S = 0.001
LONGEST_TURN_S = 0.002  # what a turn that took longer counts as
MONDAY_MS = 1_767_605_400_000  # 2026-01-05 09:30 UTC
SUBSCRIBE = {"depth": "22002", "trades": "22004"}

W = TypeVar("W", bound=QWidget)


class PacedClock(ScaledClock):
    """A ScaledClock that moves in turns of the loop, a little in each, however long a turn takes.

    A machine that is busy, a window that paints or a disk that syncs would otherwise cost a good
    part of a second of this clock's time, which on the way between the two ends would look like a
    broken limit. Here such a stall costs the test its own time, and the desk none of its.
    """

    def __init__(self, rate: float) -> None:
        super().__init__(rate)
        self.rate = rate
        self._turned_s = time.monotonic()
        self._epoch_ms = MONDAY_MS
        self._now_s = 0.0
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._running = False
        self.held: Callable[[], bool] = bool  # True: time stands still

    def monotonic(self) -> float:
        return self._now_s

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        awake = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now_s + seconds, next(self._order), awake))
        await awake

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Let time pass inside the block."""
        self._running = True
        self._turn()
        try:
            yield
        finally:
            self._running = False
            for _, _, awake in self._sleepers:
                awake.cancel()
            self._sleepers.clear()

    def _turn(self) -> None:
        if not self._running:
            return
        asyncio.get_running_loop().call_later(TURN_S, self._turn)
        now_s = time.monotonic()
        passed_s, self._turned_s = now_s - self._turned_s, now_s
        if self.held():
            return
        self._now_s += min(passed_s, LONGEST_TURN_S) * self.rate
        while self._sleepers and self._sleepers[0][0] <= self._now_s:
            _, _, awake = heapq.heappop(self._sleepers)
            if not awake.done():
                awake.set_result(None)


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


@dataclass
class Venue:
    """A simulated exchange that is served, and its clock."""

    exchange: Exchange
    server: Server
    clock: PacedClock


@contextlib.asynccontextmanager
async def venue_open(
    *,
    plan: str = "premium",
    rate: float = RATE,
    script: Script | None = None,
    clock: PacedClock | None = None,
) -> AsyncIterator[Venue]:
    """Serve an exchange for as long as the block runs; ``clock`` is one that runs already."""
    async with contextlib.AsyncExitStack() as stack:
        if clock is None:
            clock = PacedClock(rate)
            stack.enter_context(clock.running())
        # A message is a turn or two on its way, and a new connection a few more.
        slack_s = 2 * LONGEST_TURN_S * clock.rate
        exchange = Exchange(plan=plan, clock=clock, script=script, slack_s=slack_s)
        server = await stack.enter_async_context(serve(exchange))
        yield Venue(exchange, server, clock)


class RunningDesk:
    """A desk, and what a person and an exchange see of it."""

    def __init__(self, front: Frontage, desk: Desk, venue: Venue) -> None:
        self.front = front
        self.desk = desk
        self.venue = venue
        self.exchange = venue.exchange
        self.clock = venue.clock
        self.running: asyncio.Task[int] | None = None

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

    # What the person sees

    def row(self, code: str) -> QuoteRow:
        """Return the board's row of a code."""
        return self.front.board.row(InstrumentKey("alltick", code))

    def codes(self) -> list[str]:
        """Return the list's codes in its order."""
        return [key.code for key in self.front.watchlist.keys]

    def state(self, code: str) -> str:
        """Return the word that a row shows."""
        return self.row(code).state.value

    def states(self) -> set[str]:
        """Return all the words that the list shows."""
        return {row.state.value for row in self.front.watchlist.rows}

    def live(self) -> bool:
        """Whether every row of the list is live."""
        return self.states() == {"Live"}

    def messages(self) -> str:
        """Return what the status bar has said."""
        return "\n".join(self.front.status.messages)

    def connection(self, family: str) -> str:
        """Return the status bar's sentence about a family's connection, "" for none."""
        part = self.front.window.findChild(QWidget, f"connection_alltick_{family}")
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
        provider = self.desk._data.providers().get("alltick")
        assert provider is not None, self.tale()
        return provider

    def decode_errors(self) -> int:
        """Return how many messages meant nothing."""
        return int(self.desk._metering.second()["decode_errors_total"])

    # What the exchange sees

    def calls(self, name: str, since_s: float = 0.0) -> list[Entry]:
        """Return the HTTP calls of one name that have arrived."""
        return self._entries("http", name, since_s)

    def lists(self, kind: str, family: str, since_s: float = 0.0) -> list[dict[str, int]]:
        """Return the lists of ``"trades"`` or ``"depth"`` that have arrived: levels by code."""
        return [
            {it["code"]: it.get("depth_level", 0) for it in entry.document["data"]["symbol_list"]}
            for entry in self._entries("command", SUBSCRIBE[kind], since_s)
            if entry.family == family
        ]

    def _entries(self, kind: str, call: str, since_s: float) -> list[Entry]:
        return [
            entry
            for entry in self.exchange.journal
            if entry.kind == kind and entry.call == call and entry.at_s >= since_s
        ]

    def subscribed(self, kind: str) -> set[str]:
        """Return the codes that the exchange streams now."""
        return {
            code
            for connection in self.exchange.connections.values()
            for code in (connection.trades if kind == "trades" else connection.depths)
        }

    # What the person does

    def find(self, kind: type[W], name: str) -> W:
        """Return the widget of that object name, in the window or a dialog on it."""
        widget = self.front.window.findChild(kind, name)
        assert widget is not None, f"there is no {name}"
        return widget

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
        box = self.front.panel._box
        box.setFocus()
        QTest.keyClicks(box, text)
        QTest.keyClick(box, Qt.Key.Key_Return)

    def select(self, code: str) -> None:
        """Click on a row."""
        view = self.front.panel._view
        index = view.model().index(self.codes().index(code), 0)
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
        await _eventually(lambda: not server._writers and not self.exchange.connections)

    async def ended(self) -> int:
        """Wait until the desk has ended; return the exit code."""
        assert self.running is not None
        await asyncio.wait([self.running], timeout=PATIENCE_S)
        assert self.running.done(), f"the desk did not end\n{self.tale()}"
        return self.running.result()


async def _eventually(done: Callable[[], object]) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < deadline_s, "never came"
        await asyncio.sleep(0.004)


@contextlib.asynccontextmanager
async def desk_running(
    folder: Path,
    *,
    plan: str = "premium",
    symbols: Sequence[str] = (),
    rate: float = RATE,
    script: Script | None = None,
    venue: Venue | None = None,
    said: Sequence[str] = (),
    token: str | None = TOKEN,
) -> AsyncIterator[RunningDesk]:
    """Run a desk on the profile ``folder``, as ``run.py`` does, against an exchange.

    ``symbols`` are watched and saved nowhere; without them it is the profile's own list. The
    exchange is ``venue``, else one of its own with ``plan`` and ``script``. ``said`` are further
    arguments of the command line; ``token`` is None where the environment holds none.
    """
    async with contextlib.AsyncExitStack() as stack:
        stack.enter_context(_surroundings(token))
        if venue is None:
            venue = await stack.enter_async_context(venue_open(plan=plan, rate=rate, script=script))
        arguments = ["--plan", plan, "--endpoint", venue.server.base_url, "--theme", "light"]
        if symbols:
            arguments += ["--symbols", ",".join(symbols)]
        options = read([*arguments, "--profile", str(folder), *said])
        profile = Profile.of(options.profile)
        profile.prepare()
        redact = Redactor()
        faults = Faults(redact)
        front = Frontage(
            options, profile, clock=venue.clock, redact=redact, faults=faults, writes=True
        )
        front.window.show()
        d = RunningDesk(front, Desk(front, codecs_for(options.vendors)), venue)
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
def _surroundings(token: str | None) -> Iterator[None]:
    """Give the environment the token, and hide this machine's own keyring and tokens."""
    own = keyring.get_keyring()
    keyring.set_keyring(null.Keyring())
    try:
        with pytest.MonkeyPatch.context() as patch:
            if token is None:
                patch.delenv("ALLTICK_TOKEN", raising=False)
            else:
                patch.setenv("ALLTICK_TOKEN", token)
            yield
    finally:
        keyring.set_keyring(own)


def _writing(desk: Desk) -> bool:
    """Whether the record of calls is being written: a disk's time does not scale."""
    ledger = desk._accounts.lines["alltick"]._ledger
    return getattr(ledger, "_commit", None) is not None


def open_sockets() -> int:
    """Return how many sockets this process has open."""
    gc.collect()
    return sum(target.startswith("socket:") for target in _descriptors())


def open_files(folder: Path) -> list[str]:
    """Return the files in a folder that this process has open."""
    return [target for target in _descriptors() if target.startswith(str(folder))]


def _descriptors() -> list[str]:
    """Return what every open descriptor of this process stands for."""
    targets = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            targets.append(str(descriptor.readlink()))
    return targets
