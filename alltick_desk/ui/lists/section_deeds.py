"""What a person does to the sections of the list that is shown, and to rows among them."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QRect

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import Entry, Place
from alltick_desk.model.words import Sentence
from alltick_desk.services.lists import Lists
from alltick_desk.ui.lists import sentences
from alltick_desk.ui.watchlist.arrangement import Heading
from alltick_desk.ui.watchlist.edits import RowEdits
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.scrolled import top_of
from alltick_desk.ui.watchlist.telling import Telling
from alltick_desk.ui.watchlist.view import WatchlistView

translate = QCoreApplication.translate
_Flag = QItemSelectionModel.SelectionFlag
_SELECT_ROW = _Flag.ClearAndSelect | _Flag.Rows


class SectionDeeds:
    """Edits sections, and shows in the table what came of it. ``telling`` is told."""

    def __init__(
        self,
        lists: Lists,
        *,
        model: WatchlistModel,
        view: WatchlistView,
        edits: RowEdits,
        telling: Telling,
    ) -> None:
        self._lists = lists
        self._model = model
        self._view = view
        self._edits = edits
        self._tell = telling

    def heading(self) -> Heading | None:
        """Return the heading that is selected, if it is one and nothing else is."""
        line = self._line()
        return None if line is None else self._model.heading_at(line)

    def keys_of(self, heading: Heading) -> tuple[InstrumentKey, ...]:
        """Return the instruments under a heading, in the list's order."""
        return tuple(entry.key for entry in self._lists.shown.sections[heading.number].entries)

    def new(self) -> None:
        """Have the person name a section for the selected rows; without any it is empty."""
        from alltick_desk.services.list_moves import grouped

        keys = self._edits.selected_keys()
        taken = {section.name.casefold() for section in self._lists.shown.sections}
        name = sentences.next_name(translate("Lists", "Section {n}"), taken)
        place = self._model.place(keys[0]) if keys else None

        def make(name: str) -> None:
            shown = self._lists.shown
            book = grouped(self._lists.book, shown.id, keys, name)
            before = {section.name for section in shown.sections}
            made = next(it.name for it in book.shown.sections if it.name not in before)
            what = Sentence("Lists", "add the section “{name}”").format(name=made)
            self._lists.take(book, what, where=shown.id)
            self._select_section(made)
            if _leaps(shown.sections[0].entries, frozenset(keys)):
                self._tell.undoable(sentences.below_the_loose(made))

        self._write(
            len(self._model.lines) if place is None else place,
            name,
            translate("Lists", "Name of the new section"),
            make,
        )

    def rename(self) -> None:
        """Have the person write another name on the heading."""
        heading = self.heading()
        if heading is not None:
            self._write(
                self._line() or 0,
                heading.name,
                translate("Lists", "Name of the section"),
                lambda name: self._lists.rename_section(heading.number, name),
            )

    def delete(self, *, with_rows: bool) -> None:
        """Take the heading away, and its rows too, ``with_rows``."""
        heading, at = self.heading(), self._line()
        if heading is None or at is None:
            return
        if self._lists.delete_section(heading.number, with_rows=with_rows):
            rows = heading.rows if with_rows else 0
            self._tell.undoable(sentences.deleted_section(heading.name, rows))
            self._select_line(min(at, len(self._model.lines) - 1))

    def shift(self, *, up: bool) -> None:
        """Move the section one place among the others."""
        heading = self.heading()
        if heading is not None:
            self.move(heading.number, heading.number + (-1 if up else 2))

    def move(self, number: int, to: int) -> None:
        """Bring a section before the one that is number ``to`` now."""
        name = self._lists.shown.sections[number].name
        if self._lists.move_section(number, to):
            self._select_section(name)

    def move_rows(self, number: int) -> None:
        """Bring the selected rows to the end of a section."""
        keys = self._edits.selected_keys()
        end = Place(number, len(self._lists.shown.sections[number].entries))
        self._lists.move(keys, end)

    def fold_all(self, *, folded: bool) -> None:
        """Fold all sections, or unfold them."""
        self._lists.fold(range(1, len(self._lists.shown.sections)), folded=folded)

    # Inside

    def _line(self) -> int | None:
        # One line may be several parts: Qt cuts it up by its columns when lines change places.
        lines: set[int] = set()
        for part in self._view.selectionModel().selection():  # type: ignore[attr-defined]
            lines |= {part.top(), part.bottom()}
        return lines.pop() if len(lines) == 1 else None

    def _write(self, line: int, name: str, title: str, on_name: Callable[[str], object]) -> None:
        """Open a field over a line of the table."""
        from alltick_desk.ui.lists.name_field import NameField

        view = self._view
        if line < len(self._model.lines):
            view.scrollTo(self._model.index(line, 0))
        else:
            view.scrollToBottom()
        height = view.verticalHeader().defaultSectionSize()
        top = top_of(view, line)
        room = view.viewport()
        field = NameField(room, name, title=title, back=view, on_name=on_name)
        field.open_over(QRect(0, top, min(field.least_width() * 2, room.width()), height))

    def _select_section(self, name: str) -> None:
        """Select a heading, with as many of its rows in sight as there is room for."""
        for place, line in enumerate(self._model.lines):
            if isinstance(line, Heading) and line.name == name:
                last = place if line.folded else place + line.shown
                self._view.updateGeometries()  # else it scrolls as far as before the edit
                self._view.scrollTo(self._model.index(last, 0))
                self._select_line(place)

    def _select_line(self, place: int) -> None:
        if place >= 0:
            index = self._model.index(place, 0)
            self._view.selectionModel().setCurrentIndex(index, _SELECT_ROW)
            self._view.scrollTo(index)


def _leaps(loose: Sequence[Entry], chosen: Collection[InstrumentKey]) -> bool:
    """Return whether rows that leave those without a section leap over some of them."""
    marks = [entry.key in chosen for entry in loose]
    return True in marks and not all(marks[marks.index(True) :])
