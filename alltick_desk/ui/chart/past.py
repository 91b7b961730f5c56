"""Keeps the past in step with what is looked at: older bars, holes, the beginning, the way back."""

from alltick_desk.services.charts import ChartSession
from alltick_desk.store.candle_values import GapReason
from alltick_desk.ui.chart.now_button import NowButton
from alltick_desk.ui.chart.view import ChartView

_PIECE = 1024  # bars
_MOST_MARKED = 20 * _PIECE  # with more in view a hole is narrower than a pixel


class Past:
    """Stands between a view and its session; cheap enough for every move."""

    def __init__(self, view: ChartView, now: NowButton) -> None:
        self._view = view
        self._now = now
        self._marked: tuple[int, int] | None = None  # where holes have been looked for

    def renew(self) -> None:
        """Look for holes anew: bars came, or more is known of them."""
        self._marked = None

    def follow(self, session: ChartSession) -> None:
        """Have older bars ready, hatch the holes, and offer a way back to the newest bar."""
        if not len(session.series):
            self._now.hide()
            return
        axis, window = self._view.axis, self._view.window_
        first, last = axis.bar(window.left), axis.bar(window.right)
        session.reach(first, last - first)
        self._mark(session, int(first), int(last))
        newest = float(axis.place(float(len(session.series) - 1)))
        self._now.stand(shown=not window.shows(newest))

    def _mark(self, session: ChartSession, first: int, last: int) -> None:
        """Hatch the holes about what is in view, by pieces, so that a move seldom asks."""
        first, last = first // _PIECE * _PIECE, -(-last // _PIECE) * _PIECE
        if (first, last) == self._marked:
            return
        self._marked = (first, last)
        gaps = session.gaps(first, last) if last - first <= _MOST_MARKED else []
        beginning = session.beginning
        self._view.show_history(
            [gap for gap in gaps if gap.kind is not GapReason.CLOSED],
            "" if beginning is None else beginning.reason,
        )
