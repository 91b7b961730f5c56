"""Lists as files: the ending says whether it is a table with commas, with tabs, or codes alone."""

import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import NamedList
from alltick_desk.model.words import Sentence
from alltick_desk.ui.lists import sentences
from alltick_desk.ui.lists.background import Background
from alltick_desk.ui.save_dialog import save_dialog

translate = QCoreApplication.translate

ENDINGS = (".csv", ".tsv", ".txt")
_SEPARATORS = {".csv": ",", ".tsv": "\t"}
_UNSAFE = str.maketrans(dict.fromkeys('<>:"/\\|?*$\0', "-"))  # in the name of a file


class Exports:
    """Writes lists into files.

    ``name_of`` returns an instrument's name, ``usual`` the vendor that codes name none of.
    ``tell`` gets sentences.
    """

    def __init__(
        self,
        *,
        name_of: Callable[[InstrumentKey], str],
        usual: Callable[[], str],
        background: Background,
        tell: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        self._name_of = name_of
        self._usual = usual
        self._background = background
        self._tell = tell
        self._parent = parent

    def ask(self, lists: Sequence[NamedList], name: str) -> None:
        """Ask for a file, whose name is offered without an ending, and write the lists."""
        dialog = save_dialog(
            self._parent,
            name="lists.exportFile",
            title=translate("Lists", "Export lists"),
            filters=(
                translate("Lists", "Table with commas (*.csv)"),
                translate("Lists", "Table with tabs (*.tsv)"),
                translate("Lists", "Codes, one a line (*.txt)"),
            ),
            suffix="csv",
        )
        dialog.filterSelected.connect(lambda _chosen: dialog.setDefaultSuffix(_ending(dialog)))
        dialog.selectFile(name.translate(_UNSAFE).strip(". ") + _ending(dialog))

        def take(chosen: str) -> None:
            path = Path(chosen)
            if path.suffix.lower() not in ENDINGS:  # a point in a list's name is no ending
                path = path.with_name(path.name + _ending(dialog))
                if path.exists():  # nobody was asked whether this one may be replaced
                    words = Sentence(
                        "Lists",
                        "There is a file {path} already, so nothing was written. Choose another "
                        "name.",
                    )
                    self._tell(words.format(path=path))
                    return
            self.write(lists, path)

        dialog.fileSelected.connect(take)
        dialog.open()

    def write(self, lists: Sequence[NamedList], path: Path) -> None:
        """Write lists into a file, whole or not at all, and tell what became of it."""
        usual, name_of = self._usual(), self._name_of

        def write() -> Sentence | str:
            return _write(lists, path, name_of, usual)

        self._background.run(write, self._tell, f"export of {path.name}")


def _write(
    lists: Sequence[NamedList], path: Path, name_of: Callable[[InstrumentKey], str], usual: str
) -> str:
    from alltick_desk.services.list_text_write import codes_text, encode, table_text
    from alltick_desk.store.files import reason

    keys = [key for one in lists for key in one.keys]
    separator = _SEPARATORS.get(path.suffix.lower())
    if separator is None:
        text = codes_text(dict.fromkeys(keys), usual=usual)
    else:
        text = table_text(lists, name_of, separator=separator)
    path = path.resolve()  # somebody may have a link in its place
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(encode(text))
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        return sentences.not_exported(path, reason(error))
    return sentences.exported(len(lists), len(keys), path)


def _ending(dialog: QFileDialog) -> str:
    """Return what the name of a file of the chosen kind ends with."""
    chosen = dialog.selectedNameFilter()
    return next((it for it in ENDINGS if f"*{it}" in chosen), ENDINGS[0])
