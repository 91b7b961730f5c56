"""What a person drew, one small file an instrument, written as it changes.

A file is replaced whole, and the one before it is kept beside it. Where a file cannot be read it
is set aside, and the one before it takes its place. A file of no drawings is taken away.

All of it is read and written on one thread of the store's own, in the order of the calls; of
drawings that change faster than the disk takes them only the newest are written.
"""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from msgspec.structs import replace

from alltick_desk.errors import SettingsError, StoreError
from alltick_desk.model.drawing_sheet import Sheet, read_sheet, write_sheet
from alltick_desk.model.drawings import Drawing, DrawingError
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.words import Sentence, joined
from alltick_desk.observe import Hook
from alltick_desk.store.files import Loaded, file_name, read_json, remove, write_json

if TYPE_CHECKING:
    from alltick_desk.clock import Clock


class DrawingFiles:
    """Loads and saves under ``folder``; blocking, for one thread.

    A file that could be neither read nor set aside is not written in this run. ``writes`` is False
    where a file that is put back is not to be written either.
    """

    def __init__(self, folder: Path, clock: "Clock", *, writes: bool = True) -> None:
        self._folder = folder
        self._clock = clock
        self._writes = writes
        self._forbidden: dict[Path, str] = {}

    def path(self, key: InstrumentKey) -> Path:
        """Return where an instrument's drawings lie."""
        return self._folder / quote(key.vendor, safe="") / file_name(key.code)

    def load(self, key: InstrumentKey) -> Loaded[Sheet]:
        """Return an instrument's drawings, with a note where its file was no good."""
        path = self.path(key)
        loaded = self._read(path)
        if not loaded.note or path in self._forbidden:
            return Loaded(loaded.value or Sheet(), loaded.note)
        before = self._read(_before(path))
        if before.value is None:
            return Loaded(Sheet(), joined(loaded.note, before.note))
        words = Sentence("Store", "The drawings are as they were before the last change.")
        note = joined(loaded.note, words)
        if self._writes:
            try:
                write_json(path, _document(key, before.value))
            except StoreError as error:
                note = joined(note, str(error))
        return Loaded(before.value, note)

    def save(self, key: InstrumentKey, drawings: tuple[Drawing, ...]) -> str:
        """Save an instrument's drawings; StoreError where the disk refuses.

        Returns a note where there was a file that could not be read.
        """
        path = self.path(key)
        there = self._read(path)
        if path in self._forbidden:
            raise StoreError(self._forbidden[path])
        sheet = replace(there.value or Sheet(), drawings=drawings)
        if sheet == there.value:
            return ""  # and the one before stays what it is
        if there.value is not None:
            write_json(_before(path), _document(key, there.value))
        if drawings or sheet.rest:
            write_json(path, _document(key, sheet))
        else:
            remove(path)
        return there.note

    def _read(self, path: Path) -> Loaded[Sheet | None]:
        if path in self._forbidden:
            return Loaded(None, self._forbidden[path])
        try:
            return read_json(path, _read_document, _nothing, self._clock)
        except StoreError as error:
            self._forbidden[path] = str(error)
            return Loaded(None, str(error))


class DrawingStore:
    """The drawings of a profile, off the event loop.

    Args:
        folder: made with the first file.
        writes: False where another desk holds the profile; then nothing is saved.

    Attributes:
        noted: emitted with a sentence for the person where a file could not be read or written.
    """

    def __init__(self, folder: Path, *, clock: "Clock", writes: bool = True) -> None:
        self._files = DrawingFiles(folder, clock, writes=writes)  # on the thread alone
        self._writes = writes
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="drawings")
        self._lock = threading.Lock()
        self._unsaved: dict[InstrumentKey, tuple[Drawing, ...]] = {}
        self._queued: set[InstrumentKey] = set()
        self._closed = False
        self.noted: Hook[[str]] = Hook()

    async def load(self, key: InstrumentKey) -> tuple[Drawing, ...]:
        """Return an instrument's drawings, the lowest first, as they were saved last."""
        loop = asyncio.get_running_loop()
        drawings, note = await loop.run_in_executor(self._thread, self._load, key)
        if note:
            self.noted.emit(note)
        return drawings

    def save(self, key: InstrumentKey, drawings: tuple[Drawing, ...]) -> None:
        """Save an instrument's drawings as soon as the disk allows; returns at once.

        What the disk refused is kept, and tried again with the next change and at the close.
        """
        if not self._writes or self._closed:
            return
        with self._lock:
            self._unsaved[key] = drawings
            waiting = tuple(name for name in self._unsaved if name not in self._queued)
        self._queue(waiting)

    async def close(self) -> None:
        """Save what is not saved yet and end the thread; safe to repeat."""
        if self._closed:
            return
        self._closed = True
        with self._lock:
            waiting = tuple(name for name in self._unsaved if name not in self._queued)
        self._queue(waiting)
        await asyncio.get_running_loop().run_in_executor(self._thread, _nothing)
        self._thread.shutdown(wait=False)

    def _queue(self, keys: tuple[InstrumentKey, ...]) -> None:
        loop = asyncio.get_running_loop()
        for key in keys:
            with self._lock:
                self._queued.add(key)
            loop.run_in_executor(self._thread, self._write, key).add_done_callback(self._tell)

    def _load(self, key: InstrumentKey) -> tuple[tuple[Drawing, ...], str]:
        with self._lock:
            unsaved = self._unsaved.get(key)
        if unsaved is not None:
            return unsaved, ""
        sheet, note = self._files.load(key)
        return sheet.drawings, note

    def _write(self, key: InstrumentKey) -> str:
        with self._lock:
            self._queued.discard(key)
            drawings = self._unsaved.get(key)
        if drawings is None:
            return ""  # the write before this one took it along
        note = self._files.save(key, drawings)
        with self._lock:
            if self._unsaved.get(key) is drawings:
                del self._unsaved[key]
        return note

    def _tell(self, written: "asyncio.Future[str]") -> None:
        try:
            note = written.result()
        except StoreError as error:
            note = str(error)
        if note:
            self.noted.emit(note)


def _before(path: Path) -> Path:
    return path.with_suffix(".before.json")


def _document(key: InstrumentKey, sheet: Sheet) -> dict[str, Any]:
    return {"instrument": str(key), **write_sheet(sheet)}  # the first line is for people


def _read_document(document: object) -> Sheet:
    if isinstance(document, dict):
        document = {name: value for name, value in document.items() if name != "instrument"}
    try:
        return read_sheet(document)
    except DrawingError as error:
        raise SettingsError(str(error)) from None


def _nothing() -> None:
    return None
