"""Templates: what goes in comes out, also what only a later version knows."""

import contextlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.errors import DeskError
from alltick_desk.model.words import Sentence
from alltick_desk.services.indicators.catalogue import INDICATORS
from alltick_desk.services.indicators.declaration import PALETTE, RISE_FALL, Indicator
from alltick_desk.services.indicators.templates import (
    LONGEST_NAME,
    PANES,
    Entry,
    Template,
    TemplateError,
    decode,
    encode,
    problems,
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    indicator: Indicator = draw(st.sampled_from(list(INDICATORS.values())))
    given = {}
    for parameter in indicator.parameters:
        if not draw(st.booleans()) or parameter.id in indicator.growing:
            continue
        if parameter.choices:
            given[parameter.id] = draw(st.sampled_from([value for value, _ in parameter.choices]))
        elif isinstance(parameter.default, int):
            given[parameter.id] = draw(st.integers(int(parameter.least), int(parameter.most)))
        else:
            given[parameter.id] = draw(st.floats(parameter.least, parameter.most))
    colours = st.integers(RISE_FALL, PALETTE - 1) | st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
    return Entry(
        indicator.id,
        given,
        {line.id: draw(colours) for line in indicator.lines if draw(st.booleans())},
        draw(st.sampled_from(PANES)),
        draw(st.booleans()),
    )


@given(st.text(min_size=1, max_size=LONGEST_NAME).filter(str.strip), st.lists(entries()))
def test_what_goes_in_comes_out(name: str, chosen: list[Entry]) -> None:
    template = Template(name, tuple(chosen))
    assert problems(template) == []
    assert decode(encode(template)) == template


def test_only_what_is_chosen_is_written() -> None:
    template = Template("Mine", (Entry("ma", {"period": 50}), Entry("rsi", visible=False)))
    assert msgspec.json.decode(encode(template)) == {
        "name": "Mine",
        "entries": [{"id": "ma", "parameters": {"period": 50}}, {"id": "rsi", "visible": False}],
    }


def test_what_a_later_version_wrote_is_kept() -> None:
    document = {
        "name": "Later",
        "entries": [
            {"id": "ma", "parameters": {"period": 9, "offset": {"bars": 2}}, "width": 2},
            {"id": "supertrend", "parameters": [10, 3], "pane": {"share": 1}, "visible": "often"},
            {"id": "supertrend"},
        ],
        "scale": "log",
    }
    template = decode(msgspec.json.encode(document))
    assert template.unknown == ("supertrend",)
    assert template.entries[0].indicator is INDICATORS["ma"]
    assert template.entries[1].indicator is None
    assert problems(template) == []
    assert msgspec.json.decode(encode(template)) == document


def test_a_colour_is_the_person_s_or_the_declared_one() -> None:
    entry = Entry("macd", colours={"dif": "#102030"})
    assert entry.colour("dif") == "#102030"
    assert entry.colour("dea") == 1
    assert entry.colour("macd") == RISE_FALL


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"\xff", b"[]", b'"x"', b"{}", b'{"name": "x"}', b'{"name": 1, "entries": []}'],
)
def test_what_is_no_template_is_refused(data: bytes) -> None:
    with pytest.raises(TemplateError, match="This is not a template of indicators") as caught:
        decode(data)
    assert isinstance(caught.value, DeskError)
    assert len(caught.value.problems) == 1


def test_every_fault_is_named_in_a_sentence_of_its_own() -> None:
    document = {
        "name": " ",
        "entries": [
            {"id": "ma", "parameters": {"period": 0}, "colours": {"ma": 99}, "pane": "left"},
            {"parameters": {}},
            "ema",
            {"id": "rsi", "colours": [1]},
            {"id": "boll", "colours": {"upper": "red", "middle": True}},
        ],
    }
    with pytest.raises(TemplateError) as caught:
        decode(msgspec.json.encode(document))
    found = caught.value.problems
    colour = "must be one of the palette's 8, or be written as #rrggbb."
    assert found == (
        "Entry 2 of the template names no indicator.",
        "Entry 3 of the template names no indicator.",
        "The field “colours” of entry 4 of the template, RSI, cannot be read.",
        "A template needs a name of up to 60 characters.",
        "“Period” of MA must be a whole number from 2 to 1000.",
        f"The colour of “MA” of MA {colour}",
        "MA cannot be drawn in the pane “left”.",
        f"The colour of “Upper” of BOLL {colour}",
        f"The colour of “Middle” of BOLL {colour}",
    )
    assert all(isinstance(words, Sentence) for words in found)
    assert str(caught.value) == " ".join(found)


SCRAPS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
WORDS = st.sampled_from(["id", "name", "entries", "ma", "colours", "parameters", "period", "pane"])


@given(
    st.recursive(
        SCRAPS,
        lambda part: st.lists(part, max_size=3) | st.dictionaries(WORDS, part, max_size=4),
    )
)
def test_no_document_breaks_the_reader(document: object) -> None:
    whole = {"name": "x", "entries": [{"id": "ma", "parameters": document}, document]}
    for data in (document, whole, {"name": "x", "entries": document}):
        with contextlib.suppress(TemplateError):
            template = decode(msgspec.json.encode(data))
            assert decode(encode(template)) == template
