"""The price path: one function of seed, code and time, in which everything agrees."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from alltick_desk.model.instrument import Catalogue, Market
from alltick_desk.model.interval import Interval
from alltick_desk.resources import resource
from alltick_desk.sim import noise
from alltick_desk.sim.book import book_at
from alltick_desk.sim.candles import Candles, month_of, week_of
from alltick_desk.sim.figures import PRICES
from alltick_desk.sim.itick.symbols import ITICK_ONLY
from alltick_desk.sim.listing import Listing, listings
from alltick_desk.sim.prices import Bar, Path

CATALOGUE = Catalogue.read(resource("catalogue.csv"))
LISTINGS = listings([*CATALOGUE, *ITICK_ONLY], 1)
NOW_MS = 1_767_225_600_000 + 47_123_456  # 2026-01-01 13:05:23 UTC
CODES = (
    "700.HK",
    "AAPL.US",
    "600519.SH",
    "HSI.HK",
    "EURUSD",
    "GOLD",
    "BTCUSDT",
    "MMM.US",
    "NAS100",
)


def bars(code: str, interval: Interval, count: int, now_ms: int = NOW_MS) -> list[Bar]:
    return Candles(Path(LISTINGS[code])).bars(interval, count=count, now_ms=now_ms, oldest_s=0)


def spans(code: str) -> Iterator[Bar]:
    """A closed day, its hours, a few hours' halves and so on down to minutes."""
    path = Path(LISTINGS[code])
    day = path.day(path.day_of(NOW_MS // 1000) - 3)
    yield day
    for hour in path.parts(day)[:4]:
        yield hour
        for half in path.parts(hour):
            yield half
            for quarter in path.parts(half):
                yield quarter
                yield from path.parts(quarter)


@pytest.mark.parametrize("code", CODES)
def test_parts_make_exactly_the_whole(code: str) -> None:
    path = Path(LISTINGS[code])
    for whole in spans(code):
        parts = path.parts(whole)
        assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
        assert (parts[0].open, parts[-1].close) == (whole.open, whole.close)
        assert max(part.high for part in parts) == whole.high
        assert min(part.low for part in parts) == whole.low
        assert sum(part.units for part in parts) == whole.units
        for before, after in pairwise(parts):
            assert before.end == after.start
            assert before.close == after.open
        for part in parts:
            assert part.low <= min(part.open, part.close) <= max(part.open, part.close) <= part.high


@pytest.mark.parametrize("code", CODES)
def test_the_ticks_of_a_minute_make_its_bar(code: str) -> None:
    listing, path = LISTINGS[code], Path(LISTINGS[code])
    minute = path.span(NOW_MS // 60_000 * 60 - 600, 60)
    ticks = path.ticks(minute.start)
    prices = [listing.text(tick.price) for tick in ticks]
    assert len(ticks) >= 4
    assert prices[0] == listing.text(minute.open)
    assert prices[-1] == listing.text(minute.close)
    assert max(prices, key=float) == listing.text(minute.high)
    assert min(prices, key=float) == listing.text(minute.low)
    assert sum(tick.units for tick in ticks) == minute.units
    assert all(a.seq < b.seq and a.time_ms <= b.time_ms for a, b in pairwise(ticks))
    assert minute.start * 1000 <= ticks[0].time_ms <= ticks[-1].time_ms < minute.end * 1000


def test_days_connect_through_the_years() -> None:
    path = Path(LISTINGS["AAPL.US"])
    days = [path.day(day) for day in range(738_000, 739_500)]
    for before, after in pairwise(days):
        assert (before.end, before.close) == (after.start, after.open)
    # The same days asked for in any other order are the same.
    other = Path(LISTINGS["AAPL.US"])
    assert [other.day(day) for day in reversed(range(738_000, 739_500))][::-1] == days


def test_another_seed_is_another_market() -> None:
    assert Path(Listing(CATALOGUE.get("700.HK"), 1)).day(738_000) == Path(LISTINGS["700.HK"]).day(
        738_000
    )
    assert Path(Listing(CATALOGUE.get("700.HK"), 2)).day(738_000) != Path(LISTINGS["700.HK"]).day(
        738_000
    )


@pytest.mark.parametrize("code", CODES)
def test_the_bar_in_progress_follows_the_ticks(code: str) -> None:
    path = Path(LISTINGS[code])
    for ahead in (0, 1, 20_000, 33_333, 59_000):
        now_ms = NOW_MS + ahead
        minute = now_ms // 60_000 * 60
        happened = [tick for tick in path.ticks(minute) if tick.time_ms <= now_ms]
        newest = {
            interval: bars(code, interval, 1, now_ms)[-1]
            for interval in (Interval.M1, Interval.M5, Interval.H1, Interval.D1, Interval.MO1)
        }
        last = path.last(now_ms).price
        for bar in newest.values():
            assert LISTINGS[code].text(bar.close) == LISTINGS[code].text(last)
        if happened:
            assert newest[Interval.M1].high == max(tick.price for tick in happened)
            assert newest[Interval.M1].units == sum(tick.units for tick in happened)
        assert newest[Interval.D1].high >= newest[Interval.H1].high >= newest[Interval.M1].high


def test_nothing_of_the_future_is_told() -> None:
    path = Path(LISTINGS["BTCUSDT"])
    begins = NOW_MS // 60_000 * 60_000
    first = path.ticks(begins // 1000)[0].time_ms
    assert bars("BTCUSDT", Interval.M1, 1, first - 1)[-1].end * 1000 == begins
    assert bars("BTCUSDT", Interval.M1, 1, first)[-1].start * 1000 == begins


@pytest.mark.parametrize("code", ["700.HK", "AAPL.US", "EURUSD"])
def test_closed_bars_of_all_intervals_agree(code: str) -> None:
    day = bars(code, Interval.D1, 3)[-2]
    week = [bar for bar in bars(code, Interval.D1, 30) if bar.start >= day.end - 30 * 86_400]
    for interval in (Interval.H1, Interval.M30, Interval.M15, Interval.M5):
        inside = [bar for bar in bars(code, interval, 1500) if day.start <= bar.start < day.end]
        assert sum(bar.end - bar.start for bar in inside) == day.end - day.start
        assert max(bar.high for bar in inside) == day.high
        assert min(bar.low for bar in inside) == day.low
        assert sum(bar.units for bar in inside) == day.units
        assert (inside[0].open, inside[-1].close) == (day.open, day.close)
    whole_week = bars(code, Interval.W1, 2)[0]
    of_week = [bar for bar in week if whole_week.start <= bar.start < whole_week.end]
    assert len(of_week) == 7
    assert whole_week.high == max(bar.high for bar in of_week)
    assert whole_week.units == sum(bar.units for bar in of_week)


@pytest.mark.parametrize(
    ("code", "zone"),
    [("AAPL.US", "America/New_York"), ("700.HK", "Asia/Hong_Kong"), ("000001.SZ", "Asia/Shanghai")],
)
def test_days_begin_at_the_exchanges_midnight(code: str, zone: str) -> None:
    for bar in bars(code, Interval.D1, 400):
        begins = datetime.fromtimestamp(bar.start, ZoneInfo(zone))
        assert (begins.hour, begins.minute) == (0, 0)
    for bar in bars(code, Interval.W1, 30):
        assert datetime.fromtimestamp(bar.start, ZoneInfo(zone)).weekday() == 0
    for bar in bars(code, Interval.MO1, 30):
        assert datetime.fromtimestamp(bar.start, ZoneInfo(zone)).day == 1


def test_other_days_begin_at_midnight_utc() -> None:
    for code in ("EURUSD", "BTCUSDT", "GOLD", "NAS100"):
        for bar in bars(code, Interval.D1, 10):
            assert bar.start % 86_400 == 0
        assert bars(code, Interval.H4, 3)[0].start % 14_400 == 0


def test_a_day_of_23_hours_is_divided_too() -> None:
    path = Path(LISTINGS["AAPL.US"])
    spring = datetime(2026, 3, 8, tzinfo=UTC).toordinal()
    day = path.day(spring)
    assert day.end - day.start == 23 * 3600
    assert len(path.parts(day)) == 23


def test_weeks_and_months_of_ordinals() -> None:
    thursday = datetime(2026, 1, 1, tzinfo=UTC).toordinal()
    assert week_of(thursday) == thursday - 3
    assert week_of(thursday - 3) == thursday - 3
    assert month_of(thursday + 30) == thursday


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        ("700.HK", 3),
        ("AAPL.US", 2),
        ("F.US", 3),
        ("600519.SH", 2),
        ("HSI.HK", 2),
        ("NAS100", 2),
        ("EURUSD", 5),
        ("USDJPY", 3),
        ("GOLD", 2),
        ("BTCUSDT", 2),
        ("DOGEUSDT", 5),
    ],
)
def test_prices_have_their_markets_digits(code: str, digits: int) -> None:
    for bar in bars(code, Interval.D1, 20):
        text = LISTINGS[code].text(bar.close)
        assert len(text.partition(".")[2]) == digits


def test_hong_kong_prices_keep_its_steps() -> None:
    tencent = LISTINGS["700.HK"]
    assert tencent.text(612.61) == "612.500"
    assert tencent.text(499.93) == "500.000"
    assert tencent.text(99.97) == "99.950"
    assert LISTINGS["1288.HK"].text(6.0249) == "6.020"
    texts = [float(tencent.text(450 + step * 0.037)) for step in range(4000)]
    assert texts == sorted(texts)  # snapping never turns a rise into a fall


def test_well_known_prices_are_near_their_figures() -> None:
    for code, price in PRICES.items():
        close = bars(code, Interval.D1, 2)[0].close
        assert price / 2.5 < close < price * 2.5, code


def test_every_code_of_the_catalogue_has_a_price_and_a_pace() -> None:
    for instrument in CATALOGUE:
        listing = LISTINGS[instrument.code]
        assert listing.base > 0
        assert float(listing.text(listing.base)) > 0
        assert 0 < listing.pace <= 6
    assert LISTINGS["EURUSD"].family == "other"
    assert LISTINGS[".DJI.US"].family == "stock"


def test_some_are_lively_and_some_are_quiet() -> None:
    path, quiet = Path(LISTINGS["BTCUSDT"]), Path(LISTINGS["MMM.US"])
    minutes = [NOW_MS // 60_000 * 60 - 60 * back for back in range(10)]
    assert sum(len(path.ticks(minute)) for minute in minutes) > 10 * 60 * 2
    assert sum(len(quiet.ticks(minute)) for minute in minutes) < 10 * 60 * 0.7


def test_the_volume_of_a_session_is_a_u() -> None:
    listing = LISTINGS["AAPL.US"]
    opening, noon, closing, night = (listing.liveliness(minute) for minute in (575, 765, 955, 120))
    assert opening > 2 * noon
    assert closing > 2 * noon
    assert night < noon


@pytest.mark.parametrize("code", ["700.HK", "AAPL.US", "600519.SH", "BTCUSDT", "EURUSD"])
def test_the_side_of_a_trade_agrees_with_the_book_before_it(code: str) -> None:
    listing = LISTINGS[code]
    ticks = Path(listing).ticks(NOW_MS // 60_000 * 60 - 60)
    if not listing.sided:
        assert {tick.side for tick in ticks} == {0}
        return
    assert {1, 2} <= {tick.side for tick in ticks}
    for before, tick in pairwise(ticks):
        book = book_at(listing, before, before.time_ms)
        price, bid, ask = tick.price, float(book.bids[0].price), float(book.asks[0].price)
        fuzz = listing.step(price) / 4
        if tick.side == 1:
            assert price >= ask - fuzz
        elif tick.side == 2:
            assert price <= bid + fuzz
        else:
            assert bid - fuzz < price < ask + fuzz


@pytest.mark.parametrize(
    ("code", "levels"),
    [("700.HK", 10), ("600519.SH", 5), ("BTCUSDT", 5), ("AAPL.US", 1), ("EURUSD", 1), ("GOLD", 1)],
)
def test_books_are_ordered_and_as_deep_as_their_market(code: str, levels: int) -> None:
    listing = LISTINGS[code]
    book = book_at(listing, Path(listing).last(NOW_MS), NOW_MS)
    bids = [float(rest.price) for rest in book.bids]
    asks = [float(rest.price) for rest in book.asks]
    assert (len(bids), len(asks)) == (levels, levels)
    assert bids == sorted(set(bids), reverse=True)
    assert asks == sorted(set(asks))
    assert bids[0] < asks[0]
    sizes = {rest.volume for rest in book.bids + book.asks}
    assert (sizes == {"0"}) == (listing.market in (Market.FOREX, Market.COMMODITY))


def test_an_index_has_no_book() -> None:
    listing = LISTINGS["HSI.HK"]
    book = book_at(listing, Path(listing).last(NOW_MS), NOW_MS)
    assert (book.bids, book.asks) == ((), ())
    assert Path(listing).book_times(NOW_MS // 60_000 * 60) == ()


def test_the_wandering_moves_by_one() -> None:
    wander = noise.Wander(noise.key(1, "x"))
    steps = [wander(day + 1) - wander(day) for day in range(700_000, 703_000)]
    deviation = (sum(step * step for step in steps) / len(steps)) ** 0.5
    assert 0.9 < deviation < 1.1
    assert wander(700_500) == noise.Wander(noise.key(1, "x"))(700_500)
