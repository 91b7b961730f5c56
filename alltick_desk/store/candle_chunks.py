"""Chunks: how the candle store lays bars on the disk. Pure.

A chunk is at most ``CHUNK`` bars in one blob that says itself what it is and whether it is whole,
so it can be told from rubbish whatever became of the tables around it::

    magic | crc32 of the rest | when it was written | bars | length of the name | three decimals
    the name as text, then zeros up to a multiple of eight
    times int64 | open, high, low, close, volume, turnover float64 | flags uint8

all little-endian, each column in one piece.
"""

import struct
import zlib
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from alltick_desk.store.candle_columns import COLUMNS, StoredCandles
from alltick_desk.store.candle_values import Digits, SeriesName

CHUNK = 1000

_HEADER = struct.Struct("<4sIqIHBBBx")
MAGIC = b"ATC1"
_CHECKED_FROM = 8  # behind the checksum
_BAR = 8 + 8 * COLUMNS + 1


class DamagedError(Exception):
    """What lies on the disk is not what was written."""


class Chunk(NamedTuple):
    """What a blob holds."""

    name: SeriesName
    candles: StoredCandles
    stamp_ms: int  # when it was written, Unix milliseconds


def cuts(bars: int, most: int, *, at_end: bool, at_start: bool) -> list[slice]:
    """Return how so many bars are laid in chunks of at most ``most``.

    The chunk that has room lies where the series grows: last at its end, first at its start, and
    in the middle all have some, so that a bar that is put in later does not split one again.
    """
    count = -(-bars // most)
    if at_end:
        edges = [min(n * most, bars) for n in range(count + 1)]
    elif at_start:
        edges = [max(bars - n * most, 0) for n in range(count, -1, -1)]
    else:
        edges = [bars * n // count for n in range(count + 1)] if count else []
    return [slice(*edge) for edge in pairwise(edges)]


def pack(name: SeriesName, candles: StoredCandles, stamp_ms: int) -> bytes:
    """Return the blob of a chunk that is written at ``stamp_ms``."""
    text = str(name).encode()
    digits = candles.digits
    header = _HEADER.pack(MAGIC, 0, stamp_ms, len(candles), len(text), *digits)
    filling = bytes(_columns_at(len(text)) - len(header) - len(text))
    rest = b"".join(
        (
            header[_CHECKED_FROM:],
            text,
            filling,
            candles.time.astype("<i8", copy=False).tobytes(),
            candles.values.astype("<f8", copy=False).tobytes(),
            candles.flags.tobytes(),
        )
    )
    return MAGIC + struct.pack("<I", zlib.crc32(rest)) + rest


def size_of(head: bytes) -> int | None:
    """Return how long a blob is that begins with these bytes; None where none does."""
    if len(head) < _HEADER.size or not head.startswith(MAGIC):
        return None
    _, _, _, count, length, *_ = _HEADER.unpack_from(head)
    return _columns_at(length) + int(count) * _BAR if count <= CHUNK else None


def unpack(data: object) -> Chunk:
    """Return what a blob holds, as views that cannot be written; DamagedError unless whole."""
    if not isinstance(data, bytes) or len(data) != size_of(data):
        raise DamagedError("no chunk")
    _, checksum, stamp_ms, count, length, *digits = _HEADER.unpack_from(data)
    if zlib.crc32(memoryview(data)[_CHECKED_FROM:]) != checksum:
        raise DamagedError("a chunk has changed on the disk")
    try:
        name = SeriesName.parse(data[_HEADER.size : _HEADER.size + length].decode())
    except ValueError:
        raise DamagedError("a chunk of nothing that is known") from None
    start = _columns_at(length)
    values_at, flags_at = start + 8 * count, start + 8 * count * (1 + COLUMNS)
    values = np.frombuffer(data, "<f8", count * COLUMNS, values_at)
    candles = StoredCandles(
        np.frombuffer(data, "<i8", count, start),
        values.reshape(COLUMNS, count),
        np.frombuffer(data, np.uint8, count, flags_at),
        Digits(*digits),
    )
    return Chunk(name, candles, stamp_ms)


def _columns_at(length: int) -> int:
    """Return where the columns begin behind a name of so many bytes."""
    end: int = _HEADER.size + length
    return end + -end % 8
