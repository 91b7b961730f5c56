"""Text on its way into a list: from a file, the clipboard, or dropped upon it.

What is plain - codes that are known as they are written - is added at once. All else is shown
first: see ``import_dialog``.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from alltick_desk.model.instrument import Catalogue, InstrumentKey
from alltick_desk.model.lists import Place
from alltick_desk.model.words import Sentence
from alltick_desk.services.lists import Lists
from alltick_desk.ui.lists import sentences
from alltick_desk.ui.lists.background import Background
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist.telling import Telling

if TYPE_CHECKING:  # the dialog and all that reads text are loaded when they are first needed
    from alltick_desk.services.list_text import Preview
    from alltick_desk.services.list_text_codes import Spell
    from alltick_desk.ui.lists.import_reading import Around, Source

ENDINGS = "*.csv *.tsv *.txt"
MOST_BYTES = 20_000_000
_PLAIN_MOST = 20_000  # characters of a text that is looked at before anything is shown

translate = QCoreApplication.translate


class Goal(NamedTuple):
    """Where something goes: a list by its id, "" for the one that is shown, and a place in it."""

    into: str = ""
    place: Place | None = None


HERE = Goal()


class Imports:
    """Takes text in.

    ``vendor`` returns the vendor that takes what names none, ``name_of`` an instrument's name.
    ``on_added`` is told which rows a list got that is shown, so that they are seen. ``telling``
    gets sentences.
    """

    def __init__(
        self,
        lists: Lists,
        catalogue: Catalogue,
        vendors: VendorTags,
        *,
        spell: "Spell",
        vendor: Callable[[], str],
        name_of: Callable[[InstrumentKey], str],
        background: Background,
        on_added: Callable[[Sequence[InstrumentKey]], object],
        telling: Telling,
        parent: QWidget,
    ) -> None:
        self._lists = lists
        self._catalogue = catalogue
        self._vendors = vendors
        self._spell = spell
        self._vendor = vendor
        self._name_of = name_of
        self._background = background
        self._on_added = on_added
        self._tell = telling
        self._parent = parent
        self._waiting: list[tuple[Path, Goal]] = []  # files that were dropped together
        self._busy = False

    def ask(self, goal: Goal = HERE) -> None:
        """Ask for a file."""
        from alltick_desk.ui.file_dialog import open_dialog

        dialog = open_dialog(
            self._parent,
            name="lists.importFile",
            title=translate("Lists", "Import into a list"),
            filters=(
                translate("Lists", "Lists ({endings})").format(endings=ENDINGS),
                translate("Lists", "All files ({endings})").format(endings="*"),
            ),
        )
        dialog.fileSelected.connect(lambda name: self.open([Path(name)], goal))
        dialog.open()

    def open(self, paths: Sequence[Path], goal: Goal = HERE) -> None:
        """Read files and show one after the other what they would do."""
        self._waiting += [(path, goal) for path in paths]
        self._next()

    def paste(self, goal: Goal = HERE) -> None:
        """Take in what is on the clipboard."""
        self.bring(QGuiApplication.clipboard().mimeData(), goal)

    def bring(self, data: QMimeData, goal: Goal = HERE) -> None:
        """Take in files or text."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.open(paths, goal)
        elif data.hasText() and data.text().strip():
            self._take_text(data.text(), goal)
        else:
            self._tell(sentences.no_codes())

    # Inside

    def _take_text(self, text: str, goal: Goal) -> None:
        from alltick_desk.services.list_text import Vendors, Verdict, preview
        from alltick_desk.services.list_text_apply import take_in
        from alltick_desk.ui.lists.import_reading import Source

        if len(text) > _PLAIN_MOST:
            self._show(Source(text), goal)
            return
        found = preview(
            text,
            self._lists.book,
            catalogue=self._catalogue,
            spell=self._spell,
            vendors=Vendors(self._vendor(), self._vendors.titles),
            into=self._id(goal),
        )
        if not found.lines:
            self._tell(sentences.no_codes())
        elif found.count(Verdict.NEW, Verdict.ALREADY_THERE) == len(found.lines) and not any(
            line.list or line.section is not None for line in found.lines
        ):
            take_in(found, self._lists, goal.place)
            told = sentences.pasted(found.added, found.count(Verdict.ALREADY_THERE))
            tell = self._tell.undoable if found.added else self._tell
            tell(told)
            fresh = [line.entry.key for line in found.lines if line.entry is not None]
            if self._id(goal) == self._lists.shown.id:
                self._on_added(fresh)
        else:
            self._show(Source(text), goal)

    def _show(self, source: "Source", goal: Goal) -> None:
        from alltick_desk.ui.lists.import_dialog import ListImportDialog

        dialog = ListImportDialog(
            source,
            self._around(),
            into=self._id(goal),
            vendor=self._vendor(),
            place=goal.place,
            on_taken=self._taken,
            parent=self._parent.window(),
        )
        dialog.finished.connect(self._next_file)
        dialog.open()

    def _around(self) -> "Around":
        from alltick_desk.ui.lists.import_reading import Around

        vendor = self._vendor()
        return Around(
            self._lists,
            self._catalogue,
            self._spell,
            dict(self._vendors.titles),
            self._vendors.in_use,
            lambda code: self._name_of(InstrumentKey(vendor, code)),
            self._background,
        )

    def _taken(self, found: "Preview", changed: bool) -> None:
        self._on_added([line.entry.key for line in found.lines if line.entry is not None])
        if changed:
            self._tell.undoable(sentences.imported(found.added))
        else:
            self._tell(sentences.pasted(0, 0))

    def _id(self, goal: Goal) -> str:
        return goal.into if goal.into in self._lists.book else self._lists.shown.id

    # Files

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        path, goal = self._waiting.pop(0)
        self._background.run(
            lambda: _read(path), lambda read: self._show_file(read, goal), f"list file {path.name}"
        )

    def _show_file(self, read: "Source | Sentence", goal: Goal) -> None:
        if isinstance(read, Sentence):
            self._tell(read)
            self._next_file()
        else:
            self._show(read, goal)

    def _next_file(self) -> None:
        self._busy = False
        self._next()


def _read(path: Path) -> "Source | Sentence":
    """Read a file; return a sentence where that is not possible."""
    from alltick_desk.services.list_text_decode import decode
    from alltick_desk.store.files import reason
    from alltick_desk.ui.lists.import_reading import Source

    try:
        if path.stat().st_size > MOST_BYTES:
            words = Sentence("Lists", "The file {file} is too large to be a list.")
            return words.format(file=path.name)
        data = path.read_bytes()
    except OSError as error:
        words = Sentence("Lists", "The file {file} cannot be read: {why}.")
        return words.format(file=path.name, why=reason(error))
    text, encoding = decode(data)
    return Source(text, path.name, encoding, data)
