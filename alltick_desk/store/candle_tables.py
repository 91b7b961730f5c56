"""The tables of the candle store: their versions, their statements, and what SQLite's noes mean."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from alltick_desk.errors import StoreError
from alltick_desk.model.words import Sentence
from alltick_desk.store.candle_chunks import DamagedError
from alltick_desk.store.candle_values import (
    Digits,
    Drift,
    Gap,
    GapReason,
    SeriesFacts,
    SeriesName,
    Span,
)

# Each takes a file from the version that is its place in the row to the next one. What has once
# been published is never changed: another one is added.
MIGRATIONS = (
    """
    CREATE TABLE series (
        id INTEGER PRIMARY KEY, vendor TEXT NOT NULL, code TEXT NOT NULL, interval TEXT NOT NULL,
        price_digits INTEGER NOT NULL DEFAULT 0, volume_digits INTEGER NOT NULL DEFAULT 0,
        turnover_digits INTEGER NOT NULL DEFAULT 0, history_begins_s INTEGER,
        compared INTEGER NOT NULL DEFAULT 0,
        close_sum REAL NOT NULL DEFAULT 0, close_max REAL NOT NULL DEFAULT 0,
        high_sum REAL NOT NULL DEFAULT 0, high_max REAL NOT NULL DEFAULT 0,
        low_sum REAL NOT NULL DEFAULT 0, low_max REAL NOT NULL DEFAULT 0,
        UNIQUE (vendor, code, interval)
    );
    CREATE TABLE chunk (
        id INTEGER PRIMARY KEY, series INTEGER NOT NULL, first_s INTEGER NOT NULL,
        last_s INTEGER NOT NULL, bars INTEGER NOT NULL, built INTEGER NOT NULL, data BLOB NOT NULL
    );
    CREATE INDEX chunk_place ON chunk (series, first_s, last_s, bars, built);
    CREATE TABLE span (
        series INTEGER NOT NULL, from_s INTEGER NOT NULL, to_s INTEGER NOT NULL,
        PRIMARY KEY (series, from_s)
    ) WITHOUT ROWID;
    CREATE TABLE gap (
        series INTEGER NOT NULL, from_s INTEGER NOT NULL, to_s INTEGER NOT NULL,
        reason TEXT NOT NULL, refillable INTEGER NOT NULL,
        PRIMARY KEY (series, from_s)
    ) WITHOUT ROWID;
    """,
    "ALTER TABLE series ADD COLUMN compared_since_s INTEGER;",
)
PRESENT = {"series", "chunk", "chunk_place", "span", "gap"}
CHECKED = ("series", "span", "gap")  # small; chunks carry their own checksums
DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

_FIND = "SELECT id FROM series WHERE (vendor, code, interval) = (?, ?, ?)"
_ADD = "INSERT INTO series (vendor, code, interval) VALUES (?, ?, ?)"
_NAMES = """
    SELECT vendor, code, interval FROM series
    WHERE EXISTS (SELECT 1 FROM chunk WHERE series = series.id) ORDER BY 1, 2, id
"""
_WIDEN = """
    UPDATE series SET price_digits = max(price_digits, :price),
    volume_digits = max(volume_digits, :volume), turnover_digits = max(turnover_digits, :turnover)
    WHERE id = :series AND
    (price_digits < :price OR volume_digits < :volume OR turnover_digits < :turnover)
"""
_FACTS = """
    SELECT price_digits, volume_digits, turnover_digits, history_begins_s,
    compared, close_sum, close_max, high_sum, high_max, low_sum, low_max, compared_since_s
    FROM series WHERE id = ?
"""
_FACTS_OF_1 = _FACTS.replace("compared_since_s", "NULL")
_EXTENT = """
    SELECT coalesce(sum(bars), 0), min(first_s), max(last_s)
    FROM chunk WHERE series = ?
"""
_DRIFT = """
    UPDATE series SET
    (compared, close_sum, close_max, high_sum, high_max, low_sum, low_max, compared_since_s) =
    (?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?
"""

_WORDS = {
    sqlite3.SQLITE_FULL: Sentence("Store", "the disk is full; free some space"),
    sqlite3.SQLITE_READONLY: Sentence("Store", "it is read-only"),
    sqlite3.SQLITE_PERM: Sentence("Store", "the desk is not allowed to"),
    sqlite3.SQLITE_CANTOPEN: Sentence("Store", "it could not be opened"),
    sqlite3.SQLITE_IOERR: Sentence("Store", "the disk has a fault, or is full"),
    sqlite3.SQLITE_BUSY: Sentence("Store", "another program holds it"),
    sqlite3.SQLITE_LOCKED: Sentence("Store", "another program holds it"),
    sqlite3.SQLITE_CORRUPT: Sentence("Store", "it is damaged; a restart sets it aside"),
    sqlite3.SQLITE_NOTADB: Sentence("Store", "it is damaged; a restart sets it aside"),
}


def code_of(error: sqlite3.Error) -> int:
    """Return SQLite's plain number of an error, without what it says more exactly; 0 if none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def refused(path: Path, why: str) -> StoreError:
    """Return the error for a store that cannot be used now; ``why`` ends a part of a sentence."""
    words = Sentence(
        "Store",
        "The stored bars in {path} cannot be used: {why}. What was stored before is left as it "
        "is; the desk goes on with the bars that the vendor sends.",
    )
    return StoreError(words.format(path=path, why=why))


def why(error: sqlite3.Error) -> str:
    """Return what SQLite's error means, in words that end a sentence."""
    return _WORDS.get(code_of(error), str(error))


class Tables:
    """The rows of a series beside its chunks. Blocking; raises what SQLite raises.

    ``version`` is the file's; of a file that is older than the desk's only reading works.
    """

    def __init__(self, database: sqlite3.Connection, version: int = len(MIGRATIONS)) -> None:
        self._database = database
        self._facts = _FACTS if version > 1 else _FACTS_OF_1

    def find(self, name: SeriesName) -> int | None:
        """Return the number of a series, None where nothing is stored of it."""
        row = self._database.execute(_FIND, _words(name)).fetchone()
        return None if row is None else int(row[0])

    def find_or_add(self, name: SeriesName) -> int:
        """Return the number of a series, which gets one where it has none."""
        found = self.find(name)
        if found is None:
            found = self._database.execute(_ADD, _words(name)).lastrowid
        return int(found or 0)

    def names(self) -> list[SeriesName]:
        """Return every series that has bars."""
        rows = self._database.execute(_NAMES).fetchall()
        with _as_damage():
            return [SeriesName.parse(f"{vendor}:{code}:{word}") for vendor, code, word in rows]

    def bars(self) -> int:
        """Return how many bars there are of all series."""
        sql = "SELECT coalesce(sum(bars), 0) FROM chunk"
        return int(self._database.execute(sql).fetchone()[0])

    def facts(self, series: int) -> SeriesFacts:
        """Return all that is known of a series."""
        bars, first_s, last_s = self._database.execute(_EXTENT, (series,)).fetchone()
        return self.known(series)._replace(bars=bars, first_s=first_s, last_s=last_s)

    def known(self, series: int) -> SeriesFacts:
        """Return what ``facts`` does, without looking at the chunks."""
        row = self._database.execute(self._facts, (series,)).fetchone()
        return SeriesFacts(
            digits=Digits(*row[:3]),
            history_begins_s=row[3],
            spans=self.spans(series),
            gaps=self.gaps(series),
            drift=Drift(*row[4:]),
        )

    def digits(self, series: int) -> Digits:
        """Return the most decimals seen."""
        return Digits(*self._database.execute(self._facts, (series,)).fetchone()[:3])

    def widen(self, series: int, digits: Digits) -> None:
        """Take notice of decimals; they never shrink."""
        self._database.execute(_WIDEN, {"series": series, **digits._asdict()})

    def set_beginning(self, series: int, time_s: int) -> None:
        """Note that the vendor has nothing older."""
        self._database.execute(
            "UPDATE series SET history_begins_s = ? WHERE id = ?", (time_s, series)
        )

    def set_drift(self, series: int, drift: Drift) -> None:
        """Write the drift figure."""
        self._database.execute(_DRIFT, (*drift, series))

    def spans(self, series: int) -> tuple[Span, ...]:
        """Return the stretches that are complete, in order."""
        rows = self._database.execute(
            "SELECT from_s, to_s FROM span WHERE series = ? ORDER BY from_s", (series,)
        )
        return tuple(Span(*row) for row in rows)

    def set_spans(self, series: int, spans: tuple[Span, ...]) -> None:
        """Write the stretches that are complete."""
        self._database.execute("DELETE FROM span WHERE series = ?", (series,))
        self._database.executemany(
            "INSERT INTO span VALUES (?, ?, ?)", [(series, *span) for span in spans]
        )

    def gaps(self, series: int) -> tuple[Gap, ...]:
        """Return the holes that were explained, in order."""
        rows = self._database.execute(
            "SELECT from_s, to_s, reason, refillable FROM gap WHERE series = ? ORDER BY from_s",
            (series,),
        )
        with _as_damage():
            return tuple(
                Gap(from_s, to_s, GapReason(reason), bool(again))
                for from_s, to_s, reason, again in rows
            )

    def set_gaps(self, series: int, gaps: tuple[Gap, ...]) -> None:
        """Write the holes that were explained."""
        self._database.execute("DELETE FROM gap WHERE series = ?", (series,))
        self._database.executemany(
            "INSERT INTO gap VALUES (?, ?, ?, ?, ?)",
            [(series, gap.from_s, gap.to_s, gap.reason.value, gap.refillable) for gap in gaps],
        )


def _words(name: SeriesName) -> tuple[str, str, str]:
    return (*name.key, name.interval.value)


@contextlib.contextmanager
def _as_damage() -> Iterator[None]:
    """Take a word that nobody knows for damage."""
    try:
        yield
    except ValueError:
        raise DamagedError("a word that nobody knows") from None
