"""The table's columns, declared once for the table, the clipboard and the snapshot."""

from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple, TypeAlias

from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.ui.watchlist import format as texts
from alltick_desk.ui.watchlist.format import UNKNOWN, Reading

Text: TypeAlias = Callable[[QuoteRow, Reading], str]
SortValue: TypeAlias = float | str | None  # None sorts as unknown


class Tone(Enum):
    """What a cell's colour tells."""

    PLAIN = auto()
    MUTED = auto()
    MOVED = auto()  # the day's change: up, down, or plain
    STATE = auto()  # the row's state


class Column(NamedTuple):
    """One column.

    Attributes:
        id: its name in files and tests; ``title`` in English is its key in the snapshot.
        text: what stands in the cell.
        sort: the value behind it.
        sample: the widest text that is usual; the column starts as wide.
        sample_zh: the same in Chinese, "" where it does not differ.
        help: one sentence for the header's tip.
        figure: numbers, aligned to the right and never cut.
        flashes: whether a change of its text is shown for a moment.
        spreads: takes the width that the others leave.
        tagged: its text follows the vendor's tag, where rows have one.
        copy: the text for a spreadsheet; None for ``text``.
    """

    id: str
    title: str
    text: Text
    sort: Callable[[QuoteRow, Reading], SortValue]
    sample: str
    help: str
    tone: Tone = Tone.PLAIN
    figure: bool = False
    flashes: bool = False
    spreads: bool = False
    tagged: bool = False
    copy: Text | None = None
    sample_zh: str = ""

    def copied(self, row: QuoteRow, reading: Reading) -> str:
        """Return the cell for a spreadsheet: full figures, nothing where nothing is known."""
        text = (self.copy or self.text)(row, reading)
        return "" if text == UNKNOWN else text


def _price(text: Text) -> Callable[[QuoteRow, Reading], SortValue]:
    def value(row: QuoteRow, reading: Reading) -> SortValue:
        shown = text(row, reading)
        return None if shown == UNKNOWN else float(shown)

    return value


def _copied_time(row: QuoteRow, _: Reading) -> str:
    return texts.iso_time(row).replace("T", " ")[:19]


COLUMNS: tuple[Column, ...] = (
    Column(
        "code",
        QT_TRANSLATE_NOOP("Watchlist", "Code"),
        texts.code,
        texts.code,
        "688888.SH",
        QT_TRANSLATE_NOOP("Watchlist", "The vendor's code."),
        tagged=True,
    ),
    Column(
        "name",
        QT_TRANSLATE_NOOP("Watchlist", "Name"),
        texts.name,
        texts.name,
        "British Pound / Yen",
        QT_TRANSLATE_NOOP("Watchlist", "The instrument's name in the built-in catalogue."),
        Tone.MUTED,
        spreads=True,
    ),
    Column(
        "last",
        QT_TRANSLATE_NOOP("Watchlist", "Last"),
        texts.last,
        lambda row, _: row.value if row.last else None,
        "0.00008888",
        QT_TRANSLATE_NOOP("Watchlist", "The last price, with the digits that the vendor sent."),
        Tone.MOVED,
        figure=True,
        flashes=True,
    ),
    Column(
        "change",
        QT_TRANSLATE_NOOP("Watchlist", "Change"),
        texts.change,
        lambda row, _: row.change,
        "+18888.88",
        QT_TRANSLATE_NOOP("Watchlist", "Last price minus the previous day's close."),
        Tone.MOVED,
        figure=True,
    ),
    Column(
        "change_percent",
        QT_TRANSLATE_NOOP("Watchlist", "Change %"),
        texts.change_percent,
        lambda row, _: row.change_percent,
        "+18.88",
        QT_TRANSLATE_NOOP("Watchlist", "The change in percent of the previous day's close."),
        Tone.MOVED,
        figure=True,
    ),
    Column(
        "bid",
        QT_TRANSLATE_NOOP("Watchlist", "Bid"),
        texts.bid,
        _price(texts.bid),
        "0.00008888",
        QT_TRANSLATE_NOOP("Watchlist", "The best price that a buyer offers."),
        figure=True,
    ),
    Column(
        "ask",
        QT_TRANSLATE_NOOP("Watchlist", "Ask"),
        texts.ask,
        _price(texts.ask),
        "0.00008888",
        QT_TRANSLATE_NOOP("Watchlist", "The best price that a seller asks."),
        figure=True,
    ),
    Column(
        "high",
        QT_TRANSLATE_NOOP("Watchlist", "High"),
        texts.high,
        lambda row, _: row.high_value if row.high else None,
        "0.00008888",
        QT_TRANSLATE_NOOP("Watchlist", "The day's highest price."),
        figure=True,
    ),
    Column(
        "low",
        QT_TRANSLATE_NOOP("Watchlist", "Low"),
        texts.low,
        lambda row, _: row.low_value if row.low else None,
        "0.00008888",
        QT_TRANSLATE_NOOP("Watchlist", "The day's lowest price."),
        figure=True,
    ),
    Column(
        "volume",
        QT_TRANSLATE_NOOP("Watchlist", "Volume"),
        texts.volume,
        lambda row, _: row.volume,
        "888.8M",
        QT_TRANSLATE_NOOP("Watchlist", "The day's traded volume, where the vendor tells it."),
        figure=True,
        copy=lambda row, _: texts.full(row.volume),
        sample_zh="88.88亿",
    ),
    Column(
        "turnover",
        QT_TRANSLATE_NOOP("Watchlist", "Turnover"),
        texts.turnover,
        lambda row, _: row.turnover,
        "888.8M",
        QT_TRANSLATE_NOOP("Watchlist", "The day's turnover in the instrument's currency."),
        figure=True,
        copy=lambda row, _: texts.full(row.turnover),
        sample_zh="88.88亿",
    ),
    Column(
        "time",
        QT_TRANSLATE_NOOP("Watchlist", "Time"),
        texts.clock_time,
        lambda row, _: float(row.time_ms) or None,
        "2088-08-08",
        QT_TRANSLATE_NOOP("Watchlist", "The vendor's time of the last price, on your clock."),
        Tone.MUTED,
        figure=True,
        copy=_copied_time,
    ),
    Column(
        "state",
        QT_TRANSLATE_NOOP("Watchlist", "State"),
        texts.state,
        texts.state,
        "Unknown code",
        QT_TRANSLATE_NOOP("Watchlist", "Whether the row is live, and if not, why."),
        Tone.STATE,
    ),
)

BY_ID = {column.id: place for place, column in enumerate(COLUMNS)}

STATE_WORDS = {
    RowState.LIVE: QT_TRANSLATE_NOOP("Watchlist", "Live"),
    RowState.WAITING: QT_TRANSLATE_NOOP("Watchlist", "Waiting"),
    RowState.STALE: QT_TRANSLATE_NOOP("Watchlist", "Stale"),
    RowState.OFFLINE: QT_TRANSLATE_NOOP("Watchlist", "Offline"),
    RowState.BEYOND_PLAN: QT_TRANSLATE_NOOP("Watchlist", "Beyond plan"),
    RowState.NOT_IN_PLAN: QT_TRANSLATE_NOOP("Watchlist", "Not in plan"),
    RowState.UNKNOWN_CODE: QT_TRANSLATE_NOOP("Watchlist", "Unknown code"),
    RowState.REFUSED: QT_TRANSLATE_NOOP("Watchlist", "Refused"),
}


def copied(row: QuoteRow, reading: Reading) -> str:
    """Return the row for a spreadsheet, tabs between the cells; the code comes first.

    Where rows tell whose they are, the vendor comes after it.
    """
    code, *cells = [column.copied(row, reading) for column in COLUMNS]
    vendor = [texts.vendor(row, reading)] if reading.vendors is not None else []
    return "\t".join([code, *vendor, *cells])


def snapshot(row: QuoteRow, reading: Reading, now_s: float) -> dict[str, str]:
    """Return what a person reads in the row, by English titles and in the columns' order."""
    read = {"Vendor": row.key.vendor}
    read.update((column.title, column.text(row, reading)) for column in COLUMNS)
    read["Time"] = texts.iso_time(row)
    read["State"] = row.state.value
    read["State detail"] = texts.state_detail(row, now_s) or UNKNOWN
    return read
