"""A chart with its indicators' dialog, and ways to use them like a person."""

from collections.abc import Callable
from typing import Any, TypeVar

from chartscene import Scene, found_in
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMenu, QPushButton, QWidget

from alltick_desk.services.template_shelf import TemplateShelf
from alltick_desk.ui.chart.indicators.controls import IndicatorControls
from alltick_desk.ui.chart.indicators.dialog import IndicatorsDialog
from alltick_desk.ui.chart.indicators.manager import ChartIndicators
from alltick_desk.ui.chart.pane import Pane

W = TypeVar("W", bound=QWidget)
MakeChart = Callable[..., Scene]


class Desk:
    """A scene, its indicators, and what can be pressed."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        scene.panel.resize(1000, 760)
        QApplication.processEvents()

    @property
    def controls(self) -> IndicatorControls:
        return self.scene.panel.indicators

    @property
    def chart(self) -> ChartIndicators:
        return self.controls.chart

    @property
    def shelf(self) -> TemplateShelf:
        return self.controls._shelf

    @property
    def view(self) -> Any:
        return self.scene.view

    @property
    def dialog(self) -> IndicatorsDialog:
        dialog = self.controls.dialog
        assert dialog is not None
        return dialog

    def open(self) -> IndicatorsDialog:
        """Press the button in the chart's toolbar."""
        button = self.scene.tool_button("chartIndicators")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        return self.dialog

    def find(self, kind: type[W], name: str) -> W:
        found = self.dialog.findChild(kind, name)
        assert found is not None, name
        return found

    def press(self, name: str) -> None:
        QTest.mouseClick(self.find(QWidget, name), Qt.MouseButton.LeftButton)

    def pane(self, name: str) -> Pane:
        pane = self.view.stack.find(name)
        assert isinstance(pane, Pane), name
        return pane

    def panes(self) -> list[str]:
        return [pane.id for pane in self.view.stack.shown]

    def legend(self, name: str) -> str:
        return self.pane(name).legend.text

    def row(self, name: str, number: int) -> QPointF:
        """Return a place on a row of a pane's legend."""
        legend = self.pane(name).legend
        height = legend.metrics.height()
        return QPointF(legend.area.left() + 8.0, legend.area.top() + (number + 0.5) * height)

    def choose(self, place: QPointF, name: str) -> None:
        """Right-click and choose an entry."""
        menu = self.scene.menu(place)
        found_in(menu, name).trigger()
        menu.close()

    def colour_action(self, line: str, colour: object) -> QAction:
        """Return an entry of the menu of a line's colour button."""
        button = self.find(QPushButton, f"colourOf.{line}")
        menu = button.menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        return found_in(menu, f"colour.{colour}")

    def choose_pane(self, title: str) -> None:
        box = self.find(QComboBox, "indicatorPane")
        place = box.findText(title)
        assert place >= 0, title
        box.setCurrentIndex(place)
        box.activated.emit(place)

    def template_action(self, name: str) -> QAction:
        menu = self.find(QPushButton, "templateMore").menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        return found_in(menu, name)

    def sentence(self, name: str) -> str:
        label = self.find(QLabel, name)
        return label.text() if label.isVisible() else ""

    def double_click(self, place: QPointF) -> None:
        at = QPoint(round(place.x()), round(place.y()))
        QTest.mouseDClick(self.scene.surface, Qt.MouseButton.LeftButton, pos=at)
