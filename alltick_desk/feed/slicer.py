"""Whole text frames straight out of the bytes that came, by a few comparisons each.

The library reads a frame by way of two generators, an enumeration and an object, which costs three
times what decoding and storing its message does. Ticks are short, whole, unmasked text frames, so
those are cut out here; everything else is handed to the library as it came, for it to judge.
"""

import sys
from collections.abc import Callable
from typing import Any, Final, Protocol

_WHOLE_TEXT: Final = 0x81  # the last frame of a message, which is its only one, of text
_TWO_BYTES: Final = 126  # the length stands in the next two bytes; 127: in the next eight
_MASKED: Final = 128  # no server may; then the library ends the connection
_BIG: Final = 65_536  # a frame of so many bytes is not put together here


class Taker(Protocol):
    """Who gets the messages; ``take`` may be another one from message to message."""

    take: Callable[[bytes], Any]


class Slicer:
    """Cuts one connection's stream of frames, from the first byte behind the handshake on.

    Text goes to ``taker``, the bytes of all other frames to ``other``, in the stream's order.
    """

    __slots__ = ("_foreign", "_other", "_taker", "rest")

    def __init__(self, taker: Taker, other: Callable[[bytes], None]) -> None:
        self._taker = taker
        self._other = other
        self._foreign = 0  # bytes that are still to come of a frame that is not ours
        self.rest = b""  # the beginning of a frame whose end has not come

    def feed(self, data: bytes) -> None:
        """Take what came, cut anywhere."""
        if self.rest:
            data = self.rest + data
        taker = self._taker
        at, end = 0, len(data)
        while at < end:
            if self._foreign:
                piece = data[at : at + self._foreign]
                at += len(piece)
                self._foreign -= len(piece)
                self._other(piece)
                continue
            if at + 2 > end:
                break
            length = data[at + 1]
            start = at + 2
            if length >= _TWO_BYTES:
                start = at + (4 if length == _TWO_BYTES else 10)
                if start > end:
                    break
                if length >= _MASKED:
                    self._foreign = sys.maxsize
                    continue
                length = int.from_bytes(data[at + 2 : start], "big")
            stop = start + length
            if data[at] != _WHOLE_TEXT or length > _BIG:
                self._foreign = stop - at
                continue
            if stop > end:
                break
            taker.take(data[start:stop])
            at = stop
        self.rest = data[at:]
