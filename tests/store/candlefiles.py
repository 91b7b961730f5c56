"""A file of candles, opened and closed, and some bars to put into it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from candle_model import candle
from fakes import FakeClock

from alltick_desk.model.market import Candle
from alltick_desk.store.candle_base import CandleBase


@contextlib.contextmanager
def opened(path: Path, **how: object) -> Iterator[CandleBase]:
    base = CandleBase(path, clock=FakeClock(), **how)  # type: ignore[arg-type]
    try:
        yield base
        base.close()
    finally:
        base.drop()


def some(count: int, start: int = 0) -> list[Candle]:
    return [candle(start + at, 100 + at % 50, at) for at in range(count)]
