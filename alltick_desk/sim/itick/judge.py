"""iTick's judge: one window for all HTTP calls, and the connections and codes of a token."""

from collections.abc import Callable
from typing import Final, NamedTuple

from alltick_desk.clock import Clock
from alltick_desk.sim import limits
from alltick_desk.sim.itick.plans import Plan
from alltick_desk.sim.limits import Breach, Window

VENDOR: Final = "itick"


class Guest(NamedTuple):
    """Who holds a connection: its cluster, and the program's ``User-Agent``."""

    cluster: str
    program: str


class _Account:
    """What one token has used."""

    def __init__(self, plan: Plan, slack_s: float) -> None:
        self.minute = Window(plan.minute, slack_s)
        self.open: dict[int, Guest] = {}  # by connection, the oldest first


class Judge(limits.Judge):
    """Judges every arrival against the plan and reports each broken limit."""

    def __init__(
        self, plan: Plan, clock: Clock, report: Callable[[Breach], None], *, slack_s: float = 0.0
    ) -> None:
        super().__init__(VENDOR, clock, report, slack_s=slack_s)
        self.plan = plan
        self._accounts: dict[int, _Account] = {}

    def call(self, account: int, call: str, arrived_s: float) -> bool:
        """Count an HTTP call, refused or not; return whether it is allowed."""
        rate = self.plan.minute
        allowed = self._account(account).minute.take(arrived_s)
        if not allowed:
            detail = f"more than {rate.calls} in {rate.seconds:g} s"
            self.broken(arrived_s, "minute", call, detail)
        return allowed

    def admit(
        self,
        account: int,
        guest: Guest,
        connection: int,
        arrived_s: float,
        *,
        evicts: bool,
        refuses: bool,
    ) -> list[int] | None:
        """Take in a connection; return those it evicts, or None where it is refused itself.

        With ``evicts`` it ends those of its cluster; that one program does this to itself is a
        broken limit. Beyond the plan it is refused, or evicts the oldest.
        """
        books = self._account(account)
        call = f"{guest.cluster} handshake"
        same = [number for number, other in books.open.items() if other.cluster == guest.cluster]
        evicted = same if evicts else []
        if any(books.open[number].program == guest.program for number in evicted):
            detail = f"{len(same)} of the cluster are open"
            self.broken(arrived_s, "connections", call, detail, connection)
        excess = len(books.open) - len(evicted) + 1 - self.plan.connections
        if excess > 0:
            detail = f"{len(books.open) - len(evicted)} are open"
            self.broken(arrived_s, "connections", call, detail, connection)
            if refuses:
                return None
            others = [number for number in books.open if number not in evicted]
            evicted = evicted + others[:excess]
        for number in evicted:
            del books.open[number]
        books.open[connection] = guest
        return evicted

    def ended(self, account: int, connection: int) -> None:
        """Note that a connection is no more."""
        self._account(account).open.pop(connection, None)

    def _account(self, account: int) -> _Account:
        books = self._accounts.get(account)
        if books is None:
            books = self._accounts[account] = _Account(self.plan, self._slack_s)
        return books
