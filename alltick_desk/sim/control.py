"""What tests of other processes ask the exchange, under ``/sim``; no vendor has such paths.

- GET ``/sim/state``: breaches, counts of calls, connections and the journal's length.
- GET ``/sim/journal``: everything that arrived, oldest first.
- POST ``/sim/fault`` with a fault as in a script: it can strike from now on.
- POST ``/sim/heal``: no more faults.
"""

import msgspec

from alltick_desk.sim.exchange import Connection, Exchange
from alltick_desk.sim.http import Answer, Request, json_answer
from alltick_desk.sim.script import Fault


class Control:
    """Answers the paths under ``/sim``."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def owns(self, path: str) -> bool:
        """Return whether a path is one of these."""
        return path.startswith("/sim/")

    def answer(self, request: Request) -> Answer:
        """Answer a request."""
        exchange = self._exchange
        match request.method, request.path:
            case "GET", "/sim/state":
                return json_answer(self._state())
            case "GET", "/sim/journal":
                return json_answer(list(exchange.journal))
            case "POST", "/sim/fault":
                try:
                    fault = msgspec.json.decode(request.body, type=Fault)
                except ValueError as error:
                    return json_answer({"error": str(error)}, status=400)
                fault.at += exchange.now_s()
                exchange.script.faults.append(fault)
                return json_answer({})
            case "POST", "/sim/heal":
                exchange.heal()
                return json_answer({})
        return json_answer({"error": "no such path"}, status=404)

    def _state(self) -> dict[str, object]:
        exchange = self._exchange
        return {
            "plan": exchange.plan.name,
            "plans": {"alltick": exchange.plan.name, "itick": exchange.itick_plan.name},
            "seconds": exchange.now_s(),
            "breaches": [breach._asdict() for breach in exchange.breaches],
            "counts": dict(exchange.counts),
            "journal": len(exchange.journal),
            "skipped": exchange.skipped,
            "connections": [
                {
                    "number": connection.number,
                    "vendor": connection.vendor,
                    "family": connection.family,
                    "trades": list(connection.trades),
                    "depths": connection.depths,
                    "types": _by_type(connection),
                    "sent": connection.sent,
                }
                for connection in exchange.connections.values()
            ],
        }


def _by_type(connection: Connection) -> dict[str, list[str]]:
    """Return the codes of each type, where a vendor's subscriptions name types."""
    types: dict[str, list[str]] = {}
    for code, topics in connection.topics.items():
        for topic in topics:
            types.setdefault(topic, []).append(code)
    return types
