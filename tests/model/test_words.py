"""Sentences that remember their making."""

import json

import pytest

from alltick_desk.errors import StoreError, VendorError, Verdict
from alltick_desk.model.words import Sentence, joined, span


def test_it_is_the_english_text() -> None:
    sentence = Sentence("Feed", "Number {place} of {room}.").format(place=6, room=5)
    assert sentence == "Number 6 of 5."
    assert hash(sentence) == hash("Number 6 of 5.")
    assert f"{sentence}" == "Number 6 of 5."
    assert json.dumps([sentence]) == '["Number 6 of 5."]'


def test_it_remembers_pattern_and_parts() -> None:
    sentence = Sentence("Feed", "Number {place} of {room}.").format(place=6, room=5)
    assert (sentence.context, sentence.pattern) == ("Feed", "Number {place} of {room}.")
    assert sentence.parts == {"place": 6, "room": 5}


@pytest.mark.parametrize(
    "error",
    [
        StoreError(Sentence("Store", "It is damaged.")),
        VendorError(
            Sentence("Store", "It is damaged."), vendor="alltick", verdict=Verdict.BUG, call="kline"
        ),
    ],
    ids=["plain", "vendor"],
)
def test_an_error_gives_it_back_whole(error: Exception) -> None:
    assert isinstance(str(error), Sentence)
    assert str(error) == "It is damaged."


def test_a_row_of_sentences_leaves_out_the_empty_ones() -> None:
    first, second = Sentence("Rows", "Not connected."), Sentence("Rows", "Connecting.")
    assert joined() == ""
    assert joined("", "") == ""
    assert joined("", first, "") is first
    row = joined(first, "", second)
    assert row == "Not connected. Connecting."
    assert isinstance(row, Sentence)
    assert row.parts == {"first": first, "second": second}


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (-1.0, "0 s"),
        (0.4, "0 s"),
        (59.4, "59 s"),
        (60.0, "1 min"),
        (3_599.0, "59 min"),
        (7_300.0, "2 h"),
        (200_000.0, "2 d"),
    ],
)
def test_a_span_of_time(seconds: float, shown: str) -> None:
    assert span(seconds) == shown
