"""The menu entry "Import product list…": asks for a file, reads it, and shows what it holds."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from alltick_desk.errors import DeskError
from alltick_desk.model.words import Sentence, joined
from alltick_desk.services.catalogue_import_lists import ProductLists

if TYPE_CHECKING:  # the dialogs are loaded when they are first opened
    from alltick_desk.services.catalogue_import_sheets import Sheet
    from alltick_desk.store.imports import ImportedList
    from alltick_desk.ui.catalogue_import_dialog import Chosen

translate = QCoreApplication.translate


class ProductListMenu:
    """What the Tools menu does with product lists.

    Args:
        titles: of the vendors whose codes a list may have, in the order in which they are offered.
        tell: told what was done. say: told why it was not.
    """

    def __init__(
        self,
        lists: ProductLists,
        *,
        titles: Callable[[], Mapping[str, str]],
        spawn: Callable[[Coroutine[Any, Any, None], str], object],
        tell: Callable[[str], None],
        say: Callable[[str], None],
    ) -> None:
        self._lists = lists
        self._titles = titles
        self._spawn = spawn
        self._tell = tell
        self._say = say

    async def load(self) -> None:
        """Take the lists of earlier runs."""
        for note in await self._lists.load():
            self._say(note)

    def ask(self, parent: QWidget) -> None:
        """Ask for a file; what it holds is shown before anything changes."""
        from alltick_desk.ui.file_dialog import open_dialog

        dialog = open_dialog(
            parent,
            name="importProducts",
            title=translate("Import", "Import product list"),
            filters=(
                translate("Import", "Product lists ({endings})").format(
                    endings="*.xlsx *.xls *.xlsm *.xlsb *.ods *.csv *.tsv *.txt"
                ),
                translate("Import", "All files ({endings})").format(endings="*"),
            ),
        )
        dialog.fileSelected.connect(lambda name: self.open(Path(name), parent))
        dialog.open()

    def open(self, path: Path, parent: QWidget) -> None:
        """Read a file and show what it holds."""
        self._spawn(self._open(path, parent), f"product list {path.name}")

    def manage(self, parent: QWidget) -> None:
        """Show the lists that were imported; they can be removed."""
        from alltick_desk.ui.catalogue_import_shelf import ProductListShelf

        ProductListShelf(
            self._lists,
            titles=self._titles(),
            on_import=lambda: self.ask(parent),
            on_remove=lambda one, done: self._spawn(
                self._remove(one, done), f"removal of {one.name}"
            ),
            on_restore=lambda one, done: self._spawn(
                self._restore(one, done), f"return of {one.name}"
            ),
            parent=parent,
        ).open()

    async def _open(self, path: Path, parent: QWidget) -> None:
        from alltick_desk.services.catalogue_import_sheets import read_sheets

        try:
            sheets = await asyncio.to_thread(read_sheets, path)
        except DeskError as error:
            self._say(str(error))
            return
        self._show(path, sheets, parent)

    def _show(self, path: Path, sheets: "list[Sheet]", parent: QWidget) -> None:
        from alltick_desk.ui.catalogue_import_dialog import ProductListDialog

        ProductListDialog(
            path.name,
            sheets,
            self._lists.catalogue,
            titles=self._titles(),
            on_import=lambda chosen: self._spawn(self._add(chosen), f"import of {path.name}"),
            parent=parent,
        ).open()

    async def _add(self, chosen: "Chosen") -> None:
        try:
            one = await self._lists.add(chosen.name, chosen.vendor, chosen.instruments)
        except DeskError as error:
            self._say(str(error))
            return
        words = Sentence("Import", "{count} instruments of {list} can be found now.")
        self._tell(words.format(count=len(one.instruments), list=one.name))

    async def _remove(self, one: "ImportedList", done: Callable[[str], object]) -> None:
        try:
            await self._lists.remove(one.name)
        except DeskError as error:
            why = joined(str(error), Sentence("Import", "The list stays."))
            self._say(why)
            done(why)
            return
        self._tell(Sentence("Import", "The product list {list} was removed.").format(list=one.name))
        done("")

    async def _restore(self, one: "ImportedList", done: Callable[[str], object]) -> None:
        try:
            await self._lists.restore(one)
        except DeskError as error:
            self._say(str(error))
            done(str(error))
            return
        self._tell(Sentence("Import", "The product list {list} is back.").format(list=one.name))
        done("")
