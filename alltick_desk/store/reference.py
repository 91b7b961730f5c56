"""What vendors list and the desk keeps: instruments by name, and the days markets are closed.

One small file a list, so that one that is damaged costs nothing but itself: it is set aside, and
the list is fetched again.
"""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import quote

import msgspec

from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import Instrument
from alltick_desk.model.reference import TradingDay
from alltick_desk.store.files import read_json, write_json

if TYPE_CHECKING:
    from alltick_desk.clock import Clock

T = TypeVar("T")

log = logging.getLogger(__name__)


class Kept(msgspec.Struct, Generic[T], frozen=True):
    """A list, and when the vendor gave it, Unix milliseconds."""

    fetched_ms: int
    rows: tuple[T, ...]


class ReferenceStore:
    """Loads and saves lists under ``folder``; blocking, up to a tenth of a second each.

    Lists are named by vendor and by the vendor's own name of the list or region.
    """

    def __init__(self, folder: Path, clock: "Clock") -> None:
        self._folder = folder
        self._clock = clock
        self._forbidden: set[Path] = set()  # what could be neither read nor set aside

    def load_directory(self, vendor: str, name: str) -> Kept[Instrument] | None:
        """Return a list of instruments; None where there is none that can be used."""
        return self._load(self._path(vendor, "list", name), _read_directory)

    def save_directory(self, vendor: str, name: str, instruments: Sequence[Instrument]) -> None:
        """Save a list as of now; StoreError where the disk refuses."""
        self._save(self._path(vendor, "list", name), instruments)

    def load_calendar(self, vendor: str, region: str) -> Kept[TradingDay] | None:
        """Return a region's days; None where there are none that can be used."""
        return self._load(self._path(vendor, "days", region), _read_calendar)

    def save_calendar(self, vendor: str, region: str, days: Sequence[TradingDay]) -> None:
        """Save a region's days as of now; StoreError where the disk refuses."""
        self._save(self._path(vendor, "days", region), days)

    def _path(self, vendor: str, kind: str, name: str) -> Path:
        return self._folder / quote(vendor, safe="") / f"{kind}-{quote(name, safe='')}.json"

    def _load(self, path: Path, parse: Callable[[object], Kept[T]]) -> Kept[T] | None:
        try:
            loaded = read_json(path, parse, _nothing, self._clock)
        except StoreError as error:
            self._forbidden.add(path)
            log.warning("%s", error)
            return None
        if loaded.note:
            log.warning("%s", loaded.note)
        return loaded.value

    def _save(self, path: Path, rows: Sequence[Instrument] | Sequence[TradingDay]) -> None:
        if path not in self._forbidden:
            write_json(path, {"fetched_ms": self._clock.wall_ms(), "rows": rows})


def _nothing() -> None:
    return None


def _read_directory(document: object) -> Kept[Instrument]:
    return msgspec.convert(document, Kept[Instrument])


def _read_calendar(document: object) -> Kept[TradingDay]:
    return msgspec.convert(document, Kept[TradingDay])
