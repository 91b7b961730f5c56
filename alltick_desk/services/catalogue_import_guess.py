"""Guessing what the columns of a product list are, and whose market it is. Pure.

A guess is only a proposal: the person sees it with the first rows, and can change it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from alltick_desk.model.instrument import Market, market_by_suffix
from alltick_desk.services.catalogue_import_sheets import Row, Sheet

LOOKED_AT = 200  # rows that tell what a column holds
HEADINGS = 20  # the heading is among the first rows, or there is none


class Columns(NamedTuple):
    """Which column holds what, None for none."""

    code: int | None = None
    name_en: int | None = None
    name_zh: int | None = None
    name_hant: int | None = None
    market: int | None = None


class Guess(NamedTuple):
    """What a sheet seems to be; ``first`` is the first row with an instrument."""

    columns: Columns
    first: int
    market: Market


# Words of headings, the surest first; a heading may have more to say than these.
_HEADINGS: dict[str, tuple[str, ...]] = {
    "name_hant": ("繁体", "繁體", "traditional", "name_hk", "name_tw", "name_hant"),
    "name_zh": ("中文", "简体", "chinese", "name_cn", "name_zh", "cn name", "简称", "名称", "名稱"),
    "market": ("market", "市场", "市場", "exchange", "交易所", "类型", "类别", "asset class"),
    "name_en": (
        *("英文", "english", "name_en", "en name", "name", "company", "description"),
        *("security", "issuer"),
    ),
    "code": (
        *("code", "symbol", "ticker", "代码", "代碼", "代号", "代號", "编码", "品种", "instrument"),
        "产品",
    ),
}
# Whose heading has words of several: the first of these that fits.
_ORDER = ("name_hant", "market", "name_zh", "name_en", "code")

_CJK = re.compile("[\u3400-\u9fff]")
_CODE = re.compile(r"[A-Za-z0-9.^=_/$:&-]{1,24}")
_LETTERS = re.compile("[A-Za-z]{2}")

# In this order: what is said more narrowly comes first.
_MARKETS: tuple[tuple[Market, tuple[str, ...]], ...] = (
    (Market.CRYPTO, ("crypto", "加密", "数字货币", "數字貨幣", "虚拟货币", "coin", "digital")),
    (Market.FUTURE, ("future", "期货", "期貨")),
    (Market.FUND, ("fund", "etf", "基金")),
    (Market.CFD_INDEX, ("cfd",)),
    (Market.INDEX, ("index", "indices", "指数", "指數")),
    (Market.FOREX, ("forex", "fx", "外汇", "外匯", "currenc", "货币")),
    (
        Market.COMMODITY,
        (
            *("commodit", "metal", "energy", "oil", "gold", "商品", "贵金属", "貴金屬", "能源"),
            *("原油", "黄金"),
        ),
    ),
    (Market.HK_STOCK, ("hk", "hong kong", "hongkong", "港股", "香港", "港交所")),
    (
        Market.CN_STOCK,
        (
            *(
                "cn",
                "a股",
                "a-share",
                "a share",
                "china",
                "沪深",
                "滬深",
                "上证",
                "深证",
                "沪",
                "深",
            ),
            *("sse", "szse", "shanghai", "shenzhen", "sh", "sz", "上交所", "深交所", "中国"),
        ),
    ),
    (Market.US_STOCK, ("us", "usa", "美股", "美国", "美國", "nasdaq", "nyse", "amex", "american")),
)


def guess(sheet: Sheet, title: str = "") -> Guess:
    """Return what a sheet seems to be; ``title`` is its file's name, without the ending."""
    heading, columns = _heading(sheet.rows[:HEADINGS])
    first = 0 if heading is None else heading + 1
    body = sheet.rows[first : first + LOOKED_AT]
    columns = _by_content(body, columns)
    return Guess(columns, first, _market(sheet, title, body, columns))


def market_named(text: str) -> Market:
    """Return the market that a text names, UNKNOWN for none."""
    folded = text.strip().casefold()
    for market in Market:
        if folded == market.value:
            return market
    for market, words in _MARKETS:
        if any(_has(folded, word) for word in words):
            return market
    return Market.UNKNOWN


def _has(folded: str, word: str) -> bool:
    """Tell whether a word is in a text; a short Latin one must stand alone."""
    if not word.isascii() or len(word) > 4:
        return word in folded
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", folded) is not None


def _heading(rows: Sequence[Row]) -> tuple[int | None, Columns]:
    """Return the row with the most headings, and what they say."""
    best: tuple[int, int | None, Columns] = (0, None, Columns())
    for number, row in enumerate(rows):
        columns = _named(row)
        count = sum(column is not None for column in columns)
        if count > best[0] and columns.code is not None:
            best = (count, number, columns)
    return best[1], best[2]


def _named(row: Row) -> Columns:
    """Return what the cells of a row say as headings: exactly first, else somewhere in them."""
    taken: dict[str, int] = {}
    fits: tuple[Callable[[str, str], bool], ...] = (str.__eq__, _has)
    for fit in fits:
        for kind in _ORDER:
            for word in _HEADINGS[kind]:
                for place, cell in enumerate(row):
                    free = kind not in taken and place not in taken.values()
                    if free and cell and fit(cell.casefold(), word):
                        taken[kind] = place
    return Columns(**taken)


def _by_content(body: Sequence[Row], columns: Columns) -> Columns:
    """Fill what headings left open, and mend what they said by what stands below them."""
    width = max(map(len, body), default=0)
    cells = [
        [row[place] for row in body if place < len(row) and row[place]] for place in range(width)
    ]
    chinese = {place for place in range(width) if _share(cells[place], _CJK.search) > 0.5}
    if columns.name_en in chinese and columns.name_zh is None:
        columns = columns._replace(name_en=None, name_zh=columns.name_en)
    if columns.code is None:
        codes = [place for place in range(width) if _looks_like_codes(cells[place])]
        codes.sort(key=lambda place: -len(set(cells[place])))
        columns = columns._replace(code=next(iter(codes), None))
    used = set(columns)
    if columns.name_zh is None:
        free = next((place for place in sorted(chinese) if place not in used), None)
        columns, used = columns._replace(name_zh=free), used | {free}
    if columns.name_en is None:
        names = [
            place
            for place in range(width)
            if place not in used | chinese and _share(cells[place], _is_name) > 0.5
        ]
        columns = columns._replace(
            name_en=max(names, key=lambda it: _length(cells[it]), default=None)
        )
    return columns


def _looks_like_codes(cells: Sequence[str]) -> bool:
    counted = all(cell == str(place) for place, cell in enumerate(cells, 1))
    return not counted and _share(cells, _CODE.fullmatch) > 0.9 and len(set(cells)) > len(cells) / 2


def _is_name(cell: str) -> bool:
    return cell.isascii() and _LETTERS.search(cell) is not None


def _length(cells: Sequence[str]) -> float:
    return sum(map(len, cells)) / max(len(cells), 1)


def _share(cells: Iterable[str], holds: Callable[[str], object]) -> float:
    """Return the share of cells for which it holds; none of none."""
    marks = [bool(holds(cell)) for cell in cells]
    return sum(marks) / len(marks) if marks else 0.0


def _market(sheet: Sheet, title: str, body: Sequence[Row], columns: Columns) -> Market:
    """Return the market that most codes end with, else that names or the first lines tell."""
    if (named := market_named(sheet.name)) is not Market.UNKNOWN:
        return named
    if columns.code is not None:
        codes = [row[columns.code] for row in body if columns.code < len(row)]
        for market in (Market.US_STOCK, Market.HK_STOCK, Market.CN_STOCK):
            endings = [market_by_suffix(code.upper().strip()) is market for code in codes]
            if sum(endings) > len(codes) / 2:
                return market
    above = " ".join(" ".join(row) for row in sheet.rows[:HEADINGS] if sum(map(bool, row)) == 1)
    return market_named(title) if market_named(title) is not Market.UNKNOWN else market_named(above)
