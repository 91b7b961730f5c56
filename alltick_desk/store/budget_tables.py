"""The tables of a budget file, and their one connection; see ``store.budget`` for the times.

Everything here blocks and belongs to one thread. The file stays locked while it is open: two desks
that both spent from it would each miss what the other did.
"""

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from alltick_desk.clock import Clock
from alltick_desk.errors import StoreError, UsageError
from alltick_desk.model.spending import DAY_S, Spent
from alltick_desk.model.words import Sentence
from alltick_desk.store.files import make_folder, new_beside, reason, set_aside

Statement: TypeAlias = tuple[str, tuple[object, ...]]

VERSION = 1
DAY_KEPT_S = DAY_S + 60.0
SLACK_MS = 2  # two readings of the wall clock are each cut off at a millisecond

COUNT = """
    INSERT INTO day VALUES (?, ?, 1)
    ON CONFLICT (bucket) DO UPDATE SET calls = calls + 1, last_ms = max(last_ms, excluded.last_ms)
"""
SPEND = "INSERT INTO recent (entry, call, at_ms, bucket) VALUES (?, ?, ?, ?)"
SENT = "UPDATE recent SET sent = 1, at_ms = ? WHERE entry = ?"
SENT_DAY = """
    UPDATE day SET last_ms = max(last_ms, ?)
    WHERE bucket = (SELECT bucket FROM recent WHERE entry = ?)
"""
CANCELLED = "DELETE FROM recent WHERE entry = ?"
SOCKET = "REPLACE INTO socket VALUES (?, ?, ?)"
FACT = "REPLACE INTO fact VALUES (?, ?)"
FORGET_RECENT = "DELETE FROM recent WHERE sent = 1 AND at_ms < ?"
FORGET_DAY = "DELETE FROM day WHERE last_ms < ?"

CLOSED = Sentence("Store", "The record of the requests is closed already, so nothing more is sent.")

_MODE = 0o600
_LOG = ("-wal", "-shm")  # what stands beside the file while it is open, or after a crash
_SCHEMA = """
    CREATE TABLE day (bucket INTEGER PRIMARY KEY, last_ms INTEGER NOT NULL, calls INTEGER NOT NULL);
    CREATE TABLE recent (
        entry INTEGER PRIMARY KEY, call TEXT NOT NULL, at_ms INTEGER NOT NULL,
        bucket INTEGER NOT NULL, sent INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE socket (name TEXT PRIMARY KEY, at_ms INTEGER NOT NULL, open INTEGER NOT NULL);
    CREATE TABLE fact (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""
# First what a crash left unknown is taken for now; then all is moved, and nothing is in the future.
_MEND = (
    "UPDATE socket SET at_ms = :now - :moved, open = 0 WHERE open = 1",
    """
    UPDATE day SET last_ms = :now - :moved
    WHERE bucket IN (SELECT bucket FROM recent WHERE sent = 0)
    """,
    "UPDATE recent SET at_ms = :now - :moved, sent = 1 WHERE sent = 0",
    "UPDATE socket SET at_ms = min(at_ms + :moved, :now)",
    "UPDATE day SET last_ms = min(last_ms + :moved, :now)",
    "UPDATE recent SET at_ms = min(at_ms + :moved, :now)",
    "UPDATE fact SET value = min(value + :moved, :now) WHERE name = 'lost_ms'",
    "UPDATE fact SET value = 0 WHERE name = 'moved_ms'",
)
_WORDS = {
    sqlite3.SQLITE_FULL: Sentence("Store", "the disk is full; free some space"),
    sqlite3.SQLITE_READONLY: Sentence("Store", "it is read-only"),
    sqlite3.SQLITE_PERM: Sentence("Store", "the desk is not allowed to"),
    sqlite3.SQLITE_IOERR: Sentence("Store", "the disk has a fault, or is full"),
    sqlite3.SQLITE_BUSY: Sentence("Store", "another desk with this token is running; close it"),
    sqlite3.SQLITE_LOCKED: Sentence("Store", "another desk with this token is running; close it"),
    sqlite3.SQLITE_CORRUPT: Sentence("Store", "it is damaged; a restart sets it aside"),
}


def refused(path: Path, why: str) -> StoreError:
    """Return the error for a record that cannot be used, as a sentence."""
    words = Sentence(
        "Store",
        "The record of the requests, {path}, cannot be used: {why}. Without it the desk cannot "
        "keep the plan's daily limit, so it asks the vendor for nothing until that is mended.",
    )
    return StoreError(words.format(path=path, why=why))


def make_private(folder: Path) -> None:
    """Make the folder where it is missing; raises StoreError."""
    try:
        make_folder(folder)
    except UsageError as error:
        raise StoreError(str(error)) from None


class BudgetTables:
    """One budget file and its connection."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._database: sqlite3.Connection | None = None
        self._opened = (0, "")

    def open(self, now_ms: int) -> tuple[int, str]:
        """Open the file, mending what a crash or a moved clock left.

        Returns the number of the last entry, and a sentence where the file was damaged and set
        aside; the same again while the file is open. Raises StoreError.
        """
        if self._database is None:
            self._opened = self._open(now_ms)
        return self._opened

    def read(self, now_ms: int) -> Spent:
        """Return what the file knows at the time ``now_ms``; raises StoreError."""
        try:
            return self._read(now_ms)
        except sqlite3.Error as error:
            raise self._refused(error) from None

    def commit(self, batch: Sequence[Statement]) -> None:
        """Do all statements or none, on the disk when it returns; raises StoreError."""
        try:
            self._commit(batch)
        except sqlite3.Error as error:
            raise self._refused(error) from None

    def close(self, batch: Sequence[Statement]) -> None:
        """Do the last statements and let go of the file; raises StoreError."""
        try:
            self.commit(batch)
        finally:
            self.drop()

    def drop(self) -> None:
        """Let go of the file as it is; safe to repeat."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _open(self, now_ms: int) -> tuple[int, str]:
        make_private(self._path.parent)
        try:
            if not self._path.exists():
                self._drop_log()  # of a record that is gone: it would be read into the new one
                with self._made() as made:
                    self._place(made)
            if self._path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "a folder is in its place")
            if self._path.stat().st_size > 0:
                self._path.chmod(_MODE)
                try:
                    return self._connect(now_ms), ""
                except (sqlite3.Error, ValueError, TypeError) as error:
                    self.drop()
                    if isinstance(error, sqlite3.Error) and not _is_damage(error):
                        raise
            return self._start_again(now_ms)
        except OSError as error:
            raise refused(self._path, reason(error)) from None
        except sqlite3.Error as error:
            self.drop()
            raise self._refused(error) from None

    def _start_again(self, now_ms: int) -> tuple[int, str]:
        # The new file comes first: a full disk must not make it forget that something is lost.
        with self._made(lost_ms=now_ms) as made:
            aside = set_aside(self._path, self._clock)
            for suffix in _LOG:
                with contextlib.suppress(FileNotFoundError):
                    beside = self._path.with_name(self._path.name + suffix)
                    beside.replace(aside.with_name(aside.name + suffix))
            self._place(made)
        last = self._connect(now_ms)
        words = Sentence(
            "Store",
            "The record of the requests that this token made was damaged; it is kept as {file}. "
            "Nobody knows what was spent, so for a day the desk does no work in the background "
            "and counts on the last fifth of the daily requests alone.",
        )
        return last, words.format(file=aside.name)

    @contextlib.contextmanager
    def _made(self, *, lost_ms: int | None = None) -> Iterator[Path]:
        """Make a new file beside its place, so that what is cut short was never there."""
        made = new_beside(self._path)
        made.unlink(missing_ok=True)  # a crash may have left one
        try:
            os.close(os.open(made, os.O_RDWR | os.O_CREAT | os.O_EXCL, _MODE))
            with contextlib.closing(sqlite3.connect(made, isolation_level=None)) as database:
                database.execute("PRAGMA journal_mode = MEMORY")  # no second file to clean up
                database.executescript(
                    f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT"
                )
                if lost_ms is not None:
                    database.execute(FACT, ("lost_ms", lost_ms))
            yield made
        finally:
            made.unlink(missing_ok=True)

    def _place(self, made: Path) -> None:
        """Put a new file in its place, unless another desk has just put its own there."""
        try:
            os.link(made, self._path)
        except FileExistsError:
            pass
        except OSError:  # not every disk knows links
            made.rename(self._path)

    def _drop_log(self) -> None:
        for suffix in _LOG:
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def _connect(self, now_ms: int) -> int:
        database = self._database = sqlite3.connect(self._path, timeout=1, isolation_level=None)
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if verdict != "ok" or version != VERSION:
            raise ValueError("damaged, or of another version of the desk")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")  # in the log before a commit returns
        values = {"now": now_ms, "moved": self._facts(database).get("moved_ms", 0)}
        database.execute("BEGIN IMMEDIATE")
        for sql in _MEND:
            database.execute(sql, values)
        database.execute("COMMIT")
        self._read(now_ms)  # every row must make sense
        (last,) = database.execute("SELECT coalesce(max(entry), 0) FROM recent").fetchone()
        return int(last)

    def _connection(self) -> sqlite3.Connection:
        if self._database is None:
            raise StoreError(CLOSED)
        return self._database

    def _read(self, now_ms: int) -> Spent:
        database = self._connection()

        def age_s(at_ms: int) -> float:
            return max(0, now_ms - int(at_ms) - SLACK_MS) / 1000

        sockets = database.execute("SELECT at_ms, open FROM socket")
        day = database.execute("SELECT last_ms, calls FROM day")
        recent = database.execute("SELECT call, at_ms, sent FROM recent")
        lost_ms = self._facts(database).get("lost_ms")
        return Spent(
            day=tuple((age_s(at), int(calls)) for at, calls in day if age_s(at) < DAY_KEPT_S),
            recent=tuple((str(call), age_s(at) if sent else 0.0) for call, at, sent in recent),
            socket_age_s=min((0.0 if up else age_s(at) for at, up in sockets), default=None),
            lost_age_s=None if lost_ms is None or age_s(lost_ms) > DAY_KEPT_S else age_s(lost_ms),
        )

    @staticmethod
    def _facts(database: sqlite3.Connection) -> dict[str, int]:
        return {str(name): int(value) for name, value in database.execute("SELECT * FROM fact")}

    def _commit(self, batch: Sequence[Statement]) -> None:
        database = self._connection()
        database.execute("BEGIN IMMEDIATE")
        try:
            for sql, values in batch:
                database.execute(sql, values)
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise

    def _refused(self, error: sqlite3.Error) -> StoreError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without what it says more exactly
        return refused(self._path, _WORDS.get(code, str(error)))


def _is_damage(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    # A plain error is a table that is not as it should be.
    return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
