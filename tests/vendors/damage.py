"""Documents that a vendor would never send, and a look at everything that a codec makes of one."""

import json
import math
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from alltick_desk.errors import ProtocolError, VendorError
from alltick_desk.model.market import Candle, Depth, LiveCandle, Quote, Trade

ODD_TEXTS = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "nan",
        "inf",
        "1e400",
        "1E-9",
        "1_000",
        " 1 ",
        "0x1f",
        ".",
        "-.0",
        "１２",
        "9" * 40,
        "9" * 5000,
        "200",
        "22998",
        "true",
        "null",
        "1.2.3",
        "\x00",
        "腾讯",
    ]
)


def documents_of(keys: Sequence[str], numbers: Sequence[int]) -> st.SearchStrategy[Any]:
    """Return any JSON, with more of a vendor's own keys and numbers than chance would give."""
    scalars = (
        st.none()
        | st.booleans()
        | st.integers(-(2**70), 2**70)
        | st.floats()
        | st.text(max_size=20)
        | ODD_TEXTS
        | st.sampled_from(numbers)
    )
    named = st.text(max_size=5) | st.sampled_from(keys)
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(named, inner, max_size=7),
        max_leaves=25,
    )


def use(value: Any) -> None:
    """Look at everything in a value, as a screen would."""
    match value:
        case Trade():
            assert 0 <= value.seq < 2**63
            _check_moment(value.time_ms, value.price)
            _check_amounts(value.price, value.volume, value.turnover)
        case Quote():
            _check_moment(value.time_ms, value.last)
            _check_amounts(value.last, value.open, value.high, value.low)
            _check_amounts(value.volume, value.turnover)
            _check_amounts(*(it.removeprefix("-") for it in (value.change, value.change_percent)))
        case Depth():
            _use_depth(value)
        case LiveCandle():
            use(value.candle)
        case Candle():
            prices = (value.open, value.high, value.low, value.close)
            assert all(float(price) > 0.0 for price in prices)
            _check_amounts(*prices, value.volume, value.turnover)
        case [Candle(), *_]:
            times = [candle.time_s for candle in value]
            assert times == sorted(set(times))
            for candle in value:
                use(candle)
        case list():
            for item in value:
                use(item)
        case dict():
            use(list(value.values()))


def _check_amounts(*texts: str) -> None:
    """What leaves the codec can be calculated with."""
    for text in texts:
        assert text == "" or (text.isascii() and set(text) <= set("0123456789."))
        assert text == "" or 0.0 <= float(text) < math.inf


def _check_moment(time_ms: int, price: str) -> None:
    assert 0 < time_ms < 10**14
    assert float(price) > 0.0


def _use_depth(depth: Depth) -> None:
    assert 0 <= depth.time_ms < 10**14
    assert 0 <= depth.seq < 2**63
    sides = depth.sides()
    for side in (sides.bids, sides.asks):
        assert len(side) <= 10
        for level in side:
            assert float(level.price) > 0.0
            _check_amounts(level.price, level.volume)
    bids = [float(level.price) for level in sides.bids]
    asks = [float(level.price) for level in sides.asks]
    assert bids == sorted(bids, reverse=True)
    assert asks == sorted(asks)


@st.composite
def damaged(draw: st.DrawFn, frames: list[bytes]) -> bytes:
    """Draw a real frame with some bytes changed, taken away or put in, or cut short."""
    frame = bytearray(draw(st.sampled_from(frames)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(frame) - 1)))
        width = draw(st.integers(0, 3))
        frame[at : at + width] = draw(st.binary(max_size=3) | st.sampled_from([b'"', b"-", b"e9"]))
    return bytes(frame[: draw(st.none() | st.integers(0, len(frame)))])


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List the path of everything in a document."""
    inside: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return [path] * bool(path) + [
        found for key, inner in inside for found in places(inner, (*path, key))
    ]


@st.composite
def altered(draw: st.DrawFn, frames: list[bytes], documents: st.SearchStrategy[Any]) -> bytes:
    """Draw a real frame with one or two of its values replaced by something else."""
    document = json.loads(draw(st.sampled_from(frames)))
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(places(document)))
        holder = document
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = draw(documents)
        if not places(document):
            break
    return json.dumps(document).encode("utf-8", "surrogatepass")


def fault(
    read: Callable[[], Any],
    *,
    meant: tuple[type[Exception], ...] = (ProtocolError, VendorError),
) -> Exception | None:
    """Return what goes wrong in reading and using a value, but for the errors meant for that."""
    try:
        use(read())
    except meant:
        return None
    except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
        return error
    return None
