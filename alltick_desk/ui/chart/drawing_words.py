"""Drawings in words: for menus, and for who cannot see them."""

from PySide6.QtCore import QCoreApplication

from alltick_desk.model.drawings import KINDS, Anchor, Drawing, Kind
from alltick_desk.ui.chart.canvas import ChartCanvas
from alltick_desk.ui.chart.figures import price_text

translate = QCoreApplication.translate


def kind_name(kind: str) -> str:
    """Return what people call a kind."""
    return translate("Drawings", KINDS[kind].label)


def describe(drawing: Drawing, canvas: ChartCanvas) -> str:
    """Say what a drawing is and where it stands: ``Trend line from … to …``."""
    name = kind_name(drawing.kind)
    places = [place_words(anchor, canvas) for anchor in drawing.anchors]
    if drawing.kind == Kind.HORIZONTAL:
        price = price_text(drawing.anchors[0].price, canvas.series.digits)
        said = translate("Drawings", "{kind} at {place}").format(kind=name, place=price)
    elif drawing.kind == Kind.VERTICAL:
        moment = canvas.moment_text(int(drawing.anchors[0].time_s))
        said = translate("Drawings", "{kind} at {place}").format(kind=name, place=moment)
    elif len(places) == 1:
        said = translate("Drawings", "{kind} at {place}").format(kind=name, place=places[0])
    else:
        said = translate("Drawings", "{kind} from {start} to {end}").format(
            kind=name, start=places[0], end=places[1]
        )
    if len(places) > 2:
        said = translate("Drawings", "{drawing}, through {place}").format(
            drawing=said, place=places[2]
        )
    if drawing.style.text:
        said = translate("Drawings", "{drawing}, “{text}”").format(
            drawing=said, text=drawing.style.text
        )
    if drawing.locked:
        said = translate("Drawings", "{drawing}, locked").format(drawing=said)
    return said


def place_words(anchor: Anchor, canvas: ChartCanvas) -> str:
    """Say where a point is: ``612.5 on 2026-11-20 14:30``."""
    return translate("Drawings", "{price} on {moment}").format(
        price=price_text(anchor.price, canvas.series.digits),
        moment=canvas.moment_text(int(anchor.time_s)),
    )
