"""Figures as text: a vendor's digits are the precision of what it sends."""

import math


def number(text: str) -> float:
    """Return the float of decimal text; ValueError unless it is finite."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text!r} is not a finite number")
    return value


def decimals(text: str) -> int:
    """Return how many digits stand behind the point: 3 for ``"612.500"``."""
    return len(text.partition(".")[2])


def signed(value: float, digits: int) -> str:
    """Return a change with its sign; a zero, also one made by rounding, has none."""
    return unsigned_zero(f"{value:+.{digits}f}")


def unsigned_zero(text: str) -> str:
    """Return signed text of a number without the sign where it reads as zero."""
    return text if text.strip("+-0.") else text.lstrip("+-")
