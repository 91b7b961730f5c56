"""How many codes go into one call: what the plan says, or what the vendor has taught.

A vendor refuses a call with too many codes, or answers the first of them and says nothing of the
rest. What is learned is tried again after a while.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence

from alltick_desk.clock import Clock
from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.capacity import Capacity

_CUT = 2  # so many codes that are missing at the end are no accident


class BatchSize:
    """The size of one kind of batch."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._capacity = Capacity()

    def size(self, planned: int) -> int:
        """Return how many codes one call may name; the plan says ``planned``."""
        return max(1, self._capacity.size(planned, self._clock.monotonic()))

    def part(
        self, codes: Iterable[str], kind: Callable[[str], str], planned: int
    ) -> list[list[str]]:
        """Part codes into calls: those of a call are of one kind, and keep their order."""
        kinds: dict[str, list[str]] = {}
        for code in codes:
            kinds.setdefault(kind(code), []).append(code)
        size = self.size(planned)
        return [
            alike[start : start + size]
            for alike in kinds.values()
            for start in range(0, len(alike), size)
        ]

    def forget(self) -> None:
        """Unlearn it: the plan is another one."""
        self._capacity.forget()

    @contextlib.contextmanager
    def learning(self, asked: Sequence[str]) -> Iterator[Callable[[Iterable[str]], None]]:
        """Learn from the call in the block, which names ``asked``.

        What is yielded takes the codes that were answered, where an answer can be short of some.
        """

        def answered(codes: Iterable[str]) -> None:
            found = set(codes)
            whole = next((n for n, code in enumerate(asked) if code not in found), len(asked))
            # The first ones came and nothing else: the vendor has cut the list.
            if 0 < whole == len(found) and len(asked) - whole >= _CUT:
                self._learn(whole, refused=whole + 1)
            else:
                self._learn(len(found))

        try:
            yield answered
        except VendorError as error:
            if error.verdict is Verdict.OVER_PLAN and len(asked) > 1:
                self._learn(0, refused=len(asked))
            raise

    def _learn(self, accepted: int, *, refused: int | None = None) -> None:
        if refused is not None:
            self._capacity.refused(refused, self._clock.monotonic())
        self._capacity.accepted(accepted)
