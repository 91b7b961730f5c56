"""Instruments: how one is named, which market it belongs to, and the catalogue of those known."""

import csv
from collections.abc import Iterable, Iterator
from enum import Enum, IntEnum
from pathlib import Path
from typing import NamedTuple


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
    name_zh: str = ""  # simplified Chinese, as a rule
    market: Market = Market.UNKNOWN
    name_hant: str = ""  # traditional Chinese, where it is known besides


class Source(NamedTuple):
    """Where the catalogue knows an instrument from."""

    name: str = ""  # of the list, as a person knows it; "" for what comes with the desk
    vendor: str = ""  # whose codes they are; "" where any vendor may have them
    personal: bool = False  # imported by the person, so its names outweigh the others


BUILT_IN = Source()


def market_by_suffix(code: str) -> Market:
    """Return the stock market that the code's ending names, else UNKNOWN."""
    return _SUFFIXES.get(code[-3:], Market.UNKNOWN)


class Catalogue:
    """The instruments that are known by name; others can be watched all the same.

    What comes with the desk stands first, in its order; then what was learnt, as it came.

    Attributes:
        version: another number after every change.
        built_in: how many instruments came with the desk.
    """

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        self._by_code = {instrument.code: instrument for instrument in instruments}
        self._by_folded = {code.casefold(): code for code in self._by_code}
        self.built_in = len(self._by_code)
        self.version = 0
        self._sources: dict[Source, dict[str, Instrument]] = {BUILT_IN: dict(self._by_code)}
        self._listed = dict(self._by_code)  # without what is personal

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

    def sources(self, code: str) -> tuple[Source, ...]:
        """Return every list that has the code, in the order in which they came."""
        return tuple(source for source, codes in self._sources.items() if code in codes)

    def vendors(self, code: str) -> frozenset[str]:
        """Return whose code it is; nobody where that is not known, or where any may have it."""
        vendors = frozenset(source.vendor for source in self.sources(code))
        return frozenset() if "" in vendors else vendors

    def extend(self, instruments: Iterable[Instrument], source: Source = BUILT_IN) -> int:
        """Learn of more instruments of a list; return how many lines are new or other than before.

        Of what is known already a vendor's list only fills the gaps. A personal list gives the
        names that it has, the latest one first; what market it is, the vendors know better.
        """
        codes = self._sources.setdefault(source, {})
        changed = 0
        for given in instruments:
            codes[given.code] = given
            if not source.personal:
                listed = self._listed.get(given.code)
                self._listed[given.code] = given if listed is None else _fuller(listed, given)
            changed += self._settle(given.code)
        self.version += bool(changed)
        return changed

    def forget(self, source: Source) -> int:
        """Forget a personal list; return how many lines are gone or other than before."""
        codes = self._sources.pop(source, {})
        changed = sum([self._settle(code) for code in codes])
        if changed:
            self._by_folded = {code.casefold(): code for code in reversed(self._by_code)}
            self.version += 1
        return changed

    def spelling(self, text: str) -> str:
        """Return the code as the vendor spells it, where only the case was mistyped."""
        text = text.strip()
        return text if text in self._by_code else self._by_folded.get(text.casefold(), text)

    def _settle(self, code: str) -> bool:
        """Have a code stand for what its lists say; tell whether that is news."""
        known, whole = self._by_code.get(code), self._listed.get(code)
        for source, codes in self._sources.items():
            if source.personal and (given := codes.get(code)) is not None:
                whole = given if whole is None else _named_by(whole, given)
        if whole == known:
            return False
        if whole is None:
            del self._by_code[code]
        else:
            self._by_code[code] = whole
            self._by_folded.setdefault(code.casefold(), code)
        return True


def _fuller(known: Instrument, given: Instrument) -> Instrument:
    """Return what is known with its gaps filled."""
    return Instrument(
        known.code,
        known.name_en or given.name_en,
        known.name_zh or given.name_zh,
        given.market if known.market is Market.UNKNOWN else known.market,
        known.name_hant or given.name_hant,
    )


def _named_by(known: Instrument, given: Instrument) -> Instrument:
    """Return what is known under the names of a list that the person chose."""
    return Instrument(
        known.code,
        given.name_en or known.name_en,
        given.name_zh or known.name_zh,
        given.market if known.market is Market.UNKNOWN else known.market,
        given.name_hant or known.name_hant,
    )
