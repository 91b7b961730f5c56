"""An order book of AllTick's: the documented one, and every variant that is known."""

import json
from typing import Any

import pytest

from alltick_desk.errors import ProtocolError
from alltick_desk.model.book import Level, Sides
from alltick_desk.model.market import Depth
from alltick_desk.vendors.alltick import ALLTICK

DEPTH_SAMPLE = (
    '{"cmd_id":22999,"data":{"code":"1288.HK","seq":1605509068000001,"tick_time":1605509068000,'
    '"bids":[{"price":"9.12","volume":"9.12"}],"asks":[{"price":"9.13","volume":"147.12"}]}}'
)
SIDES = Sides((Level("9.12", "9.12"),), (Level("9.13", "147.12"),))


def depth_frame(**changes: Any) -> str:
    frame = json.loads(DEPTH_SAMPLE)
    frame["data"].update(changes)
    frame["data"] = {key: value for key, value in frame["data"].items() if value is not ...}
    return json.dumps(frame)


def decode_depth(frame: str) -> Depth:
    event = ALLTICK.decode(frame)
    assert type(event) is Depth
    return event


def test_the_sample_book() -> None:
    depth = decode_depth(DEPTH_SAMPLE)
    assert (depth.code, depth.seq, depth.time_ms) == ("1288.HK", 1605509068000001, 1605509068000)
    assert depth.sides() == SIDES


@pytest.mark.parametrize("seq", ["1605509068000001", 1605509068000001, None, ...])
@pytest.mark.parametrize("time", ["1605509068", 1605509068, "1605509068000"])
def test_the_head_of_a_book_varies(seq: Any, time: Any) -> None:
    depth = decode_depth(depth_frame(seq=seq, tick_time=time))
    assert depth.seq == (1605509068000001 if seq and seq is not ... else 0)
    assert depth.time_ms == 1605509068000
    assert depth.sides() == SIDES


@pytest.mark.parametrize("time", [0, "", None, ...])
def test_a_book_may_come_without_its_time(time: Any) -> None:
    depth = decode_depth(depth_frame(tick_time=time))
    assert depth.time_ms == 0
    assert depth.sides() == SIDES


@pytest.mark.parametrize("time", ["1605509068", None])
@pytest.mark.parametrize(
    "empty",
    [
        [],
        None,
        ...,
        [{"price": "0", "volume": "0"}],
        [{"price": 0, "volume": 0}],
        [{}],
        [{"price": "0.000", "volume": ""}],
        [{"price": "", "volume": ""}],
        [{"price": None}],
    ],
)
def test_a_side_may_be_empty(empty: Any, time: Any) -> None:
    assert decode_depth(depth_frame(asks=empty, tick_time=time)).sides() == Sides(SIDES.bids, ())
    assert decode_depth(depth_frame(bids=empty, tick_time=time)).sides() == Sides((), SIDES.asks)
    both = decode_depth(depth_frame(bids=empty, asks=empty, tick_time=time))
    assert both.sides() == Sides((), ())


@pytest.mark.parametrize(
    ("level", "wanted"),
    [
        ({"price": "612.500"}, Level("612.500", "")),
        ({"price": "612.500", "volume": "0"}, Level("612.500", "0")),
        ({"price": "612.500", "volume": None}, Level("612.500", "")),
        ({"price": 612.25, "volume": 300}, Level("612.25", "300")),
        ({"price": "1E-8", "volume": "2e3"}, Level("0.00000001", "2000")),
        ({"price": "1", "volume": "2", "orders": 3}, Level("1", "2")),
    ],
)
def test_levels_vary(level: dict[str, Any], wanted: Level) -> None:
    assert decode_depth(depth_frame(bids=[level])).sides().bids == (wanted,)


def test_levels_are_put_best_first_and_end_at_ten() -> None:
    prices = ["9.5", "10.5", "10.0", "100", "8"]
    levels = [{"price": price, "volume": "1"} for price in prices]
    sides = decode_depth(depth_frame(bids=levels, asks=levels)).sides()
    assert [level.price for level in sides.bids] == ["100", "10.5", "10.0", "9.5", "8"]
    assert [level.price for level in sides.asks] == ["8", "9.5", "10.0", "10.5", "100"]
    many = [{"price": str(price), "volume": "1"} for price in range(1, 40)]
    sides = decode_depth(depth_frame(bids=many, asks=many)).sides()
    assert [level.price for level in sides.bids] == [str(price) for price in range(39, 29, -1)]
    assert [level.price for level in sides.asks] == [str(price) for price in range(1, 11)]


@pytest.mark.parametrize(
    "bad",
    [
        "none",
        5,
        True,
        {},
        [1],
        [None],
        [["9.1", "3"]],
        [{"price": "-1", "volume": "1"}],
        [{"price": "nan", "volume": "1"}],
        [{"price": "1", "volume": "."}],
        [{"price": [1]}],
        [{"price": "1_0"}],
        [{"price": "9" * 40}],
        [{"price": "1", "volume": "-3"}],
    ],
)
def test_bad_levels_are_refused_when_they_are_read(bad: Any) -> None:
    for depth in (decode_depth(depth_frame(bids=bad)), decode_depth(depth_frame(asks=bad))):
        with pytest.raises(ProtocolError):
            depth.sides()


def test_levels_that_are_no_text_are_refused_when_they_are_read() -> None:
    frame = DEPTH_SAMPLE.encode().replace(b'"9.12","volume"', b'"\xff","volume"')
    depth = ALLTICK.decode(frame)
    assert isinstance(depth, Depth)
    with pytest.raises(ProtocolError):
        depth.sides()


@pytest.mark.parametrize(
    "changes", [{"code": ...}, {"code": None}, {"seq": []}, {"tick_time": "x"}]
)
def test_a_book_that_is_not_documented_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ProtocolError):
        ALLTICK.decode(depth_frame(**changes))
