"""An instrument's drawings: every gesture of a person one step, and every step taken back.

A board belongs to an instrument and not to a chart: all its charts, of any interval, show it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol, TypeAlias

from msgspec.structs import replace

from alltick_desk.model.drawings import Drawing, DrawingError, problems
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.observe import Handle, Hook

UNDO_DEPTH = 100

Stack: TypeAlias = tuple[Drawing, ...]


class DrawingBoard:
    """The drawings of one instrument from the lowest to the topmost, and which are selected.

    An edit is one step to undo. What changes while the mouse is down is previewed: it is shown,
    and it becomes one step when the mouse is let go. An edit that changes nothing is no step.

    A locked drawing is neither changed nor removed; it can be selected, hidden, shown, put above
    or below others, and unlocked. A drawing of a later version, which is never shown, stays as it
    is.

    Attributes:
        changed: emitted with no arguments after everything that changes what is to be shown.
        edited: emitted with all drawings after every step, undo and redo: they are to be saved.
        selected: emitted with no arguments when others are selected.
    """

    def __init__(self, drawings: Iterable[Drawing] = ()) -> None:
        self._stack: Stack = tuple(drawings)
        self._preview: Stack | None = None
        self._past: list[Stack] = []
        self._future: list[Stack] = []
        self._selection: frozenset[int] = frozenset()
        self._last_id = max((0, *(drawing.id for drawing in self._stack)))
        self.changed: Hook[[]] = Hook()
        self.edited: Hook[[Stack]] = Hook()
        self.selected: Hook[[]] = Hook()

    @property
    def drawings(self) -> Stack:
        """What is to be shown, lowest first, with what is being dragged as it stands now."""
        return self._stack if self._preview is None else self._preview

    def get(self, drawing_id: int) -> Drawing | None:
        """Return a drawing as it is shown; None where there is none of that number."""
        return next((it for it in self.drawings if it.id == drawing_id), None)

    @property
    def in_motion(self) -> frozenset[int]:
        """The numbers of what a gesture shows otherwise than it was before."""
        if self._preview is None:
            return frozenset()
        there = {drawing.id: drawing for drawing in self._stack}
        return frozenset(it.id for it in self._preview if there.get(it.id) is not it)

    # edits

    def new_id(self) -> int:
        """Return a number that no drawing has had, for one that is to be previewed."""
        self._last_id += 1
        return self._last_id

    def add(self, drawing: Drawing) -> Drawing:
        """Put a drawing on top and return it with its number; DrawingError where it is faulty."""
        added = replace(drawing, id=self.new_id())
        self._change([added])
        return added

    def change(self, drawings: Iterable[Drawing]) -> bool:
        """Put drawings in the place of those with the same numbers, as one step.

        Of what is locked or not there nothing is taken. Returns whether anything changed; raises
        DrawingError where one is faulty.
        """
        there = {drawing.id for drawing in self._stack}
        return self._change([drawing for drawing in drawings if drawing.id in there])

    def remove(self, ids: Collection[int]) -> int:
        """Take drawings out that are not locked; return how many."""
        before = len(self._stack)
        self._edit(tuple(it for it in self._stack if it.id not in ids or not _is_free(it)))
        return before - len(self._stack)

    def remove_all(self) -> int:
        """Take every drawing out that is not locked; return how many."""
        return self.remove({drawing.id for drawing in self._stack})

    def lock(self, ids: Collection[int], *, locked: bool = True) -> bool:
        """Lock or unlock drawings; return whether anything changed."""
        return self._each(ids, lambda drawing: replace(drawing, locked=locked))

    def hide(self, ids: Collection[int], *, hidden: bool = True) -> bool:
        """Hide or show drawings; return whether anything changed."""
        return self._each(ids, lambda drawing: replace(drawing, hidden=hidden))

    def to_front(self, ids: Collection[int]) -> bool:
        """Bring drawings above all others, in their order; return whether anything changed."""
        return self._edit(tuple(sorted(self._stack, key=lambda drawing: drawing.id in ids)))

    def to_back(self, ids: Collection[int]) -> bool:
        """Put drawings below all others, in their order; return whether anything changed."""
        return self._edit(tuple(sorted(self._stack, key=lambda drawing: drawing.id not in ids)))

    # gestures

    def preview(self, drawings: Iterable[Drawing]) -> None:
        """Show drawings in the middle of a gesture, in place of those with the same numbers.

        One of a new number is shown on top. Each call starts from what was there before the
        gesture. What is locked or faulty is shown as it was.
        """
        self._show(self._with([it for it in drawings if not problems(it)]))

    def settle(self) -> bool:
        """End a gesture: what it shows becomes one step. Returns whether anything changed."""
        return self._preview is not None and self._edit(self._preview)

    def cancel(self) -> bool:
        """End a gesture as if it had not been; return whether there was one."""
        gesture = self._preview is not None
        self._show(None)
        return gesture

    # steps

    @property
    def can_undo(self) -> bool:
        """Whether an edit can be taken back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether an edit that was taken back can be made again."""
        return bool(self._future)

    def undo(self) -> bool:
        """Take the last edit back, and a gesture before it; False where there is neither."""
        return self.cancel() or self._step(self._past, self._future)

    def redo(self) -> bool:
        """Make the edit again that was taken back last; False where there is none."""
        return not self.cancel() and self._step(self._future, self._past)

    # selection

    @property
    def selection(self) -> frozenset[int]:
        """The numbers of what is selected."""
        return self._selection

    def select(self, ids: Iterable[int]) -> None:
        """Select these drawings and no others; what is hidden or not there is passed over."""
        chosen = frozenset(ids)
        shown = {it.id for it in self.drawings if it.known and not it.hidden}
        if chosen & shown != self._selection:
            self._selection = chosen & shown
            self.selected.emit()

    def _each(self, ids: Collection[int], change: Callable[[Drawing], Drawing]) -> bool:
        return self._edit(
            tuple(change(it) if it.id in ids and it.known else it for it in self._stack)
        )

    def _change(self, drawings: Collection[Drawing]) -> bool:
        faults = [problem for drawing in drawings for problem in problems(drawing)]
        if faults:
            raise DrawingError(tuple(faults))
        return self._edit(self._with(drawings))

    def _with(self, drawings: Iterable[Drawing]) -> Stack:
        given = {drawing.id: drawing for drawing in drawings}
        kept = [given.pop(it.id, it) if _is_free(it) else it for it in self._stack]
        there = {drawing.id for drawing in self._stack}
        return (*kept, *(drawing for name, drawing in given.items() if name not in there))

    def _edit(self, stack: Stack) -> bool:
        if stack == self._stack:
            self.cancel()
            return False
        self._past.append(self._stack)
        del self._past[:-UNDO_DEPTH]
        self._future.clear()
        self._take(stack)
        return True

    def _step(self, source: list[Stack], target: list[Stack]) -> bool:
        if not source:
            return False
        target.append(self._stack)
        self._take(source.pop())
        return True

    def _take(self, stack: Stack) -> None:
        self._stack, self._preview = stack, None
        self.edited.emit(stack)
        self._announce()

    def _show(self, preview: Stack | None) -> None:
        if preview != self._preview:
            self._preview = preview
            self._announce()

    def _announce(self) -> None:
        self.changed.emit()
        self.select(self._selection)  # what went is selected no more


class Keeper(Protocol):
    """Where drawings are kept; ``store.drawings`` is one."""

    async def load(self, key: InstrumentKey) -> Stack:
        """Return what is kept of an instrument."""
        ...

    def save(self, key: InstrumentKey, drawings: Stack) -> None:
        """Keep an instrument's drawings; returns at once."""
        ...


class DrawingBoards:
    """The boards of all instruments that were looked at, each kept as it changes."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._boards: dict[InstrumentKey, DrawingBoard] = {}
        self._handles: list[Handle[[Stack]]] = []

    @property
    def boards(self) -> Mapping[InstrumentKey, DrawingBoard]:
        """Those that are open."""
        return self._boards

    async def open(self, key: InstrumentKey) -> DrawingBoard:
        """Return an instrument's board: one for all its charts, with its steps, for the session."""
        if key not in self._boards:
            drawings = await self._keeper.load(key)
            if key not in self._boards:  # somebody else may have asked for it meanwhile
                board = self._boards[key] = DrawingBoard(drawings)
                save = self._keeper.save
                self._handles.append(board.edited.connect(lambda stack: save(key, stack)))
        return self._boards[key]


def _is_free(drawing: Drawing) -> bool:
    return drawing.known and not drawing.locked
