"""AllTick's WebSocket commands: heartbeats, subscriptions, and how each is answered."""

from http import HTTPStatus
from typing import Any, Final

import msgspec

from alltick_desk.sim.alltick import wire
from alltick_desk.sim.alltick.documents import Reader, parse, trace_of, whole_number
from alltick_desk.sim.alltick.wire import Refusal
from alltick_desk.sim.exchange import Entry, Exchange
from alltick_desk.sim.websocket import Channel

HEARTBEAT: Final = 22000
DEPTH: Final = 22002
TRADES: Final = 22004
CANCEL: Final = 22006
_POLICY: Final = 1008  # the close code of a connection that broke the rules
_ALL, _DEPTH, _TRADES, _RATES = range(4)  # cancel_type; rates are mentioned once and do nothing


class Commands:
    """Takes each connection's messages."""

    def __init__(self, exchange: Exchange, reader: Reader) -> None:
        self._exchange = exchange
        self._reader = reader

    def receive(self, channel: Channel, message: bytes, arrived_s: float) -> None:
        """Judge, obey and answer one message."""
        exchange = self._exchange
        try:
            document = parse(message)
        except ValueError:
            document = None
        command = _command(document)
        entry = Entry(
            at_s=arrived_s,
            vendor=channel.vendor,
            kind="command",
            family=channel.family,
            call=str(command),
            document=document,
            connection=channel.number,
            account=channel.account,
        )
        exchange.journal.append(entry)
        entry.ret = self._judge(channel, command, entry)
        fault = exchange.strike(
            "command",
            vendor=channel.vendor,
            family=channel.family,
            call=entry.call,
            connection=channel.number,
        )
        if entry.ret == wire.OK:
            if fault is not None and fault.do == "ret":
                entry.ret = fault.ret
            else:
                try:
                    self._obey(channel, command, document)
                except Refusal as refusal:
                    entry.ret = refusal.ret
        seq = whole_number(document.get("seq_id")) or 0 if isinstance(document, dict) else 0
        answer = _answer(entry.ret, command + 1 if command else 0, seq, trace_of(document))
        channel.suffer(fault, answer)
        if entry.ret == wire.TOO_MANY_CLOSING:
            channel.close(_POLICY)

    def say(self, channel: Channel, ret: int) -> None:
        """Send an answer that nothing asked for; 606 closes the connection."""
        channel.send(_answer(ret, 0, 0, ""))
        if ret == wire.TOO_MANY_CLOSING:
            channel.close(_POLICY)

    def _judge(self, channel: Channel, command: int, entry: Entry) -> int:
        """Return 200 for a command that may be obeyed, else the ``ret`` that refuses it."""
        if command == HEARTBEAT:
            channel.heartbeat_s = entry.at_s
        elif not self._exchange.judge.command(
            channel.account, channel.number, entry.call, entry.at_s
        ):
            return wire.TOO_MANY_CLOSING
        if not channel.token_fits():
            return int(HTTPStatus.UNAUTHORIZED)
        return wire.OK

    def _obey(self, channel: Channel, command: int, document: Any) -> None:
        reader = self._reader
        if not isinstance(document, dict):
            raise reader.malformed()
        reader.seq_id(document)
        if command == HEARTBEAT:
            return
        data = reader.data(document)
        rules = self._exchange.script.rules
        if command == TRADES:
            symbols = self._symbols(channel, data, command)
            channel.trades = dict.fromkeys(symbol["code"] for symbol in symbols)
            if rules.one_list:
                channel.depths = {}
        elif command == DEPTH:
            symbols = self._symbols(channel, data, command)
            channel.depths = {symbol["code"]: self._levels(symbol) for symbol in symbols}
            if rules.one_list:
                channel.trades = {}
        elif command == CANCEL:
            self._cancel(channel, reader.integer(data, "cancel_type"))
        else:
            raise reader.malformed()
        self._exchange.changed()

    def _cancel(self, channel: Channel, kind: int) -> None:
        if kind not in (_ALL, _DEPTH, _TRADES, _RATES):
            raise self._reader.malformed()
        if kind in (_ALL, _DEPTH):
            channel.depths = {}
        if kind in (_ALL, _TRADES):
            channel.trades = {}

    def _symbols(
        self, channel: Channel, data: dict[str, Any], command: int
    ) -> list[dict[str, Any]]:
        """Return the symbols that are subscribed now: those the plan has room for."""
        exchange = self._exchange
        symbols = self._reader.symbols(data)
        rules, room = exchange.script.rules, exchange.plan.subscription
        if rules.shared_codes:
            room = max(0, room - self._held_elsewhere(channel, command))
        call = str(command)
        if exchange.judge.excess("codes", call, len(symbols), room, channel.number):
            refused = {"refuse": True, "ignore": False}.get(
                rules.excess, exchange.plan.refuses_excess
            )
            if refused or rules.shared_codes:
                raise Refusal(wire.LEVEL_NOT_ENOUGH)
            symbols = symbols[:room]
        return self._reader.known(symbols, channel.family)

    def _held_elsewhere(self, channel: Channel, command: int) -> int:
        return sum(
            len(other.trades if command == TRADES else other.depths)
            for other in self._exchange.connections.values()
            if other.account == channel.account and other.number != channel.number
        )

    def _levels(self, symbol: dict[str, Any]) -> int:
        """Return the levels that a depth subscription gets, as many as its market has."""
        most = self._exchange.floor.listings[symbol["code"]].levels
        wanted = self._reader.integer(symbol, "depth_level", 0)
        if not wanted:
            wanted = self._exchange.script.rules.default_levels or most
        return min(wanted, most)


def _answer(ret: int, command: int, seq: int, trace: str) -> bytes:
    """Return the message that answers a command."""
    answer = {
        "ret": ret,
        "msg": wire.message(ret),
        "cmd_id": command,
        "seq_id": seq,
        "trace": trace,
        "data": {},
    }
    return msgspec.json.encode(answer)


def _command(document: object) -> int:
    """Return the ``cmd_id`` of a document, 0 where it has none."""
    return whole_number(document.get("cmd_id")) or 0 if isinstance(document, dict) else 0
