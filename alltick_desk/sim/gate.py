"""What every HTTP request and handshake passes, whatever the vendor: the record and the faults."""

from abc import ABC, abstractmethod
from http import HTTPStatus
from typing import Any

from alltick_desk.sim.exchange import Entry, Exchange
from alltick_desk.sim.http import Answer, Request
from alltick_desk.sim.script import Fault

# What the server does to an answer on its way; the dialect makes the answer all the same.
_ON_THE_WAY = frozenset({"drop", "truncate", "delay"})


class Gate(ABC):
    """Records what arrived, and lets faults strike it.

    Attributes:
        vendor: whose gate it is.
    """

    vendor: str

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    @abstractmethod
    def token(self, request: Request) -> str:
        """Return a request's token, "" for none."""

    @abstractmethod
    def refusal(self, fault: Fault, entry: Entry) -> Answer:
        """Return the answer of a ``ret`` fault."""

    def enter(self, request: Request, kind: str, family: str, call: str, document: Any) -> Entry:
        """Record a request."""
        entry = Entry(
            at_s=request.arrived_s,
            vendor=self.vendor,
            kind=kind,
            family=family,
            call=call,
            document=document,
            account=self._exchange.account(self.token(request)),
        )
        self._exchange.journal.append(entry)
        return entry

    def fault(self, entry: Entry, call: str) -> tuple[Fault | None, Answer | None]:
        """Return the scripted fault of a call, and the answer it gives instead of the real one."""
        fault = self._exchange.strike("http", vendor=entry.vendor, family=entry.family, call=call)
        if fault is None or fault.do in _ON_THE_WAY:
            return fault, None
        if fault.do == "ret":
            entry.ret = fault.ret
            return fault, self.refusal(fault, entry)
        if fault.do == "garbage":
            body = "<html>{ret:" if fault.body is None else fault.body
            return fault, Answer(fault.status or HTTPStatus.OK, body.encode())
        body = "Internal Server Error" if fault.body is None else fault.body
        status = fault.status or HTTPStatus.INTERNAL_SERVER_ERROR
        return fault, Answer(status, body.encode(), content_type="text/plain")
