"""What charts are compared with, as the desk puts it together."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
import shiboken6
from fakes import FakeClock, Jobs, settle
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from alltick_desk.app.comparing import Comparing
from alltick_desk.app.vendors import TITLES
from alltick_desk.feed.lanes import Lane
from alltick_desk.model.instrument import Catalogue, Instrument, InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.observe import Hook
from alltick_desk.services.charts import ChartSession
from alltick_desk.services.comparison import Comparison
from alltick_desk.services.history_keeper import HistoryKeeper
from alltick_desk.services.outages import Outages
from alltick_desk.services.quotes import QuoteBoard
from alltick_desk.services.rows import RowState
from alltick_desk.ui.vendors import VendorTags

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

OWN, BTC, ETH = (InstrumentKey("alltick", code) for code in ("OWN", "BTCUSDT", "ETHUSDT"))
T0 = 1_767_225_600


class Chart:
    """What is asked of a ``ChartComparison``."""

    def __init__(self, note: str = "") -> None:
        self.changed: Hook[[]] = Hook()
        self.dialog = None
        self.text = "first"
        self.note = note
        self.begun: list[str] = []
        self.search: Any = None

    def bind(self, comparison: Comparison, search: object, **_: object) -> None:
        self.comparison, self.search = comparison, search

    def begin(self, saved: str) -> str:
        self.begun.append(saved)
        return self.note

    def saved(self) -> str:
        return self.text


class Data:
    """Vendors that answer at once, and remember in which lane they were asked."""

    def __init__(self) -> None:
        self.lanes: list[tuple[str, Lane]] = []

    def market(self, _key: InstrumentKey) -> Market:
        return Market.CRYPTO

    def intervals(self, _key: InstrumentKey) -> Sequence[Interval]:
        return tuple(Interval)

    def title(self, _key: InstrumentKey) -> str:
        return "AllTick"

    def pages_history(self, _key: InstrumentKey) -> bool:
        return True

    def bars_per_call(self, _key: InstrumentKey) -> int:
        return 10

    def wait_s(self, _key: InstrumentKey, _interval: Interval, _lane: Lane) -> float:
        return 0.0

    def socket_names(self, _key: InstrumentKey) -> list[str]:
        return []

    async def newest_candles(self, key: InstrumentKey, interval: Interval) -> list[Candle]:
        return (await self.page(key, interval, 10, None, Lane.BACKGROUND))[-2:]

    async def page(
        self, key: InstrumentKey, _interval: Interval, count: int, end_s: int | None, lane: Lane
    ) -> list[Candle]:
        self.lanes.append((key.code, lane))
        last = T0 if end_s is None else end_s
        times = range(last - 60 * (count - 1), last + 1, 60)
        return [Candle(time_s, "1", "1", "1", "1", "1") for time_s in times]


class Desk:
    def __init__(self) -> None:
        self.clock = FakeClock(wall_ms=T0 * 1000)
        self.data = Data()
        self.said: list[str] = []
        self.kept: list[str] = []
        self.chosen = 0
        self.jobs = Jobs()
        self.catalogue = Catalogue(
            [
                Instrument("BTCUSDT", "Bitcoin", "比特币"),
                Instrument("700.HK", "Tencent", "腾讯控股"),
            ]
        )
        self.front: Any = SimpleNamespace(
            clock=self.clock,
            board=QuoteBoard(),
            tags=VendorTags(TITLES),
            catalogue=self.catalogue,
            panel=SimpleNamespace(vendor="alltick"),
            name_of=lambda _key: "",
            say=self.said.append,
        )
        data: Any = self.data
        self.comparing = Comparing(
            self.front,
            data,
            keeper=HistoryKeeper(None, spawn=self.jobs.spawn, complain=self.said.append),
            outages=Outages(self.clock),
            spawn=self.jobs.spawn,
            ready=_at_once,
            on_chosen=self._count,
        )
        self.main = ChartSession(
            clock=self.clock,
            row=self.front.board.row,
            market=data.market,
            intervals=data.intervals,
            fetch=self._own,
            fetch_latest=data.newest_candles,
            spawn=self.jobs.spawn,
        )

    def attach(self, note: str = "", saved: str = "") -> Any:
        chart: Any = Chart(note)
        self.comparing.attach(chart, self.main, saved=saved, keep=self.kept.append)
        return chart

    async def finish(self) -> None:
        self.main.close()
        self.comparing.close()
        await settle()
        self.jobs.check()

    async def _own(self, key: InstrumentKey, interval: Interval, *_: object) -> list[Candle]:
        return await self.data.page(key, interval, 10, None, Lane.CLICK)

    def _count(self) -> None:
        self.chosen += 1


async def _at_once() -> None:
    """There is nothing to wait for."""


def play(scene: Callable[[Desk], Awaitable[None]]) -> None:
    async def run() -> None:
        desk = Desk()
        await scene(desk)
        await desk.finish()

    asyncio.run(run())


def test_what_is_compared_is_asked_for_after_the_charts_own_bars() -> None:
    async def scene(desk: Desk) -> None:
        chart = desk.attach()
        desk.main.open(OWN, Interval.M1)
        chart.comparison.add(BTC)
        await settle()
        chart.comparison.reach(T0 - 60 * 15, 4.0)
        await settle()
        assert desk.data.lanes == [
            ("OWN", Lane.CLICK),
            ("BTCUSDT", Lane.VISIBLE),
            ("BTCUSDT", Lane.BACKGROUND),
        ]
        assert len(chart.comparison.members[0].series) > 10

    play(scene)


def test_all_that_is_compared_is_wanted_while_its_chart_is_shown() -> None:
    async def scene(desk: Desk) -> None:
        one, other = desk.attach(), desk.attach()
        one.comparison.add(BTC)
        other.comparison.add(BTC)
        other.comparison.add(ETH)
        assert desk.chosen == 3
        assert not desk.comparing.keys
        desk.main.open(OWN, Interval.M1)
        assert desk.comparing.keys == (BTC, ETH)
        other.comparison.remove(ETH)
        assert desk.comparing.keys == (BTC,)
        assert desk.chosen == 4
        desk.main.close()
        desk.comparing.rest(one)
        assert not desk.comparing.keys
        assert one.comparison.members[0].session.key is None

    play(scene)


def test_what_is_compared_is_kept_and_a_text_that_cannot_be_read_is_told_once() -> None:
    async def scene(desk: Desk) -> None:
        chart = desk.attach(note="It could not be read.", saved="{")
        assert chart.begun == ["{"]
        assert desk.said == ["It could not be read."]
        assert desk.kept == [""]
        chart.text = "other"
        chart.changed.emit()
        assert desk.kept == ["", "other"]

    play(scene)


def test_a_vendor_that_came_back_is_asked_again() -> None:
    async def scene(desk: Desk) -> None:
        chart = desk.attach()
        desk.main.open(OWN, Interval.M1)
        chart.comparison.add(BTC)
        await settle()
        desk.data.lanes.clear()
        desk.comparing.refresh([ETH])
        desk.comparing.reload("itick")
        await settle()
        assert desk.data.lanes == []
        desk.comparing.refresh([BTC])
        await settle()
        desk.comparing.reload("alltick")
        await settle()
        assert desk.data.lanes == [("BTCUSDT", Lane.BACKGROUND), ("BTCUSDT", Lane.VISIBLE)]

    play(scene)


@pytest.mark.parametrize(
    ("state", "told"),
    [(RowState.BEYOND_PLAN, "Too many."), (RowState.LIVE, ""), (RowState.WAITING, "")],
)
def test_why_trades_do_not_come_is_told(state: RowState, told: str) -> None:
    async def scene(desk: Desk) -> None:
        chart = desk.attach()
        desk.main.open(OWN, Interval.M1)
        chart.comparison.add(BTC)
        await settle()
        row = desk.front.board.row(BTC)
        row.state, row.state_detail = state, "Too many."
        assert str(chart.comparison.members[0].note) == told

    play(scene)


def test_the_search_is_the_watchlists(qapp: QApplication) -> None:
    async def scene(desk: Desk) -> None:
        chart = desk.attach()
        found: list[InstrumentKey] = []
        parent = QWidget()
        strip = chart.search(found.extend, parent)
        box = strip.findChild(QLineEdit, "compare.add")
        assert strip.focusProxy() is box
        assert not any(it.objectName().startswith("watch") for it in strip.findChildren(QObject))
        QTest.keyClicks(box, "bitcoin")
        QTest.keyClick(box, Qt.Key.Key_Return)
        box.setText("腾讯控股, TSLA.US")  # as an input method or a paste brings it
        QTest.keyClick(box, Qt.Key.Key_Return)
        codes = [("alltick", "BTCUSDT"), ("alltick", "700.HK"), ("alltick", "TSLA.US")]
        assert [tuple(key) for key in found] == codes
        assert strip.findChild(QComboBox) is None
        desk.front.tags.use(["alltick", "itick"])
        choice = strip.findChild(QComboBox)
        assert choice is not None
        choice.setCurrentIndex(1)
        QTest.keyClicks(box, "700$HK")
        QTest.keyClick(box, Qt.Key.Key_Return)
        assert found[-1] == InstrumentKey("itick", "700.HK")
        shiboken6.delete(parent)
        desk.front.tags.use(["alltick"])  # nobody is there to be told any more

    play(scene)
