"""The lines of an import's preview as Qt's item model: nothing is copied, tens of thousands fit."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QPalette

from alltick_desk.services.list_text import ADDED, PreviewLine, Verdict
from alltick_desk.ui.lists.import_words import verdict_word
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_COLOUR = int(Qt.ItemDataRole.ForegroundRole)
_NOWHERE = QModelIndex()
COLUMNS = ("line", "text", "code", "name", "goal", "verdict", "note")

Index = QModelIndex | QPersistentModelIndex


class PreviewModel(QAbstractTableModel):
    """Shows lines of a preview, all of them or those of one verdict.

    ``name_of`` returns what the catalogue calls a code, ``label_of`` a code with its vendor where
    that is a question.
    """

    def __init__(
        self,
        *,
        name_of: Callable[[str], str],
        label_of: Callable[[PreviewLine], str],
        palette: QPalette,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._name_of = name_of
        self._label_of = label_of
        self._muted = palette.color(QPalette.ColorRole.PlaceholderText)
        self._wrong = palette.color(QPalette.ColorRole.BrightText)
        self._all: Sequence[PreviewLine] = ()
        self.lines: Sequence[PreviewLine] = ()

    def show_lines(self, lines: Sequence[PreviewLine], only: Verdict | None = None) -> None:
        """Show lines, or ``only`` those of one verdict."""
        self.beginResetModel()
        self._all = lines
        self.lines = lines if only is None else [it for it in lines if it.verdict is only]
        self.endResetModel()

    def choose(self, only: Verdict | None) -> None:
        """Show only the lines of one verdict, None for all."""
        self.show_lines(self._all, only)

    def _text(self, line: PreviewLine, column: str) -> str:
        match column:
            case "line":
                text = str(line.number)
            case "text":
                text = line.text
            case "code":
                text = self._label_of(line)
            case "name":
                text = self._name_of(line.code) if line.code else ""
            case "goal":
                text = " / ".join(filter(None, (line.list, line.section)))
            case "verdict":
                text = verdict_word(line.verdict)
            case _:
                text = spoken(line.note)
        return text

    # Qt's questions

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role in {_DISPLAY, _TOOL_TIP}:
            return self._text(line, COLUMNS[index.column()])
        if role == _COLOUR and line.verdict not in ADDED:
            return self._wrong if line.verdict is Verdict.UNREADABLE else self._muted
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != _DISPLAY:
            return None
        return (
            translate("Lists", "Line"),
            translate("Lists", "As written"),
            translate("Lists", "Code"),
            translate("Lists", "Name"),
            translate("Lists", "List / section"),
            translate("Lists", "What happens"),
            translate("Lists", "Remark"),
        )[section]
