"""Instruments: how one is named, which market it belongs to, and the built-in catalogue."""

import csv
from collections.abc import Iterable, Iterator
from enum import Enum, IntEnum
from pathlib import Path
from typing import NamedTuple, TypeAlias


class Market(Enum):
    """The kinds of market the desk knows; the value is the word used in the catalogue."""

    US_STOCK = "us_stock"
    HK_STOCK = "hk_stock"
    CN_STOCK = "cn_stock"
    INDEX = "index"
    CFD_INDEX = "cfd_index"
    FOREX = "forex"
    COMMODITY = "commodity"  # metals and energy
    CRYPTO = "crypto"
    FUTURE = "future"
    FUND = "fund"
    UNKNOWN = "unknown"


class Trading(IntEnum):
    """Whether an instrument trades, as the vendor says; the value is iTick's number."""

    NORMAL = 0
    SUSPENDED = 1
    DELISTED = 2
    CIRCUIT_BREAKER = 3


_SUFFIXES = {
    ".US": Market.US_STOCK,
    ".HK": Market.HK_STOCK,
    ".SH": Market.CN_STOCK,
    ".SZ": Market.CN_STOCK,
}


class InstrumentKey(NamedTuple):
    """One instrument at one vendor: what a watchlist row, a chart and a budget are keyed by."""

    vendor: str  # "alltick" or "itick"
    code: str  # the desk's spelling, which is AllTick's: "700.HK", "BTCUSDT"; case matters

    def __str__(self) -> str:
        return f"{self.vendor}:{self.code}"

    @classmethod
    def parse(cls, text: str) -> "InstrumentKey":
        """Read back what ``str()`` wrote; ValueError on anything else."""
        vendor, separator, code = text.partition(":")
        if not (vendor and separator and code):
            raise ValueError(f"{text!r} is not vendor:code")
        return cls(vendor, code)


class Instrument(NamedTuple):
    """A line of the catalogue."""

    code: str
    name_en: str = ""
    name_zh: str = ""
    market: Market = Market.UNKNOWN


def market_by_suffix(code: str) -> Market:
    """Return the stock market that the code's ending names, else UNKNOWN."""
    return _SUFFIXES.get(code[-3:], Market.UNKNOWN)


_Match: TypeAlias = tuple[int, Instrument]  # with its place in the catalogue


class Catalogue:
    """The instruments that are known by name; others can be watched all the same."""

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        self._by_code = {instrument.code: instrument for instrument in instruments}
        self._by_folded = {code.casefold(): code for code in self._by_code}
        self._texts: dict[str, str] = {}  # what is searched, by code; made when first needed

    @classmethod
    def read(cls, path: Path) -> "Catalogue":
        """Read a CSV file with the columns code, name_en, name_zh, market in this order."""
        # By place and by look-up: the first window waits for it, and it takes a third so long.
        markets = {market.value: market for market in Market}
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            next(lines)
            return cls(
                Instrument(code, name_en, name_zh, markets[market])
                for code, name_en, name_zh, market in lines
            )

    def __len__(self) -> int:
        return len(self._by_code)

    def __iter__(self) -> Iterator[Instrument]:
        return iter(self._by_code.values())

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def get(self, code: str) -> Instrument:
        """Return the instrument, or a nameless one whose market the suffix tells."""
        found = self._by_code.get(code)
        return found if found is not None else Instrument(code, market=market_by_suffix(code))

    def extend(self, instruments: Iterable[Instrument]) -> int:
        """Learn of more instruments, e.g. a vendor's list; return how many lines are new or fuller.

        What is known already stays: of an instrument that is here only gaps are filled.
        """
        before = len(self._by_code)
        filled = 0
        for given in instruments:
            known = self._by_code.get(given.code)
            if known is None:
                self._by_code[given.code] = given
                self._by_folded.setdefault(given.code.casefold(), given.code)
            elif (fuller := _fuller(known, given)) != known:
                self._by_code[given.code] = fuller
                self._texts.pop(given.code, None)
                filled += 1
        return len(self._by_code) - before + filled

    def spelling(self, text: str) -> str:
        """Return the code as the vendor spells it, where only the case was mistyped."""
        text = text.strip()
        return text if text in self._by_code else self._by_folded.get(text.casefold(), text)

    def search(self, text: str, limit: int = 20) -> list[Instrument]:
        """Return matches on code and names, the closest first.

        Exact code, then code prefix, then a name's word prefix, then anywhere in either.
        """
        wanted = text.strip().casefold()
        if not wanted:
            return []
        # Vendors list tens of thousands, and somebody is typing: what no code begins with is only
        # ranked where codes alone do not fill the list.
        by_code: list[_Match] = []
        by_name: list[_Match] = []
        texts = self._texts
        for order, (code, instrument) in enumerate(self._by_code.items()):
            if (text_of := texts.get(code)) is None:
                text_of = texts[code] = _searched(instrument)
            if wanted in text_of:
                found = by_code if text_of.startswith(wanted) else by_name
                found.append((order, instrument))
        matches = by_code if len(by_code) >= limit else by_code + by_name
        ranked = [
            (rank, order, instrument)
            for order, instrument in matches
            if (rank := _rank(wanted, instrument)) is not None
        ]
        ranked.sort(key=lambda item: item[:2])
        return [instrument for _, _, instrument in ranked[:limit]]


def _fuller(known: Instrument, given: Instrument) -> Instrument:
    """Return what is known with its gaps filled."""
    return Instrument(
        known.code,
        known.name_en or given.name_en,
        known.name_zh or given.name_zh,
        given.market if known.market is Market.UNKNOWN else known.market,
    )


def _searched(instrument: Instrument) -> str:
    return f"{instrument.code}\n{instrument.name_en}\n{instrument.name_zh}".casefold()


def _rank(wanted: str, instrument: Instrument) -> int | None:
    code = instrument.code.casefold()
    if code == wanted or code.rpartition(".")[0] == wanted:
        return 0
    if code.startswith(wanted):
        return 1
    english = instrument.name_en.casefold()
    if english.startswith(wanted) or instrument.name_zh.startswith(wanted):
        return 2
    if any(word.startswith(wanted) for word in english.split()):
        return 3
    if wanted in code or wanted in english or wanted in instrument.name_zh:
        return 4
    return None
