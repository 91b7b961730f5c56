"""One socket's life: connect, talk, end, and come back after a decent pause."""

import logging
from collections.abc import Callable

from alltick_desk.errors import DeskError, VendorError, Verdict
from alltick_desk.feed.backoff import Backoff
from alltick_desk.feed.bell import Bell
from alltick_desk.feed.connection import (
    Connection,
    HandshakeError,
    UnreachableError,
    open_connection,
)
from alltick_desk.feed.conversation import Conversation
from alltick_desk.feed.intake import Intake, Sink
from alltick_desk.feed.subscriptions import Subscriptions
from alltick_desk.feed.wiring import Again, Close, End, SocketHealth, SocketState, Wiring
from alltick_desk.model.words import Sentence
from alltick_desk.vendors.base import Address, Control

__all__ = ["Session", "Sink", "SocketHealth", "SocketState"]

HEALTHY_S = 60.0  # a connection that lived so long was a good one
BRIEF_S = 5.0  # one that the vendor ends sooner, before any message, was not wanted
BRIEF_LIVES = 3
OUSTED_S = 5.0  # so soon after another one came up, it is that one that ended this one
ABRUPT_ENDS = 2
_AT_THE_DOOR = Sentence("Feed", "Another connection has to be closed first.")
_EVICTED = Sentence(
    "Feed",
    "Another program with this token seems to have taken this connection's place; the desk waits "
    "before it tries again. Close the other program, then choose “Connect again now” in the "
    "connection's menu.",
)
_FEWER = Sentence(
    "Feed",
    "The vendor closed this connection when the desk opened another one: it seems to allow fewer "
    "than the plan in the settings. The desk tries again later.",
)

_log = logging.getLogger(__name__)


class Session:
    """Keeps one socket of a family connected, and holding its share of the subscriptions.

    Attributes:
        name: as the throttler knows it, e.g. ``alltick/stock#1``.
        state: what can be said of the socket now.
        pause_s: the plan's pause before a socket is opened again.
    """

    def __init__(
        self,
        family: str,
        number: int,
        wiring: Wiring,
        subscriptions: Subscriptions,
        *,
        pause_s: float,
        turned_away: Callable[[int], None],
        ousted: Callable[[int, float], bool],
    ) -> None:
        """``turned_away(number)`` is told when the vendor seems to have one socket too many.

        ``ousted(number, since_s)`` is told when the socket ended for no known reason, and returns
        whether it had to make way for another one of the family that came up since then.
        """
        self.name = f"{wiring.codec.vendor}/{family}#{number}"
        self.state = SocketState.CLOSED
        self.pause_s = pause_s
        self._family = family
        self._number = number
        self._wiring = wiring
        self._clock = wiring.clock
        self._subscriptions = subscriptions
        self._turned_away = turned_away
        self._ousted = ousted
        self._intake = Intake(
            self.name,
            decode=wiring.codec.decoder(family),
            sink=wiring.sink,
            control=self._hear,
            report=wiring.report,
        )
        self._soon = Backoff(wiring.rng, first_s=1.0, cap_s=60.0)
        self._slowly = Backoff(wiring.rng, first_s=60.0, cap_s=900.0)
        self._told = Bell(wiring.clock)  # to try at once
        self._rests = False
        self._conversation: Conversation | None = None
        self._reason = ""
        self._next_try_s: float | None = None
        self._opened = 0
        self._opened_s: float | None = None
        self._brief_lives = 0
        self._abrupt_ends = 0  # in a row, each within a healthy minute

    def health(self) -> SocketHealth:
        """Return a snapshot."""
        return SocketHealth(
            socket=self.name,
            state=self.state,
            reason=self._reason,
            opened_s=self._opened_s,
            last_message_s=self._intake.last_message_s,
            next_try_s=self._next_try_s,
            messages=self._intake.messages,
            decode_errors=self._intake.decode_errors,
            reconnects=max(0, self._opened - 1),
        )

    def edited(self) -> None:
        """Look at the subscriptions again: what is wanted has changed."""
        if self._conversation is not None:
            self._conversation.edited()

    def retry(self) -> None:
        """Try at once where the socket waits for its next try, or was refused."""
        if self._rests:
            self._soon.reset()
            self._slowly.reset()
            self._told.ring()

    async def run(self) -> None:
        """Connect and come back, until cancelled; then the socket is closed."""
        try:
            while True:
                await self._rest(await self._live())
        finally:
            self._rests = False
            self._enter(SocketState.CLOSED, "")

    async def _live(self) -> End:
        """Live once; return why it ended."""
        try:
            return await self._attempt()
        except DeskError as error:  # e.g. the record of the limits cannot be written
            return End(SocketState.WAITING, str(error), Again.SOON)
        except Exception as error:  # noqa: BLE001 - one bug must not end the socket for good
            self._wiring.report(_unwrapped(error))
            reason = Sentence("Feed", "An unexpected error ended the connection.")
            return End(SocketState.WAITING, reason, Again.SOON)
        finally:
            self._conversation = None

    async def _attempt(self) -> End:
        address = self._address()
        if isinstance(address, End):
            return address
        doors = self._wiring.doors
        waits = doors.full
        if self.state is SocketState.CLOSED or waits:
            self._enter(SocketState.CONNECTING, _AT_THE_DOOR if waits else "")
        await doors.enter(self.name)
        try:
            if waits:
                self._enter(SocketState.CONNECTING, "")
            return await self._connect()
        finally:
            doors.leave(self.name)

    async def _connect(self) -> End:
        conversation = self._conversation = Conversation(
            self.name,
            self._number,
            self._wiring,
            subscriptions=self._subscriptions,
            intake=self._intake,
            enter=self._enter,
            turned_down=self._refusal,
        )
        throttle = self._wiring.throttle
        ticket = await throttle.connect(self.name)
        # That may have been a long wait: there may be another token by now, or none.
        address = self._address()
        if isinstance(address, End):
            ticket.cancel()
            return address
        self._enter(SocketState.CONNECTING, "")
        ticket.sent()
        try:
            connection = await open_connection(address, self._intake, self._clock.monotonic)
            return await self._converse(conversation, connection)
        except HandshakeError as refusal:
            codec = self._wiring.codec
            return self._refusal(codec.refused_handshake(refusal.status, refusal.body))
        except UnreachableError as error:
            return End(SocketState.WAITING, str(error), Again.SOON)
        finally:
            throttle.closed(self.name)

    def _address(self) -> Address | End:
        try:
            address = self._wiring.address(self._family)
        except DeskError as error:
            return End(SocketState.REFUSED, str(error), Again.WHEN_TOLD)
        if address is None:
            reason = Sentence("Feed", "There is no token yet.")
            return End(SocketState.CLOSED, reason, Again.WHEN_TOLD)
        return address

    async def _converse(self, conversation: Conversation, connection: Connection) -> End:
        self._opened_s = opened_s = self._clock.monotonic()
        self._wiring.doors.came_up(self.name, opened_s)
        messages = self._intake.messages
        self._opened += 1
        try:
            end = await conversation.hold(connection)
        finally:
            self._opened_s = None
            self._subscriptions.reset(self._number)
            lived_s = self._clock.monotonic() - opened_s
            if lived_s >= HEALTHY_S:
                self._soon.reset()
                self._slowly.reset()
                self._subscriptions.unbar(self._number)
        brief = lived_s < BRIEF_S and self._intake.messages == messages
        self._brief_lives = self._brief_lives + 1 if brief else 0
        if self._brief_lives >= BRIEF_LIVES:
            self._turned_away(self._number)
        abrupt = end.close is Close.ABRUPT and lived_s < HEALTHY_S and not conversation.lapsed
        self._abrupt_ends = self._abrupt_ends + 1 if abrupt else 0
        told = conversation.ready and not conversation.lapsed  # else the end is no riddle
        if not self._wiring.codec.capabilities.evicts or not told:
            return end
        return self._judged(end, max(opened_s, self._clock.monotonic() - OUSTED_S))

    def _judged(self, end: End, since_s: float) -> End:
        """Return what an end means where another connection may have taken this one's place.

        One of ours that came up since ``since_s`` is the first that comes to mind.
        """
        if end.close is Close.EXPLAINED or self._ousted(self._number, since_s):
            return end
        if end.close is Close.ABRUPT and self._abrupt_ends < ABRUPT_ENDS:
            return end
        ours = self._wiring.doors.came_up_since(since_s, but=self.name)
        return End(SocketState.WAITING, _FEWER if ours else _EVICTED, Again.SLOWLY)

    async def _rest(self, end: End) -> None:
        """Wait as long as ``end`` asks for, or until told to try."""
        pause_s = None
        if end.again is not Again.WHEN_TOLD:
            pauses = self._soon if end.again is Again.SOON else self._slowly
            pause_s = self.pause_s + pauses.next_s()  # never sooner than the plan's, and jittered
        next_try_s = None if pause_s is None else self._clock.monotonic() + pause_s
        self._enter(end.state, end.reason, next_try_s=next_try_s)
        self._told.hush()
        self._rests = True
        await self._told.wait(pause_s)
        self._rests = False

    def _refusal(self, error: VendorError) -> End:
        """Say what it means for the socket that the vendor refuses it."""
        if error.verdict is Verdict.TOKEN:
            return End(SocketState.REFUSED, str(error), Again.WHEN_TOLD)
        if error.verdict in {Verdict.SERVER, Verdict.NETWORK}:
            return End(SocketState.WAITING, str(error), Again.SOON)
        if error.verdict in {Verdict.OVER_PLAN, Verdict.RATE, Verdict.RATE_CLOSED}:
            self._turned_away(self._number)
        return End(SocketState.REFUSED, str(error), Again.SLOWLY)

    def _hear(self, event: Control) -> None:
        if self._conversation is not None:
            self._conversation.hear(event)

    def _enter(self, state: SocketState, reason: str, *, next_try_s: float | None = None) -> None:
        if (state, reason) != (self.state, self._reason):
            _log.info("%s: %s %s", self.name, state.value, reason)
        self.state, self._reason, self._next_try_s = state, reason, next_try_s
        self._wiring.on_change()


def _unwrapped(error: Exception) -> BaseException:
    """Return the one bug inside the group that a TaskGroup makes of it."""
    if isinstance(error, ExceptionGroup) and len(error.exceptions) == 1:
        return error.exceptions[0]
    return error
