"""What every question for a file has in common, whether it is read or written.

It begins in the folder that was used last in this run, whichever part of the desk asked, else
among the person's documents: the folder that the desk was started in is nobody's choice.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_LAST = "lastFolder"  # of the application: it ends with the run, and is nobody's else

translate = QCoreApplication.translate


def open_dialog(parent: QWidget, *, name: str, title: str, filters: Sequence[str]) -> QFileDialog:
    """Return a dialog for one file that is there; show it with ``open()``.

    ``name`` is the object's.
    """
    dialog = file_dialog(parent, name=name, title=title, filters=filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return dialog


def file_dialog(parent: QWidget, *, name: str, title: str, filters: Sequence[str]) -> QFileDialog:
    """Return a dialog that begins in the right folder, and keeps the one that is chosen."""
    dialog = QFileDialog(parent, title, first_folder())
    dialog.setObjectName(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setNameFilters(filters)
    label = QFileDialog.DialogLabel  # Qt's own translations leave these two out
    dialog.setLabelText(label.LookIn, translate("SaveDialog", "Look in:"))
    dialog.setLabelText(label.FileType, translate("SaveDialog", "Files of type:"))
    dialog.fileSelected.connect(_keep)
    return dialog


def first_folder() -> str:
    """Return where a dialog begins: a folder that is there."""
    app = QCoreApplication.instance()
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    for folder in (
        app.property(_LAST) if app is not None else None,
        QStandardPaths.writableLocation(documents),
    ):
        if folder and Path(folder).is_dir():
            return str(folder)
    return str(Path.home())


def _keep(path: str) -> None:
    app = QCoreApplication.instance()
    if app is not None:
        app.setProperty(_LAST, str(Path(path).parent))
