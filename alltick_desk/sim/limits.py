"""What the judges of all vendors share: sliding windows, and the record of what was broken.

Everything is judged by the arrival at the exchange's clock.
"""

from collections import deque
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from alltick_desk.clock import Clock

FUZZ_S: Final = 1e-6  # what adding up floats may lose


class Rate(NamedTuple):
    """At most ``calls`` in any stretch of ``seconds``."""

    calls: int
    seconds: float


class Breach(NamedTuple):
    """One limit, broken once.

    Attributes:
        at_s: the clock's monotonic seconds at the arrival.
        limit: which one: the call's name for its own window, ``"together"``, ``"minute"``,
            ``"day"``, ``"codes"``, ``"sets"``, ``"bars"``, ``"request gap"``, ``"cross gap"``,
            ``"connections"``, ``"pause"`` or ``"heartbeat"``.
        call: the HTTP call, WebSocket command or channel that broke it.
        detail: what happened, as a sentence.
        connection: the WebSocket connection's number, None for HTTP.
        vendor: whose limit it was.
    """

    at_s: float
    limit: str
    call: str
    detail: str
    connection: int | None = None
    vendor: str = ""


class Window:
    """The times of the last n calls: the next may come when the first of them is old enough."""

    def __init__(self, rate: Rate, slack_s: float) -> None:
        self.rate = rate
        self._times: deque[float] = deque(maxlen=rate.calls)
        self._seconds = rate.seconds - slack_s - FUZZ_S

    def take(self, now_s: float) -> bool:
        """Count a call; return whether it was allowed."""
        times = self._times
        allowed = len(times) < self.rate.calls or now_s - times[0] >= self._seconds
        times.append(now_s)
        return allowed


class Judge:
    """Judges arrivals at one vendor and reports each broken limit.

    ``slack_s`` is how much shorter than documented a wait may be measured: none, unless a clock
    runs so fast that the way through the socket takes a visible part of a second.
    """

    def __init__(
        self, vendor: str, clock: Clock, report: Callable[[Breach], None], *, slack_s: float = 0.0
    ) -> None:
        self._vendor = vendor
        self._clock = clock
        self._report = report
        self._slack_s = slack_s

    def broken(
        self, at_s: float, limit: str, call: str, detail: str, connection: int | None = None
    ) -> None:
        """Report a broken limit."""
        self._report(Breach(at_s, limit, call, detail, connection, self._vendor))

    def excess(
        self, limit: str, call: str, found: int, allowed: int, connection: int | None = None
    ) -> bool:
        """Return whether a request asks for more than the plan has, and report it."""
        if found <= allowed:
            return False
        detail = f"{found} where {allowed} are allowed"
        self.broken(self._clock.monotonic(), limit, call, detail, connection)
        return True

    def silence(self, connection: int, seconds: float) -> None:
        """Report a connection that is closed because its client sent no heartbeat."""
        detail = f"none for {seconds:.1f} s"
        self.broken(self._clock.monotonic(), "heartbeat", "heartbeat", detail, connection)


def describe(breaches: Iterable[Breach]) -> str:
    """Return the breaches as lines, for a failing test or a log."""
    return "\n".join(
        f"{breach.at_s:.3f} {breach.vendor} {breach.limit}: {breach.call}, {breach.detail}"
        for breach in breaches
    )
