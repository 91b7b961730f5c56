"""Rows as a table that a spreadsheet takes: tabs between the cells, a line a row."""

from collections.abc import Iterable, Sequence

from alltick_desk.services.quotes import QuoteRow
from alltick_desk.ui.watchlist import format as texts
from alltick_desk.ui.watchlist.column import Column
from alltick_desk.ui.watchlist.columns import BY_ID, COLUMNS
from alltick_desk.ui.watchlist.format import Reading

CODE = COLUMNS[BY_ID["code"]]
_BLANKS = str.maketrans("\t\r\n", "   ")


def told_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns as copied: those shown, in their order.

    Where the code is not among them it comes first, for a row without it says of nobody.
    """
    return tuple(columns) if CODE in columns else (CODE, *columns)


def copied(
    rows: Iterable[QuoteRow],
    columns: Sequence[Column],
    reading: Reading,
    *,
    titles: Sequence[str] = (),
    vendor: str = "",
) -> str:
    """Return rows for a spreadsheet, prices with all digits that were sent.

    ``titles`` are those of ``columns``, empty for a table without; ``vendor`` is the title of what
    stands after the code where rows tell whose they are.
    """
    reading = reading.as_sent()
    place = columns.index(CODE) + 1
    lines = []
    if titles:
        above = list(titles)
        if reading.vendors is not None:
            above.insert(place, vendor)
        lines.append(above)
    for row in rows:
        cells = [column.copied(row, reading) for column in columns]
        if reading.vendors is not None:
            cells.insert(place, texts.vendor(row, reading))
        lines.append(cells)
    return "".join("\t".join(cell.translate(_BLANKS) for cell in line) + "\n" for line in lines)
