"""The menu that opens on the zone's name, and the dialog for any other zone."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QMenu, QWidget

from alltick_desk.ui.chart.controls import ChartControls
from alltick_desk.ui.chart.view import ChartView


class ZoneChoice:
    """Asks for a chart's time zone; ``take`` is called with its name."""

    def __init__(self, view: ChartView, panel: QWidget, take: Callable[[str], None]) -> None:
        self._view, self._panel, self._take = view, panel, take

    def open_menu(self, place: QPointF, controls: ChartControls) -> None:
        """Offer the zones of the controls at a place of the view."""
        menu = QMenu(self._panel)
        menu.setObjectName("chartZones")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        controls.fill_zones(menu)
        menu.popup(self._view.viewport().mapToGlobal(place).toPoint())

    def ask(self) -> None:
        """Ask for a zone by name."""
        from alltick_desk.ui.chart.zone_dialog import ZoneDialog  # when somebody asks for it

        ZoneDialog(self._take, self._panel).open()
