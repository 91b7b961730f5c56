"""The table of readings: how it is made, and that the committed one is whole."""

import pytest
from scripts import load

tables_pinyin = load("tables_pinyin")


@pytest.mark.parametrize(
    ("reading", "plain"),
    [
        ("xíng", "xing"),
        ("lǜ", "lv"),
        ("lüè", "lve"),
        ("ê̄", "e"),
        ("ḿ", "m"),
        ("ń", "n"),
        ("ma", "ma"),
    ],
)
def test_syllables_are_typed_without_tones(reading: str, plain: str) -> None:
    assert tables_pinyin.plain(reading) == plain


def test_nearly_every_ideograph_has_a_reading() -> None:
    lines = tables_pinyin.TABLE.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# Made by packaging/tables.py with pypinyin")
    known: set[str] = set()
    for line in lines[1:]:
        syllable, usual, seldom = line.split("\t")
        assert syllable.isascii()
        assert syllable.islower()
        assert not set(usual) & set(seldom)
        known.update(usual, seldom)
    points = range(tables_pinyin.FIRST, tables_pinyin.LAST + 1)
    assert sum(chr(point) in known for point in points) > 0.995 * len(points)
