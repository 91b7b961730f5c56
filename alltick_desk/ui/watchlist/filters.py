"""Which rows a filter lets through. Pure."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from alltick_desk.model.instrument import Market
from alltick_desk.model.pinyin import Pinyin, key_bits
from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.ui.watchlist.format import Reading

MARKET_WORDS = {
    Market.US_STOCK: QT_TRANSLATE_NOOP("Watchlist", "US stocks"),
    Market.HK_STOCK: QT_TRANSLATE_NOOP("Watchlist", "Hong Kong stocks"),
    Market.CN_STOCK: QT_TRANSLATE_NOOP("Watchlist", "Chinese stocks"),
    Market.INDEX: QT_TRANSLATE_NOOP("Watchlist", "Indices"),
    Market.CFD_INDEX: QT_TRANSLATE_NOOP("Watchlist", "Index contracts"),
    Market.FOREX: QT_TRANSLATE_NOOP("Watchlist", "Forex"),
    Market.COMMODITY: QT_TRANSLATE_NOOP("Watchlist", "Metals and energy"),
    Market.CRYPTO: QT_TRANSLATE_NOOP("Watchlist", "Crypto"),
    Market.FUTURE: QT_TRANSLATE_NOOP("Watchlist", "Futures"),
    Market.FUND: QT_TRANSLATE_NOOP("Watchlist", "Funds"),
    Market.UNKNOWN: QT_TRANSLATE_NOOP("Watchlist", "Other"),
}
UP, UNCHANGED, DOWN = 1, 0, -1
MOVEMENT_WORDS = {
    UP: QT_TRANSLATE_NOOP("Watchlist", "Up"),
    UNCHANGED: QT_TRANSLATE_NOOP("Watchlist", "Unchanged"),
    DOWN: QT_TRANSLATE_NOOP("Watchlist", "Down"),
}


class Filter(NamedTuple):
    """What a person wants to see; of every kind nothing chosen stands for all."""

    text: str = ""
    markets: frozenset[Market] = frozenset()
    states: frozenset[RowState] = frozenset()
    movements: frozenset[int] = frozenset()

    @property
    def on(self) -> bool:
        """Whether anything is kept out."""
        return bool(self.text.split() or self.markets or self.states or self.movements)

    @property
    def moves(self) -> bool:
        """Whether rows come and go while values move."""
        return bool(self.states or self.movements)


EVERYTHING = Filter()


Places: TypeAlias = Sequence[tuple[int, int]]  # of ``Pinyin.places``


class Sought(NamedTuple):
    """What a text is looked for in."""

    text: str  # code, names in every language, alias and note, a line each, folded
    typed: Sequence[tuple[str, Places]]  # the Chinese names, with their pinyin


def sought(row: QuoteRow, reading: Reading, places: Callable[[str], Places]) -> Sought:
    """Return what a text is looked for in; it takes long enough to be kept."""
    known = reading.catalogue.get(row.key.code)
    entry = reading.entry(row.key)
    alias, note = ("", "") if entry is None else (entry.alias, entry.note)
    names = known.name_en, known.name_zh, known.name_hant, alias
    chinese = known.name_zh or known.name_hant, alias  # both scripts are read alike
    return Sought(
        folded("\n".join((row.key.code, *names, note))),
        [(name, places(name)) for name in chinese if not name.isascii()],
    )


def folded(text: str) -> str:
    """Return a text as it is compared: neither its case nor the width of its letters counts."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()


def movement(row: QuoteRow) -> int | None:
    """Return which way the day went; None where that is not known."""
    change = row.change
    return None if change is None else UP if change > 0 else DOWN if change < 0 else UNCHANGED


def keeper(
    wanted: Filter, reading: Reading, sought_in: Callable[[QuoteRow], Sought], pinyin: Pinyin
) -> Callable[[QuoteRow], bool] | None:
    """Return the test of a row, None where everything is let through.

    Every word of the text must be found somewhere in what ``sought_in`` returns, or the Chinese
    name goes by the letters: ``txkg``, ``tengxun`` and ``teng xun`` find 腾讯控股.
    """
    if not wanted.on:
        return None
    words = folded(wanted.text).split()
    tests = [_finder(word, pinyin) for word in words]
    whole = _speller("".join(words), pinyin) if len(words) > 1 else None
    markets, states, movements = wanted.markets, wanted.states, wanted.movements
    get = reading.catalogue.get

    def keeps(row: QuoteRow) -> bool:
        if states and row.state not in states:
            return False
        if markets and get(row.key.code).market not in markets:
            return False
        if movements and movement(row) not in movements:
            return False
        if not tests:
            return True
        where = sought_in(row)
        return all(test(where) for test in tests) or (whole is not None and whole(where))

    return keeps


def _finder(word: str, pinyin: Pinyin) -> Callable[[Sought], bool]:
    """Return the test for a word: as it stands, as other programs spell its code, as pinyin."""
    spelled = _speller(word, pinyin)
    digits = word.removesuffix(".hk")
    padded = digits if digits.isdecimal() and digits[0] == "0" else ""

    def finds(where: Sought) -> bool:
        return (
            word in where.text
            or bool(padded and any(it.startswith(padded) for it in _in_hong_kong(where.text)))
            or (spelled is not None and spelled(where))
        )

    return finds


def _in_hong_kong(text: str) -> tuple[str, ...]:
    """Return the digits that others make of a Hong Kong code: 00700 and 0700 are 700.HK."""
    body, dot, _ = text.partition("\n")[0].partition(".hk")
    return (body.zfill(5), body.zfill(4)) if dot else ()


def _speller(word: str, pinyin: Pinyin) -> Callable[[Sought], bool] | None:
    """Return the test whether letters type a Chinese name; None for what is no such letters."""
    keys = word.replace("'", "")
    bits = key_bits(keys)
    if bits is None:
        return None
    anywhere = len(keys) > 1  # one letter is in too many names: it must begin them

    def spells(where: Sought) -> bool:
        for name, places in where.typed:
            found = pinyin.find(name, places, keys, bits)
            if found is not None and (anywhere or found[0] == 0):
                return True
        return False

    return spells
