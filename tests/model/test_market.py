"""Trades, books and candles: values that keep the vendor's digits."""

import msgspec
import pytest

from alltick_desk.errors import ProtocolError
from alltick_desk.model.book import Level, Sides
from alltick_desk.model.figures import decimals, number
from alltick_desk.model.market import Candle, Depth, Side, Trade


@pytest.mark.parametrize(
    ("text", "digits"),
    [("612.500", 3), ("612", 0), ("0.00001234", 8), ("", 0), ("5.", 0), (".5", 1)],
)
def test_digits_behind_the_point(text: str, digits: int) -> None:
    assert decimals(text) == digits


@pytest.mark.parametrize(("text", "value"), [("612.500", 612.5), ("0", 0.0), ("-1.5", -1.5)])
def test_numbers_of_decimal_text(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "x", "nan", "inf", "-inf", "1e999"])
def test_text_that_is_no_finite_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a finite number|could not convert"):
        number(text)


def test_sides_are_the_vendors_numbers() -> None:
    assert [Side(0), Side(1), Side(2)] == [Side.NONE, Side.BUY, Side.SELL]


def test_what_a_vendor_may_leave_out() -> None:
    trade = Trade("GOLD", 0, 1, "1800.10")
    assert (trade.volume, trade.turnover, trade.side) == ("", "", Side.NONE)
    candle = Candle(60, "1", "2", "0.5", "1.5")
    assert (candle.volume, candle.turnover) == ("", "")


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (Trade("GOLD", 0, 1, "1800.10"), "price"),
        (Level("1", "2"), "price"),
        (Candle(60, "1", "2", "0.5", "1.5"), "close"),
        (Sides((), ()), "bids"),
    ],
)
def test_values_do_not_change(value: msgspec.Struct, field: str) -> None:
    with pytest.raises(AttributeError):
        setattr(value, field, "3")


def test_levels_are_unpacked_only_when_asked_for() -> None:
    sides = Sides((Level("9.12", "300"),), ())
    asked: list[tuple[bytes, bytes]] = []

    def unpack(raw_bids: bytes, raw_asks: bytes) -> Sides:
        asked.append((raw_bids, raw_asks))
        return sides

    depth = Depth("700.HK", 1, 2, b"bids", b"asks", unpack)
    assert asked == []
    assert depth.sides() is sides
    assert asked == [(b"bids", b"asks")]


def test_bad_levels_are_the_readers_error() -> None:
    def unpack(raw_bids: bytes, raw_asks: bytes) -> Sides:
        raise ProtocolError("a bad level")

    depth = Depth("700.HK", 1, 2, b"", b"", unpack)
    with pytest.raises(ProtocolError):
        depth.sides()
