"""Rolling backups of one small file, under names with the time in them.

The newest ``NEWEST`` are kept, and of the ``DAYS`` latest days that have any the newest one. No
backup goes because time has passed, only because newer ones came.

A clock that was ahead and was set right would have new backups come before old ones. So where the
newest backup lies in the future, the names that follow count one setback more than it does.
"""

import contextlib
import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from alltick_desk.errors import StoreError
from alltick_desk.store.files import remove, write_bytes

if TYPE_CHECKING:
    from alltick_desk.clock import Clock

NEWEST = 20
DAYS = 30

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(
    r".+?(-(?P<setbacks>[0-9]{1,9}))?-(?P<stamp>[0-9]{8}T[0-9]{6}Z)(-(?P<turn>[0-9]{1,9}))?\.json"
)


class Made(NamedTuple):
    """What a backup's name says: when it was made (Unix seconds). The later one is the larger."""

    setbacks: int  # of the clock, before it was made
    time_s: int
    turn: int  # among those made in one second
    name: str

    @property
    def day(self) -> int:
        """The day of its making, in UTC."""
        return self.time_s // 86_400


def made(name: str) -> Made | None:
    """Read a backup's name; None for any other file's."""
    from calendar import timegm  # late: the first window needs no backup

    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        time_s = timegm(time.strptime(found["stamp"], _STAMP))
    except ValueError:
        return None  # there is no such time
    return Made(int(found["setbacks"] or 0), time_s, int(found["turn"] or 1), name)


def surplus(names: Iterable[str]) -> frozenset[str]:
    """Return which backups may go; what is no backup's name is never among them."""
    ordered = sorted((it for name in names if (it := made(name)) is not None), reverse=True)
    newest_of_day: dict[int, Made] = {}
    for backup in ordered:
        newest_of_day.setdefault(backup.day, backup)
    kept = {*ordered[:NEWEST], *list(newest_of_day.values())[:DAYS]}
    return frozenset(backup.name for backup in ordered if backup not in kept)


class Backups:
    """The backups of ``path`` in ``folder``, which the first one makes; blocking."""

    def __init__(self, path: Path, folder: Path, clock: "Clock") -> None:
        self._path = path
        self._folder = folder
        self._clock = clock

    def files(self) -> list[tuple[Made, Path]]:
        """Return the backups that there are, the newest first."""
        try:
            paths = list(self._folder.glob(f"{self._path.stem}-*.json"))
        except OSError:
            return []  # a folder that cannot be looked into has none to offer
        found = [(it, path) for path in paths if (it := made(path.name)) is not None]
        return sorted(found, reverse=True)

    def make(self) -> None:
        """Copy the file as it is, unless the newest backup has it or there is none.

        Raises StoreError where the disk refuses.
        """
        data = _read(self._path)
        there = self.files()
        if data is None or (there and _read(there[0][1]) == data):
            return
        newest = there[0][0] if there else None
        write_bytes(self._folder / self._name_after(newest), data)
        for name in surplus(path.name for _, path in self.files()):
            with contextlib.suppress(StoreError):  # one too many harms nobody
                remove(self._folder / name)

    def _name_after(self, newest: Made | None) -> str:
        """Return the name for now; of the order of names it is the last."""
        now_s, setbacks, turn = self._clock.wall_ms() // 1000, 0, 1
        if newest is not None:
            setbacks = newest.setbacks + (now_s < newest.time_s)
            turn = newest.turn + 1 if now_s == newest.time_s else 1
        words = [self._path.stem, time.strftime(_STAMP, time.gmtime(now_s))]
        if setbacks:
            words.insert(1, str(setbacks))
        if turn > 1:
            words.append(str(turn))
        return "-".join(words) + ".json"


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
