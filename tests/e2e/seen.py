"""What an exchange has seen of one vendor's client."""

from typing import NamedTuple

from alltick_desk.sim.exchange import Connection, Entry, Exchange

SUBSCRIBE = {"depth": "22002", "trades": "22004"}
CHANGES = ("subscribe", "unsubscribe")


class Change(NamedTuple):
    """A subscription or the end of one, as it came where lists add up."""

    action: str
    family: str
    types: str
    symbols: list[str]  # as the vendor spells them


class Seen:
    """The calls, handshakes and subscriptions that have arrived from one vendor's client."""

    def __init__(self, exchange: Exchange, vendor: str) -> None:
        self.exchange = exchange
        self.vendor = vendor

    def calls(self, name: str, since_s: float = 0.0) -> list[Entry]:
        """Return the HTTP calls of one name that have arrived."""
        return self._entries("http", since_s, name)

    def handshakes(self, since_s: float = 0.0) -> list[Entry]:
        """Return the attempts to open a socket."""
        return self._entries("handshake", since_s)

    def lists(self, kind: str, family: str, since_s: float = 0.0) -> list[dict[str, int]]:
        """Return the lists of ``"trades"`` or ``"depth"`` that have arrived: levels by code.

        For a vendor whose lists replace one another.
        """
        return [
            {it["code"]: it.get("depth_level", 0) for it in entry.document["data"]["symbol_list"]}
            for entry in self._entries("command", since_s, SUBSCRIBE[kind])
            if entry.family == family
        ]

    def changes(self, since_s: float = 0.0) -> list[Change]:
        """Return what was added and ended, in order, for a vendor whose lists add up."""
        return [
            Change(
                entry.call,
                entry.family,
                entry.document["types"],
                entry.document["params"].split(","),
            )
            for entry in self._entries("command", since_s)
            if entry.call in CHANGES
        ]

    def _entries(self, kind: str, since_s: float, call: str | None = None) -> list[Entry]:
        return [
            entry
            for entry in self.exchange.journal
            if (entry.kind, entry.vendor) == (kind, self.vendor)
            and call in (None, entry.call)
            and entry.at_s >= since_s
        ]

    def connections(self) -> list[Connection]:
        """Return the sockets that are open at the exchange."""
        return [it for it in self.exchange.connections.values() if it.vendor == self.vendor]

    def subscribed(self, kind: str) -> set[str]:
        """Return the codes whose ``"trades"`` or ``"depth"`` the exchange streams now."""
        return {code for connection in self.connections() for code in _streamed(connection, kind)}


def _streamed(connection: Connection, kind: str) -> list[str]:
    if kind == "depth":
        return list(connection.depths)
    if not connection.topics:
        return list(connection.trades)
    return [code for code, topics in connection.topics.items() if "tick" in topics]
