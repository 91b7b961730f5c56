"""What a person has chosen to see: indicators with parameters, colours and panes, under a name.

A template is kept as JSON. What a later version wrote into it and this one does not know, an
indicator, a parameter or a field, is kept and written again.
"""

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

import msgspec

from alltick_desk.errors import DeskError
from alltick_desk.model.words import Sentence, joined
from alltick_desk.services.indicators.catalogue import INDICATORS
from alltick_desk.services.indicators.declaration import PALETTE, RISE_FALL, Indicator, Value
from alltick_desk.services.indicators.parameters import problems as parameter_problems

# Where an entry is drawn: "" is where its declaration says; entries of one number share a pane.
PANES = ("", "price", "volume", *map(str, range(1, 9)))
LONGEST_NAME = 60

Colour: TypeAlias = int | str

_RGB = re.compile(r"#[0-9a-fA-F]{6}")
_UNREADABLE = Sentence(
    "Indicators",
    "This is not a template of indicators, so nothing was taken from it. Choose one that the desk "
    "has saved.",
)
_FIELDS: Mapping[str, type] = {"parameters": dict, "colours": dict, "pane": str, "visible": bool}


class TemplateError(DeskError):
    """A template cannot be used; ``problems`` holds a sentence for each reason."""

    def __init__(self, problems: tuple[Sentence, ...]) -> None:
        super().__init__(joined(*problems))
        self.problems = problems


class Entry(msgspec.Struct, frozen=True):
    """One indicator as a person wants it.

    Attributes:
        id: the indicator's, which may be of a later version.
        parameters: those that differ from the defaults, by id.
        colours: of lines, by id, where they differ: a place in the palette, RISE_FALL, or
            ``#rrggbb``.
        pane: one of PANES.
        rest: fields that only a later version knows.
    """

    id: str
    parameters: dict[str, Value] = {}  # msgspec copies it
    colours: dict[str, Colour] = {}
    pane: str = ""
    visible: bool = True
    rest: dict[str, Any] = {}

    @property
    def indicator(self) -> Indicator | None:
        """Its declaration; None where this version has no such indicator."""
        return INDICATORS.get(self.id)

    def colour(self, line: str) -> Colour:
        """Return the colour of a line: the person's, else the declared one."""
        indicator = INDICATORS[self.id]
        declared = next(known.colour for known in indicator.lines if known.id == line)
        return self.colours.get(line, declared)


class Template(msgspec.Struct, frozen=True):
    """A selection under a name; ``rest`` as of an entry."""

    name: str
    entries: tuple[Entry, ...] = ()
    rest: dict[str, Any] = {}

    @property
    def unknown(self) -> tuple[str, ...]:
        """Indicators that this version does not have, each once: they are kept, not drawn."""
        return tuple(dict.fromkeys(entry.id for entry in self.entries if entry.indicator is None))


def encode(template: Template) -> bytes:
    """Return a template as JSON, without what is as by default."""
    entries = [{"id": entry.id, **_told(entry), **entry.rest} for entry in template.entries]
    return msgspec.json.encode({"name": template.name, "entries": entries, **template.rest})


def decode(data: bytes | str) -> Template:
    """Read a template; TemplateError, which names everything that is wrong with it."""
    try:
        document = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise TemplateError((_UNREADABLE,)) from None
    if not isinstance(document, dict):
        raise TemplateError((_UNREADABLE,))
    name, items = document.pop("name", None), document.pop("entries", None)
    if not isinstance(name, str) or not isinstance(items, list):
        raise TemplateError((_UNREADABLE,))
    faults: list[Sentence] = []
    entries = [_entry(number, item, faults) for number, item in enumerate(items, 1)]
    template = Template(name, tuple(filter(None, entries)), document)
    faults += problems(template)
    if faults:
        raise TemplateError(tuple(faults))
    return template


def problems(template: Template) -> list[Sentence]:
    """Return what is wrong with a template, a sentence each."""
    found = []
    if not template.name.strip() or len(template.name) > LONGEST_NAME:
        words = Sentence("Indicators", "A template needs a name of up to {most} characters.")
        found.append(words.format(most=LONGEST_NAME))
    for entry in template.entries:
        found += entry_problems(entry)
    return found


def entry_problems(entry: Entry) -> list[Sentence]:
    """Return what is wrong with an entry; nothing is where its indicator is not known."""
    indicator = entry.indicator
    if indicator is None:
        return []
    found = parameter_problems(indicator, entry.parameters)
    for line in indicator.lines:
        if line.id in entry.colours and not _is_colour(entry.colours[line.id]):
            words = Sentence(
                "Indicators",
                "The colour of “{line}” of {indicator} must be one of the palette's {count}, or "
                "be written as #rrggbb.",
            )
            title = Sentence("Indicators", line.title)
            found.append(words.format(line=title, indicator=indicator.short, count=PALETTE))
    if entry.pane not in PANES:
        words = Sentence("Indicators", "{indicator} cannot be drawn in the pane “{pane}”.")
        found.append(words.format(indicator=indicator.short, pane=entry.pane[:20]))
    return found


def _told(entry: Entry) -> dict[str, Any]:
    fields = {name: getattr(entry, name) for name in _FIELDS}
    plain = Entry(entry.id)
    return {name: value for name, value in fields.items() if value != getattr(plain, name)}


def _entry(number: int, item: object, faults: list[Sentence]) -> Entry | None:
    """Read one entry; None, and a sentence more among ``faults``, where it is none."""
    if not isinstance(item, dict) or not isinstance(item.get("id"), str):
        words = Sentence("Indicators", "Entry {number} of the template names no indicator.")
        faults.append(words.format(number=number))
        return None
    fields = dict(item)
    name = fields.pop("id")
    if name not in INDICATORS:
        return Entry(name, rest=fields)  # its fields may mean something else by then
    known = {}
    for field, kind in _FIELDS.items():
        if field not in fields:
            continue
        known[field] = fields.pop(field)
        if not isinstance(known[field], kind):
            words = Sentence(
                "Indicators",
                "The field “{field}” of entry {number} of the template, {indicator}, cannot be "
                "read.",
            )
            short = INDICATORS[name].short
            faults.append(words.format(field=field, number=number, indicator=short))
            return None
    return Entry(name, **known, rest=fields)


def _is_colour(value: object) -> bool:
    if isinstance(value, str):
        return _RGB.fullmatch(value) is not None
    return isinstance(value, int) and not isinstance(value, bool) and RISE_FALL <= value < PALETTE
