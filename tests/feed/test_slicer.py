"""Cutting text frames out of the stream must read exactly what the library reads."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Close, Frame, Opcode
from websockets.protocol import Protocol, Side, State

from alltick_desk.feed.slicer import Slicer

SIZES = (0, 1, 125, 126, 127, 300, 65_535, 65_536, 65_537, 70_000)


def reader() -> Protocol:
    """A library's reader that has shaken hands."""
    return Protocol(Side.CLIENT, state=State.OPEN, max_size=None)


def read(protocol: Protocol, data: bytes) -> list[tuple[Any, bytes]]:
    protocol.receive_data(data)
    return [
        (event.opcode, bytes(event.data))
        for event in protocol.events_received()
        if isinstance(event, Frame)
    ]


class Both:
    """The slicer with the library behind it; ``seen`` is what came, in order."""

    def __init__(self) -> None:
        self.protocol = reader()
        self.seen: list[tuple[Any, bytes]] = []
        self.take: Callable[[bytes], object] = self._take
        self.slicer = Slicer(self, lambda data: self.seen.extend(read(self.protocol, data)))
        self.cut_out = 0

    def _take(self, message: bytes) -> None:
        self.cut_out += 1
        self.seen.append((Opcode.TEXT, message))


def frames() -> st.SearchStrategy[list[Frame]]:
    payload = st.sampled_from(SIZES).map(lambda size: bytes(range(97, 122)) * (size // 25 + 1))
    sized = st.builds(lambda size, data: data[:size], st.sampled_from(SIZES), payload)
    whole = st.builds(lambda data: [Frame(Opcode.TEXT, data)], sized)
    binary = st.builds(lambda data: [Frame(Opcode.BINARY, data)], sized)
    ping = st.builds(lambda data: [Frame(Opcode.PING, data)], st.binary(max_size=125))
    parts = st.builds(
        lambda first, last: [Frame(Opcode.TEXT, first, fin=False), Frame(Opcode.CONT, last)],
        sized,
        sized,
    )
    return st.lists(st.one_of(whole, whole, ping, binary, parts), max_size=8).map(
        lambda groups: [frame for group in groups for frame in group]
    )


@given(frames(), st.lists(st.integers(1, 70_000), max_size=12))
def test_any_frames_cut_anywhere_are_what_the_library_reads(
    stream: list[Frame], cuts: list[int]
) -> None:
    data = b"".join(frame.serialize(mask=False) for frame in stream)
    both = Both()
    at = 0
    for size in (*cuts, len(data)):
        both.slicer.feed(data[at : at + size])
        at += size
    assert both.seen == read(reader(), data)
    assert both.slicer.rest == b""


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_ordinary_text_is_cut_out_even_byte_by_byte(size: int) -> None:
    data = Frame(Opcode.TEXT, b"x" * size).serialize(mask=False)
    both = Both()
    for at in range(len(data)):
        both.slicer.feed(data[at : at + 1])
    assert (both.cut_out, both.seen) == (1, [(Opcode.TEXT, b"x" * size)])


def test_what_no_server_may_send_is_left_to_the_library() -> None:
    both = Both()
    both.slicer.feed(Frame(Opcode.TEXT, b"fine").serialize(mask=False))
    both.slicer.feed(Frame(Opcode.TEXT, b"masked").serialize(mask=True))
    both.slicer.feed(b"\x81\x02ab")
    assert both.seen == [(Opcode.TEXT, b"fine")]
    assert both.protocol.close_expected() or both.protocol.parser_exc is not None


def test_a_text_that_is_not_finished_is_not_taken_for_a_message() -> None:
    both = Both()
    both.slicer.feed(Frame(Opcode.TEXT, b"half", fin=False).serialize(mask=False))
    assert both.cut_out == 0


def test_the_end_goes_to_the_library() -> None:
    both = Both()
    data = Frame(Opcode.TEXT, b"last").serialize(mask=False)
    data += Frame(Opcode.CLOSE, Close(1001, "bye").serialize()).serialize(mask=False)
    both.slicer.feed(data)
    assert both.seen[0] == (Opcode.TEXT, b"last")
    assert both.protocol.state is State.CLOSING


def test_headers_cut_in_the_middle_are_put_together() -> None:
    binary = b"\x81\x01x" * 100  # what would look like text, if the place were lost
    stream = [Frame(Opcode.BINARY, binary), Frame(Opcode.TEXT, b"t" * 300)]
    data = b"".join(frame.serialize(mask=False) for frame in stream)
    both = Both()
    for at in range(len(data)):
        both.slicer.feed(data[at : at + 1])
    assert both.seen == [(Opcode.BINARY, binary), (Opcode.TEXT, b"t" * 300)]


def test_a_big_message_is_put_together_by_the_library() -> None:
    data = Frame(Opcode.TEXT, b"x" * 65_537).serialize(mask=False)
    both = Both()
    both.slicer.feed(data[:40_000])
    assert both.slicer.rest == b""
    both.slicer.feed(data[40_000:])
    assert (both.cut_out, both.seen) == (0, [(Opcode.TEXT, b"x" * 65_537)])
