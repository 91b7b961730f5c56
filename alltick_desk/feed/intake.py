"""From a frame to the board: one decode and one call, on the hottest path of the desk."""

import logging
from collections.abc import Callable, Container
from typing import Protocol

from alltick_desk.errors import ProtocolError
from alltick_desk.model.market import Depth, LiveCandle, Quote, Trade
from alltick_desk.vendors.base import Channel, Control, Event

FIRST_FEW = 3  # how many bad frames are logged, and how many faults of the sink reported
_DATA: dict[Channel, tuple[type[Event], ...]] = {
    Channel.TRADES: (Trade, Quote),
    Channel.DEPTH: (Depth,),
    Channel.CANDLES: (LiveCandle,),
}

_log = logging.getLogger(__name__)


class Sink(Protocol):
    """Where the data end; ``now_s`` is when they arrived, monotonic seconds."""

    def trade(self, trade: Trade, now_s: float) -> None: ...

    def depth(self, depth: Depth, now_s: float) -> None: ...

    def quote(self, quote: Quote, now_s: float) -> None: ...

    def candle(self, live: LiveCandle, now_s: float) -> None: ...


class Intake:
    """Decodes one socket's messages and passes each on.

    Attributes:
        take: takes one message; bound anew while an acknowledgement is awaited.
        now_s: when the bytes at hand arrived, monotonic seconds.
        last_message_s: when the newest message arrived; None where none has.
        messages, decode_errors, faults: how many came, meant nothing, broke the sink.
    """

    def __init__(
        self,
        name: str,
        *,
        decode: Callable[[bytes], Event],
        sink: Sink,
        control: Callable[[Control], None],
        report: Callable[[BaseException], None],
    ) -> None:
        self._name = name
        self._decode = decode
        self._trade = sink.trade
        self._depth = sink.depth
        self._quote = sink.quote
        self._candle = sink.candle
        self._control = control
        self._report = report
        self._watched: tuple[type[Event], ...] = ()
        self._awaited: Container[str] = ()
        self._seen: Callable[[], None] | None = None
        self.take: Callable[[bytes], Event | None] = self._take
        self.now_s = 0.0
        self.last_message_s: float | None = None
        self.messages = 0
        self.decode_errors = 0
        self.faults = 0

    def watch(self, channel: Channel, codes: Container[str], seen: Callable[[], None]) -> None:
        """Call ``seen`` once, when data of one of ``codes`` comes on ``channel``.

        Only while this lasts does a message cost a look at its code.
        """
        self._watched = _DATA[channel]
        self._awaited = codes
        self._seen = seen
        self.take = self._take_watched

    def unwatch(self) -> None:
        """Stop looking; safe to repeat."""
        self._seen = None
        self.take = self._take

    def _take(self, message: bytes) -> Event | None:
        self.messages += 1
        try:
            event = self._decode(message)
            kind = event.__class__
            if kind is Trade:
                self._trade(event, self.now_s)  # type: ignore[arg-type]
            elif kind is Depth:
                self._depth(event, self.now_s)  # type: ignore[arg-type]
            elif kind is Quote:
                self._quote(event, self.now_s)  # type: ignore[arg-type]
            elif kind is LiveCandle:
                self._candle(event, self.now_s)  # type: ignore[arg-type]
            else:
                self._control(event)  # type: ignore[arg-type]
        except ProtocolError as error:
            self._misread(error, len(message))
            return None
        except Exception as error:  # noqa: BLE001 - a bug above must not silence the socket
            self.faults += 1
            if self.faults <= FIRST_FEW:
                self._report(error)
            return None
        return event

    def _take_watched(self, message: bytes) -> Event | None:
        event = self._take(message)
        if event.__class__ in self._watched and event.code in self._awaited:  # type: ignore[union-attr]
            seen = self._seen
            self.unwatch()
            if seen is not None:
                seen()
        return event

    def _misread(self, error: ProtocolError, length: int) -> None:
        self.decode_errors += 1
        if self.decode_errors <= FIRST_FEW:
            # Never the body: a vendor may echo the token in it.
            _log.warning(
                "%s: a message of %d bytes was not understood: %s", self._name, length, error
            )
            if self.decode_errors == FIRST_FEW:
                _log.warning("%s: further ones are only counted", self._name)
