"""The chart panel: a title, intervals and controls, the figures of one bar, and the chart."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QPointF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from alltick_desk.model.calendar import exchange_zone
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.observe import Handle
from alltick_desk.services.charts import ChartSession
from alltick_desk.services.template_shelf import TemplateShelf
from alltick_desk.ui.chart.bar_figures import bar_figures, spoken_note, state_of
from alltick_desk.ui.chart.box_zoom import BoxZoomTool
from alltick_desk.ui.chart.controls import ChartControls, Deeds, Facts
from alltick_desk.ui.chart.drawing_control import ChartDrawings
from alltick_desk.ui.chart.heading import Heading
from alltick_desk.ui.chart.indicators import IndicatorControls
from alltick_desk.ui.chart.intervals import IntervalButtons
from alltick_desk.ui.chart.look import ChartLook
from alltick_desk.ui.chart.measure import MeasureTool
from alltick_desk.ui.chart.moment import seconds_left, sides_of
from alltick_desk.ui.chart.now_button import NowButton
from alltick_desk.ui.chart.past import Past
from alltick_desk.ui.chart.pictures import Pictures
from alltick_desk.ui.chart.quote_lines import Sides, countdown_text
from alltick_desk.ui.chart.tools import Tool
from alltick_desk.ui.chart.view import ChartView
from alltick_desk.ui.chart.zones import short_name
from alltick_desk.ui.theme import Theme
from alltick_desk.ui.vendors import code_of

translate = QCoreApplication.translate

_SECOND_MS = 1000


class ChartPanel(QWidget):
    """Shows one chart session.

    Args:
        theme: the colours.
        on_interval: called with the interval that the person chose.
        wall_ms: the clock by which bars end; without it no countdown is shown.
        templates: of indicators; without them those of this run alone are kept.

    Attributes:
        view: the chart itself.
        controls: its buttons and its menu.
        drawings: what a person drew on it.
        indicators: what is computed from its bars.
        on_look: called with what ``look()`` gives, whenever the person changed it.
        on_export: called where the person wants the bars in a file; None where nobody can.
        on_message: called with a sentence on what became of a person's action.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        on_interval: Callable[[Interval], None],
        wall_ms: Callable[[], int] | None = None,
        templates: TemplateShelf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._on_interval = on_interval
        self._wall_ms = wall_ms
        self.on_look: Callable[[ChartLook], None] = _ignore
        self.on_export: Callable[[], None] | None = None
        self.on_message: Callable[[str], None] = _ignore
        self._look = ChartLook()
        self._session: ChartSession | None = None
        self._handle: Handle[[]] | None = None
        self._name_of: Callable[[InstrumentKey], str] = str
        self._label: Callable[[InstrumentKey], str] = code_of
        self._sides: Callable[[], tuple[str, str]] = _no_sides
        self._shown: object = None  # the series on the canvas
        self._live_version = 0
        self._stale = True
        self._chinese = False
        self.setObjectName("chart")

        self.view = ChartView(theme, on_inspect=self._inspect, parent=self)
        self.view.setObjectName("chartView")
        self.view.on_moved = self._moved
        self.view.on_zone = self._choose_zone
        self.drawings = ChartDrawings(self.view)  # asked before what Shift and Control hold
        self.drawings.on_message = self._say
        self._measure, self._box_zoom = MeasureTool(held=False), BoxZoomTool(held=False)
        self.view.tools.keep(MeasureTool(held=True))
        self.view.tools.keep(BoxZoomTool(held=True))
        self.view.tools.on_change.append(self._show_tools)
        self._now = NowButton(self.view)
        self._past = Past(self.view, self._now)
        self._intervals = IntervalButtons(self._choose, self)
        self._pictures = Pictures(self, self._picture_words, self._say)
        self.controls = ChartControls(
            theme,
            look=self.look,
            change=self._change_look,
            facts=self._facts,
            deeds=Deeds(
                automatic=self._scale_automatically,
                other_zone=self._ask_zone,
                measure=self._take_measure,
                box_zoom=self._take_box_zoom,
                save_picture=self._pictures.save,
                copy_picture=self._pictures.copy,
                export=self._export,
            ),
            parent=self,
        )
        self.indicators = IndicatorControls(
            self.view, self.controls, templates or TemplateShelf(), theme
        )
        self.controls.add(self.drawings.actions.button)
        self._heading = Heading(theme, (self._intervals, self.controls), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addWidget(self.view, 1)
        self._translate()

        # Changes that no tick brings, a load say, must show though no frame is due.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.on_frame)
        self._second = QTimer(self)
        self._second.setInterval(_SECOND_MS)
        self._second.timeout.connect(self._count_down)
        self.set_theme(theme)

    def bind(
        self,
        session: ChartSession,
        catalogue_name: Callable[[InstrumentKey], str],
        *,
        label: Callable[[InstrumentKey], str] = code_of,
        sides: Callable[[], tuple[str, str]] | None = None,
    ) -> None:
        """Show ``session``; ``catalogue_name`` gives an instrument's name, "" where none.

        ``label`` returns its code, with its vendor where that is a question; ``sides`` its bid
        and ask as the vendor writes them, "" for none.
        """
        self._session = session
        self._name_of = catalogue_name
        self._label = label
        self._sides = sides or _no_sides
        self._handle = session.changed.connect(self._expire)
        self._stale = True
        self.on_frame()

    def retitle(self) -> None:
        """Name the instrument again: its label is another one."""
        if self._session is not None:
            self._show_title(self._session)

    def look(self) -> ChartLook:
        """Return how the chart looks."""
        return self._look._replace(heights=self.view.stack.weights())

    def set_look(self, look: ChartLook) -> None:
        """Look as it was kept."""
        self._look = look
        self.view.stack.set_weights(look.heights)
        self.view.set_look(look)
        self.controls.refresh()
        self._count_down()
        self._show_sides()
        if self._session is not None:
            self._read_out(self._session)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.view.set_theme(theme)
        self._heading.set_theme(theme)
        self.controls.set_theme(theme)
        self.drawings.set_theme(theme)
        self.indicators.set_theme(theme)
        self._now.set_theme(theme)

    def on_frame(self) -> None:
        """Show what changed since the last frame; cheap where nothing did."""
        session = self._session
        if session is None:
            return
        if self._stale:
            self._refresh(session)
        elif session.live_version != self._live_version:
            self._live_version = session.live_version
            self.view.refresh_live(forming=session.forming)
            self._read_out(session)
        if self._look.bid_ask:
            self._show_sides()

    def state(self) -> dict[str, object]:
        """Return what the person reads, for a snapshot; "—" where nothing is known."""
        return state_of(self._session, chinese=self._chinese)

    # following the session

    def _expire(self) -> None:
        self._stale = True
        if not self._soon.isActive():
            self._soon.start(0)

    def _refresh(self, session: ChartSession) -> None:
        self._stale = False
        self._soon.stop()
        self._live_version = session.live_version
        if session.series is not self._shown:
            self._shown = session.series
            self.view.tools.reset()
            shown = session.series, session.interval, session.market
            self.indicators.chart.show_series(*shown)
            self.view.show_series(*shown)
        else:
            self.view.sync()
        self._past.renew()
        self.view.refresh_live(forming=session.forming)
        self._show_title(session)
        self._show_note(session)
        self._read_out(session)
        self._count_down()
        self._moved()

    def _show_title(self, session: ChartSession) -> None:
        key = session.key
        name = "" if key is None else self._name_of(key)
        self._heading.name(name, "" if key is None else self._label(key))
        code = "" if key is None else key.code
        self._intervals.show_state(code, session.intervals, session.interval)

    def _show_note(self, session: ChartSession) -> None:
        text = spoken_note(session.note)
        empty = not len(session.series)
        self.view.say(text if empty else "")
        self._heading.note("" if empty else text)

    def _read_out(self, session: ChartSession) -> None:
        if not len(session.series):
            self._heading.readout.show_figures("", (), 0.0)
            return
        index = self.view.crosshair.index
        index = len(session.series) - 1 if index is None else index
        row = session.series.row(index)
        moment = f"{self.view.moment_text(row.time_s)} {self.view.zone_text(row.time_s)}".rstrip()
        figures = bar_figures(session.series, index, chinese=self._chinese)
        self._heading.readout.show_figures(moment, figures, row.close - row.open)
        legends = (pane.legend.text for pane in self.view.stack.shown)
        self.view.setAccessibleDescription(
            "  ".join(filter(None, (self.drawings.told, self._heading.readout.text, *legends)))
        )

    def _inspect(self, _index: int | None) -> None:
        if self._session is not None:
            self._read_out(self._session)

    def _moved(self) -> None:
        if self._session is not None:
            self._past.follow(self._session)

    def _count_down(self) -> None:
        session = self._session
        shown = self._look.countdown and self.isVisible() and session is not None
        if session is None or not shown or self._wall_ms is None:
            self._second.stop()
            self.view.set_moment(remaining="")
            return
        left = seconds_left(session.series, session.interval, session.market, self._wall_ms())
        self.view.set_moment(remaining=countdown_text(left))
        if not self._second.isActive():
            self._second.start()

    def _show_sides(self) -> None:
        sides = sides_of(self._sides()) if self._look.bid_ask else Sides(None, None)
        self.view.set_moment(sides=sides)

    # what the person chose

    def _choose(self, interval: Interval) -> None:
        self._on_interval(interval)
        if self._session is not None:
            self._show_title(self._session)  # the session has the last word

    def _change_look(self, look: ChartLook) -> None:
        self.set_look(look)
        self.on_look(self.look())

    def _scale_automatically(self) -> None:
        for pane in self.view.stack:
            pane.manual = False
        self.view.refit()

    def _facts(self) -> Facts:
        session = self._session
        market = Market.UNKNOWN if session is None else session.market
        series = self.view.series
        time_s = series.last_s or 0
        by_hand = any(pane.manual for pane in self.view.stack)
        zone = short_name(exchange_zone(market), time_s)
        return Facts(market, zone, by_hand, bool(len(series)), self.on_export is not None)

    def _say(self, text: str) -> None:
        self.on_message(text)

    def _export(self) -> None:
        if self.on_export is not None:
            self.on_export()

    def _choose_zone(self, place: QPointF) -> None:
        menu = QMenu(self)
        menu.setObjectName("chartZones")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.controls.fill_zones(menu)
        menu.popup(self.view.viewport().mapToGlobal(place).toPoint())

    def _ask_zone(self) -> None:
        from alltick_desk.ui.chart.zone_dialog import ZoneDialog  # when somebody asks for it

        ZoneDialog(self._take_zone, self).open()

    def _take_zone(self, name: str) -> None:
        self._change_look(self.look()._replace(zone=name))

    def _take_measure(self, on: bool) -> None:
        self._take(self._measure, on=on)

    def _take_box_zoom(self, on: bool) -> None:
        self._take(self._box_zoom, on=on)

    def _take(self, tool: Tool, *, on: bool) -> None:
        self.view.tools.take(tool if on else None)
        if on:
            self.view.setFocus()

    def _show_tools(self) -> None:
        active = self.view.tools.active
        measures, zooms = active is self._measure, active is self._box_zoom
        self.controls.show_tools(measure=measures, box_zoom=zooms)

    def _picture_words(self) -> tuple[str, str, Theme]:
        """Return what stands above a picture: a title, what it shows, and the colours."""
        session, series = self._session, self.view.series
        if session is None or not len(series):
            return "", "", self._theme
        time_s = int(series.time[-1]) if self._wall_ms is None else self._wall_ms() // 1000
        words = (self._intervals.text(session.interval), self.view.clock_text(time_s))
        return self._heading.title, "  ".join(words), self._theme

    # building

    def _translate(self) -> None:
        """Take the words, and the units, of the current language."""
        self._chinese = QLocale().language() == QLocale.Language.Chinese
        self.setAccessibleName(translate("Chart", "Chart"))
        self.view.setAccessibleName(translate("Chart", "Candles"))
        self.view.set_chinese(self._chinese)
        self._heading.translate()
        self._now.translate()
        self._intervals.translate()
        self.controls.translate()
        self.drawings.translate()
        self.indicators.translate(chinese=self._chinese)

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
            self._stale = True
            self.on_frame()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count_down()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()


def _no_sides() -> tuple[str, str]:
    return "", ""


def _ignore(_: object) -> None:
    """Nobody wants to know."""
