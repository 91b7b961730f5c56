"""Painting the table's cells: texts that were read once, drawn with as few calls as there are."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPixmap

from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.ui.theme import Theme, fill
from alltick_desk.ui.watchlist.columns import COLUMNS, Tone
from alltick_desk.ui.watchlist.format import UNKNOWN, Reading, vendor
from alltick_desk.ui.watchlist.glyphs import FigureGlyphs, Spot
from alltick_desk.ui.watchlist.marks import state_colour, state_mark, vendor_tag
from alltick_desk.ui.watchlist.measure import Measure

CURRENT_BAR = 3  # pixels at the left of the row that the keyboard is on


class Line(NamedTuple):
    """What a row read like when it was last looked at; equal lines look the same."""

    texts: tuple[str, ...]
    state: RowState
    sign: int  # of the day's change
    vendor: str = ""  # its title, where rows tell whose they are


class Place(NamedTuple):
    """Where a column stands in the viewport."""

    column: int
    x: int
    width: int
    room: int  # for the text: the width without what is kept free at both ends


class Group(NamedTuple):
    """Figures that one call draws, since they share a colour."""

    tone: Tone
    places: tuple[Place, ...]
    edges: tuple[Spot, ...]


class Band(NamedTuple):
    """The columns of a part of the viewport, sorted once for all its rows."""

    left: int
    width: int
    words: tuple[Place, ...]
    groups: tuple[Group, ...]  # the figures by tone
    muted: Group  # the figures of a row that is not live
    flashing: tuple[Place, ...]


class RowLook(NamedTuple):
    """What a row looks like beside its texts."""

    selected: bool
    current: bool
    flash: int  # 1 or -1 where the price has just moved, else 0


def read_line(row: QuoteRow, reading: Reading) -> Line:
    """Read all cells of a row."""
    change = row.change
    sign = 0 if not change else 1 if change > 0 else -1
    texts = tuple([column.text(row, reading) for column in COLUMNS])
    return Line(texts, row.state, sign, vendor(row, reading))


class CellPainter:
    """Paints cells in one font and theme.

    ``outlined`` is the title of the vendor whose tag is an outline; the others' are filled.
    """

    def __init__(self, measure: Measure, theme: Theme, *, outlined: str = "") -> None:
        self.measure = measure
        self._outlined = outlined
        self._glyphs = FigureGlyphs(measure.font)
        self.ratio = 1.0  # device pixels to a pixel
        self.wanted: dict[int, int] = {}  # widths of columns that texts did not fit in
        self._marks: dict[RowState, QPixmap] = {}
        self._tags: dict[str, QPixmap] = {}
        self._marks_ratio = 0.0
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours from the next painting on."""
        self.theme = theme
        self._marks.clear()
        self._tags.clear()
        self._selection = theme.wash(theme.accent)
        self._washes = {1: theme.wash(theme.up), -1: theme.wash(theme.down)}
        self._by_sign = {1: theme.up, -1: theme.down, 0: theme.text}

    def band(self, places: Sequence[Place]) -> Band:
        """Sort the columns of a part of the viewport, from left to right."""
        figures = tuple(place for place in places if COLUMNS[place.column].figure)
        tones = dict.fromkeys(COLUMNS[place.column].tone for place in figures)
        return Band(
            places[0].x,
            places[-1].x + places[-1].width - places[0].x,
            tuple(place for place in places if not COLUMNS[place.column].figure),
            tuple(
                self._group(tone, [p for p in figures if COLUMNS[p.column].tone is tone])
                for tone in tones
            ),
            self._group(Tone.MUTED, figures),
            tuple(place for place in figures if COLUMNS[place.column].flashes),
        )

    def paint_row(self, painter: QPainter, y: int, line: Line, band: Band, look: RowLook) -> None:
        """Paint the cells of one row whose top is at ``y``."""
        theme, measure = self.theme, self.measure
        height = measure.row
        if look.selected:
            fill(painter, QRect(band.left, y, band.width, height), self._selection)
        fill(painter, QRect(band.left, y + height - 1, band.width, 1), theme.line)
        if look.flash:
            for place in band.flashing:
                cell = QRect(place.x, y, place.width, height - 1)
                fill(painter, cell, self._washes[look.flash])
        baseline = y + measure.baseline
        for place in band.words:
            self._paint_words(painter, baseline, line, place)
        if line.state is not RowState.LIVE:
            self._paint_group(painter, baseline, line, band.muted)
        else:
            for group in band.groups:
                self._paint_group(painter, baseline, line, group)
        if look.current and band.left <= 0:
            fill(painter, QRect(0, y, CURRENT_BAR, height - 1), theme.accent)

    def _group(self, tone: Tone, places: Sequence[Place]) -> Group:
        pad = self.measure.pad
        edges = tuple((place.x + place.width - pad, place.room) for place in places)
        return Group(tone, tuple(places), edges)

    def _paint_group(self, painter: QPainter, baseline: int, line: Line, group: Group) -> None:
        texts = [line.texts[place.column] for place in group.places]
        if UNKNOWN in texts and group.tone is not Tone.MUTED:
            self._paint_apart(painter, baseline, line, group)
            return
        painter.setPen(self._colour(group.tone, line))
        if not self._glyphs.draw(painter, baseline, group.edges, texts):
            for place, text in zip(group.places, texts, strict=True):
                self._paint_figure(painter, baseline, text, place)

    def _paint_apart(self, painter: QPainter, baseline: int, line: Line, group: Group) -> None:
        """Paint a group some of whose figures are unknown: those are muted."""
        known = [place for place in group.places if line.texts[place.column] != UNKNOWN]
        unknown = [place for place in group.places if line.texts[place.column] == UNKNOWN]
        for tone, places in ((group.tone, known), (Tone.MUTED, unknown)):
            if places:
                self._paint_group(painter, baseline, line, self._group(tone, places))

    def _paint_words(self, painter: QPainter, baseline: int, line: Line, place: Place) -> None:
        column, text = COLUMNS[place.column], line.texts[place.column]
        measure = self.measure
        x, room = place.x + measure.pad, place.room
        colour = self._colour(column.tone, line)
        if column.tone is Tone.STATE:
            painter.drawPixmap(x, baseline - measure.mark, self._mark(line.state, colour))
        elif column.tagged and line.vendor:
            above = (measure.tag + measure.ascent) // 2 - 1  # in the middle of the capitals
            painter.drawPixmap(x, baseline - above, self._tag(line.vendor))
        lead = measure.lead(column)
        x, room = x + lead, room - lead
        if measure.width(text) > room:
            self._ask_for_room(place, text)
            text = measure.shortened(text, room)
        painter.setPen(colour)
        painter.drawText(x, baseline, text)

    def _paint_figure(self, painter: QPainter, baseline: int, text: str, place: Place) -> None:
        measure = self.measure
        width = measure.width(text)
        if width > place.room:
            self._ask_for_room(place, text)
            text = "…"  # a number with an end missing would be another number
            width = measure.width(text)
        painter.drawText(place.x + place.width - measure.pad - width, baseline, text)

    def _ask_for_room(self, place: Place, text: str) -> None:
        need = self.measure.cell(COLUMNS[place.column], self.measure.width(text))
        self.wanted[place.column] = max(need, self.wanted.get(place.column, 0))

    def _colour(self, tone: Tone, line: Line) -> QColor:
        if tone is Tone.STATE:
            return state_colour(line.state, self.theme)
        if tone is Tone.MUTED or line.state is not RowState.LIVE:
            return self.theme.muted
        return self._by_sign[line.sign] if tone is Tone.MOVED else self.theme.text

    def _mark(self, state: RowState, colour: QColor) -> QPixmap:
        self._check_ratio()
        mark = self._marks.get(state)
        if mark is None:
            mark = state_mark(state, colour, self.measure.mark, self.ratio)
            self._marks[state] = mark
        return mark

    def _tag(self, title: str) -> QPixmap:
        self._check_ratio()
        tag = self._tags.get(title)
        if tag is None:
            tag = self._tags[title] = vendor_tag(
                title[:1],
                self.measure.font,
                self.theme,
                self.measure.tag,
                self.ratio,
                filled=title != self._outlined,
            )
        return tag

    def _check_ratio(self) -> None:
        if self.ratio != self._marks_ratio:
            self._marks.clear()
            self._tags.clear()
            self._marks_ratio = self.ratio
