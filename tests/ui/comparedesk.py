"""A chart with instruments to compare it with, and ways to use them like a person."""

from collections.abc import Callable, Sequence
from typing import Any

from chartscene import STOCK, T0, TENCENT, Scene, found_in
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QMenu, QWidget

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Trade
from alltick_desk.services.charts import ChartSession
from alltick_desk.services.comparison import Comparison, Facts
from alltick_desk.ui.chart.compare import ChartComparison
from alltick_desk.ui.chart.compare_dialog import CompareDialog

MakeChart = Callable[..., Scene]
ALL = tuple(Interval)


def key(code: str) -> InstrumentKey:
    return InstrumentKey("alltick", code)


BTC, GOLD, TSLA, EUR, OIL = map(key, ("BTCUSDT", "GOLD", "TSLA.US", "EURUSD", "USOIL"))


def bar(number: int, close: float) -> Candle:
    """A bar ``number`` minutes after T0."""
    price = f"{close:.2f}"
    return Candle(T0 + 60 * number, price, price, price, price, "1")


def rising(count: int, start: float = 100.0, step: float = 1.0) -> list[Candle]:
    """So many bars, the last of them at T0 with the highest close."""
    return [bar(n, start + step * (count - 1 + n)) for n in range(1 - count, 1)]


class CompareDesk:
    """A scene, what its vendor has of other instruments, and what a person can press."""

    def __init__(self, scene: Scene, bars: dict[InstrumentKey, list[Candle]] | None = None) -> None:
        self.scene = scene
        self.bars = {BTC: rising(200), GOLD: rising(200, 50.0, -0.1)} if bars is None else bars
        self.refused: list[InstrumentKey] = []
        self.intervals: dict[InstrumentKey, Sequence[Interval]] = {}
        self.saved = 0
        self.asked: list[tuple[InstrumentKey, Interval]] = []
        self.comparison = Comparison(
            scene.session, self._session, Facts(self._intervals_of, self._why_not_live)
        )
        self.chart.bind(self.comparison, self._search, name_of=lambda it: f"Name of {it.code}")
        self._handle = self.chart.changed.connect(self._count)
        QApplication.processEvents()

    @property
    def chart(self) -> ChartComparison:
        return self.scene.panel.compare

    @property
    def view(self) -> Any:
        return self.scene.view

    @property
    def dialog(self) -> CompareDialog:
        assert self.chart.dialog is not None
        return self.chart.dialog

    @property
    def box(self) -> QLineEdit:
        return self.find(QLineEdit, "compare.add")

    def add(self, *keys: InstrumentKey) -> None:
        """Compare instruments, without the dialog."""
        for each in keys:
            assert not self.comparison.add(each)
        QApplication.processEvents()

    def type_in(self, text: str) -> None:
        QTest.keyClicks(self.box, text)
        QTest.keyClick(self.box, Qt.Key.Key_Return)
        QApplication.processEvents()

    def find(self, kind: Any, name: str) -> Any:
        found = self.dialog.findChild(kind, name)
        assert found is not None, name
        return found

    def listed(self) -> list[str]:
        members = self.find(QListWidget, "compareMembers")
        return [members.item(row).text() for row in range(members.count())]

    def said(self) -> str:
        label = self.find(QLabel, "compareSaid")
        return str(label.text()) if label.isVisible() else ""

    def trade(self, code: str, second: float, price: str) -> None:
        ms = int((T0 + second) * 1000)
        self.scene.board.tape("alltick").trade(Trade(code, 0, ms, price, "1"), 0.0)

    def legend(self) -> str:
        return str(self.view.price.legend.text)

    def line(self, of: InstrumentKey) -> Any:
        return next(line for line in self.chart._lines if line.member.key == of)

    def percent(self, of: InstrumentKey, index: int = -1) -> float:
        """How many percent a line stands from its base at a bar."""
        count = len(self.view.series)
        return float(self.line(of).percent(index % count)) * 100.0

    def row(self, number: int, right: float = 20.0) -> QPointF:
        """Return a place on a row of the price pane's legend, so far from its left edge."""
        legend = self.view.price.legend
        height = legend.metrics.height()
        return QPointF(legend.area.left() + right, legend.area.top() + (number + 0.5) * height)

    def choose(self, place: QPointF, name: str) -> None:
        menu = self.scene.menu(place)
        found_in(menu, f"compare.{name}").trigger()
        menu.close()

    def entry(self, name: str) -> QAction:
        """Return an entry of the chart's own menu."""
        menu = self.scene.tool_button("chartMenu").menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        return found_in(menu, f"compare.{name}")

    def picture(self) -> QImage:
        QApplication.processEvents()
        return self.view.grab().toImage()

    def click(self, place: QPointF) -> None:
        at = QPoint(round(place.x()), round(place.y()))
        QTest.mouseClick(self.scene.surface, Qt.MouseButton.LeftButton, pos=at)

    def end(self) -> None:
        self.comparison.close()

    # what the desk gives

    def _session(self, _main_first: object) -> ChartSession:
        scene = self.scene
        return ChartSession(
            clock=scene.clock,
            row=scene.board.row,
            market=lambda it: Market.HK_STOCK if it == TENCENT else Market.CRYPTO,
            intervals=self._intervals_of,
            fetch=self._fetch,
            fetch_latest=self._fetch_latest,
            spawn=scene._run,
            jitter=lambda: 0.0,
        )

    async def _fetch(self, of: InstrumentKey, interval: Interval, *_: object) -> list[Candle]:
        self.asked.append((of, interval))
        if of not in self.bars:
            words = f"It knows no {of.code}."
            raise VendorError(words, vendor="alltick", verdict=Verdict.UNKNOWN_CODE, call="kline")
        return self.bars[of]

    async def _fetch_latest(self, of: InstrumentKey, *_: object) -> list[Candle]:
        return self.bars[of][-2:]

    def _intervals_of(self, of: InstrumentKey) -> Sequence[Interval]:
        return self.intervals.get(of, STOCK if of == TENCENT else ALL)

    def _why_not_live(self, of: InstrumentKey) -> str:
        return "It is beyond the plan." if of in self.refused else ""

    def _search(
        self, on_keys: Callable[[Sequence[InstrumentKey]], None], parent: QWidget
    ) -> QWidget:
        """Make a plain box: codes with blanks between them."""
        box = QLineEdit(parent)
        box.setObjectName("compare.add")
        box.returnPressed.connect(lambda: on_keys([key(word) for word in box.text().split()]))
        box.returnPressed.connect(box.clear)
        return box

    def _count(self) -> None:
        self.saved += 1


MakeDesk = Callable[..., CompareDesk]
