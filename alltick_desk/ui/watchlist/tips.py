"""The tip of a cell: what it has no room for, and where it comes from."""

from PySide6.QtCore import QCoreApplication

from alltick_desk.services.quotes import QuoteRow
from alltick_desk.ui.tip_text import as_written
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist import format as texts
from alltick_desk.ui.watchlist.column import Column
from alltick_desk.ui.watchlist.format import Reading
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate


def tip(row: QuoteRow, column: Column, reading: Reading, vendors: VendorTags) -> str:
    """Return the tip, in the language of now; "" for none."""
    return as_written(_tip(row, column, reading, vendors))


def _tip(row: QuoteRow, column: Column, reading: Reading, vendors: VendorTags) -> str:
    if column.id == "state":
        if proof := reading.proof(row):
            return spoken(row.state_detail, row.state_remedy, proof)
        return spoken(texts.state_detail(row, reading.now_s()), row.state_remedy)
    if column.id in {"code", "name", "alias"}:
        known = reading.catalogue.get(row.key.code)
        names = "  ".join(filter(None, (vendors.label(row.key), known.name_en, known.name_zh)))
        entry = reading.entry(row.key)
        return f"{names}\n{entry.note}" if entry is not None and entry.note else names
    from alltick_desk.ui.watchlist.provenance import provenance  # no row says it before it is asked

    return "\n".join(map(spoken, provenance(row, column, reading)))
