"""What an indicator is, as data: dialog, legend, drawing and arithmetic all read this.

Texts for people are English here, marked for translation in the context "Indicators".
"""

from collections.abc import Mapping
from enum import Enum
from typing import TypeAlias

import msgspec

Value: TypeAlias = int | float | str
Parameters: TypeAlias = Mapping[str, Value]

# Colours are named by their place in the theme's palette, so that they fit light and dark.
PALETTE = 8
# Instead of a place: the theme's colour of a rise where the value is not negative (a cloud: where
# its first line is above its second), and that of a fall elsewhere.
RISE_FALL = -1


class Place(Enum):
    """Where an indicator is drawn unless the person wants it elsewhere."""

    PRICE = "price"  # over the candles, on their scale
    VOLUME = "volume"  # over the volume's columns, on their scale
    BENEATH = "beneath"  # in a pane of its own


class Draw(Enum):
    """How a line's values are drawn."""

    LINE = "line"
    HISTOGRAM = "histogram"  # columns from zero
    DOTS = "dots"


class Figures(Enum):
    """How a value is written in a legend and on an axis."""

    PRICE = "price"  # with the instrument's digits
    VOLUME = "volume"
    PLAIN = "plain"  # with two digits


class Column(Enum):
    """What goes into an indicator's arithmetic: a column of the series, or made of some."""

    OPEN = "open"
    HIGH = "high"
    LOW = "low"
    CLOSE = "close"
    VOLUME = "volume"
    TYPICAL = "hlc3"  # (high + low + close) / 3
    SOURCE = "source"  # the price that the parameter of this name chooses
    SESSION = "session"  # equal in all bars of one trading date, and only there


class Parameter(msgspec.Struct, frozen=True):
    """One figure or choice of an indicator.

    Attributes:
        default: its type is the parameter's: int, float, or str for a choice.
        least, most: the bounds of a number, both allowed.
        digits: how many digits behind the point a person may type.
        choices: value and title.
    """

    id: str
    title: str
    default: Value
    least: float = 0.0
    most: float = 0.0
    digits: int = 0
    choices: tuple[tuple[str, str], ...] = ()


class Line(msgspec.Struct, frozen=True):
    """One row of values.

    Attributes:
        colour: a place in the palette, or RISE_FALL.
        ahead: the parameter by which the values are drawn to the right, "" for none.
        behind: the same to the left.
    """

    id: str
    title: str
    colour: int
    draw: Draw = Draw.LINE
    ahead: str = ""
    behind: str = ""

    def shift(self, parameters: Parameters) -> int:
        """Return how many bars to the right of its own bar a value is drawn; negative: left.

        A displacement counts the bar itself, as in Ichimoku's books: one of 26 moves by 25.
        """
        if self.ahead:
            return int(parameters[self.ahead]) - 1
        return 1 - int(parameters[self.behind]) if self.behind else 0


class Cloud(msgspec.Struct, frozen=True):
    """A filled space between two lines; ``colour`` as of a line."""

    first: str
    second: str
    colour: int


class Indicator(msgspec.Struct, frozen=True):
    """One indicator.

    Attributes:
        id: its name in templates; never changes.
        short: what legends call it, the same in every language.
        inputs: what its arithmetic takes, in this order.
        lines: in the order in which the arithmetic gives them.
        guides: levels that are marked, e.g. 30 and 70.
        scale: the lowest and highest value possible, where there are such.
        function: TA-Lib's name of it; "" where the arithmetic is the desk's own.
        arguments: TA-Lib's argument and the parameter that it is, in pairs.
        growing: parameters each of which may not exceed the next.
        intraday: it says nothing new about bars of a day and longer.
    """

    id: str
    short: str
    title: str
    place: Place
    figures: Figures
    inputs: tuple[Column, ...]
    lines: tuple[Line, ...]
    parameters: tuple[Parameter, ...] = ()
    clouds: tuple[Cloud, ...] = ()
    guides: tuple[float, ...] = ()
    scale: tuple[float, float] | None = None
    function: str = ""
    arguments: tuple[tuple[str, str], ...] = ()
    growing: tuple[str, ...] = ()
    intraday: bool = False

    @property
    def needs_volume(self) -> bool:
        """Whether it says nothing where the vendor gives no volume."""
        return Column.VOLUME in self.inputs

    @property
    def defaults(self) -> dict[str, Value]:
        """The parameters as long as nobody changes them."""
        return {parameter.id: parameter.default for parameter in self.parameters}

    def label(self, parameters: Parameters) -> str:
        """Return what a legend calls it, e.g. ``MACD 12 26 9``."""
        words = [self.short]
        for parameter in self.parameters:
            value = parameters[parameter.id]
            if isinstance(value, str):
                if value != parameter.default:
                    words.append(value)
            else:
                words.append(f"{value:g}")
        return " ".join(words)
