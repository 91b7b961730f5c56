"""How a person wants the chart to look: what is kept from one run to the next."""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple, TypeVar

from alltick_desk.ui.chart.price_layer import Style
from alltick_desk.ui.chart.scale import ScaleKind
from alltick_desk.ui.chart.zones import EXCHANGE, is_zone

E = TypeVar("E", bound=Enum)

_YES = "yes"
_LEAST_WEIGHT, _MOST_WEIGHT = 1.0, 1000.0


class ChartLook(NamedTuple):
    """The choices of one chart.

    Attributes:
        by_clock: every span of time has the same room; only where the market never closes.
        zone: EXCHANGE, LOCAL, UTC, or a name such as ``Asia/Tokyo``.
        countdown: whether the last price tells how long its bar has to go.
        bid_ask: whether bid and ask have lines.
        heights: the panes' shares of the height, by their ids.
        magnet: whether points of drawings catch at prices.
        keeps: whether a drawing tool stays taken after drawing.
        inertia: whether the bars run on for a moment after a drag.
    """

    style: Style = Style.CANDLES
    scale: ScaleKind = ScaleKind.LINEAR
    inverted: bool = False
    by_clock: bool = False
    zone: str = EXCHANGE
    countdown: bool = True
    bid_ask: bool = False
    heights: Mapping[str, float] = {}  # never written to
    magnet: bool = False
    keeps: bool = False
    inertia: bool = False

    def to_dict(self) -> dict[str, str]:
        """Return it in small words."""
        return {
            "style": self.style.value,
            "scale": self.scale.value,
            "inverted": _word(self.inverted),
            "by_clock": _word(self.by_clock),
            "zone": self.zone,
            "countdown": _word(self.countdown),
            "bid_ask": _word(self.bid_ask),
            "heights": " ".join(f"{name}={weight:g}" for name, weight in self.heights.items()),
            "magnet": _word(self.magnet),
            "keeps": _word(self.keeps),
            "inertia": _word(self.inertia),
        }

    @classmethod
    def from_dict(cls, words: Mapping[str, str]) -> "ChartLook":
        """Read what ``to_dict`` gave; what is missing or makes no sense has its default."""
        plain = cls()
        zone = words.get("zone", plain.zone)
        return cls(
            style=_choice(Style, words.get("style"), plain.style),
            scale=_choice(ScaleKind, words.get("scale"), plain.scale),
            inverted=words.get("inverted") == _YES,
            by_clock=words.get("by_clock") == _YES,
            zone=zone if is_zone(zone) else plain.zone,
            countdown=words.get("countdown", _YES) == _YES,
            bid_ask=words.get("bid_ask") == _YES,
            heights=_heights(words.get("heights", "")),
            magnet=words.get("magnet") == _YES,
            keeps=words.get("keeps") == _YES,
            inertia=words.get("inertia") == _YES,
        )


def _word(flag: bool) -> str:
    return _YES if flag else "no"


def _choice(kind: type[E], word: str | None, otherwise: E) -> E:
    try:
        return kind(word)
    except ValueError:
        return otherwise


def _heights(text: str) -> dict[str, float]:
    heights = {}
    for part in text.split():
        name, _, weight = part.rpartition("=")
        try:
            value = float(weight)
        except ValueError:
            continue
        if name and _LEAST_WEIGHT <= value <= _MOST_WEIGHT:
            heights[name] = value
    return heights
