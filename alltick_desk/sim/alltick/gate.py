"""What every HTTP request and handshake passes: the record, the token, the limits."""

from http import HTTPStatus
from typing import Any

from alltick_desk.sim.alltick import wire
from alltick_desk.sim.alltick.documents import trace_of
from alltick_desk.sim.alltick.wire import envelope
from alltick_desk.sim.exchange import Entry, Exchange
from alltick_desk.sim.http import Answer, Request, json_answer
from alltick_desk.sim.script import Fault

# What the server does to an answer on its way; the dialect makes the answer all the same.
_ON_THE_WAY = frozenset({"drop", "truncate", "delay"})


class Gate:
    """Records, then judges what arrived."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def enter(self, request: Request, kind: str, family: str, call: str, document: Any) -> Entry:
        """Record a request."""
        entry = Entry(
            at_s=request.arrived_s,
            kind=kind,
            family=family,
            call=call,
            document=document,
            account=self._exchange.account(_token(request)),
        )
        self._exchange.journal.append(entry)
        return entry

    def refused_token(self, request: Request, entry: Entry) -> Answer | None:
        """Return the 401 of a missing or wrong token, None where it is accepted."""
        token = _token(request)
        if self._exchange.token_fits(token, entry.family):
            return None
        entry.ret = wire.TOKEN_INVALID
        msg = "token invalid" if token else "token is required"
        return json_answer({"ret": entry.ret, "msg": msg}, status=HTTPStatus.UNAUTHORIZED)

    def broken_limits(self, entry: Entry, call: str) -> list[str]:
        """Count a call; return the limits it broke."""
        self._exchange.counts[call] += 1
        return self._exchange.judge.call(entry.account, call, entry.at_s)

    def fault(self, entry: Entry, call: str) -> tuple[Fault | None, Answer | None]:
        """Return the scripted fault of a call, and the answer it gives instead of the real one."""
        fault = self._exchange.strike("http", family=entry.family, call=call)
        if fault is None or fault.do in _ON_THE_WAY:
            return fault, None
        if fault.do == "ret":
            entry.ret = fault.ret
            return fault, json_answer(envelope(fault.ret, trace_of(entry.document), {}))
        if fault.do == "garbage":
            body = "<html>{ret:" if fault.body is None else fault.body
            return fault, Answer(fault.status or HTTPStatus.OK, body.encode())
        body = "Internal Server Error" if fault.body is None else fault.body
        status = fault.status or HTTPStatus.INTERNAL_SERVER_ERROR
        return fault, Answer(status, body.encode(), content_type="text/plain")


def _token(request: Request) -> str:
    try:
        return request.parameters().get("token", "")
    except ValueError:
        return ""
