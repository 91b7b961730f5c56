"""The chart panel: a title, the intervals, the figures of one bar, and the chart."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import Row
from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.observe import Handle
from alltick_desk.services.charts import ChartSession, Note, NoteKind
from alltick_desk.ui.chart.elided import ElidedLabel
from alltick_desk.ui.chart.figures import (
    UNKNOWN,
    moment_iso,
    moment_text,
    price_text,
    volume_text,
)
from alltick_desk.ui.chart.readout import ReadOut
from alltick_desk.ui.chart.view import ChartView
from alltick_desk.ui.theme import Theme
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate

_SENTENCES = (
    QT_TRANSLATE_NOOP("Chart", "Loading…"),
    QT_TRANSLATE_NOOP("Chart", "Waiting {seconds} s for the plan's next free call"),
    QT_TRANSLATE_NOOP("Chart", "No bars"),
    QT_TRANSLATE_NOOP("Chart", "{detail} Trying again in {seconds} s."),
)
_FIGURES = (
    QT_TRANSLATE_NOOP("Chart", "O"),
    QT_TRANSLATE_NOOP("Chart", "H"),
    QT_TRANSLATE_NOOP("Chart", "L"),
    QT_TRANSLATE_NOOP("Chart", "C"),
    QT_TRANSLATE_NOOP("Chart", "V"),
)
_INTERVALS = (
    QT_TRANSLATE_NOOP("Chart", "1m"),
    QT_TRANSLATE_NOOP("Chart", "5m"),
    QT_TRANSLATE_NOOP("Chart", "15m"),
    QT_TRANSLATE_NOOP("Chart", "30m"),
    QT_TRANSLATE_NOOP("Chart", "1h"),
    QT_TRANSLATE_NOOP("Chart", "2h"),
    QT_TRANSLATE_NOOP("Chart", "4h"),
    QT_TRANSLATE_NOOP("Chart", "1d"),
    QT_TRANSLATE_NOOP("Chart", "1w"),
    QT_TRANSLATE_NOOP("Chart", "1mo"),
)


class ChartPanel(QWidget):
    """Shows one chart session.

    Args:
        theme: the colours.
        on_interval: called with the interval that the person chose.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        on_interval: Callable[[Interval], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._on_interval = on_interval
        self._session: ChartSession | None = None
        self._handle: Handle[[]] | None = None
        self._name_of: Callable[[InstrumentKey], str] = str
        self._shown: object = None  # the series on the canvas
        self._live_version = 0
        self._stale = True
        self._inspected: int | None = None
        self.setObjectName("chart")

        self._name = ElidedLabel(self)
        self._name.setObjectName("chartName")
        bold = self._name.font()
        bold.setBold(True)
        self._name.setFont(bold)
        self._code = QLabel(self)
        self._code.setObjectName("chartCode")
        self._note = ElidedLabel(self)
        self._note.setObjectName("chartNote")
        # The figures come first; the note has what they leave.
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._readout = ReadOut(theme, self)
        self.view = ChartView(theme, on_inspect=self._inspect, parent=self)
        self.view.setObjectName("chartView")
        self._buttons = self._make_buttons()
        self._lay_out()
        self._translate()

        # Changes that no tick brings, a load say, must show though no frame is due.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.on_frame)
        self.set_theme(theme)

    def bind(self, session: ChartSession, catalogue_name: Callable[[InstrumentKey], str]) -> None:
        """Show ``session``; ``catalogue_name`` gives an instrument's name, "" where none."""
        self._session = session
        self._name_of = catalogue_name
        self._handle = session.changed.connect(self._expire)
        self._stale = True
        self.on_frame()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.view.set_theme(theme)
        self._readout.set_theme(theme)
        for label in (self._code, self._note):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), theme.muted)
            label.setPalette(palette)

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

    def state(self) -> dict[str, object]:
        """Return what the person reads, for a snapshot; "—" where nothing is known."""
        session = self._session
        last = dict.fromkeys(("time", "open", "high", "low", "close", "volume"), UNKNOWN)
        if session is None or session.key is None:
            return {"instrument": UNKNOWN, "interval": UNKNOWN, "bars": 0, "last": last}
        if len(session.series):
            row = session.series.row(-1)
            last["time"] = moment_iso(row.time_s, session.market)
            shown = ("open", "high", "low", "close", "volume")
            last.update(zip(shown, self._texts(session, row), strict=True))
        return {
            "instrument": session.key.code,
            "interval": session.interval.value,
            "bars": len(session.series),
            "last": last,
        }

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
            self._inspected = None
            self.view.show_series(session.series, session.interval, session.market)
        else:
            self.view.sync()
        self.view.refresh_live(forming=session.forming)
        self._show_title(session)
        self._show_note(session)
        self._read_out(session)

    def _show_title(self, session: ChartSession) -> None:
        key = session.key
        name = "" if key is None else self._name_of(key)
        self._name.setText(name or ("" if key is None else key.code))
        self._code.setText(key.code if key is not None and name else "")
        known = session.intervals
        for interval, button in self._buttons.items():
            has = interval in known
            button.setEnabled(has)
            button.setChecked(key is not None and interval is session.interval)
            if has or key is None:
                tip = translate("Chart", "Show {interval} bars").format(interval=button.text())
            else:
                tip = translate("Chart", "The vendor has no {interval} bars for {code}.").format(
                    interval=button.text(), code=key.code
                )
            button.setToolTip(tip)

    def _show_note(self, session: ChartSession) -> None:
        text = _sentence(session.note)
        empty = not len(session.series)
        self.view.say(text if empty else "")
        self._note.setText("" if empty else text)

    def _read_out(self, session: ChartSession) -> None:
        if not len(session.series):
            self._readout.show_figures("", (), 0.0)
            return
        index = self._inspected
        if index is not None:
            index = self.view.crosshair.index
        row = session.series.row(-1 if index is None else index)
        self._readout.show_figures(
            moment_text(row.time_s, session.interval, session.market),
            tuple(zip(self._labels, self._texts(session, row), strict=True)),
            row.close - row.open,
        )
        self.view.setAccessibleDescription(self._readout.text)

    def _texts(self, session: ChartSession, row: Row) -> list[str]:
        digits = session.series.digits
        known = row.volume > 0.0 or bool(session.series.volume.any())
        return [
            *(price_text(price, digits) for price in row[1:5]),
            volume_text(row.volume, chinese=self._chinese) if known else UNKNOWN,
        ]

    def _inspect(self, index: int | None) -> None:
        self._inspected = index
        if self._session is not None:
            self._read_out(self._session)

    def _choose(self, button_id: int) -> None:
        self._on_interval(list(Interval)[button_id])
        if self._session is not None:
            self._show_title(self._session)  # the session has the last word

    def _make_buttons(self) -> dict[Interval, QToolButton]:
        group = QButtonGroup(self)
        group.setExclusive(True)
        buttons = {}
        for number, interval in enumerate(Interval):
            button = QToolButton(self)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setEnabled(False)
            button.setObjectName(f"interval_{interval.value}")
            group.addButton(button, number)
            buttons[interval] = button
        group.idClicked.connect(self._choose)
        return buttons

    def _lay_out(self) -> None:
        title = QHBoxLayout()
        title.setContentsMargins(8, 4, 4, 0)
        title.setSpacing(6)
        title.addWidget(self._name)
        title.addWidget(self._code)
        title.addStretch(1)
        intervals = QHBoxLayout()
        intervals.setSpacing(0)
        for button in self._buttons.values():
            intervals.addWidget(button)
        title.addLayout(intervals)
        figures = QHBoxLayout()
        figures.setContentsMargins(8, 0, 8, 3)
        figures.setSpacing(12)
        figures.addWidget(self._readout)
        figures.addWidget(self._note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(title)
        column.addLayout(figures)
        column.addWidget(self.view, 1)

    def _translate(self) -> None:
        """Take the words, and the units, of the current language."""
        self._chinese = QLocale().language() == QLocale.Language.Chinese
        self._labels = [translate("Chart", letter) for letter in _FIGURES]
        self.setAccessibleName(translate("Chart", "Chart"))
        self._name.setAccessibleName(translate("Chart", "Charted instrument"))
        self._code.setAccessibleName(translate("Chart", "Charted code"))
        self._note.setAccessibleName(translate("Chart", "Chart note"))
        self._readout.setAccessibleName(translate("Chart", "Bar"))
        self.view.setAccessibleName(translate("Chart", "Candles"))
        self.view.set_chinese(self._chinese)
        for interval, button in self._buttons.items():
            button.setText(translate("Chart", interval.value))
            name = translate("Chart", "Interval {interval}").format(interval=button.text())
            button.setAccessibleName(name)

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
            self._readout.forget_width()
            self._stale = True
            self.on_frame()


def _sentence(note: Note) -> str:
    """Say a note in the person's language."""
    if note.kind is NoteKind.NONE:
        return ""
    text = translate("Chart", note.kind.value)
    return text.format(detail=spoken(note.detail), seconds=note.seconds)
