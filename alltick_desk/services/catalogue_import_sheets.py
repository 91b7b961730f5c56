"""A product list as a file: its sheets as rows of text, whatever the program that wrote it.

Text files are UTF-8, UTF-16 or GBK, their cells parted by commas, semicolons, tabs or bars.
Everything here blocks: a workbook of ten thousand lines takes a quarter of a second.
"""

import csv
import math
import zipfile
from collections import Counter
from collections.abc import Iterable
from io import BytesIO, StringIO
from pathlib import Path
from typing import NamedTuple, TypeAlias

from alltick_desk.errors import StoreError
from alltick_desk.model.words import Sentence
from alltick_desk.store.files import reason

MOST_BYTES = 64 << 20
MOST_UNPACKED = 1 << 30  # of a workbook, which is an archive
MOST_ROWS = 200_000  # of all sheets
LONGEST_CELL = 200  # characters; what is longer is no name

_SEPARATORS = ",\t;|"
_PROBE = 50  # lines that tell how cells are parted
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

Row: TypeAlias = tuple[str, ...]


class Sheet(NamedTuple):
    """A table; rows may differ in length. The sheet of a text file has no name."""

    name: str
    rows: tuple[Row, ...]


def read_sheets(path: Path) -> list[Sheet]:
    """Return the sheets that have rows; StoreError where the file cannot be used."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _unusable(path, Sentence("Import", "it is too large for a list of products"))
        data = path.read_bytes()
    except OSError as error:
        raise _unusable(path, reason(error)) from None
    if data[:4] == b"PK\x03\x04" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        sheets = _read_workbook(path, data)
    else:
        sheets = [Sheet("", _rows(_table(path, _text(path, data))))]
    sheets = [sheet for sheet in sheets if sheet.rows]
    if not sheets:
        raise _unusable(path, Sentence("Import", "it has no rows"))
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        raise _unusable(path, Sentence("Import", "it is too large for a list of products"))
    return sheets


def _text(path: Path, data: bytes) -> str:
    encodings = [name for mark, name in _MARKS if data.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _unusable(path, Sentence("Import", "it is neither a text file nor a workbook"))


def _table(path: Path, text: str) -> Iterable[list[str]]:
    lines = text.splitlines()
    try:
        found = list(csv.reader(StringIO(text), delimiter=_separator(lines[:_PROBE])))
    except csv.Error:
        raise _unusable(path, Sentence("Import", "its rows cannot be told apart")) from None
    return found


def _separator(lines: list[str]) -> str:
    """Return what parts most lines into equally many cells."""

    def evenness(separator: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1)
        width, count = max(widths.items(), key=lambda it: (it[1], it[0]), default=(0, 0))
        return count, width

    return max(_SEPARATORS, key=evenness)


def _read_workbook(path: Path, data: bytes) -> list[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        if data[:2] == b"PK":
            with zipfile.ZipFile(BytesIO(data)) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                    raise _unusable(
                        path, Sentence("Import", "it is too large for a list of products")
                    )
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            return [
                Sheet(name, _rows(map(_cells, book.get_sheet_by_name(name).to_python())))
                for name in book.sheet_names
            ]
    except PasswordError:
        raise _unusable(path, Sentence("Import", "it is locked with a password")) from None
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, TypeError):
        raise _unusable(path, Sentence("Import", "it is damaged, or no workbook")) from None


def _cells(row: Iterable[object]) -> list[str]:
    return [_cell(value) for value in row]


def _cell(value: object) -> str:
    """Return a cell's text; a number without the fraction that it does not have."""
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        return str(int(value))
    return str(value)


def _rows(rows: Iterable[list[str]]) -> tuple[Row, ...]:
    """Return the rows with trimmed cells; those without any at the end are left out."""
    found = [tuple(" ".join(cell.split())[:LONGEST_CELL] for cell in row) for row in rows]
    while found and not any(found[-1]):
        found.pop()
    return tuple(found)


def _unusable(path: Path, why: str) -> StoreError:
    words = Sentence(
        "Import", "The product list {file} cannot be imported: {why}. Nothing was changed."
    )
    return StoreError(words.format(file=path.name, why=why))
