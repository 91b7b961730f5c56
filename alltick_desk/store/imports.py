"""The product lists that a person imported: a file each, so that damage costs only one."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import Instrument, Market, Source
from alltick_desk.store.fields import rows, table, text, whole
from alltick_desk.store.files import read_json, remove, write_json

if TYPE_CHECKING:
    from alltick_desk.clock import Clock

LONGEST_NAME = 80  # of a list: its file is named after it

log = logging.getLogger(__name__)


class ImportedList(NamedTuple):
    """A product list.

    Attributes:
        name: by which the person knows it: of the file that it came from.
        vendor: whose codes they are, "" where nobody said.
        imported_ms: when, Unix milliseconds.
    """

    name: str
    vendor: str
    imported_ms: int
    instruments: tuple[Instrument, ...]

    @property
    def source(self) -> Source:
        """What the catalogue knows it as."""
        return Source(self.name, self.vendor, personal=True)


class ImportStore:
    """Loads, saves and removes lists under ``folder``; blocking, up to a tenth of a second each."""

    def __init__(self, folder: Path, clock: "Clock") -> None:
        self._folder = folder
        self._clock = clock
        self._forbidden: dict[Path, str] = {}  # what could be neither read nor set aside

    def load(self) -> tuple[list[ImportedList], list[str]]:
        """Return the lists, the oldest first, and sentences about files that were no good."""
        found: list[ImportedList] = []
        notes: list[str] = []
        for path in sorted(self._folder.glob("*.json")):
            if ".damaged-" in path.name:
                continue
            try:
                loaded = read_json(path, _read, lambda: None, self._clock)
            except StoreError as error:
                self._forbidden[path] = str(error)
                notes.append(str(error))
                continue
            if loaded.note:
                notes.append(loaded.note)
            if loaded.value is not None:
                found.append(loaded.value)
        found.sort(key=lambda one: (one.imported_ms, one.name))
        return found, notes

    def save(self, one: ImportedList) -> None:
        """Save a list, in the place of one with its name; StoreError where the disk refuses."""
        path = self._path(one.name)
        if path in self._forbidden:
            raise StoreError(self._forbidden[path])
        write_json(path, _document(one))

    def remove(self, name: str) -> None:
        """Delete a list; StoreError where the disk refuses."""
        remove(self._path(name))

    def _path(self, name: str) -> Path:
        return self._folder / f"{quote(name[:LONGEST_NAME], safe=' ')}.json"


def _read(document: object) -> ImportedList:
    file = table(document)
    markets = {market.value: market for market in Market}
    instruments = []
    for row in rows(file.get("instruments")):
        code, name_en, name_zh, market, name_hant = text(row).split("\t")
        instruments.append(
            Instrument(code, name_en, name_zh, markets.get(market, Market.UNKNOWN), name_hant)
        )
    return ImportedList(
        text(file.get("name")),
        text(file.get("vendor", "")),
        whole(file.get("imported_ms")),
        tuple(instruments),
    )


def _document(one: ImportedList) -> dict[str, object]:
    """Write an instrument as one text: tables in tables would take ten times as long to read."""
    return {
        "name": one.name,
        "vendor": one.vendor,
        "imported_ms": one.imported_ms,
        "instruments": [
            "\t".join(_flat(it) for it in (code, name_en, name_zh, market.value, name_hant))
            for code, name_en, name_zh, market, name_hant in one.instruments
        ],
        "version": 1,
    }


def _flat(value: str) -> str:
    return " ".join(value.split())
