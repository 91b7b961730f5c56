"""Which instruments one call asks for, while some of them are doubted."""

from types import SimpleNamespace
from typing import Any, cast

from alltick_desk.app.market_data import MarketData
from alltick_desk.model.instrument import Catalogue, InstrumentKey


class Line:
    """A provider that parts by three, and doubts what begins with an X."""

    doubts = staticmethod(lambda code: code.startswith("X"))

    @staticmethod
    def batches(codes: list[str]) -> list[list[str]]:
        return [codes[at : at + 3] for at in range(0, len(codes), 3)]


def test_what_is_doubted_goes_last_and_by_itself() -> None:
    lines = {"alltick": SimpleNamespace(provider=Line()), "itick": SimpleNamespace(provider=None)}
    data = MarketData(cast("Any", SimpleNamespace(lines=lines)), Catalogue([]))
    codes = ["X1", "A", "X2", "B", "C", "X3", "X4", "D"]
    keys = [InstrumentKey("alltick", code) for code in codes]
    parts = data.batches([*keys, InstrumentKey("itick", "E")])
    assert [[key.code for key in part] for part in parts] == [
        ["A", "B", "C"],
        ["D"],
        ["X1", "X2", "X3"],
        ["X4"],
    ]
