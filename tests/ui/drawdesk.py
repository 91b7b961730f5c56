"""A chart with a drawing board, and hands that draw on it."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from alltick_desk.model.drawings import KINDS, Anchor, Drawing, Kind
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.model.series import CandleSeries
from alltick_desk.services.drawings import DrawingBoard
from alltick_desk.ui.chart import ChartPanel
from alltick_desk.ui.chart.drawing_control import ChartDrawings
from alltick_desk.ui.chart.look import ChartLook
from alltick_desk.ui.chart.view import ChartView
from alltick_desk.ui.theme import make_theme

T0 = 1_795_104_000  # 2026-11-20 00:00 UTC; crypto never closes, so every minute has a bar
BARS = 2_000
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier

Place = tuple[float, float]


def price_at(minute: float) -> float:
    """The price of a moment: a slow wave with a ripple."""
    return 100.0 + 12.0 * math.sin(minute / 70.0) + 2.0 * math.sin(minute / 7.0)


def candles(minutes: int = 1, count: int = BARS) -> list[Candle]:
    """Bars so many minutes long over the same stretch of time."""
    bars = []
    for begin in range(0, count, minutes):
        prices = [price_at(begin + step / 4) for step in range(4 * minutes + 1)]
        texts = (f"{it:.3f}" for it in (prices[0], max(prices), min(prices), prices[-1]))
        bars.append(Candle(T0 + 60 * begin, *texts, "100"))
    return bars


class DrawDesk:
    """The chart's panel with a board on it; places are shares of the price pane, from top left."""

    def __init__(
        self,
        qtbot: QtBot,
        look: ChartLook | None = None,
        *,
        drawings: Sequence[Drawing] = (),
        dark: bool = True,
    ) -> None:
        self.panel = ChartPanel(make_theme(dark=dark), on_interval=lambda _interval: None)
        qtbot.addWidget(self.panel)
        self.panel.resize(1000, 640)
        self.messages: list[str] = []
        self.panel.on_message = self.messages.append
        self.board = DrawingBoard(drawings)
        self.show_interval(Interval.M1, 1)
        if look is not None:
            self.panel.set_look(look)
        self.drawings.show(self.board)
        with qtbot.waitExposed(self.panel):
            self.panel.show()
        self.panel.activateWindow()
        self.view.setFocus()
        self.view.grab()

    # what there is

    @property
    def view(self) -> ChartView:
        return self.panel.view

    @property
    def surface(self) -> QWidget:
        return self.view.viewport()

    @property
    def drawings(self) -> ChartDrawings:
        return self.panel.drawings

    @property
    def only(self) -> Drawing:
        (drawing,) = self.board.drawings
        return drawing

    def action(self, name: str) -> QAction:
        return self.drawings.actions[name]

    def shown(self, drawing: Drawing | None = None) -> list[QPointF]:
        """Where the anchors of a drawing stand, in pixels."""
        plane = self.drawings.scene.plane
        assert plane is not None
        return [QPointF(*plane.point(it)) for it in (drawing or self.only).anchors]

    def anchor(self, share: Place) -> Anchor:
        plane = self.drawings.scene.plane
        assert plane is not None
        place = self.place(share)
        return Anchor(plane.axis.time_at(self.view.bar_at(place.x())), plane.price_at(place.y()))

    def picture(self) -> QImage:
        return self.view.grab().toImage()

    # what is done

    def show_interval(self, interval: Interval, minutes: int) -> None:
        series = CandleSeries()
        series.merge(candles(minutes))
        self.view.tools.reset()
        self.view.show_series(series, interval, Market.CRYPTO)

    def place(self, share: Place) -> QPoint:
        area = self.view.price.area
        x, y = share
        return QPoint(round(area.left() + x * area.width()), round(area.top() + y * area.height()))

    def take(self, kind: Kind) -> None:
        self.action(kind).trigger()

    def press(self, share: Place, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.hover(share, modifiers)
        QTest.mousePress(self.surface, LEFT, modifiers, self.place(share))

    def release(self, share: Place, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.hover(share, modifiers)
        QTest.mouseRelease(self.surface, LEFT, modifiers, self.place(share))

    def hover(self, share: Place, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Move there; QTest's own moves know no modifiers."""
        place = QPointF(self.place(share))
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            self.surface.mapToGlobal(place),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            modifiers,
        )
        QApplication.sendEvent(self.surface, event)

    def click(self, share: Place, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.press(share, modifiers)
        QTest.mouseRelease(self.surface, LEFT, modifiers, self.place(share))

    def drag(self, start: Place, end: Place, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.press(start, modifiers)
        middle = (0.5 * (start[0] + end[0]), 0.5 * (start[1] + end[1]))
        self.hover(middle, modifiers)
        self.release(end, modifiers)

    def leave(self) -> None:
        """Take the pointer away."""
        QApplication.sendEvent(self.view, QEvent(QEvent.Type.Leave))

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.view, key, modifiers)

    def type(self, text: str) -> None:
        box = self.box()
        assert box is not None
        QTest.keyClicks(box, text)

    def box(self) -> QWidget | None:
        """The box in which a text is typed; one that is on its way out is none."""
        found = self.surface.findChildren(QWidget, "drawingText")
        return next((box for box in found if not box.isHidden()), None)

    def draw(self, kind: Kind, *shares: Place, text: str = "Hello") -> Drawing:
        """Draw by clicks and return what came of it."""
        self.take(kind)
        for share in shares[: KINDS[kind].anchors]:
            self.click(share)
        if kind is Kind.TEXT:
            self.type(text)
            QTest.keyClick(self.box(), Qt.Key.Key_Return)
        return self.board.drawings[-1]

    def menu(self, share: Place) -> dict[str, QAction]:
        """Open the context menu there and return what it offers of drawings, by name."""
        place = self.place(share)
        QApplication.sendEvent(
            self.surface,
            QContextMenuEvent(
                QContextMenuEvent.Reason.Mouse, place, self.surface.mapToGlobal(place)
            ),
        )
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            return {}
        found = {action.objectName().removeprefix("drawing."): action for action in menu.actions()}
        names = {action.objectName() for action in menu.actions()}
        menu.close()
        return {name: it for name, it in found.items() if f"drawing.{name}" in names}
