"""The question for a file to write, wherever the desk asks it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

translate = QCoreApplication.translate


def save_dialog(
    parent: QWidget, *, name: str, title: str, filters: Sequence[str], suffix: str
) -> QFileDialog:
    """Return a dialog for one file; show it with ``open()``.

    ``name`` is the object's, ``suffix`` what the name of a file gets that has no dot in it.
    """
    dialog = QFileDialog(parent, title)
    dialog.setObjectName(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(filters)
    dialog.setDefaultSuffix(suffix)
    label = QFileDialog.DialogLabel  # Qt's own translations leave these two out
    dialog.setLabelText(label.LookIn, translate("SaveDialog", "Look in:"))
    dialog.setLabelText(label.FileType, translate("SaveDialog", "Files of type:"))
    return dialog
