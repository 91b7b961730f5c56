"""One WebSocket connection, opened and read the way the desk needs it.

Whole text frames go straight from the socket to a plain call: no queue, no task and no wake-up of
a reader for each. Everything else (fragments, binary, control frames) takes the library's own
way. No exception that leaves this module carries the address, for the token is part of it.
"""

import asyncio
import logging
import os
import socket
import ssl
from collections.abc import Callable
from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.client import ClientProtocol
from websockets.exceptions import (
    InvalidHandshake,
    InvalidProxy,
    InvalidStatus,
    ProxyError,
    WebSocketException,
)
from websockets.frames import Frame, Opcode
from websockets.protocol import Event, State

from alltick_desk.errors import DeskError
from alltick_desk.feed.intake import Intake
from alltick_desk.feed.slicer import Slicer
from alltick_desk.feed.tls import tls_context
from alltick_desk.model.endpoint import is_loopback
from alltick_desk.model.words import Sentence
from alltick_desk.vendors.base import Address

OPEN_TIMEOUT_S = 10.0
CLOSE_TIMEOUT_S = 0.5  # the window must be gone within a second
MAX_MESSAGE_BYTES = 4 * 1024 * 1024
USER_AGENT = "alltick-desk"
_TEXT = Opcode.TEXT
_BLANK_LINE = b"\r\n\r\n"


class HandshakeError(DeskError):
    """The vendor answered the handshake with a refusal; ``status`` and ``body`` say which."""

    def __init__(self, status: int, body: bytes) -> None:
        words = Sentence("Feed", "The connection was refused with HTTP status {status}.")
        super().__init__(words.format(status=status))
        self.status = status
        self.body = body


class UnreachableError(DeskError):
    """There was no handshake at all; the text is a sentence without the address."""


class Connection(ClientConnection):
    """A connection that hands every whole text frame to its intake as soon as it is there."""

    def __init__(
        self,
        protocol: ClientProtocol,
        *,
        intake: Intake,
        monotonic: Callable[[], float],
        **options: Any,
    ) -> None:
        super().__init__(protocol, **options)
        self._intake = intake
        self._monotonic = monotonic
        self._greeting = b""  # the answer to the handshake, as far as it has come
        self._slicer = Slicer(intake, super().data_received)

    async def leave(self) -> None:
        """Close politely, but for no longer than CLOSE_TIMEOUT_S; then the socket is gone."""
        try:
            async with asyncio.timeout(CLOSE_TIMEOUT_S):
                await self.close()
        except TimeoutError:
            pass  # a peer that does not even read
        finally:
            self.transport.abort()
        await self.wait_closed()

    # The library's hooks

    def data_received(self, data: bytes) -> None:
        # One look at the clock for all the messages of a read.
        intake = self._intake
        intake.now_s = self._monotonic()
        before = intake.messages
        state = self.protocol.state
        if state is State.OPEN:
            self._slicer.feed(data)
        elif state is State.CONNECTING:
            self._shake_hands(data)
        else:
            data, self._slicer.rest = self._slicer.rest + data, b""
            super().data_received(data)
        if intake.messages != before:
            intake.last_message_s = intake.now_s

    def _shake_hands(self, data: bytes) -> None:
        """Give the library its answer and not a byte of the frames that may stand behind it."""
        known = len(self._greeting)
        self._greeting += data
        end = self._greeting.find(_BLANK_LINE)
        if end < 0:
            super().data_received(data)
            return
        cut = max(0, end + len(_BLANK_LINE) - known)  # a refusal has a body, in further reads
        super().data_received(data[:cut] if cut else data)
        if cut and (behind := data[cut:]):
            if self.protocol.state is State.OPEN:
                self._slicer.feed(behind)
            else:
                super().data_received(behind)

    def process_event(self, event: Event) -> None:
        if isinstance(event, Frame) and event.opcode is _TEXT and event.fin:
            self._intake.take(bytes(event.data))
        else:
            super().process_event(event)


class _Opener(connect):
    """Opens a connection, and follows no redirect: the token goes to no other host."""

    def process_redirect(self, exc: Exception) -> Exception:
        return exc


def _silent_logger() -> logging.Logger:
    # The library logs the request line, token and all, and the frames, which may echo it.
    # No configuration of the others can switch this one on: it is not in their tree.
    logger = logging.Logger("silent")  # noqa: LOG001
    logger.disabled = True
    return logger


async def open_connection(
    address: Address, intake: Intake, monotonic: Callable[[], float]
) -> Connection:
    """Connect and shake hands; what comes goes to ``intake`` from the first frame on.

    Raises HandshakeError where the vendor refuses, UnreachableError where nobody speaks WebSocket.
    """
    problem: DeskError
    try:
        opener = _Opener(
            address.url,
            additional_headers=dict(address.headers),
            user_agent_header=USER_AGENT,
            compression=None,  # little to gain on ticks of 160 bytes, and it costs on each
            proxy=None if is_loopback(address.url) else True,
            open_timeout=OPEN_TIMEOUT_S,
            ping_interval=None,  # the vendor's own heartbeat tells more than a ping
            close_timeout=CLOSE_TIMEOUT_S,
            max_size=MAX_MESSAGE_BYTES,
            logger=_silent_logger(),
            create_connection=cast(
                "type[ClientConnection]", partial(Connection, intake=intake, monotonic=monotonic)
            ),
            ssl=tls_context() if address.url.startswith("wss:") else None,
        )
        return cast("Connection", await opener)
    except InvalidStatus as refusal:
        problem = HandshakeError(refusal.response.status_code, bytes(refusal.response.body or b""))
    except (OSError, WebSocketException, ValueError, ImportError) as error:
        problem = UnreachableError(_sentence(error, address))
    # Raised here, not in a handler: the library's exceptions may name the address, and one of
    # them would hang on ours as its context.
    raise problem


def _sentence(error: Exception, address: Address) -> str:
    """Say why there is no connection, without repeating anything that may hold the token."""
    host = _host(address)
    match error:
        case OSError():
            return _network_sentence(error, host)
        case ProxyError() | InvalidProxy() | ImportError():
            return Sentence(
                "Feed",
                "The proxy that this machine is set to use does not work for this connection.",
            )
        case InvalidHandshake():
            return Sentence("Feed", "{host} did not answer as a WebSocket server does.").format(
                host=host
            )
        case _:
            return Sentence("Feed", "The endpoint's address is not valid.")


def _network_sentence(error: OSError, host: str) -> str:
    match error:
        case TimeoutError():
            words = Sentence("Feed", "{host} did not answer within {seconds} seconds.")
            return words.format(host=host, seconds=round(OPEN_TIMEOUT_S))
        case ssl.SSLCertVerificationError():
            words = Sentence("Feed", "The certificate of {host} is not trusted: {why}.")
            return words.format(host=host, why=error.verify_message)
        case ssl.SSLError():
            words = Sentence("Feed", "No secure connection to {host} could be made.")
            return words.format(host=host)
        case socket.gaierror():
            words = Sentence(
                "Feed", "The name {host} could not be found; this machine may be offline."
            )
            return words.format(host=host)
        case _:
            if not error.errno:
                return Sentence("Feed", "{host} could not be reached.").format(host=host)
            words = Sentence("Feed", "{host} could not be reached: {why}.")
            return words.format(host=host, why=os.strerror(error.errno))


def _host(address: Address) -> str:
    try:
        return urlsplit(address.url).hostname or Sentence("Feed", "The endpoint")
    except ValueError:
        return Sentence("Feed", "The endpoint")
