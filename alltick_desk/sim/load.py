"""A load: any number of messages a second, for benchmarks.

Every message is made once, with holes for its sequence number and time; a burst fills the holes
and writes all of it at once. Prices wobble around where the path stood when the load began.
"""

import random
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from typing import Final

from alltick_desk.sim.book import book_at
from alltick_desk.sim.dialect import Dialect, PushWriter
from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.listing import Listing
from alltick_desk.sim.prices import Tick
from alltick_desk.sim.websocket import Channel, Topics, frame

_BURST_S: Final = 0.002
_LATE_S: Final = 0.1  # what could not be sent for so long is given up
_BACKLOG: Final = 4 << 20  # bytes
_VARIANTS: Final = 8  # different trades of a code; a third as many books
_SEQ: Final = 1111111111111111  # stands for the sequence number in a message that is being made
_TIME_MS: Final = 2222222222222  # and this for its time

Open = Callable[[], Sequence[tuple[Channel, Dialect]]]
_Plan = tuple[tuple[str, ...], tuple[tuple[str, int], ...], tuple[tuple[str, Topics], ...]]


class _Reel:
    """One connection's messages, run round and round."""

    def __init__(self, exchange: Exchange, channel: Channel, wire: PushWriter) -> None:
        now_ms = exchange.clock.wall_ms()
        self.plan = _plan(channel)
        bars = any("kline" in topic for topics in channel.topics.values() for topic in topics)
        self.minute = now_ms // 60_000 if bars else None
        self.codes = len({*channel.trades, *channel.depths})
        luck = random.Random(exchange.seed)
        floor = exchange.floor
        trades: list[bytes] = []
        books: list[bytes] = []
        for code in channel.trades:
            listing, last = floor.listings[code], floor.last(code)
            ticks = [_wobble(listing, last, luck) for _ in range(_VARIANTS)]
            pushes = wire.load_pushes(channel.topics.get(code, ()), listing, ticks, now_ms)
            trades += (_hollow(push.payload) for push in pushes)
        for code, levels in channel.depths.items():
            listing, last = floor.listings[code], floor.last(code)
            for _ in range(_VARIANTS // 3 if listing.levels else 0):
                tick = _wobble(listing, last, luck)
                book = book_at(listing, tick, now_ms + luck.randrange(60_000))
                book = book._replace(seq=_SEQ, time_ms=_TIME_MS)
                books.append(_hollow(wire.depth_push(listing, book, levels).payload))
        luck.shuffle(trades)
        luck.shuffle(books)
        self._messages = cycle(_mixed(trades, books))
        self.empty = not trades and not books

    def take(self, count: int, seq: int, now_ms: int) -> bytes:
        """Return the next frames, their holes filled."""
        holes = {b"ms": now_ms, b"s": now_ms // 1000, b"seq": seq}
        frames = []
        for message in islice(self._messages, count):
            holes[b"seq"] += 1
            frames.append(message % holes)
        return b"".join(frames)


class Load:
    """Sends ``script.rate`` messages a second over all subscribed codes."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._reels: dict[int, _Reel] = {}
        self._owed: dict[int, float] = {}
        self._seq = 0
        self._at_s: float | None = None
        self._seen = (-1, -1)  # the exchange's version, and the minute

    async def burst(self, open_channels: Open) -> None:
        """Wait a moment and send what came due in it."""
        exchange = self._exchange
        clock = exchange.clock
        await clock.sleep(_BURST_S)
        channels = open_channels()
        now_s = clock.monotonic()
        passed = 0.0 if self._at_s is None else min(_LATE_S, now_s - self._at_s)
        self._at_s = now_s
        self._rewind(channels)
        total = sum(reel.codes for reel in self._reels.values())
        now_ms = clock.wall_ms()
        self._seq = max(self._seq, now_ms * 1000)
        for channel, _ in channels:
            reel = self._reels.get(channel.number)
            if reel is None or reel.empty or not channel.open:
                continue
            owed = self._owed.get(channel.number, 0.0)
            owed += exchange.script.rate * passed * reel.codes / total
            count = int(owed)
            self._owed[channel.number] = owed - count
            if channel.backlog > _BACKLOG:
                exchange.skipped += count
            elif count:
                channel.write(reel.take(count, self._seq, now_ms), count)
                self._seq += count

    def _rewind(self, channels: Sequence[tuple[Channel, Dialect]]) -> None:
        """Make the messages of connections whose subscriptions, or whose newest bars, changed."""
        minute = self._exchange.clock.wall_ms() // 60_000
        seen = self._exchange.version, minute
        if seen == self._seen:
            return
        self._seen = seen
        for channel, dialect in channels:
            reel = self._reels.get(channel.number)
            if reel is None or reel.plan != _plan(channel) or reel.minute not in (None, minute):
                self._reels[channel.number] = _Reel(self._exchange, channel, dialect.wire)
        for number in self._reels.keys() - {channel.number for channel, _ in channels}:
            del self._reels[number]


def _plan(channel: Channel) -> _Plan:
    return tuple(channel.trades), tuple(channel.depths.items()), tuple(channel.topics.items())


def _wobble(listing: Listing, last: Tick, luck: random.Random) -> Tick:
    """Return a trade a few steps from the last one."""
    step = listing.step(last.price)
    price = listing.snap(last.price + luck.randint(-4, 4) * step)
    side = luck.randint(1, 2)
    gap = listing.spread * step
    return Tick(
        time_ms=_TIME_MS,
        seq=_SEQ,
        price=price,
        units=max(1, int(listing.day_units / 86_400 * luck.random())),
        side=side if listing.sided else 0,
        bid=max(step, price - gap) if side == 1 else price,
        ask=price if side == 1 else price + gap,
    )


def _hollow(payload: bytes) -> bytes:
    """Return the frame of a message, with holes where its number and its time stand."""
    # Each hole is as wide as what fills it, so the header's length stays right.
    header = frame(payload)[: -len(payload)].replace(b"%", b"%%")
    payload = payload.replace(b"%", b"%%")
    payload = payload.replace(str(_SEQ).encode(), b"%(seq)d")
    payload = payload.replace(str(_TIME_MS).encode(), b"%(ms)d")
    return header + payload.replace(str(_TIME_MS // 1000).encode(), b"%(s)d")


def _mixed(trades: list[bytes], books: list[bytes]) -> list[bytes]:
    """Return a run in which every fourth message is a book, where both kinds are subscribed."""
    if not trades or not books:
        return trades or books
    rounds = max(len(trades) // 3, len(books)) + 1
    some, others = cycle(trades), cycle(books)
    return [message for _ in range(rounds) for message in (*islice(some, 3), next(others))]
