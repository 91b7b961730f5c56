"""Where days and bars begin: each market by the calendar of its own exchange.

The vendors publish no trading hours and do not say how they cut their bars. So the functions here
give the field's convention, and a ``Grid`` learns from a vendor's own bar how that vendor differs.

Spans of four hours and less are cut in universal time, since every exchange here stands whole
hours from it. Days, weeks and months follow the exchange's wall clock through summer time.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from alltick_desk.model.instrument import Market, market_by_suffix
from alltick_desk.model.interval import Interval

_NEW_YORK = "America/New_York"
_ZONES = {
    Market.US_STOCK: _NEW_YORK,
    Market.HK_STOCK: "Asia/Hong_Kong",
    Market.CN_STOCK: "Asia/Shanghai",
    Market.CFD_INDEX: _NEW_YORK,
    Market.FOREX: _NEW_YORK,
    Market.COMMODITY: _NEW_YORK,
}
# Markets that trade around the clock change their date at five in the afternoon in New York.
_ROLLS_AT_FIVE = frozenset({Market.CFD_INDEX, Market.FOREX, Market.COMMODITY})
_OF_AN_EXCHANGE = frozenset({Market.INDEX, Market.FUTURE, Market.FUND})
_REGIONS = {"US": Market.US_STOCK, "HK": Market.HK_STOCK, "CN": Market.CN_STOCK}
_FIVE_TO_MIDNIGHT = timedelta(hours=7)
_NOON = timedelta(hours=12)
_DAY = timedelta(days=1)
_CALENDAR = {Interval.D1, Interval.W1, Interval.MO1}


def home_market(code: str, market: Market) -> Market:
    """Return the market whose calendar ``code`` follows.

    An index, a future and a fund keep their exchange's, which the code's ending names: ``HSI.HK``,
    or ``future/HSI$HK`` where it is spelled out.
    """
    if market not in _OF_AN_EXCHANGE:
        return market
    return _REGIONS.get(code.rpartition("$")[2], market_by_suffix(code))


@cache
def exchange_zone(market: Market) -> ZoneInfo:
    """Return the time zone of the exchange; UTC for crypto and where none is known."""
    return ZoneInfo(_ZONES.get(market, "UTC"))


def roll_s(market: Market) -> int:
    """Return how many seconds before midnight in its zone the market's trading date changes."""
    return _FIVE_TO_MIDNIGHT.seconds if market in _ROLLS_AT_FIVE else 0


def session_date(time_ms: int, market: Market) -> str:
    """Return the exchange's trading date (ISO) at a moment, e.g. of a trade.

    Forex, metals, energy and index contracts count from five in the afternoon in New York.
    """
    return _date_at(time_ms / 1000, market).isoformat()


def bar_date(time_s: int, market: Market) -> date:
    """Return the date that a vendor's daily, weekly or monthly bar is stamped with.

    Vendors stamp such a bar at midnight of the exchange, at midnight UTC or at the opening; the
    nearest beginning of an exchange's day is the one that is meant.
    """
    return (_wall(time_s, market) + _NOON).date()


def day_start(day: date, market: Market) -> int:
    """Return when the exchange's ``day`` begins, Unix seconds."""
    start = datetime(day.year, day.month, day.day, tzinfo=exchange_zone(market))
    if market in _ROLLS_AT_FIVE:
        start -= _FIVE_TO_MIDNIGHT  # wall-clock arithmetic: 17:00 of the day before
    return int(start.timestamp())


def bucket_start(time_s: int, interval: Interval, market: Market) -> int:
    """Return the beginning (Unix seconds) of the bar that ``time_s`` falls into."""
    seconds = interval.seconds
    if seconds is not None:
        return time_s - time_s % seconds
    return day_start(_first_day(_date_at(time_s, market), interval), market)


class Grid:
    """Where the bars of one interval begin, as a vendor cuts them.

    ``offset_s`` is how far the vendor's bars lie behind the convention: 1800 where hourly bars
    begin at half past.
    """

    __slots__ = ("interval", "market", "offset_s")

    def __init__(self, interval: Interval, market: Market, offset_s: int = 0) -> None:
        self.interval = interval
        self.market = market
        self.offset_s = offset_s

    def learn(self, bar_s: int) -> None:
        """Take over the offset of the vendor's bar that begins at ``bar_s``."""
        if self.interval in _CALENDAR:
            self.offset_s = bar_s - day_start(bar_date(bar_s, self.market), self.market)
        else:
            self.offset_s = bar_s - bucket_start(bar_s, self.interval, self.market)

    def start(self, time_s: int) -> int:
        """Return the beginning of the bar that ``time_s`` falls into."""
        return bucket_start(time_s - self.offset_s, self.interval, self.market) + self.offset_s

    def end(self, bar_s: int) -> int:
        """Return when the bar that begins at ``bar_s`` is over, which is when the next begins."""
        seconds = self.interval.seconds
        if seconds is not None:
            return bar_s + seconds
        first = _first_day(bar_date(bar_s, self.market), self.interval)
        return day_start(_following(first, self.interval), self.market) + self.offset_s


def _wall(time_s: float, market: Market) -> datetime:
    """Return the exchange's wall clock, moved so that its trading day begins at midnight."""
    wall = datetime.fromtimestamp(time_s, UTC).astimezone(exchange_zone(market))
    wall = wall.replace(tzinfo=None)
    return wall + _FIVE_TO_MIDNIGHT if market in _ROLLS_AT_FIVE else wall


def _date_at(time_s: float, market: Market) -> date:
    return _wall(time_s, market).date()


def _first_day(day: date, interval: Interval) -> date:
    if interval is Interval.W1:
        return day - day.weekday() * _DAY
    return day.replace(day=1) if interval is Interval.MO1 else day


def _following(first: date, interval: Interval) -> date:
    if interval is Interval.W1:
        return first + 7 * _DAY
    if interval is Interval.MO1:
        return (first + 31 * _DAY).replace(day=1)
    return first + _DAY
