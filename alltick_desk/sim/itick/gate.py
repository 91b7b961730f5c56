"""iTick's judgement of every HTTP request: the token, the minute's budget."""

from http import HTTPStatus
from typing import Final

from alltick_desk.sim import gate
from alltick_desk.sim.exchange import Entry
from alltick_desk.sim.http import Answer, Request, json_answer
from alltick_desk.sim.itick import wire
from alltick_desk.sim.itick.judge import VENDOR
from alltick_desk.sim.itick.wire import envelope
from alltick_desk.sim.script import Fault

_STATUSES: Final = {
    wire.NOT_FOUND: HTTPStatus.NOT_FOUND,
    wire.AUTH_FAILED: HTTPStatus.UNAUTHORIZED,
    wire.OVER_LIMIT: HTTPStatus.FORBIDDEN,
    wire.BAD_PARAMETERS: HTTPStatus.BAD_REQUEST,
}


class Gate(gate.Gate):
    """Records, then judges what arrived."""

    vendor = VENDOR

    def token(self, request: Request) -> str:
        """Return the token, which stands in a header."""
        return request.headers.get("token", "")

    def refusal(self, fault: Fault, entry: Entry) -> Answer:
        """Return the answer of a ``ret`` fault."""
        del entry
        return json_answer(envelope(fault.ret, msg=fault.body))

    def judged(self, request: Request, entry: Entry) -> Answer | None:
        """Return the refusal of a token, or of a call too many; None for none."""
        exchange = self._exchange
        if not exchange.token_fits(self.token(request), entry.vendor, entry.family):
            return self.error(entry, wire.AUTH_FAILED)
        exchange.counts[f"{VENDOR}/{entry.call}"] += 1
        if exchange.itick_judge.call(entry.account, entry.call, entry.at_s):
            return None
        return self.error(entry, wire.TOO_MANY_REQUESTS)

    def error(self, entry: Entry, code: int) -> Answer:
        """Return the answer of an error."""
        entry.ret = code
        status = HTTPStatus.OK
        if code == wire.TOO_MANY_REQUESTS:
            status = HTTPStatus.TOO_MANY_REQUESTS
        elif self._exchange.script.rules.itick.statuses:
            status = _STATUSES[code]
        return json_answer(envelope(code), status=status)
