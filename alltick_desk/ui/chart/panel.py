"""The chart panel: a title, intervals and controls, the figures of one bar, and the chart."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QPointF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.observe import Handle
from alltick_desk.services.charts import ChartSession
from alltick_desk.services.template_shelf import TemplateShelf
from alltick_desk.ui.chart.bar_figures import state_of
from alltick_desk.ui.chart.compare_button import CompareButton
from alltick_desk.ui.chart.controls import ChartControls, Deeds, Facts
from alltick_desk.ui.chart.crosshair import NO_LEVEL
from alltick_desk.ui.chart.drawing_control import ChartDrawings
from alltick_desk.ui.chart.heading import Heading
from alltick_desk.ui.chart.indicators import IndicatorControls
from alltick_desk.ui.chart.inspection import InspectionTools
from alltick_desk.ui.chart.intervals import IntervalButtons
from alltick_desk.ui.chart.look import ChartLook
from alltick_desk.ui.chart.moment import Span, bar_span, bar_within
from alltick_desk.ui.chart.now_button import NowButton
from alltick_desk.ui.chart.past import Past
from alltick_desk.ui.chart.pictures import Pictures
from alltick_desk.ui.chart.telling import Telling
from alltick_desk.ui.chart.timing import Timing
from alltick_desk.ui.chart.view import ChartView
from alltick_desk.ui.chart.zone_choice import ZoneChoice
from alltick_desk.ui.theme import Theme
from alltick_desk.ui.vendors import code_of

if TYPE_CHECKING:  # loaded when somebody compares
    from alltick_desk.ui.chart.compare import ChartComparison

translate = QCoreApplication.translate


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
        heading: what stands above it.
        indicators: what is computed from its bars.
        on_look: called with what ``look()`` gives, whenever the person changed it.
        on_export: called where the person wants the bars in a file; None where nobody can.
        on_point: called with the bar that the crosshair stands on, None where there is none; not
            where it was ``point_at`` that moved it.
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
        self.on_point: Callable[[int | None], None] = _ignore
        self.on_message: Callable[[str], None] = _ignore
        self._look = ChartLook()
        self._session: ChartSession | None = None
        self._handle: Handle[[]] | None = None
        self._compare: ChartComparison | None = None
        self._shown: object = None  # the series on the canvas
        self._live_version = 0
        self._stale = True
        self.setObjectName("chart")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # wherever it is pressed

        self.view = ChartView(theme, on_inspect=self._inspect, parent=self)
        self.view.setObjectName("chartView")
        self.setFocusProxy(self.view)
        self.view.on_moved = self._moved
        self.view.on_shared = lambda: self.on_look(self.look())
        self.view.more_menu.append(self._fill_menu)
        self.view.on_zone = self._choose_zone
        self.drawings = ChartDrawings(self.view)  # asked before what Shift and Control hold
        self.drawings.on_message = self._say
        self.drawings.on_habits = self._keep_habits
        self._tools = InspectionTools(self.view)
        self.view.tools.on_change.append(self._show_tools)
        self._timing = Timing(self.view, self, wall_ms)
        self._zones = ZoneChoice(self.view, self, self._take_zone)
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
                other_zone=self._zones.ask,
                measure=self._tools.take_measure,
                box_zoom=self._tools.take_box_zoom,
                save_picture=self._pictures.save,
                copy_picture=self._pictures.copy,
                export=self._export,
                reset=self.view.show_newest,
                about=self._about,
            ),
            parent=self,
        )
        self.indicators = IndicatorControls(
            self.view, self.controls, templates or TemplateShelf(), theme
        )
        self._compare_button = CompareButton(theme, self.controls)
        self.controls.add(self._compare_button)
        self.controls.add(self.drawings.actions.button)
        self.heading = Heading(theme, self._intervals, self.controls, self)
        self._telling = Telling(
            self.view, self.heading, self._intervals, lambda: self.drawings.told
        )
        self._stand()
        self._translate()

        # Changes that no tick brings, a load say, must show though no frame is due.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.on_frame)
        self.set_theme(theme)

    def bind(
        self,
        session: ChartSession,
        catalogue_name: Callable[[InstrumentKey], str],
        *,
        label: Callable[[InstrumentKey], str] = code_of,
        sides: Callable[[], tuple[str, str]] | None = None,
        left_today: Callable[[], int | None] | None = None,
    ) -> None:
        """Show ``session``; ``catalogue_name`` gives an instrument's name, "" where none.

        ``label`` returns its code, with its vendor where that is a question; ``sides`` its bid
        and ask as the vendor writes them, "" for none; ``left_today`` how many calls its plan has
        left today, None for no such limit.
        """
        self._session = session
        self._telling.name_of, self._telling.label = catalogue_name, label
        if left_today is not None:
            self._telling.left_today = left_today
        self._timing.bind(session)
        if sides is not None:
            self._timing.sides = sides
        self._handle = session.changed.connect(self._expire)
        self._stale = True
        self.on_frame()

    @property
    def compare(self) -> "ChartComparison":
        """Other instruments beside it, in percent; made when it is first asked for."""
        if self._compare is None:
            from alltick_desk.ui.chart.compare import ChartComparison

            self._compare = ChartComparison(
                self.view,
                self.controls,
                self._compare_button,
                self._theme,
                look=self.look,
                change=self._change_look,
            )
        return self._compare

    def retitle(self) -> None:
        """Name the instrument again: its label is another one."""
        if self._session is not None:
            self._telling.show_title(self._session)

    def look(self) -> ChartLook:
        """Return how the chart looks."""
        return self._look._replace(heights=self.view.stack.weights())

    def set_look(self, look: ChartLook) -> None:
        """Look as it was kept."""
        self._look = look
        self.view.stack.set_weights(look.heights)
        self.view.set_look(look)
        self.drawings.set_habits(magnet=look.magnet, keeps=look.keeps)
        self.controls.refresh()
        self._timing.set_look(look)
        if self._session is not None:
            self._telling.read_out(self._session)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.view.set_theme(theme)
        self.heading.set_theme(theme)
        self.controls.set_theme(theme)
        self.drawings.set_theme(theme)
        self.indicators.set_theme(theme)
        self._compare_button.set_theme(theme)
        if self._compare is not None:
            self._compare.set_theme(theme)
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
            self._telling.read_out(session, ticked=True)
        self._timing.on_frame()
        if self._compare is not None:
            self._compare.on_frame()

    def span_of(self, index: int) -> Span | None:
        """Return when a bar begins and ends; None where it is not there."""
        session = self._session
        if session is None or not 0 <= index < len(session.series):
            return None
        return bar_span(session.series, index, session.interval, session.market)

    def point_at(self, span: Span | None) -> None:
        """Show by the crosshair what another chart looks at; None for nothing. No bars move."""
        session, cross = self._session, self.view.crosshair
        if session is None:
            return
        shown = session.series, session.interval, session.market
        index = None if span is None else bar_within(shown[0], span, *shown[1:])
        if index is None:
            cross.hide()
        else:
            cross.index, cross.level = index, NO_LEVEL
        self.view.place_crosshair()
        self._telling.read_out(session)

    def state(self) -> dict[str, object]:
        """Return what the person reads, for a snapshot; "—" where nothing is known."""
        return state_of(self._session, chinese=self._telling.chinese)

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
        self._telling.show_title(session)
        self._telling.show_note(session)
        self._telling.read_out(session)
        self._timing.count_down()
        self._moved()

    def _inspect(self, index: int | None) -> None:
        if self._session is not None:
            self._telling.read_out(self._session)
            self.on_point(index)

    def _moved(self) -> None:
        if self._session is not None:
            self._past.follow(self._session)

    # what the person chose

    def _choose(self, interval: Interval) -> None:
        self._on_interval(interval)
        if self._session is not None:
            self._telling.show_title(self._session)  # the session has the last word

    def _change_look(self, look: ChartLook) -> None:
        self.set_look(look)
        self.on_look(self.look())

    def _keep_habits(self) -> None:
        drawings = self.drawings
        self._change_look(self.look()._replace(magnet=drawings.aim.magnet, keeps=drawings.keeps))

    def _scale_automatically(self) -> None:
        for pane in self.view.stack:
            pane.manual = False
        self.view.refit()

    def _facts(self) -> Facts:
        return self._telling.facts(self._session, exports=self.on_export is not None)

    def _say(self, text: str) -> None:
        self.on_message(text)

    def _export(self) -> None:
        if self.on_export is not None:
            self.on_export()

    def _fill_menu(self, menu: QMenu) -> None:
        """Add to the menu that opens where the chart is pressed."""
        if not menu.isEmpty():
            menu.addSeparator()
        self.controls.add_view_entries(menu)

    def _about(self) -> None:
        """Tell what is known of the bars themselves."""
        if self._session is not None and len(self._session.series):
            from alltick_desk.ui.chart.about_bars import AboutBars

            title = f"{self.heading.title}, {self._intervals.text(self._session.interval)}"
            AboutBars(self._session, title, self.view, self).open()

    def _choose_zone(self, place: QPointF) -> None:
        self._zones.open_menu(place, self.controls)

    def _take_zone(self, name: str) -> None:
        self._change_look(self.look()._replace(zone=name))

    def _show_tools(self) -> None:
        measures, zooms = self._tools.taken
        self.controls.show_tools(measure=measures, box_zoom=zooms)

    def _picture_words(self) -> tuple[str, str, Theme]:
        """Return what stands above a picture: a title, what it shows, and the colours."""
        return *self._telling.picture_words(self._session, self._wall_ms), self._theme

    # building

    def _stand(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.view, 1)

    def _translate(self) -> None:
        """Take the words, and the units, of the current language."""
        chinese = self._telling.chinese = QLocale().language() == QLocale.Language.Chinese
        self.setAccessibleName(translate("Chart", "Chart"))
        self.view.setAccessibleName(translate("Chart", "Candles"))
        self.view.set_chinese(chinese)
        self.heading.translate()
        self._now.translate()
        self._intervals.translate()
        self.controls.translate()
        self.drawings.translate()
        self._compare_button.translate()
        self.indicators.translate(chinese=chinese)

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
            self._stale = True
            self.on_frame()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timing.count_down()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timing.pause()


def _ignore(_: object) -> None:
    """Nobody wants to know."""
