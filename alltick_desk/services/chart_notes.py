"""What a chart says about its bars, and how it takes it when the vendor says no."""

import math
from collections.abc import Callable, Coroutine
from enum import Enum
from typing import Any, NamedTuple, Protocol, TypeAlias

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError, ProtocolError, VendorError, Verdict
from alltick_desk.model.words import QT_TRANSLATE_NOOP, Sentence

FIRST_RETRY_S = 2.0
LONGEST_RETRY_S = 900.0  # a night without a network must not use up a day's calls

_UNREADABLE = Sentence("Chart", "The vendor sent bars that cannot be read.")
_OLDER = (
    QT_TRANSLATE_NOOP("Chart", "Loading older bars…"),
    QT_TRANSLATE_NOOP("Chart", "Older bars: waiting {seconds} s for the plan's next free call"),
)

# After these nothing changes by asking again.
_FINAL = frozenset(
    {
        Verdict.BUG,
        Verdict.TOKEN,
        Verdict.UNKNOWN_CODE,
        Verdict.NOT_IN_PLAN,
        Verdict.OVER_PLAN,
    }
)


class Cancellable(Protocol):
    """What is needed of a task."""

    def cancel(self) -> object: ...


Spawn: TypeAlias = Callable[[Coroutine[Any, Any, None], str], Cancellable]


class NoteKind(Enum):
    """What there is to say about the bars; the value is the English sentence."""

    NONE = ""
    LOADING = "Loading…"
    WAITING = "Waiting {seconds} s for the plan's next free call"
    OLDER = "Loading older bars…"
    OLDER_WAITING = "Older bars: waiting {seconds} s for the plan's next free call"
    NO_BARS = "No bars"
    FAILED = "{detail}"
    RETRYING = "{detail} Trying again in {seconds} s."


# What is said when the seconds of these are over.
_AFTER = {
    NoteKind.WAITING: NoteKind.LOADING,
    NoteKind.OLDER_WAITING: NoteKind.OLDER,
    NoteKind.RETRYING: NoteKind.LOADING,
}


class Note(NamedTuple):
    """A sentence about the bars, in parts so that a screen can say it in another language."""

    kind: NoteKind
    detail: str = ""
    seconds: int = 0

    def __str__(self) -> str:
        return self.kind.value.format(detail=self.detail, seconds=self.seconds)


NOTHING = Note(NoteKind.NONE)


class Notes:
    """One thing to say at a time, with its seconds counted down.

    ``changed`` is called when there is something else to say.
    """

    def __init__(self, clock: Clock, spawn: Spawn, changed: Callable[[], None]) -> None:
        self._clock = clock
        self._spawn = spawn
        self._changed = changed
        self._note = NOTHING
        self._until_s = 0.0
        self._countdown: Cancellable | None = None

    @property
    def note(self) -> Note:
        """What there is to say now."""
        after = _AFTER.get(self._note.kind)
        if after is None:
            return self._note
        seconds = math.ceil(self._until_s - self._clock.monotonic())
        return Note(after) if seconds <= 0 else self._note._replace(seconds=seconds)

    def say(self, note: Note, for_s: float = 0.0) -> None:
        """Say something from now on, with seconds to count down where it has any."""
        self.put(note)
        self._until_s = self._clock.monotonic() + for_s
        if for_s > 0.0:
            self._countdown = self._spawn(self._count_down(), "chart countdown")
        self._changed()

    def put(self, note: Note) -> None:
        """Say something without telling that it changed."""
        if self._countdown is not None:
            self._countdown.cancel()
            self._countdown = None
        self._note = note

    async def _count_down(self) -> None:
        while (left_s := self._until_s - self._clock.monotonic()) > 0.0:
            await self._clock.sleep(min(1.0, left_s))
            self._changed()


class Patience:
    """Growing pauses between tries. ``jitter`` returns a number from 0 to 1."""

    def __init__(self, jitter: Callable[[], float]) -> None:
        self._jitter = jitter
        self._delay_s = FIRST_RETRY_S

    def pause_s(self) -> float:
        """Return how long to wait now."""
        pause_s = self._delay_s * (1.0 + 0.25 * self._jitter())
        self._delay_s = min(2.0 * self._delay_s, LONGEST_RETRY_S)
        return pause_s


def final(error: DeskError) -> bool:
    """Whether nothing changes by asking again."""
    return isinstance(error, VendorError) and error.verdict in _FINAL


def told(error: DeskError) -> str:
    """Return an error as a sentence for a person."""
    return _UNREADABLE if isinstance(error, ProtocolError) else str(error)
