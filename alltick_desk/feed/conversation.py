"""What is said on one open socket: requests, heartbeats, and listening for silence."""

import asyncio
import logging
from collections.abc import Callable

from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.bell import Bell
from alltick_desk.feed.connection import Connection
from alltick_desk.feed.intake import Intake
from alltick_desk.feed.lanes import Lane
from alltick_desk.feed.subscription import Action, Request
from alltick_desk.feed.subscriptions import Subscriptions
from alltick_desk.feed.wiring import Again, Close, End, SocketState, Wiring
from alltick_desk.model.words import Sentence, span
from alltick_desk.vendors.base import Ack, Codec, Control, Ready, Refused

COALESCE_S = 0.2  # edits so close together are one request
ACK_S = 5.0
_SEQ_END = 2**32  # sequence numbers are uint32

SIGN_IN_S = 10.0
_NAP = 4  # so many times the longest silence: the machine slept, and was not only busy
_NOT_SIGNED_IN = Sentence(
    "Feed",
    "The vendor did not accept the token within {seconds} seconds; the desk connects again.",
)
_STUCK = Sentence(
    "Feed", "The vendor did not end a subscription; the desk connects again to end it."
)
_NO_HEARTBEAT = Sentence("Feed", "The vendor does not answer the heartbeat.")

_log = logging.getLogger(__name__)


class Conversation:
    """One connection's talk, from before the handshake to its end.

    ``enter`` is told when the socket may be used, falls silent and speaks again; ``turned_down``
    says what it means that the vendor refuses the connection itself.

    Attributes:
        ready: whether the vendor has accepted the token: before that nothing is asked.
        lapsed: whether heartbeats were overdue by the calendar when it ended, as after the
            machine has slept: then that alone may be why.
    """

    def __init__(
        self,
        name: str,
        number: int,
        wiring: Wiring,
        *,
        subscriptions: Subscriptions,
        intake: Intake,
        enter: Callable[[SocketState, str], None],
        turned_down: Callable[[VendorError], End],
    ) -> None:
        self._name = name
        self._number = number
        self._wiring = wiring
        self._codec = wiring.codec
        self._clock = wiring.clock
        self._subscriptions = subscriptions
        self._intake = intake
        self._enter = enter
        self._turned_down = turned_down
        self.ready = not wiring.codec.capabilities.signs_in
        self.lapsed = False
        self._spoke_ms = wiring.clock.wall_ms()  # the monotonic clock may stand while all sleeps
        self._signed_in = Bell(wiring.clock)
        self._ending: asyncio.Future[End] = asyncio.get_running_loop().create_future()
        self._news = Bell(wiring.clock)  # an edit, or an answer
        self._edited_s: float | None = None
        self._beat_s: float | None = None  # when the oldest unanswered heartbeat went out
        self._silent = False
        self._seq = 0

    def finish(self, end: End) -> None:
        """End it; the first reason counts."""
        if not self._ending.done():
            self.lapsed = self._unheard_ms() > 1000 * self._codec.capabilities.silence_s
            self._ending.set_result(end)

    def edited(self) -> None:
        """Look at the subscriptions again: what is wanted has changed."""
        if self._edited_s is None:
            self._edited_s = self._clock.monotonic()
        self._news.ring()

    async def hold(self, connection: Connection) -> End:
        """Talk until someone ends it: the vendor, the watchdog or the session."""
        self._spoke_ms = self._clock.wall_ms()
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [
                    group.create_task(part(connection), name=f"{self._name} {part.__name__[1:]}")
                    for part in (self._read, self._ask, self._beat, self._watch)
                ]
                end = await self._ending
                for task in tasks:
                    task.cancel()
        finally:
            self._intake.unwatch()
            await connection.leave()
        return end

    def hear(self, event: Control) -> None:
        """Take an answer of the vendor; plain calls only, for this runs inside a read."""
        if isinstance(event, Ready):
            self.ready = True
            self._signed_in.ring()
        if not isinstance(event, Ack | Refused) or self._is_final(event):
            return
        if self._subscriptions.settle(self._number, event, self._clock.monotonic()):
            self._news.ring()
            self._wiring.on_change()

    # The four parts

    async def _read(self, connection: Connection) -> None:
        """Take what does not come the direct way, and notice the end."""
        try:
            while True:
                message = await connection.recv(decode=False)
                self._intake.now_s = self._intake.last_message_s = self._clock.monotonic()
                self._intake.take(message)
        except ConnectionClosed as closed:
            self.finish(_closed(closed))

    async def _ask(self, connection: Connection) -> None:
        """Send what the subscriptions ask for, one request at a time."""
        if not self.ready and not await self._signed_in.wait(SIGN_IN_S):
            reason = _NOT_SIGNED_IN.format(seconds=round(SIGN_IN_S))
            self.finish(End(SocketState.WAITING, reason, Again.SOON))
            return
        self._enter(SocketState.LIVE, "")
        number, subscriptions = self._number, self._subscriptions
        while True:
            now_s = self._clock.monotonic()
            if subscriptions.next_request(number, now_s) is None:
                self._edited_s = None
                due_s = subscriptions.due_s(number, now_s)
                await self._news.wait(None if due_s is None else due_s - now_s)
                continue
            if self._edited_s is not None:
                await self._clock.sleep(max(0.0, self._edited_s + COALESCE_S - now_s))
            # Requests of several sockets go one by one: first what chart and book show.
            lane = Lane.CLICK if subscriptions.leads(number) else Lane.VISIBLE
            ticket = await self._wiring.throttle.socket_request(self._name, lane=lane)
            self._edited_s = None
            request = subscriptions.next_request(number, self._clock.monotonic())
            if request is None:
                ticket.cancel()
                continue
            seq = self._next_seq()
            subscriptions.sent(number, seq, request, self._clock.monotonic())
            self._watch_for_data(request)
            try:
                await self._say(connection, _text(self._codec, request, seq))
                self._wiring.on_change()
                await self._await_answer()
            finally:
                # Counted from the answer: the vendor saw the request before that, however long it
                # was on its way, so no later one can seem too soon to it.
                ticket.sent()

    async def _beat(self, connection: Connection) -> None:
        """Send the vendor's heartbeat."""
        while True:
            await self._clock.sleep(self._codec.capabilities.heartbeat_s)
            if not self.ready:
                continue
            ticket = await self._wiring.throttle.heartbeat(self._name)
            if self._unanswered_s() is None:
                self._beat_s = self._clock.monotonic()
            try:
                await self._say(
                    connection, self._codec.heartbeat(self._next_seq(), self._clock.wall_ms())
                )
            finally:
                ticket.sent()
            self._spoke_ms = self._clock.wall_ms()

    async def _watch(self, _connection: Connection) -> None:
        """End the connection when heartbeats stay unanswered; anything that comes answers."""
        limit_s = self._codec.capabilities.silence_s
        while True:
            await self._clock.sleep(limit_s / 8)
            quiet_s = self._unanswered_s() or 0.0
            if self._unheard_ms() > 1000 * _NAP * limit_s:
                # Several heartbeats were left out: no busy moment, and the vendor has given up.
                slept = Sentence("Feed", "This machine slept, or its clock was set.")
                self.finish(End(SocketState.WAITING, slept, Again.SOON))
            elif quiet_s >= limit_s:
                reason = Sentence("Feed", "The connection was open but silent for {time}.")
                silence = reason.format(time=span(quiet_s))
                self.finish(End(SocketState.WAITING, silence, Again.SOON))
            elif (quiet_s >= limit_s / 2) is not self._silent:
                self._silent = not self._silent
                if self._silent:
                    self._enter(SocketState.SILENT, _NO_HEARTBEAT)
                else:
                    self._enter(SocketState.LIVE, "")

    # Details

    async def _say(self, connection: Connection, text: str) -> None:
        try:
            await connection.send(text)
        except ConnectionClosed as closed:
            self.finish(_closed(closed))

    async def _await_answer(self) -> None:
        deadline_s = self._clock.monotonic() + ACK_S
        while self._subscriptions.flight(self._number) is not None:
            now_s = self._clock.monotonic()
            if now_s >= deadline_s:
                _log.info("%s: a request was not acknowledged", self._name)
                self._subscriptions.ack_lost(self._number, now_s)
                self._wiring.on_change()
                break
            await self._news.wait(deadline_s - now_s)
        self._intake.unwatch()
        if self._subscriptions.stuck(self._number):
            self.finish(End(SocketState.WAITING, _STUCK, Again.SOON))

    def _watch_for_data(self, request: Request) -> None:
        """Let the first tick of a new code stand in for an acknowledgement that may be lost."""
        flight = self._subscriptions.flight(self._number)
        if request.action is Action.SUBSCRIBE and flight is not None and flight.fresh:
            self._intake.watch(request.channel, flight.fresh, self._data_came)

    def _data_came(self) -> None:
        self._subscriptions.ticked(self._number)
        self._wiring.on_change()

    def _is_final(self, event: Ack | Refused) -> bool:
        """Return whether the answer ends the connection: then it says nothing about the list."""
        if isinstance(event, Ack):
            return False
        error = event.error
        _log.info("%s: refused (%s): %s", self._name, error.verdict.value, error)
        if error.verdict in {Verdict.RATE, Verdict.RATE_CLOSED}:
            self._wiring.throttle.punish("socket", error.verdict)
        if error.verdict is Verdict.RATE_CLOSED:
            self.finish(End(SocketState.WAITING, str(error), Again.SOON))
        elif error.verdict is Verdict.TOKEN or not self.ready:
            self.finish(self._turned_down(error))
        else:
            return False
        return True

    def _unheard_ms(self) -> int:
        """Return for how long the vendor has not heard from here, by the calendar."""
        return self._clock.wall_ms() - self._spoke_ms

    def _unanswered_s(self) -> float | None:
        """Return for how long a heartbeat has gone unanswered; None where none has."""
        heard_s = self._intake.last_message_s
        # A near vendor answers within one tick of a coarse clock.
        if self._beat_s is None or (heard_s is not None and heard_s >= self._beat_s):
            self._beat_s = None
            return None
        return self._clock.monotonic() - self._beat_s

    def _next_seq(self) -> int:
        self._seq = (self._seq + 1) % _SEQ_END
        return self._seq


def _closed(closed: ConnectionClosed) -> End:
    # The vendor's own words are left out: they are not ours to vouch for.
    close, code = Close.EXPLAINED, None
    if closed.rcvd is not None:
        code = closed.rcvd.code
        bare = code == CloseCode.NO_STATUS_RCVD or (
            code == CloseCode.NORMAL_CLOSURE and not closed.rcvd.reason
        )
        close = Close.CLEAN if bare and closed.rcvd_then_sent else Close.EXPLAINED
    elif closed.sent is None:
        close = Close.ABRUPT
    if code is None or code == CloseCode.NO_STATUS_RCVD:
        why = Sentence("Feed", "The vendor closed the connection without a word.")
    else:
        words = Sentence("Feed", "The vendor closed the connection with code {code}.")
        why = words.format(code=int(code))
    return End(SocketState.WAITING, why, Again.SOON, close)


def _text(codec: Codec, request: Request, seq: int) -> str:
    if request.action is Action.CANCEL:
        return codec.cancel(request.channel, request.wishes, seq)
    return codec.subscribe(request.channel, request.wishes, seq)
