"""The file that remembers what a token spent, for limits that outlive the program.

What ``spend`` and ``connecting`` write is on the disk when they return, power cut or not; calls
that come together share one commit. The rest waits for the next commit: should a crash come first,
the next run takes it for the worse.

Times in the file are milliseconds of a time line that starts with the machine's clock when the
file is opened and then runs by the monotonic clock. How far the machine's clock has moved away
from it is written with every commit, and the next run moves the times by that. So a clock that is
set while the desk runs changes no call's age, as far as a commit came after. Between two runs
there is only the machine's clock: what then lies in the future is taken for now.

The file is named by the vendor and by a hash of the token with a salt that lies beside it; it holds
no token.
"""

import asyncio
import hashlib
import itertools
import math
import os
import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from alltick_desk.clock import Clock
from alltick_desk.errors import StoreError
from alltick_desk.model.spending import BUCKET_S, Spent
from alltick_desk.store import budget_tables as tables
from alltick_desk.store.budget_tables import BudgetTables, Statement, refused
from alltick_desk.store.files import new_beside, reason

T = TypeVar("T")

RECENT_S = 600.0  # how long a call is remembered by itself, unless ``keep`` asks for more
TIDY_S = 60.0

_SALT = "budget.salt"
_SALT_BYTES = 32


def budget_path(folder: Path, vendor: str, token: str) -> Path:
    """Return the budget file of a vendor's token in ``folder``; it does not give the token away.

    Two vendors count apart, also where somebody gave both the same text for a token.

    Makes the folder and the salt where they are missing; raises StoreError.
    """
    tables.make_private(folder)
    path = folder / _SALT
    try:
        try:
            salt = path.read_bytes()
        except FileNotFoundError:
            salt = _write_salt(path)
    except OSError as error:
        raise refused(path, reason(error)) from None
    name = hashlib.pbkdf2_hmac("sha256", token.encode(), salt, 10_000, dklen=12).hex()
    return folder / f"budget-{vendor}-{name}.sqlite3"


def _write_salt(path: Path) -> bytes:
    salt = secrets.token_bytes(_SALT_BYTES)
    beside = new_beside(path)
    beside.unlink(missing_ok=True)  # a crash may have left one
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
        file.write(salt)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return salt


class BudgetFile:
    """One token's record on disk: the ledger of ``feed.throttle``.

    ``note`` is a sentence for the person where the file was found damaged, else "".
    """

    def __init__(self, path: Path, *, clock: Clock) -> None:
        self.note = ""
        self._tables = BudgetTables(path, clock)  # used on the thread alone
        self._clock = clock
        self._start_ms = float(clock.wall_ms())
        self._start_s = clock.monotonic()
        self._keep_s = RECENT_S
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="budget")
        self._entries: itertools.count[int] | None = None  # known once the file is open
        self._opening = asyncio.Lock()
        # What the next commit takes along: with somebody waiting for it, or when convenient.
        self._orders: list[Statement] = []
        self._notes: list[Statement] = []
        self._waiters: list[asyncio.Future[None]] = []
        self._commit: asyncio.Future[None] | None = None
        self._tidied_s = self._start_s
        self._closed = False

    async def load(self) -> Spent:
        """Return what the token spent in the last 24 hours; raises StoreError."""
        await self._open()
        if self._notes:
            await self._write([])
        return await self._run(lambda: self._tables.read(math.floor(self._now_ms())))

    def keep(self, seconds: float) -> None:
        """Remember single calls for at least so long, ten minutes if less."""
        self._keep_s = max(RECENT_S, seconds)

    async def spend(self, call: str) -> int:
        """Count one call that is about to go and return its number; raises StoreError."""
        entries = await self._open()
        entry = next(entries)
        now_ms = math.ceil(self._now_ms())
        bucket = now_ms // int(BUCKET_S * 1000)
        try:
            await self._write(
                [(tables.COUNT, (bucket, now_ms)), (tables.SPEND, (entry, call, now_ms, bucket))]
            )
        except asyncio.CancelledError:
            self.cancelled(entry)
            raise
        return entry

    def sent(self, entry: int) -> None:
        """Note that the call went just now; written with the next commit."""
        now_ms = math.ceil(self._now_ms())
        self._notes += [(tables.SENT, (now_ms, entry)), (tables.SENT_DAY, (now_ms, entry))]

    def cancelled(self, entry: int) -> None:
        """Note that the call did not go; the day's count keeps it."""
        self._notes.append((tables.CANCELLED, (entry,)))

    async def connecting(self, socket: str) -> None:
        """Note that a socket is about to be opened; raises StoreError."""
        await self._open()
        await self._write([(tables.SOCKET, (socket, math.ceil(self._now_ms()), 1))])

    def closed(self, socket: str) -> None:
        """Note that a socket is closed; written with the next commit."""
        self._notes.append((tables.SOCKET, (socket, math.ceil(self._now_ms()), 0)))

    async def close(self) -> None:
        """Write what is left and let go of the file; safe to repeat. Raises StoreError."""
        if self._closed:
            return
        self._closed = True
        try:
            while self._commit is not None:
                await asyncio.wait([self._commit])
            if self._entries is not None:
                moved = (tables.FACT, ("moved_ms", self._moved_ms()))
                notes, self._notes = self._notes, []
                await self._run(lambda: self._tables.close([*notes, moved]))
        finally:
            self._thread.submit(self._tables.drop)  # where the close was cut short
            self._thread.shutdown(wait=False)

    def _now_ms(self) -> float:
        return self._start_ms + (self._clock.monotonic() - self._start_s) * 1000

    def _moved_ms(self) -> int:
        """Return how far the machine's clock has moved since the file was opened."""
        return self._clock.wall_ms() - math.floor(self._now_ms())

    def _run(self, work: Callable[[], T]) -> "asyncio.Future[T]":
        return asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def _open(self) -> "itertools.count[int]":
        if self._closed:
            raise StoreError(tables.CLOSED)
        if self._entries is None:
            async with self._opening:
                if self._entries is None:
                    now_ms = math.floor(self._now_ms())
                    last, self.note = await self._run(lambda: self._tables.open(now_ms))
                    self._entries = itertools.count(last + 1)
        return self._entries

    async def _write(self, statements: Sequence[Statement]) -> None:
        """Have the statements on disk; they share a commit with all that come meanwhile."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._orders += statements
        self._waiters.append(done)
        self._start_commit()
        await done

    def _start_commit(self) -> None:
        if self._commit is not None or not self._waiters:
            return
        self._tidy()
        orders, self._orders = self._orders, []
        waiters, self._waiters = self._waiters, []
        notes, self._notes = self._notes, []
        moved = (tables.FACT, ("moved_ms", self._moved_ms()))
        batch = [*notes, *orders, moved]  # in the order in which things happened

        def finished(commit: asyncio.Future[None]) -> None:
            self._commit = None
            error = None if commit.cancelled() else commit.exception()
            if error is not None:
                self._notes = notes + self._notes
            for waiter in waiters:
                if waiter.done():
                    continue
                if error is None:
                    waiter.set_result(None)
                else:
                    waiter.set_exception(error)
            self._start_commit()

        self._commit = self._run(lambda: self._tables.commit(batch))
        self._commit.add_done_callback(finished)

    def _tidy(self) -> None:
        """Forget, once a minute, what no limit looks at any more."""
        now_s = self._clock.monotonic()
        if self._tidied_s + TIDY_S <= now_s:
            self._tidied_s = now_s
            now_ms = math.floor(self._now_ms())
            self._notes += [
                (tables.FORGET_RECENT, (now_ms - int(self._keep_s * 1000),)),
                (tables.FORGET_DAY, (now_ms - int(tables.DAY_KEPT_S * 1000),)),
            ]
