"""What can still be read of a damaged candle store.

Chunks are looked up one by one by their numbers, so that a page that cannot be read costs the
chunks on it and no others, and each is believed only where its checksum holds. Where the way to the
rows is lost, chunks are carved out of the pages.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from alltick_desk.store.candle_carving import Carving
from alltick_desk.store.candle_chunks import Chunk, DamagedError, unpack
from alltick_desk.store.candle_tables import Tables
from alltick_desk.store.candle_values import SeriesFacts, SeriesName, Span, without

_SCANS = (
    "SELECT id FROM chunk NOT INDEXED ORDER BY id",
    "SELECT id FROM chunk ORDER BY series, first_s",
    "SELECT max(id) FROM chunk NOT INDEXED",
)
_CHUNK = "SELECT series, first_s, last_s, data FROM chunk WHERE id = ?"
_SERIES = "SELECT id, vendor, code, interval FROM series NOT INDEXED"


class Wreck:
    """A damaged file, open for reading; to be used as a context.

    Args:
        path: the file, which is left as it is.
        page: the size of its pages, bytes.
        breathe: called between two chunks.
    """

    def __init__(self, path: Path, page: int, breathe: Callable[[], None]) -> None:
        self._path = path
        self._page = page
        self._breathe = breathe
        self._database: sqlite3.Connection | None = None
        self._lost: list[tuple[int, Span]] = []  # by the series' number
        self._unreadable = False  # bars are lost, and nobody knows which

    def __enter__(self) -> Self:
        self._database = _opened(self._path)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._database is not None:
            self._database.close()

    def chunks(self) -> Iterator[Chunk]:
        """Give every chunk that is whole; of two with one time the later is the better."""
        numbers, all_known = self._numbers()
        if not all_known:
            self._unreadable = True
            yield from self._carved()
        for number in sorted(numbers):
            self._breathe()
            row = self._row(number)
            if row is None:
                continue
            series, first_s, last_s, data = row
            try:
                yield unpack(data)
            except DamagedError:
                if isinstance(first_s, int) and isinstance(last_s, int):
                    self._lost.append((series, Span(first_s, last_s + 1)))
                else:
                    self._unreadable = True

    def facts(self) -> Iterator[tuple[SeriesName, SeriesFacts]]:
        """Give what is known of the series, after ``chunks``; nothing lost counts as complete."""
        if self._database is None:
            return
        series = []
        rows = Tables(self._database)
        with contextlib.suppress(sqlite3.Error):
            # It may have been damaged before it was brought up to this version.
            (version,) = self._database.execute("PRAGMA user_version").fetchone()
            rows = Tables(self._database, version)
            series += self._database.execute(_SERIES).fetchall()
        for number, vendor, code, interval in series:
            try:
                name = SeriesName.parse(f"{vendor}:{code}:{interval}")
                facts = rows.known(number)
            except (sqlite3.Error, DamagedError, ValueError, TypeError):
                continue
            spans = () if self._unreadable else facts.spans
            for of, span in self._lost:
                spans = without(spans, span) if of == number else spans
            yield name, facts._replace(spans=spans)

    def _carved(self) -> Iterator[Chunk]:
        with self._path.open("rb") as file:
            carving = Carving(file, self._page, self._breathe)
            for find in sorted(carving.finds()):
                with contextlib.suppress(DamagedError):
                    yield carving.chunk(find)

    def _numbers(self) -> tuple[set[int], bool]:
        """Return the numbers of all chunks and True; where that is in doubt, a few too many."""
        if self._database is None:
            return set(), False
        found: set[int] = set()
        failed = False
        for scan in _SCANS:
            try:
                found.update(n for (n,) in self._database.execute(scan) if isinstance(n, int))
            except sqlite3.Error:
                failed = True
        if failed:
            # Numbers are dense, and a full chunk takes four pages.
            pages = self._path.stat().st_size // self._page
            found.update(range(1, max(pages, *found, 0) + 1))
        return found, not failed

    def _row(self, number: int) -> tuple[int, object, object, object] | None:
        if self._database is None:
            return None
        try:
            row: tuple[int, object, object, object] | None = self._database.execute(
                _CHUNK, (number,)
            ).fetchone()
        except sqlite3.Error:
            self._unreadable = True
            return None
        return row


def read_only(path: Path) -> sqlite3.Connection:
    """Open a database that is there for reading alone; raises sqlite3.Error."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=1, isolation_level=None)


def remove_database(path: Path) -> None:
    """Delete a database and what lies beside it; raises OSError."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _opened(path: Path) -> sqlite3.Connection | None:
    """Open a file as far as its list of tables can be read, else None."""
    database = None
    try:
        database = read_only(path)
        database.execute("SELECT 1 FROM sqlite_master").fetchall()
        database.execute(_SERIES + " LIMIT 0").fetchall()
        database.execute(_CHUNK, (0,)).description  # noqa: B018
    except sqlite3.Error:
        if database is not None:
            database.close()
        return None
    return database
