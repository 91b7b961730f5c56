"""The one gate in front of a token: nothing goes to the vendor without a ticket from here.

Every limit of the plan is kept by the times of the last calls (``feed.windows``), all of them at
once (``feed.books``), in order of importance (``feed.lanes``), over restarts and crashes
(``feed.ledger``). This module adds the waiting.

How safe it is, and where that ends:

- A ticket is debited before it is handed out and counts as "now" until it is sent or cancelled.
- The day's count and the call's time are on disk before the ticket is handed out. After a crash, a
  call that may have gone counts as gone at the restart.
- Within a run all is measured by the monotonic clock, so that setting the machine's clock changes
  nothing. Between two runs there is only the machine's clock: what then seems to lie in the future
  counts as now, but a clock set forward by a day while the desk is closed looks like a day.
- Two programs with one token do not see each other; the refusals that follow slow this one down.
"""

import asyncio
from collections.abc import Mapping

import msgspec

from alltick_desk.clock import Clock
from alltick_desk.errors import Verdict
from alltick_desk.feed.books import ALL, OTHER, Books, Debit
from alltick_desk.feed.lanes import HEARTBEAT_LANE, Lane, Line, Waiter, share_of
from alltick_desk.feed.ledger import Ledger, MemoryLedger
from alltick_desk.feed.pacing import Pace
from alltick_desk.observe import Hook
from alltick_desk.vendors.base import Plan

__all__ = ["OTHER", "Budget", "Lane", "Ledger", "MemoryLedger", "Throttle", "Ticket"]

MARGIN_S = 0.05
SHORTEST_SLEEP_S = 0.0001  # a shorter one may not move a clock at all


class Budget(msgspec.Struct, frozen=True):
    """What a token has spent and has left, for the screen.

    Attributes:
        used_today: HTTP calls of the last 24 hours, over-counted by up to five minutes.
        left_today: None where the plan has no such limit.
        used_minute: HTTP calls of the last 60 seconds.
        left_minute: None where the plan has no limit for a minute.
        next_free_s: by call name, the seconds until one may go where nobody else waits; under
            ``OTHER`` those of a call that has no windows of its own.
        waiting: how many calls wait, by lane.
        frozen: calls and sockets that the vendor refused for haste, with the seconds left.
    """

    used_today: int
    left_today: int | None
    used_minute: int
    left_minute: int | None
    next_free_s: Mapping[str, float]
    waiting: Mapping[Lane, int]
    frozen: Mapping[str, float]


class Ticket:
    """Leave for one call to go now.

    Call ``sent`` once it is on the wire, or ``cancel`` where it never left the machine. A ticket
    that is dropped without either counts as sent when it is found.
    """

    __slots__ = ("_debit", "_entry", "_loop", "_socket", "_throttle")

    def __init__(
        self, throttle: "Throttle", debit: Debit, *, entry: int | None, socket: str | None
    ) -> None:
        self._throttle = throttle
        self._debit: Debit | None = debit
        self._entry = entry  # of the ledger; None for what happens on a socket
        self._socket = socket  # the socket that this ticket opens
        self._loop = asyncio.get_running_loop()

    def sent(self) -> None:
        """Count the call from this moment on; safe to repeat."""
        if self._debit is not None:
            debit, self._debit = self._debit, None
            self._throttle.went(debit, self._entry)

    def cancel(self) -> None:
        """Give the windows back; the day keeps the call. Nothing once it is sent."""
        if self._debit is not None:
            debit, self._debit = self._debit, None
            self._throttle.never_went(debit, self._entry, self._socket)

    def __del__(self) -> None:
        # The collector may run in any thread, hence not directly.
        if self._debit is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._throttle.went, self._debit, self._entry)


class Throttle:
    """Hands out tickets, each when every limit allows it.

    Attributes:
        vendor: whose limits these are.
        changed: emitted after tickets, waits, limits or refusals changed; at most once for each
            turn of the event loop.
    """

    def __init__(
        self, vendor: str, plan: Plan, *, clock: Clock, ledger: Ledger, margin_s: float = MARGIN_S
    ) -> None:
        """``margin_s`` is what two calls are kept apart beyond their window; 0 turns it off."""
        self.vendor = vendor
        self.changed: Hook[[]] = Hook()
        self._clock = clock
        self._ledger = ledger
        self._books = Books(plan, margin_s)
        self._line = Line()
        self._opened = False
        self._opening = asyncio.Lock()
        self._alarm: asyncio.Task[None] | None = None  # lives only while calls wait
        self._alarm_at = float("inf")
        self._telling = False

    async def open(self) -> None:
        """Learn from the ledger what was spent before; the first ticket does so too.

        Raises StoreError where the record cannot be read; the next one tries again.
        """
        async with self._opening:
            if not self._opened:
                spent = await self._ledger.load()
                self._ledger.keep(self._books.keep_s)
                self._books.recall(spent, self._clock.monotonic())
                self._opened = True
                self._tell()

    async def call(self, name: str, lane: Lane) -> Ticket:
        """Wait until the HTTP call ``name`` may go, e.g. ``"kline"``.

        Raises StoreError where the spending cannot be recorded: then nothing may be sent.
        """
        debit = await self._admit(name, lane)
        try:
            entry = await self._ledger.spend(name)
        except BaseException:
            # It may be on disk by now, so the day keeps it.
            self.never_went(debit, None, None)
            raise
        return Ticket(self, debit, entry=entry, socket=None)

    async def socket_request(self, socket: str, *, lane: Lane = Lane.CLICK) -> Ticket:
        """Wait until a subscription or cancellation may go over ``socket``.

        It keeps the plan's gaps to requests of the same socket and of all others of the token.
        """
        debit = await self._admit(self._books.socket(socket).request, lane)
        return Ticket(self, debit, entry=None, socket=None)

    async def heartbeat(self, socket: str) -> Ticket:
        """Wait until ``socket`` is quiet enough for a heartbeat: a gap away from its requests."""
        debit = await self._admit(self._books.socket(socket).heartbeat, HEARTBEAT_LANE)
        return Ticket(self, debit, entry=None, socket=None)

    async def connect(self, socket: str) -> Ticket:
        """Wait until ``socket`` may be opened.

        That is the plan's pause after its own last attempt and after the last close of any socket
        of the token, also of an earlier run. Sockets that open for the first time do not wait for
        each other. Say ``closed`` after every attempt that was sent and failed, too. Raises
        StoreError.
        """
        debit = await self._admit(self._books.socket(socket).connect, Lane.CLICK)
        try:
            await self._ledger.connecting(socket)
        except BaseException:
            self.never_went(debit, None, socket)
            raise
        return Ticket(self, debit, entry=None, socket=socket)

    def closed(self, socket: str) -> None:
        """Note that ``socket`` is closed now, by whichever side, or did not open."""
        self._books.socket(socket)
        self._books.closed(self._clock.monotonic())
        self._ledger.closed(socket)
        self._turn()

    def punish(self, name: str, verdict: Verdict) -> None:
        """Freeze a call or a socket that was refused for haste, then halve its rate.

        The freeze lasts ten seconds, or the call's longest window where that is longer, and the
        half rate ten minutes more. A refusal within these doubles the freeze and halves again,
        three times at most. Every verdict but RATE and RATE_CLOSED is left to others.
        """
        if verdict in {Verdict.RATE, Verdict.RATE_CLOSED}:
            self._books.punish(name, self._clock.monotonic())
            self._turn()

    def estimate(self, name: str, lane: Lane) -> float:
        """Return the seconds until an HTTP call that came now could go, behind those that wait."""
        return self._line.estimate(self._books, name, lane, self._clock.monotonic())

    def pace(self, name: str) -> Pace:
        """Return how fast background work that never ends may go on with calls of ``name``."""
        return self._books.pace(name, self._clock.monotonic())

    def budget(self) -> Budget:
        """Return what is spent and left now."""
        now = self._clock.monotonic()
        books, plan = self._books, self._books.plan
        used_today = books.used_today(now)
        used_minute = books.used_minute(now)
        minutes = [rate.calls for rate in plan.rates.get(ALL, ()) if rate.seconds == 60]
        day = plan.calls_per_day
        return Budget(
            used_today=used_today,
            left_today=None if day is None else max(0, day - used_today),
            used_minute=used_minute,
            left_minute=max(0, min(minutes) - used_minute) if minutes else None,
            next_free_s={
                name: max(0.0, books.free_at(name, now) - now)
                for name in (*plan.rates, OTHER)
                if name != ALL
            },
            waiting={lane: self._line.waiting(lane) for lane in Lane},
            frozen=books.frozen(now),
        )

    def configure(self, plan: Plan) -> None:
        """Keep the limits of ``plan`` from now on, also for those who wait already.

        What was done before counts on. Where the new plan has a window longer than any of the old
        one, only the last two minutes are known by call.
        """
        self._books.configure(plan)
        self._ledger.keep(self._books.keep_s)
        self._turn()

    def went(self, debit: Debit, entry: int | None) -> None:
        """Take a ticket's word that its call is on the wire; only for ``Ticket``."""
        now = self._clock.monotonic()
        self._books.sent(debit, now)
        self._books.jitter.add(now - debit.at)
        if entry is not None:
            self._ledger.sent(entry)
        self._turn()

    def never_went(self, debit: Debit, entry: int | None, socket: str | None) -> None:
        """Take a ticket's word that its call stayed here; only for ``Ticket``."""
        self._books.undo(debit, self._clock.monotonic(), recorded=True)
        if entry is not None:
            self._ledger.cancelled(entry)
        if socket is not None:
            self._ledger.closed(socket)
        self._turn()

    async def _admit(self, key: str, lane: int) -> Debit:
        """Wait for the call's turn and debit it; leaves no trace when cancelled."""
        if not self._opened:
            await self.open()
        if not self._line:
            now = self._clock.monotonic()
            if self._books.free_at(key, now, share_of(lane)) <= now:
                self._tell()
                return self._books.debit(key, now)
        turn: asyncio.Future[Debit] = asyncio.get_running_loop().create_future()

        def offer(debit: Debit) -> bool:
            if turn.done():
                return False
            turn.set_result(debit)
            return True

        waiter = Waiter(key, lane, offer)
        self._line.add(waiter)
        self._turn()
        try:
            return await turn
        except asyncio.CancelledError:
            self._line.remove(waiter)
            if not turn.cancelled():  # its turn came while it was being cancelled
                self._books.undo(turn.result(), self._clock.monotonic(), recorded=False)
            self._turn()
            raise

    def _turn(self) -> None:
        """Let go whoever may, and set the alarm for the next."""
        if self._line:
            self._line.admit(self._books, self._clock.monotonic())
        if not self._line:
            self._stop_alarm()
        elif self._alarm is None or self._alarm.done() or self._line.wake_at < self._alarm_at:
            self._stop_alarm()
            self._alarm_at = self._line.wake_at
            self._alarm = asyncio.get_running_loop().create_task(
                self._ring(self._alarm_at), name=f"throttle {self.vendor}"
            )
        self._tell()

    def _stop_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    async def _ring(self, at: float) -> None:
        # However long the sleep was: who may go is decided by the clock, and who may not sets the
        # alarm again.
        await self._clock.sleep(max(at - self._clock.monotonic(), SHORTEST_SLEEP_S))
        self._alarm = None
        self._turn()

    def _tell(self) -> None:
        """Emit ``changed`` soon, so that a listener's fault is the loop's to report."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.changed.emit()  # not running yet: settings are being applied
            return
        if not self._telling:
            self._telling = True
            loop.call_soon(self._emit)

    def _emit(self) -> None:
        self._telling = False
        self.changed.emit()
