"""Signing in at iTick, by a header or by a message, and who is evicted by it."""

from collections.abc import Iterable
from functools import partial
from http import HTTPStatus
from typing import Any, Final

import msgspec

from alltick_desk.sim.dialect import Admission
from alltick_desk.sim.exchange import Entry, Exchange
from alltick_desk.sim.http import Request
from alltick_desk.sim.itick import wire
from alltick_desk.sim.itick.gate import Gate
from alltick_desk.sim.itick.judge import VENDOR, Guest
from alltick_desk.sim.itick.wire import DONE, FAILED, envelope
from alltick_desk.sim.websocket import Channel

AUTH: Final = "auth"
_NORMAL: Final = 1000
_CONNECTED: Final = msgspec.json.encode({"code": DONE, "msg": "Connected Successfully"})
_UNNAMED: Final = "an unnamed program"


class Sessions:
    """Lets connections in, and ends those that must go."""

    def __init__(self, exchange: Exchange, gate: Gate) -> None:
        self._exchange = exchange
        self._gate = gate
        self._open: dict[int, tuple[Channel, str]] = {}  # each with the program behind it

    def admit(self, request: Request, cluster: str, number: int) -> Admission:
        """Judge a handshake; a wrong token is told on the open connection only."""
        exchange = self._exchange
        entry = self._gate.enter(request, "handshake", cluster, "handshake", None)
        entry.connection = number
        fault = exchange.strike("handshake", vendor=VENDOR, family=cluster, connection=number)
        if fault is not None:
            status = fault.status or HTTPStatus.TOO_MANY_REQUESTS
            entry.ret = None if fault.do == "drop" else status
            return Admission.refused(status, fault.body or "{}", drop=fault.do == "drop")
        token = self._gate.token(request)
        program = request.headers.get("user-agent", _UNNAMED)
        evicted: list[int] | None = []
        if exchange.token_fits(token, VENDOR, cluster):
            evicted = self._seat(entry.account, Guest(cluster, program), number, entry.at_s)
        if evicted is None:
            entry.ret = HTTPStatus.TOO_MANY_REQUESTS
            body = msgspec.json.encode(envelope(wire.TOO_MANY_REQUESTS))
            return Admission.refused(entry.ret, body.decode())
        entry.ret = HTTPStatus.SWITCHING_PROTOCOLS
        return Admission(
            family=cluster,
            account=entry.account,
            token_fits=_never,
            pings=True,
            greet=partial(self._greet, token, program, evicted),
        )

    def sign_in(self, channel: Channel, token: str, entry: Entry) -> None:
        """Take the message that carries a token, on a connection whose header carried none."""
        exchange = self._exchange
        evicted: list[int] | None = []
        if not channel.token_fits():
            channel.account = entry.account = exchange.account(token)
            if exchange.token_fits(token, VENDOR, channel.family):
                _, program = self._open[channel.number]
                guest = Guest(channel.family, program)
                evicted = self._seat(entry.account, guest, channel.number, entry.at_s)
        self._answer(channel, token if evicted is not None else "", entry)
        self._evict(evicted or ())

    def refuse(self, channel: Channel) -> None:
        """End a connection that is not, or not any more, signed in."""
        channel.send(_result(FAILED, "auth failed"))
        channel.close(_NORMAL)

    def ended(self, channel: Channel) -> None:
        """Note that a connection is no more."""
        self._open.pop(channel.number, None)
        self._exchange.itick_judge.ended(channel.account, channel.number)

    def _seat(self, account: int, guest: Guest, number: int, at_s: float) -> list[int] | None:
        rules = self._exchange.script.rules.itick
        return self._exchange.itick_judge.admit(
            account,
            guest,
            number,
            at_s,
            evicts=rules.eviction != "none",
            refuses=rules.beyond == "refuse",
        )

    def _greet(self, token: str, program: str, evicted: list[int], channel: Channel) -> None:
        self._open[channel.number] = channel, program
        channel.send(_CONNECTED)
        if token:
            entry = Entry(
                at_s=self._exchange.clock.monotonic(),
                vendor=VENDOR,
                kind="command",
                family=channel.family,
                call=AUTH,
                connection=channel.number,
                account=channel.account,
            )
            self._exchange.journal.append(entry)
            self._answer(channel, token, entry)
        self._evict(evicted)

    def _answer(self, channel: Channel, token: str, entry: Entry) -> None:
        """Answer a sign-in, as a fault lets it; a failed one ends the connection."""
        exchange = self._exchange
        fault = exchange.strike(
            "command",
            vendor=VENDOR,
            family=channel.family,
            call=AUTH,
            connection=channel.number,
        )
        refused = fault is not None and fault.do == "ret"
        if refused or not exchange.token_fits(token, VENDOR, channel.family):
            entry.ret = FAILED
            self.refuse(channel)
            return
        entry.ret = DONE
        channel.token_fits = lambda: exchange.token_fits(token, VENDOR, channel.family)
        # The vendor does echo it.
        channel.suffer(fault, _result(DONE, "authenticated", {"params": token}))

    def _evict(self, numbers: Iterable[int]) -> None:
        abruptly = self._exchange.script.rules.itick.eviction == "drop"
        for number in numbers:
            if number not in self._open:
                continue
            channel, _ = self._open[number]
            if abruptly:
                channel.abort()
            else:
                channel.close(None)


def _result(code: int, msg: str, data: dict[str, Any] | None = None) -> bytes:
    document: dict[str, Any] = {"code": code, "resAc": AUTH, "msg": msg}
    if data is not None:
        document["data"] = data
    return msgspec.json.encode(document)


def _never() -> bool:
    return False
