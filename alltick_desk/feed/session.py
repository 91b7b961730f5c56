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
from alltick_desk.feed.intake import Control, Intake, Sink
from alltick_desk.feed.subscriptions import Subscriptions
from alltick_desk.feed.wiring import Again, End, SocketHealth, SocketState, Wiring
from alltick_desk.model.words import Sentence
from alltick_desk.vendors.base import Address

__all__ = ["Session", "Sink", "SocketHealth", "SocketState"]

HEALTHY_S = 60.0  # a connection that lived so long was a good one
BRIEF_S = 5.0  # one that the vendor ends sooner, before any message, was not wanted
BRIEF_LIVES = 3

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
    ) -> None:
        """``turned_away(number)`` is told when the vendor seems to have one socket too many."""
        self.name = f"{wiring.codec.vendor}/{family}#{number}"
        self.state = SocketState.CLOSED
        self.pause_s = pause_s
        self._family = family
        self._number = number
        self._wiring = wiring
        self._clock = wiring.clock
        self._subscriptions = subscriptions
        self._turned_away = turned_away
        self._intake = Intake(
            self.name,
            decode=wiring.codec.decode,
            sink=wiring.sink,
            control=self._hear,
            report=wiring.report,
        )
        self._soon = Backoff(wiring.rng, first_s=1.0, cap_s=60.0)
        self._slowly = Backoff(wiring.rng, first_s=60.0, cap_s=900.0)
        self._restarted = Bell(wiring.clock)
        self._conversation: Conversation | None = None
        self._reason = ""
        self._next_try_s: float | None = None
        self._opened = 0
        self._opened_s: float | None = None
        self._brief_lives = 0

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

    def restart(self) -> None:
        """Connect anew, at once: the token or the endpoint is another one."""
        self._soon.reset()
        self._slowly.reset()
        self._restarted.ring()
        if self._conversation is not None:
            reason = Sentence("Feed", "The connection is made anew.")
            self._conversation.finish(End(SocketState.WAITING, reason, Again.NOW))

    async def run(self) -> None:
        """Connect and come back, until cancelled; then the socket is closed."""
        try:
            while True:
                self._restarted.hush()
                await self._rest(await self._live())
        finally:
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
        conversation = self._conversation = Conversation(
            self.name,
            self._number,
            self._wiring,
            subscriptions=self._subscriptions,
            intake=self._intake,
            enter=self._enter,
        )
        address = self._address()
        if isinstance(address, End):
            return address
        if self.state is SocketState.CLOSED:
            self._enter(SocketState.CONNECTING, "")
        throttle = self._wiring.throttle
        ticket = await throttle.connect(self.name)
        # That may have been a long wait: there may be another token by now, or none.
        address = self._address()
        if isinstance(address, End):
            ticket.cancel()
            return address
        if conversation.ended is not None:
            ticket.cancel()
            return conversation.ended
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
            return End(SocketState.REFUSED, str(error), Again.ON_RESTART)
        if address is None:
            reason = Sentence("Feed", "There is no token yet.")
            return End(SocketState.CLOSED, reason, Again.ON_RESTART)
        return address

    async def _converse(self, conversation: Conversation, connection: Connection) -> End:
        self._opened_s = opened_s = self._clock.monotonic()
        messages = self._intake.messages
        self._opened += 1
        self._slowly.reset()
        self._subscriptions.unbar(self._number)
        self._enter(SocketState.LIVE, "")
        try:
            end = await conversation.hold(connection)
        finally:
            self._opened_s = None
            self._subscriptions.reset(self._number)
        lived_s = self._clock.monotonic() - opened_s
        if lived_s >= HEALTHY_S:
            self._soon.reset()
        brief = lived_s < BRIEF_S and self._intake.messages == messages
        self._brief_lives = self._brief_lives + 1 if brief else 0
        if self._brief_lives >= BRIEF_LIVES:
            self._turned_away(self._number)
        return end

    async def _rest(self, end: End) -> None:
        """Wait as long as ``end`` asks for, or until restarted."""
        if end.again is Again.NOW:
            self._enter(end.state, end.reason)
        elif end.again is Again.ON_RESTART:
            self._enter(end.state, end.reason)
            await self._restarted.wait()
        else:
            pauses = self._soon if end.again is Again.SOON else self._slowly
            pause_s = self.pause_s + pauses.next_s()  # never sooner than the plan's, and jittered
            self._enter(end.state, end.reason, next_try_s=self._clock.monotonic() + pause_s)
            await self._restarted.wait(pause_s)

    def _refusal(self, error: VendorError) -> End:
        """Say what a refused handshake means for the socket."""
        if error.verdict is Verdict.TOKEN:
            return End(SocketState.REFUSED, str(error), Again.ON_RESTART)
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
