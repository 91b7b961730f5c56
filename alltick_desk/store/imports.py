"""The product lists that a person imported: a file each, so that damage costs only one."""

import contextlib
import logging
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import Instrument, Market, Source
from alltick_desk.store.fields import rows, table, text, whole
from alltick_desk.store.files import file_name, is_set_aside, read_json, remove, write_json

if TYPE_CHECKING:
    from alltick_desk.clock import Clock

LONGEST_NAME = 80  # characters of a list's

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
    """Loads, saves and removes lists under ``folder``; blocking, up to a tenth of a second each.

    Names that differ in case only are one. Earlier versions of the desk had other names for the
    files: what they kept is read, and goes once the list is saved anew.
    """

    def __init__(self, folder: Path, clock: "Clock") -> None:
        self._folder = folder
        self._clock = clock
        self._forbidden: dict[Path, str] = {}  # what could be neither read nor set aside

    def load(self) -> tuple[list[ImportedList], list[str]]:
        """Return the lists, the oldest first, and sentences about files that were no good."""
        found: dict[str, ImportedList] = {}
        notes: list[str] = []
        for path in sorted(self._folder.glob("*.json")):
            if is_set_aside(path):
                continue
            try:
                loaded = read_json(path, _read, lambda: None, self._clock)
            except StoreError as error:
                self._forbidden[path] = str(error)
                notes.append(str(error))
                continue
            if loaded.note:
                notes.append(loaded.note)
            one = loaded.value
            if one is not None:  # of two with one name a crash left the older
                known = found.setdefault(one.name.casefold(), one)
                found[one.name.casefold()] = max(known, one, key=lambda it: it.imported_ms)
        return sorted(found.values(), key=lambda it: (it.imported_ms, it.name)), notes

    def save(self, one: ImportedList) -> None:
        """Save a list, in the place of one with its name; StoreError where the disk refuses."""
        path, earlier = self._path(one.name), self._earlier(one.name)
        for known in (path, *earlier):
            if known in self._forbidden:
                raise StoreError(self._forbidden[known])
        write_json(path, _document(one), called=one.name)
        for old in earlier:
            with contextlib.suppress(StoreError):  # the newer one counts
                remove(old)

    def remove(self, name: str) -> None:
        """Delete a list; StoreError where the disk refuses."""
        for path in (*self._earlier(name), self._path(name)):
            remove(path)

    def _path(self, name: str) -> Path:
        return self._folder / file_name(name.casefold())

    def _earlier(self, name: str) -> list[Path]:
        """Return the files in which earlier versions of the desk kept a list."""
        folded = name[:LONGEST_NAME].casefold()
        paths = self._folder.glob("*.json")
        return [path for path in paths if unquote(path.stem).casefold() == folded]


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
