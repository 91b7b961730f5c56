"""What vendors told of instruments and the desk keeps for days: reference data, closes, bars.

One small file a vendor and a kind, so that one that is damaged costs nothing but itself: it is set
aside, and what was in it is asked for again.
"""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

import msgspec

from alltick_desk.errors import StoreError
from alltick_desk.model.reference import DayClose, StaticInfo
from alltick_desk.store.files import read_json, write_json

if TYPE_CHECKING:
    from alltick_desk.clock import Clock

T = TypeVar("T")

log = logging.getLogger(__name__)


class KeptInfo(msgspec.Struct, frozen=True):
    """Reference data, and when the vendor gave them, Unix milliseconds."""

    fetched_ms: int
    info: StaticInfo


class KeptDay(msgspec.Struct, frozen=True):
    """A day of bars and when the vendor gave it, Unix milliseconds.

    Each bar has its end, Unix seconds, and its close.
    """

    code: str
    fetched_ms: int
    ends_s: list[int]
    closes: list[float]


class FigureStore:
    """Loads and saves figures under ``folder``; blocking, up to a tenth of a second each.

    ``writes`` is False where another desk holds the profile: then nothing is saved.
    """

    def __init__(self, folder: Path, clock: "Clock", *, writes: bool = True) -> None:
        self._folder = folder
        self._clock = clock
        self._writes = writes
        self._forbidden: set[Path] = set()  # what could be neither read nor set aside

    def load_closes(self, vendor: str) -> list[DayClose]:
        """Return the closes of a vendor's instruments; none where they cannot be used."""
        return self._load(self._path(vendor, "closes"), list[DayClose])

    def save_closes(self, vendor: str, closes: Sequence[DayClose]) -> None:
        """Save a vendor's closes; StoreError where the disk refuses."""
        self._save(self._path(vendor, "closes"), closes)

    def load_static(self, vendor: str) -> list[KeptInfo]:
        """Return the reference data of a vendor's instruments; none where they cannot be used."""
        return self._load(self._path(vendor, "static"), list[KeptInfo])

    def save_static(self, vendor: str, infos: Sequence[KeptInfo]) -> None:
        """Save a vendor's reference data; StoreError where the disk refuses."""
        self._save(self._path(vendor, "static"), infos)

    def load_days(self, vendor: str) -> list[KeptDay]:
        """Return the days of bars of a vendor's instruments; none where they cannot be used."""
        return self._load(self._path(vendor, "days"), list[KeptDay])

    def save_days(self, vendor: str, days: Sequence[KeptDay]) -> None:
        """Save a vendor's days of bars; StoreError where the disk refuses."""
        self._save(self._path(vendor, "days"), days)

    def _path(self, vendor: str, kind: str) -> Path:
        return self._folder / quote(vendor, safe="") / f"{kind}.json"

    def _load(self, path: Path, shape: type[list[T]]) -> list[T]:
        def parse(document: object) -> list[T]:
            rows: list[T] = msgspec.convert(document, shape)
            return rows

        nothing: Callable[[], list[T]] = list
        try:
            loaded = read_json(path, parse, nothing, self._clock)
        except StoreError as error:
            self._forbidden.add(path)
            log.warning("%s", error)
            return []
        if loaded.note:
            log.warning("%s", loaded.note)
        return loaded.value

    def _save(
        self, path: Path, rows: Sequence[DayClose] | Sequence[KeptInfo] | Sequence[KeptDay]
    ) -> None:
        if self._writes and path not in self._forbidden:
            write_json(path, rows)
