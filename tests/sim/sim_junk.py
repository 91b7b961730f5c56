"""What a client sends that knows no rules: odd values, and messages in frames without more ado."""

from typing import Any

from hypothesis import strategies as st

UPGRADE = (
    b"HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
)


NUMBERS = st.integers() | st.sampled_from([10**400, "9" * 5000, "٣", 2**64, -1, 0, 1, 2, True])


def junk(symbol: str) -> st.SearchStrategy[Any]:
    """Anything that JSON can hold, and now and then a symbol that there is."""
    return st.recursive(
        st.none() | st.booleans() | NUMBERS | st.floats() | st.text() | st.just(symbol),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=6,
    )


def masked(message: bytes) -> bytes:
    """Return a text frame, masked with zeros, so that the payload stays as it is."""
    return b"\x81\xff" + len(message).to_bytes(8, "big") + bytes(4) + message
