"""The bar in progress is a fold of the trades, whatever the order they come in."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from alltick_desk.model.calendar import Grid
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Trade
from alltick_desk.model.series import Row
from alltick_desk.services.candle_builder import Bar, CandleBuilder

T0 = 1_767_225_600  # a full hour


def trade(second: float, price: str, volume: str = "1", *, seq: int = 0) -> Trade:
    return Trade("X", seq, int((T0 + second) * 1000), price, volume, "2")


def builder(interval: Interval = Interval.M1, market: Market = Market.CRYPTO) -> CandleBuilder:
    return CandleBuilder(Grid(interval, market))


def figures(bar: Bar) -> tuple[float, ...]:
    return (bar.time_s, bar.open, bar.high, bar.low, bar.close, bar.volume, bar.turnover)


def test_the_first_trade_makes_the_bar() -> None:
    made = builder()
    bar = made.fold(trade(61, "10.5", "3"))
    assert bar is made.newest
    assert bar is not None
    assert figures(bar) == (T0 + 60, 10.5, 10.5, 10.5, 10.5, 3.0, 2.0)
    assert bar.end_s == T0 + 120


def test_a_trade_at_the_very_end_belongs_to_the_bar_and_the_next_ms_does_not() -> None:
    made = builder()
    made.fold(trade(59.999, "1"))
    made.fold(trade(60.0, "2"))
    assert [bar.time_s for bar in made.bars] == [T0, T0 + 60]


def test_empty_minutes_make_no_bars() -> None:
    made = builder()
    made.fold(trade(1, "1"))
    made.fold(trade(601, "2"))
    assert [bar.time_s for bar in made.bars] == [T0, T0 + 600]


def test_a_late_trade_goes_into_its_own_bar() -> None:
    made = builder()
    made.fold(trade(10, "10"))
    made.fold(trade(70, "20"))
    changed = made.fold(trade(50, "30"))
    assert changed is made.bars[0]
    assert figures(made.bars[0])[1:6] == (10.0, 30.0, 10.0, 30.0, 2.0)
    assert figures(made.bars[1])[1:6] == (20.0, 20.0, 20.0, 20.0, 1.0)


def test_a_late_trade_may_begin_a_bar_that_was_missed() -> None:
    made = builder()
    made.fold(trade(10, "10"))
    made.fold(trade(130, "20"))
    made.fold(trade(70, "30"))
    assert [bar.time_s for bar in made.bars] == [T0, T0 + 60, T0 + 120]


def test_a_trade_that_is_too_late_changes_nothing() -> None:
    made = builder()
    for minute in range(4):
        made.fold(trade(60 * minute, "10"))
    assert made.fold(trade(30, "99")) is None
    assert [bar.time_s for bar in made.bars] == [T0 + 60, T0 + 120, T0 + 180]


def test_order_within_the_bar_is_by_time_then_number() -> None:
    made = builder()
    made.fold(trade(30, "30", seq=3))
    made.fold(trade(10, "10", seq=1))
    made.fold(trade(30, "20", seq=2))
    bar = made.newest
    assert bar is not None
    assert (bar.open, bar.close) == (10.0, 30.0)


def test_repeats_count_once() -> None:
    made = builder()
    assert made.fold(trade(1, "10", seq=7)) is not None
    assert made.fold(trade(1, "10", seq=7)) is None
    assert made.fold(trade(2, "11")) is not None
    assert made.fold(trade(2, "11")) is None
    assert made.newest is not None
    assert made.newest.volume == 2.0


def test_a_number_that_the_vendor_uses_again_the_next_day_is_no_repeat() -> None:
    made = builder()
    assert made.fold(trade(1, "10", seq=1)) is not None
    assert made.fold(trade(86_401, "11", seq=1)) is not None


def test_the_vendors_bar_is_the_base_of_its_volume() -> None:
    made = builder()
    made.settle(Row(T0, 10.0, 12.0, 9.0, 11.0, 500.0, 9000.0))
    made.fold(trade(30, "13", "4"))
    bar = made.newest
    assert bar is not None
    assert figures(bar) == (T0, 10.0, 13.0, 9.0, 13.0, 504.0, 9002.0)


def test_the_vendors_bar_wins_over_the_built_one() -> None:
    made = builder()
    made.fold(trade(5, "50", "7"))
    made.settle(Row(T0, 10.0, 12.0, 9.0, 11.0, 500.0, 0.0))
    assert made.newest is not None
    assert figures(made.newest)[1:6] == (10.0, 12.0, 9.0, 11.0, 500.0)


def test_an_old_trade_that_is_sent_again_does_not_become_the_close() -> None:
    made = builder()
    made.fold(trade(30, "30", seq=30))
    made.settle(Row(T0, 10.0, 40.0, 9.0, 35.0, 500.0, 0.0))
    made.fold(trade(20, "20", seq=20))
    assert made.newest is not None
    assert made.newest.close == 35.0
    made.fold(trade(31, "31", seq=31))
    assert made.newest.close == 31.0


def test_a_bar_that_began_after_the_vendors_newest_stays_and_closes_the_older_one() -> None:
    made = builder()
    made.fold(trade(10, "10"))
    made.fold(trade(70, "20"))
    made.settle(Row(T0, 1.0, 2.0, 0.5, 1.5, 9.0, 0.0))
    assert [bar.time_s for bar in made.bars] == [T0 + 60]
    assert made.fold(trade(50, "99", seq=5)) is None, "the vendor's closed bar is final"


def test_trades_older_than_the_vendors_bar_are_left_to_the_vendor() -> None:
    made = builder()
    made.settle(Row(T0 + 60, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0))
    assert made.fold(trade(59, "99")) is None


def test_bars_follow_the_vendors_grid() -> None:
    made = builder(Interval.H1, Market.US_STOCK)
    made.settle(Row(T0 + 1800, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0))
    made.fold(trade(3700, "2"))
    assert [bar.time_s for bar in made.bars] == [T0 + 1800]
    made.fold(trade(5400, "3"))
    assert [bar.time_s for bar in made.bars] == [T0 + 1800, T0 + 5400]


def test_bars_of_ours_that_overlap_the_vendors_are_given_up() -> None:
    made = builder(Interval.H1, Market.HK_STOCK)
    made.settle(Row(T0 + 1800, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0))
    made.fold(trade(7300, "2"))
    made.settle(Row(T0 + 7200, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0))
    assert [bar.time_s for bar in made.bars] == [T0 + 7200]


CALENDARS = {
    Interval.M1: (60, "2026-03-06T20:58"),
    Interval.H1: (3600, "2026-03-08T05:30"),  # New York changes its clocks at seven
    Interval.H4: (14_400, "2026-03-08T03:00"),
    Interval.D1: (86_400, "2026-03-07T12:00"),
    Interval.W1: (7 * 86_400, "2026-03-01T12:00"),
    Interval.MO1: (31 * 86_400, "2026-02-10T12:00"),
}


def bucket(time_s: float, interval: Interval, market: Market) -> object:
    """Name the bar of a moment by the wall clock, with nothing of ours."""
    moment = datetime.fromtimestamp(time_s, UTC)
    if interval in {Interval.M1, Interval.H1, Interval.H4}:
        return int(time_s) // CALENDARS[interval][0]
    zone = {Market.CRYPTO: "UTC", Market.HK_STOCK: "Asia/Hong_Kong"}.get(market, "America/New_York")
    wall = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if market is Market.FOREX:
        wall += timedelta(hours=7)  # its day begins at five in the afternoon
    year, week, _ = wall.isocalendar()
    return {
        Interval.D1: wall.date(),
        Interval.W1: (year, week),
        Interval.MO1: (wall.year, wall.month),
    }[interval]


@given(
    st.data(),
    st.sampled_from(list(CALENDARS)),
    st.sampled_from([Market.US_STOCK, Market.HK_STOCK, Market.FOREX, Market.CRYPTO]),
)
def test_bars_of_every_calendar_are_a_fold_of_the_trades_in_any_order(
    data: st.DataObject, interval: Interval, market: Market
) -> None:
    span, begin = CALENDARS[interval]
    start_ms = int(datetime.fromisoformat(f"{begin}+00:00").timestamp() * 1000)
    moments = data.draw(
        st.lists(st.integers(0, 2 * 1000 * span - 1), min_size=1, max_size=40, unique=True)
    )
    prices = data.draw(st.lists(st.integers(1, 99), min_size=len(moments), max_size=len(moments)))
    ticks = [
        Trade("X", number, start_ms + ms, str(price), "2", "3")
        for number, (ms, price) in enumerate(zip(sorted(moments), prices, strict=True), 1)
    ]
    arrived = data.draw(st.permutations([*ticks, *ticks[::3]]))  # some come twice
    made = builder(interval, market)
    for tick in arrived:
        made.fold(tick)
    groups: dict[object, list[Trade]] = {}
    for tick in ticks:
        groups.setdefault(bucket(tick.time_ms // 1000, interval, market), []).append(tick)
    assume(len(groups) <= 3)
    expected = [
        (
            float(group[0].price),
            max(float(it.price) for it in group),
            min(float(it.price) for it in group),
            float(group[-1].price),
            2.0 * len(group),
            3.0 * len(group),
        )
        for group in groups.values()
    ]
    assert [figures(bar)[1:] for bar in made.bars] == expected
    for bar, group in zip(made.bars, groups.values(), strict=True):
        assert all(bar.time_s <= it.time_ms // 1000 < bar.end_s for it in group)


TICKS = st.lists(
    st.tuples(st.integers(0, 179_999), st.integers(1, 99), st.integers(0, 9), st.integers(0, 30)),
    max_size=60,
)


@given(TICKS)
def test_three_bars_are_a_fold_of_the_trades_in_any_order(
    raw: list[tuple[int, int, int, int]],
) -> None:
    made = builder()
    ticks = [
        Trade("X", seq, T0 * 1000 + ms, str(price), str(volume)) for ms, price, volume, seq in raw
    ]
    known: dict[object, Trade] = {}
    for tick in ticks:
        changed = made.fold(tick)
        identity = (tick.time_ms, tick.seq or (tick.price, tick.volume))
        assert (changed is None) == (identity in known)
        known.setdefault(identity, tick)
    assert [figures(bar)[:6] for bar in made.bars] == reference(list(known.values()))


@given(TICKS, st.integers(1, 50))
def test_after_the_vendors_bar_only_what_came_since_is_added(
    raw: list[tuple[int, int, int, int]], volume: int
) -> None:
    made = builder()
    made.settle(Row(T0, 50.0, 60.0, 40.0, 55.0, float(volume), 0.0))
    ticks = [
        Trade("X", number, T0 * 1000 + ms % 60_000, str(price), str(size))
        for number, (ms, price, size, _) in enumerate(raw, 1)
    ]
    for tick in ticks:
        made.fold(tick)
    bar = made.newest
    assert bar is not None
    prices = [float(tick.price) for tick in ticks]
    assert bar.open == 50.0
    assert bar.high == max([60.0, *prices])
    assert bar.low == min([40.0, *prices])
    assert bar.volume == volume + sum(float(tick.volume) for tick in ticks)
    if ticks:
        assert bar.close == float(max(ticks, key=lambda t: (t.time_ms, t.seq)).price)


def reference(ticks: list[Trade]) -> list[tuple[float, ...]]:
    """Fold sorted trades, minute by minute, with nothing clever.

    The sort is stable: of two with one time and number the last to arrive closes the bar.
    """
    bars = []
    for minute in range(3):
        start = T0 + 60 * minute
        inside = sorted(
            (t for t in ticks if start <= t.time_ms // 1000 < start + 60),
            key=lambda t: (t.time_ms, t.seq),
        )
        if inside:
            prices = [float(t.price) for t in inside]
            total = sum(float(t.volume) for t in inside)
            bars.append((start, prices[0], max(prices), min(prices), prices[-1], total))
    return bars
