"""Painting the table's cells: texts that were read once, drawn with as few calls as there are."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPolygonF

from alltick_desk.ui.theme import Theme, fill
from alltick_desk.ui.watchlist.arrangement import Heading
from alltick_desk.ui.watchlist.column import Column, Drawing, Tone
from alltick_desk.ui.watchlist.fills import Fills, Layer
from alltick_desk.ui.watchlist.format import UNKNOWN
from alltick_desk.ui.watchlist.glyphs import FigureGlyphs
from alltick_desk.ui.watchlist.line import Band, Group, Line, Place, RowLook
from alltick_desk.ui.watchlist.look import TableLook
from alltick_desk.ui.watchlist.marks import state_colour
from alltick_desk.ui.watchlist.measure import Measure
from alltick_desk.ui.watchlist.sketch import DayLinePaths, paint_fold, paint_paths, range_areas
from alltick_desk.ui.watchlist.stamps import Stamps

CURRENT_BAR = 3  # pixels at the left of the row that the keyboard is on


class CellPainter:
    """Paints cells in one font and theme.

    ``outlined`` is the title of the vendor whose tag is an outline; the others' are filled.

    Attributes:
        wanted: widths of columns, by their place, that texts did not fit in.
    """

    def __init__(
        self, measure: Measure, theme: Theme, look: TableLook, *, outlined: str = ""
    ) -> None:
        self.measure = measure
        self.columns: Sequence[Column] = ()
        self.wanted: dict[int, int] = {}
        self._pinning = ""  # the column in which pinned rows have their sign
        self._look = look
        self._glyphs = FigureGlyphs(measure.font)
        self._paths = DayLinePaths()
        self._smooth: list[tuple[QPolygonF, QColor]] = []  # what ``finish`` has yet to draw
        self._stamps = Stamps(measure, outlined)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours from the next painting on."""
        self.theme = theme
        self._stamps.set_theme(theme)
        self._selection = theme.wash(theme.accent)
        self._by_sign = {1: theme.up, -1: theme.down, 0: theme.text}
        self._grounds = _Grounds(theme)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Paint these columns from now on, whose places are those in the sequence."""
        self.columns = columns
        self.wanted = {}
        ids = [column.id for column in columns]
        self._pinning = next((name for name in ("name", "alias", "code") if name in ids), "")
        self.measure.arrowed = next((column.id for column in columns if column.arrow), "")

    def set_ratio(self, ratio: float) -> None:
        """Draw for a screen of so many device pixels to a pixel."""
        self._stamps.set_ratio(ratio)

    def band(self, places: Sequence[Place]) -> Band:
        """Sort the columns of a part of the viewport, from left to right."""
        columns = self.columns
        drawn = tuple(place for place in places if columns[place.column].drawing)
        figures = tuple(place for place in places if columns[place.column].figure)
        flashing = tuple(place for place in figures if columns[place.column].flashes)
        if self._look.changes == "digits":  # they are of two colours and drawn apart
            figures = tuple(place for place in figures if place not in flashing)
        tones = dict.fromkeys(columns[place.column].tone for place in figures)
        return Band(
            places[0].x,
            places[-1].x + places[-1].width - places[0].x,
            tuple(
                place for place in places if not columns[place.column].figure and place not in drawn
            ),
            tuple(
                self._group(tone, [p for p in figures if columns[p.column].tone is tone])
                for tone in tones
            ),
            self._group(Tone.MUTED, figures),
            flashing,
            drawn,
            tuple(place for place in places if columns[place.column].id == self.measure.arrowed),
        )

    def prepare_row(self, y: int, line: Line, band: Band, look: RowLook) -> None:
        """Note what is filled beneath the texts of one row whose top is at ``y``."""
        height, grounds = self.measure.row, self._grounds
        if look.shaded:
            grounds.shades.append(QRect(band.left, y, band.width, height))
        if look.selected:
            grounds.selections.append(QRect(band.left, y, band.width, height))
        if look.move and self._look.changes == "flash":
            cleared = grounds.shaded_cleared if look.shaded else grounds.cleared
            for place in band.flashing:
                cell = QRect(place.x, y, place.width, height - 1)
                cleared.append(cell)
                grounds.washes[look.move].append(cell)
        for place in band.drawings:
            self._prepare_drawing(y, line, place)
        grounds.rules.append(QRect(band.left, y + height - 1, band.width, 1))
        if look.current and band.left <= 0:
            grounds.current.append(QRect(0, y, CURRENT_BAR, height - 1))

    def lay(self, painter: QPainter) -> None:
        """Fill what is beneath the texts of all rows that were prepared."""
        self._grounds.fills.paint(painter)

    def paint_row(self, painter: QPainter, y: int, line: Line, band: Band, look: RowLook) -> None:
        """Write the texts of one row, which was prepared; ``finish`` completes it."""
        baseline = y + self.measure.baseline
        if look.move and band.flashing:
            self._paint_move(painter, baseline, line, band, look)
        elif self._look.changes == "digits":
            for place in band.flashing:
                self._paint_apart(painter, baseline, line, self._group(Tone.PLAIN, [place]))
        for place in band.words:
            self._paint_words(painter, baseline, line, place)
        for place in band.drawings:
            if not self._is_drawn(line, place):
                painter.setPen(self.theme.muted)
                painter.drawText(place.x + self.measure.pad, baseline, UNKNOWN)
        if not line.state.live:
            self._paint_group(painter, baseline, line, band.muted)
        else:
            for group in band.groups:
                self._paint_group(painter, baseline, line, group)
        if line.sign:
            for place in band.arrows:
                self._paint_arrow(painter, baseline, line, place, line.sign)

    def finish(self, painter: QPainter) -> None:
        """Paint what is painted last, after all rows of a part of the viewport."""
        if self._smooth:
            paint_paths(painter, self._smooth)
            self._smooth.clear()

    def paint_heading(
        self, painter: QPainter, room: QRect, heading: Heading, look: RowLook
    ) -> None:
        """Paint a section's heading across the table; ``room`` is its part of the viewport."""
        theme, measure = self.theme, self.measure
        y = room.top()
        fill(painter, room, theme.raised)
        if look.selected:
            fill(painter, room, self._selection)
        fill(painter, QRect(room.left(), room.bottom(), room.width(), 1), theme.line)
        baseline = y + measure.baseline
        painter.setPen(theme.muted)
        top = y + (measure.row - measure.fold) / 2
        box = QRectF(measure.pad, top, measure.fold, measure.fold)
        paint_fold(painter, box, folded=heading.folded)
        x = measure.pad + measure.fold + measure.pad // 2
        painter.setPen(theme.text)
        painter.drawText(x, baseline, heading.name)
        some = heading.shown != heading.rows
        count = f"{heading.shown} / {heading.rows}" if some else f"{heading.rows}"
        painter.setPen(theme.muted)
        painter.drawText(x + measure.width(heading.name) + measure.pad, baseline, count)
        if look.current:
            fill(painter, QRect(0, y, CURRENT_BAR, measure.row - 1), theme.accent)

    # The parts of a row

    def _group(self, tone: Tone, places: Sequence[Place]) -> Group:
        pad = self.measure.pad
        edges = tuple((place.x + place.width - pad, place.room) for place in places)
        return Group(tone, tuple(places), edges)

    def _paint_group(self, painter: QPainter, baseline: int, line: Line, group: Group) -> None:
        texts = [line.texts[place.column] for place in group.places]
        if not texts:
            return
        if group.tone is Tone.SIGNED or (UNKNOWN in texts and group.tone is not Tone.MUTED):
            self._paint_apart(painter, baseline, line, group)
            return
        painter.setPen(self._colour(group.tone, line))
        aligned = self._look.alignment == "right"
        if not aligned or not self._glyphs.draw(painter, baseline, group.edges, texts):
            for place, text in zip(group.places, texts, strict=True):
                self._paint_figure(painter, baseline, text, place)

    def _paint_apart(self, painter: QPainter, baseline: int, line: Line, group: Group) -> None:
        """Paint figures that differ in colour: unknown ones are muted, signed ones of their own."""
        signed = group.tone is Tone.SIGNED
        for place in group.places:
            text = line.texts[place.column]
            colour = self._colour(group.tone, line)
            if text == UNKNOWN or not line.state.live:
                colour = self.theme.muted
            elif signed:
                colour = self._by_sign[(text[0] == "+") - (text[0] == "-")]
            painter.setPen(colour)
            self._paint_figure(painter, baseline, text, place)

    def _paint_move(
        self, painter: QPainter, baseline: int, line: Line, band: Band, look: RowLook
    ) -> None:
        """Show the way that the price has just moved: by an arrow, and by its changed digits."""
        for place in band.flashing:
            if self._look.changes == "digits":
                self._paint_digits(painter, baseline, line, place, look)
            self._paint_arrow(painter, baseline, line, place, look.move)

    def _paint_digits(
        self, painter: QPainter, baseline: int, line: Line, place: Place, look: RowLook
    ) -> None:
        live, text = line.state.live, line.texts[place.column]
        same, changed = text[: look.same], text[look.same :]
        measure = self.measure
        painter.setPen(self.theme.text if live else self.theme.muted)
        if measure.width(text) > place.room or not (changed and live):
            self._paint_figure(painter, baseline, text, place)
            return
        x = self._left(place, measure.width(text))
        painter.drawText(x, baseline, same)
        painter.setPen(self._by_sign[look.move])
        painter.drawText(x + measure.width(same) if same else x, baseline, changed)

    def _paint_arrow(
        self, painter: QPainter, baseline: int, line: Line, place: Place, sign: int
    ) -> None:
        measure, text = self.measure, line.texts[place.column]
        x = place.x + measure.pad
        if text == UNKNOWN or x + measure.arrow > self._left(place, measure.width(text)):
            return
        colour = self._by_sign[sign] if line.state.live else self.theme.muted
        painter.drawPixmap(x, baseline - measure.arrow, self._stamps.arrow(sign, colour))

    def _is_drawn(self, line: Line, place: Place) -> bool:
        """Whether there is something to draw in a cell, and room for it."""
        return line.texts[place.column] != UNKNOWN and place.room >= 2 * self.measure.pad

    def _prepare_drawing(self, y: int, line: Line, place: Place) -> None:
        if not self._is_drawn(line, place):
            return
        row = self.measure.row
        above = max(2, row // 6)
        x, top, height = place.x + self.measure.pad, y + above, row - 2 * above - 1
        sign = line.sign if line.state.live else None
        if self.columns[place.column].drawing is Drawing.DAY_RANGE:
            share = float(line.texts[place.column]) / 100
            areas = range_areas(x, top, place.room, height, share)
            for gathered, area in zip(self._grounds.ranges[sign], areas, strict=True):
                gathered.append(area)
        elif line.day_line is not None:
            box = QRectF(x, top, place.room, height)
            colour = self.theme.muted if sign is None else self._by_sign[sign]
            self._smooth.append((self._paths.path(line.day_line, box), colour))

    def _paint_words(self, painter: QPainter, baseline: int, line: Line, place: Place) -> None:
        column, text = self.columns[place.column], line.texts[place.column]
        measure = self.measure
        x, room = place.x + measure.pad, place.room
        colour = self._colour(column.tone, line)
        if column.tone is Tone.STATE:
            painter.drawPixmap(x, baseline - measure.mark, self._stamps.state(line.state, colour))
        elif column.tagged and line.vendor:
            above = (measure.tag + measure.ascent) // 2 - 1  # in the middle of the capitals
            painter.drawPixmap(x, baseline - above, self._stamps.tag(line.vendor))
        lead = measure.lead(column)
        x, room = x + lead, room - lead
        if line.pinned and column.id == self._pinning:
            room -= measure.mark_width
            painter.drawPixmap(
                x + room + measure.pad // 2, baseline - measure.mark, self._stamps.pin()
            )
        if measure.width(text) > room:
            self._ask_for_room(place, text)
            text = measure.shortened(text, room)
        painter.setPen(self.theme.muted if text == UNKNOWN else colour)
        painter.drawText(x, baseline, text)

    def _paint_figure(self, painter: QPainter, baseline: int, text: str, place: Place) -> None:
        width = self.measure.width(text)
        if width > place.room:
            self._ask_for_room(place, text)
            text = "…"  # a number with an end missing would be another number
            width = self.measure.width(text)
        painter.drawText(self._left(place, width), baseline, text)

    def _left(self, place: Place, width: int) -> int:
        """Return where a figure begins that is ``width`` pixels wide."""
        pad = self.measure.pad
        right = place.x + place.width - pad - width
        if self._look.alignment == "right":
            return right
        lead = self.measure.lead(self.columns[place.column])
        if self._look.alignment == "left":
            return place.x + pad + min(lead, max(0, place.room - width))
        first = place.x + pad + lead
        return min(right, (first + right) // 2) if right > first else right

    def _ask_for_room(self, place: Place, text: str) -> None:
        need = self.measure.cell(self.columns[place.column], self.measure.width(text))
        self.wanted[place.column] = max(need, self.wanted.get(place.column, 0))

    def _colour(self, tone: Tone, line: Line) -> QColor:
        if tone is Tone.STATE:
            return state_colour(line.state, self.theme)
        if tone is Tone.MUTED or not line.state.live:
            return self.theme.muted
        return self._by_sign[line.sign if tone is Tone.MOVED else 0]


class _Grounds:
    """What a theme fills beneath the texts, each with a colour of its own."""

    def __init__(self, theme: Theme) -> None:
        self.fills = fills = Fills()
        signs = {1: theme.up, -1: theme.down, 0: theme.text}
        self.shades = fills.of(Layer.SHADE, theme.raised)
        self.selections = fills.of(Layer.SELECTION, theme.wash(theme.accent))
        self.cleared = fills.of(Layer.CLEARED, theme.base)
        self.shaded_cleared = fills.of(Layer.CLEARED, theme.raised)
        self.washes = {
            sign: fills.of(Layer.WASH, theme.wash(colour)) for sign, colour in signs.items()
        }
        bars = fills.of(Layer.BAR, _thinned(theme.muted, 0.35))  # seen in a selected row, too
        muted: dict[int | None, QColor] = {None: theme.muted}  # of rows that are not live
        # The whole range of the day, what of it lies below the last price, and that price.
        self.ranges = {
            sign: (bars, fills.of(Layer.PAST, _thinned(colour, 0.5)), fills.of(Layer.MARK, colour))
            for sign, colour in (muted | signs).items()
        }
        self.rules = fills.of(Layer.RULE, theme.line)
        self.current = fills.of(Layer.CURRENT, theme.accent)


def _thinned(colour: QColor, share: float) -> QColor:
    """Return ``colour`` through which the ground is seen."""
    thin = QColor(colour)
    thin.setAlphaF(share)
    return thin
