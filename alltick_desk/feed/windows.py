"""What limits are kept with: the times of the last calls, a day's count, the margin on the wire.

Pure: every time comes in as monotonic seconds. A limit of ``n`` calls in ``w`` seconds is judged by
the time of the n-th last call, never by a bucket that refills: such a bucket lets twice the limit
into one window.
"""

from collections import deque
from collections.abc import Iterable

from alltick_desk.feed.pacing import Drop
from alltick_desk.model.spending import BUCKET_S

NEVER = float("-inf")


class Track:
    """When the last calls of one kind went, and how many are on their way.

    A call on its way has no time yet and counts as made this very moment, for as long as it takes.
    """

    __slots__ = ("pending", "times")

    def __init__(self, times: Iterable[float] = ()) -> None:
        self.times = deque(times)  # of calls that went, oldest first
        self.pending = 0

    def free_at(self, calls: int, seconds: float, now: float) -> float:
        """Return from when on one more call keeps "at most ``calls`` in any ``seconds``"."""
        room = calls - self.pending
        if room <= 0:
            return now + seconds  # at the earliest: those on their way have not even gone
        if room > len(self.times):
            return NEVER
        return self.times[-room] + seconds

    def used(self, seconds: float, now: float) -> int:
        """Return how many calls the last ``seconds`` hold."""
        count = self.pending
        for time in reversed(self.times):
            if time + seconds <= now:
                break
            count += 1
        return count

    def begin(self) -> None:
        """Count a call that may go now."""
        self.pending += 1

    def undo(self) -> None:
        """Take back a call that never went."""
        self.pending -= 1

    def went(self, now: float, keep_s: float) -> None:
        """Give a call on its way its time, and forget what is older than ``keep_s``.

        The newest call is never forgotten: a slowed-down limit may look far back for it.
        """
        self.pending -= 1
        times = self.times
        times.append(now)
        while times[0] + keep_s <= now and len(times) > 1:
            times.popleft()

    def recall(self, times: Iterable[float]) -> None:
        """Add calls of an earlier run."""
        self.times = deque(sorted((*self.times, *times)))

    def copy(self, now: float) -> "Track":
        """Return the track as it is once every call on its way has gone now."""
        track = Track(self.times)
        track.times.extend([now] * self.pending)
        return track


class Bucket:
    """Calls that a day's count drops together."""

    __slots__ = ("calls", "first_s", "last_s", "pending")

    def __init__(self, first_s: float, last_s: float, calls: int) -> None:
        self.first_s = first_s
        self.last_s = last_s
        self.calls = calls
        self.pending = 0


class DayCount:
    """How many calls any stretch of up to a day holds, in buckets of five minutes.

    A bucket is dropped only when its newest call is older than the stretch, so the count is never
    too low, and too high for five minutes at most.
    """

    def __init__(self, span_s: float) -> None:
        self._span_s = span_s
        self._buckets: deque[Bucket] = deque()
        self._total = 0

    def used(self, now: float) -> int:
        """Return the calls of the whole span that ends now."""
        buckets = self._buckets
        while buckets and not buckets[0].pending and buckets[0].last_s + self._span_s <= now:
            self._total -= buckets.popleft().calls
        return self._total

    def free_at(self, calls: int, seconds: float, now: float) -> float:
        """Return from when on one more call keeps "at most ``calls`` in any ``seconds``"."""
        if self.used(now) < calls:
            return NEVER
        found = 0
        for bucket in reversed(self._buckets):
            last_s = now if bucket.pending else bucket.last_s
            if last_s + seconds <= now:
                break
            found += bucket.calls
            if found >= calls:
                return last_s + seconds
        return NEVER if calls > 0 else now + seconds

    def drops(self, now: float) -> list[Drop]:
        """Return what the span that ends now holds, by when it will be dropped."""
        self.used(now)
        return [
            Drop((now if one.pending else one.last_s) + self._span_s - now, one.calls)
            for one in self._buckets
        ]

    def begin(self, now: float) -> Bucket:
        """Count a call that may go now."""
        if not self._buckets or self._buckets[-1].first_s + BUCKET_S <= now:
            self._buckets.append(Bucket(now, now, 0))
        bucket = self._buckets[-1]
        bucket.last_s = now
        bucket.calls += 1
        bucket.pending += 1
        self._total += 1
        return bucket

    def went(self, bucket: Bucket, now: float) -> None:
        """Note that a counted call went, or that its count stays though it did not."""
        bucket.pending -= 1
        for later in reversed(self._buckets):
            later.last_s = now  # keeps the order: nothing is younger than now
            if later is bucket:
                break

    def undo(self, bucket: Bucket) -> None:
        """Take back a call that was written down nowhere else."""
        bucket.pending -= 1
        bucket.calls -= 1
        self._total -= 1

    def recall(self, buckets: Iterable[tuple[float, int]]) -> None:
        """Add the buckets of an earlier run: the time of the newest call, and the calls."""
        old = [Bucket(NEVER, last_s, calls) for last_s, calls in buckets]
        self._total += sum(bucket.calls for bucket in old)
        self._buckets = deque(sorted((*self._buckets, *old), key=lambda bucket: bucket.last_s))

    def copy(self, now: float) -> "DayCount":
        """Return the count as it is once every call on its way has gone now."""
        day = DayCount(self._span_s)
        day.recall((now if one.pending else one.last_s, one.calls) for one in self._buckets)
        return day


class Jitter:
    """How much longer than its window a limit is held, so that it holds by the vendor's clock.

    Two calls sent a window apart arrive closer when the second travels faster. ``floor_s`` allows
    for that. The time a call needs from its debit to the wire tells how restless the machine is:
    the margin grows with its spread, up to five times the floor. What every call needs there
    passes after the window has freed the next one, so that much, at most half the floor, is in the
    gap without being waited for.
    """

    def __init__(self, floor_s: float) -> None:
        self._floor_s = floor_s
        self._mean_s: float | None = None
        self._spread_s = 0.0
        self.margin_s = floor_s

    def add(self, delay_s: float) -> None:
        """Learn from one call that reached the wire ``delay_s`` after its debit."""
        if self._mean_s is None:
            self._mean_s = delay_s
        # The weights and the factor of TCP's retransmission timer: quick to rise, quick to forget.
        error_s = delay_s - self._mean_s
        self._spread_s += (abs(error_s) - self._spread_s) / 4
        self._mean_s += error_s / 8
        swing_s = 4 * self._spread_s
        lead_s = min(max(0.0, self._mean_s - swing_s), self._floor_s / 2)
        self.margin_s = min(max(self._floor_s, swing_s), 5 * self._floor_s) - lead_s
