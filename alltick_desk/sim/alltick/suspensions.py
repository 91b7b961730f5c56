"""The suspension lists: plain parameters, no family, and answers of a form of their own."""

from http import HTTPStatus
from typing import Any, Final

from alltick_desk.sim.alltick import wire
from alltick_desk.sim.alltick.documents import whole_number
from alltick_desk.sim.alltick.facts import LISTS, suspended
from alltick_desk.sim.alltick.gate import Gate
from alltick_desk.sim.alltick.judge import SUSPENSIONS
from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.http import Answer, Request, json_answer

PREFIX: Final = "/api/suspension/"


class Suspensions:
    """Answers ``/api/suspension/{sse,nyse,nasdaq}``."""

    def __init__(self, exchange: Exchange, gate: Gate) -> None:
        self._exchange = exchange
        self._gate = gate

    def answer(self, request: Request) -> Answer | None:
        """Answer a request; None where there is no such list."""
        name = request.path.removeprefix(PREFIX).rstrip("/")
        if name not in LISTS or request.method != "GET":
            return None
        try:
            parameters = request.parameters()
        except ValueError:
            parameters = {}
        shown = {key: value for key, value in parameters.items() if key != "token"}
        entry = self._gate.enter(request, "http", "", f"{SUSPENSIONS}/{name}", shown)
        refused = self._gate.refused_token(request, entry)
        if refused is not None:
            return refused
        if self._gate.broken_limits(entry, SUSPENSIONS):
            entry.ret = wire.TOO_MANY_REQUESTS
            return _error(wire.MESSAGES[wire.TOO_MANY_REQUESTS])
        fault, instead = self._gate.fault(entry, SUSPENSIONS)
        if instead is not None:
            return instead
        page = whole_number(parameters.get("page", "1"))
        size = whole_number(parameters.get("size", "10"))
        if not page or not size:
            return _error("page and size must be positive integers")
        entry.ret = wire.OK
        return json_answer(self._page(name, page, size), fault=fault)

    def _page(self, name: str, page: int, size: int) -> dict[str, Any]:
        exchange = self._exchange
        now_s, now_ms = exchange.now_s(), exchange.clock.wall_ms()
        listings = exchange.floor.listings.values()
        halted = [
            listing
            for listing in listings
            if exchange.script.state("halt", now_s, listing=listing) is not None
        ]
        rows = suspended(name, listings, halted, now_ms)
        total = len(rows)
        if not exchange.script.rules.paged_suspensions:
            page, size = 1, max(1, total)
        shown = rows[(page - 1) * size : page * size]
        return {
            "success": True,
            "timestamp": now_ms,
            "totalCount": total,
            "totalPages": -(-total // size),
            "currentPage": page,
            "currentSize": len(shown),
            "data": shown,
        }


def _error(error: str) -> Answer:
    return json_answer({"success": False, "error": error}, status=HTTPStatus.INTERNAL_SERVER_ERROR)
