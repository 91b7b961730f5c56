"""How often rows tick: counts looked at once a second, over the last seconds."""

from collections import deque
from collections.abc import Iterable

from alltick_desk.services.quotes import QuoteRow
from alltick_desk.ui.watchlist.facts import Facts

SPAN_S = 10  # the rate is the mean of so many seconds


class TickRates:
    """Rates by row, from counts that only grow; of what nobody counts there is none."""

    def __init__(self) -> None:
        self._looks: deque[tuple[float, dict[QuoteRow, int]]] = deque(maxlen=SPAN_S + 1)

    def note(self, rows: Iterable[QuoteRow], facts: Facts, now_s: float) -> None:
        """Take the counts down at ``now_s`` (monotonic seconds); call it once a second."""
        counts = {}
        for row in rows:
            known = facts(row.key)
            if known is not None and known.ticks is not None:
                counts[row] = known.ticks
        if self._looks and now_s - self._looks[-1][0] > SPAN_S:
            self._looks.clear()  # nobody looked for a while: an old count tells of no rate now
        self._looks.append((now_s, counts))

    def of(self, row: QuoteRow) -> float | None:
        """Return ticks a second; None before there were two looks."""
        if not self._looks:
            return None
        newest_s, newest = self._looks[-1]
        if row not in newest:
            return None
        for oldest_s, oldest in self._looks:
            if row in oldest and oldest_s < newest_s:
                return (newest[row] - oldest[row]) / (newest_s - oldest_s)
        return None
