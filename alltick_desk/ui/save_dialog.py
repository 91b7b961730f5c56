"""The question for a file to write, wherever the desk asks it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFileDialog, QWidget

from alltick_desk.ui.file_dialog import file_dialog


def save_dialog(
    parent: QWidget, *, name: str, title: str, filters: Sequence[str], suffix: str
) -> QFileDialog:
    """Return a dialog for one file; show it with ``open()``.

    ``name`` is the object's, ``suffix`` what the name of a file gets that has no dot in it.
    """
    dialog = file_dialog(parent, name=name, title=title, filters=filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    return dialog
