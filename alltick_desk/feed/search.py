"""Which code a refusal meant.

A vendor refuses a list as a whole and does not say which code it meant. The guilty one is found by
halving: codes that were accepted before are above suspicion, half of the others is tried with
them, and what is left over when all but one have been accepted is the culprit. Pure.
"""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from alltick_desk.errors import VendorError
from alltick_desk.vendors.base import Detail


class Culprit(msgspec.Struct, frozen=True):
    """The one code that a refusal meant."""

    code: str
    error: VendorError


class Search:
    """The search on one channel of one socket."""

    __slots__ = ("_error", "_proven", "_suspects")

    def __init__(self, proven: set[str]) -> None:
        """Take ``proven``, the codes once accepted on this channel, shared by all sockets."""
        self._proven = proven
        self._suspects: list[str] = []  # at least one of them is refused
        self._error: VendorError | None = None

    def __bool__(self) -> bool:
        """Whether a culprit is being looked for."""
        return bool(self._suspects)

    def unproven(self, codes: Sequence[str]) -> list[str]:
        """Return those that were never accepted."""
        return [code for code in codes if code not in self._proven]

    def knows_any(self) -> bool:
        """Whether any list was ever accepted."""
        return bool(self._proven)

    def accuses(self, code: str) -> bool:
        """Whether ``code``, which is wanted, may be the one."""
        return bool(self._suspects) and code not in self._proven

    def begin(self, codes: Sequence[str], error: VendorError) -> Culprit | None:
        """Look for the one of ``codes`` that was meant; return it where there is but one."""
        self._proven.difference_update(codes)
        self._error = error
        self._suspects = list(codes) if len(codes) > 1 else []
        return Culprit(codes[0], error) if len(codes) == 1 else None

    def acquit(self, codes: Collection[str]) -> Culprit | None:
        """Note that ``codes`` were accepted; return the culprit where one suspect is left."""
        self._proven.update(codes)
        self._suspects = [code for code in self._suspects if code not in codes]
        if len(self._suspects) == 1 and self._error is not None:
            return Culprit(self._suspects.pop(), self._error)
        return None

    def aim(self, target: Collection[str]) -> None:
        """Give up where a suspect is no longer wanted: the guilty one may have left with it."""
        if not all(code in target for code in self._suspects):
            self._suspects = []

    def stop(self) -> None:
        """Forget the suspicion."""
        self._suspects = []

    def goal(
        self, target: Mapping[str, Detail], held: Mapping[str, Detail]
    ) -> Mapping[str, Detail]:
        """Return the part of ``target`` to ask for now.

        While a culprit is sought, codes of which nothing is known wait: they would blur it.
        """
        if not self._suspects:
            return target
        tried = set(self._suspects[: (len(self._suspects) + 1) // 2])
        cleared = (self._proven | held.keys()).difference(self._suspects)
        return {code: it for code, it in target.items() if code in tried or code in cleared}
