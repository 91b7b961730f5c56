"""What a person draws into a chart: lines and figures that stand in time and price.

A drawing knows no interval and no pixel; ``drawing_shapes`` says what it looks like, and
``drawing_moves`` what the mouse does to it. Every change makes a new one.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

import msgspec

from alltick_desk.errors import DeskError
from alltick_desk.model.words import QT_TRANSLATE_NOOP, Sentence, joined

# The theme's own colours, which follow light and dark.
ROLES = ("accent", "text", "muted", "up", "down", "warn", "error")
DASHES = ("solid", "dashed", "dotted")
WIDTHS = (0.5, 10.0)  # pixels
LONGEST_TEXT = 500
MOST_LEVELS = 24
FURTHEST_LEVEL = 100.0

_RGB = re.compile(r"#[0-9a-fA-F]{6}")
_FURTHEST_S = 6e10  # 1900 years before and after 1970

Fault: TypeAlias = tuple[Sentence, dict[str, object]]  # a pattern, and its parts but ``kind``


class Kind(StrEnum):
    """The figures this version knows; the value is the word in the file."""

    TREND = "trend"
    RAY = "ray"
    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"
    CHANNEL = "channel"
    RECTANGLE = "rectangle"
    FIBONACCI = "fibonacci"
    TEXT = "text"
    ARROW = "arrow"


class Anchor(NamedTuple):
    """A point of a drawing."""

    time_s: float  # Unix seconds
    price: float


class Level(msgspec.Struct, frozen=True):
    """A line of a retracement.

    Attributes:
        ratio: how much of the way is gone back: 0 at the second anchor, 1 at the first.
        colour: as in Style; "" for the drawing's own.
        rest: fields that only a later version knows.
    """

    ratio: float
    colour: str = ""
    rest: dict[str, Any] = {}  # msgspec copies it


class Style(msgspec.Struct, frozen=True):
    """How a drawing is painted.

    Attributes:
        colour: one of ROLES, or ``#rrggbb``.
        width: of the lines, in pixels.
        dash: one of DASHES.
        fill: the colour of the area, painted thinly; "" for none.
        text: what is written at it.
        levels: of a retracement, in any order.
        extends: whether a channel or a retracement goes on to the right for ever.
        rest: fields that only a later version knows.
    """

    colour: str = "accent"
    width: float = 1.5
    dash: str = "solid"
    fill: str = ""
    text: str = ""
    levels: tuple[Level, ...] = ()
    extends: bool = False
    rest: dict[str, Any] = {}


class Drawing(msgspec.Struct, frozen=True):
    """One figure in the chart of an instrument.

    Attributes:
        id: its number among the instrument's drawings, from 1 on; 0 until a board has given one.
        kind: a Kind, or the word of a later version: such a drawing is kept and not shown.
        anchors: as many as the kind has.
        locked: whether it is safe from being moved, changed and removed.
        rest: fields that only a later version knows; of an unknown kind all of them.
    """

    id: int
    kind: str
    anchors: tuple[Anchor, ...]
    style: Style = Style()
    locked: bool = False
    hidden: bool = False
    rest: dict[str, Any] = {}

    @property
    def known(self) -> bool:
        """Whether this version can show it, and not only keep it."""
        return self.kind in KINDS and bool(self.anchors or not self.rest)


class Figure(NamedTuple):
    """What belongs to a kind."""

    label: str  # English; the screen translates it (context "Drawings")
    anchors: int
    style: Style


_GOLDEN = (0.0, 0.236, 0.382, 0.5, 0.618, 0.786, 1.0)
_LINE = Style()
_AREA = Style(fill="accent")
_STEPS = Style(fill="accent", width=1.0, levels=tuple(map(Level, _GOLDEN)))

KINDS: Mapping[str, Figure] = {
    Kind.TREND: Figure(QT_TRANSLATE_NOOP("Drawings", "Trend line"), 2, _LINE),
    Kind.RAY: Figure(QT_TRANSLATE_NOOP("Drawings", "Ray"), 2, _LINE),
    Kind.HORIZONTAL: Figure(QT_TRANSLATE_NOOP("Drawings", "Horizontal line"), 1, _LINE),
    Kind.VERTICAL: Figure(QT_TRANSLATE_NOOP("Drawings", "Vertical line"), 1, _LINE),
    Kind.CHANNEL: Figure(QT_TRANSLATE_NOOP("Drawings", "Channel"), 3, _AREA),
    Kind.RECTANGLE: Figure(QT_TRANSLATE_NOOP("Drawings", "Rectangle"), 2, _AREA),
    Kind.FIBONACCI: Figure(QT_TRANSLATE_NOOP("Drawings", "Fibonacci retracement"), 2, _STEPS),
    Kind.TEXT: Figure(QT_TRANSLATE_NOOP("Drawings", "Text"), 1, Style(colour="text")),
    Kind.ARROW: Figure(QT_TRANSLATE_NOOP("Drawings", "Arrow"), 2, _LINE),
}


class DrawingError(DeskError):
    """Drawings cannot be used; ``problems`` holds a sentence for each reason."""

    def __init__(self, problems: tuple[Sentence, ...]) -> None:
        super().__init__(joined(*problems))
        self.problems = problems


def new_drawing(kind: Kind, anchors: Iterable[Anchor], **style: Any) -> Drawing:
    """Return a drawing without a number, in its kind's style but for what is given of it."""
    return Drawing(
        0, kind.value, tuple(anchors), msgspec.structs.replace(KINDS[kind].style, **style)
    )


def is_colour(text: str) -> bool:
    """Whether a text is one of ROLES or ``#rrggbb``."""
    return text in ROLES or _RGB.fullmatch(text) is not None


def problems(drawing: Drawing) -> list[Sentence]:
    """Return what is wrong with a drawing, a sentence each; nothing where it is not known."""
    if not drawing.known:
        return []
    faults = [*_anchor_problems(drawing), *_style_problems(drawing.style)]
    if drawing.kind == Kind.TEXT and not drawing.style.text.strip():
        faults.append((Sentence("Drawings", "{kind}: there is nothing to write."), {}))
    if drawing.kind == Kind.FIBONACCI and not drawing.style.levels:
        faults.append((Sentence("Drawings", "{kind}: it needs a level."), {}))
    label = Sentence("Drawings", KINDS[drawing.kind].label)
    return [words.format(kind=label, **parts) for words, parts in faults]


def _anchor_problems(drawing: Drawing) -> Iterator[Fault]:
    found, count = len(drawing.anchors), KINDS[drawing.kind].anchors
    if found != count:
        words = Sentence("Drawings", "{kind}: it has {found} points and needs {count}.")
        yield words, {"found": found, "count": count}
    if not all(
        abs(anchor.time_s) <= _FURTHEST_S and math.isfinite(anchor.price)
        for anchor in drawing.anchors
    ):
        words = Sentence("Drawings", "{kind}: a point has no time or price that can be shown.")
        yield words, {}


def _style_problems(style: Style) -> Iterator[Fault]:
    colours = [style.colour, *filter(None, (style.fill, *(it.colour for it in style.levels)))]
    if not all(map(is_colour, colours)):
        words = Sentence(
            "Drawings", "{kind}: a colour must be one of the theme's, or be written as #rrggbb."
        )
        yield words, {}
    least, most = WIDTHS
    if not least <= style.width <= most:
        words = Sentence("Drawings", "{kind}: the width must be from {least} to {most} pixels.")
        yield words, {"least": f"{least:g}", "most": f"{most:g}"}
    if style.dash not in DASHES:
        yield Sentence("Drawings", "{kind}: the desk has no such style of line."), {}
    if len(style.text) > LONGEST_TEXT:
        words = Sentence("Drawings", "{kind}: the text has more than {most} characters.")
        yield words, {"most": LONGEST_TEXT}
    ratios = [level.ratio for level in style.levels]
    if len(ratios) > MOST_LEVELS or len(set(ratios)) < len(ratios):
        words = Sentence("Drawings", "{kind}: there may be {most} levels, each once.")
        yield words, {"most": MOST_LEVELS}
    if not all(abs(ratio) <= FURTHEST_LEVEL for ratio in ratios):
        words = Sentence("Drawings", "{kind}: a level must be from −{most} to {most}.")
        yield words, {"most": f"{FURTHEST_LEVEL:g}"}
