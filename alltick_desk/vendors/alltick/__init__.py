"""AllTick: its two sockets, its HTTP calls, its refusals, as one codec without state.

``wire`` holds the shapes, ``ticks`` makes trades and books of them, ``socket``, ``http`` and
``reference`` speak, ``refusals`` classifies, ``families`` tells what differs by market.
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

    family_of = batch_of = staticmethod(families.family_of)
    region_of = staticmethod(families.region_of)

    socket_address = staticmethod(socket.socket_address)
    heartbeat = staticmethod(socket.heartbeat)
    subscribe = staticmethod(socket.subscribe)
    cancel = staticmethod(socket.cancel)
    decoder = staticmethod(socket.decoder)
    decode = staticmethod(socket.decode)  # of any family
    refused_handshake = staticmethod(refusals.refused_handshake)

    request = staticmethod(http.request)
    candles = staticmethod(http.candles)
    latest_candles = staticmethod(http.latest_candles)
    latest_trades = newest = staticmethod(http.latest_trades)
    latest_depth = staticmethod(http.latest_depth)
    directory = staticmethod(reference.directory)
    trading_days = staticmethod(reference.trading_days)
    suspension_list = staticmethod(reference.suspension_list)
    static_info = staticmethod(reference.static_info)

    # Beyond what every vendor has.
    suspensions = staticmethod(reference.suspensions)


ALLTICK = AllTick()
CODEC: Codec = ALLTICK  # the same, as the desk holds a vendor; the type checker compares them here
