"""What the screen shows, turned into what to subscribe: the most important first."""

from collections.abc import Callable, Iterable

import msgspec

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.vendors.base import DepthWish


class Wants(msgspec.Struct, frozen=True):
    """One vendor's wishes, each in order of priority, each code once."""

    trades: tuple[str, ...] = ()
    depth: tuple[DepthWish, ...] = ()


def wants_of(
    vendor: str,
    *,
    opened: InstrumentKey | None,
    visible: Iterable[InstrumentKey],
    listed: Iterable[InstrumentKey],
    full_depth: Callable[[InstrumentKey], int],
) -> Wants:
    """Order one vendor's codes: the one in chart and book, then visible rows, then the rest.

    The book's code is wanted at the market's ``full_depth``, every other row at one level, for
    its bid and ask.
    """
    ordered: dict[str, None] = {}
    levels: dict[str, int] = {}
    if opened is not None and opened.vendor == vendor:
        ordered[opened.code] = None
        levels[opened.code] = full_depth(opened)
    for key in (*visible, *listed):
        if key.vendor == vendor:
            ordered[key.code] = None
    return Wants(
        trades=tuple(ordered),
        depth=tuple(DepthWish(code, levels.get(code, 1)) for code in ordered),
    )
