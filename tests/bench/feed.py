"""From the socket to the board: our whole path against a bare receive loop, on the same frames.

The bare loop is what one would write: ``async for message in connection`` and a typed msgspec
decode, on asyncio's own event loop, and nothing is done with the result. Ours is the program's:
the loop on Qt's, the connection, the codec, the intake, the board, and the frame clock that takes
the changed rows forty times a second.
"""

import asyncio
import json
import sys
import time

from harness import Figure, at_least, fresh, offscreen, repeated, server, told

MESSAGES = 200_000
LEAST = 0.7


def figures() -> list[Figure]:
    """Measure both, one after the other, five times."""
    with server(["tests/bench/blaster.py", str(MESSAGES)]) as url:
        found = repeated(lambda: _pair(url))
    return [
        at_least("feed: socket to board / bare receive loop", found["ratio"], "", LEAST),
        told("feed: socket to board", found["ours"] / 1000, "k messages/s"),
        told("feed: bare receive loop", found["bare"] / 1000, "k messages/s"),
    ]


def _pair(url: str) -> dict[str, float]:
    bare = fresh("feed.py", "bare", url)["per_s"]
    ours = fresh("feed.py", "ours", url, **offscreen())["per_s"]
    return {"bare": bare, "ours": ours, "ratio": ours / bare}


class Stopwatch:
    """Times a stream from its first message to its last."""

    def __init__(self) -> None:
        self.begun_s = 0.0

    def per_s(self) -> float:
        return (MESSAGES - 1) / (time.perf_counter() - self.begun_s)

    def start(self) -> None:
        self.begun_s = time.perf_counter()


async def bare(url: str) -> float:
    """Receive and decode; return messages a second."""
    import msgspec
    from websockets.asyncio.client import connect

    class Trade(msgspec.Struct):
        code: str
        seq: str
        tick_time: str
        price: str
        volume: str
        turnover: str
        trade_direction: int

    class Level(msgspec.Struct):
        price: str
        volume: str

    class Book(msgspec.Struct):
        code: str
        seq: str
        tick_time: str
        bids: list[Level]
        asks: list[Level]

    class TradePush(msgspec.Struct, tag_field="cmd_id", tag=22998):
        data: Trade

    class BookPush(msgspec.Struct, tag_field="cmd_id", tag=22999):
        data: Book

    decode = msgspec.json.Decoder(TradePush | BookPush).decode
    watch = Stopwatch()
    left = MESSAGES
    async with connect(url, compression=None) as connection:
        async for message in connection:
            decode(message)
            if left == MESSAGES:
                watch.start()
            left -= 1
            if not left:
                break
        return watch.per_s()


def ours(url: str) -> float:
    """Do what the desk does; return messages a second."""
    from PySide6.QtWidgets import QApplication

    from alltick_desk.feed.connection import open_connection
    from alltick_desk.feed.intake import Intake
    from alltick_desk.model.instrument import InstrumentKey
    from alltick_desk.services.quotes import QuoteBoard
    from alltick_desk.ui.frames import FrameClock
    from alltick_desk.ui.loop import DeskLoop
    from alltick_desk.vendors.alltick import ALLTICK
    from alltick_desk.vendors.base import Address

    loop = DeskLoop(QApplication([]))

    def frame() -> None:
        board.take_dirty()

    frames = FrameClock(frame)
    board = QuoteBoard(frames.wake)
    tape = board.tape("alltick")
    for number in range(1, 501):
        row = board.row(InstrumentKey("alltick", f"{number}.HK"))
        # As in the middle of a day: every figure of the row has to be kept up.
        row.high = row.low = "100.000"
        row.high_value = row.low_value = 100.0
        row.volume = row.turnover = 0.0

    def bug(error: object) -> None:
        raise AssertionError(error)

    async def run() -> float:
        intake = Intake("bench", decode=ALLTICK.decode, sink=tape, control=bug, report=bug)
        watch = Stopwatch()
        watch.start()
        connection = await open_connection(Address(url), intake, time.monotonic)
        while not intake.messages:
            await asyncio.sleep(0)
        watch.start()
        begun = intake.messages
        while intake.messages < MESSAGES:
            await asyncio.sleep(0.001)
        per_s = watch.per_s() * (MESSAGES - begun) / (MESSAGES - 1)
        await connection.leave()
        assert (intake.decode_errors, intake.faults, tape.strays) == (0, 0, 0)
        assert tape.trades + tape.depths == MESSAGES
        return per_s

    with loop:
        return float(loop.run_until_complete(run()))


if __name__ == "__main__":
    which, address = sys.argv[1:]
    rate = asyncio.run(bare(address)) if which == "bare" else ours(address)
    print(json.dumps({"per_s": rate}))
