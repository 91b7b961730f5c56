"""What the screen shows, turned into what to subscribe: the most important first."""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.vendors.base import Channel, Wish


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
    charted: tuple[InstrumentKey, Interval] | None = None,
) -> Wants:
    """Order one vendor's codes: the one in chart and book, then visible rows, then the rest.

    The book's code is wanted at its market's ``full_depth``, every other row at one level, for
    its bid and ask. The bars in progress are wanted of what is ``charted``.
    """
    ordered: dict[str, None] = {}
    depth: dict[str, int] = {}
    if opened is not None and opened.vendor == vendor:
        ordered[opened.code] = None
        depth[opened.code] = full_depth(opened)
    for key in (*visible, *listed):
        if key.vendor == vendor:
            ordered[key.code] = None
    candles: tuple[Wish, ...] = ()
    if charted is not None and charted[0].vendor == vendor:
        candles = (Wish(charted[0].code, charted[1]),)
    return Wants(
        {
            Channel.TRADES: tuple(Wish(code) for code in ordered),
            Channel.DEPTH: tuple(Wish(code, depth.get(code, 1)) for code in ordered),
            Channel.CANDLES: candles,
        }
    )
