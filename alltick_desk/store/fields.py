"""The parts of a document that a person may have edited: as they must be, or ValueError.

The lists, the last values and the layout are read for the first window, which would have to wait
for msgspec.
"""

import math

LARGEST = 2**63  # what no count and no time comes near


def table(value: object) -> dict[str, object]:
    """Return a JSON object."""
    if not isinstance(value, dict):
        raise ValueError("no table")  # noqa: TRY004 - it is the value that is wrong
    return value


def rows(value: object) -> list[object]:
    """Return a JSON array."""
    if not isinstance(value, list):
        raise ValueError("no list")  # noqa: TRY004
    return value


def text(value: object) -> str:
    """Return a text."""
    if not isinstance(value, str):
        raise ValueError("no text")  # noqa: TRY004
    return value


def whole(value: object) -> int:
    """Return a whole number."""
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= LARGEST:
        raise ValueError("no whole number")
    return value


def maybe_number(value: object) -> float | None:
    """Return a finite number, or None as it is."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("no number")  # noqa: TRY004
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError("no finite number")
    return number


def flag(value: object) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise ValueError("neither true nor false")  # noqa: TRY004
    return value
