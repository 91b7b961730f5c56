"""Chunks: what is packed is unpacked, and anything else is found out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.store.candle_chunks import DamagedError, cuts, pack, unpack
from alltick_desk.store.candle_columns import StoredCandles
from alltick_desk.store.candle_values import Digits, SeriesName

NAMES = st.builds(
    SeriesName,
    st.builds(InstrumentKey, st.sampled_from(["alltick", "itick"]), st.text(min_size=1)),
    st.sampled_from(Interval),
)


def columns(seed: int, count: int) -> StoredCandles:
    random = np.random.default_rng(seed)
    return StoredCandles(
        np.sort(random.integers(-(2**40), 2**40, count)),
        random.normal(size=(6, count)),
        random.integers(0, 16, count).astype(np.uint8),
        Digits(3, 0, 18),
    )


@given(NAMES.filter(lambda name: name.key.code.isprintable()), st.integers(0, 30), st.integers(0))
def test_what_is_packed_is_unpacked(name: SeriesName, count: int, seed: int) -> None:
    candles = columns(seed, count)
    found = unpack(pack(name, candles, 7))
    assert (found.name, found.stamp_ms) == (name, 7)
    assert found.candles.same(candles)
    assert found.candles.digits == candles.digits


@given(st.data())
def test_no_changed_byte_goes_unseen(data: st.DataObject) -> None:
    name = SeriesName(InstrumentKey("alltick", "700.HK"), Interval.D1)
    blob = bytearray(pack(name, columns(1, 5), 7))
    at = data.draw(st.integers(0, len(blob) - 1))
    blob[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(DamagedError):
        unpack(bytes(blob))


@pytest.mark.parametrize("rubbish", [None, 7, "text", b"", b"ATC1", bytes(100), b"ATC1" * 30])
def test_rubbish_is_no_chunk(rubbish: object) -> None:
    with pytest.raises(DamagedError):
        unpack(rubbish)


@given(st.binary(max_size=200))
def test_no_bytes_break_it(data: bytes) -> None:
    with pytest.raises(DamagedError):
        unpack(data)


@given(st.integers(0, 50), st.integers(1, 9), st.booleans(), st.booleans())
def test_cuts_lay_every_bar_once(bars: int, most: int, at_end: bool, at_start: bool) -> None:
    pieces = [
        list(range(bars))[piece] for piece in cuts(bars, most, at_end=at_end, at_start=at_start)
    ]
    assert [bar for piece in pieces for bar in piece] == list(range(bars))
    assert all(0 < len(piece) <= most for piece in pieces)
    assert len(pieces) == -(-bars // most)


def test_the_room_lies_where_the_series_grows() -> None:
    def sizes(**where: bool) -> list[int]:
        return [piece.stop - piece.start for piece in cuts(25, 10, **where)]

    assert sizes(at_end=True, at_start=False) == [10, 10, 5]
    assert sizes(at_end=False, at_start=True) == [5, 10, 10]
    assert sizes(at_end=False, at_start=False) == [8, 8, 9]
