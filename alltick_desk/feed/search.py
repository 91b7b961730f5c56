"""Which codes a refusal meant.

A vendor refuses a list as a whole and does not say which code it meant. So codes that were accepted
before go on, and the others are asked for in small groups beside them: first those that are likely
to exist, then the most important. A group that is refused is halved until one code is left; one
that is accepted makes the next group larger, and each culprit makes it smaller. Thus one bad code
among many costs few requests, and among many bad ones the good ones in sight need not wait. Pure.
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import msgspec

from alltick_desk.errors import VendorError
from alltick_desk.vendors.base import Detail

FIRST = 8  # codes of which nothing is known go so many at once
STEP = 4  # so many times as many after a group that is accepted, and as few after a culprit


class Culprit(msgspec.Struct, frozen=True):
    """The one code that a refusal meant."""

    code: str
    error: VendorError


class Search:
    """The search on one channel of one socket."""

    __slots__ = (
        "_active",
        "_ahead",
        "_error",
        "_likely",
        "_once",
        "_proven",
        "_sizes",
        "_suspects",
        "_target",
    )

    def __init__(
        self,
        proven: set[str],
        *,
        likely: Callable[[str], bool] = lambda _code: False,
        ahead: Sequence["Search"] = (),
    ) -> None:
        """Take ``proven``, the codes once accepted on this channel, shared by all sockets.

        ``likely`` tells of a code whether it probably exists. ``ahead`` are the searches of the
        other channels of the socket that come first: what they doubt is not asked for here.
        """
        self._proven = proven
        self._likely = likely
        self._ahead = ahead
        self._active = False
        self._suspects: set[str] = set()  # at least one of them is refused
        self._once: set[str] = set()  # accepted once, and doubted since
        self._sizes: dict[bool, float] = {}  # of the next group, of likely codes and of others
        self._target: Collection[str] = ()
        self._error: VendorError | None = None
        self.stop()

    def __bool__(self) -> bool:
        """Whether a culprit is being looked for."""
        return self._active

    def unproven(self, codes: Sequence[str]) -> list[str]:
        """Return those that were never accepted."""
        return [code for code in codes if code not in self._proven]

    def knows_any(self) -> bool:
        """Whether any list was ever accepted."""
        return bool(self._proven)

    def accuses(self, code: str) -> bool:
        """Whether ``code``, which is wanted, may be the one, here or on a channel ahead."""
        own = self._active and code in self._target and code not in self._proven
        return own or (code not in self._proven and any(it.accuses(code) for it in self._ahead))

    def begin(self, codes: Sequence[str], error: VendorError) -> Culprit | None:
        """Look for the one of ``codes`` that was meant; return it where there is but one."""
        self._once.update(self._proven.intersection(codes))
        self._proven.difference_update(codes)
        self._active, self._error = True, error
        if len(codes) == 1:
            return self._found(codes[0], error)
        self._suspects = set(codes)
        kinds = {self._is_likely(code) for code in codes}
        if len(kinds) == 1:
            kind = kinds.pop()
            if math.isinf(self._sizes[kind]):
                self._sizes[kind] = len(codes)
        return None

    def acquit(self, codes: Collection[str]) -> Culprit | None:
        """Note that ``codes`` were accepted; return the culprit where one suspect is left."""
        fresh = [code for code in codes if code not in self._proven]
        self._proven.update(codes)
        self._once.difference_update(codes)
        for kind in {self._is_likely(code) for code in fresh}:
            if len(fresh) >= self._sizes[kind]:
                self._sizes[kind] *= STEP
        self._suspects.difference_update(codes)
        if len(self._suspects) == 1 and self._error is not None:
            return self._found(next(iter(self._suspects)), self._error)
        return None

    def aim(self, target: Collection[str]) -> None:
        """Take what is wanted now, the most important first."""
        self._target = target
        if not all(code in target for code in self._suspects):
            self._suspects.clear()  # the guilty one may have left with it
        if self._active and all(code in self._proven for code in target):
            self.stop()

    def stop(self) -> None:
        """Forget the suspicion."""
        self._active = False
        self._suspects.clear()
        self._once.clear()
        self._sizes = {True: math.inf, False: FIRST}

    def goal(
        self, target: Mapping[str, Detail], held: Mapping[str, Detail]
    ) -> Mapping[str, Detail]:
        """Return the part of ``target`` to ask for now: what is known to be good, and a group."""
        ahead = any(self._ahead)
        if not self._active and not ahead:
            return target
        cleared = (self._proven | held.keys()).difference(self._suspects)
        doubtful = [code for code in target if code not in cleared]
        if ahead:
            doubtful = [
                it for it in doubtful if not any(first.accuses(it) for first in self._ahead)
            ]
        asked = set(self._group(doubtful) if self._active else doubtful)
        return {code: it for code, it in target.items() if code in asked or code in cleared}

    def _group(self, doubtful: Sequence[str]) -> Iterable[str]:
        """Return those of the ``doubtful``, in their order, that go next."""
        kind = any(self._is_likely(code) for code in doubtful)
        alike = [code for code in doubtful if self._is_likely(code) is kind]
        if not alike:
            return ()
        # Of the suspects one is bad, so all of them at once would teach nothing.
        suspected = alike[0] in self._suspects
        alike = [code for code in alike if (code in self._suspects) is suspected]
        size = min(self._sizes[kind], len(alike))
        if suspected and len(alike) == len(self._suspects):
            size = min(size, (len(alike) + 1) // 2)
        return alike[: int(size)]

    def _found(self, code: str, error: VendorError) -> Culprit:
        self._suspects.clear()
        kind = self._is_likely(code)
        if not math.isinf(self._sizes[kind]):
            self._sizes[kind] = max(1, self._sizes[kind] // STEP)
        self._once.discard(code)
        return Culprit(code, error)

    def _is_likely(self, code: str) -> bool:
        return code in self._once or self._likely(code)
