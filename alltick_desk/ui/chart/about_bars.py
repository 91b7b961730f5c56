"""The dialog that tells what is known of the bars themselves: how true they are, what is missing.

Built bars are those that the desk made of trades before the vendor's came.
"""

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.services.charts import ChartSession, DriftFigure
from alltick_desk.services.gaps import ChartGap
from alltick_desk.store.candle_values import GapReason
from alltick_desk.ui.chart.view import ChartView
from alltick_desk.ui.plain_buttons import plain_buttons
from alltick_desk.ui.settings.parts import Hint
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate

MOST_GAPS: Final = 200  # nobody reads on, and the newest come first
_PIECE = 20_000  # bars that are looked through at a time; takes a few milliseconds
_WIDTH_PX, _HEIGHT_PX = 560, 420
_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class AboutBars(QDialog):
    """Tells of the bars that a chart shows when it is opened. Show it with ``open()``.

    The gaps are looked for newest first, a piece of the history at a time.

    ``title`` names the instrument and the interval.

    Attributes:
        figures: what is told above the gaps: a title and a sentence each.
        gaps: how many gaps are listed.
    """

    def __init__(
        self, session: ChartSession, title: str, view: ChartView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._view = session, view
        self._series = session.series
        self._before = len(self._series)  # bars from here on have been looked through
        self.gaps = 0
        self.setObjectName("aboutBars")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("Chart", "About these bars"))
        name = QLabel(title, self)
        bold = name.font()
        bold.setBold(True)
        name.setFont(bold)
        self.figures = self._figures()
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        for row, (label, words) in enumerate(self.figures):
            told = QLabel(words, self)
            told.setWordWrap(True)
            told.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            told.setTextInteractionFlags(_SELECTABLE)
            told.setAccessibleName(label)
            grid.addWidget(QLabel(label, self), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(told, row, 1)
        self._hint = Hint("", self)
        self._hint.setContentsMargins(0, 0, 0, 0)
        self._hint.setObjectName("aboutBarsGaps")
        self._list = self._make_list()
        buttons = plain_buttons(QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(name)
        column.addLayout(grid)
        column.addWidget(self._hint)
        column.addWidget(self._list, 1)
        column.addStretch()  # where there is no list
        column.addWidget(buttons)
        self._soon = QTimer(self)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._look_on)
        self._soon.start()
        self._look_on()
        self.resize(_WIDTH_PX, max(_HEIGHT_PX, self.heightForWidth(_WIDTH_PX)))

    # inside

    def _figures(self) -> list[tuple[str, str]]:
        session, series = self._session, self._series
        count = translate("Chart", "{count} from {first} to {last}").format(
            count=f"{len(series):,}",
            first=self._moment(int(series.time[0])),
            last=self._moment(int(series.time[-1])),
        )
        beginning = session.beginning
        older = translate("Chart", "Older bars are loaded as you go there.")
        if beginning is not None:
            older = spoken(beginning.reason)
        return [
            (translate("Chart", "Bars:"), count),
            (translate("Chart", "Before them:"), older),
            (translate("Chart", "Built bars:"), self._drift_words(session.drift)),
        ]

    def _make_list(self) -> QTableWidget:
        table = QTableWidget(0, 2, self)
        table.setObjectName("aboutBarsList")
        table.setAccessibleName(translate("Chart", "Gaps"))
        table.setHorizontalHeaderLabels([translate("Chart", "When"), translate("Chart", "Why")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)  # Tab goes on to the button
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.verticalHeader().hide()
        fitting = QHeaderView.ResizeMode.ResizeToContents
        table.verticalHeader().setSectionResizeMode(fitting)
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, fitting)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        return table

    def _look_on(self) -> None:
        """Look for gaps in the piece before what was looked through."""
        if self._session.series is not self._series:  # something else is charted by now
            self._soon.stop()
            return
        first = max(0, self._before - _PIECE)
        found = [
            gap
            for gap in reversed(self._session.gaps(first, self._before))
            if gap.kind is not GapReason.CLOSED
        ]
        for gap in found[: MOST_GAPS - self.gaps]:
            self._list.insertRow(self.gaps)
            for column, text in enumerate((self._when(gap), spoken(gap.reason))):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                self._list.setItem(self.gaps, column, item)
            self.gaps += 1
        self._before = first
        if not first or self.gaps == MOST_GAPS:
            self._soon.stop()
        self._say()

    def _when(self, gap: ChartGap) -> str:
        """Say when a gap is, without saying a day twice."""
        begin, end = self._view.moment_text(gap.from_s), self._view.moment_text(gap.to_s)
        day, _, clock = end.rpartition(" ")
        if day and begin.startswith(f"{day} "):
            end = clock
        return f"{begin} – {end} {self._view.zone_text(gap.to_s)}".rstrip()

    def _say(self) -> None:
        self._list.setVisible(bool(self.gaps))
        if self._soon.isActive():
            words = translate("Chart", "Looking for gaps…")
        elif not self.gaps:
            words = translate("Chart", "No bar is missing.")
        elif self.gaps == MOST_GAPS:
            words = translate("Chart", "The newest {count} gaps:").format(count=MOST_GAPS)
        else:
            words = translate("Chart", "Gaps ({count}):").format(count=self.gaps)
        if words != self._hint.text():
            self._hint.setText(words)

    def _drift_words(self, drift: DriftFigure | None) -> str:
        """Say how far built bars were off, over how many, and since when."""
        if drift is None:
            return translate(
                "Chart",
                "Not compared yet. A bar is compared when the vendor's takes the place of one that "
                "the desk built from trades.",
            )
        if drift.since_s is None:
            words = translate("Chart", "{percent} % over {bars}.")
        else:
            words = translate("Chart", "{percent} % over {bars} since {day}.")
        one = drift.bars == 1
        bars = translate("Chart", "one bar") if one else translate("Chart", "{count} bars")
        told = words.format(
            percent=f"{drift.mean_percent:.4f}",
            bars=bars.format(count=f"{drift.bars:,}"),
            day="" if drift.since_s is None else self._view.moment_text(drift.since_s).split()[0],
        )
        return f"{told}\n{_drift_details(drift, self._series.digits)}"

    def _moment(self, time_s: int) -> str:
        zone = self._view.zone_text(time_s)
        return f"{self._view.moment_text(time_s)} {zone}".rstrip()


def _drift_details(drift: DriftFigure, digits: int) -> str:
    """Say in prices how far built bars were off."""
    step = 10.0**-digits
    return translate(
        "Chart",
        "The closes were off by {mean_price} on average ({mean_steps} steps of {step}), the worst "
        "price by {worst_price} ({worst_steps} steps, {worst_percent} %).",
    ).format(
        mean_price=f"{drift.mean_steps * step:.{digits + 2}f}",
        mean_steps=f"{drift.mean_steps:.2f}",
        worst_price=f"{drift.worst_steps * step:.{digits}f}",
        worst_steps=f"{drift.worst_steps:.0f}",
        worst_percent=f"{drift.worst_percent:.4f}",
        step=f"{step:.{digits}f}",
    )
