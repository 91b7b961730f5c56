"""What iTick tells about products and markets: stock facts, the catalogue, the holidays."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from alltick_desk.sim.company import home
from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.itick.symbols import Directory
from alltick_desk.sim.itick.wire import Wire
from alltick_desk.sim.listing import Listing

_LONG: Final = {
    "c": "code",
    "n": "name",
    "t": "type",
    "r": "region",
    "e": "exchange",
    "s": "sector",
}
_SECTORS: Final = ("Technology", "Finance", "Health Care", "Industrials", "Consumer", "Energy")
_VENUES: Mapping[str, str] = MappingProxyType(
    {"GB": "FX", "BA": "BINANCE", "CN": "CSI", "HK": "HKEX", "US": "NYSE"}
)


class _Calendar(NamedTuple):
    """A region's hours as the vendor writes them, and its holidays of fixed date."""

    name: str
    zone: str
    hours: str
    holidays: tuple[tuple[int, int, str], ...]  # month, day, name


_NEW_YEAR = (1, 1, "New Year's Day")
_CHRISTMAS = (12, 25, "Christmas Day")
_CALENDARS: Mapping[str, _Calendar] = MappingProxyType(
    {
        "HK": _Calendar(
            "Hong Kong",
            "Asia/Hong_Kong",
            "09:00-09:30,09:30-12:00|13:00-16:00,16:00-16:30",
            (_NEW_YEAR, (5, 1, "Labour Day"), (7, 1, "Establishment Day"), _CHRISTMAS),
        ),
        "CN": _Calendar(
            "China",
            "Asia/Shanghai",
            "09:30-11:30|13:00-15:00",
            (_NEW_YEAR, (5, 1, "Labour Day"), (10, 1, "National Day")),
        ),
        "US": _Calendar(
            "United States",
            "America/New_York",
            "04:00-09:30,09:30-16:00,16:00-20:00",
            (_NEW_YEAR, (6, 19, "Juneteenth"), (7, 4, "Independence Day"), _CHRISTMAS),
        ),
        "GB": _Calendar(
            "United Kingdom",
            "Europe/London",
            "08:00-16:30",
            (_NEW_YEAR, _CHRISTMAS, (12, 26, "Boxing Day")),
        ),
    }
)
_ALIASES: Mapping[str, str] = MappingProxyType({"SH": "CN", "SZ": "CN", "UK": "GB"})


class Facts:
    """Answers what is not a price."""

    def __init__(self, exchange: Exchange, directory: Directory, wire: Wire) -> None:
        self._exchange = exchange
        self._directory = directory
        self._wire = wire

    def info(self, listing: Listing) -> dict[str, Any]:
        """Return what is known of a stock."""
        instrument, where = listing.instrument, home(listing)
        chinese = instrument.name_zh or instrument.name_en
        return {
            **self._wire.symbol(listing),
            "nc": chinese,
            "ne": instrument.name_en,
            "nh": chinese,
            "e": where.exchange,
            "c": where.currency,
            "l": where.lot,
        }

    def products(self, cluster: str, region: str) -> list[dict[str, str]]:
        """Return the catalogue of a cluster and a region, "" for all."""
        rows = []
        for listing in self._exchange.floor.listings.values():
            product = self._directory.product(listing)
            if cluster not in ("", product.cluster) or region not in ("", product.region):
                continue
            stock = product.cluster == "stock"
            row = {
                "c": product.code,
                "n": listing.instrument.name_en,
                "t": product.cluster,
                "r": product.region,
                "e": home(listing).exchange if stock else _VENUES.get(product.region, ""),
                "s": _sector(listing) if stock else "",
            }
            if self._exchange.script.rules.itick.catalogue == "long":
                row = {_LONG[name]: value for name, value in row.items()}
            rows.append(row)
        return rows

    def holidays(self, region: str) -> list[dict[str, str]]:
        """Return this year's and the next one's holidays of a region, "" for all."""
        region = _ALIASES.get(region, region)
        year = datetime.fromtimestamp(self._exchange.clock.wall_ms() / 1000, UTC).year
        return [
            {
                "c": code,
                "r": calendar.name,
                "d": date(in_year, month, day).isoformat(),
                "t": calendar.hours,
                "z": calendar.zone,
                "v": name,
            }
            for code, calendar in _CALENDARS.items()
            if region in ("", code)
            for in_year in (year, year + 1)
            for month, day, name in calendar.holidays
        ]


def _sector(listing: Listing) -> str:
    return _SECTORS[listing.key % len(_SECTORS)]
