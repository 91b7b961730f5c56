"""AllTick: its two sockets, its HTTP calls, its refusals, as one codec without state.

``values`` reads single values, ``wire`` holds the shapes, ``ticks`` makes trades and books of
them, ``socket``, ``http`` and ``reference`` speak, ``refusals`` classifies, ``families`` tells
what differs by market.
"""

from alltick_desk.vendors.alltick import families, http, reference, refusals, socket
from alltick_desk.vendors.alltick.reference import Exchange
from alltick_desk.vendors.base import Capabilities, Codec

__all__ = ["ALLTICK", "CODEC", "AllTick", "Exchange"]


class AllTick:
    """AllTick's language. Every method is a pure function of its arguments."""

    __slots__ = ()

    vendor: str = refusals.VENDOR
    title: str = "AllTick"
    default_base: str = "https://quote.alltick.co"
    capabilities: Capabilities = families.CAPABILITIES

    family_of = staticmethod(families.family_of)

    socket_address = staticmethod(socket.socket_address)
    heartbeat = staticmethod(socket.heartbeat)
    subscribe_trades = staticmethod(socket.subscribe_trades)
    subscribe_depth = staticmethod(socket.subscribe_depth)
    cancel = staticmethod(socket.cancel)
    decode = staticmethod(socket.decode)
    refused_handshake = staticmethod(refusals.refused_handshake)

    request = staticmethod(http.request)
    candles = staticmethod(http.candles)
    latest_candles = staticmethod(http.latest_candles)
    latest_trades = staticmethod(http.latest_trades)
    latest_depth = staticmethod(http.latest_depth)

    # Beyond what every vendor has.
    static_info = staticmethod(reference.static_info)
    suspensions = staticmethod(reference.suspensions)


ALLTICK = AllTick()
CODEC: Codec = ALLTICK  # the same, as the desk holds a vendor; the type checker compares them here
