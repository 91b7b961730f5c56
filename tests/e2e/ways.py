"""What tests that hold for every vendor have to know of each."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from _pytest.mark import ParameterSet


class Ways(NamedTuple):
    """One vendor.

    Attributes:
        name: as on the command line.
        stocks, crypto: the families that carry these.
        tick: what a fault calls the push of a trade.
        subscribe: and the commands that subscribe.
        bars: and the HTTP calls that bring bars.
        hollow: a push that names no instrument.
        rate: how fast a clock may run, where no passing state has to be seen.
    """

    name: str
    stocks: str
    crypto: str
    tick: str
    subscribe: tuple[str, ...]
    bars: tuple[str, ...]
    hollow: str
    rate: float


ALLTICK = Ways(
    name="alltick",
    stocks="stock",
    crypto="other",
    tick="22998",
    subscribe=("22002", "22004"),
    bars=("kline", "batch-kline"),
    hollow='{"cmd_id":22998}',
    rate=30,
)
ITICK = Ways(
    name="itick",
    stocks="stock",
    crypto="crypto",
    tick="tick",
    subscribe=("subscribe",),
    bars=("kline",),
    hollow='{"code":1,"data":{"type":"tick"}}',
    rate=50,
)
EVERY = (ALLTICK, ITICK)

each_vendor = pytest.mark.parametrize("ways", EVERY, ids=lambda ways: ways.name)


def each_with(
    common: Mapping[str, Any],
    *,
    alltick: Mapping[str, Any] = MappingProxyType({}),
    itick: Mapping[str, Any] = MappingProxyType({}),
) -> list[ParameterSet]:
    """Return every vendor with every case: those in common, and its own."""
    own = {ALLTICK: alltick, ITICK: itick}
    return [
        pytest.param(ways, case, id=f"{ways.name}-{name}")
        for ways in EVERY
        for name, case in {**common, **own[ways]}.items()
    ]
