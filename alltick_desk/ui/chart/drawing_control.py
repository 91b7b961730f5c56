"""The drawings of one chart: the board that it shows, and all that a person does with it."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QPointF, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from alltick_desk.model.clipping import Point
from alltick_desk.model.drawing_moves import BODY, moved
from alltick_desk.model.drawings import KINDS, Anchor, Drawing, Kind, Style
from alltick_desk.observe import Handle
from alltick_desk.services.drawings import DrawingBoard, Stack
from alltick_desk.ui.chart.announce import announce
from alltick_desk.ui.chart.drawing_actions import DrawingActions
from alltick_desk.ui.chart.drawing_aim import Aim
from alltick_desk.ui.chart.drawing_maker import Maker
from alltick_desk.ui.chart.drawing_nudge import nudged, price_step
from alltick_desk.ui.chart.drawing_picker import Picker
from alltick_desk.ui.chart.drawing_scene import DrawingScene
from alltick_desk.ui.chart.drawing_typing import TypingBox
from alltick_desk.ui.chart.drawing_words import describe
from alltick_desk.ui.chart.tools import Pointer
from alltick_desk.ui.chart.view import ChartView
from alltick_desk.ui.theme import Theme

if TYPE_CHECKING:  # loaded when the dialog is first opened
    from alltick_desk.ui.chart.drawing_style import StyleDialog

translate = QCoreApplication.translate

_NUDGE_MS = 700  # keys that follow each other sooner are one step to undo
_ASIDE_PX = 14.0  # where a copy stands, to the right and below


class ChartDrawings:
    """Shows a board on a chart, draws on it, and edits it.

    Attributes:
        view: the chart.
        scene: where the drawings stand.
        aim: where points are put; it has the magnet.
        keeps: whether a tool stays taken after drawing; ``set_habits`` changes it and the magnet.
        told: what was last said of a drawing, "" where none is selected.
        actions: what can be done, for menus, keys and buttons.
        on_message: called with a sentence on what became of a person's action.
        on_habits: called when the person has changed magnet or ``keeps``.
    """

    def __init__(self, view: ChartView) -> None:
        self.view = view
        self.scene = DrawingScene(view)
        self.aim = Aim(self.scene)
        self.keeps = False
        self.told = ""
        self.on_message: Callable[[str], None] = _ignore
        self.on_habits: Callable[[], None] = _nothing
        self._styles = {kind: KINDS[kind].style for kind in Kind}
        self._makers = {kind: Maker(self, kind) for kind in Kind}
        self._picker = Picker(self)
        self._handles: tuple[Handle[[]] | Handle[[Stack]], ...] = ()
        self._box: TypingBox | None = None
        self._box_at: Anchor | None = None
        self._dialog: StyleDialog | None = None
        self._nudging = False
        self._nudge = QTimer(view)
        self._nudge.setSingleShot(True)
        self._nudge.setInterval(_NUDGE_MS)
        self._nudge.timeout.connect(self.settle_nudge)
        view.tools.keep(self._picker)
        self.actions = DrawingActions(self)
        view.tools.on_change.append(self.actions.refresh)
        view.redrawn.append(self._follow)

    # the board

    @property
    def board(self) -> DrawingBoard | None:
        """Whose drawings are shown; None while there is none."""
        return self.scene.board

    def show(self, board: DrawingBoard | None) -> None:
        """Show another instrument's drawings; what is half done is given up."""
        if board is self.board:
            return
        self.finish()
        self.scene.board = board
        self._handles = ()
        if board is not None:
            self._handles = (
                board.changed.connect(self.scene.refresh),
                board.edited.connect(self._edited),
                board.selected.connect(self._selected),
            )
        self.scene.refresh()
        self.actions.refresh()

    def finish(self) -> None:
        """Keep what is done, give up what is half done, select nothing."""
        if self._box is not None:
            self._box.give_up()
        if self._dialog is not None:
            self._dialog.reject()
        self.give_up()
        if self.making:
            self.view.tools.take(None)
        self.select(())
        self._picker.away()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.actions.set_theme(theme)

    def translate(self) -> None:
        """Take the words of the current language."""
        self.actions.translate()

    # drawing

    @property
    def looking(self) -> bool:
        """Whether no tool is taken, of whatever sort: only then drawings are pointed out."""
        return self.view.tools.active is None

    @property
    def making(self) -> bool:
        """Whether a drawing tool is taken."""
        return isinstance(self.view.tools.active, Maker)

    @property
    def kind(self) -> Kind | None:
        """What the tool that is taken draws; None where none is."""
        active = self.view.tools.active
        return active.kind if isinstance(active, Maker) else None

    def take(self, kind: Kind | None) -> None:
        """Take the tool for a kind, or none."""
        self.view.tools.take(None if kind is None else self._makers[kind])
        if kind is not None:
            self.settle_nudge()
            self.select(())
            self._picker.away()
            self.view.setFocus()

    def set_habits(self, *, magnet: bool, keeps: bool) -> None:
        """Have points catch at prices or not, and a tool stay taken or not."""
        self.aim.magnet, self.keeps = magnet, keeps
        self.actions.refresh()

    def style_for(self, kind: Kind) -> Style:
        """Return the style of what is drawn next: the one that a person chose last."""
        return self._styles[kind]

    def made(self, drawing_id: int) -> None:
        """Hear that a drawing is finished: the tool is left, and the drawing selected."""
        if not self.keeps:
            self.take(None)
            self.select({drawing_id})

    def write_at(self, anchor: Anchor) -> None:
        """Have a new text typed at a point."""
        if not self.keeps:
            self.take(None)
        self._type("", anchor, lambda text: self._written(text, anchor))

    def write_over(self, drawing: Drawing) -> None:
        """Have a text typed anew."""
        self._type(
            drawing.style.text, drawing.anchors[0], lambda text: self._rewritten(text, drawing)
        )

    # selecting

    def selected(self) -> list[Drawing]:
        """Return what is selected, the lowest first."""
        board = self.board
        if board is None:
            return []
        return [drawing for drawing in board.drawings if drawing.id in board.selection]

    def select(self, ids: Collection[int]) -> None:
        """Select these drawings and no others."""
        if self.board is not None and frozenset(ids) != self.board.selection:
            self.settle_nudge()
            self.board.select(ids)

    def walk(self, *, on: bool) -> bool:
        """Select the next drawing, or the one before; False after the last of them."""
        board = self.board
        if board is None or self._box is not None or self.making:
            return False
        order = [it.id for it in board.drawings if it.known and not it.hidden]
        if not on:
            order.reverse()
        chosen = [number for number in order if number in board.selection]
        place = order.index(chosen[-1]) + 1 if chosen else 0
        self.select(order[place : place + 1])
        if place >= len(order):
            return False
        self._reveal(order[place])
        return True

    # editing

    def give_up(self) -> bool:
        """Give up what is half done by the mouse; False where there is nothing."""
        active = self.view.tools.active
        if isinstance(active, Maker) and active.busy:
            active.leave()
            return True
        if self._picker.busy:
            self._picker.leave()
            return True
        return False

    def undo(self) -> None:
        """Take the last step back, or what is half done."""
        self.settle_nudge()
        if not self.give_up() and self.board is not None:
            self.board.undo()

    def redo(self) -> None:
        """Make a step again that was taken back."""
        self.settle_nudge()
        if not self.give_up() and self.board is not None:
            self.board.redo()

    def nudge(self, bars: int, steps: int) -> bool:
        """Move what is selected; False where nothing can be. Quick ones make one step."""
        board, plane = self.board, self.scene.plane
        free = [drawing for drawing in self.selected() if not drawing.locked]
        if board is None or plane is None or not free:
            return False
        up = steps * price_step(self.view.price.scale, self.view.series.digits)
        board.preview([nudged(drawing, bars, up, plane.axis) for drawing in free])
        self._nudging = True
        self._nudge.start()
        self._tell()
        return True

    def settle_nudge(self) -> None:
        """End a row of nudges: they become one step."""
        self._nudge.stop()
        if self._nudging and self.board is not None:
            self._nudging = False
            self.board.settle()

    def duplicate(self) -> None:
        """Put copies beside what is selected, and select them."""
        board, plane = self.board, self.scene.plane
        self.settle_nudge()
        if board is None or plane is None:
            return
        aside = Point(_ASIDE_PX, _ASIDE_PX)
        copies = [
            moved(replace(it, id=board.new_id(), locked=False), BODY, Point(0.0, 0.0), aside, plane)
            for it in self.selected()
        ]
        board.preview(copies)
        if board.settle():
            self.select({copy.id for copy in copies})

    def open_style(self) -> None:
        """Ask how what is selected should look."""
        free = tuple(drawing for drawing in self.selected() if not drawing.locked)
        if self.board is None or not free or self._dialog is not None:
            return
        from alltick_desk.ui.chart.drawing_style import StyleDialog

        self.settle_nudge()
        dialog = StyleDialog(free, self.board.preview, self.view.theme, self.view.window())
        dialog.finished.connect(self._restyled)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog = dialog
        dialog.open()

    def fill_menu(self, at: Pointer, menu: QMenu) -> None:
        """Offer what can be done with what is at a place, else with what is selected."""
        board = self.board
        if board is None or at.pane is not self.view.price:
            return
        self.settle_nudge()
        found = self.scene.hit(at.place)
        if found is not None and found[0].id not in board.selection:
            self.select({found[0].id})
        for action in self.actions.for_menu(selection=bool(board.selection)):
            if isinstance(action, QAction):
                menu.addAction(action)
            else:
                menu.addSeparator()

    # inside

    def _edited(self, _stack: Stack) -> None:
        self.actions.refresh()

    def _selected(self) -> None:
        self.scene.light()
        self.actions.refresh()
        self._tell()

    def _tell(self) -> None:
        """Say what is selected, for who cannot see it."""
        selected = self.selected()
        if len(selected) > 1:
            words = translate("Drawings", "{count} drawings selected")
            self.told = words.format(count=len(selected))
        else:
            self.told = describe(selected[0], self.view) if selected else ""
        if self.told:
            announce(self.view, self.told)

    def _reveal(self, drawing_id: int) -> None:
        """Move the chart where a drawing is out of view."""
        for sketch in self.scene.sketches():
            drawing, shape, _ = sketch
            if drawing.id == drawing_id and not (shape.lines or shape.labels or shape.areas):
                bar = self.view.axis.index_at(drawing.anchors[0].time_s)
                self.view.bring_into_view(round(bar))

    def _type(self, text: str, anchor: Anchor, keep: Callable[[str], None]) -> None:
        def done(typed: str | None) -> None:
            if self._box is not None and self._box.hasFocus():
                self.view.setFocus()
            self._box = None
            if typed is not None:
                keep(typed.strip())

        if self._box is not None:
            self._box.give_up()
        self._box_at = anchor
        self._box = TypingBox(text, done, self.view.viewport())
        self._box.setFont(self.view.font())
        self._follow()
        self._box.show()
        self._box.selectAll()
        self._box.setFocus()

    def _follow(self) -> None:
        """Keep the box where its text will stand."""
        plane = self.scene.plane
        if self._box is not None and plane is not None and self._box_at is not None:
            self._box.stand(QPointF(*plane.area.nearest(plane.point(self._box_at))))

    def _written(self, text: str, anchor: Anchor) -> None:
        if text and self.board is not None:
            style = replace(self._styles[Kind.TEXT], text=text)
            self.made(self.board.add(Drawing(0, Kind.TEXT.value, (anchor,), style)).id)

    def _rewritten(self, text: str, drawing: Drawing) -> None:
        if self.board is None:
            return
        if text:
            style = replace(drawing.style, text=text)
            self.board.change([replace(drawing, style=style)])
        else:
            self.board.remove({drawing.id})

    def _restyled(self, _result: int) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is None or self.board is None:
            return
        if not dialog.result():
            self.board.cancel()
            return
        self.board.settle()
        for drawing in dialog.styled():
            self._styles[Kind(drawing.kind)] = replace(drawing.style, text="")


def _ignore(_: str) -> None:
    """Nobody wants to know."""


def _nothing() -> None:
    """Nobody wants to know."""
