"""Reading instruments from a product list, once it is settled what its columns are. Pure."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from alltick_desk.model.instrument import Catalogue, Instrument, Market
from alltick_desk.services.catalogue_import_codes import market_of, spelled
from alltick_desk.services.catalogue_import_guess import Columns, Guess, market_named
from alltick_desk.services.catalogue_import_sheets import Row, Sheet

STEP = 32  # rows between two pauses: a fraction of a millisecond
NAMED_LINES = 8  # of those that cannot be read, so many are told by number


class Outcome(Enum):
    """What becomes of a line."""

    NEW = "new"
    CHANGED = "changed"  # known, with other names or fewer of them
    KNOWN = "known"
    DUPLICATE = "duplicate"  # of a line before it
    UNREADABLE = "unreadable"  # without a code that could be one


class Choice(NamedTuple):
    """How one sheet is read, as guessed or as the person wants it."""

    sheet: Sheet
    columns: Columns
    first: int  # the first row with an instrument
    market: Market  # of the lines that do not tell
    wanted: bool = True

    @classmethod
    def of(cls, sheet: Sheet, guess: Guess) -> "Choice":
        """Take a guess for it; a sheet without codes is not wanted."""
        return cls(sheet, guess.columns, guess.first, guess.market, guess.columns.code is not None)


class Line(NamedTuple):
    """A line that was read; ``number`` counts from 1, as spreadsheets do."""

    number: int
    outcome: Outcome
    instrument: Instrument


class Tally:
    """What a list holds, counted as it is read.

    Attributes:
        instruments: each once, in the list's order.
        counts: lines by what becomes of them.
        unreadable: the numbers of the first lines that cannot be read.
    """

    def __init__(self) -> None:
        self.instruments: dict[str, Instrument] = {}
        self.counts = dict.fromkeys(Outcome, 0)
        self.unreadable: list[int] = []

    def count(self, choice: Choice, catalogue: Catalogue) -> Iterator[None]:
        """Read a sheet to its end, pausing every fraction of a millisecond."""
        for at, line in enumerate(read_lines(choice, catalogue, self.instruments)):
            self.counts[line.outcome] += 1
            if line.outcome is Outcome.UNREADABLE:
                if len(self.unreadable) < NAMED_LINES:
                    self.unreadable.append(line.number)
            elif line.outcome is not Outcome.DUPLICATE:
                self.instruments[line.instrument.code] = line.instrument
            if not at % STEP:
                yield


def read_lines(
    choice: Choice, catalogue: Catalogue, seen: dict[str, Instrument] | None = None
) -> Iterator[Line]:
    """Yield the lines of a sheet that are not blank; ``seen`` are codes of the lines before."""
    for number, row in enumerate(choice.sheet.rows[choice.first :], choice.first + 1):
        if any(row):
            instrument = _read(row, choice)
            yield Line(number, _outcome(instrument, catalogue, seen or {}), instrument)


def _read(row: Row, choice: Choice) -> Instrument:
    columns, market = choice.columns, choice.market
    if columns.market is not None:
        told = market_named(_cell(row, columns.market))
        market = market if told is Market.UNKNOWN else told
    code = spelled(_cell(row, columns.code), market)
    return Instrument(
        code,
        _cell(row, columns.name_en),
        _cell(row, columns.name_zh),
        market_of(code, market),
        _cell(row, columns.name_hant),
    )


def _cell(row: Row, place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _outcome(instrument: Instrument, catalogue: Catalogue, seen: dict[str, Instrument]) -> Outcome:
    code = instrument.code
    if not code:
        return Outcome.UNREADABLE
    if code in seen:
        return Outcome.DUPLICATE
    if code not in catalogue:
        return Outcome.NEW
    known = catalogue.get(code)
    names = ((known.name_en, instrument.name_en), (known.name_zh, instrument.name_zh))
    changed = any(
        new and new != old for old, new in (*names, (known.name_hant, instrument.name_hant))
    )
    return Outcome.CHANGED if changed else Outcome.KNOWN
