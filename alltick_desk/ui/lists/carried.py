"""What a drag carries: rows of a list, or a section, for the desk, and a table for the others."""

import json
import os
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QMimeData

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.ui.watchlist.table_mime import table_mime

ROWS = "application/x-alltick-desk-rows"


class Carried(NamedTuple):
    """Rows on their way.

    Attributes:
        source: the id of the list they come from.
        keys: the instruments, in the list's order.
        section: the number of the section that is carried as a whole, 0 for rows alone.
    """

    source: str
    keys: tuple[InstrumentKey, ...]
    section: int = 0


def pack(carried: Carried, text: str) -> QMimeData:
    """Return the rows for a drag; ``text``, with tabs between its cells, is for other programs."""
    document = {
        "process": os.getpid(),  # the ids of another desk's lists mean nothing here
        "source": carried.source,
        "rows": list(carried.keys),
        "section": carried.section,
    }
    data = table_mime(text)
    data.setData(ROWS, QByteArray(json.dumps(document).encode()))
    return data


def unpack(data: QMimeData) -> Carried | None:
    """Return the rows that a drag carries; None where they are not this desk's."""
    if not data.hasFormat(ROWS):
        return None
    try:
        document = json.loads(bytes(data.data(ROWS).data()))
        if document["process"] != os.getpid():
            return None
        keys = tuple(InstrumentKey(str(vendor), str(code)) for vendor, code in document["rows"])
        return Carried(str(document["source"]), keys, int(document["section"]))
    except (ValueError, KeyError, TypeError):
        return None


def is_welcome(data: QMimeData) -> bool:
    """Return whether something is carried that a list can take: rows, files, text."""
    return data.hasFormat(ROWS) or data.hasUrls() or data.hasText()
