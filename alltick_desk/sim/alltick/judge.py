"""AllTick's judge: every limit of a plan, kept exactly, by the strictest reading throughout.

All windows slide. Every call that comes with a valid token counts in all of its windows, refused
or not, so hammering keeps a window shut.
"""

from collections.abc import Callable
from typing import Final

from alltick_desk.clock import Clock
from alltick_desk.sim import limits
from alltick_desk.sim.alltick.plans import CROSS_GAP_S, REQUEST_GAP_S, SUSPENSION, Plan
from alltick_desk.sim.limits import FUZZ_S, Breach, Window

VENDOR: Final = "alltick"
BATCH: Final = "batch-kline"
SUSPENSIONS: Final = "suspension"
DAY: Final = "day"


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


class Judge(limits.Judge):
    """Judges every arrival against the plan and reports each broken limit.

    ``slack_s`` is how much shorter than documented a wait may be measured: none, unless a clock
    runs so fast that the way through the socket takes a visible part of a second.
    """

    def __init__(
        self, plan: Plan, clock: Clock, report: Callable[[Breach], None], *, slack_s: float = 0.0
    ) -> None:
        super().__init__(VENDOR, clock, report, slack_s=slack_s)
        self.plan = plan
        self._accounts: dict[int, _Account] = {}

    def call(self, account: int, call: str, arrived_s: float) -> list[str]:
        """Count an HTTP call; return the limits it broke, none where it is allowed."""
        books = self._account(account)
        windows = ((call, books.window(call)), *books.shared)
        broken = [(limit, window.rate) for limit, window in windows if not window.take(arrived_s)]
        for limit, rate in broken:
            self.broken(arrived_s, limit, call, f"more than {rate.calls} in {rate.seconds:g} s")
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
            if arrived_s - at < gap - self._slack_s - FUZZ_S:
                allowed = False
                self.broken(
                    arrived_s,
                    "request gap" if same else "cross gap",
                    call,
                    f"{arrived_s - at:.3f} s after a request on connection {other}",
                    connection,
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
            self.plan.pause_s - self._slack_s - FUZZ_S
        ):
            broken.append(("pause", f"{waited:.3f} s after the last connection ended"))
        held = sum(shared or other == family for other in books.open.values())
        if held >= self.plan.connections:
            broken.append(("connections", f"{held} are open"))
        for limit, detail in broken:
            self.broken(arrived_s, limit, f"{family} handshake", detail, connection)
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

    def _account(self, account: int) -> _Account:
        books = self._accounts.get(account)
        if books is None:
            books = self._accounts[account] = _Account(self.plan, self._slack_s)
        return books
