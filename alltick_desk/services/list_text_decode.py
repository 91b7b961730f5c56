"""A file's bytes as text: in an encoding that is named, or in the one that they are likely in."""

import re
from collections.abc import Mapping
from typing import NamedTuple

# What a file may be written in: what people call it, and Python's codec that reads most of it.
ENCODINGS: Mapping[str, str] = {
    "UTF-8": "utf-8-sig",
    "GBK": "gb18030",
    "Big5": "big5hkscs",
    "UTF-16": "utf-16",
}
_NOT_MISREAD = re.compile("[\u0800-\U0010ffff]|[A-Za-z][^\\0-\\x7f]|[^\\0-\\x7f][A-Za-z]")
_COMMON = re.compile("[\\0-\\x7f\u4e00-\u9fff]*")


class Decoded(NamedTuple):
    """A file's text, and the name of the encoding that it was read in."""

    text: str
    encoding: str


def decode(data: bytes, encoding: str = "") -> Decoded:
    """Return a file's text in one of ``ENCODINGS``, with what is not legible replaced.

    Without an encoding it is guessed: UTF-8, UTF-16 with its mark, or GB18030 (GBK).
    """
    if encoding:
        codec = _utf_16(data) if encoding == "UTF-16" else ENCODINGS[encoding]
        return Decoded(data.decode(codec, "replace"), encoding)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Decoded(data.decode("utf-16", "replace"), "UTF-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return Decoded(data.decode("gb18030"), "GBK")
        except UnicodeDecodeError:
            return Decoded(data.decode("utf-8-sig", "replace"), "UTF-8")
    chinese = _misread_chinese(data, text)
    return Decoded(chinese, "GBK") if chinese else Decoded(text, "UTF-8")


def _utf_16(data: bytes) -> str:
    """Return the codec of a text in UTF-16 with or without its mark: which bytes stand first."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "utf-16-be" if data[::2].count(0) > data[1::2].count(0) else "utf-16-le"


def _misread_chinese(data: bytes, text: str) -> str:
    """Return what is Chinese in GBK though it happens to be UTF-8 as well, else "".

    It is where UTF-8 gives but letters of two bytes, none beside a Latin one, and GBK but common
    characters: the names of a few stocks are enough to come upon it.
    """
    if text.isascii() or _NOT_MISREAD.search(text) is not None:
        return ""
    try:
        chinese = data.decode("gb2312")
    except UnicodeDecodeError:
        return ""
    return chinese if _COMMON.fullmatch(chinese) is not None else ""
