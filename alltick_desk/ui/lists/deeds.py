"""What a person does to whole lists, and to rows on their way from one list to another."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from alltick_desk.model.lists import Place
from alltick_desk.model.words import Sentence
from alltick_desk.services.lists import Lists
from alltick_desk.ui.lists import sentences
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist.edits import RowEdits
from alltick_desk.ui.watchlist.telling import Telling

if TYPE_CHECKING:
    from alltick_desk.ui.lists.carried import Carried

translate = QCoreApplication.translate


class ListDeeds:
    """Edits the lists and says what was done, where it cannot be seen. ``telling`` is told."""

    def __init__(
        self, lists: Lists, vendors: VendorTags, edits: RowEdits, telling: Telling
    ) -> None:
        self.lists = lists
        self._vendors = vendors
        self._edits = edits
        self._tell = telling

    def step(self, by: int) -> None:
        """Show the next list or the one before; behind the last comes the first."""
        book = self.lists.book
        at = (book.place(book.current) + by) % len(book.lists)
        self.lists.show(book.lists[at].id)

    def shift(self, by: int, list_id: str | None = None) -> None:
        """Move a list's tab by so many places."""
        book = self.lists.book
        list_id = book.current if list_id is None else list_id
        at = book.place(list_id) + by
        if 0 <= at < len(book.lists):
            self.lists.move_list(list_id, at)

    def fresh_name(self) -> str:
        """Return what a new list would be called."""
        taken = {one.name.casefold() for one in self.lists.book.lists}
        return sentences.next_name(translate("Lists", "List {n}"), taken)

    def add(self, name: str, carried: "Carried | None" = None, *, copy: bool = False) -> None:
        """Make a list and show it; or make it of rows, and stay where they come from."""
        if carried is None:
            self.lists.add_list(name)
            return
        from alltick_desk.services.list_moves import into_new_list, section_into_new_list

        now, source, made = self.lists.book, carried.source, self.lists.new_id()
        labels, _ = self._named(carried, "")
        if carried.section:
            book = section_into_new_list(now, source, carried.section, made, name, copy=copy)
        else:
            book = into_new_list(now, source, carried.keys, made, name, copy=copy)
        what = Sentence("Lists", "add the list “{name}”").format(name=book.get(made).name)
        with self._edits.leaving():
            done = self.lists.take(book, what, where=carried.source)
        if done:
            self._tell.undoable(sentences.moved(labels, (), book.get(made).name, copied=copy))

    def delete(self, list_id: str | None = None) -> None:
        """Take a list away."""
        book = self.lists.book
        one = book.shown if list_id is None else book.get(list_id)
        if self.lists.delete_list(one.id):
            self._tell.undoable(sentences.deleted_list(one.name))

    def copy_text(self, list_id: str | None = None) -> None:
        """Put a list's codes on the clipboard, one a line."""
        from alltick_desk.services.list_text_write import codes_text

        book = self.lists.book
        one = book.shown if list_id is None else book.get(list_id)
        text = codes_text(one.keys, usual=self._vendors.in_use[0])
        QGuiApplication.clipboard().setText(text)
        self._tell(sentences.copied_text(len(one.keys)))

    def carry(
        self, carried: "Carried", target: str, place: Place | None = None, *, copy: bool = False
    ) -> bool:
        """Bring rows or a section into another list; return whether anything changed."""
        lists, source = self.lists, carried.source
        if source not in lists.book or target not in lists.book or source == target:
            return False
        labels, known = self._named(carried, target)
        with self._edits.leaving():
            if carried.section:
                done = self._carry_section(carried, target, copy=copy)
            elif copy:
                done = lists.copy_to(target, carried.keys, place, of=source)
            else:
                done = lists.move_to(target, carried.keys, place, of=source)
        name = lists.book.get(target).name
        if done:
            self._tell.undoable(sentences.moved(labels, known, name, copied=copy))
        else:
            self._tell(sentences.there_already(name))
        return done

    def _carry_section(self, carried: "Carried", target: str, *, copy: bool) -> bool:
        from alltick_desk.services.list_moves import section_to_list

        lists, source = self.lists, carried.source
        name = lists.book.get(source).sections[carried.section].name
        book = section_to_list(lists.book, source, carried.section, target, copy=copy)
        if copy:
            what = Sentence("Lists", "copy the section “{name}”").format(name=name)
        else:
            what = Sentence("Lists", "move the section “{name}”").format(name=name)
        return lists.take(book, what, where=target if copy else source)

    def _named(self, carried: "Carried", target: str) -> tuple[list[str], list[str]]:
        """Return what is carried, in words, and what of it another list has already.

        It is a section's heading, or those codes that are new there. Ask before it has left.
        """
        book, label = self.lists.book, self._vendors.label
        there = frozenset(book.get(target).keys if target in book else ())
        known = [label(key) for key in carried.keys if key in there]
        if carried.section:
            return [book.get(carried.source).sections[carried.section].name], known
        return [label(key) for key in carried.keys if key not in there], known
