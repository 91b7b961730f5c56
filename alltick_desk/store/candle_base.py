"""What the candle store does with its file, one call at a time; see ``store.candles``.

Everything here blocks and belongs to one thread.
"""

import sqlite3
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from alltick_desk.clock import Clock
from alltick_desk.model.market import Candle
from alltick_desk.store.candle_chunks import CHUNK
from alltick_desk.store.candle_columns import StoredCandles, read_texts
from alltick_desk.store.candle_file import CandleFile
from alltick_desk.store.candle_rescue import Wreck
from alltick_desk.store.candle_shelf import Shelf
from alltick_desk.store.candle_tables import MIGRATIONS, Tables
from alltick_desk.store.candle_values import (
    Drift,
    Gap,
    SeriesFacts,
    SeriesName,
    Source,
    Span,
    explained,
    gaps_without,
    merged,
    missing,
)


class CandleBase:
    """The candles of one file; every method but ``drop`` raises StoreError.

    ``most`` is the number of bars of a full chunk; for the other arguments see ``CandleFile``.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock,
        read_only: bool = False,
        most: int = CHUNK,
        migrations: Sequence[str] = MIGRATIONS,
    ) -> None:
        self._clock = clock
        self._most = most
        self._file = CandleFile(
            path, clock=clock, read_only=read_only, migrations=migrations, refill=self._refill
        )

    @property
    def note(self) -> str:
        """A sentence for the person where the file was found damaged, else ""."""
        return self._file.note

    def open(self) -> None:
        """Open the file, making, migrating or mending it; any other method does so too."""
        self._file.read(lambda _: None)

    def load(self, name: SeriesName, count: int | None, before_s: int | None) -> StoredCandles:
        """Return the newest ``count`` bars that began before ``before_s``, all where None."""

        def read(database: sqlite3.Connection) -> StoredCandles:
            rows = Tables(database)
            series = rows.find(name)
            if series is None:
                return StoredCandles.empty()
            bars = self._shelf(database).read(series, name, count, before_s)
            return bars.with_digits(rows.digits(series))

        return self._file.read(read)

    def facts(self, name: SeriesName) -> SeriesFacts:
        """Return all that is known of a series besides its bars."""

        def read(database: sqlite3.Connection) -> SeriesFacts:
            rows = Tables(database)
            series = rows.find(name)
            return SeriesFacts() if series is None else rows.facts(series)

        return self._file.read(read)

    def names(self) -> list[SeriesName]:
        """Return every series that has bars."""
        return self._file.read(lambda database: Tables(database).names())

    def save(
        self,
        name: SeriesName,
        candles: Sequence[Candle],
        source: Source,
        *,
        in_progress_from_s: int | None = None,
        span: Span | None = None,
        history_begins_s: int | None = None,
    ) -> None:
        """Take bars and what came with them, all or nothing; see ``CandleStore.save``."""
        given = read_texts(candles, source, in_progress_from_s, self._file.breathe)
        if not len(given) and span is None and history_begins_s is None:
            return

        def write(database: sqlite3.Connection) -> None:
            rows = Tables(database)
            series = rows.find_or_add(name)
            self._put(database, name, given)
            if span is not None:
                self._complete(database, name, span)
            if history_begins_s is not None:
                rows.set_beginning(series, history_begins_s)

        self._file.write(write)

    def explain(self, name: SeriesName, gap: Gap) -> None:
        """Note a hole, as far as no span covers it; it replaces what was said of its stretch."""

        def write(database: sqlite3.Connection) -> None:
            rows = Tables(database)
            series = rows.find_or_add(name)
            gaps = before = rows.gaps(series)
            for part in missing(rows.spans(series), Span(gap.from_s, gap.to_s)):
                gaps = explained(gaps, gap._replace(from_s=part.from_s, to_s=part.to_s))
            if gaps != before:
                rows.set_gaps(series, gaps)

        self._file.write(write)

    def add_drift(self, name: SeriesName, drift: Drift) -> None:
        """Add to the drift figure of a series."""

        def write(database: sqlite3.Connection) -> None:
            rows = Tables(database)
            series = rows.find_or_add(name)
            rows.set_drift(series, rows.known(series).drift.plus(drift))

        self._file.write(write)

    def stop(self, at_s: float) -> None:
        """Have everything give up from a time of the monotonic clock on; from any thread."""
        self._file.stop_at_s = at_s

    def close(self) -> None:
        """Bring everything into the file itself and let go of it; safe to repeat."""
        self._file.close()

    def drop(self) -> None:
        """Let go of the file as it is; safe to repeat."""
        self._file.drop()

    def _shelf(self, database: sqlite3.Connection) -> Shelf:
        return Shelf(database, self._most, self._file.breathe, self._clock.wall_ms())

    def _put(self, database: sqlite3.Connection, name: SeriesName, given: StoredCandles) -> None:
        rows = Tables(database)
        series = rows.find_or_add(name)
        # Where the vendor told all, a bar of ours is one that never was.
        given = given.part(~given.built_in(rows.spans(series)))
        if len(given):
            rows.widen(series, given.digits)
            self._shelf(database).put(series, name, given.with_digits(rows.digits(series)))

    def _complete(self, database: sqlite3.Connection, name: SeriesName, span: Span) -> None:
        rows = Tables(database)
        series = rows.find_or_add(name)
        self._shelf(database).drop_built(series, name, span)
        spans, gaps = rows.spans(series), rows.gaps(series)
        if (whole := merged([*spans, span])) != spans:
            rows.set_spans(series, whole)
        if (left := gaps_without(gaps, span)) != gaps:
            rows.set_gaps(series, left)

    def _refill(self, wreck: Wreck, file: CandleFile) -> int:
        """Put into a new file what is left of a damaged one."""
        for chunk in wreck.chunks():
            file.write(partial(self._put, name=chunk.name, given=chunk.candles))
        for name, facts in wreck.facts():
            file.write(partial(_put_facts, name=name, facts=facts))
        return file.read(lambda database: Tables(database).bars())


def _put_facts(database: sqlite3.Connection, name: SeriesName, facts: SeriesFacts) -> None:
    rows = Tables(database)
    series = rows.find_or_add(name)
    rows.widen(series, facts.digits)
    rows.set_spans(series, facts.spans)
    rows.set_gaps(series, facts.gaps)
    rows.set_drift(series, facts.drift)
    if facts.history_begins_s is not None:
        rows.set_beginning(series, facts.history_begins_s)
