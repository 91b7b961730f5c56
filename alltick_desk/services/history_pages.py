"""A chart's way back: older bars from the store, then from the vendor, as the person goes there.

One question at a time, each page once. Nothing is asked for before the person moves near the
oldest bar, and no more than they are about to see.
"""

import logging
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple, Protocol

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError, VendorError, Verdict
from alltick_desk.feed.lanes import Lane
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.model.words import Sentence
from alltick_desk.services.bars import LiveBars
from alltick_desk.services.chart_notes import (
    NOTHING,
    Cancellable,
    Note,
    NoteKind,
    Notes,
    Patience,
    Spawn,
    final,
    told,
)
from alltick_desk.services.history import AT_ONCE, History

WINDOWS_AHEAD = 1.5  # that many windows of bars are kept ready on the left
MOST_AHEAD = 1000  # but no more bars than this: a page of the vendor's costs a call

_ENDS = Sentence("Chart", "{vendor}'s history begins here: it has no older bars.")
_NEWEST_ONLY = Sentence(
    "Chart",
    "{vendor} gives only the newest {count} bars of this instrument; older ones are what this "
    "desk has kept.",
)
# Refusals that say something of the bars that were asked for, not of the token.
_OF_THE_PAGE = frozenset({Verdict.BUG, Verdict.NOT_IN_PLAN, Verdict.OVER_PLAN})

log = logging.getLogger(__name__)


class Begins(Enum):
    """Why there are no older bars."""

    VENDOR = "vendor"  # the vendor has none
    NEWEST_ONLY = "newest only"  # the vendor gives none
    REFUSED = "refused"  # the vendor does not give this token any


class Beginning(NamedTuple):
    """The oldest bar that can be had."""

    time_s: int
    kind: Begins
    reason: str  # a Sentence


class Vendors(Protocol):
    """What is asked of the vendors about older bars; what is awaited raises DeskError."""

    def title(self, key: InstrumentKey) -> str:
        """Return the vendor's name for people."""
        ...

    def pages_history(self, key: InstrumentKey) -> bool:
        """Whether bars can be asked for by their end."""
        ...

    def bars_per_call(self, key: InstrumentKey) -> int:
        """Return the most bars of one call."""
        ...

    async def page(
        self, key: InstrumentKey, interval: Interval, count: int, end_s: int | None, lane: Lane
    ) -> list[Candle]:
        """Return up to ``count`` bars that begin at ``end_s`` or before, oldest first."""
        ...

    def wait_s(self, key: InstrumentKey, interval: Interval, lane: Lane) -> float:
        """Return how long a page would have to wait for the plan."""
        ...


class Pages:
    """Brings older bars as they are wanted; one for each series that is opened.

    Without ``vendors`` there is only the store.
    """

    def __init__(
        self,
        bars: LiveBars,
        history: History,
        vendors: Vendors | None,
        *,
        clock: Clock,
        notes: Notes,
        spawn: Spawn,
        jitter: Callable[[], float],
        changed: Callable[[], None],
    ) -> None:
        self._bars = bars
        self._history = history
        self._vendors = vendors
        self._clock = clock
        self._notes = notes
        self._spawn = spawn
        self._jitter = jitter
        self._changed = changed
        self._view_s: int | None = None  # the first bar in view
        self._in_view = 0.0
        self._task: Cancellable | None = None
        self._refused: Beginning | None = None
        self._stopped = False  # by a refusal that says nothing of the page
        self._closed = False

    @property
    def beginning(self) -> Beginning | None:
        """The end of the way back, once it is known."""
        bars, history, vendors = self._bars, self._history, self._vendors
        first_s = bars.first_s
        if vendors is None or first_s is None or not bars.loaded or not history.all_shown:
            return None
        if self._refused is not None:
            return self._refused
        if history.begins_s == first_s:
            title = vendors.title(history.key)
            return Beginning(first_s, Begins.VENDOR, _ENDS.format(vendor=title))
        return None if vendors.pages_history(history.key) else self._newest_only(vendors, first_s)

    def reach(self, first: float, in_view: float) -> None:
        """Note what the person looks at, in bars, and fetch what comes before it; cheap."""
        count = len(self._bars.series)
        if count:
            at = min(max(int(first), 0), count - 1)
            self._view_s, self._in_view = int(self._bars.series.time[at]), in_view
            self.look()

    def look(self) -> None:
        """Go on fetching where that is wanted and nothing is under way."""
        if self._task is None and not self._closed and self._due():
            self._task = self._spawn(self._run(), f"older bars {self._history.key}")

    def doubt(self) -> None:
        """Believe no refusal and no end any more: token, plan or endpoint is another one."""
        self._refused = None
        self._stopped = False
        self._history.doubt()

    def close(self) -> None:
        """Stop; what an answer brings is not wanted any more."""
        self._closed = True
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _due(self) -> bool:
        """Whether there is something to fetch now."""
        if not self._history.all_shown and len(self._bars.series) < AT_ONCE:
            return True
        if self._view_s is None or not self._short():
            return False
        if not self._history.all_shown:
            return True
        if self._vendors is None or self._stopped or not self._bars.loaded:
            return False
        beginning = self.beginning
        if beginning is None:
            return True
        # What the store says of it is asked for once more in every run: the plan may be another.
        pages = self._vendors.pages_history(self._history.key)
        return beginning.kind is Begins.VENDOR and pages and not self._history.confirmed

    def _short(self) -> bool:
        """Whether too few bars are left of what the person looks at."""
        left = self._bars.series.index(self._view_s or 0)
        return left < min(WINDOWS_AHEAD * self._in_view, MOST_AHEAD)

    async def _run(self) -> None:
        patience = Patience(self._jitter)
        said = False
        try:
            while self._due() and not self._closed:
                if not self._history.all_shown or self._vendors is None:
                    await self._history.show_older()
                    self._tell()
                    continue
                said = True
                try:
                    await self._page(self._vendors)
                except DeskError as error:
                    if self._refuse(error):
                        return
                    pause_s = patience.pause_s()
                    self._notes.say(Note(NoteKind.RETRYING, detail=told(error)), pause_s)
                    await self._clock.sleep(pause_s)
                else:
                    patience = Patience(self._jitter)
        finally:
            self._task = None
            if said and not self._closed:
                self._notes.say(NOTHING)

    async def _page(self, vendors: Vendors) -> None:
        """Ask the vendor for the bars before the first."""
        key, interval = self._history.key, self._history.interval
        first_s = self._bars.first_s
        if first_s is None:
            return
        wait_s = vendors.wait_s(key, interval, Lane.VISIBLE)
        if wait_s >= 1.0:
            self._notes.say(Note(NoteKind.OLDER_WAITING), wait_s)
        else:
            self._notes.say(Note(NoteKind.OLDER))
        most = vendors.bars_per_call(key)
        candles = await vendors.page(key, interval, most, first_s, Lane.VISIBLE)
        if self._closed:
            return
        if self._bars.take_older(candles):
            self._history.took_page(candles, first_s)
        elif candles and candles[-1].time_s > first_s:
            # The end was not listened to: these are the newest ones again.
            self._refused = self._newest_only(vendors, first_s)
        else:
            self._history.ends_at(first_s)
        self._tell()

    def _newest_only(self, vendors: Vendors, first_s: int) -> Beginning:
        key = self._history.key
        words = _NEWEST_ONLY.format(vendor=vendors.title(key), count=vendors.bars_per_call(key))
        return Beginning(first_s, Begins.NEWEST_ONLY, words)

    def _refuse(self, error: DeskError) -> bool:
        """Take a refusal; return whether there is no use in asking again."""
        log.warning("older bars %s: %s", self._history.key, error)
        if self._closed:
            return True
        if not final(error):
            return False
        first_s = self._bars.first_s
        if isinstance(error, VendorError) and error.verdict in _OF_THE_PAGE and first_s is not None:
            self._refused = Beginning(first_s, Begins.REFUSED, told(error))
        self._stopped = True
        return True

    def _tell(self) -> None:
        if not self._closed:
            self._changed()
