"""A trade of AllTick's: the documented one, and every variant that is known."""

import json
from typing import Any

import pytest

from alltick_desk.errors import ProtocolError
from alltick_desk.model.market import Side, Trade
from alltick_desk.vendors.alltick import ALLTICK
from alltick_desk.vendors.base import Unknown

TRADE_SAMPLE = (
    '{"cmd_id":22998,"data":{"code":"1288.HK","seq":"1605509068000001","tick_time":"1605509068",'
    '"price":"651.12","volume":"300","turnover":"12345.6","trade_direction":1}}'
)
TRADE = Trade("1288.HK", 1605509068000001, 1605509068000, "651.12", "300", "12345.6", Side.BUY)


def trade_frame(**changes: Any) -> str:
    """Return the sample with values replaced; ``...`` takes a field away."""
    frame = json.loads(TRADE_SAMPLE)
    frame["data"].update(changes)
    frame["data"] = {key: value for key, value in frame["data"].items() if value is not ...}
    return json.dumps(frame)


def bare(field: str, literal: str) -> str:
    """Return the sample with one value as a JSON literal, digit for digit."""
    return trade_frame(**{field: "@@"}).replace('"@@"', literal)


def test_the_sample_trade() -> None:
    assert ALLTICK.decode(TRADE_SAMPLE) == TRADE
    assert ALLTICK.decode(TRADE_SAMPLE.encode()) == TRADE


def test_a_trade_over_http_is_a_trade_on_the_socket() -> None:
    data = (
        '{"code":"857.HK","seq":"30841439","tick_time":"1677831545217","price":"136.302",'
        '"volume":"0","turnover":"0","trade_direction":0}'
    )
    assert ALLTICK.decode(f'{{"cmd_id":22998,"data":{data}}}') == Trade(
        "857.HK", 30841439, 1677831545217, "136.302", "0", "0", Side.NONE
    )


@pytest.mark.parametrize("price", ["612.500", "0.00001234", "1", "007.0", "5.", ".5"])
def test_the_digits_of_a_price_stay(price: str) -> None:
    trade = ALLTICK.decode(trade_frame(price=price))
    assert isinstance(trade, Trade)
    assert trade.price == price


@pytest.mark.parametrize(
    ("literal", "price"),
    [
        ("612.500", "612.500"),
        ("651", "651"),
        ("1e-7", "0.0000001"),
        ('"1E-7"', "0.0000001"),
        ('"1.50E+3"', "1500"),
        ("0.12345678901234567890", "0.12345678901234567890"),
    ],
)
def test_a_price_as_a_number_and_in_exponent_form(literal: str, price: str) -> None:
    trade = ALLTICK.decode(bare("price", literal))
    assert isinstance(trade, Trade)
    assert trade.price == price


@pytest.mark.parametrize("seq", [1605509068000001, "1605509068000001", "1605509068000001.0"])
@pytest.mark.parametrize("time", [1605509068, "1605509068", 1605509068000, "1605509068000"])
@pytest.mark.parametrize("direction", [1, "1"])
def test_numbers_as_text_and_times_in_either_unit(seq: Any, time: Any, direction: Any) -> None:
    frame = trade_frame(seq=seq, tick_time=time, trade_direction=direction)
    assert ALLTICK.decode(frame) == TRADE


def test_milliseconds_keep_their_last_digits() -> None:
    trade = ALLTICK.decode(trade_frame(tick_time="1677831545217"))
    assert isinstance(trade, Trade)
    assert trade.time_ms == 1677831545217


@pytest.mark.parametrize("absent", [..., None, ""])
def test_volume_turnover_and_sequence_may_be_missing(absent: Any) -> None:
    trade = ALLTICK.decode(trade_frame(seq=absent, volume=absent, turnover=absent))
    assert trade == Trade("1288.HK", 0, 1605509068000, "651.12", "", "", Side.BUY)


@pytest.mark.parametrize(
    ("direction", "side"),
    [
        (0, Side.NONE),
        (2, Side.SELL),
        ("2", Side.SELL),
        (3, Side.NONE),
        (None, Side.NONE),
        (..., Side.NONE),
    ],
)
def test_directions(direction: Any, side: Side) -> None:
    trade = ALLTICK.decode(trade_frame(trade_direction=direction))
    assert isinstance(trade, Trade)
    assert trade.side is side


def test_unknown_fields_are_passed_over() -> None:
    frame = json.loads(trade_frame(new_field={"deep": [1, None]}))
    frame |= {"trace": "x", "later": [1]}
    assert ALLTICK.decode(json.dumps(frame)) == TRADE
    assert ALLTICK.decode(json.dumps(frame | {"ret": 200, "cmd_id": "22998"})) == TRADE


@pytest.mark.parametrize("price", ["0", "0.000", "", None, 0, "0E-8"])
def test_a_trade_without_a_price_is_no_trade(price: Any) -> None:
    assert ALLTICK.decode(trade_frame(price=price)) == Unknown("a trade without a price")


@pytest.mark.parametrize("field", ["price", "volume", "turnover"])
@pytest.mark.parametrize(
    "value",
    [
        "1_000",
        " 1 ",
        "0x10",
        "nan",
        "inf",
        "-1",
        "-0",
        "1e400",
        "1,5",
        "1.2.3",
        ".",
        "１",
        "1e999",
        "9" * 33,
        "abc",
        True,
        [],
        {},
        -1.5,
        1e300,
    ],
)
def test_an_amount_that_is_none_is_refused(field: str, value: Any) -> None:
    with pytest.raises(ProtocolError):
        ALLTICK.decode(trade_frame(**{field: value}))


@pytest.mark.parametrize(
    "changes",
    [
        {"price": ...},
        {"code": ...},
        {"code": ""},
        {"code": 857},
        {"code": "x" * 65},
        {"tick_time": ...},
        {"tick_time": 0},
        {"tick_time": "soon"},
        {"tick_time": -5},
        {"tick_time": 10**14},
        {"tick_time": 1.5},
        {"seq": -1},
        {"seq": 2**63},
        {"seq": "9" * 5000},
        {"seq": True},
        {"seq": "-.0"},
        {"trade_direction": "buy"},
    ],
)
def test_a_trade_that_is_not_documented_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ProtocolError):
        ALLTICK.decode(trade_frame(**changes))
