"""An instrument's drawings as a document to be kept, and back.

What a later version wrote and this one does not know, a kind or a field, is kept and written
again. In a later version's document a drawing that this one cannot show is kept in the same way.
"""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any, TypeVar

import msgspec

from alltick_desk.model.drawings import (
    KINDS,
    Anchor,
    Drawing,
    DrawingError,
    Level,
    Style,
    problems,
)
from alltick_desk.model.words import Sentence

VERSION = 1

T = TypeVar("T", Style, Level)

_UNREADABLE = Sentence(
    "Drawings", "It holds no drawings that the desk can read, so nothing was taken from it."
)
_FIELDS: Mapping[str, Any] = {"anchors": tuple[Anchor, ...], "locked": bool, "hidden": bool}
_LEVEL: Mapping[str, Any] = {"ratio": float, "colour": str}
_STYLE: Mapping[str, Any] = {
    **dict.fromkeys(("colour", "dash", "fill", "text"), str),
    "width": float,
    "extends": bool,
}


class Sheet(msgspec.Struct, frozen=True):
    """All drawings of an instrument, the lowest first.

    ``version`` is the document's, which may be later than VERSION; ``rest`` holds its fields that
    only that version knows.
    """

    drawings: tuple[Drawing, ...] = ()
    version: int = VERSION
    rest: dict[str, Any] = {}


class _UnfitError(Exception):
    """A field of a drawing cannot be read; holds its name."""


def read_sheet(document: object) -> Sheet:
    """Read a document; DrawingError, which names everything that is wrong with it.

    Each drawing has a number of its own afterwards, whatever the document says.
    """
    if not isinstance(document, dict):
        raise DrawingError((_UNREADABLE,))
    rest = dict(document)
    items, version = rest.pop("drawings", None), rest.pop("version", VERSION)
    if not isinstance(items, list) or not isinstance(version, int) or version < VERSION:
        raise DrawingError((_UNREADABLE,))
    faults: list[Sentence] = []
    drawings = [_drawing(number, it, faults, version) for number, it in enumerate(items, 1)]
    if faults:
        raise DrawingError(tuple(faults))
    return Sheet(_numbered(filter(None, drawings)), version, rest)


def write_sheet(sheet: Sheet) -> dict[str, Any]:
    """Return the document that ``read_sheet`` reads back."""
    return {
        **sheet.rest,
        "version": max(sheet.version, VERSION),
        "drawings": [_told_drawing(drawing) for drawing in sheet.drawings],
    }


def _drawing(number: int, item: object, faults: list[Sentence], version: int) -> Drawing | None:
    """Read one drawing; None, and sentences more among ``faults``, where it is none."""
    if not isinstance(item, dict) or not isinstance(item.get("kind"), str):
        faults.append(Sentence("Drawings", "Drawing {number} has no kind.").format(number=number))
        return None
    fields = dict(item)
    kind, given = fields.pop("kind"), fields.pop("id", 0)
    name = given if isinstance(given, int) and not isinstance(given, bool) else 0
    kept = Drawing(name, kind, (), rest=fields)
    if kind not in KINDS:
        return kept  # its fields may mean something else by then
    try:
        drawing = _known(name, kind, dict(fields))
        found = problems(drawing)
    except _UnfitError as error:
        words = Sentence("Drawings", "{kind}: the field “{field}” cannot be read.")
        label = Sentence("Drawings", KINDS[kind].label)
        found = [words.format(kind=label, field=str(error))]
    if found and version > VERSION and fields:
        return kept
    where = Sentence("Drawings", "Drawing {number}, {problem}")
    faults += [where.format(number=number, problem=problem) for problem in found]
    return None if found else drawing


def _known(name: int, kind: str, fields: dict[str, Any]) -> Drawing:
    style = fields.pop("style", {})
    known = _taken(fields, _FIELDS)
    return Drawing(
        name,
        kind,
        known.pop("anchors", ()),
        _style(style),
        **known,
        rest=fields,
    )


def _style(document: object) -> Style:
    if not isinstance(document, dict):
        raise _UnfitError("style")
    fields = dict(document)
    levels = fields.pop("levels", [])
    if not isinstance(levels, list):
        raise _UnfitError("levels")
    known = _taken(fields, _STYLE)
    return Style(**known, levels=tuple(map(_level, levels)), rest=fields)


def _level(document: object) -> Level:
    if not isinstance(document, dict) or "ratio" not in document:
        raise _UnfitError("levels")
    fields = dict(document)
    return Level(**_taken(fields, _LEVEL), rest=fields)


def _taken(fields: dict[str, Any], types: Mapping[str, Any]) -> dict[str, Any]:
    """Move what ``types`` names out of ``fields``, each of its type."""
    known = {}
    for name, kind in types.items():
        if name in fields:
            try:
                known[name] = msgspec.convert(fields.pop(name), kind)
            except msgspec.ValidationError:
                raise _UnfitError(name) from None
    return known


def _numbered(drawings: Iterable[Drawing]) -> tuple[Drawing, ...]:
    """Give a number to what has none, or one that is taken."""
    drawings = tuple(drawings)
    free = count(max((0, *(drawing.id for drawing in drawings))) + 1)
    taken: set[int] = set()
    numbered = []
    for drawing in drawings:
        right = drawing.id > 0 and drawing.id not in taken
        numbered.append(drawing if right else msgspec.structs.replace(drawing, id=next(free)))
        taken.add(drawing.id)
    return tuple(numbered)


def _told_drawing(drawing: Drawing) -> dict[str, Any]:
    told = {"id": drawing.id, "kind": drawing.kind}
    if not drawing.known:
        return {**drawing.rest, **told}
    style = drawing.style
    return {
        **drawing.rest,
        **told,
        "anchors": drawing.anchors,
        "style": {**_told(style), "levels": [_told(level) for level in style.levels]},
        "locked": drawing.locked,
        "hidden": drawing.hidden,
    }


def _told(part: Style | Level) -> dict[str, Any]:
    fields = msgspec.structs.asdict(part)
    return {**fields.pop("rest"), **fields}
