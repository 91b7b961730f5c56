"""What a chart tells of its session: whose it is, one bar's figures, and what there is to say."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QTimer

from alltick_desk.model.calendar import exchange_zone
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.services.charts import ChartSession, Note, NoteKind
from alltick_desk.ui.chart.bar_figures import bar_figures, spoken_note
from alltick_desk.ui.chart.controls import Facts
from alltick_desk.ui.chart.heading import Heading
from alltick_desk.ui.chart.intervals import IntervalButtons
from alltick_desk.ui.chart.view import ChartView
from alltick_desk.ui.chart.zones import short_name
from alltick_desk.ui.vendors import code_of

translate = QCoreApplication.translate

_DESCRIBED_MS = 1000  # a screen reader says no bar faster, and most desks have none

# What a page of bars costs, and how long it waits: with and without a day's limit.
_COSTS = {
    NoteKind.WAITING: (
        QT_TRANSLATE_NOOP("Chart", "Waiting: 1 call, next free in {seconds} s; {left} left today"),
        QT_TRANSLATE_NOOP("Chart", "Waiting: 1 call, next free in {seconds} s"),
    ),
    NoteKind.OLDER: (
        QT_TRANSLATE_NOOP("Chart", "Loading older bars: 1 call, {left} left today"),
        QT_TRANSLATE_NOOP("Chart", "Loading older bars: 1 call"),
    ),
    NoteKind.OLDER_WAITING: (
        QT_TRANSLATE_NOOP(
            "Chart", "Older bars: 1 call, next free in {seconds} s; {left} left today"
        ),
        QT_TRANSLATE_NOOP("Chart", "Older bars: 1 call, next free in {seconds} s"),
    ),
}


class Telling:
    """Keeps the heading, and what a screen reader hears, in step with a session.

    Args:
        drawn: what there is to say of drawings, "" for nothing.

    Attributes:
        chinese: whether the units are those of Chinese.
        name_of: an instrument's name, "" where none is known.
        label: its code, with its vendor where that is a question.
        left_today: how many calls the plan has left today; None where it has no such limit.
    """

    def __init__(
        self,
        view: ChartView,
        heading: Heading,
        intervals: IntervalButtons,
        drawn: Callable[[], str],
    ) -> None:
        self._view, self._heading, self._intervals = view, heading, intervals
        self._drawn = drawn
        self.chinese = False
        self.name_of: Callable[[InstrumentKey], str] = str
        self.label: Callable[[InstrumentKey], str] = code_of
        self.left_today: Callable[[], int | None] = _unlimited
        self._owed = QTimer(view)  # runs while the description is older than the figures
        self._owed.setSingleShot(True)
        self._owed.setInterval(_DESCRIBED_MS)
        self._owed.timeout.connect(self._describe)

    def show_title(self, session: ChartSession) -> None:
        """Name the instrument, and mark its interval."""
        key = session.key
        name = "" if key is None else self.name_of(key)
        self._heading.name(name, "" if key is None else self.label(key))
        code = "" if key is None else key.code
        self._intervals.show_state(code, session.intervals, session.interval)

    def show_note(self, session: ChartSession) -> None:
        """Say what there is to say: in the middle of an empty chart, else beside the figures."""
        text = self._words(session.note)
        empty = not len(session.series)
        self._view.say(text if empty else "")
        self._heading.note("" if empty else text)

    def read_out(self, session: ChartSession, *, ticked: bool = False) -> None:
        """Show the figures of the bar under the crosshair, else of the newest.

        ``ticked`` is where nothing but a trade brought them: then the description, which is long
        to write, follows within a second.
        """
        view, readout = self._view, self._heading.readout
        if not len(session.series):
            readout.show_figures("", (), 0.0)
            return
        index = view.crosshair.index
        index = len(session.series) - 1 if index is None else index
        row = session.series.row(index)
        moment = f"{view.moment_text(row.time_s)} {view.zone_text(row.time_s)}".rstrip()
        volumes = view.volume.wanted  # known already: to look for one takes as long as a frame
        figures = bar_figures(session.series, index, volumes=volumes, chinese=self.chinese)
        readout.show_figures(moment, figures, row.close - row.open)
        if not ticked:
            self._describe()
        elif not self._owed.isActive():
            self._owed.start()

    def _describe(self) -> None:
        """Write down for a screen reader what is drawn, the figures shown, and the legends."""
        self._owed.stop()
        legends = (pane.legend.text for pane in self._view.stack.shown)
        words = (self._drawn(), self._heading.readout.text, *legends)
        self._view.setAccessibleDescription("  ".join(filter(None, words)))

    def facts(self, session: ChartSession | None, *, exports: bool) -> Facts:
        """Return what the menu must know; ``exports`` is whether somebody writes bars."""
        market = Market.UNKNOWN if session is None else session.market
        series = self._view.series
        by_hand = any(pane.manual for pane in self._view.stack)
        zone = short_name(exchange_zone(market), series.last_s or 0)
        return Facts(market, zone, by_hand, bool(len(series)), exports)

    def picture_words(
        self, session: ChartSession | None, wall_ms: Callable[[], int] | None
    ) -> tuple[str, str]:
        """Return a picture's title, and its interval and time; "" where nothing is shown."""
        series = self._view.series
        if session is None or not len(series):
            return "", ""
        time_s = int(series.time[-1]) if wall_ms is None else wall_ms() // 1000
        words = (self._intervals.text(session.interval), self._view.clock_text(time_s))
        return self._heading.title, "  ".join(words)

    def _words(self, note: Note) -> str:
        """Say a note; where a call waits or is under way, what it costs."""
        costs = _COSTS.get(note.kind)
        if costs is None:
            return spoken_note(note)
        left = self.left_today()
        words = translate("Chart", costs[left is None])
        return words.format(seconds=note.seconds, left=left)


def _unlimited() -> None:
    """No limit is known."""
