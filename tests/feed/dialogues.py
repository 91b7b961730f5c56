"""A dialogue of subscriptions with a vendor, as the tests begin it."""

from vendorside import Dialogue, VendorSide

from alltick_desk.feed.subscriptions import Coverage, Subscriptions
from alltick_desk.vendors.base import Channel

TRADES, DEPTH = Channel.TRADES, Channel.DEPTH


def dialogue(
    *, size: int = 5, connections: int = 1, replaces: bool = True, real: int | None = None
) -> Dialogue:
    """A plan of ``size`` codes a socket, at a vendor that allows ``real`` of them."""
    subscriptions = Subscriptions(codes=size, connections=connections, replaces=replaces)
    vendor = VendorSide(size=size if real is None else real, replaces=replaces)
    return Dialogue(subscriptions, vendor)


def codes(text: str) -> list[str]:
    return list(text)


def covers(talk: Dialogue, text: str) -> list[Coverage]:
    return [talk.subscriptions.coverage(code).coverage for code in text]
