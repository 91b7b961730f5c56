"""Codes as people and other programs write them, read as the desk spells them.

``700.HK`` also comes as 0700.HK, HK.00700, HKEX:700, 00700 or 腾讯控股, ``600519.SH`` as SH600519,
600519.SS, 600519.XSHG or 600519, ``AAPL.US`` as aapl.us, NASDAQ:AAPL, AAPL.O or AAPL, ``BTCUSDT``
as BTC/USDT or BINANCE:BTCUSDT. What the catalogue knows outweighs every rule; what no rule knows
stays as it is written, since a vendor may know more than the catalogue.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from alltick_desk.model.instrument import Catalogue
from alltick_desk.model.words import Sentence

# Returns a code as the desk spells it where it is written as the vendor does, else the text.
Spell: TypeAlias = Callable[[str, str], str]  # vendor, text

_US, _HK, _SH, _SZ, _NONE = ".US", ".HK", ".SH", ".SZ", ""

# What stands before a colon (TradingView, Google) or in a column of exchanges.
_EXCHANGES: Mapping[str, str] = {
    **dict.fromkeys(("US", "NASDAQ", "NYSE", "AMEX", "ARCA", "NYSEARCA", "BATS"), _US),
    **dict.fromkeys(("HK", "HKEX", "SEHK", "HKG", "XHKG"), _HK),
    **dict.fromkeys(("SH", "SSE", "SHSE", "SHA", "XSHG"), _SH),
    **dict.fromkeys(("SZ", "SZSE", "SHE", "XSHE"), _SZ),
    **dict.fromkeys(("美股", "美国"), _US),
    **dict.fromkeys(("港股", "香港", "港交所"), _HK),
    **dict.fromkeys(("沪", "沪市", "上海", "上交所"), _SH),
    **dict.fromkeys(("深", "深市", "深圳", "深交所"), _SZ),
    **dict.fromkeys(("BINANCE", "BYBIT", "OKX", "COINBASE", "KRAKEN", "BITSTAMP"), _NONE),
    **dict.fromkeys(("FX", "FX_IDC", "OANDA", "FOREXCOM", "SAXO", "PEPPERSTONE"), _NONE),
}
# What stands behind the last point (Yahoo, Reuters, Wind, JoinQuant).
_ENDINGS: Mapping[str, str] = {
    **dict.fromkeys(("US", "O", "OQ", "N"), _US),
    "HK": _HK,
    **dict.fromkeys(("SH", "SS", "XSHG"), _SH),
    **dict.fromkeys(("SZ", "XSHE"), _SZ),
}
_MAIN = (_US, _HK, _SH, _SZ)
_MARKED = re.compile(r"(?:(SH|SZ)[._]?([0-9]{6})|(HK)[._]?([0-9]{1,5})|(US|HK|SH|SZ)[._]([A-Z.]+))")
_PAIR = re.compile(r"([A-Z0-9]{2,10})/([A-Z]{3,5})")
_LOOSE_PAIR = re.compile(r"([A-Z0-9]{2,10})[-_](USDT|USDC|USD|EUR|JPY|GBP|BTC|ETH)")
_FOREX = re.compile(r"([A-Z]{6})=X")
_FORCED = re.compile(r'="([^"]*)"')  # a spreadsheet's way to keep a number's zeros
_SHAPE = re.compile(r"[A-Z0-9.^][A-Z0-9.^$:/=_-]{0,31}")
_NUMBER = re.compile(r"[-+]?[0-9]*\.?[0-9]+%?")
_FIT = re.compile(r"[!#-&(-+\--:=?-~]{1,64}")  # printed, without space, comma, quotes, ; < and >
_HAS_SIGN = re.compile(r"[A-Za-z0-9]")
_OFFERED = 4  # instruments of one name that are told; more are counted


class _Index(NamedTuple):
    """Codes by what stands before their ending and by their names, where only one has it.

    ``shared`` has the codes of the names that several instruments have.
    """

    bodies: dict[str, str]
    names: dict[str, str]
    shared: dict[str, list[str]]


def tidy(text: str) -> str:
    """Return a cell's text without what spreadsheets and quoting put around a code."""
    text = text.strip()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).strip()
    forced = _FORCED.fullmatch(text)
    return (text if forced is None else forced[1]).strip("\"'` ")


def looks_like_code(text: str) -> bool:
    """Return whether a text could be a code by its looks, and is no price."""
    return _SHAPE.fullmatch(text) is not None and _NUMBER.fullmatch(text) is None


class CodeReader:
    """Reads codes by the catalogue, by the vendor's own spelling and by rules."""

    def __init__(self, catalogue: Catalogue, spell: Spell) -> None:
        self._catalogue = catalogue
        self._spell = spell
        self._indexed: _Index | None = None

    def literal(self, text: str) -> str:
        """Return a code that stands as it is, unless only another spelling of it is known."""
        known = self._catalogue.spelling(text)
        return known if known in self._catalogue else text

    def read(self, text: str, vendor: str, exchange: str = "") -> str:
        """Return the desk's code; what cannot be one is left as it is: see ``fault``."""
        if exchange and not ({".", ":"} & set(text)):
            listed = _EXCHANGES.get(exchange.strip().upper())
            if listed is not None:
                return self._at(text, listed)
        return self.clear(text, vendor) or self._guessed(text)

    def clear(self, text: str, vendor: str) -> str:
        """Return the code where there is no doubt that the text is one, else ""."""
        catalogue = self._catalogue
        if text in catalogue:
            return text
        spelled = self._spell(vendor, text)
        if spelled != text:
            return catalogue.spelling(spelled)
        known = catalogue.spelling(text)
        return known if known in catalogue else self._by_rule(text.upper())

    def known(self, text: str, vendor: str) -> bool:
        """Return whether a text is a code, also one of letters without its ending."""
        if self.clear(text, vendor):
            return True
        return not text.isdigit() and bool(self._index().bodies.get(text.casefold()))

    def fault(self, code: str) -> str:
        """Return why a code cannot be one, a sentence; "" where it can.

        It cannot where it is the name of several instruments: then these are told.
        """
        if code not in self._catalogue and not code.endswith(_MAIN):
            shared = self._index().shared.get(code.casefold())
            if shared is not None:
                return self._which(code, shared)
        if ":" in code:
            words = Sentence("Lists", "The exchange {name} is not known here.")
            return words.format(name=code.partition(":")[0])
        if not code.isascii() or " " in code:
            return Sentence("Lists", "No instrument of the catalogue is called so.")
        if _FIT.fullmatch(code) is None or _HAS_SIGN.search(code) is None:
            return Sentence("Lists", "This is no code.")
        if _NUMBER.fullmatch(code) is not None:
            return Sentence("Lists", "A number alone: add its market, as in 700.HK.")
        return ""

    def _by_rule(self, text: str) -> str:
        exchange, colon, body = text.partition(":")
        if colon:
            listed = _EXCHANGES.get(exchange)
            return "" if listed is None or not body else self._at(body, listed)
        if text.isdigit():
            return self._number(text)
        return self._of_stock(text) or self._of_pair(text)

    def _number(self, digits: str) -> str:
        if len(digits) == 6:
            return _chinese(digits, self._catalogue)
        return self._at(digits, _HK) if len(digits) == 5 and digits[0] == "0" else ""

    def _of_stock(self, text: str) -> str:
        body, point, ending = text.rpartition(".")
        if point and f"{text}{_US}" in self._catalogue:  # BRK.B
            return f"{text}{_US}"
        marked = _MARKED.fullmatch(text)
        if marked is not None and f".{ending}" not in _MAIN:
            number, market = (marked[2] or marked[4] or marked[6]), (marked[1] or marked[3])
            return self._at(number, f".{market or marked[5]}")
        if point and body and ending in _ENDINGS:
            return self._at(body, _ENDINGS[ending])
        if text.startswith("^"):  # Yahoo's indices
            return self._listed(f".{text[1:]}{_US}", f"{text[1:]}{_HK}")
        return self._listed(f"{text.replace('-', '.')}{_US}") if "-" in text else ""  # BRK-B

    def _of_pair(self, text: str) -> str:
        if (found := _FOREX.fullmatch(text)) is not None:
            return self._catalogue.spelling(found[1])
        pair = _PAIR.fullmatch(text) or _LOOSE_PAIR.fullmatch(text)
        return "" if pair is None else self._catalogue.spelling(pair[1] + pair[2])

    def _at(self, body: str, listed: str) -> str:
        """Return the code of what an exchange calls ``body``."""
        body = body.upper()
        if listed == _US:
            return self._listed(f".{body}{_US}") or self._catalogue.spelling(f"{body}{_US}")
        if listed == _NONE:
            return self._catalogue.spelling(body.replace("/", ""))
        if _digits(body):
            body = (body.lstrip("0") or "0") if listed == _HK else body.zfill(6)
        return self._catalogue.spelling(body + listed)

    def _guessed(self, text: str) -> str:
        """Return what a text most likely means; the text itself where nobody knows."""
        if _digits(text) and len(text) <= 5:
            code = f"{text.lstrip('0') or '0'}{_HK}"
            return code if len(text) >= 4 or code in self._catalogue else text
        index = self._index()
        folded = text.casefold()
        found = index.bodies.get(folded) or index.names.get(folded)
        if not found and folded not in index.shared and text.islower() and text.isascii():
            return text.upper()
        return found or text

    def _which(self, name: str, codes: Sequence[str]) -> Sentence:
        """Ask for the code of one of several instruments of a name."""
        told = ", ".join(self._told(code, name) for code in codes[:_OFFERED])
        if len(codes) > _OFFERED:
            words = Sentence(
                "Lists",
                "Several instruments are called so: {codes} and {n} more. Write the code of the "
                "one that is meant.",
            )
            return words.format(codes=told, n=len(codes) - _OFFERED)
        words = Sentence(
            "Lists",
            "Several instruments are called so: {codes}. Write the code of the one that is meant.",
        )
        return words.format(codes=told)

    def _told(self, code: str, name: str) -> str:
        """Return a code with what else its instrument is called."""
        known, folded = self._catalogue.get(code), name.casefold()
        names = (known.name_en, known.name_zh, known.name_hant)
        other = next((it for it in names if it and it.casefold() != folded), "")
        return f"{code} ({other})" if other else code

    def _index(self) -> _Index:
        if self._indexed is None:
            self._indexed = _index(self._catalogue)
        return self._indexed

    def _listed(self, *codes: str) -> str:
        return next((code for code in codes if code in self._catalogue), "")


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _chinese(digits: str, catalogue: Catalogue) -> str:
    """Return the exchange's code of six digits: the stock's, where an index has the same."""
    if digits[0] in "569":
        usual, other = _SH, _SZ
    elif digits[0] in "0123":
        usual, other = _SZ, _SH
    else:
        return ""  # Beijing's: no vendor here has it
    if digits + usual not in catalogue and digits + other in catalogue:
        return digits + other
    return digits + usual


def _index(catalogue: Catalogue) -> _Index:
    """Return the codes by what stands before their ending, and by their names.

    Of several that share the part before the ending those of the main markets count.
    """
    bodies: dict[str, str] = {}
    names: dict[str, str] = {}
    shared: dict[str, list[str]] = {}
    for instrument in catalogue:
        code = instrument.code
        body, _, ending = code.rpartition(".")
        if body and f".{ending}" in _MAIN:
            folded = body.removeprefix(".").casefold()
            bodies[folded] = code if bodies.get(folded, code) == code else ""
        for name in (instrument.name_en, instrument.name_zh, instrument.name_hant):
            folded = name.casefold()
            first = names.setdefault(folded, code)
            if first != code and name:
                codes = shared.setdefault(folded, [first])
                if code not in codes[-1:]:
                    codes.append(code)
    names.pop("", None)
    names.update(dict.fromkeys(shared, ""))
    return _Index(bodies, names, shared)
