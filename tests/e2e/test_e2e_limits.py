"""Every plan: nothing too many leaves a busy desk, and little of what may is wasted."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

from alltick_desk.feed.lanes import Lane
from alltick_desk.model.instrument import Catalogue, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.settings import Settings, VendorSettings, write_settings
from alltick_desk.resources import resource
from alltick_desk.sim.limits import describe
from alltick_desk.vendors.base import Rate
from alltick_desk.vendors.plans import plan_named

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

CATALOGUE = tuple(Catalogue.read(resource("catalogue.csv")))
DEMO = ("700.HK", "TSLA.US", "HSI.HK", ".DJI.US", "000001.SH", "399001.SZ")
DEMO_OTHER = ("USDJPY", "GOLD", "USOIL", "BTCUSDT")
OTHER = ("EURUSD", "USDJPY", "GOLD", "USOIL", "BTCUSDT", "ETHUSDT", "NAS100")
SHARE = 0.95


def _codes(*endings: str) -> tuple[str, ...]:
    """Return the catalogue's codes with one of these endings."""
    return tuple(it.code for it in CATALOGUE if it.code.endswith(endings))


class Busy(NamedTuple):
    """A list that is longer than its plan streams.

    Attributes:
        stocks, others: the list, by family.
        spare: codes that are added while the desk runs.
        sizes: smaller figures than the plan's, where nobody has so many codes.
    """

    stocks: Sequence[str]
    others: Sequence[str]
    spare: Sequence[str]
    sizes: Mapping[str, float] = {}


def _many(stocks: Sequence[str], *, connections: int, codes: int) -> Busy:
    sizes = {"connections": float(connections), "codes_per_subscription": float(codes)}
    count = connections * codes + 6
    return Busy(stocks[:count], OTHER, stocks[count : count + 4], sizes)


STOCKS = _codes(".US", ".HK", ".SH", ".SZ")
BUSY = {
    "free": Busy(DEMO, DEMO_OTHER, ("AAPL.US", "EURUSD", "9988.HK")),
    "basic": Busy(_codes(".US")[:106], OTHER, _codes(".HK")[:6]),
    "premium": Busy(STOCKS[:604], OTHER, STOCKS[604:]),
    "professional": _many(STOCKS, connections=10, codes=6),
    "hk": _many(_codes(".HK"), connections=6, codes=8),
    "cn": _many(_codes(".SH", ".SZ"), connections=10, codes=3),
    "us": _many(_codes(".US"), connections=4, codes=20),
}


@pytest.mark.parametrize("plan", BUSY)
def test_a_busy_desk_breaks_no_limit_of_its_plan(
    plan: str, tmp_path: Path, qapp: QApplication
) -> None:
    """Charts of anything in any order, rows added, removed, moved and brought back."""
    busy = BUSY[plan]
    _choose("alltick", plan, busy.sizes, tmp_path)

    async def scenario() -> None:
        codes = (*busy.stocks, *busy.others)
        async with desk_running(tmp_path, plan=plan, symbols=codes, rate=30) as d:
            await _potter(d, list(busy.spare), random.Random(plan), seconds=75)
            room = d.provider.plan.connections * d.provider.plan.codes_per_subscription
            await d.until(lambda: _all_told(d, room), "each row live, or why not")
        assert not d.exchange.breaches, describe(d.exchange.breaches)
        # The free plan has a call in ten seconds, and spends some of them on other things.
        assert len(d.calls("kline")) > 2

    play(scenario())


def _choose(vendor: str, plan: str, sizes: Mapping[str, float], folder: Path) -> None:
    """Save a choice of settings for the next desk of a profile."""
    chosen = VendorSettings(enabled=True, plan=plan, overrides=sizes)
    settings = write_settings(Settings().with_vendor(vendor, chosen))
    (folder / "settings.json").write_bytes(msgspec.json.encode(settings))


def _all_told(d: RunningDesk, room: int) -> bool:
    """Whether as many stocks are live as the plan has room for, and the rest beyond it."""
    words = {row.key.code: row.state.value for row in d.rows()}
    if not set(words.values()) <= {"Live", "Beyond plan", "Not in plan"}:
        return False
    stocks = [word for code, word in words.items() if code.endswith((".US", ".HK", ".SH", ".SZ"))]
    covered = len(stocks) - stocks.count("Not in plan")
    return stocks.count("Live") == room and stocks.count("Beyond plan") == covered - room > 0


INDICES = ("HSI.HK", ".DJI.US", "NAS100", "000001.SH")
SIX_CLUSTERS = (*OTHER, *INDICES, "future/GC$US", "future/CL$US", "fund/QQQ$US", "fund/SPY$US")
SPARE = ("AAPL.US", "GBPUSD", "9988.HK", "SOLUSDT", "DOGEUSDT", "Silver")
# iTick counts the codes of all clusters together, and the connections too. The largest plans stream
# more than the catalogue has: with smaller figures they are as full as they can be.
ITICK_BUSY = {
    "free": Busy(("700.HK", "TSLA.US", "9988.HK", "5.HK"), SIX_CLUSTERS, SPARE),
    "base": Busy(STOCKS[:195], SIX_CLUSTERS, SPARE),
    "professional": Busy(STOCKS[:50], SIX_CLUSTERS, SPARE, {"codes_in_all": 60.0}),
    "premium": Busy(STOCKS[:30], SIX_CLUSTERS, SPARE, {"codes_in_all": 40.0}),
}


@pytest.mark.parametrize("plan", ITICK_BUSY)
def test_a_busy_desk_of_many_clusters_breaks_no_limit_of_its_plan(
    plan: str, tmp_path: Path, qapp: QApplication
) -> None:
    """As above, while connections come and go too: by what is looked at, and by faults."""
    busy = ITICK_BUSY[plan]
    _choose("itick", plan, busy.sizes, tmp_path)

    async def scenario() -> None:
        # Of every cluster something stands near the top.
        codes = (*busy.stocks[:2], *busy.others, *busy.stocks[2:])
        async with desk_running(tmp_path, vendor="itick", plan=plan, symbols=codes, rate=40) as d:
            d.exchange.fault("close", code=1011, times=3, every=15.0)
            await _potter(d, list(busy.spare), random.Random(plan), seconds=60)
            await d.act(lambda: d.select("700.HK"))  # whose cluster can fill the smallest plan
            await d.until(lambda: _all_seated(d), "each row live, or why not")
            limits = d.provider.plan
            assert len(d.connections()) <= (limits.connections_in_all or 0)
            beyond = [row.state_detail for row in d.rows() if row.state.value == "Beyond plan"]
            assert all("the plan streams" in it or "The plan has" in it for it in beyond)
        assert not d.exchange.breaches, describe(d.exchange.breaches)
        assert len(d.calls("kline")) > (0 if plan == "free" else 5)  # five a minute, for all

    play(scenario())


def _all_seated(d: RunningDesk) -> bool:
    """Whether every row is live or beyond the plan, and no seat that could be used is free."""
    words = [row.state.value for row in d.rows()]
    if not set(words) <= {"Live", "Beyond plan"} or "Beyond plan" not in words:
        return False
    return words.count("Live") == d.provider.plan.codes_in_all


async def _potter(d: RunningDesk, spare: list[str], luck: random.Random, *, seconds: float) -> None:
    """Do what a restless person does, for so long by the clock."""
    end_s = d.clock.monotonic() + seconds
    while d.clock.monotonic() < end_s:
        match luck.randrange(8):
            case 0 if spare:
                await d.act(lambda: d.type_symbol(spare.pop()))
            case 1:
                await d.act(lambda: d.press(Qt.Key.Key_Delete), d.front.panel.undo)
            case 2:
                await d.act(lambda: d.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier))
            case 3:
                interval = luck.choice(("5m", "1h", "1d"))
                await d.act(d.find(QToolButton, f"interval_{interval}").click)
            case 4:
                scroll = d.front.panel._view.verticalScrollBar()
                await d.act(partial(scroll.setValue, luck.randint(0, scroll.maximum())))
            case _:
                await d.act(partial(d.select, luck.choice(d.codes())))
        await d.during(luck.choice((0.1, 1.0, 4.0, 9.0)))


class Flood(NamedTuple):
    """How a plan's saturation is measured: for so many seconds, at a clock that runs so fast."""

    vendor: str
    plan: str
    seconds: float
    rate: float


# AllTick's margin between two calls leaves at most 95.2 % of a window of one second. In twenty
# seconds that is nineteen windows at least, with a second to spare for a busy machine. iTick's
# only window is the minute, which a flood uses up as fast as this machine can.
FLOODS = (
    Flood("alltick", "free", 200, 20),
    *(Flood("alltick", plan, 20, 3) for plan in BUSY if plan != "free"),
    Flood("itick", "free", 250, 90),
    Flood("itick", "base", 115, 30),
    Flood("itick", "professional", 59, 25),
    Flood("itick", "premium", 59, 12),
)


@pytest.mark.parametrize("flood", FLOODS, ids=lambda it: f"{it.vendor}-{it.plan}")
def test_a_flood_of_charts_uses_what_the_plan_allows_and_no_more(
    flood: Flood, tmp_path: Path, qapp: QApplication
) -> None:
    """Measured by when the calls arrive at the exchange; the desk's other calls count as well."""
    vendor, plan, seconds, rate = flood
    limits = plan_named(vendor, plan)
    windows = [it for name in ("kline", "all") for it in limits.rates.get(name, ())]
    most = len(_as_soon_as_allowed(windows, seconds, ()))

    async def scenario() -> None:
        async with desk_running(
            tmp_path, vendor=vendor, plan=plan, symbols=["BTCUSDT"], rate=rate
        ) as d:
            await d.until(d.live)
            longest_s = max((it.seconds for it in limits.rates.get("kline", ())), default=0)
            await d.during(longest_s + 1)  # the desk has nothing more to ask for
            begun_s = d.clock.monotonic()
            asking = asyncio.get_running_loop().create_task(_flood(d, int(most * 1.2) + 5))
            await d.during(seconds + 2)
            asking.cancel()
            await asyncio.wait([asking])
            arrivals = [it.at_s for it in d.exchange.journal if it.kind == "http"]
        first_s = next(at_s for at_s in arrivals if at_s >= begun_s)
        before = [at_s - first_s for at_s in arrivals if at_s < first_s]
        used = sum(first_s <= at_s < first_s + seconds for at_s in arrivals)
        allowed = len(_as_soon_as_allowed(windows, seconds, before))
        assert not d.exchange.breaches, describe(d.exchange.breaches)
        print(f"{vendor} {plan}: {used} of {allowed} in {seconds:g} s, {used / allowed:.1%}")
        assert used >= SHARE * allowed

    play(scenario())


async def _flood(d: RunningDesk, count: int) -> None:
    """Ask for so many different charts at once."""
    async with asyncio.TaskGroup() as group:
        for number in range(count):
            end_s = 1_700_000_000 + 60 * number
            group.create_task(d.provider.candles("BTCUSDT", Interval.M1, 2, end_s, Lane.CLICK))


def _as_soon_as_allowed(
    windows: Sequence[Rate], seconds: float, before: Sequence[float]
) -> list[float]:
    """Return the times of the most calls that the windows allow from 0 on; ``before`` they came."""
    times = list(before)
    while True:
        due_s = [times[-it.calls] + it.seconds for it in windows if len(times) >= it.calls]
        at_s = max(due_s, default=0.0)
        if max(at_s, 0.0) >= seconds:
            return times[len(before) :]
        times.append(max(at_s, 0.0))


def test_the_lists_of_this_file_are_longer_than_the_plans_stream() -> None:
    for plan, busy in BUSY.items():
        limits = plan_named("alltick", plan)
        room = busy.sizes.get("connections", limits.connections) * busy.sizes.get(
            "codes_per_subscription", limits.codes_per_subscription
        )
        assert len(busy.stocks) > room
    assert any(it.market is Market.INDEX for it in CATALOGUE)
