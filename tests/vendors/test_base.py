"""The values that carry a token never show it."""

import pytest

from alltick_desk.vendors.base import Address, HttpRequest

SECRET = "0123456789abcdef"
HEADERS = {"token": SECRET}


@pytest.mark.parametrize(
    "value",
    [
        Address(f"wss://host/stock?token={SECRET}", HEADERS),
        HttpRequest("GET", f"https://host/kline?token={SECRET}", HEADERS, SECRET.encode()),
    ],
)
def test_nothing_that_prints_a_value_shows_its_secret(value: Address | HttpRequest) -> None:
    assert "…" in repr(value)
    assert SECRET not in f"{value!r} {value} {value.__rich_repr__()}"
