"""When markets trade: against a calendar library's facts, and against the rules by hand."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import marketfacts
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.instrument import Market
from alltick_desk.resources import resource
from alltick_desk.services.market_hours import (
    OPEN_ALWAYS,
    TABLE,
    AlwaysOpen,
    MarketHours,
    MarketState,
    NeverKnown,
    Phase,
    hours_market,
    known_hours,
)

FACTS = marketfacts.read()
NEW_YORK = "America/New_York"
TABLED = (Market.US_STOCK, Market.HK_STOCK, Market.CN_STOCK)
RULED = (Market.FOREX, Market.COMMODITY, Market.CFD_INDEX)


@pytest.fixture(scope="module")
def hours() -> MarketHours:
    return MarketHours.read(resource(TABLE))


def ms(text: str, zone: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()) * 1000


def wall(time_ms: int | None, zone: str) -> str:
    assert time_ms is not None
    moment = datetime.fromtimestamp(time_ms / 1000, UTC).astimezone(ZoneInfo(zone))
    return f"{moment:%Y-%m-%d %H:%M}"


def _s(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


@pytest.mark.parametrize("market", TABLED)
def test_what_the_library_says_of_a_moment_is_said_here(hours: MarketHours, market: Market) -> None:
    facts = [fact for fact in FACTS if fact.market is market]
    assert len(facts) > 100
    for fact in facts:
        state = hours.state(market, fact.time_s * 1000)
        phase = {Phase.OPEN: "1", Phase.BREAK: "b"}.get(state.phase, "0")
        assert phase == fact.phase, fact
        if fact.phase == "0":
            assert state.until_ms == fact.next_open_s * 1000, fact
        elif fact.phase == "1":
            # It opens into a session or, past its break, has been in one.
            assert state.until_ms is not None
            assert state.until_ms <= fact.next_close_s * 1000
            assert hours.state(market, state.until_ms).phase is not Phase.OPEN


@pytest.mark.parametrize(
    ("market", "zone", "at", "phase", "since", "until"),
    [
        # An ordinary day, its edges included.
        ("us_stock", NEW_YORK, "2026-01-05 09:29:59", "closed", "01-02 16:00", "01-05 09:30"),
        ("us_stock", NEW_YORK, "2026-01-05 09:30", "open", "01-05 09:30", "01-05 16:00"),
        ("us_stock", NEW_YORK, "2026-01-05 16:00", "closed", "01-05 16:00", "01-06 09:30"),
        # The day after Thanksgiving ends early, and the day itself is a holiday.
        ("us_stock", NEW_YORK, "2026-11-26 12:00", "holiday", "11-25 16:00", "11-27 09:30"),
        ("us_stock", NEW_YORK, "2026-11-27 12:59", "open", "11-27 09:30", "11-27 13:00"),
        ("us_stock", NEW_YORK, "2026-11-27 13:00", "closed", "11-27 13:00", "11-30 09:30"),
        # Lunch, and the half day before the lunar new year.
        ("hk_stock", "Asia/Hong_Kong", "2026-01-05 12:30", "break", "01-05 12:00", "01-05 13"),
        (
            "hk_stock",
            "Asia/Hong_Kong",
            "2026-02-16 12:30",
            "closed",
            "02-16 12:00",
            "02-20 09",
        ),
        ("hk_stock", "Asia/Hong_Kong", "2026-02-18 10:00", "holiday", "02-16 12:00", "02-20"),
        (
            "cn_stock",
            "Asia/Shanghai",
            "2026-01-05 11:30",
            "break",
            "01-05 11:30",
            "01-05 13:00",
        ),
        ("cn_stock", "Asia/Shanghai", "2026-10-04 10:00", "closed", "09-30 15:00", "10-08 09"),
        # Round the clock, over a weekend and its rest; clocks change on 8 March 2026.
        ("forex", NEW_YORK, "2026-03-06 16:59", "open", "03-01 17:00", "03-06 17:00"),
        ("forex", NEW_YORK, "2026-03-06 17:00", "closed", "03-06 17:00", "03-08 17:00"),
        ("forex", NEW_YORK, "2026-03-08 17:00", "open", "03-08 17:00", "03-13 17:00"),
        ("commodity", NEW_YORK, "2026-03-04 17:30", "break", "03-04 17:00", "03-04 18:00"),
        ("commodity", NEW_YORK, "2026-03-08 17:30", "closed", "03-06 17:00", "03-08 18:00"),
        ("cfd_index", NEW_YORK, "2026-03-08 18:00", "open", "03-08 18:00", "03-09 17:00"),
    ],
)
def test_a_market_at_a_moment(  # noqa: PLR0917 - a case is a line of a table
    hours: MarketHours, market: str, zone: str, at: str, phase: str, since: str, until: str
) -> None:
    state = hours.state(Market(market), ms(at, zone))
    assert state.phase.value == phase
    assert wall(state.since_ms, zone)[5:] == since
    assert wall(state.until_ms, zone)[5:].startswith(until)
    assert state.zone == zone


def test_a_holiday_has_its_name_where_the_table_has_one(hours: MarketHours) -> None:
    assert hours.state(Market.US_STOCK, ms("2026-11-26 12:00", NEW_YORK)).holiday == "Thanksgiving"
    lunar = hours.state(Market.HK_STOCK, ms("2026-02-18 12:00", "Asia/Hong_Kong"))
    assert (lunar.phase, lunar.holiday) == (Phase.HOLIDAY, "")


@pytest.mark.parametrize(
    ("market", "at"),
    [
        (Market.CN_STOCK, "2035-01-03 10:00"),
        (Market.CN_STOCK, "1999-01-04 10:00"),
        (Market.UNKNOWN, "2026-01-05 10:00"),
        (Market.FUTURE, "2026-01-05 10:00"),
        (Market.FOREX, "2026-12-25 10:00"),
        (Market.COMMODITY, "2026-11-26 10:00"),  # Thanksgiving: each house its own hours
        (Market.COMMODITY, "2035-01-03 10:00"),
    ],
)
def test_nothing_is_claimed_where_nobody_can_tell(
    hours: MarketHours, market: Market, at: str
) -> None:
    state = hours.state(market, ms(at, NEW_YORK))
    assert (state.phase, state.since_ms, state.until_ms) == (Phase.UNKNOWN, None, None)


def test_an_edge_towards_the_unknown_is_none(hours: MarketHours) -> None:
    last = hours.exchanges[Market.CN_STOCK].last
    evening = ms(f"{last} 20:00", "Asia/Shanghai")
    state = hours.state(Market.CN_STOCK, evening)
    assert state.phase in {Phase.CLOSED, Phase.HOLIDAY}
    assert state.since_ms is not None
    assert state.until_ms is None
    christmas_eve = hours.state(Market.FOREX, ms("2026-12-24 10:00", NEW_YORK))
    assert (christmas_eve.phase, christmas_eve.until_ms) == (Phase.OPEN, None)


def test_crypto_and_a_simulated_exchange_never_close(hours: MarketHours) -> None:
    saturday = ms("2026-03-07 12:00", NEW_YORK)
    assert hours.state(Market.CRYPTO, saturday) == OPEN_ALWAYS
    assert AlwaysOpen().state(Market.US_STOCK, saturday) == OPEN_ALWAYS
    assert NeverKnown().state(Market.CRYPTO, saturday).phase is Phase.UNKNOWN


@given(
    st.sampled_from([*TABLED, *RULED]),
    st.integers(_s(2024, 2, 1), _s(2026, 11, 1)),
    st.lists(st.integers(0, 40 * 86_400), max_size=6),
)
def test_states_follow_one_another_without_a_hole(
    market: Market, now_s: int, later_s: list[int]
) -> None:
    """At its end a state gives way to another, and what was asked before makes no difference."""
    fresh, used = MarketHours.read(resource(TABLE)), known_hours()
    now_ms = 1000 * now_s
    for second in later_s:
        used.state(market, now_ms + 1000 * second)
    state = fresh.state(market, now_ms)
    assert used.state(market, now_ms) == state
    if state.since_ms is not None:
        assert state.since_ms <= now_ms
        assert _is_open(fresh.state(market, state.since_ms)) is _is_open(state)
    if state.until_ms is not None:
        assert now_ms < state.until_ms
        assert _is_open(fresh.state(market, state.until_ms)) is not _is_open(state)
        assert _is_open(fresh.state(market, state.until_ms - 1)) is _is_open(state)


def _is_open(state: MarketState) -> bool:
    assert state.phase is not Phase.UNKNOWN
    return state.phase is Phase.OPEN


@given(st.integers(_s(2026, 1, 4), _s(2026, 12, 20)))
def test_the_next_trading_date_of_forex_is_at_most_a_weekend_away(now_s: int) -> None:
    now_ms = 1000 * now_s
    state = known_hours().state(Market.FOREX, now_ms)
    if state.phase is Phase.CLOSED and state.since_ms is not None and state.until_ms is not None:
        length = timedelta(milliseconds=state.until_ms - state.since_ms)
        assert timedelta(hours=47) <= length <= timedelta(hours=49)  # clocks change on weekends
    else:
        assert state.phase in {Phase.OPEN, Phase.UNKNOWN}


@pytest.mark.parametrize(
    ("code", "market", "kept"),
    [
        ("700.HK", Market.HK_STOCK, Market.HK_STOCK),
        (".DJI.US", Market.INDEX, Market.US_STOCK),
        ("fund/513050$CN", Market.FUND, Market.CN_STOCK),
        ("future/HSI$HK", Market.FUTURE, Market.UNKNOWN),
        ("XYZ", Market.UNKNOWN, Market.UNKNOWN),
    ],
)
def test_an_index_keeps_its_exchanges_hours_and_a_future_nobodys(
    code: str, market: Market, kept: Market
) -> None:
    assert hours_market(code, market) is kept
