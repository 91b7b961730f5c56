"""A chart over a session whose vendor answers at once, and ways to use it like a person."""

from collections.abc import Coroutine, Iterator
from typing import Any

from fakes import FakeClock
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolButton, QWidget

from alltick_desk.errors import VendorError
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Trade
from alltick_desk.services.charts import ChartSession
from alltick_desk.services.quotes import QuoteBoard
from alltick_desk.ui.chart import ChartLook, ChartPanel
from alltick_desk.ui.theme import make_theme

TENCENT = InstrumentKey("alltick", "700.HK")
STOCK = tuple(i for i in Interval if i not in {Interval.H2, Interval.H4})
T0 = 1_795_139_520  # 2026-11-20 09:52 in Hong Kong


class Asleep:
    """An awaitable that never comes back."""

    def __await__(self) -> Iterator[None]:
        yield


class StoppedClock(FakeClock):
    """A clock whose sleepers need no event loop, since they never wake."""

    async def sleep(self, seconds: float) -> None:
        await Asleep()


class Done:
    def cancel(self) -> None:
        """Nothing runs."""


class Scene:
    """A panel over a session whose vendor answers at once."""

    def __init__(
        self,
        candles: list[Candle],
        error: VendorError | None = None,
        *,
        market: Market = Market.HK_STOCK,
        interval: Interval = Interval.M1,
    ) -> None:
        self.clock = StoppedClock(wall_ms=T0 * 1000)
        self.board = QuoteBoard()
        self.chosen: list[Interval] = []
        self.answer = candles
        self.error = error
        self.session = ChartSession(
            clock=self.clock,
            row=self.board.row,
            market=lambda _key: market,
            intervals=lambda _key: STOCK,
            fetch=self._fetch,
            fetch_latest=self._fetch_latest,
            spawn=self._run,
            jitter=lambda: 0.0,
        )
        self.said: list[str] = []
        self.looks: list[ChartLook] = []
        self.sides = ("", "")
        self.panel = ChartPanel(
            make_theme(dark=True), on_interval=self._choose, wall_ms=self.clock.wall_ms
        )
        self.panel.on_look = self.looks.append
        self.panel.on_message = self.said.append
        self.panel.resize(900, 560)
        self.panel.show()
        self.panel.bind(self.session, lambda _key: "Tencent", sides=lambda: self.sides)
        self._waiting: list[Coroutine[Any, Any, None]] = []
        self.session.open(TENCENT, interval)
        QApplication.processEvents()

    @property
    def view(self) -> Any:
        return self.panel.view

    @property
    def surface(self) -> QWidget:
        return self.view.viewport()

    def trade(self, second: float, price: str, volume: str = "1") -> None:
        ms = int((T0 + second) * 1000)
        self.board.tape("alltick").trade(Trade("700.HK", 0, ms, price, volume), 0.0)

    def wheel(self, notches: float, x: int, y: int = 150, *, shift: bool = False) -> None:
        event = QWheelEvent(
            QPointF(x, y),
            self.surface.mapToGlobal(QPointF(x, y)),
            QPoint(),
            QPoint(0, int(120 * notches)),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.surface, event)

    def move(
        self,
        x: float,
        y: float,
        *,
        pressed: bool = False,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Move the pointer, with the left button down or not."""
        place = QPointF(x, y)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            self.surface.mapToGlobal(place),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton if pressed else Qt.MouseButton.NoButton,
            keys,
        )
        QApplication.sendEvent(self.surface, event)

    def drag(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press the left button, move, and let go."""
        left = Qt.MouseButton.LeftButton
        begin, stop = (QPoint(round(x), round(y)) for x, y in (start, end))
        QTest.mousePress(self.surface, left, keys, begin)
        self.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, pressed=True, keys=keys)
        self.move(*end, pressed=True, keys=keys)
        QTest.mouseRelease(self.surface, left, keys, stop)

    def click(self, x: float, y: float) -> None:
        QTest.mouseClick(self.surface, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))

    def tool_button(self, name: str) -> QToolButton:
        found = self.panel.findChild(QToolButton, name)
        assert found is not None
        return found

    def choose(self, name: str) -> QAction:
        """Choose an entry of the chart's menu, as its opening and a click do."""
        action = self.entry(name)
        assert action.isEnabled(), name
        action.trigger()
        return action

    def entry(self, name: str) -> QAction:
        """Return an entry of the chart's menu as it stands there now."""
        menu = self.tool_button("chartMenu").menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        return found_in(menu, f"chart.{name}")

    def menu(self, place: QPointF) -> QMenu:
        """Right-click, and return the menu that opens."""
        at = place.toPoint()
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, at, self.surface.mapToGlobal(at), Qt.KeyboardModifier(0)
        )
        QApplication.sendEvent(self.surface, event)
        (menu,) = (menu for menu in self.view.findChildren(QMenu) if menu.isVisible())
        return menu

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view, key)

    def edges(self) -> tuple[float, float]:
        return self.view.window_.left, self.view.window_.right

    def read_out(self) -> str:
        return self.view.accessibleDescription()

    def image(self) -> QImage:
        return self.panel.grab().toImage()

    def label(self, name: str) -> str:
        found = self.panel.findChild(QLabel, name)
        assert found is not None
        return found.text()

    def button(self, interval: Interval) -> QToolButton:
        found = self.panel.findChild(QToolButton, f"interval_{interval.value}")
        assert found is not None
        return found

    def end(self) -> None:
        self.session.close()
        for work in self._waiting:
            work.close()
        self.panel.close()
        self.panel.deleteLater()
        QApplication.processEvents()

    def _choose(self, interval: Interval) -> None:
        self.chosen.append(interval)

    async def _fetch(self, *_: object) -> list[Candle]:
        if self.error is not None:
            raise self.error
        return self.answer

    async def _fetch_latest(self, *_: object) -> list[Candle]:
        return self.answer[-2:]

    def _run(self, work: Coroutine[Any, Any, None], name: str) -> Done:
        try:
            work.send(None)
        except StopIteration:
            return Done()
        self._waiting.append(work)  # it sleeps
        return Done()


def minute(number: int, price: float, volume: str = "100") -> Candle:
    """A bar ``number`` minutes after T0 that opens at ``price`` and rises a little."""
    return Candle(
        T0 + 60 * number,
        f"{price:.3f}",
        f"{price + 1.5:.3f}",
        f"{price - 0.5:.3f}",
        f"{price + 1:.3f}",
        volume,
    )


def minutes(count: int, volume: str = "100") -> list[Candle]:
    """So many bars, the last of them in progress at T0."""
    return [minute(number, 600.0 + (number * 37) % 23, volume) for number in range(1 - count, 1)]


def found_in(menu: QMenu, name: str) -> QAction:
    """Return the entry of a name, in a menu or in one beneath it."""
    for action in menu.actions():
        beneath = action.menu()
        if isinstance(beneath, QMenu):
            try:
                return found_in(beneath, name)
            except LookupError:
                continue
        if action.objectName() == name:
            return action
    raise LookupError(name)
