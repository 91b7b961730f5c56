"""iTick on the port: which paths are its own, and what each request comes to.

The order of judgement: the token (E002), the minute (429), the scripted fault, the parameters,
the code (E001).
"""

from http import HTTPStatus
from typing import Final

from alltick_desk.sim.dialect import Admission
from alltick_desk.sim.exchange import Entry, Exchange
from alltick_desk.sim.http import Answer, Request, json_answer
from alltick_desk.sim.itick import wire
from alltick_desk.sim.itick.bars import Bars
from alltick_desk.sim.itick.calls import MARKET_CALLS, Calls, Parameters
from alltick_desk.sim.itick.commands import Commands
from alltick_desk.sim.itick.gate import Gate
from alltick_desk.sim.itick.judge import VENDOR, Judge
from alltick_desk.sim.itick.plans import HEARTBEAT_S
from alltick_desk.sim.itick.pushes import Pushes
from alltick_desk.sim.itick.sessions import Sessions
from alltick_desk.sim.itick.symbols import CLUSTERS, Directory
from alltick_desk.sim.itick.wire import OK, Refusal, Wire, envelope
from alltick_desk.sim.script import Fault
from alltick_desk.sim.websocket import Channel

_OLD_SOCKETS: Final = {"sws": "stock", "fws": "forex", "iws": "indices", "cws": "crypto"}
_SOCKETS: Final = {
    **{cluster: cluster for cluster in CLUSTERS},
    **{f"websocket/{cluster}": cluster for cluster in CLUSTERS},
    **_OLD_SOCKETS,
}
_LIST: Final = "symbol/list"
_HOLIDAYS: Final = "symbol/holidays"
_NEWER_HOLIDAYS: Final = "symbol/v2/holidays"
# Cluster and call by path.
_CALLS: Final = {
    **{f"{cluster}/{call}": (cluster, call) for cluster in CLUSTERS for call in MARKET_CALLS},
    "stock/info": ("stock", "info"),
    "stock/base": ("stock", "base"),
    _LIST: ("", "list"),
    _HOLIDAYS: ("", "holidays"),
    _NEWER_HOLIDAYS: ("", "holidays"),
}
_FIRST: Final = frozenset({*CLUSTERS, *_OLD_SOCKETS, "websocket", "symbol"})


class ITick:
    """The vendor; see ``sim.dialect.Dialect``."""

    vendor = VENDOR
    heartbeat_s = HEARTBEAT_S

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        directory, bars = Directory(exchange.floor.listings.values()), Bars(exchange)
        writer = Wire(exchange, directory, bars)
        self.wire = Pushes(exchange, writer, bars)
        self._gate = Gate(exchange)
        self._calls = Calls(exchange, directory, writer, bars)
        self._sessions = Sessions(exchange, self._gate)
        self._commands = Commands(exchange, directory, self._sessions)

    @property
    def judge(self) -> Judge:
        """Who judges its limits."""
        return self._exchange.itick_judge

    def owns(self, path: str) -> bool:
        """Return whether a path is iTick's."""
        return path.strip("/").partition("/")[0] in _FIRST

    def answer(self, request: Request) -> Answer:
        """Answer an HTTP request."""
        path = request.path.strip("/")
        if path not in _CALLS:
            return _no_such_call(HTTPStatus.NOT_FOUND)
        if request.method != "GET":
            return _no_such_call(HTTPStatus.METHOD_NOT_ALLOWED)
        cluster, call = _CALLS[path]
        parameters = _parameters(request)
        entry = self._gate.enter(request, "http", cluster, call, parameters)
        return self._gate.judged(request, entry) or self._handle(path, entry, parameters)

    def admit(self, request: Request, number: int) -> Admission:
        """Judge a handshake."""
        cluster = _SOCKETS.get(request.path.strip("/"))
        if cluster is None:
            return Admission.refused(HTTPStatus.NOT_FOUND, "{}")
        return self._sessions.admit(request, cluster, number)

    def receive(self, channel: Channel, message: bytes, arrived_s: float) -> None:
        """Take a WebSocket message."""
        self._commands.receive(channel, message, arrived_s)

    def say(self, channel: Channel, fault: Fault) -> None:
        """Send the answer of a ``ret`` fault, for which nothing asked."""
        self._commands.say(channel, fault)

    def ended(self, channel: Channel) -> None:
        """Note that a connection is no more."""
        self._sessions.ended(channel)

    def _handle(self, path: str, entry: Entry, parameters: Parameters | None) -> Answer:
        fault, instead = self._gate.fault(entry, entry.call)
        if instead is not None:
            return instead
        if parameters is None:
            return self._gate.error(entry, wire.BAD_PARAMETERS)
        try:
            data = self._data(path, entry, parameters)
        except Refusal as refusal:
            return self._gate.error(entry, refusal.code)._replace(fault=fault)
        entry.ret = OK
        # The page of the newer holidays shows a word where the others have null.
        msg = "ok" if path == _NEWER_HOLIDAYS else None
        return json_answer(envelope(OK, data, msg), fault=fault)

    def _data(self, path: str, entry: Entry, parameters: Parameters) -> object:
        if path == _LIST:
            return self._calls.listed(parameters)
        if path in (_HOLIDAYS, _NEWER_HOLIDAYS):
            return self._calls.holidays(parameters)
        return self._calls.data(entry.family, entry.call, parameters)


def _parameters(request: Request) -> Parameters | None:
    """Return the parameters, None where they cannot be read; a token does not belong to them."""
    try:
        parameters = request.parameters()
    except ValueError:
        return None
    parameters.pop("token", None)
    return parameters


def _no_such_call(status: HTTPStatus) -> Answer:
    return json_answer(envelope(wire.BAD_PARAMETERS), status=status)
