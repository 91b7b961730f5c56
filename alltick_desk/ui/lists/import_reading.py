"""What is imported, and how it is read for a goal: by lists, catalogue and vendors."""

from collections.abc import Callable
from typing import NamedTuple

from alltick_desk.model.instrument import Catalogue
from alltick_desk.model.list_edits import add_list, show_list
from alltick_desk.model.lists import ListBook
from alltick_desk.services.list_text import Preview, Vendors, preview
from alltick_desk.services.list_text_codes import Spell
from alltick_desk.services.list_text_decode import decode
from alltick_desk.services.lists import Lists
from alltick_desk.ui.lists.background import Background
from alltick_desk.ui.lists.import_goal import Goal


class Source(NamedTuple):
    """A text to import: a file's, or a pasted one, of which there is only the text.

    Attributes:
        encoding: what the text was read in, as guessed.
        data: the file itself, to be read in another one.
    """

    text: str
    name: str = ""
    encoding: str = ""
    data: bytes = b""

    def read_in(self, encoding: str) -> str:
        """Return the text as it is in an encoding, "" for the one it was read in."""
        if encoding in {"", self.encoding}:
            return self.text
        return decode(self.data, encoding).text


class Around(NamedTuple):
    """What an import is judged by."""

    lists: Lists
    catalogue: Catalogue
    spell: Spell
    titles: dict[str, str]  # of all vendors
    in_use: tuple[str, ...]
    name_of: Callable[[str], str]  # an instrument's by its code
    background: Background


class Read(NamedTuple):
    """What a text would do, read for a goal."""

    book: ListBook  # with the new list, where there is to be one
    found: Preview
    named: bool  # whether the text names lists


def look_at(text: str, book: ListBook, around: Around, goal: Goal, new_id: str) -> Read:
    """Read a text for a goal; ``new_id`` is the new list's, "" where there is to be none."""
    if new_id:
        book = show_list(add_list(book, new_id, goal.name), book.current)

    def look(*, by_list: bool) -> Preview:
        return preview(
            text,
            book,
            catalogue=around.catalogue,
            spell=around.spell,
            vendors=Vendors(goal.vendor, around.titles),
            into=new_id or goal.into,
            by_list=by_list,
        )

    found = look(by_list=goal.by_list)
    if goal.by_list:
        return Read(book, found, any(line.list for line in found.lines))
    return Read(book, found, named=True)  # who left the box unchecked has seen it
