"""The indicators of one chart: chosen, computed, and each in its pane."""

from collections import deque
from collections.abc import Iterable
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer

from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import CandleSeries
from alltick_desk.model.words import Sentence
from alltick_desk.observe import Hook
from alltick_desk.services.indicators.catalogue import INDICATORS
from alltick_desk.services.indicators.declaration import Indicator, Place
from alltick_desk.services.indicators.library import IndicatorUnavailableError, obstacle
from alltick_desk.services.indicators.study import Study
from alltick_desk.services.indicators.templates import (
    PANES,
    Entry,
    Template,
    TemplateError,
    decode,
    encode,
    entry_problems,
)
from alltick_desk.ui.chart.canvas import ChartCanvas
from alltick_desk.ui.chart.figures import is_dated
from alltick_desk.ui.chart.indicators.member import FIXED, Member
from alltick_desk.ui.chart.indicators.plot import Plot
from alltick_desk.ui.chart.indicators.selection import fresh
from alltick_desk.ui.chart.indicators.values import Values
from alltick_desk.ui.chart.indicators.writing import IndicatorWriting
from alltick_desk.ui.chart.layers import Layer
from alltick_desk.ui.chart.pane import Fit, Pane

_GROUND_Z, _LINES_Z = -5.0, 10.0  # the candles stand at 0
_WEIGHT = 24.0
_LATER = Sentence(
    "Indicators",
    "This indicator belongs to another version of the desk, so it is kept but not drawn.",
)
_LOST = Sentence(
    "Indicators",
    "The indicators of last time could not be read, so the chart begins without them.",
)
_NO_VOLUME = Sentence(
    "Indicators", "The vendor gives no volume for this instrument, so there is nothing to draw."
)
_NOT_INTRADAY = Sentence(
    "Indicators",
    "It begins anew every day, so it is drawn only where a bar is shorter than a day.",
)


class ChartIndicators(QObject):
    """Keeps the chosen indicators drawn on a canvas.

    Whatever is chosen shows at once. Over a long series no two are computed in one frame.

    Attributes:
        changed: emitted when other indicators are chosen, or others of their looks.
    """

    def __init__(self, canvas: ChartCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._interval, self._market = canvas.interval, canvas.market
        self._series = canvas.series
        self._chinese = False
        self._members: list[Member] = []
        self._made: list[Pane] = []  # there for indicators alone
        self.changed: Hook[[]] = Hook()
        self._due: deque[Values] = deque()
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(1)  # after what is due now has been painted
        self._next.timeout.connect(self._compute_next)

    # what is shown

    def show_series(self, series: CandleSeries, interval: Interval, market: Market) -> None:
        """Compute over another series; to be called before the canvas shows it."""
        self._series, self._interval, self._market = series, interval, market
        self._due.clear()
        for member in self._members:
            if member.plot is not None:
                member.plot.values = self._values(member.chosen, member.plot.indicator)
                member.plot.writing.series = series

    def set_chinese(self, chinese: bool) -> None:
        """Choose between Chinese and English units of volume."""
        self._chinese = chinese
        for member in self._members:
            if member.plot is not None:
                member.plot.writing.chinese = chinese
        self._canvas.refit()

    # what is chosen

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is chosen, in the order in which it was added."""
        return tuple(member.chosen for member in self._members)

    def set_entries(self, entries: Iterable[Entry]) -> None:
        """Show these and no others; they must be without problems."""
        for member in self._members:
            self._take_off(member)
        self._members = []
        for entry in entries:
            self._members.append(self._member(entry))
        self._settle()
        self.changed.emit()

    def add(self, name: str) -> int:
        """Add an indicator by its id; return its place among the entries."""
        indicator = INDICATORS[name]
        plain = self._member(Entry(name))
        beside = [m.chosen for m in self._members if m.pane_id == plain.pane_id]
        self._members.append(self._member(fresh(indicator, self.entries, beside)))
        self._settle()
        self.changed.emit()
        return len(self._members) - 1

    def replace(self, place: int, entry: Entry) -> list[Sentence]:
        """Put another form of the same indicator in a place.

        Returns what is wrong with it, a sentence each; then nothing has changed.
        """
        faults = entry_problems(entry)
        member = self._members[place]
        if faults or entry == member.chosen:
            return faults
        before = member.computed
        member.chosen = entry
        plot = member.plot
        if plot is not None:
            plot.chosen = entry
            if member.computed != before:
                plot.values = self._values(entry, plot.indicator)
        self._settle()
        self.changed.emit()
        return []

    def remove(self, place: int) -> None:
        """Take an indicator off the chart."""
        self._take_off(self._members.pop(place))
        self._settle()
        self.changed.emit()

    def hide(self, place: int, *, hidden: bool = True) -> None:
        """Draw an indicator no more for a while, or again."""
        self.replace(place, replace(self._members[place].chosen, visible=not hidden))

    def part(self, place: int) -> bool:
        """Give an entry a pane of its own; False where no number is free for one."""
        member = self._members[place]
        if member.pane_id not in FIXED and not self.mates(place):
            return True
        indicator = member.chosen.indicator
        pane: str | None = ""
        if indicator is None or indicator.place is not Place.BENEATH:
            pane = self._free_number()
        if pane is not None:
            self.replace(place, replace(member.chosen, pane=pane))
        return pane is not None

    def join(self, place: int, other: int) -> bool:
        """Move an entry into the pane of another; False where no number is free for the two."""
        member, host = self._members[place], self._members[other]
        pane = host.chosen.pane
        if host.pane_id in FIXED:
            pane = host.pane_id
        elif not pane:
            number = self._free_number()
            if number is None:
                return False
            pane = number
            self.replace(other, replace(host.chosen, pane=pane))
        self.replace(place, replace(member.chosen, pane=pane))
        return True

    def mates(self, place: int) -> list[int]:
        """Return the places of the others in an entry's pane."""
        pane = self._members[place].pane
        return [] if pane is None else [one for one in self.in_pane(pane) if one != place]

    def where(self, place: int) -> str:
        """Return the id of the pane that an entry belongs to."""
        return self._members[place].pane_id

    def place_of(self, layer: object) -> int | None:
        """Return the place of the entry that a layer draws."""
        for place, member in enumerate(self._members):
            if layer is not None and layer is member.plot:
                return place
        return None

    def in_pane(self, pane: Pane) -> list[int]:
        """Return the places of the entries in a pane."""
        return [place for place, member in enumerate(self._members) if member.pane is pane]

    def label(self, place: int) -> str:
        """Return what an entry is called, e.g. ``MACD 12 26 9``."""
        member = self._members[place]
        return member.chosen.id if member.plot is None else member.plot.label

    def hint(self, place: int) -> str:
        """Return why an entry draws nothing, a sentence; "" where it does."""
        member = self._members[place]
        if member.plot is None:
            return _LATER
        indicator = member.plot.indicator
        if indicator.intraday and is_dated(self._interval):
            return _NOT_INTRADAY
        if len(self._series) and indicator.needs_volume and not self._has_volume():
            return _NO_VOLUME
        return obstacle() if indicator.function else ""

    # what is kept

    def saved(self) -> str:
        """Return the entries as a text for ``restore``."""
        return encode(Template("chart", self.entries)).decode()

    def restore(self, text: str) -> str:
        """Show what ``saved`` gave; return a sentence where that cannot be read, else ""."""
        try:
            template = decode(text)
        except TemplateError:
            return _LOST
        self.set_entries(template.entries)
        return ""

    # inside

    def _member(self, entry: Entry) -> Member:
        indicator = entry.indicator
        plot = None
        if indicator is not None:
            writing = IndicatorWriting(indicator.figures, self._series, chinese=self._chinese)
            plot = Plot(entry, indicator, self._values(entry, indicator), writing, self._has_volume)
        return Member(entry, self._free_id(entry.id), plot)

    def _values(self, entry: Entry, indicator: Indicator) -> Values | None:
        if indicator.intraday and is_dated(self._interval):
            return None
        try:
            study = Study(self._series, indicator, entry.parameters, market=self._market)
        except IndicatorUnavailableError:
            return None  # ``hint`` tells
        values = Values(study, self._series, self._wait)
        values.summed = indicator.place is Place.VOLUME and entry.pane in {"", Place.VOLUME.value}
        return values

    def _free_id(self, name: str) -> str:
        taken = {member.own for member in self._members}
        number = 1
        while (own := name if number == 1 else f"{name}-{number}") in taken:
            number += 1
        return own

    def _free_number(self) -> str | None:
        taken = {member.chosen.pane for member in self._members}
        return next((name for name in PANES if name.isdigit() and name not in taken), None)

    def _has_volume(self) -> bool:
        return self._canvas.volume.wanted

    def _settle(self) -> None:
        """Have every layer in its pane, every pane that is needed and no other; then draw."""
        for member in self._members:
            if member.plot is not None and (
                member.pane is None or member.pane.id != member.pane_id
            ):
                before = member.pane if member.pane in self._made else None
                self._take_off(member)
                self._put_on(member, member.plot, _WEIGHT if before is None else before.weight)
        needed = {member.pane for member in self._members}
        for pane in [pane for pane in self._made if pane not in needed]:
            self._made.remove(pane)
            self._canvas.remove_pane(pane)
        for pane in self._made:
            self._dress(pane)
        canvas = self._canvas
        canvas.window_.ahead = max((member.ahead for member in self._members), default=0)
        if not canvas.window_.moved:
            canvas.window_.reset(canvas.axis.extent)
        canvas.arrange()

    def _put_on(self, member: Member, plot: Plot, weight: float) -> None:
        name = member.pane_id
        pane = self._canvas.stack.find(name)
        if pane is None:
            pane = self._canvas.add_pane(name, plot.writing, weight=weight)
            pane.on_remove = partial(self._clear, pane)
            self._made.append(pane)
        member.pane = pane
        if member.ground is not None:
            pane.add(member.ground, _GROUND_Z)
        pane.add(plot, _LINES_Z)

    def _take_off(self, member: Member) -> None:
        pane, member.pane = member.pane, None
        layers: tuple[Layer | None, ...] = (member.plot, member.ground)
        for layer in layers:
            if pane is not None and layer is not None:
                pane.remove(layer)

    def _clear(self, pane: Pane) -> None:
        """Take everything off that is in a pane, and the pane with it."""
        for place in reversed(self.in_pane(pane)):
            self._take_off(self._members.pop(place))
        self._settle()
        self.changed.emit()

    def _dress(self, pane: Pane) -> None:
        """Give a pane the title, the scale and the figures of what is in it."""
        plots = [m.plot for m in self._members if m.pane is pane and m.plot is not None]
        pane.title = ", ".join(dict.fromkeys(plot.indicator.short for plot in plots))
        pane.writing = plots[0].writing
        scales = {plot.indicator.scale for plot in plots}
        scale = scales.pop() if len(scales) == 1 else None
        pane.fit = Fit(fixed=scale)

    def _wait(self, values: Values) -> None:
        self._due.append(values)
        if not self._next.isActive():
            self._next.start()

    def _compute_next(self) -> None:
        """Compute the next values that are still wanted, and draw them."""
        wanted = {id(m.plot.values) for m in self._members if m.plot is not None}
        while self._due:
            values = self._due.popleft()
            if id(values) in wanted:
                values.compute()
                self._canvas.refit()
                break
        if self._due:
            self._next.start()
