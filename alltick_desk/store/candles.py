"""The candle store: what the vendors once gave is kept for ever.

A vendor's history of a stock cannot be asked for again, so nothing that came from a vendor is ever
deleted; it gives way only to what the vendor itself says later. Bars built from trades are kept
until the vendor's come. Beside the bars the store knows which stretches of time are complete, what
is known of the holes, where the vendor's history begins, and how far built bars were off.

A series is what one vendor has of one instrument in one interval. Its bars lie in chunks of a
thousand, one blob each, in a SQLite file; all of it is read and written on one thread of the
store's own, in an order as it was called, and the event loop never waits. What ``save`` has
returned from is there after a crash of the desk; after a power cut all but the last moments are.

Needs numpy, so it is imported after the first paint.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from alltick_desk.clock import Clock
from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.observe import Hook
from alltick_desk.store.candle_base import CandleBase
from alltick_desk.store.candle_columns import StoredCandles
from alltick_desk.store.candle_file import CLOSED
from alltick_desk.store.candle_values import Drift, Gap, SeriesFacts, SeriesName, Source, Span

T = TypeVar("T")

# How long calls that came before the end may still take.
CLOSING_S = 0.25


class CandleStore:
    """The candles of a profile. All calls raise StoreError where the disk refuses, or after close.

    A call that fails changes nothing, and the next one tries anew.

    Args:
        path: the database; see ``Profile.database_file``. Made with the first call.
        read_only: open it beside the desk that writes it; no file is an empty store.

    Attributes:
        note: a sentence for the person where the file was found damaged, else "".
        noted: emitted with the note, which may come with any call.
    """

    def __init__(self, path: Path, *, clock: Clock, read_only: bool = False) -> None:
        self.note = ""
        self.noted: Hook[[str]] = Hook()
        self._base = CandleBase(path, clock=clock, read_only=read_only)  # on the thread alone
        self._clock = clock
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="candles")
        self._closed = False

    async def open(self) -> None:
        """Open the file, making or mending it where that is needed; any other call does so too."""
        await self._do(self._base.open)

    async def load(
        self,
        key: InstrumentKey,
        interval: Interval,
        *,
        count: int | None = None,
        before_s: int | None = None,
    ) -> StoredCandles:
        """Return stored bars, oldest first.

        The newest ``count`` of those that began before ``before_s``, Unix seconds; without them
        all. The arrays belong to the caller.
        """
        name = SeriesName(key, interval)
        return await self._do(lambda: self._base.load(name, count, before_s))

    async def facts(self, key: InstrumentKey, interval: Interval) -> SeriesFacts:
        """Return what is known of a series besides its bars."""
        return await self._do(lambda: self._base.facts(SeriesName(key, interval)))

    async def names(self) -> list[SeriesName]:
        """Return every series that has bars."""
        return await self._do(self._base.names)

    async def save(
        self,
        key: InstrumentKey,
        interval: Interval,
        candles: Sequence[Candle],
        *,
        source: Source = Source.CLOSED,
        in_progress_from_s: int | None = None,
        span: Span | None = None,
        history_begins_s: int | None = None,
    ) -> None:
        """Keep bars, in any order and as often as they come; all of this or nothing.

        Of two with one time the higher ``Source`` wins, of equals the later. Raises ValueError
        where a text is not a number.

        Args:
            source: where the bars come from.
            in_progress_from_s: of a vendor's bars, those that begin then or later had not closed
                when they were fetched.
            span: where the vendor has no bar but these and those that are stored. It should end
                with the last closed bar. Built bars in it that the vendor does not know are
                dropped, and holes in it are none any more.
            history_begins_s: the vendor said that it has nothing older than this.
        """
        name, given = SeriesName(key, interval), tuple(candles)
        await self._do(
            lambda: self._base.save(
                name,
                given,
                source,
                in_progress_from_s=in_progress_from_s,
                span=span,
                history_begins_s=history_begins_s,
            )
        )

    async def explain(self, key: InstrumentKey, interval: Interval, gap: Gap) -> None:
        """Note why bars are missing.

        It replaces what was said of that stretch. Where a span covers it, nothing is missing.
        """
        await self._do(lambda: self._base.explain(SeriesName(key, interval), gap))

    async def add_drift(self, key: InstrumentKey, interval: Interval, drift: Drift) -> None:
        """Add to the figure of how far built bars were off."""
        await self._do(lambda: self._base.add_drift(SeriesName(key, interval), drift))

    async def close(self) -> None:
        """Do what was called before and let go of the file; safe to repeat. Raises StoreError.

        What takes longer than ``CLOSING_S`` is given up: its caller gets a StoreError.
        """
        if self._closed:
            return
        self._closed = True
        self._base.stop(self._clock.monotonic() + CLOSING_S)
        try:
            await self._run(self._base.close)
        finally:
            self._thread.submit(self._base.drop)  # where the close was cut short
            self._thread.shutdown(wait=False)

    def _run(self, work: Callable[[], T]) -> "asyncio.Future[T]":
        return asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def _do(self, work: Callable[[], T]) -> T:
        if self._closed:
            raise StoreError(CLOSED)
        try:
            return await self._run(work)
        finally:
            if self._base.note != self.note:
                self.note = self._base.note
                self.noted.emit(self.note)
