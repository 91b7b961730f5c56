"""HTTP, read and written by h11: one request in, one answer out, as plain values."""

import asyncio
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

import h11
import msgspec

from alltick_desk.clock import Clock
from alltick_desk.sim.script import Fault

_READ = 65_536
JSON: Final = "application/json;charset=UTF-8"


class Request(NamedTuple):
    """One HTTP request.

    Attributes:
        query: what stands behind the ``?``, still encoded.
        raw: the bytes of the head; an upgrade hands them to the WebSocket's own parser.
        arrived_s: the clock's monotonic seconds at which it was complete.
    """

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    raw: bytes
    arrived_s: float

    @property
    def upgrades(self) -> bool:
        """Whether it asks for a WebSocket."""
        return self.headers.get("upgrade", "").lower() == "websocket"

    def parameters(self) -> dict[str, str]:
        """Return the query's parameters; ValueError where they are badly encoded."""
        pairs = parse_qsl(self.query, keep_blank_values=True, errors="strict")
        return dict(pairs)


class Answer(NamedTuple):
    """What comes back; ``fault`` is what the server does to it on the way."""

    status: int
    body: bytes
    fault: Fault | None = None
    content_type: str = JSON


def json_answer(document: object, *, status: int = 200, fault: Fault | None = None) -> Answer:
    """Return an answer that carries a JSON document."""
    return Answer(status, msgspec.json.encode(document), fault)


class BadRequest(Exception):  # noqa: N818 - no error of ours
    """What came is no HTTP."""


class HttpConnection:
    """One connection as long as it speaks HTTP."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._h11 = h11.Connection(h11.SERVER, max_incomplete_event_size=262_144)
        self._raw = bytearray()

    async def request(self, clock: Clock) -> Request | None:
        """Return the next request, None at the end; BadRequest where it is none."""
        head: h11.Request | None = None
        body = bytearray()
        try:
            while True:
                event = self._h11.next_event()
                if event is h11.NEED_DATA:
                    if self._h11.they_are_waiting_for_100_continue:
                        go_on = h11.InformationalResponse(status_code=100, headers=[])
                        self._write(self._h11.send(go_on))
                    data = await self._reader.read(_READ)
                    self._raw += data
                    self._h11.receive_data(data)
                elif isinstance(event, h11.Request):
                    head = event
                elif isinstance(event, h11.Data):
                    body += event.data
                elif isinstance(event, h11.EndOfMessage) and head is not None:
                    return self._request(head, bytes(body), clock.monotonic())
                elif isinstance(event, h11.ConnectionClosed) or event is h11.PAUSED:
                    return None
        except h11.RemoteProtocolError as error:
            raise BadRequest(str(error)) from error

    def answer(self, answer: Answer) -> bool:
        """Write an answer; return whether the connection can take a further request."""
        headers = [
            ("Content-Type", answer.content_type),
            ("Content-Length", str(len(answer.body))),
        ]
        response = h11.Response(status_code=answer.status, headers=headers)
        self._write(self._h11.send(response))
        if answer.fault is not None and answer.fault.do == "truncate":
            self._writer.write(answer.body[: len(answer.body) // 2])
            return False
        self._write(self._h11.send(h11.Data(data=answer.body)))
        self._write(self._h11.send(h11.EndOfMessage()))
        if self._h11.states != {h11.CLIENT: h11.DONE, h11.SERVER: h11.DONE}:
            return False
        self._h11.start_next_cycle()
        return True

    def _request(self, head: h11.Request, body: bytes, arrived_s: float) -> Request:
        trailing, _ = self._h11.trailing_data
        raw, self._raw = bytes(self._raw), bytearray(trailing)
        path, _, query = head.target.decode("ascii").partition("?")
        return Request(
            method=head.method.decode("ascii"),
            path=path,
            query=query,
            headers={name.decode("ascii"): value.decode("latin-1") for name, value in head.headers},
            body=body,
            raw=raw,
            arrived_s=arrived_s,
        )

    def _write(self, data: bytes | None) -> None:
        if data:
            self._writer.write(data)
