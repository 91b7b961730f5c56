"""Every limit of one token at once: what each call counts against, and when it may go.

Pure: every time comes in as monotonic seconds. A key names a kind of call: an HTTP call by its own
name, what happens on a socket by ``Socket``. A call is written down on one or two tracks, and is
held by limits that look at any of them:

========== ================= ===========================================================
key        counts on         held by
========== ================= ===========================================================
HTTP call  itself, ``all``   its own windows, those of ``all``, the day
request    itself            requests and heartbeats of its socket, requests of the others
heartbeat  itself            requests of its socket
connect    itself            its last attempt, the last time any socket closed
========== ================= ===========================================================

Two sockets that were never open need no pause between their first connects; a close of either, or
of one of an earlier run, makes both wait.
"""

import itertools
from copy import copy
from enum import Enum
from typing import NamedTuple

from alltick_desk.feed.pacing import PART, Pace, steady_gap_s
from alltick_desk.feed.windows import NEVER, Bucket, DayCount, Jitter, Track
from alltick_desk.model.spending import DAY_S, Spent
from alltick_desk.vendors.base import Plan

ALL = "all"
OTHER = ""  # stands for an HTTP call that has no windows of its own
SOCKETS = "socket"  # as a name to punish: every socket
CLOSED = "closed"  # the track of the times at which sockets closed
EARLIER = "request:"  # stands for the requests of an earlier run's sockets
RESERVE_FROM_S = 60.0  # a part of windows this long and longer is left to clicks
KEEP_S = 120.0  # call times are kept for at least so long, for a plan that may come
PACE_S = 3600.0  # background may use so much of the day's share at once

FREEZE_S = 10.0  # after a refusal, or the call's longest window where that is longer
FREEZE_MOST_S = 300.0
SLOW_S = 600.0  # at half the rate, once the freeze is over
SLOW_MOST = 3  # how often a rate is halved when refusals go on


class Socket(NamedTuple):
    """The keys of one socket."""

    request: str
    heartbeat: str
    connect: str


class Limit(NamedTuple):
    """At most ``calls`` in any ``seconds`` on ``track``."""

    track: str
    calls: int
    seconds: float


class Penalty(NamedTuple):
    """What a refusal for haste costs a call; times are monotonic seconds."""

    frozen_until: float
    slow_until: float
    halvings: int


class Debit:
    """A call that was written down and has not gone yet."""

    __slots__ = ("at", "bucket", "tracks")

    def __init__(self, at: float, tracks: tuple[Track, ...], bucket: Bucket | None) -> None:
        self.at = at
        self.tracks = tracks
        self.bucket = bucket


class Share(Enum):
    """How much of a long window a call may use; the rest is left to those in more of a hurry.

    A limit of one call cannot be shared, so it is not.
    """

    ALL = "all"
    ALL_BUT_ONE = "all but one"
    MOST = "most"  # never the last fifth, nor the last two calls

    def of(self, calls: int) -> int:
        """Return how many of ``calls`` that is."""
        if self is Share.ALL:
            return calls
        left = 1 if self is Share.ALL_BUT_ONE else max(2, -(-calls // 5))
        return max(1, calls - left)

    def of_day(self, calls: int) -> int:
        """Return how many of a whole day's ``calls`` that is.

        A day is long: what fills the screen leaves a tenth of it to clicks.
        """
        if self is Share.ALL_BUT_ONE:
            return max(1, calls - max(1, -(-calls // 10)))
        return self.of(calls)


def halved(limit: Limit, times: int) -> Limit:
    """Return ``limit`` at half its rate, ``times`` times over."""
    _, calls, seconds = limit
    for _ in range(times):
        if calls > 1:
            calls //= 2
        else:
            seconds *= 2
    return Limit(limit.track, calls, seconds)


class Books:
    """What one token has done lately, judged by its plan."""

    def __init__(self, plan: Plan, margin_s: float) -> None:
        self.jitter = Jitter(margin_s)
        self._tracks: dict[str, Track] = {ALL: Track(), CLOSED: Track()}
        self._counted: dict[str, tuple[str, ...]] = {}  # the tracks that a key counts on
        self._sockets: dict[str, Socket] = {}
        self._socket_keys: dict[str, Socket] = {}
        # A second more than a day, since the margin is waited for as well.
        self._day = DayCount(DAY_S + 1)
        self._penalties: dict[str, Penalty] = {}
        self._held_until = NEVER  # for all HTTP calls, after a record was lost
        self._limits: dict[tuple[str, Share], tuple[Limit, ...]] = {}
        self.configure(plan)

    def configure(self, plan: Plan) -> None:
        """Judge by ``plan`` from now on; what was done stays done.

        Of windows longer than any of the plan before, it knows only the last two minutes.
        """
        self.plan = plan
        self.longest_s = max(
            (rate.seconds for rates in plan.rates.values() for rate in rates), default=0.0
        )
        self.keep_s = max(KEEP_S, 2 * self.longest_s)
        self._limits.clear()

    def socket(self, name: str) -> Socket:
        """Return the keys of a socket, which is known from then on."""
        keys = self._sockets.get(name)
        if keys is None:
            keys = Socket(f"request:{name}", f"heartbeat:{name}", f"connect:{name}")
            self._sockets[name] = keys
            for key in keys:
                self._socket_keys[key] = keys
                self._tracks[key] = Track()
                self._counted[key] = (key,)
            self._limits.clear()
        return keys

    def recall(self, spent: Spent, now: float) -> None:
        """Add what an earlier run did. What is not known of it counts against the token."""
        by_call: dict[str, list[float]] = {}
        for call, age_s in spent.recent:
            for track in self._tracks_of(call):
                by_call.setdefault(track, []).append(now - age_s)
        for track, times in by_call.items():
            self._tracks[track].recall(times)
        self._day.recall((now - age_s, calls) for age_s, calls in spent.day)
        if spent.socket_age_s is not None:
            self._tracks[CLOSED].recall([now - spent.socket_age_s])
            self._tracks[EARLIER] = Track([now - spent.socket_age_s])
            self._limits.clear()
        if spent.lost_age_s is not None and spent.lost_age_s < DAY_S:
            lost = now - spent.lost_age_s
            self._held_until = lost + self.longest_s
            if self.plan.calls_per_day is not None:
                # All but what clicks may need: a person can go on, and background work cannot.
                self._day.recall([(lost, Share.MOST.of(self.plan.calls_per_day))])

    def free_at(self, key: str, now: float, share: Share = Share.ALL) -> float:
        """Return from when on such a call keeps every limit; not after ``now`` where it may go.

        Where calls are on their way, or the call is slowed down, it may turn out later.
        """
        if self._penalties:
            self._forgive(now)
        margin_s = self.jitter.margin_s
        tracks = self._tracks
        at = NEVER
        for track, calls, seconds in self._limits_of(key, share):
            free = tracks[track].free_at(calls, seconds + margin_s, now)
            at = max(at, free)
        if (penalty := self._penalties.get(key)) is not None:
            # Once it is forgiven the call may go earlier than now seems.
            at = min(max(at, penalty.frozen_until), penalty.slow_until)
        if key not in self._socket_keys:
            at = max(at, self._held_until, self._day_free_at(now, margin_s, share))
        return at

    def pace(self, key: str, now: float) -> Pace:
        """Return how fast work that never ends may go on with calls of ``key``.

        It takes a part of what background work may use, spread over the day.
        """
        share = Share.MOST
        windows = self._limits_of(key, share)
        gap_s = max((limit.seconds / limit.calls / PART for limit in windows), default=0.0)
        if (day := self.plan.calls_per_day) is not None:
            calls = share.of(day)
            gap_s = max(gap_s, DAY_S / calls / PART)
            gap_s = max(gap_s, steady_gap_s(calls, DAY_S, self._day.drops(now)))
        return Pace(gap_s, max(0.0, self.free_at(key, now, share) - now))

    def puts_off(self, key: str, held: str, at: float, now: float, share: Share) -> bool:
        """Tell whether a call of ``key`` now would keep ``held`` from going at the time ``at``.

        ``share`` is said of ``held``.
        """
        margin_s = self.jitter.margin_s
        counted = self._tracks_of(key)
        for track, calls, seconds in self._limits_of(held, share):
            length_s = seconds + margin_s
            if track not in counted or now + length_s <= at:
                continue  # gone from the window by then
            if calls < 2 or self._tracks[track].free_at(calls - 1, length_s, now) > at:
                return True
        return False

    def debit(self, key: str, now: float) -> Debit:
        """Write down one call that may go now, on everything it counts against, at once."""
        tracks = tuple(self._tracks[track] for track in self._tracks_of(key))
        for track in tracks:
            track.begin()
        return Debit(now, tracks, None if key in self._socket_keys else self._day.begin(now))

    def sent(self, debit: Debit, now: float) -> None:
        """Count the call from ``now`` on, when the vendor could first have seen it."""
        for track in debit.tracks:
            track.went(now, self.keep_s)
        if debit.bucket is not None:
            self._day.went(debit.bucket, now)

    def undo(self, debit: Debit, now: float, *, recorded: bool) -> None:
        """Give back a call that never went; the day keeps it where it was ``recorded``."""
        for track in debit.tracks:
            track.undo()
        if debit.bucket is not None:
            if recorded:
                self._day.went(debit.bucket, now)
            else:
                self._day.undo(debit.bucket)

    def closed(self, now: float) -> None:
        """Note that a socket closed."""
        closed = self._tracks[CLOSED]
        closed.begin()
        closed.went(now, self.keep_s)

    def punish(self, name: str, now: float) -> None:
        """Freeze a call, or a socket's requests and connects, and slow it down after that.

        Refusals that come while it is frozen belong to the same haste and change nothing.
        """
        names = tuple(self._sockets) if name == SOCKETS else (name,)
        for key in itertools.chain.from_iterable(map(self._punished, names)):
            old = self._penalties.get(key)
            if old is not None and now < old.frozen_until:
                continue
            halvings = 1
            if old is not None and now < old.slow_until:
                halvings = min(SLOW_MOST, old.halvings + 1)
            own_s = max((one.seconds for one in self._own_limits(key)), default=0.0)
            freeze_s = max(own_s, min(FREEZE_MOST_S, FREEZE_S * 2 ** (halvings - 1)))
            until = now + freeze_s
            self._penalties[key] = Penalty(until, until + SLOW_S, halvings)
        self._limits.clear()

    def frozen(self, now: float) -> dict[str, float]:
        """Return the frozen calls and sockets by name, each with the seconds left."""
        names = {keys.request: name for name, keys in self._sockets.items()}
        names |= {keys.connect: name for name, keys in self._sockets.items()}
        return {
            names.get(key, key): penalty.frozen_until - now
            for key, penalty in self._penalties.items()
            if penalty.frozen_until > now
        }

    def used_today(self, now: float) -> int:
        """Return the HTTP calls of the last 24 hours; up to five minutes longer."""
        return self._day.used(now)

    def used_minute(self, now: float) -> int:
        """Return the HTTP calls of the last 60 seconds."""
        return self._tracks[ALL].used(60.0, now)

    def copy(self, now: float) -> "Books":
        """Return books of their own in which every call on its way has gone now."""
        books = copy(self)
        books.detach(now)
        return books

    def detach(self, now: float) -> None:
        """Share nothing that changes with the books that these are a copy of."""
        self._tracks = {name: track.copy(now) for name, track in self._tracks.items()}
        self._day = self._day.copy(now)
        self._counted = dict(self._counted)
        self._penalties = dict(self._penalties)
        self._limits = dict(self._limits)

    def _tracks_of(self, key: str) -> tuple[str, ...]:
        counted = self._counted.get(key)
        if counted is None:
            counted = self._counted[key] = (key, ALL)
            self._tracks[key] = Track()
        return counted

    def _punished(self, name: str) -> tuple[str, ...]:
        keys = self._sockets.get(name)
        return (name,) if keys is None else (keys.request, keys.connect)

    def _forgive(self, now: float) -> None:
        over = [key for key, penalty in self._penalties.items() if penalty.slow_until <= now]
        for key in over:
            del self._penalties[key]
        if over:
            self._limits.clear()

    def _day_free_at(self, now: float, margin_s: float, share: Share) -> float:
        calls = self.plan.calls_per_day
        if calls is None:
            return NEVER
        calls = share.of_day(calls)
        if share is not Share.MOST:
            return self._day.free_at(calls, DAY_S + margin_s, now)
        hourly = max(1, -(-calls * int(PACE_S) // int(DAY_S)))
        return max(
            self._day.free_at(calls, DAY_S + margin_s, now),
            self._day.free_at(hourly, PACE_S, now),
        )

    def _limits_of(self, key: str, share: Share) -> tuple[Limit, ...]:
        limits = self._limits.get((key, share))
        if limits is None:
            limits = self._limits[key, share] = self._find_limits(key, share)
        return limits

    def _find_limits(self, key: str, share: Share) -> tuple[Limit, ...]:
        self._tracks_of(key)
        limits = self._own_limits(key)
        if (penalty := self._penalties.get(key)) is not None:
            limits = [halved(limit, penalty.halvings) for limit in limits]
        if key not in self._socket_keys:
            limits += self._rates(ALL, ALL)
            limits = [
                limit._replace(calls=share.of(limit.calls))
                if limit.seconds >= RESERVE_FROM_S
                else limit
                for limit in limits
            ]
        return tuple(limit for limit in limits if limit.seconds > 0)

    def _own_limits(self, key: str) -> list[Limit]:
        """Return what holds this key alone; for a call without windows of its own, all's."""
        keys = self._socket_keys.get(key)
        if keys is None:
            return self._rates(key, key) or self._rates(ALL, key)
        plan = self.plan
        if key == keys.connect:
            return [Limit(track, 1, plan.reconnect_pause_s) for track in (key, CLOSED)]
        limits = [Limit(keys.request, 1, plan.request_gap_s)]
        if key == keys.request:
            others = [one.request for one in self._sockets.values() if one is not keys]
            if EARLIER in self._tracks:
                others.append(EARLIER)
            limits.append(Limit(keys.heartbeat, 1, plan.request_gap_s))
            limits += [Limit(track, 1, plan.cross_gap_s) for track in others]
        return limits

    def _rates(self, name: str, track: str) -> list[Limit]:
        return [Limit(track, rate.calls, rate.seconds) for rate in self.plan.rates.get(name, ())]
