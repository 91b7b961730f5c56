"""Who goes first: waiting calls in lanes, and the estimate of how long one more would wait.

Pure, and free of callbacks but one: ``Waiter.offer``.

A free call never waits for one that cannot go: a click that waits for batch-kline's window holds
up no kline. But neither may what goes meanwhile put it off: every waiting call that stands first of
its kind has a time at which its limits will be free, and a call behind it goes only where it
leaves that time as it is. So background work may fill the windows that are shared, up to the
place that the click will need in them.
"""

import heapq
import itertools
from collections import OrderedDict
from collections.abc import Callable, Mapping
from enum import IntEnum

from alltick_desk.feed.books import Books, Debit, Share

HEARTBEAT_LANE = -1  # before every click: a socket dies of silence


class Lane(IntEnum):
    """What a call is for; a lower number goes first."""

    CLICK = 0  # a person waits for it
    VISIBLE = 1  # fills what a person looks at
    BACKGROUND = 2  # everything else: gets what is left


# What fills the screen at the start leaves a click one call: under the smallest plan, whoever
# opened another chart would wait for a minute.
_SHARES: Mapping[int, Share] = {
    Lane.VISIBLE: Share.ALL_BUT_ONE,
    Lane.BACKGROUND: Share.MOST,
}


def share_of(lane: int) -> Share:
    """Return how much of long windows the calls of a lane may use."""
    return _SHARES.get(lane, Share.ALL)


class Waiter:
    """A call that waits for its turn.

    ``offer`` takes the debit; it returns False where nobody waits any more.
    """

    __slots__ = ("key", "lane", "offer", "order")

    def __init__(self, key: str, lane: int, offer: Callable[[Debit], bool]) -> None:
        self.key = key
        self.lane = lane
        self.offer = offer
        self.order = 0


class Line:
    """All waiting calls, first come first served within a lane and a kind."""

    def __init__(self) -> None:
        self._groups: dict[tuple[int, str], OrderedDict[int, Waiter]] = {}
        self._order = itertools.count()
        self.wake_at = float("inf")  # when the next may be able to go, as of the last ``admit``

    def __bool__(self) -> bool:
        return bool(self._groups)

    def add(self, waiter: Waiter) -> None:
        """Put a call at the end of its lane."""
        waiter.order = next(self._order)
        self._groups.setdefault((waiter.lane, waiter.key), OrderedDict())[waiter.order] = waiter

    def remove(self, waiter: Waiter) -> None:
        """Take out a call that nobody waits for any more; safe to repeat."""
        group = self._groups.get((waiter.lane, waiter.key))
        if group is not None:
            group.pop(waiter.order, None)
            if not group:
                del self._groups[waiter.lane, waiter.key]

    def waiting(self, lane: int) -> int:
        """Return how many calls wait in a lane."""
        return sum(len(group) for (one, _), group in self._groups.items() if one == lane)

    def admit(self, books: Books, now: float) -> None:
        """Let go every call that may go now, in order."""
        self.wake_at = float("inf")
        heads = [(lane, next(iter(group)), key) for (lane, key), group in self._groups.items()]
        heapq.heapify(heads)
        held: list[tuple[str, float, Share]] = []
        while heads:
            lane, _, key = heapq.heappop(heads)
            share = share_of(lane)
            at = books.free_at(key, now, share)
            if at > now:
                held.append((key, at, share))
                self.wake_at = min(self.wake_at, at)
                continue
            if any(
                books.puts_off(key, other, other_at, now, other_share)
                for other, other_at, other_share in held
            ):
                continue  # until the one before it has gone
            group = self._groups[lane, key]
            _, waiter = group.popitem(last=False)
            debit = books.debit(key, now)
            if not waiter.offer(debit):
                books.undo(debit, now, recorded=False)
            if group:
                heapq.heappush(heads, (lane, next(iter(group)), key))
            else:
                del self._groups[lane, key]

    def estimate(self, books: Books, key: str, lane: int, now: float) -> float:
        """Return the seconds after which a call that came now could go.

        Plays out the calls that wait before it, each sent as soon as it may go and no new one
        coming. The waiting calls of lower lanes do not count: they are let through only where
        they put nobody off.
        """
        if not self._groups:
            return max(0.0, books.free_at(key, now, share_of(lane)) - now)
        trial = Trial(books.copy(now), now)
        ahead = sorted(
            (one for group in self._groups.values() for one in group.values() if one.lane <= lane),
            key=lambda one: one.order,
        )
        for one in ahead:
            trial.line.add(Waiter(one.key, one.lane, trial.take))
        trial.line.add(Waiter(key, lane, trial.take_last))
        return trial.run() - now


class Trial:
    """A line played out in advance, on books of its own."""

    def __init__(self, books: Books, now: float) -> None:
        self.line = Line()
        self._books = books
        self._now = now
        self._over = False

    def take(self, debit: Debit) -> bool:
        """Send a call at once."""
        self._books.sent(debit, self._now)
        return True

    def take_last(self, debit: Debit) -> bool:
        """Send the call that the question is about."""
        self._over = True
        return self.take(debit)

    def run(self) -> float:
        """Return the time at which the last call goes."""
        self.line.admit(self._books, self._now)
        while not self._over:
            self._now = self.line.wake_at
            self.line.admit(self._books, self._now)
        return self._now
