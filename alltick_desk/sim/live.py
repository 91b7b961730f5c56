"""The live stream: plays each subscribed instrument's ticks and books when their time comes."""

import heapq
from bisect import bisect_right
from collections import defaultdict
from typing import Final

from alltick_desk.sim.dialect import Push, PushWriter
from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.listing import Listing
from alltick_desk.sim.load import Load, Open
from alltick_desk.sim.prices import MINUTE, Path, Tick
from alltick_desk.sim.websocket import Channel, Topics, frame

_IDLE_S: Final = 0.2  # how often new subscriptions are looked for
_LATE_MS: Final = 60_000  # what is later than this (the clock jumped) is not sent any more
_HALTED_MS: Final = 250  # how often a stopped instrument is looked at
_BACKLOG: Final = 8 << 20  # bytes; a reader that is so far behind gets nothing new


class _Cursor:
    """Where the stream stands in one instrument's minute."""

    __slots__ = ("_events", "_minute", "_next", "_path", "listing")

    def __init__(self, path: Path, now_ms: int) -> None:
        self.listing: Listing = path.listing
        self._path = path
        self.seat(now_ms)

    def seat(self, now_ms: int) -> None:
        """Go to the first event after ``now_ms``."""
        self._open(now_ms // 60_000 * MINUTE)
        self._next = bisect_right(self._events, now_ms, key=_time)
        self._settle()

    @property
    def due_ms(self) -> int:
        """When the next event is due."""
        return self._events[self._next][0]

    def take(self) -> tuple[int, Tick | None]:
        """Return the event that is due, its time and its trade (None: a book), and move on."""
        event = self._events[self._next]
        self._next += 1
        self._settle()
        return event

    def _settle(self) -> None:
        while self._next >= len(self._events):
            self._open(self._minute + MINUTE)

    def _open(self, minute: int) -> None:
        self._minute = minute
        events: list[tuple[int, Tick | None]] = [
            (tick.time_ms, tick) for tick in self._path.ticks(minute)
        ]
        events += ((time_ms, None) for time_ms in self._path.book_times(minute))
        events.sort(key=_time)
        self._events = events
        self._next = 0


class Live:
    """Pushes what happens to whoever subscribed it."""

    def __init__(self, exchange: Exchange, channels: Open) -> None:
        self._exchange = exchange
        self._channels = channels
        self._load = Load(exchange)
        self._version = -1
        self._cursors: dict[str, _Cursor] = {}
        self._heap: list[tuple[int, str]] = []
        self._stopped: set[str] = set()
        self._trades: dict[str, list[tuple[Channel, PushWriter, Topics]]] = {}
        self._depths: dict[str, list[tuple[Channel, PushWriter, int]]] = {}
        self._frames: defaultdict[Channel, list[bytes]] = defaultdict(list)

    async def run(self) -> None:
        """Play for ever."""
        exchange = self._exchange
        clock = exchange.clock
        while True:
            if exchange.script.rate > 0:
                await self._load.burst(self._channels)
                self._version = -1
                continue
            now_ms = clock.wall_ms()
            if self._version != exchange.version:
                self._version = exchange.version
                self._follow(now_ms)
            while self._heap and self._heap[0][0] <= now_ms:
                self._play(now_ms)
            self._flush()
            wait_s = _IDLE_S
            if self._heap:
                wait_s = min(wait_s, (self._heap[0][0] - clock.wall_ms()) / 1000)
            await clock.sleep(max(0.0, wait_s))

    def _follow(self, now_ms: int) -> None:
        """Take over who is subscribed to what."""
        self._trades, self._depths = {}, {}
        for channel, dialect in self._channels():
            for code in channel.trades:
                follower = channel, dialect.wire, channel.topics.get(code, ())
                self._trades.setdefault(code, []).append(follower)
            for code, levels in channel.depths.items():
                self._depths.setdefault(code, []).append((channel, dialect.wire, levels))
        wanted = self._trades.keys() | self._depths.keys()
        for code in wanted - self._cursors.keys():
            self._cursors[code] = _Cursor(self._exchange.floor.path(code), now_ms)
        for code in self._cursors.keys() - wanted:
            del self._cursors[code]
        self._heap = [(cursor.due_ms, code) for code, cursor in self._cursors.items()]
        heapq.heapify(self._heap)

    def _play(self, now_ms: int) -> None:
        """Send the first event that is due."""
        due_ms, code = self._heap[0]
        cursor = self._cursors[code]
        floor = self._exchange.floor
        if not floor.trades(cursor.listing):
            cursor.seat(now_ms)
            heapq.heapreplace(self._heap, (now_ms + _HALTED_MS, code))
            if code not in self._stopped:
                self._stopped.add(code)
                self._push_stop(cursor.listing, now_ms)
            if self._exchange.delisted(cursor.listing) and code in self._depths:
                self._push_book(cursor.listing, floor.path(code).last(now_ms), now_ms)
            return
        self._stopped.discard(code)
        if due_ms < now_ms - _LATE_MS or cursor.due_ms > due_ms:  # a jump, or just resumed
            cursor.seat(now_ms)
        else:
            time_ms, tick = cursor.take()
            if tick is not None:
                self._push_trade(cursor.listing, tick)
            elif code in self._depths:
                self._push_book(cursor.listing, floor.path(code).last(time_ms), time_ms)
        heapq.heapreplace(self._heap, (cursor.due_ms, code))

    def _push_trade(self, listing: Listing, tick: Tick) -> None:
        tick = self._exchange.floor.held(listing, tick)
        for channel, wire, topics in self._trades.get(listing.code, ()):
            for push in wire.trade_pushes(topics, listing, tick):
                self._push(channel, push, listing.code)

    def _push_stop(self, listing: Listing, now_ms: int) -> None:
        for channel, wire, topics in self._trades.get(listing.code, ()):
            for push in wire.stop_pushes(topics, listing, now_ms):
                self._push(channel, push, listing.code)

    def _push_book(self, listing: Listing, tick: Tick, time_ms: int) -> None:
        exchange = self._exchange
        fault = exchange.book_fault(listing)
        book = exchange.floor.book_after(listing, tick, time_ms)
        for channel, wire, levels in self._depths[listing.code]:
            self._push(channel, wire.depth_push(listing, book, levels, fault), listing.code)

    def _push(self, channel: Channel, push: Push, code: str) -> None:
        if not self._exchange.script.watches("push"):
            self._frames[channel].append(frame(push.payload))
            return
        fault = self._exchange.strike(
            "push",
            vendor=channel.vendor,
            family=channel.family,
            connection=channel.number,
            call=push.call,
            code=code,
        )
        channel.suffer(fault, push.payload)

    def _flush(self) -> None:
        for channel, frames in self._frames.items():
            if channel.backlog > _BACKLOG:
                self._exchange.skipped += len(frames)
            else:
                channel.write(b"".join(frames), len(frames))
        self._frames.clear()


def _time(event: tuple[int, Tick | None]) -> int:
    return event[0]
