"""What a screen reader says of the table: a cell, a row, a section's heading. Pure."""

from PySide6.QtCore import QCoreApplication

from alltick_desk.services.quotes import QuoteRow
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist import format as texts
from alltick_desk.ui.watchlist.arrangement import Heading
from alltick_desk.ui.watchlist.column import Column, Tone
from alltick_desk.ui.watchlist.format import ASKED, UNKNOWN, Reading
from alltick_desk.ui.words import spoken, stated

translate = QCoreApplication.translate


def of_cell(row: QuoteRow, column: Column, reading: Reading, vendors: VendorTags) -> str:
    """Return a cell: its title, what it says, and the row's state."""
    text = vendors.label(row.key) if column.tagged else column.text(row, reading)
    if text == ASKED:
        text = translate("Watchlist", "being asked for")
    elif text == UNKNOWN:
        text = translate("Watchlist", "not known")
    state = () if column.tone is Tone.STATE else (reading.states[row.state],)
    return stated([f"{translate('Watchlist', column.title)} {text}", *state])


def of_row(row: QuoteRow, reading: Reading) -> str:
    """Return a whole row as one would read it out: name, vendor, price, change, state."""
    who = texts.name(row, reading)
    parts = [row.key.code if who == UNKNOWN else who]
    if vendor := texts.vendor(row, reading):
        parts.append(vendor)
    if row.last:
        parts.append(row.shown(row.last))
    if (percent := row.change_percent) is not None:
        up, down = (
            translate("Watchlist", "up {percent} %"),
            translate("Watchlist", "down {percent} %"),
        )
        way = round(percent, 2)  # what reads as zero has gone nowhere
        words = up if way > 0 else down if way < 0 else translate("Watchlist", "unchanged")
        parts.append(words.format(percent=f"{abs(percent):.2f}"))
    parts.append(reading.states[row.state])
    return spoken(stated(parts), texts.state_detail(row, reading.now_s()))


def of_heading(heading: Heading) -> str:
    """Return a section's heading, and whether its rows are shown."""
    folded, open_ = (
        translate("Watchlist", "Section {name}, {count} rows, folded."),
        translate("Watchlist", "Section {name}, {count} rows."),
    )
    return (folded if heading.folded else open_).format(name=heading.name, count=heading.rows)
