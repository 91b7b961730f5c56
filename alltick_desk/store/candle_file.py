"""The file of the candle store and its one connection: versions, transactions, damage.

At the start the small tables are checked whole. Each chunk of bars has a checksum that is looked
at whenever it is read: to check all of them takes a third of a second per gigabyte at the best,
and minutes on a slow disk. Where damage is found, at the start or later, what can be read goes
into a new file, the damaged one is set aside, and the work that met it is done again.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from alltick_desk.clock import Clock
from alltick_desk.errors import StoreError
from alltick_desk.model.words import Sentence
from alltick_desk.store import candle_tables as tables
from alltick_desk.store.budget_tables import make_private
from alltick_desk.store.candle_chunks import DamagedError
from alltick_desk.store.candle_rescue import Wreck, read_only, remove_database
from alltick_desk.store.files import reason, set_aside

T = TypeVar("T")

CLOSED = Sentence("Store", "The stored bars are closed already: the desk is stopping.")

_PAGE = 16_384  # bytes; a chunk takes four, and is read in six tenths of the time that 4096 take
_LOG_PAGES = 256
_BUSY_AT_CLOSE_MS = 50  # somebody who reads must not hold up the desk's end
_BREATH_S = 0.000_05

_NEWER = Sentence("Store", "it was made by a newer version of the desk; start that one")
_OLDER = Sentence("Store", "it was made by an older version of the desk; start the desk once")
_DAMAGED = Sentence("Store", "it is damaged; start the desk once to mend it")
_MENDED = Sentence(
    "Store",
    "The file of the stored bars was damaged. What could be read of it, {bars} bars, is in a new "
    "file; the damaged one is kept as {file}. The desk asks the vendor again for what is missing.",
)
_MENDED_BEFORE = Sentence(
    "Store",
    "The file of the stored bars was damaged; it is kept beside the new one, which has what "
    "could be read of it. The desk asks the vendor again for what is missing.",
)


class CandleFile:
    """One database file.

    Args:
        read_only: open it beside the desk that writes it. Nothing is made, mended or migrated;
            no file is an empty store.
        migrations: see ``candle_tables.MIGRATIONS``.
        refill: puts what a wreck still holds into a new file, returns the count of bars.

    Attributes:
        note: a sentence for the person where the file was found damaged, else "".
        stop_at_s: when work gives up, by the monotonic clock; may be set from another thread.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock,
        read_only: bool,
        migrations: Sequence[str],
        refill: Callable[[Wreck, "CandleFile"], int],
    ) -> None:
        self.note = ""
        self.stop_at_s = float("inf")
        self._path = path
        self._clock = clock
        self._read_only = read_only
        self._migrations = migrations
        self._refill = refill
        self._database: sqlite3.Connection | None = None
        self._hopeless: StoreError | None = None  # damaged, and that could not be mended

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return what ``work`` reads at one moment of the file; see ``write``."""
        return self._do_or_mend(work, "BEGIN")

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Have ``work`` write, all of it or nothing, opening the file where needed.

        Where it meets damage, that is mended and the work done again. Raises StoreError.
        """
        return self._do_or_mend(work, "BEGIN IMMEDIATE")

    def close(self) -> None:
        """Bring everything into the file itself and let go of it; safe to repeat."""
        try:
            if self._database is not None and not self._read_only:
                self._database.execute(f"PRAGMA busy_timeout = {_BUSY_AT_CLOSE_MS}")
                self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            raise tables.refused(self._path, tables.why(error)) from None
        finally:
            self.drop()

    def drop(self) -> None:
        """Let go of the file as it is; safe to repeat."""
        database, self._database = self._database, None
        if database is not None:
            with contextlib.suppress(sqlite3.Error):
                database.close()

    def breathe(self) -> None:
        """Let another thread have the interpreter; StoreError where the desk is stopping."""
        self._go_on()
        time.sleep(_BREATH_S)

    def _go_on(self) -> None:
        if self._clock.monotonic() >= self.stop_at_s:
            raise StoreError(CLOSED)

    def _do_or_mend(self, work: Callable[[sqlite3.Connection], T], begin: str) -> T:
        self._go_on()
        if self._hopeless is not None:
            raise self._hopeless
        try:
            try:
                return self._do(work, begin)
            except DamagedError:
                pass
            except sqlite3.DatabaseError as error:
                if tables.code_of(error) not in tables.DAMAGE:
                    raise
            if self._read_only:
                raise tables.refused(self._path, _DAMAGED)
            self._mend()
            return self._do(work, begin)
        except DamagedError:
            raise tables.refused(self._path, _DAMAGED) from None
        except sqlite3.Error as error:
            raise tables.refused(self._path, tables.why(error)) from None
        except OSError as error:
            raise tables.refused(self._path, reason(error)) from None

    def _do(self, work: Callable[[sqlite3.Connection], T], begin: str) -> T:
        database = self._database or self._connect()
        database.execute(begin)
        try:
            done = work(database)
            database.execute("COMMIT")
        except BaseException:
            _roll_back(database)
            raise
        return done

    # opening

    def _connect(self) -> sqlite3.Connection:
        try:
            if self._read_only:
                return self._connect_to_read()
            make_private(self._path.parent)
            self._finish_mending()
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            self._database = sqlite3.connect(self._path, timeout=1, isolation_level=None)
            self._prepare(self._database)
        except BaseException:
            self.drop()
            raise
        return self._database

    def _connect_to_read(self) -> sqlite3.Connection:
        if self._path.exists() and self._path.stat().st_size:
            self._database = read_only(self._path)
            version = _version(self._database)
            if version != len(self._migrations):
                old = version < len(self._migrations)
                raise tables.refused(self._path, _OLDER if old else _NEWER)
            _check(self._database)
        else:
            self._database = sqlite3.connect(":memory:", isolation_level=None)
            self._migrate(self._database, 0)
        self._database.execute("PRAGMA query_only = ON")
        return self._database

    def _prepare(self, database: sqlite3.Connection) -> None:
        version = _version(database)
        if version > len(self._migrations):
            raise tables.refused(self._path, _NEWER)
        if version == 0:
            if database.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
                raise DamagedError("not a store of candles")
            database.execute(f"PRAGMA page_size = {_PAGE}")
        database.execute("PRAGMA journal_mode = WAL")
        # A power cut may cost the last bars, which are asked for again, but never breaks the file.
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
        self._migrate(database, version)
        if version:
            _check(database)

    def _migrate(self, database: sqlite3.Connection, version: int) -> None:
        for number, script in enumerate(self._migrations[version:], start=version + 1):
            try:
                database.executescript(
                    f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT"
                )
            except BaseException:
                _roll_back(database)
                raise

    # damage

    @property
    def _rescued(self) -> Path:
        return self._path.with_name(f"{self._path.stem}.rescued{self._path.suffix}")

    def _mend(self) -> None:
        """Put a new file in the place of the damaged one, with what can be read of that."""
        self.drop()
        try:
            self._rebuild()
        except (OSError, sqlite3.Error, StoreError) as error:
            with contextlib.suppress(OSError):
                remove_database(self._rescued)
            self._go_on()  # given up because the desk stops: the next start mends it
            self._hopeless = _hopeless(self._path, error)
            raise self._hopeless from None

    def _rebuild(self) -> None:
        new = self._rescued
        remove_database(new)
        file = CandleFile(
            new,
            clock=self._clock,
            read_only=False,
            migrations=self._migrations,
            refill=self._refill,
        )
        try:
            with Wreck(self._path, _PAGE, self.breathe) as wreck:
                bars = self._refill(wreck, file)
            file.close()
        finally:
            file.drop()
        # From here on the new file is whole: a start that finds it without the other takes it.
        aside = set_aside(self._path, self._clock)
        for suffix in ("-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                _beside(self._path, suffix).replace(_beside(aside, suffix))
        new.replace(self._path)
        self.note = _MENDED.format(bars=bars, file=aside.name)

    def _finish_mending(self) -> None:
        """Go on where a crash came between setting the old file aside and taking the new one."""
        if self._path.exists() or not self._rescued.exists():
            return
        for suffix in ("-wal", "-shm"):
            if _beside(self._path, suffix).exists():
                set_aside(_beside(self._path, suffix), self._clock)
        self._rescued.replace(self._path)
        self.note = _MENDED_BEFORE


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _check(database: sqlite3.Connection) -> None:
    """Raise DamagedError unless the small tables are whole and the large one is there."""
    present = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    if not present.issuperset(tables.PRESENT):
        raise DamagedError("a table is missing")
    for table in tables.CHECKED:
        (verdict,) = database.execute(f"PRAGMA integrity_check('{table}')").fetchone()
        if verdict != "ok":
            raise DamagedError("a table is damaged")


def _roll_back(database: sqlite3.Connection) -> None:
    if database.in_transaction:
        with contextlib.suppress(sqlite3.Error):
            database.execute("ROLLBACK")


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _hopeless(path: Path, error: OSError | sqlite3.Error | StoreError) -> StoreError:
    if isinstance(error, StoreError):
        return error
    words = Sentence("Store", "it is damaged, and could not be mended: {why}")
    why = reason(error) if isinstance(error, OSError) else tables.why(error)
    return tables.refused(path, words.format(why=why))
