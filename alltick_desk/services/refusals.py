"""What vendors refuse: a code that is not theirs or not in the plan costs one call a day.

A refusal names no code, so it is narrowed down by halving, and it is no less true the next time
that a person looks at the row.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError, ProtocolError, VendorError, Verdict
from alltick_desk.model.instrument import InstrumentKey

REFUSED_S = 86_400.0
UNREADABLE_S = 3600.0

_OF_A_CODE = frozenset({Verdict.UNKNOWN_CODE, Verdict.NOT_IN_PLAN, Verdict.BUG})


class Refusals:
    """Remembers what was refused."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until_s: dict[InstrumentKey, float] = {}  # monotonic

    def __contains__(self, key: InstrumentKey) -> bool:
        return self._clock.monotonic() < self._until_s.get(key, 0.0)

    def note(self, keys: Iterable[InstrumentKey], why: DeskError | None = None) -> None:
        """Take what is not to be asked for again on this day.

        Of an answer that could not be read nobody knows whose it was: a network that wants a login
        first answers everything with a page of its own. So that is asked for again in an hour.
        """
        rest_s = UNREADABLE_S if isinstance(why, ProtocolError) else REFUSED_S
        self._until_s.update(dict.fromkeys(keys, self._clock.monotonic() + rest_s))

    def begin_anew(self, vendor: str) -> None:
        """Forget what a vendor refused: its plan or its token is another one."""
        for key in [key for key in self._until_s if key.vendor == vendor]:
            del self._until_s[key]


async def of_the_line(
    error: DeskError,
    keys: Sequence[InstrumentKey],
    ask: Callable[[Sequence[InstrumentKey]], Awaitable[object]],
    *,
    failures: int,
) -> bool:
    """Whether an answer cannot be read whatever is asked for, as where a network wants a login.

    After the first of ``failures`` nobody knows yet, and the next try may tell. Then the first and
    the last of ``keys`` are asked for, each by itself: one bad code is not both of them.
    """
    if not isinstance(error, ProtocolError):
        return False
    if not failures:
        return True
    for key in (keys[0], keys[-1]) if len(keys) > 1 else ():
        try:
            await ask([key])
        except ProtocolError:
            continue
        return False
    return len(keys) > 1


def of_a_code(error: DeskError) -> bool:
    """Whether a failure may be for one code of a batch: then the others can be had without it.

    An answer that cannot be read may be so for one bar of one code.
    """
    if isinstance(error, VendorError):
        return error.verdict in _OF_A_CODE
    return isinstance(error, ProtocolError)
