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
