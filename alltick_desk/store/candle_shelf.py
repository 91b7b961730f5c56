"""The chunks of a series in their table: how bars are found there, laid there and replaced."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from alltick_desk.store.candle_chunks import DamagedError, cuts, pack, unpack
from alltick_desk.store.candle_columns import StoredCandles, joined, merge
from alltick_desk.store.candle_values import Digits, SeriesName, Source, Span

_PLACE = "SELECT id, first_s, last_s, bars FROM chunk WHERE series = ?"
_BY_THEN = f"{_PLACE} AND first_s <= ? ORDER BY first_s DESC LIMIT 1"
_AMONG = f"{_PLACE} AND first_s > ? AND first_s <= ? ORDER BY first_s"
_AFTER = f"{_PLACE} AND first_s > ? ORDER BY first_s LIMIT 1"
_BEFORE = f"{_PLACE} AND first_s < ? LIMIT 1"
_OLDER = f"{_PLACE} AND first_s < ? ORDER BY first_s DESC"
_BUILT = f"{_PLACE} AND built > 0 AND first_s < ? AND last_s >= ?"
_DATA = "SELECT data FROM chunk WHERE id = ?"
_DELETE = "DELETE FROM chunk WHERE id = ?"
_INSERT = "INSERT INTO chunk VALUES (?, ?, ?, ?, ?, ?, ?)"

_CHUNKS_A_BREATH = 8  # some 0.3 ms
_END_OF_TIME_S = 2**63 - 1


class _Place(NamedTuple):
    """A chunk's row without its bars."""

    id: int
    first_s: int
    last_s: int
    bars: int


class Shelf:
    """The chunks of all series. Blocking; raises what SQLite raises, and DamagedError.

    Args:
        most: the bars of a full chunk.
        breathe: called every few chunks.
        stamp_ms: the time of what is written, Unix milliseconds.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        most: int,
        breathe: Callable[[], None],
        stamp_ms: int,
    ) -> None:
        self._database = database
        self._most = most
        self._breathe = breathe
        self._stamp_ms = stamp_ms

    def read(
        self, series: int, name: SeriesName, count: int | None, before_s: int | None
    ) -> StoredCandles:
        """Return the newest ``count`` bars that began before ``before_s``, all where None."""
        before_s = _END_OF_TIME_S if before_s is None else before_s
        places: list[_Place] = []
        whole = 0  # bars in the chunks that surely lie before ``before_s``
        for row in self._database.execute(_OLDER, (series, before_s)):
            place = _Place(*row)
            places.append(place)
            whole += place.bars if place.last_s < before_s else 0
            if count is not None and whole >= count:
                break
        places.reverse()
        bars = StoredCandles.empty(sum(place.bars for place in places))
        filled = 0
        for number, place in enumerate(places):
            if number % _CHUNKS_A_BREATH == 0:
                self._breathe()
            chunk = self._unpacked(name, place)
            # Straight to where it belongs: a second copy would double the memory.
            rows = slice(filled, filled + place.bars)
            bars.time[rows] = chunk.time
            bars.values[:, rows] = chunk.values
            bars.flags[rows] = chunk.flags
            filled = rows.stop
        end = int(np.searchsorted(bars.time, before_s))
        return bars.part(slice(0 if count is None else max(0, end - count), end))

    def put(self, series: int, name: SeriesName, given: StoredCandles) -> None:
        """Lay bars among the stored ones, each time once; see ``candle_columns.merge``.

        The digits are the series', and wide enough for what is given.
        """
        # In pieces: what numpy does to a hundred thousand bars at once would hold up every thread.
        step = _CHUNKS_A_BREATH * self._most
        for start in range(0, len(given), step):
            self._put(series, name, given.part(slice(start, start + step)))

    def drop_built(self, series: int, name: SeriesName, span: Span) -> None:
        """Drop the bars in ``span`` that are not the vendor's."""
        for place in self._places(_BUILT, series, span.to_s, span.from_s):
            stored = self._unpacked(name, place)
            kept = stored.part(~stored.built_in([span]))
            if len(kept) < len(stored):
                self._replace(series, name, [place], [kept] if len(kept) else [], stored.digits)

    def _put(self, series: int, name: SeriesName, given: StoredCandles) -> None:
        first_s, last_s = int(given.time[0]), int(given.time[-1])
        places = self._places(_AMONG, series, first_s, last_s)
        before = self._places(_BY_THEN, series, first_s)
        after = self._places(_AFTER, series, last_s)
        if before and (before[0].last_s >= first_s or before[0].bars < self._most):
            places = before + places
            before = self._places(_BEFORE, series, places[0].first_s)
        if after and after[0].bars + len(given) <= self._most:
            places += after
            after = self._places(_AFTER, series, places[-1].last_s)
        stored = joined([self._unpacked(name, place) for place in places])
        bars = merge(stored, given)
        if bars.same(stored):
            return
        pieces = cuts(len(bars), self._most, at_end=not after, at_start=not before)
        self._replace(series, name, places, [bars.part(piece) for piece in pieces], given.digits)

    def _places(self, sql: str, *values: int) -> list[_Place]:
        return [_Place(*row) for row in self._database.execute(sql, values).fetchall()]

    def _unpacked(self, name: SeriesName, place: _Place) -> StoredCandles:
        row = self._database.execute(_DATA, (place.id,)).fetchone()
        chunk = unpack(row and row[0])
        bars = chunk.candles
        if chunk.name != name or len(bars) != place.bars or not place.bars:
            raise DamagedError("a chunk lies in another's place")
        if (int(bars.time[0]), int(bars.time[-1])) != (place.first_s, place.last_s):
            raise DamagedError("a chunk lies in another's place")
        return bars

    def _replace(
        self,
        series: int,
        name: SeriesName,
        old: Sequence[_Place],
        new: Sequence[StoredCandles],
        digits: Digits,
    ) -> None:
        self._database.executemany(_DELETE, [(place.id,) for place in old])
        # Numbers are used again: a rescue tries them all.
        numbers = [place.id for place in old[: len(new)]] + [None] * (len(new) - len(old))
        for number, bars in zip(numbers, new, strict=True):
            self._breathe()
            built = int(np.count_nonzero(bars.source == Source.BUILT))
            data = pack(name, bars.with_digits(digits), self._stamp_ms)
            place = (int(bars.time[0]), int(bars.time[-1]), len(bars))
            self._database.execute(_INSERT, (number, series, *place, built, data))
