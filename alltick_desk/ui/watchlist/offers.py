"""What the list under the add box offers, as words of the screen's language."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QLocale

from alltick_desk.model.search import Match, Rank, Search
from alltick_desk.model.search_index import Group, group_of
from alltick_desk.model.search_marks import Marks, Spans, marks_of
from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.ui.vendors import VendorTags

if TYPE_CHECKING:
    from alltick_desk.model.instrument import Instrument, Source

translate = QCoreApplication.translate

_GROUPS = {
    Group.US: QT_TRANSLATE_NOOP("Markets", "US"),
    Group.HK: QT_TRANSLATE_NOOP("Markets", "Hong Kong"),
    Group.CN: QT_TRANSLATE_NOOP("Markets", "China"),
    Group.INDEX: QT_TRANSLATE_NOOP("Markets", "Indices"),
    Group.FOREX: QT_TRANSLATE_NOOP("Markets", "Forex"),
    Group.COMMODITY: QT_TRANSLATE_NOOP("Markets", "Metals, energy"),
    Group.CRYPTO: QT_TRANSLATE_NOOP("Markets", "Crypto"),
    Group.FUTURE: QT_TRANSLATE_NOOP("Markets", "Futures"),
    Group.FUND: QT_TRANSLATE_NOOP("Markets", "Funds"),
    Group.OTHER: QT_TRANSLATE_NOOP("Markets", "Other"),
}

# China's two exchanges are told apart by the ending.
_EXCHANGES = {
    ".SH": QT_TRANSLATE_NOOP("Markets", "Shanghai"),
    ".SZ": QT_TRANSLATE_NOOP("Markets", "Shenzhen"),
}


class Text(NamedTuple):
    """A text and the parts of it that somebody typed."""

    text: str = ""
    typed: Spans = ()


class Offer(NamedTuple):
    """A row of the list.

    Attributes:
        code: what is added. vendor: whose it is, "" for the one that was chosen.
        names: in the screen's language first. market: or exchange. tag: the vendors' titles.
        hint: a sentence for the tip. as_typed: whether the catalogue does not know it.
    """

    code: Text
    names: tuple[Text, ...] = ()
    market: str = ""
    tag: str = ""
    hint: str = ""
    vendor: str = ""
    as_typed: bool = False

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        if self.as_typed:
            return self.names[0].text
        parts = (self.code.text, *(name.text for name in self.names), self.market, self.tag)
        return ", ".join(filter(None, parts))


def group_title(group: Group | None) -> str:
    """Return what a market is called; None is all of them."""
    return translate("Markets", "All") if group is None else translate("Markets", _GROUPS[group])


class Offers(Sequence[Offer]):
    """Rows that are put into words when they are first looked at."""

    def __init__(self, codes: Sequence[str], make: Callable[[int], Offer]) -> None:
        self.codes = codes
        self._make = make
        self._made: dict[int, Offer] = {}

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> Offer:  # type: ignore[override]
        """Return a row; nobody wants slices of them."""
        if row not in self._made:
            if not 0 <= row < len(self.codes):
                raise IndexError(row)
            self._made[row] = self._make(row)
        return self._made[row]


def _no_row(row: int) -> Offer:
    raise IndexError(row)


NO_OFFERS = Offers((), _no_row)


class Offering:
    """Puts matches into words; ``chosen`` says with whose prices a symbol is added."""

    def __init__(self, search: Search, vendors: VendorTags, chosen: Callable[[], str]) -> None:
        self._search = search
        self._vendors = vendors
        self._chosen = chosen

    def rows(
        self, found: Sequence[Match], text: str, typed: str, *, typed_first: bool = False
    ) -> Offers:
        """Return the rows for what was found for ``text``, and for the code ``typed`` if any.

        That one comes last, or first.
        """
        codes = [match.instrument.code for match in found]
        at = 0 if typed_first else len(found)
        if typed:
            codes.insert(at, typed)

        def make(row: int) -> Offer:
            if typed and row == at:
                return self.typed(typed)
            return self.known(found[row - (bool(typed) and row > at)], text)

        return Offers(codes, make)

    def known(self, match: Match, text: str) -> Offer:
        """Return the row of a match for ``text``."""
        instrument, rank = match
        marks = Marks() if rank is Rank.SLIP else marks_of(instrument, text, self._search.pinyin)
        whose = self._search.catalogue.vendors(instrument.code)
        vendor = self._vendor(whose)
        names = [
            Text(instrument.name_en, marks.name_en),
            Text(instrument.name_zh or instrument.name_hant, marks.name_zh),
        ]
        if QLocale().language() == QLocale.Language.Chinese:
            names.reverse()
        return Offer(
            Text(instrument.code, marks.code),
            tuple(name for name in names if name.text),
            _market(instrument),
            self._tag(whose, vendor),
            self._hint(instrument.code),
            vendor,
        )

    def typed(self, code: str) -> Offer:
        """Return the row that adds a code which no list has."""
        words = translate("Watchlist", "Add {code} as typed").format(code=code)
        hint = translate(
            "Watchlist",
            "No list of instruments has {code}. It can be watched all the same: "
            "{vendor}'s first answer or tick tells whether it exists, and until then the row "
            "says so.",
        ).format(code=code, vendor=self._vendors.title(self._chosen()))
        at = words.find(code)
        return Offer(Text(code), (Text(words, ((at, at + len(code)),)),), hint=hint, as_typed=True)

    def _vendor(self, whose: frozenset[str]) -> str:
        """Return whose code is added: the chosen vendor's, where that one may have it."""
        chosen = self._chosen()
        if not whose or chosen in whose:
            return chosen
        return next((vendor for vendor in self._vendors.in_use if vendor in whose), chosen)

    def _tag(self, whose: frozenset[str], vendor: str) -> str:
        """Return the vendors who list it, the one it is added with first."""
        if not self._vendors.several:
            return ""
        others = sorted(whose.intersection(self._vendors.in_use) - {vendor})
        return " · ".join(map(self._vendors.title, (vendor, *others)))

    def _hint(self, code: str) -> str:
        sources = [self._named(source) for source in self._search.catalogue.sources(code)]
        words = translate("Watchlist", "Known from: {lists}.")
        return words.format(lists=", ".join(dict.fromkeys(sources)))

    def _named(self, source: "Source") -> str:
        return source.name or translate("Watchlist", "the built-in list")


def _market(instrument: "Instrument") -> str:
    exchange = _EXCHANGES.get(instrument.code[-3:])
    if exchange is not None and group_of(instrument.market) is Group.CN:
        return translate("Markets", exchange)
    return group_title(group_of(instrument.market))
