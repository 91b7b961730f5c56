"""One chart of the desk: what it shows, in which interval and group, and how it looks."""

from collections.abc import Callable, Mapping
from typing import Any

from alltick_desk.app.chart_words import interval_of, key_of
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.services.chart_groups import group_of
from alltick_desk.services.charts import ChartSession
from alltick_desk.ui.chart import ChartLook, ChartPanel
from alltick_desk.ui.chart.drawing_control import ChartDrawings

_INDICATORS = "indicators"  # the name of their text among the words
_OWN = frozenset({"opened", "interval", "group"})


class ChartPlace:
    """A session and the panel that shows it.

    Args:
        words: its own of an earlier run.
        interval: the first one, where the words have none.
        draw: shows an instrument's drawings on a chart.

    Attributes:
        opened: the instrument that was chosen; None before the first one.
        interval: the interval that was chosen. The session shows the next shorter one where the
            instrument does not have it.
        group: the group of charts that it belongs to.
        panel: None until it is made.
        look: how it looks, in small words that only the chart understands.
    """

    def __init__(
        self,
        session: ChartSession,
        words: Mapping[str, str],
        interval: Interval,
        draw: Callable[[InstrumentKey, ChartDrawings], None],
    ) -> None:
        self.session = session
        self.opened = key_of(words.get("opened", ""))
        self.interval = interval_of(words.get("interval", ""), interval)
        self.group = group_of(words.get("group", ""))
        self._draw = draw
        self.panel: ChartPanel | None = None
        self.look = {name: word for name, word in words.items() if name not in _OWN}
        self._handles: tuple[Any, ...] = ()

    def furnish(self, panel: ChartPanel, say: Callable[[str], None], *handles: Any) -> None:
        """Give it its panel, looking as it did; ``handles`` live as long as it does."""
        note = panel.indicators.begin(self.look.get(_INDICATORS))  # first: their panes have heights
        if note:
            say(note)
            del self.look[_INDICATORS]
        self._handles = (panel.indicators.chart.changed.connect(self._keep_indicators), *handles)
        panel.set_look(ChartLook.from_dict(self.look))
        panel.on_look = self._keep_look
        self.panel = panel

    def show(self, key: InstrumentKey) -> None:
        """Show an instrument in the chosen interval."""
        self.opened = key
        self.session.open(key, self.interval)
        if self.panel is not None:
            self._draw(key, self.panel.drawings)

    def choose(self, interval: Interval) -> None:
        """Show the instrument in another interval."""
        self.interval = interval
        if self.opened is not None:
            self.session.open(self.opened, interval)

    def rest(self) -> None:
        """Ask for nothing any more until the next ``show``; nobody sees it."""
        self.session.close()
        if self.panel is not None and self.panel.indicators.dialog is not None:
            self.panel.indicators.dialog.close()

    def pause_drawing(self) -> None:
        """Settle what is being moved and give up what is half drawn: the person went elsewhere."""
        if self.panel is not None:
            self.panel.drawings.settle_nudge()
            self.panel.drawings.give_up()

    def words(self) -> dict[str, str]:
        """Return what the next run begins with."""
        own = {"opened": str(self.opened or ""), "interval": self.interval.value}
        if self.group:
            own["group"] = str(self.group)
        return own | self.look

    def _keep_look(self, look: ChartLook) -> None:
        self.look |= look.to_dict()

    def _keep_indicators(self) -> None:
        if self.panel is not None:
            self.look[_INDICATORS] = self.panel.indicators.chart.saved()
