"""The judge: every limit of a plan, kept exactly, by the arrival at the exchange's clock.

The strictest reading of the documents throughout. All windows slide. Every call that comes with a
valid token counts in all of its windows, refused or not, so hammering keeps a window shut.
"""

from collections import deque
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from alltick_desk.clock import Clock
from alltick_desk.sim.plans import CROSS_GAP_S, REQUEST_GAP_S, SUSPENSION, Plan, Rate

BATCH: Final = "batch-kline"
SUSPENSIONS: Final = "suspension"
DAY: Final = "day"
_FUZZ_S: Final = 1e-6  # what adding up floats may lose


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
    """

    at_s: float
    limit: str
    call: str
    detail: str
    connection: int | None = None


class Window:
    """The times of the last n calls: the next may come when the first of them is old enough."""

    def __init__(self, rate: Rate, slack_s: float) -> None:
        self.rate = rate
        self._times: deque[float] = deque(maxlen=rate.calls)
        self._seconds = rate.seconds - slack_s - _FUZZ_S

    def take(self, now_s: float) -> bool:
        """Count a call; return whether it was allowed."""
        times = self._times
        allowed = len(times) < self.rate.calls or now_s - times[0] >= self._seconds
        times.append(now_s)
        return allowed


class _Account:
    """What one token has used."""

    def __init__(self, plan: Plan, slack_s: float) -> None:
        self._plan = plan
        self._slack_s = slack_s
        self._calls: dict[str, Window] = {}
        self.shared = (
            ("together", Window(plan.together[0], slack_s)),
            ("minute", Window(plan.together[1], slack_s)),
            (DAY, Window(plan.day, slack_s)),
        )
        self.commanded: dict[int, float] = {}  # by connection: when its last request arrived
        self.open: dict[int, str] = {}  # by connection: its family
        self.ended: dict[str, float] = {}  # by family: when its last connection ended

    def window(self, call: str) -> Window:
        window = self._calls.get(call)
        if window is None:
            rate = {BATCH: self._plan.batch, SUSPENSIONS: SUSPENSION}.get(call, self._plan.each)
            window = self._calls[call] = Window(rate, self._slack_s)
        return window


class Judge:
    """Judges every arrival against the plan and reports each broken limit.

    ``slack_s`` is how much shorter than documented a wait may be measured: none, unless a clock
    runs so fast that the way through the socket takes a visible part of a second.
    """

    def __init__(
        self, plan: Plan, clock: Clock, report: Callable[[Breach], None], *, slack_s: float = 0.0
    ) -> None:
        self.plan = plan
        self._clock = clock
        self._report = report
        self._slack_s = slack_s
        self._accounts: dict[int, _Account] = {}

    def call(self, account: int, call: str, arrived_s: float) -> list[str]:
        """Count an HTTP call; return the limits it broke, none where it is allowed."""
        books = self._account(account)
        windows = ((call, books.window(call)), *books.shared)
        broken = [(limit, window.rate) for limit, window in windows if not window.take(arrived_s)]
        for limit, rate in broken:
            self._report(
                Breach(arrived_s, limit, call, f"more than {rate.calls} in {rate.seconds:g} s")
            )
        return [limit for limit, _ in broken]

    def command(self, account: int, connection: int, call: str, arrived_s: float) -> bool:
        """Count a WebSocket request (heartbeats are exempt); return whether it is allowed."""
        books = self._account(account)
        recent = {
            other: at for other, at in books.commanded.items() if arrived_s - at < CROSS_GAP_S
        }
        allowed = True
        for other, at in recent.items():
            same = other == connection
            gap = REQUEST_GAP_S if same else CROSS_GAP_S
            if arrived_s - at < gap - self._slack_s - _FUZZ_S:
                allowed = False
                self._report(
                    Breach(
                        arrived_s,
                        "request gap" if same else "cross gap",
                        call,
                        f"{arrived_s - at:.3f} s after a request on connection {other}",
                        connection,
                    )
                )
        recent[connection] = arrived_s
        books.commanded = recent
        return allowed

    def admit(
        self, account: int, family: str, connection: int, arrived_s: float, *, shared: bool
    ) -> bool:
        """Count a handshake; return whether the plan has room for it and the pause was kept.

        With ``shared`` the two families count as one.
        """
        books = self._account(account)
        broken = []
        ended = books.ended.get(family)
        if ended is not None and (waited := arrived_s - ended) < (
            self.plan.pause_s - self._slack_s - _FUZZ_S
        ):
            broken.append(("pause", f"{waited:.3f} s after the last connection ended"))
        held = sum(shared or other == family for other in books.open.values())
        if held >= self.plan.connections:
            broken.append(("connections", f"{held} are open"))
        for limit, detail in broken:
            self._report(Breach(arrived_s, limit, f"{family} handshake", detail, connection))
        if broken:
            books.ended[family] = arrived_s
            return False
        books.open[connection] = family
        return True

    def ended(self, account: int, family: str, connection: int) -> None:
        """Note that a connection is no more, or that its handshake was refused."""
        books = self._account(account)
        books.open.pop(connection, None)
        books.ended[family] = self._clock.monotonic()

    def excess(
        self, limit: str, call: str, found: int, allowed: int, connection: int | None = None
    ) -> bool:
        """Return whether a request asks for more than the plan has, and report it."""
        if found <= allowed:
            return False
        detail = f"{found} where {allowed} are allowed"
        self._report(Breach(self._clock.monotonic(), limit, call, detail, connection))
        return True

    def silence(self, connection: int, seconds: float) -> None:
        """Report a connection that is closed because its client sent no heartbeat."""
        detail = f"none for {seconds:.1f} s"
        self._report(Breach(self._clock.monotonic(), "heartbeat", "heartbeat", detail, connection))

    def _account(self, account: int) -> _Account:
        books = self._accounts.get(account)
        if books is None:
            books = self._accounts[account] = _Account(self.plan, self._slack_s)
        return books


def describe(breaches: Iterable[Breach]) -> str:
    """Return the breaches as lines, for a failing test or a log."""
    return "\n".join(
        f"{breach.at_s:.3f} {breach.limit}: {breach.call}, {breach.detail}" for breach in breaches
    )
