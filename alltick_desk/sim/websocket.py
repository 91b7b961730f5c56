"""One WebSocket connection: handshake and control frames by websockets' protocol object.

Text frames are framed here, since a server's header is a few bytes and a load needs thousands of
them a millisecond.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator

from websockets.frames import Frame, Opcode
from websockets.http11 import Request as HandshakeRequest
from websockets.protocol import State
from websockets.server import ServerProtocol

from alltick_desk.clock import Clock
from alltick_desk.sim.script import Fault

GARBAGE = b'{"ret":200,"msg":"ok","cmd_id'
_BROKEN = b"\xff\x03\x7fnot a frame"
_DATA = (Opcode.TEXT, Opcode.BINARY, Opcode.CONT)

# What of one code a connection is told, where a vendor has several kinds, in order.
Topics = tuple[str, ...]

_LINGER_S = 2.0  # how long the client may take to answer a close


def frame(payload: bytes) -> bytes:
    """Return a text frame, unmasked as a server's are."""
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


class Channel:
    """The exchange's end of a WebSocket connection.

    Attributes:
        vendor: at which vendor it is.
        trades, depths, topics: what is subscribed; see ``exchange.Connection``.
        heartbeat_s: when the last heartbeat came (clock's monotonic seconds).
        sent: messages sent.
    """

    def __init__(
        self,
        *,
        number: int,
        vendor: str,
        family: str,
        account: int,
        token_fits: Callable[[], bool],
        pings: bool,
        writer: asyncio.StreamWriter,
        clock: Clock,
        spawn: Callable[..., object],
    ) -> None:
        self.number = number
        self.vendor = vendor
        self.family = family
        self.account = account
        self.token_fits = token_fits
        self.opened_s = self.heartbeat_s = clock.monotonic()
        self.trades: dict[str, None] = {}
        self.depths: dict[str, int] = {}
        self.topics: dict[str, Topics] = {}
        self.sent = 0
        self._pings = pings
        self._writer = writer
        self._clock = clock
        self._spawn = spawn
        self._protocol = ServerProtocol(max_size=2**20, logger=_quiet())
        self._silent_until_s = 0.0
        self._fragments = bytearray()
        self._held: bytes | None = None

    def __repr__(self) -> str:
        return f"Channel({self.number}, {self.family})"

    @property
    def open(self) -> bool:
        """Whether messages can be sent."""
        return self._protocol.state is State.OPEN and not self._writer.is_closing()

    @property
    def finished(self) -> bool:
        """Whether both ends said goodbye."""
        return self._protocol.eof_sent

    @property
    def backlog(self) -> int:
        """Bytes that the client has not taken yet."""
        return self._writer.transport.get_write_buffer_size()

    def handshake(self, head: bytes, refuse: int | None, body: str) -> bool:
        """Answer the handshake whose bytes are ``head``; with ``refuse`` by that HTTP status."""
        self._protocol.receive_data(head)
        for event in self._protocol.events_received():
            if isinstance(event, HandshakeRequest):
                if refuse is None:
                    response = self._protocol.accept(event)
                else:
                    response = self._protocol.reject(refuse, body)
                    del response.headers["Content-Type"]
                    response.headers["Content-Type"] = "application/json"
                self._protocol.send_response(response)
        self._flush()
        return self.open

    def receive(self, data: bytes) -> Iterator[bytes]:
        """Take bytes from the client, b"" at the end; iterate over the messages they complete."""
        if data:
            self._protocol.receive_data(data)
        else:
            self._protocol.receive_eof()
        for event in self._protocol.events_received():
            if not isinstance(event, Frame):
                continue
            if event.opcode is Opcode.PING and self._pings:
                self.heartbeat_s = self._clock.monotonic()
            if event.opcode not in _DATA:
                continue
            self._fragments += event.data
            if event.fin:
                message, self._fragments = bytes(self._fragments), bytearray()
                yield message
        self._flush()

    def send(self, payload: bytes) -> None:
        """Send a text message."""
        self.write(frame(payload), 1)

    def write(self, frames: bytes, messages: int) -> None:
        """Send ready-made frames that hold so many messages."""
        if self.open and self._clock.monotonic() >= self._silent_until_s:
            self.sent += messages
            self._writer.write(frames)

    def suffer(self, fault: Fault | None, payload: bytes | None = None) -> None:  # noqa: C901
        """Send ``payload`` as the fault lets it, or just suffer the fault."""
        held, self._held = self._held, None
        match fault.do if fault is not None else None:
            case "drop":
                self.abort()
            case "close" | "evict" if fault is not None:
                self.close(fault.code if fault.do == "close" else None)
            case "stall" if fault is not None:
                self.stall(fault.lasts)
            case "garbage" if fault is not None:
                self.send(GARBAGE if fault.body is None else fault.body.encode())
            case "broken":
                self._writer.write(_BROKEN)
            case "truncate" if payload is not None:
                self.send(payload[: len(payload) // 2])
            case "lose" | "mute":
                pass
            case "delay" if fault is not None and payload is not None:
                self._spawn(self._send_later(fault.seconds, payload))
            case "duplicate" if payload is not None:
                self.send(payload)
                self.send(payload)
            case "reorder" if held is None:
                self._held = payload
            case _ if payload is not None:
                self.send(payload)
        if held is not None:
            self.send(held)

    def stall(self, seconds: float | None) -> None:
        """Send nothing any more, for so long or for ever, but keep the connection open."""
        now = self._clock.monotonic()
        self._silent_until_s = float("inf") if seconds is None else now + seconds

    def close(self, code: int | None, reason: str = "") -> None:
        """End the connection by the book; a client that does not answer is cut off.

        Without a code the close frame is empty: no reason is given.
        """
        if self.open:
            self._protocol.send_close(code, reason)
            self._flush()
            self._spawn(self._linger())

    def abort(self) -> None:
        """Cut the connection without a word."""
        self._writer.transport.abort()

    async def _send_later(self, seconds: float, payload: bytes) -> None:
        await self._clock.sleep(seconds)
        self.send(payload)

    async def _linger(self) -> None:
        await self._clock.sleep(_LINGER_S)
        self.abort()

    def _flush(self) -> None:
        silent = self._clock.monotonic() < self._silent_until_s
        for data in self._protocol.data_to_send():
            if data and not silent:
                self._writer.write(data)
            elif not data and self._writer.can_write_eof() and not self._writer.is_closing():
                with contextlib.suppress(OSError):  # the client has torn the connection down
                    self._writer.write_eof()


def _quiet() -> logging.Logger:
    """Return a logger that says nothing: handshakes carry the token."""
    logger = logging.getLogger("alltick_desk.sim.websocket")
    logger.disabled = True
    return logger
