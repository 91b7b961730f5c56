"""AllTick on the port: which paths are its own, and what each request comes to.

The order of judgement: the token (401), the limits (605, 429, 606), the scripted fault, the
document (400, 402, 601), the code (600, 604), the plan's size (603).
"""

from http import HTTPStatus
from typing import Any, Final

import msgspec

from alltick_desk.sim.alltick import wire
from alltick_desk.sim.alltick.calls import Calls
from alltick_desk.sim.alltick.commands import Commands
from alltick_desk.sim.alltick.documents import Reader, parse, trace_of
from alltick_desk.sim.alltick.gate import Gate
from alltick_desk.sim.alltick.judge import BATCH, DAY, VENDOR
from alltick_desk.sim.alltick.plans import HEARTBEAT_S
from alltick_desk.sim.alltick.suspensions import PREFIX, Suspensions
from alltick_desk.sim.alltick.wire import Refusal, Wire, envelope
from alltick_desk.sim.dialect import Admission
from alltick_desk.sim.exchange import Entry, Exchange
from alltick_desk.sim.http import Answer, Request, json_answer
from alltick_desk.sim.limits import Judge
from alltick_desk.sim.listing import OTHER, STOCK
from alltick_desk.sim.script import Fault
from alltick_desk.sim.websocket import Channel

_HTTP: Final = {"quote-stock-b-api": STOCK, "quote-b-api": OTHER}
_SOCKETS: Final = {"quote-stock-b-ws-api": STOCK, "quote-b-ws-api": OTHER}
_METHODS: Final = {
    "kline": "GET",
    "depth-tick": "GET",
    "trade-tick": "GET",
    "static_info": "GET",
    BATCH: "POST",
}


class AllTick:
    """The vendor; see ``sim.dialect.Dialect``."""

    vendor = VENDOR
    heartbeat_s = HEARTBEAT_S

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        reader = Reader(exchange)
        self._gate = Gate(exchange)
        self.wire = Wire(exchange.script)
        self._calls = Calls(exchange, self.wire, reader)
        self._commands = Commands(exchange, reader)
        self._suspensions = Suspensions(exchange, self._gate)

    @property
    def judge(self) -> Judge:
        """Who judges its limits."""
        return self._exchange.judge

    def owns(self, path: str) -> bool:
        """Return whether a path is AllTick's."""
        first = path.strip("/").partition("/")[0]
        return first in _HTTP or first in _SOCKETS or path.startswith(PREFIX)

    def answer(self, request: Request) -> Answer:
        """Answer an HTTP request."""
        first, _, call = request.path.strip("/").partition("/")
        family = _HTTP.get(first, "")
        if request.path.startswith(PREFIX):
            return self._suspensions.answer(request) or self._no_such_call()
        if not family or call not in _METHODS or (call == "static_info" and family != STOCK):
            return self._no_such_call()
        if request.method != _METHODS[call]:
            return self._no_such_call(HTTPStatus.METHOD_NOT_ALLOWED)
        document, unreadable = self._document(request, call)
        entry = self._gate.enter(request, "http", family, call, document)
        return self._refused(request, entry) or self._handle(entry, unreadable)

    def admit(self, request: Request, number: int) -> Admission:
        """Judge a handshake."""
        exchange = self._exchange
        family = _SOCKETS.get(request.path.strip("/"))
        if family is None:
            return Admission.refused(HTTPStatus.NOT_FOUND, "{}")
        entry = self._gate.enter(request, "handshake", family, "handshake", None)
        entry.connection = number
        refused = self._gate.refused_token(request, entry)
        if refused is not None:
            return Admission.refused(refused.status, refused.body.decode())
        shared = exchange.script.rules.shared_connections
        if not exchange.judge.admit(entry.account, family, number, entry.at_s, shared=shared):
            entry.ret = HTTPStatus.TOO_MANY_REQUESTS
            body = msgspec.json.encode(envelope(wire.RATE_LIMIT, "", {}, "Too Many Requests"))
            return Admission.refused(entry.ret, body.decode())
        fault = exchange.strike("handshake", vendor=VENDOR, family=family, connection=number)
        if fault is not None:
            exchange.judge.ended(entry.account, family, number)
            status = fault.status or HTTPStatus.TOO_MANY_REQUESTS
            entry.ret = None if fault.do == "drop" else status
            return Admission.refused(status, fault.body or "{}", drop=fault.do == "drop")
        entry.ret = HTTPStatus.SWITCHING_PROTOCOLS
        token = request.parameters()["token"]
        return Admission(
            family=family,
            account=entry.account,
            token_fits=lambda: exchange.token_fits(token, VENDOR, family),
        )

    def receive(self, channel: Channel, message: bytes, arrived_s: float) -> None:
        """Take a WebSocket message."""
        self._commands.receive(channel, message, arrived_s)

    def say(self, channel: Channel, fault: Fault) -> None:
        """Send an answer that nothing asked for; 606 closes the connection."""
        self._commands.say(channel, fault.ret)

    def ended(self, channel: Channel) -> None:
        """Note that a connection is no more."""
        self._exchange.judge.ended(channel.account, channel.family, channel.number)

    def _document(self, request: Request, call: str) -> tuple[Any, int]:
        """Return the request's document, and the ``ret`` for one that cannot be read, or 0."""
        try:
            parameters = request.parameters()
        except ValueError:
            return None, wire.QUERY_INVALID
        unreadable = wire.QUERY_INVALID
        text: str | bytes = parameters.get("query", "")
        if _METHODS[call] == "POST":
            unreadable = self._exchange.script.rules.malformed_ret
            text = request.body.strip()
            if not text:
                return None, wire.BODY_EMPTY
        try:
            return parse(text), 0
        except ValueError:
            return None, unreadable

    def _refused(self, request: Request, entry: Entry) -> Answer | None:
        """Return the refusal of a token, or of a call that came too soon; None for none."""
        refused = self._gate.refused_token(request, entry)
        if refused is not None:
            return refused
        broken = self._gate.broken_limits(entry, entry.call)
        if not broken:
            return None
        entry.ret, status = wire.TOO_MANY_REQUESTS, HTTPStatus.OK
        if DAY in broken:
            entry.ret, status = wire.RATE_LIMIT, HTTPStatus.TOO_MANY_REQUESTS
        return json_answer(envelope(entry.ret, trace_of(entry.document), {}), status=status)

    def _handle(self, entry: Entry, unreadable: int) -> Answer:
        fault, instead = self._gate.fault(entry, entry.call)
        if instead is not None:
            return instead
        entry.ret, data = unreadable, {}
        if not unreadable:
            try:
                data = self._calls.data(entry.call, entry.document, entry.family)
                entry.ret = wire.OK
            except Refusal as refusal:
                entry.ret = refusal.ret
        return json_answer(envelope(entry.ret, trace_of(entry.document), data), fault=fault)

    def _no_such_call(self, status: int = HTTPStatus.NOT_FOUND) -> Answer:
        ret = self._exchange.script.rules.malformed_ret
        return json_answer(envelope(ret, "", {}), status=status)
