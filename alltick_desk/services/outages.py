"""When the desk could not hear the vendors: each socket's outages, by the machine's clock."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from alltick_desk.clock import Clock
from alltick_desk.feed.pool import PoolHealth
from alltick_desk.feed.wiring import SocketHealth, SocketState

MOST_KEPT = 500  # of one socket; a connection that flaps for days must not fill the memory


class Outage(NamedTuple):
    """A stretch without a connection, Unix seconds; ``to_s`` is None while it lasts."""

    from_s: float
    to_s: float | None


class Outages:
    """Remembers the outages of this run; ``note`` is told of every change of a connection."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._live_s: dict[str, float] = {}  # sockets that live, and since when (monotonic)
        self._down: dict[str, float] = {}  # sockets that were live and are not, since when
        self._kept: dict[str, list[Outage]] = {}

    def note(self, health: Mapping[str, PoolHealth]) -> None:
        """Take notice of how the sockets do now.

        One that is not in use any more is no outage; one that was never live has none yet.
        """
        sockets = {it.socket: it for pool in health.values() for it in pool.sockets}
        for name in set(self._live_s) | set(self._down):
            if name not in sockets:
                self._live_s.pop(name, None)
                self._up(name)
        for name, socket in sockets.items():
            self._note(name, socket)

    def of(self, sockets: Iterable[str]) -> tuple[Outage, ...]:
        """Return the outages of some sockets, in order of their beginnings."""
        found = [it for name in sockets for it in self._kept.get(name, ())]
        found += [Outage(self._down[name], None) for name in sockets if name in self._down]
        return tuple(sorted(found, key=_begin))

    def _note(self, name: str, socket: SocketHealth) -> None:
        wall_s, now_s = self._clock.wall_ms() / 1000, self._clock.monotonic()
        if socket.state is SocketState.LIVE:
            opened_s = now_s if socket.opened_s is None else socket.opened_s
            before_s = self._live_s.get(name)
            if before_s is not None and opened_s > before_s and name not in self._down:
                # It broke and came back between two looks.
                self._down[name] = wall_s - (now_s - opened_s)
            self._live_s[name] = opened_s
            self._up(name)
        elif name in self._live_s:
            del self._live_s[name]
            # What was heard last tells when the silence began.
            heard_s = socket.last_message_s
            self._down[name] = wall_s - (0.0 if heard_s is None else now_s - heard_s)

    def _up(self, name: str) -> None:
        from_s = self._down.pop(name, None)
        if from_s is not None:
            kept = self._kept.setdefault(name, [])
            kept.append(Outage(from_s, self._clock.wall_ms() / 1000))
            del kept[:-MOST_KEPT]


def _begin(outage: Outage) -> float:
    return outage.from_s
