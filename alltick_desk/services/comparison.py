"""What a chart is compared with: up to four other instruments, each with bars of its own.

Every one has a ``ChartSession``, so its bars come from the store and the vendor as the chart's own
do, and its newest follows the trades. The sessions show the chart's interval, whatever it is, and
ask for nothing before the chart has its own bars.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import NamedTuple

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import CandleSeries
from alltick_desk.model.words import Sentence
from alltick_desk.observe import Hook
from alltick_desk.services.aligned import AlignedCloses
from alltick_desk.services.chart_notes import NOTHING, Note, NoteKind
from alltick_desk.services.charts import ChartSession

MOST = 4  # more lines nobody tells apart

_FULL = Sentence(
    "Compare",
    "A chart is compared with at most {most} instruments, so {code} was not added. Remove one "
    "first.",
)
_THERE = Sentence("Compare", "{code} is compared already.")
_ITSELF = Sentence("Compare", "{code} is what the chart shows.")
_NOW_SHOWN = Sentence("Compare", "The chart shows it now.")
_NO_INTERVAL = Sentence(
    "Compare", "The vendor has no {interval} bars of it; choose another interval."
)
_EMPTY = CandleSeries()
_ASKING = frozenset({NoteKind.LOADING, NoteKind.WAITING})


class Facts(NamedTuple):
    """What has to be known of an instrument.

    Attributes:
        intervals: the intervals that it has.
        why_not_live: why its trades do not come, a sentence; "" where they do.
    """

    intervals: Callable[[InstrumentKey], Collection[Interval]]
    why_not_live: Callable[[InstrumentKey], str] = lambda _key: ""


class Compared:
    """One of the instruments.

    Attributes:
        slot: its place among the ``MOST``, which it keeps: its colour, for one.
        closes: at the bars of the chart as of the last ``sync``.
    """

    def __init__(
        self,
        key: InstrumentKey,
        slot: int,
        session: ChartSession,
        changed: Callable[[], None],
        facts: Facts,
    ) -> None:
        self.key, self.slot = key, slot
        self.closes = AlignedCloses(session.interval, session.market, session.market)
        self.session = session
        self._handle = session.changed.connect(changed)
        self._facts = facts
        self._trouble = ""

    @property
    def series(self) -> CandleSeries:
        """Its bars; none where it has no line."""
        return _EMPTY if self.session.key is None else self.session.series

    @property
    def note(self) -> Note:
        """What there is to say: of its bars, else why its newest does not move."""
        if self._trouble:
            return Note(NoteKind.FAILED, detail=self._trouble)
        if self.session.note.kind is not NoteKind.NONE:
            return self.session.note
        why = self._facts.why_not_live(self.key)
        return Note(NoteKind.FAILED, detail=why) if why else NOTHING

    def open(self, main: ChartSession) -> None:
        """Show the chart's interval, or say why there is nothing to show."""
        self._trouble = ""
        if main.key == self.key:
            self._trouble = _NOW_SHOWN
        elif main.interval not in self._facts.intervals(self.key):
            self._trouble = _NO_INTERVAL.format(interval=main.interval.value)
        if self._trouble or main.key is None:
            self.session.close()
        else:
            self.session.open(self.key, main.interval)
        self.closes = AlignedCloses(main.interval, main.market, self.session.market)

    def sync(self, main: CandleSeries) -> int | None:
        """Bring ``closes`` up to date; return the first bar that differs, None where none does."""
        return self.closes.sync(main, self.series)

    def reach(self, first_s: int, in_view: float) -> None:
        """Have the bars ready from a moment on, where the chart has so many bars in view."""
        series = self.series
        if len(series):
            self.session.reach(max(series.index(first_s), 0), in_view)

    def close(self) -> None:
        """Ask for nothing any more."""
        self._handle.disconnect()
        self.session.close()


class Comparison:
    """The instruments that one chart is compared with.

    Args:
        main: the chart's own session.
        new_session: makes a session for one more instrument, which asks a vendor for nothing
            before what it is given has returned.
        facts: what the desk knows of instruments.

    Attributes:
        chosen: emitted when other instruments are compared.
        changed: emitted when bars of theirs came or went, or a note changed.
    """

    def __init__(
        self,
        main: ChartSession,
        new_session: Callable[[Callable[[], Awaitable[None]]], ChartSession],
        facts: Facts,
    ) -> None:
        self._main = main
        self._new_session = new_session
        self._facts = facts
        self._slots: list[Compared | None] = [None] * MOST
        self._answered = asyncio.Event()  # whether the chart has its own bars, or cannot have them
        self._shown: tuple[InstrumentKey | None, Interval] = (main.key, main.interval)
        self.chosen: Hook[[]] = Hook()
        self.changed: Hook[[]] = Hook()
        self._handle = main.changed.connect(self.follow)

    @property
    def main_key(self) -> InstrumentKey | None:
        """What the chart itself shows."""
        return self._main.key

    @property
    def members(self) -> tuple[Compared, ...]:
        """What is compared, by slots."""
        return tuple(one for one in self._slots if one is not None)

    @property
    def slots(self) -> tuple[InstrumentKey | None, ...]:
        """What is in each slot, for ``fill``."""
        return tuple(None if one is None else one.key for one in self._slots)

    @property
    def keys(self) -> tuple[InstrumentKey, ...]:
        """The instruments, so that their trades can be subscribed."""
        return tuple(one.key for one in self.members)

    @property
    def live_version(self) -> int:
        """Grows with every change of a newest bar; poll it once a frame."""
        return sum(one.session.live_version for one in self.members)

    def add(self, key: InstrumentKey) -> str:
        """Compare one more; returns why not, a sentence, or "" where it is compared now."""
        if key in self.keys:
            return _THERE.format(code=key.code)
        if key == self._main.key:
            return _ITSELF.format(code=key.code)
        if None not in self._slots:
            return _FULL.format(most=MOST, code=key.code)
        self._put(self._slots.index(None), key)
        self.chosen.emit()
        return ""

    def remove(self, key: InstrumentKey) -> None:
        """Compare one no more; safe to repeat."""
        for slot, one in enumerate(self._slots):
            if one is not None and one.key == key:
                one.close()
                self._slots[slot] = None
                self.chosen.emit()

    def fill(self, keys: Sequence[InstrumentKey | None]) -> None:
        """Compare these and no others, each in its slot; what is there already stays."""
        for slot, key in enumerate((*keys, *[None] * MOST)[:MOST]):
            one = self._slots[slot]
            if one is not None and one.key != key:
                one.close()
                self._slots[slot] = one = None
            if one is None and key is not None:
                self._put(slot, key)
        self.chosen.emit()

    def reach(self, first_s: int, in_view: float) -> None:
        """Have bars ready for what the person looks at, from a moment on (Unix seconds); cheap.

        ``in_view`` is how many bars of the chart's are in view.
        """
        for one in self.members:
            one.reach(first_s, in_view)

    def follow(self) -> None:
        """Show the instrument and the interval that the chart shows now.

        It is done by itself whenever the chart's session tells of a change; when that was closed it
        has to be called, and has everything asked for nothing until the chart shows something.
        """
        if self._main.note.kind not in _ASKING:
            self._answered.set()
        shown = (self._main.key, self._main.interval)
        if shown != self._shown:
            self._shown = shown
            for one in self.members:
                one.open(self._main)
            self.changed.emit()

    def refresh(self, keys: Collection[InstrumentKey]) -> None:
        """Ask again for the newest bars of those of ``keys``: their connection came back."""
        for one in self.members:
            if one.key in keys:
                one.session.refresh()

    def reload(self, vendor: str) -> None:
        """Ask a vendor's bars again: its token, plan or endpoint is another one."""
        for one in self.members:
            if one.key.vendor == vendor:
                one.session.reload()

    def close(self) -> None:
        """Stop everything."""
        self._handle.disconnect()
        for one in self.members:
            one.close()

    def _put(self, slot: int, key: InstrumentKey) -> None:
        session = self._new_session(self._main_first)
        one = self._slots[slot] = Compared(key, slot, session, self.changed.emit, self._facts)
        one.open(self._main)

    async def _main_first(self) -> None:
        """Return when the chart asks for nothing that a person waits for."""
        while self._main.note.kind in _ASKING:
            self._answered.clear()
            await self._answered.wait()
