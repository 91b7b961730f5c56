"""Text and files that hold codes, read into lines: any encoding, any separator, any columns.

Three kinds are told apart: a table with titles, in whatever order and language; a table without,
whose column of codes is the one that looks so; and codes alone, parted by anything.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, Protocol

from alltick_desk.services.list_text_codes import looks_like_code, tidy

TITLES = ("list", "section", "code", "name", "alias", "note", "pinned", "vendor")

_WORDS: Mapping[str, str] = {
    **dict.fromkeys(
        ("code", "codes", "symbol", "symbols", "ticker", "tickers", "instrument"), "code"
    ),
    **dict.fromkeys(
        ("代码", "证券代码", "股票代码", "品种代码", "产品代码", "代號", "代碼", "合约"), "code"
    ),
    **dict.fromkeys(("alias", "nickname", "别名", "別名"), "alias"),
    **dict.fromkeys(("note", "notes", "comment", "comments", "remark", "remarks"), "note"),
    **dict.fromkeys(("备注", "備註", "说明"), "note"),
    **dict.fromkeys(("list", "lists", "watchlist", "列表", "自选列表", "清单"), "list"),
    **dict.fromkeys(("section", "group", "分组", "分組", "板块"), "section"),
    **dict.fromkeys(("pinned", "pin", "置顶", "固定", "置頂"), "pinned"),
    **dict.fromkeys(("vendor", "provider", "数据源", "供应商"), "vendor"),
    **dict.fromkeys(("exchange", "market", "交易所", "市场", "市場"), "exchange"),
}
_IN_TITLE = re.compile(r"[\s_*.\-]+|[(（].*")
_SEPARATORS = ("\t", ",", ";", "，", "；", "|", "、")
_BETWEEN = re.compile("[,;\t，；、|]+")
_SECTIONS = re.compile(r"(?:^|[,;\s])###")  # TradingView's, among codes
_SLASH = re.compile(r"\s*/\s*")
_YES = frozenset(("1", "yes", "y", "true", "x", "✓", "√", "是", "对"))
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_SAMPLE = 200  # lines that tell what kind of text it is


class Knowing(Protocol):
    """What can tell a code from another word."""

    def clear(self, word: str) -> bool:
        """Return whether a word is a code beyond doubt."""
        ...

    def known(self, word: str) -> bool:
        """Return whether a word among codes is one too."""
        ...


class RawLine(NamedTuple):
    """One code as it was found, or a heading where ``code`` is "".

    ``section`` is None where the text knows no sections.
    """

    number: int  # of the line in the text, from 1
    code: str
    alias: str = ""
    note: str = ""
    pinned: bool = False
    list: str = ""
    section: str | None = None
    vendor: str = ""
    exchange: str = ""


class RawText(NamedTuple):
    """What was found.

    ``ours`` where the desk wrote it, so that every code stands as it is. ``separator`` stands
    between the columns of a table, "" for codes alone.
    """

    lines: Sequence[RawLine]
    ours: bool = False
    separator: str = ""


def read_text(text: str, codes: Knowing) -> RawText:
    """Find the codes of a text, in their order."""
    text = text.removeprefix("\ufeff").replace("\0", "")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.lstrip().partition("\n")
    if first.strip().startswith("sep=") and len(first.strip()) == 5:  # a spreadsheet's first line
        text = f"\n{rest}"
    separator, titles = _titles(text)
    if titles is not None:
        return _titled(text, separator, titles)
    for separator in _SEPARATORS if _SECTIONS.search(text) is None else ():
        column = _code_column(text, separator, codes)
        if column is not None:
            rows = _rows(text, separator, column)
            lines = [RawLine(at, row[column]) for at, row in rows if tidy(_cell(row, column))]
            return RawText(lines, separator=separator)
    return RawText(list(_codes_alone(text, codes)))


def words_of(text: str, codes: Knowing) -> list[str]:
    """Return the codes of a cell: all of its words, or the one that is a code beside a name."""
    text = _SLASH.sub("/", tidy(text))
    words = text.split()
    if len(words) < 2 or all(map(str.isdigit, words)):
        return words
    known = [word for word in words if codes.known(word)]
    if known and all(word in known or looks_like_code(word) for word in words):
        return words
    return next(([word] for word in (words[0], words[-1]) if codes.clear(word)), [text])


def from_cell(text: str) -> str:
    """Take away the sign that ``to_cell`` put before a text."""
    return text[1:] if text[:1] == "'" and text[1:2] and text[1:2] in _FORMULA else text


def to_cell(text: str) -> str:
    """Put a sign before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


# Inside


def _titles(text: str) -> tuple[str, list[str] | None]:
    """Return the separator and the meaning of each column, None where there are no titles."""
    line = next((line for line in io.StringIO(text) if line.strip()), "").strip("\n")
    for separator in _SEPARATORS:
        meanings = [
            _WORDS.get(_IN_TITLE.sub("", it).casefold(), "") for it in _split(line, separator)
        ]
        if "code" in meanings:
            return separator, meanings
    return "", None


def _split(line: str, separator: str) -> list[str]:
    return [cell.strip().strip('"') for cell in line.split(separator)]


def _titled(text: str, separator: str, titles: list[str]) -> RawText:
    # The first column of a meaning has it; the others are for people.
    at = {title: titles.index(title) for title in titles if title}
    code, alias, note, pinned = at["code"], at.get("alias"), at.get("note"), at.get("pinned")
    name, section, vendor = at.get("list"), at.get("section"), at.get("vendor")
    exchange = at.get("exchange")
    rows = iter(_rows(text, separator, code))
    _, first = next(rows)
    lines = []
    for number, row in rows:
        if row == first or not any(map(str.strip, row)):
            continue
        line = RawLine(
            number,
            from_cell(_cell(row, code)).strip(),
            from_cell(_cell(row, alias)),
            from_cell(_cell(row, note)),
            _cell(row, pinned).strip().casefold() in _YES,
            from_cell(_cell(row, name)).strip(),
            None if section is None else from_cell(_cell(row, section)).strip(),
            _cell(row, vendor).strip(),
            _cell(row, exchange).strip(),
        )
        if line.code or line.list or line.section:
            lines.append(line)
    return RawText(lines, tuple(_plain(it) for it in first) == TITLES, separator)


def _plain(title: str) -> str:
    return title.strip().casefold()


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def _rows(text: str, separator: str, code: int) -> list[tuple[int, list[str]]]:
    """Return the rows that are not empty with the numbers of their first lines.

    A quote that nobody closed would swallow the rest: then quotes mean nothing.
    """
    try:
        rows = list(_quoted(text, separator))
    except csv.Error:
        rows = None
    if rows is None or any("\n" in _cell(row, code) for _, row in rows):
        lines = enumerate(text.splitlines(), start=1)
        rows = [(number, _split(line, separator)) for number, line in lines if line.strip()]
    return rows


def _quoted(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=separator != "\t"
    )
    number = 1
    for row in reader:
        if row:
            yield number, row
        number = reader.line_num + 1


def _code_column(text: str, separator: str, codes: Knowing) -> int | None:
    """Return which column of a table without titles holds the codes; None where it is no table.

    It is a table where most lines have a code in one column and something else in the others.
    """
    lines = (line for line in io.StringIO(text) if line.strip())
    rows = [_split(line, separator) for line in islice(lines, _SAMPLE)]
    wide = [row for row in rows if len(row) > 1]
    if 2 * len(wide) <= len(rows):
        return None
    rows = wide
    width = max(map(len, rows))
    columns = [[cell for row in rows if (cell := tidy(_cell(row, at)))] for at in range(width)]
    sure = [sum(map(codes.clear, cells)) for cells in columns]
    likely = [[it for it in cells if _could_be(it, codes)] for cells in columns]
    best = max(range(width), key=lambda at: (sure[at], len(likely[at]), -at))
    if 2 * len(likely[best]) < len(rows):
        return None
    # Where codes have letters, a number in another column is a price or a volume.
    numbers = 2 * sum(map(str.isdigit, columns[best])) > len(columns[best])
    others = [cells for at, cells in enumerate(likely) if at != best]
    codes_too = sum(numbers or not it.isdigit() for cells in others for it in cells)
    rest = sum(len(cells) for at, cells in enumerate(columns) if at != best)
    return best if 2 * codes_too < rest else None


def _could_be(cell: str, codes: Knowing) -> bool:
    """Return whether a cell is a code by its looks, or several that something else parts."""
    parts = _BETWEEN.split(cell)
    if len(parts) == 1:
        return looks_like_code(cell) or codes.clear(cell)
    return all(looks_like_code(it) or codes.known(it) for part in parts if (it := part.strip()))


def _codes_alone(text: str, codes: Knowing) -> Iterator[RawLine]:
    section: str | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith(("//", "#")) and not line.lstrip().startswith("###"):
            continue  # a person's remark
        for part in _BETWEEN.split(line):
            if part.strip().startswith("###"):  # TradingView's mark of a section
                section = part.strip()[3:].strip()
                yield RawLine(number, "", section=section)
                continue
            for word in words_of(part, codes):
                yield RawLine(number, word, section=section)
