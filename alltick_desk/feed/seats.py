"""How many codes all sockets of a token hold together, where the vendor counts them so.

Every family tells what its sockets hold or may hold; a code that none of them does is asked for
only while there is a seat. Thus the vendor never counts more than the plan has, whatever is lost,
refused or moved: a seat is free once the end of a subscription is acknowledged, or its socket
closed. Pure.
"""

from collections.abc import Callable, Mapping

from alltick_desk.observe import Hook
from alltick_desk.vendors.base import Detail


class Seats:
    """The seats of one token.

    Attributes:
        codes: how many there are; None where the vendor has no such limit.
        freed: emitted when there may be more of them than before.
    """

    def __init__(self, codes: int | None = None) -> None:
        self.codes = codes
        self.freed: Hook[[]] = Hook()
        self._families: list[Callable[[], set[str]]] = []

    def join(self, counted: Callable[[], set[str]]) -> None:
        """Count a family; ``counted()`` returns the codes that the vendor holds or may hold."""
        self._families.append(counted)

    def configure(self, codes: int | None) -> None:
        """Take another plan."""
        self.codes = codes
        self.freed.emit()

    def admit(self, goal: Mapping[str, Detail]) -> Mapping[str, Detail]:
        """Return the part of ``goal`` that can be asked for now, the most important first."""
        if self.codes is None:
            return goal
        counted = set[str]().union(*(family() for family in self._families))
        room = self.codes - len(counted)
        admitted: dict[str, Detail] = {}
        for code, detail in goal.items():
            if code in counted:
                admitted[code] = detail
            elif room > 0:
                admitted[code] = detail
                room -= 1
        return admitted

    def free(self) -> None:
        """Note that a family may hold less than before."""
        if self.codes is not None:
            self.freed.emit()
