"""HTTP calls to one vendor: throttled, merged, stamped when they are really on the wire.

Two askers of the same thing share one call. An asker in a hurry overtakes: if a background
refill waits for a free slot and a click wants the same bars, the click's place in the queue
counts.
"""

import asyncio
import itertools
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.throttle import Lane, Ticket
from alltick_desk.model.words import Sentence
from alltick_desk.vendors.base import Codec, Query

if TYPE_CHECKING:
    from alltick_desk.feed.http_line import HttpLine

T = TypeVar("T")

RATE_ATTEMPTS = 3
LARGE_BYTES = 1 << 18  # what is longer is read in a thread: it takes longer than a frame

log = logging.getLogger(__name__)


class CallThrottle(Protocol):
    """What a call asks of the throttler."""

    async def call(self, name: str, lane: Lane) -> Ticket: ...

    def punish(self, name: str, verdict: Verdict) -> None: ...


class _Shared:
    """One question under way, and everybody who waits for its answer."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.on_wire = False
        self.answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.answer.add_done_callback(_retrieve)
        self.overtaken: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class _Abandoned(Exception):  # noqa: N818 - a signal between askers, not an error
    """The asker that led the call was cancelled; another one takes over."""


class Rest:
    """One vendor's HTTP side.

    ``token`` returns the token, or None while there is none. ``on_token_refused`` is told once
    the vendor has turned a token down; until the token changes, calls then fail at once.
    """

    def __init__(
        self,
        codec: Codec,
        throttle: CallThrottle,
        *,
        base: str,
        token: Callable[[], str | None],
        on_token_refused: Callable[[VendorError], None],
    ) -> None:
        self._codec = codec
        self._throttle = throttle
        self._base = base
        self._token = token
        self._on_token_refused = on_token_refused
        self._refused: str | None = None
        self._line: HttpLine | None = None
        self._closed = False
        self._loading = asyncio.Lock()
        self._open: dict[tuple[str, str], _Shared] = {}
        self._traces = itertools.count(1)
        self.calls: dict[str, int] = {}  # sent, by call name

    async def fetch(self, query: Query[T], lane: Lane) -> T:
        """Ask and return the answer.

        Raises VendorError where the vendor refuses or cannot be reached, ProtocolError where the
        answer means nothing.
        """
        key = (query.call, query.subject)
        while True:
            shared = self._open.get(key)
            if shared is None:
                return await self._lead(key, query, lane)
            if lane < shared.lane and not shared.on_wire:
                if not shared.overtaken.done():
                    shared.overtaken.set_result(None)
                return await self._lead(key, query, lane)
            try:
                answer: T = await asyncio.shield(shared.answer)
            except _Abandoned:
                continue
            return answer

    async def close(self) -> None:
        """End the calls under way, which is an error to their askers, and all connections."""
        self._closed = True
        if self._line is not None:
            await self._line.close()

    async def _lead(self, key: tuple[str, str], query: Query[T], lane: Lane) -> T:
        shared = self._open[key] = _Shared(lane)
        try:
            answer = await self._ask(query, shared)
        except _Abandoned:
            return await self.fetch(query, lane)
        except asyncio.CancelledError:
            self._settle(key, shared)
            if not shared.answer.done():
                shared.answer.set_exception(_Abandoned())
            raise
        except BaseException as error:
            self._settle(key, shared)
            if not shared.answer.done():
                shared.answer.set_exception(error)
            raise
        self._settle(key, shared)
        if not shared.answer.done():
            shared.answer.set_result(answer)
        return answer

    def _settle(self, key: tuple[str, str], shared: _Shared) -> None:
        if self._open.get(key) is shared:
            del self._open[key]

    async def _ask(self, query: Query[T], shared: _Shared) -> T:
        for attempt in itertools.count(1):
            self._usable_token(query.call)
            ticket = await self._turn(query.call, shared)
            shared.on_wire = True
            try:
                return await self._once(query, ticket)
            except VendorError as error:
                if error.verdict is Verdict.TOKEN and self._refused != self._token():
                    self._refused = self._token()
                    self._on_token_refused(error)
                if error.verdict is not Verdict.RATE:
                    raise
                self._throttle.punish(query.call, error.verdict)
                if attempt == RATE_ATTEMPTS:
                    raise
                log.warning("%s: %s; trying again", query.call, error)
                shared.on_wire = False
        raise AssertionError("unreachable")

    async def _turn(self, call: str, shared: _Shared) -> Ticket:
        """Wait for the call's turn; _Abandoned where somebody in a hurry leads now."""
        turn = asyncio.get_running_loop().create_task(self._throttle.call(call, shared.lane))
        try:
            await asyncio.wait((turn, shared.overtaken), return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            _give_up(turn)
            raise
        if shared.overtaken.done():
            _give_up(turn)
            shared.answer.set_exception(_Abandoned())
            raise _Abandoned
        return turn.result()

    def _usable_token(self, call: str) -> str:
        token = self._token()
        if token is None or token == self._refused:
            raise VendorError(
                Sentence(
                    "Feed", "{vendor} needs a token that it accepts. Enter one in the settings."
                ).format(vendor=self._codec.title),
                vendor=self._codec.vendor,
                verdict=Verdict.TOKEN,
                call=call,
            )
        return token

    async def _ready_line(self) -> "HttpLine":
        """Return the connections; what they need is loaded in a thread, with the first call."""
        async with self._loading:
            if self._line is None:
                self._line = await asyncio.to_thread(_new_line, self._codec, self._base)
                if self._closed:
                    await self._line.close()
            return self._line

    def _count(self, call: str) -> None:
        self.calls[call] = self.calls.get(call, 0) + 1

    async def _once(self, query: Query[T], ticket: Ticket) -> T:
        try:
            line = await self._ready_line()
            token = self._usable_token(query.call)  # it may have been a long wait
        except BaseException:
            ticket.cancel()
            raise
        request = self._codec.request(self._base, token, query, f"desk-{next(self._traces)}")
        status, body = await line.send(request, query.call, ticket, lambda: self._count(query.call))
        if len(body) > LARGE_BYTES:
            return await asyncio.to_thread(query.parse, status, body)
        return query.parse(status, body)


def _new_line(codec: Codec, base: str) -> "HttpLine":
    from alltick_desk.feed.http_line import HttpLine

    return HttpLine(codec, base)


def _give_up(turn: asyncio.Task[Ticket]) -> None:
    """Stop waiting for a turn; a ticket that has come in the same moment is given back."""
    if not turn.cancel() and not turn.cancelled() and turn.exception() is None:
        turn.result().cancel()


def _retrieve(answer: "asyncio.Future[Any]") -> None:
    """Look at the exception, so that an answer nobody else waited for is no complaint."""
    if not answer.cancelled():
        answer.exception()
