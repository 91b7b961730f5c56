"""Where a drop goes, whatever the table shows."""

from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import Entry, NamedList, Place, Section
from alltick_desk.services.quotes import QuoteBoard
from alltick_desk.ui.lists.aim import aim_rows, aim_section
from alltick_desk.ui.watchlist.arrangement import Heading, Line, arrange
from alltick_desk.ui.watchlist.arrangement import Section as Shown

BOARD = QuoteBoard()


def build(*counts: int, folded: frozenset[int] = frozenset()) -> tuple[list[Line], NamedList]:
    """Return the lines of a list whose sections have so many rows, and the list."""
    sections, shown = [], []
    for number, count in enumerate(counts):
        keys = [InstrumentKey("alltick", f"{number}.{at}") for at in range(count)]
        name, shut = (f"S{number}", number in folded) if number else ("", False)
        sections.append(Section(name, tuple(map(Entry, keys)), shut))
        shown.append(Shown(number, name, [BOARD.row(key) for key in keys], shut))
    return arrange(shown).lines, NamedList("1", "One", tuple(sections))


def test_an_empty_list_takes_rows_at_its_beginning() -> None:
    lines, one = build(0)
    aim = aim_rows(lines, one, 5.5, ordered=True)
    assert aim is not None
    assert (aim.place, aim.line) == (Place(0, 0), 0)


def test_below_the_last_line_is_the_end_of_its_section() -> None:
    lines, one = build(1, 2)
    aim = aim_rows(lines, one, 99.0, ordered=True)
    assert aim is not None
    assert (aim.place, aim.line, aim.onto) == (Place(1, 2), 4, False)
    lines, one = build(1, 2, folded=frozenset({1}))
    aim = aim_rows(lines, one, 99.0, ordered=True)
    assert aim is not None
    assert (aim.place, aim.line, aim.onto) == (Place(1, 2), 1, True)


def test_a_section_goes_above_or_below_another() -> None:
    lines, one = build(2, 2, 2)  # headings are lines 2 and 5
    places = [aim_section(lines, one, at) for at in (0.1, 2.1, 3.9, 5.1, 7.9, 99.0)]
    assert [(it.place.section, it.line) for it in places if it is not None] == [
        (1, 2),
        (1, 2),
        (2, 5),
        (2, 5),
        (3, 8),
        (3, 8),
    ]


def test_without_other_sections_there_is_nowhere_to_go() -> None:
    lines, one = build(3)
    assert aim_section(lines, one, 1.0) is None
    assert aim_rows(lines, one, 1.0, ordered=False) is None


@given(
    counts=st.lists(st.integers(0, 4), min_size=1, max_size=4),
    folded=st.frozensets(st.integers(1, 3)),
    at=st.floats(-2, 30),
    ordered=st.booleans(),
)
def test_rows_fall_where_the_mark_stands(
    counts: list[int], folded: frozenset[int], at: float, ordered: bool
) -> None:
    lines, one = build(*counts, folded=folded)
    aim = aim_rows(lines, one, at, ordered=ordered)
    if aim is None:
        assert not ordered
        assert len(counts) == 1
        return
    number, place = aim.place
    assert 0 <= place <= len(one.sections[number].entries)
    assert 0 <= aim.line <= len(lines)
    above = lines[aim.line - 1] if aim.line else None
    if aim.onto:
        heading = lines[aim.line]
        assert isinstance(heading, Heading)
        assert heading.number == number
    elif ordered and isinstance(above, Heading) and place:
        assert above.folded  # what is below a heading that is open is its first row
    elif ordered and above is not None and not isinstance(above, Heading):
        assert one.place_of(above.key) in {Place(number, place - 1), None}
