"""Drawings as values: what is wrong with one is said, and a later version's is kept."""

import contextlib
import json
import math
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.drawing_sheet import VERSION, Sheet, read_sheet, write_sheet
from alltick_desk.model.drawings import (
    DASHES,
    KINDS,
    ROLES,
    Anchor,
    Drawing,
    DrawingError,
    Kind,
    Level,
    Style,
    is_colour,
    new_drawing,
    problems,
)
from alltick_desk.model.words import Sentence

HERE, THERE, BESIDE = Anchor(1e9, 10.5), Anchor(1.1e9, -20.0), Anchor(1.2e9, 1e-9)
TREND = new_drawing(Kind.TREND, (HERE, THERE))

colours = st.sampled_from((*ROLES, "#0a7F53"))
anchors = st.builds(Anchor, st.floats(-6e10, 6e10), st.floats(-1e12, 1e12))
levels = st.lists(
    st.builds(Level, st.floats(-100, 100), st.sampled_from(("", *ROLES))),
    min_size=1,
    max_size=24,
    unique_by=lambda level: level.ratio,
).map(tuple)
styles = st.builds(
    Style,
    colours,
    st.floats(0.5, 10),
    st.sampled_from(DASHES),
    st.one_of(st.just(""), colours),
    st.text("x y中\n", max_size=9).map(lambda text: f"x{text}"),
    levels,
    st.booleans(),
)


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    kind = draw(st.sampled_from(Kind))
    count = KINDS[kind].anchors
    points = tuple(draw(st.lists(anchors, min_size=count, max_size=count)))
    flags = draw(st.tuples(st.booleans(), st.booleans()))
    return Drawing(0, kind.value, points, draw(styles), *flags)


def stored(document: object) -> Any:
    """What a file makes of a document."""
    return json.loads(msgspec.json.encode(document))


def with_field(**fields: Any) -> dict[str, Any]:
    (item,) = stored(write_sheet(Sheet((TREND,))))["drawings"]
    return {"version": VERSION, "drawings": [{**item, **fields}]}


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_sound_as_it_is_made(kind: Kind) -> None:
    points = (HERE, THERE, BESIDE)[: KINDS[kind].anchors]
    drawing = new_drawing(kind, points, text="Words")
    assert problems(drawing) == []
    assert drawing.known
    assert drawing.style.text == "Words"


def test_every_kind_has_a_figure() -> None:
    assert set(KINDS) == set(Kind)


@pytest.mark.parametrize(
    ("drawing", "words"),
    [
        (new_drawing(Kind.TREND, (HERE,)), "Trend line: it has 1 points and needs 2"),
        (new_drawing(Kind.CHANNEL, (HERE, THERE)), "Channel: it has 2 points and needs 3"),
        (new_drawing(Kind.RAY, ()), "Ray: it has 0 points"),
        (new_drawing(Kind.VERTICAL, (Anchor(1.0, math.nan),)), "Vertical line: a point has no"),
        (new_drawing(Kind.VERTICAL, (Anchor(math.inf, 1.0),)), "Vertical line: a point has no"),
        (new_drawing(Kind.VERTICAL, (Anchor(1e11, 1.0),)), "Vertical line: a point has no"),
        (new_drawing(Kind.TEXT, (HERE,)), "Text: there is nothing to write"),
        (new_drawing(Kind.TEXT, (HERE,), text=" \n"), "Text: there is nothing to write"),
        (new_drawing(Kind.ARROW, (HERE, THERE), text="x" * 501), "Arrow: the text has more than"),
        (new_drawing(Kind.RAY, (HERE, THERE), colour="blue"), "Ray: a colour must be"),
        (new_drawing(Kind.RAY, (HERE, THERE), colour=""), "Ray: a colour must be"),
        (new_drawing(Kind.RAY, (HERE, THERE), colour="#12345"), "Ray: a colour must be"),
        (new_drawing(Kind.RECTANGLE, (HERE, THERE), fill="#xyzxyz"), "Rectangle: a colour must"),
        (new_drawing(Kind.RAY, (HERE, THERE), width=0.0), "Ray: the width must be from 0.5 to 10"),
        (new_drawing(Kind.RAY, (HERE, THERE), width=math.nan), "Ray: the width must be"),
        (new_drawing(Kind.RAY, (HERE, THERE), dash="wavy"), "Ray: the desk has no such style"),
        (
            new_drawing(Kind.FIBONACCI, (HERE, THERE), levels=()),
            "Fibonacci retracement: it needs a level",
        ),
        (
            new_drawing(Kind.FIBONACCI, (HERE, THERE), levels=(Level(0.5), Level(0.5, "up"))),
            "Fibonacci retracement: there may be 24 levels, each once",
        ),
        (
            new_drawing(Kind.FIBONACCI, (HERE, THERE), levels=tuple(map(Level, range(25)))),
            "Fibonacci retracement: there may be 24 levels",
        ),
        (
            new_drawing(Kind.FIBONACCI, (HERE, THERE), levels=(Level(math.nan),)),
            "Fibonacci retracement: a level must be from −100 to 100",
        ),
        (
            new_drawing(Kind.FIBONACCI, (HERE, THERE), levels=(Level(0.5, "pink"),)),
            "Fibonacci retracement: a colour must be",
        ),
    ],
)
def test_what_is_wrong_is_said(drawing: Drawing, words: str) -> None:
    (problem,) = problems(drawing)
    assert problem.startswith(words)
    assert problem.endswith(".")
    assert isinstance(problem, Sentence)
    assert isinstance(problem.parts["kind"], Sentence)


def test_all_that_is_wrong_is_said_at_once() -> None:
    drawing = new_drawing(Kind.RAY, (HERE,), dash="wavy", width=99.0)
    assert len(problems(drawing)) == 3
    error = DrawingError(tuple(problems(drawing)))
    assert all(problem in str(error) for problem in error.problems)


def test_colours_are_roles_or_written_out() -> None:
    assert is_colour("up")
    assert is_colour("#A0b1C2")
    assert not is_colour("#A0b1C2 ")
    assert not is_colour("rgb(1, 2, 3)")


@given(st.lists(drawings(), max_size=4))
def test_what_is_written_is_read(given_: list[Drawing]) -> None:
    numbered = tuple(msgspec.structs.replace(it, id=n) for n, it in enumerate(given_, 3))
    sheet = Sheet(numbered, rest={"note": [1]})
    assert not [problem for drawing in numbered for problem in problems(drawing)]
    assert read_sheet(stored(write_sheet(sheet))) == sheet


def test_what_a_later_version_wrote_is_written_again() -> None:
    document = {
        "version": 3,
        "palette": ["x"],
        "drawings": [
            {"id": 4, "kind": "gann", "anchors": "two", "locked": 7},
            {
                "id": 9,
                "kind": "fibonacci",
                "anchors": [[1.5, 2.0], [3.0, 4.0]],
                "style": {
                    "glow": True,
                    "levels": [{"ratio": 0.5, "colour": "", "label": "half"}],
                },
                "group": "a",
            },
            {"id": 5, "kind": "ray", "anchors": [[1.5, 2.0], [3.0, 4.0]], "style": {"dash": "w"}},
            {"id": 6, "kind": "ray", "anchors": {"a": 1}},
        ],
    }
    sheet = read_sheet(document)
    assert [drawing.known for drawing in sheet.drawings] == [False, True, False, False]
    assert sheet.drawings[1].style.levels[0].ratio == 0.5
    assert [problems(drawing) for drawing in sheet.drawings] == [[], [], [], []]
    again = stored(write_sheet(sheet))
    assert (again["version"], again["palette"]) == (3, ["x"])
    assert again["drawings"][0] == document["drawings"][0]
    assert again["drawings"][2:] == document["drawings"][2:]
    fibonacci = again["drawings"][1]
    assert fibonacci["group"] == "a"
    assert fibonacci["style"]["glow"] is True
    assert fibonacci["style"]["levels"] == document["drawings"][1]["style"]["levels"]  # type: ignore[index]
    assert read_sheet(again) == sheet


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"drawings": {}},
        {"drawings": [], "version": "1"},
        {"drawings": [], "version": 0},
    ],
)
def test_what_holds_no_drawings_is_refused(document: object) -> None:
    with pytest.raises(DrawingError, match="no drawings"):
        read_sheet(document)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": 5}, "Drawing 1 has no kind"),
        ({"anchors": [[1, 2]]}, "Drawing 1, Trend line: it has 1 points"),
        ({"anchors": [[1, "2"], [3, 4]]}, "Drawing 1, Trend line: the field “anchors”"),
        ({"anchors": [[1, True], [3, 4]]}, "the field “anchors”"),
        ({"anchors": []}, "it has 0 points"),
        ({"locked": "yes"}, "the field “locked”"),
        ({"style": []}, "the field “style”"),
        ({"style": {"width": "1"}}, "the field “width”"),
        ({"style": {"levels": 5}}, "the field “levels”"),
        ({"style": {"levels": [{"colour": "up"}]}}, "the field “levels”"),
        ({"style": {"levels": [0.5]}}, "the field “levels”"),
        ({"style": {"colour": "blue"}}, "a colour must be"),
    ],
)
def test_a_faulty_drawing_is_named(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(DrawingError) as caught:
        read_sheet(with_field(**fields))
    assert words in str(caught.value)
    assert all(isinstance(problem, Sentence) for problem in caught.value.problems)


def test_each_faulty_drawing_is_named() -> None:
    document = with_field(locked=1)
    document["drawings"] += [{"kind": "ray", "anchors": []}, {}]
    with pytest.raises(DrawingError) as caught:
        read_sheet(document)
    assert [str(problem)[:9] for problem in caught.value.problems] == [
        "Drawing 1",
        "Drawing 2",
        "Drawing 3",
    ]


def test_every_drawing_gets_a_number_of_its_own() -> None:
    document = with_field()
    (item,) = document["drawings"]
    names = [5, 5, 0, -2, "x", True, None, 2]
    document["drawings"] = [{**item, "id": name} for name in names]
    numbers = [drawing.id for drawing in read_sheet(document).drawings]
    assert (numbers[0], numbers[-1]) == (5, 2)
    assert len(set(numbers)) == len(names)
    assert min(numbers) > 0


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.sampled_from(("ray", "text")),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(("drawings", "kind", "anchors", "style", "levels", "id", "text")),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_whatever_is_read_is_sound_or_refused(junk: object) -> None:
    for document in (junk, {"drawings": junk}, {"drawings": [junk]}):
        sheet = Sheet()
        with contextlib.suppress(DrawingError):
            sheet = read_sheet(document)
        assert not [problem for it in sheet.drawings for problem in problems(it)]
