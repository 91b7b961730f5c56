"""Chunks carved out of the pages of a database whose tables cannot be walked any more.

A row of the chunk table lies on a page as its small columns and the first part of its blob, then
the number of the page where the blob goes on; there each page begins with the number of the next.
How much lies where follows from the length of the row; see SQLite's "Database File Format", 1.6.
The checksum in the blob tells whether it was put together rightly.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from alltick_desk.store.candle_chunks import MAGIC, Chunk, DamagedError, size_of, unpack

# The bytes of a row before its blob: at least the kinds of its columns, at most eight more each.
_BEFORE_BLOB = range(7, 64)

_NUMBER = 4  # bytes of a page's number


class Find(NamedTuple):
    """Where a whole chunk lies. In order of their writing; ``here`` of its bytes are in a piece."""

    stamp_ms: int
    page: int
    at: int
    size: int
    here: int


class Carving:
    """A database file as nothing but pages.

    Args:
        file: it is read, and moved about in.
        page: the size of one, bytes.
        breathe: called once a page.
    """

    def __init__(self, file: BinaryIO, page: int, breathe: Callable[[], None]) -> None:
        self._file = file
        self._size = page
        self._pages = file.seek(0, os.SEEK_END) // page
        self._breathe = breathe

    def finds(self) -> Iterator[Find]:
        """Give every whole chunk, among them such as were replaced and not yet written over."""
        for number in range(1, self._pages + 1):
            self._breathe()
            data = self._page(number)
            at = data.find(MAGIC)
            while at >= 0:
                yield from self._find(number, data, at)
                at = data.find(MAGIC, at + 1)

    def chunk(self, find: Find) -> Chunk:
        """Return what was found; DamagedError where it is not there any more."""
        return self._chunk(self._page(find.page), *find[2:])

    def _find(self, number: int, data: bytes, at: int) -> Iterator[Find]:
        size = size_of(data[at:])
        if size is None:
            return
        for here in {_local(self._size, before + size) - before for before in _BEFORE_BLOB}:
            with contextlib.suppress(DamagedError):
                found = self._chunk(data, at, size, here)
                yield Find(found.stamp_ms, number, at, size, here)
                return

    def _chunk(self, data: bytes, at: int, size: int, here: int) -> Chunk:
        parts = [data[at : at + here]]
        left = size - here
        after = data[at + here : at + here + _NUMBER]
        while left > 0:
            there = self._page(int.from_bytes(after, "big"))
            after = there[:_NUMBER]
            parts.append(there[_NUMBER : _NUMBER + left])
            left -= self._size - _NUMBER
        return unpack(b"".join(parts))

    def _page(self, number: int) -> bytes:
        """Return a page, counted from 1; zeros where there is none, or none that can be read."""
        if 1 <= number <= self._pages:
            with contextlib.suppress(OSError):
                self._file.seek((number - 1) * self._size)
                return self._file.read(self._size)
        return bytes(self._size)


def _local(page: int, payload: int) -> int:
    """Return how many bytes of a row lie on its own page."""
    most = page - 35
    if payload <= most:
        return payload
    least = (page - 12) * 32 // 255 - 23
    rest = least + (payload - least) % (page - 4)
    return rest if rest <= most else least
