"""AllTick's judgement of every request and handshake: the token, the limits."""

from http import HTTPStatus

from alltick_desk.sim import gate
from alltick_desk.sim.alltick import wire
from alltick_desk.sim.alltick.documents import trace_of
from alltick_desk.sim.alltick.judge import VENDOR
from alltick_desk.sim.alltick.wire import envelope
from alltick_desk.sim.exchange import Entry
from alltick_desk.sim.http import Answer, Request, json_answer
from alltick_desk.sim.script import Fault


class Gate(gate.Gate):
    """Records, then judges what arrived."""

    vendor = VENDOR

    def token(self, request: Request) -> str:
        """Return the token, which stands in the URL."""
        try:
            return request.parameters().get("token", "")
        except ValueError:
            return ""

    def refusal(self, fault: Fault, entry: Entry) -> Answer:
        """Return the answer of a ``ret`` fault."""
        return json_answer(envelope(fault.ret, trace_of(entry.document), {}))

    def refused_token(self, request: Request, entry: Entry) -> Answer | None:
        """Return the 401 of a missing or wrong token, None where it is accepted."""
        token = self.token(request)
        if self._exchange.token_fits(token, entry.vendor, entry.family):
            return None
        entry.ret = wire.TOKEN_INVALID
        msg = "token invalid" if token else "token is required"
        return json_answer({"ret": entry.ret, "msg": msg}, status=HTTPStatus.UNAUTHORIZED)

    def broken_limits(self, entry: Entry, call: str) -> list[str]:
        """Count a call; return the limits it broke."""
        self._exchange.counts[call] += 1
        return self._exchange.judge.call(entry.account, call, entry.at_s)
