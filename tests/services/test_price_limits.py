"""Which prices are a day's limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.services.price_limits import at_limit


@pytest.mark.parametrize(
    ("code", "price", "close", "sign"),
    [
        ("600519.SH", 1540.00, 1400.00, 1),
        ("600519.SH", 1260.00, 1400.00, -1),
        ("600519.SH", 1539.99, 1400.00, 0),
        ("600519.SH", 1470.00, 1400.00, 1),  # a limit of 5 % is possible there
        ("600000.SH", 11.01, 10.01, 1),  # 11.011
        ("600000.SH", 11.06, 10.05, 1),  # 11.055, half a cent up
        ("600000.SH", 9.05, 10.05, -1),  # 9.045, half a cent up
        ("688981.SH", 120.00, 100.00, 1),
        ("688981.SH", 110.00, 100.00, 0),
        ("300750.SZ", 80.00, 100.00, -1),
        ("000001.SZ", 11.00, 10.00, 1),
        ("000001.SH", 3300.00, 3000.00, 0),  # an index
        ("510300.SH", 4.40, 4.00, 0),  # a fund
        ("900901.SH", 0.55, 0.50, 0),  # a B share
        ("700.HK", 550.00, 500.00, 0),
        ("TSLA.US", 110.00, 100.00, 0),
        ("600519.SH", 10.00, 10.00, 0),
        ("600519.SH", 10.00, 0.0, 0),
    ],
)
def test_a_price_is_at_its_boards_limit(code: str, price: float, close: float, sign: int) -> None:
    assert at_limit(code, price, close) == sign


@given(st.integers(100, 500_000), st.sampled_from(["600000.SH", "002594.SZ"]))
def test_a_limit_is_a_whole_cent_by_the_exchanges_rounding(cents: int, code: str) -> None:
    up = (11 * cents + 5) // 10  # in whole cents, half a cent up
    down = (9 * cents + 5) // 10
    assert at_limit(code, up / 100, cents / 100) == 1
    assert at_limit(code, down / 100, cents / 100) == -1
    assert at_limit(code, (up + 1) / 100, cents / 100) == 0
    assert at_limit(code, (down - 1) / 100, cents / 100) == 0
