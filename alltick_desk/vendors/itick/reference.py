"""iTick's reference data: what a stock is, the lists of instruments, the days with other hours."""

import re
from collections.abc import Iterable
from datetime import date
from functools import partial

import msgspec

from alltick_desk.errors import ProtocolError
from alltick_desk.model.instrument import Instrument
from alltick_desk.model.reference import StaticInfo, SuspensionPage, TradingDay
from alltick_desk.vendors import values
from alltick_desk.vendors.base import Query
from alltick_desk.vendors.itick import wire
from alltick_desk.vendors.itick.clusters import CAPABILITIES, shares_calendar
from alltick_desk.vendors.itick.http import get, one_symbol, parser
from alltick_desk.vendors.itick.symbols import STOCK, Spelling, read_symbol

# What the pages call a field of a holiday: by its short name, and spelled out.
_PLACE = ("c", "code")
_DAY = ("d", "date", "dates")
_HOURS = ("t", "trading_hours", "tradingHours", "hours")
_ZONE = ("z", "timezone", "zone")
_HOLIDAY = ("v", "name", "holiday")

_DATE = re.compile(r"(?<!\d)(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?!\d)")


def stock_info(spelling: Spelling, code: str) -> Query[list[StaticInfo]]:
    """Ask for the reference data of a stock: none or one. ValueError for what is no stock."""
    symbol, params = one_symbol(spelling, code)
    if symbol.cluster != STOCK:
        raise ValueError("only stocks have static information")
    read = partial(_read_info, code)
    return get("info", code, "/stock/info", params, parser("info", wire.Info | None, read))


def directory(spelling: Spelling, name: str) -> Query[list[Instrument]]:
    """Ask for one of the capabilities' ``directories``, e.g. "stock/HK"."""
    if name not in CAPABILITIES.directories:
        raise ValueError(f"iTick has no list called {name}")
    cluster, _, region = name.partition("/")
    params = {"type": cluster, "region": region}
    read = partial(_read_list, spelling, cluster, region)
    return get(
        "list", name, "/symbol/list", params, parser("list", list[wire.Product] | None, read)
    )


def trading_days(region: str) -> Query[list[TradingDay]]:
    """Ask for the holidays and hours of one of the capabilities' ``calendars``."""
    if region not in CAPABILITIES.calendars:
        raise ValueError(f"iTick tells no trading days of {region}")
    read = partial(_read_days, region)
    return get(
        "holidays",
        region,
        "/symbol/holidays",
        {"region": region},
        parser("holidays", list[wire.Bag] | None, read),
    )


def suspension_list(name: str, page: int) -> Query[SuspensionPage]:
    """Raise ValueError: iTick has no lists of halts; its quotes tell of them."""
    raise ValueError(f"iTick has no page {page} of a list called {name}")


def _read_info(code: str, row: wire.Info | None) -> list[StaticInfo]:
    if row is None:
        return []
    name = values.text(row.n, "a name")
    return [
        StaticInfo(
            code=code,
            name_en=values.text(row.ne, "an English name") or name,
            name_zh=values.text(row.nc, "a Chinese name"),
            name_zh_hant=values.text(row.nh, "a Chinese name"),
            exchange=values.text(row.e, "an exchange"),
            currency=values.text(row.c, "a currency"),
            lot_size=values.whole(row.l, "a lot size"),
        )
    ]


def _read_list(
    spelling: Spelling, cluster: str, region: str, rows: list[wire.Product] | None
) -> list[Instrument]:
    """Return the instruments, each code once. One that cannot be read is left out."""
    found: dict[str, Instrument] = {}
    for row in rows or ():
        spelled = str(row.c or row.code or row.symbol or "").strip()
        name, name_zh = str(row.n or row.name or row.ne or ""), str(row.nc or "")
        try:
            symbol = read_symbol(cluster, spelled, str(row.r or row.region or region))
        except ProtocolError:
            continue
        code = spelling.desk_code(symbol)
        if not name_zh and not name.isascii():
            name, name_zh = str(row.ne or ""), name
        found[code] = Instrument(code, name.strip(), name_zh.strip(), spelling.market(symbol))
    return list(found.values())


def _read_days(region: str, rows: list[wire.Bag] | None) -> list[TradingDay]:
    """Return the days in order, each once."""
    found: dict[str, TradingDay] = {}
    for row in rows or ():
        place = _first(row, _PLACE).upper()
        if len(place) == 2 and not shares_calendar(place, region):
            continue
        name, hours, zone = (_first(row, names) for names in (_HOLIDAY, _HOURS, _ZONE))
        for day in _dates(row):
            found[day] = TradingDay(region, day, name, hours, zone)
    return [found[day] for day in sorted(found)]


def _dates(row: wire.Bag) -> Iterable[str]:
    """Return the days of a row: one, a list of them, or several in one text."""
    raw = next((row[name] for name in _DAY if name in row), values.ABSENT)
    if bytes(raw).startswith(b"["):
        try:
            texts = wire.decode_words(raw)
        except values.UNREADABLE:
            raise ProtocolError("the days of a holiday are not a list of texts") from None
    else:
        texts = [values.text(raw, "the day of a holiday")]
    for text in texts:
        for year, _, month, day in _DATE.findall(text):
            try:
                yield date(int(year), int(month), int(day)).isoformat()
            except ValueError:
                raise ProtocolError("the day of a holiday is no date") from None


def _first(row: wire.Bag, names: Iterable[str]) -> str:
    """Return the text of the first of ``names`` that says anything, "" for none."""
    for name in names:
        if name in row and (text := _text(row[name])):
            return text
    return ""


def _text(raw: msgspec.Raw) -> str:
    return values.text(raw, "a field of a list").strip()
