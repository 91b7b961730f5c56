"""The parts of a document that a person may have edited."""

import math
from collections.abc import Callable

import pytest

from alltick_desk.store.fields import flag, maybe_number, rows, table, text, whole


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (table, {"a": 1}),
        (rows, [1]),
        (text, ""),
        (text, "自选"),
        (whole, 0),
        (whole, -(2**63) + 1),
        (maybe_number, None),
        (maybe_number, 1.5),
        (maybe_number, 7),
        (flag, False),
    ],
)
def test_what_fits_is_returned(read: Callable[[object], object], value: object) -> None:
    assert read(value) == value


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (table, []),
        (table, None),
        (rows, {}),
        (rows, "ab"),
        (text, 5),
        (text, None),
        (whole, True),
        (whole, 1.5),
        (whole, "1"),
        (whole, 2**63),
        (maybe_number, True),
        (maybe_number, "1"),
        (maybe_number, math.inf),
        (maybe_number, 10**400),
        (flag, 1),
    ],
)
def test_what_does_not_fit_is_refused(read: Callable[[object], object], value: object) -> None:
    with pytest.raises(ValueError, match=r"^(no|neither) "):
        read(value)
