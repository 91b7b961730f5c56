"""What the screen shows, turned into what to subscribe: the most important first."""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.vendors.base import Channel, Wish

_ORDER = tuple(Interval)  # from the shortest on


class Wants(msgspec.Struct, frozen=True):
    """One vendor's wishes by channel, every channel named, each in order of priority."""

    wishes: Mapping[Channel, tuple[Wish, ...]]


def wants_of(
    vendor: str,
    *,
    opened: InstrumentKey | None,
    visible: Iterable[InstrumentKey],
    listed: Iterable[InstrumentKey],
    full_depth: Callable[[InstrumentKey], int],
    charted: Iterable[tuple[InstrumentKey, Interval]] = (),
    pinned: Iterable[InstrumentKey] = (),
) -> Wants:
    """Order one vendor's codes: the book's, the charts', pinned rows, visible ones, the rest.

    Pinned rows come in the order of the list.

    The book's code is wanted at its market's ``full_depth``, every other at one level, for its bid
    and ask. The bars in progress are wanted of what is ``charted``. A code streams those of one
    interval: of several it is the longest, whose bars would be built from trades for the longest
    time before the vendor mends them.
    """
    ours = [(key.code, interval) for key, interval in charted if key.vendor == vendor]
    ordered: dict[str, None] = {}
    depth: dict[str, int] = {}
    if opened is not None and opened.vendor == vendor:
        ordered[opened.code] = None
        depth[opened.code] = full_depth(opened)
    ordered.update((code, None) for code, _ in ours)
    kept = frozenset(pinned)
    rows = list(listed)
    for key in (*(key for key in rows if key in kept), *visible, *rows):
        if key.vendor == vendor:
            ordered[key.code] = None
    candles: dict[str, Interval] = {}
    for code, interval in ours:
        candles[code] = max(candles.get(code, interval), interval, key=_ORDER.index)
    return Wants(
        {
            Channel.TRADES: tuple(Wish(code) for code in ordered),
            Channel.DEPTH: tuple(Wish(code, depth.get(code, 1)) for code in ordered),
            Channel.CANDLES: tuple(Wish(*each) for each in candles.items()),
        }
    )
