"""The table's columns, declared once for the table, the clipboard and the snapshot."""

import re

from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.ui.watchlist import format as texts
from alltick_desk.ui.watchlist.column import Column, SortValue, Tone
from alltick_desk.ui.watchlist.derived import number
from alltick_desk.ui.watchlist.format import UNKNOWN, Reading

_STATES = tuple(RowState)
_RUN_OF_DIGITS = re.compile("[0-9]+")


def counted(text: str) -> SortValue:
    """Return a text such that 700 stands before 9988, and ETF 9 before ETF 10."""
    return _RUN_OF_DIGITS.sub(lambda run: run.group().zfill(9), text.casefold())


def _word(text: str) -> SortValue:
    return None if text == UNKNOWN else counted(text)


def _copied_time(row: QuoteRow, _: Reading) -> str:
    return texts.iso_time(row).replace("T", " ")[:19]


COLUMNS: tuple[Column, ...] = (
    Column(
        "code",
        QT_TRANSLATE_NOOP("Watchlist", "Code"),
        texts.code,
        lambda row, _: counted(row.key.code),
        "688888.SH",
        QT_TRANSLATE_NOOP("Watchlist", "The vendor's code."),
        tagged=True,
    ),
    Column(
        "name",
        QT_TRANSLATE_NOOP("Watchlist", "Name"),
        texts.name,
        lambda row, reading: _word(texts.name(row, reading)),
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
        "+0.00008888",
        QT_TRANSLATE_NOOP("Watchlist", "Last price minus the previous day's close."),
        Tone.MOVED,
        figure=True,
        arrow=True,
    ),
    Column(
        "change_percent",
        QT_TRANSLATE_NOOP("Watchlist", "Change %"),
        texts.change_percent,
        lambda row, _: row.change_percent,
        "+188.88",
        QT_TRANSLATE_NOOP("Watchlist", "The change in percent of the previous day's close."),
        Tone.MOVED,
        figure=True,
        arrow=True,
    ),
    Column(
        "bid",
        QT_TRANSLATE_NOOP("Watchlist", "Bid"),
        texts.bid,
        lambda row, _: number(row.bid),
        "0.00008888",
        QT_TRANSLATE_NOOP("Watchlist", "The best price that a buyer offers."),
        figure=True,
    ),
    Column(
        "ask",
        QT_TRANSLATE_NOOP("Watchlist", "Ask"),
        texts.ask,
        lambda row, _: number(row.ask),
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
        sample_zh="88.88万亿",
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
        sample_zh="88.88万亿",
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
        lambda row, _: float(_STATES.index(row.state)),
        "Unknown code",
        QT_TRANSLATE_NOOP("Watchlist", "Whether the row is live, and if not, why."),
        Tone.STATE,
    ),
)

BY_ID = {column.id: place for place, column in enumerate(COLUMNS)}

STATE_WORDS = {
    RowState.LIVE: QT_TRANSLATE_NOOP("Watchlist", "Live"),
    RowState.WAITING: QT_TRANSLATE_NOOP("Watchlist", "Waiting"),
    RowState.QUIET: QT_TRANSLATE_NOOP("Watchlist", "Quiet"),
    RowState.MARKET_CLOSED: QT_TRANSLATE_NOOP("Watchlist", "Market closed"),
    RowState.HALTED: QT_TRANSLATE_NOOP("Watchlist", "Halted"),
    RowState.LIMIT_UP: QT_TRANSLATE_NOOP("Watchlist", "Limit up"),
    RowState.LIMIT_DOWN: QT_TRANSLATE_NOOP("Watchlist", "Limit down"),
    RowState.HALTED_OR_DELISTED: QT_TRANSLATE_NOOP("Watchlist", "Halted or delisted"),
    RowState.STALE: QT_TRANSLATE_NOOP("Watchlist", "Stale"),
    RowState.OFFLINE: QT_TRANSLATE_NOOP("Watchlist", "Offline"),
    RowState.BEYOND_PLAN: QT_TRANSLATE_NOOP("Watchlist", "Beyond plan"),
    RowState.NOT_IN_PLAN: QT_TRANSLATE_NOOP("Watchlist", "Not in plan"),
    RowState.UNKNOWN_CODE: QT_TRANSLATE_NOOP("Watchlist", "Unknown code"),
    RowState.REFUSED: QT_TRANSLATE_NOOP("Watchlist", "Refused"),
}


def snapshot(row: QuoteRow, reading: Reading, now_s: float) -> dict[str, str]:
    """Return what a person reads in the row, by English titles and in the columns' order.

    The columns are always these, whichever are shown.
    """
    read = {"Vendor": row.key.vendor}
    read.update((column.title, column.text(row, reading)) for column in COLUMNS)
    read["Time"] = texts.iso_time(row)
    read["State"] = row.state.value
    read["State detail"] = texts.state_detail(row, now_s) or UNKNOWN
    return read
