"""What the vendor has refused one family, and for how long that is believed.

Codes are marked for good where the vendor does not know them or the plan lacks them, and for a
growing while otherwise; so are further connections. Pure: times come in as monotonic seconds.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.standing import Coverage, Standing
from alltick_desk.vendors.base import Channel

BAR_S = 600.0  # a further connection that was refused is tried again after ten minutes,
BAR_CAP_S = 7200.0  # doubling up to two hours
MARK_S = 600.0  # a code refused without a known reason likewise
MARK_CAP_S = 7200.0
_COVERAGES = {
    Verdict.UNKNOWN_CODE: Coverage.UNKNOWN_CODE,
    Verdict.NOT_IN_PLAN: Coverage.NOT_IN_PLAN,
}


class _Mark(msgspec.Struct, frozen=True):
    """A code that the vendor refuses."""

    standing: Standing
    until_s: float | None  # None: never asked again under this plan and token


class Marks:
    """The codes that the vendor refuses, by channel.

    Attributes:
        verdicts: how many codes were refused for good so far, on whichever channel.
    """

    def __init__(self) -> None:
        self._marks: dict[tuple[Channel, str], _Mark] = {}
        self._tries: dict[tuple[Channel, str], int] = {}
        self.verdicts = 0

    def convict(
        self,
        channel: Channel,
        code: str,
        error: VendorError,
        now_s: float,
        *,
        proven: Mapping[Channel, set[str]],
    ) -> None:
        """Mark a code on ``channel``; one that does not exist on every channel.

        ``proven`` are the codes that the vendor has accepted.
        """
        coverage = _COVERAGES.get(error.verdict)
        if coverage is None:
            tries = self._tries.get((channel, code), 0)
            self._tries[channel, code] = tries + 1
            until_s = now_s + min(MARK_CAP_S, MARK_S * 2.0 ** min(tries, 20))
            self._marks[channel, code] = _Mark(Standing(Coverage.REFUSED, str(error)), until_s)
            return
        mark = _Mark(Standing(coverage, str(error)), None)
        for each in Channel:
            # A plan may lack a channel, or a channel an interval.
            everywhere = coverage is Coverage.UNKNOWN_CODE and code not in proven[each]
            if each is channel or everywhere:
                self._marks[each, code] = mark
                self.verdicts += 1

    def standing(self, channel: Channel, code: str) -> Standing | None:
        """Return what is to be said of a marked code; None where it has no mark."""
        mark = self._marks.get((channel, code))
        return None if mark is None else mark.standing

    def final(self, channel: Channel, code: str) -> bool:
        """Whether a code is refused for good."""
        mark = self._marks.get((channel, code))
        return mark is not None and mark.until_s is None

    def drop(self, channel: Channel, code: str) -> None:
        """Ask for a code again: what is wanted of it is something else."""
        if self._marks.pop((channel, code), None) is not None:
            self.verdicts += 1

    def expire(self, now_s: float) -> None:
        """Forget what has lasted long enough."""
        ended = [
            key
            for key, mark in self._marks.items()
            if mark.until_s is not None and mark.until_s <= now_s
        ]
        for key in ended:
            del self._marks[key]

    def clear(self) -> None:
        """Forget all: another plan or token may answer differently."""
        self._marks.clear()
        self._tries.clear()

    def ends(self) -> Iterator[float]:
        """Return when marks end."""
        return (mark.until_s for mark in self._marks.values() if mark.until_s is not None)


class _Bar(msgspec.Struct, frozen=True):
    """A further connection that the vendor turned away."""

    until_s: float
    tries: int


class Bars:
    """The sockets that the vendor had one too many of, by number."""

    def __init__(self) -> None:
        self._bars: dict[int, _Bar] = {}

    def put(self, socket: int, now_s: float) -> None:
        """Do without a socket for a while, for longer each time."""
        tries = self._bars[socket].tries + 1 if socket in self._bars else 0
        until_s = now_s + min(BAR_CAP_S, BAR_S * 2.0 ** min(tries, 20))
        self._bars[socket] = _Bar(until_s, tries)

    def lift(self, socket: int) -> bool:
        """Forget that a socket was ever turned away; return whether it was."""
        return self._bars.pop(socket, None) is not None

    def usable(self, connections: int, now_s: float) -> Sequence[int]:
        """Return which of so many sockets may be used; the first where none may."""
        bars = self._bars
        numbers = range(1, connections + 1)
        return [it for it in numbers if it not in bars or now_s >= bars[it].until_s] or [1]

    def hold_back(self, connections: int, chosen: Sequence[int]) -> bool:
        """Whether one of so many sockets was turned away and is not among the ``chosen``."""
        return any(it <= connections and it not in chosen for it in self._bars)

    def clear(self) -> None:
        """Forget all: another plan or token may answer differently."""
        self._bars.clear()

    def ends(self, now_s: float) -> Iterator[float]:
        """Return when bars end that have not."""
        return (bar.until_s for bar in self._bars.values() if bar.until_s > now_s)
