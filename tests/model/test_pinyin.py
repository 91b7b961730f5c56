"""Chinese names in Latin letters: the table that comes with the desk, and what is made of it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.pinyin import SPELLINGS, Pinyin, key_bits
from alltick_desk.resources import resource


def loaded() -> Pinyin:
    table = Pinyin(resource("tables/pinyin.txt"))
    for _ in table.load():
        pass
    return table


PINYIN = loaded()

# A few characters with one reading, with several, and none.
SYLLABLES = {"中": ("zhong",), "银": ("yin",), "行": ("hang", "heng", "xing"), "A": ("a",)}


def typed_by(text: str, keys: str) -> bool:
    bits, wanted = PINYIN.initials(text), key_bits(keys)
    assert wanted is not None
    return len(bits) == len(wanted) and all(a & b for a, b in zip(bits, wanted, strict=True))


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("腾讯控股", "txkg"),
        ("騰訊控股", "txkg"),
        ("中国银行", "zgyh"),
        ("银行", "yh"),
        ("银行", "yx"),
        ("重庆", "cq"),
        ("重庆", "zq"),
        ("长城", "cc"),
        ("长城", "zc"),
        ("厦门", "xm"),
        ("厦门", "sm"),
        ("TCL科技", "tclkj"),
        ("阿里巴巴-W", "albbw"),
        ("360安全", "360aq"),
        ("二〇五〇", "elwl"),
    ],
)
def test_initials(name: str, keys: str) -> None:
    assert typed_by(name, keys)


def test_no_key_types_what_has_no_reading() -> None:
    assert (
        PINYIN.initials("ー中")[0] & sum(key_bits("abcdefghijklmnopqrstuvwxyz0123456789") or [])
        == 0
    )
    assert key_bits("a-b") is None
    assert key_bits("") is None


@pytest.mark.parametrize(
    ("name", "spelling"),
    [("腾讯", "tengxun"), ("银行", "yinhang"), ("绿城", "lvcheng"), ("TCL科技", "tclkeji")],
)
def test_names_spelled_out(name: str, spelling: str) -> None:
    assert spelling in PINYIN.spellings(name)
    assert PINYIN.spelled_from(name, 0, spelling) == len(name)
    assert PINYIN.spelled_from(name, 0, spelling[:-1]) == len(name)
    assert PINYIN.spelled_from(name, 0, spelling + "q") == -1


def test_many_readings_do_not_multiply_without_end() -> None:
    assert len(PINYIN.spellings("行" * 40)) == SPELLINGS


def test_the_table_is_read_once() -> None:
    assert list(PINYIN.load()) == []


@given(name=st.text(alphabet="中银行A", min_size=1, max_size=3), cut=st.integers(0, 12))
def test_every_usual_spelling_is_understood(name: str, cut: int) -> None:
    for syllables in product(*(SYLLABLES[letter] for letter in name)):
        keys = "".join(syllables)
        assert PINYIN.spelled_from(name, 0, keys) == len(name)
        part = keys[: min(cut, len(keys))]
        assert PINYIN.spelled_from(name, 0, part) >= 0
        if len(PINYIN.spellings(name)) < SPELLINGS:
            assert keys in PINYIN.spellings(name)
