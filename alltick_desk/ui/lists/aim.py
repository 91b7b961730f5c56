"""Where in a table a drop would go. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from alltick_desk.model.lists import NamedList, Place
from alltick_desk.ui.watchlist.arrangement import Heading, Line

_EDGE = 1 / 3  # of a heading's height, above which a drop still goes into the section above


class Aim(NamedTuple):
    """A place in the list, and the mark that shows it.

    Attributes:
        place: before which row of which section; for a section only its number counts, which is
            that of the section it would stand before.
        line: the line of the table that the mark stands above; their number is the end.
        onto: whether the mark is that line itself, a heading.
    """

    place: Place
    line: int
    onto: bool = False


def aim_rows(lines: Sequence[Line], one: NamedList, at: float, *, ordered: bool) -> Aim | None:
    """Return where rows would go that are dropped ``at`` so many lines below the first one.

    ``ordered`` is False where the table is sorted by a column: then a drop chooses a section
    only, and there is no place in a list without sections.
    """
    if not lines:
        return Aim(end_of(one), 0)
    number = min(max(int(at), 0), len(lines) - 1)
    part = 1.0 if at >= len(lines) else at - number
    if not ordered:
        return _aim_at_section(lines, one, number)
    line = lines[number]
    if isinstance(line, Heading):
        return _aim_at_heading(line, one, number, part)
    place = one.place_of(line.key)
    if place is None:
        return None
    below = part >= 0.5
    return Aim(Place(place.section, place.at + below), number + below)


def aim_section(lines: Sequence[Line], one: NamedList, at: float) -> Aim | None:
    """Return where a section would go: above or below the one that it is dropped upon."""
    starts = {0: 0} | {
        line.number: place for place, line in enumerate(lines) if isinstance(line, Heading)
    }
    if not lines or len(starts) < 2:
        return None
    number = _section_of(lines, one, min(max(int(at), 0), len(lines) - 1))
    following = [start for its, start in starts.items() if its > number]
    end = min(following, default=len(lines))
    below = number == 0 or at >= (starts[number] + end) / 2
    return Aim(Place(number + below, 0), end if below else starts[number])


def end_of(one: NamedList) -> Place:
    """Return the place behind a list's last row."""
    return _end(one, len(one.sections) - 1)


def _aim_at_heading(line: Heading, one: NamedList, number: int, part: float) -> Aim:
    if part < _EDGE:
        return Aim(_end(one, line.number - 1), number)
    if line.folded or part >= 1.0:
        return Aim(_end(one, line.number), number, onto=True)
    return Aim(Place(line.number, 0), number + 1)


def _aim_at_section(lines: Sequence[Line], one: NamedList, at: int) -> Aim | None:
    if len(one.sections) < 2:
        return None
    number = _section_of(lines, one, at)
    for place, line in enumerate(lines):
        if isinstance(line, Heading) and line.number == number:
            return Aim(_end(one, number), place, onto=True)
    return Aim(_end(one, number), 0)


def _section_of(lines: Sequence[Line], one: NamedList, at: int) -> int:
    line = lines[at]
    if isinstance(line, Heading):
        return line.number
    place = one.place_of(line.key)
    return 0 if place is None else place.section


def _end(one: NamedList, number: int) -> Place:
    return Place(number, len(one.sections[number].entries))
