"""The dialog that says line by line what an import would do, before anything changes."""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.model.list_edits import add_list
from alltick_desk.model.lists import Place
from alltick_desk.model.words import Sentence
from alltick_desk.services.list_text import ADDED, Preview, PreviewLine, Verdict
from alltick_desk.services.list_text_apply import apply, take_in
from alltick_desk.ui.lists.import_encoding import EncodingChoice
from alltick_desk.ui.lists.import_goal import GoalForm
from alltick_desk.ui.lists.import_model import COLUMNS, PreviewModel
from alltick_desk.ui.lists.import_reading import Around, Read, Source, look_at
from alltick_desk.ui.lists.import_words import VERDICTS, how_read, verdict_help, verdict_word
from alltick_desk.ui.lists.last_column import LastColumn
from alltick_desk.ui.plain_buttons import plain_buttons

translate = QCoreApplication.translate
_Button = QDialogButtonBox.StandardButton
_AT_ONCE = 20_000  # characters of a text that is read without a thread: nobody sees it wait
_WIDTHS = {"line": 7, "text": 16, "code": 20, "name": 24, "goal": 20, "verdict": 17}


class ListImportDialog(QDialog):
    """Shows what becomes of every line; shown with ``open()``.

    ``into`` is the id of the list that is offered first, ``place`` where rows go in it.
    ``on_taken`` is told what was taken in, and whether that changed anything.
    """

    def __init__(
        self,
        source: Source,
        around: Around,
        *,
        into: str,
        vendor: str,
        place: Place | None = None,
        on_taken: Callable[[Preview, bool], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._around = around
        self._first = into
        self._place = place
        self._on_taken = on_taken
        self._read: Read | None = None
        self._turn = 0  # of the readings; only the last one counts
        self.setObjectName("listImport")
        title = translate("Lists", "Import into a list")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        in_use = {it: around.titles.get(it, it) for it in around.in_use}
        name = source.name.rpartition(".")[0] or source.name
        self._goal = GoalForm(
            around.lists.book,
            into=into,
            name=name or translate("Lists", "Pasted"),
            vendors=in_use,
            parent=self,
        )
        self._goal.choose_vendor(vendor)
        self._how = QLabel(self)
        self._how.setObjectName("listImport.how")
        self._how.setWordWrap(True)
        self._encoding = EncodingChoice(source.encoding, self) if source.encoding else None
        self._model = PreviewModel(
            name_of=around.name_of,
            label_of=self._label,
            palette=self.palette(),
            parent=self,
        )
        self._table = self._make_table()
        self._verdicts = QButtonGroup(self)
        self._verdicts.setExclusive(True)
        self._buttons: dict[Verdict | None, QToolButton] = {}
        self._counts = QHBoxLayout()
        self._make_counts()
        self._says = QLabel(self)
        self._says.setObjectName("listImport.says")
        self._says.setWordWrap(True)
        self._box = plain_buttons(QDialogButtonBox(_Button.Ok | _Button.Cancel, self))
        self._ok = self._box.button(_Button.Ok)
        self._ok.setObjectName("listImport.ok")
        self._ok.setText(translate("Lists", "Import"))
        self._box.accepted.connect(self.accept)
        self._box.rejected.connect(self.reject)
        self._lay_out()
        self._following = (
            self._goal.changed.connect(self._look),
            self._goal.renamed.connect(self._tell),
            *([self._encoding.changed.connect(self._look)] if self._encoding else []),
        )
        self._look()

    def accept(self) -> None:
        """Do what the preview says."""
        read, lists = self._read, self._around.lists
        if read is None or not self._ok.isEnabled():
            return
        goal, before = self._goal.goal, lists.last_edit
        if goal.into:
            place = self._place if goal.into == self._first else None
            take_in(read.found, lists, place)
        else:
            book = add_list(lists.book, read.found.into, goal.name)
            made = apply(read.found, book, new_id=lists.new_id)
            what = Sentence("Lists", "import {n} rows").format(n=read.found.added)
            lists.take(made, what, where=read.found.into)
        self._on_taken(read.found, lists.last_edit is not before)
        super().accept()

    def done(self, result: int) -> None:
        """Close, and go away."""
        self._turn += 1  # what is still being read is for nobody
        super().done(result)
        self.deleteLater()

    # Building

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        name = self._source.name or translate("Lists", "Pasted text")
        file = QLabel(name, self)
        file.setObjectName("listImport.file")
        file.setToolTip(name)
        file.setTextFormat(Qt.TextFormat.PlainText)
        file.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        font = file.font()
        font.setBold(True)
        file.setFont(font)
        head.addWidget(file)
        head.addWidget(self._how)
        if self._encoding is not None:
            head.addWidget(self._encoding)
        head.addStretch(1)
        upper = QHBoxLayout()
        upper.addLayout(head, 1)
        upper.addSpacing(self.fontMetrics().averageCharWidth() * 2)
        upper.addWidget(self._goal, 1)
        column = QVBoxLayout(self)
        column.addLayout(upper)
        column.addLayout(self._counts)
        column.addWidget(self._table, 1)
        column.addWidget(self._says)
        column.addWidget(self._box)
        letter = self.fontMetrics().averageCharWidth()
        self.resize(letter * 150, self.fontMetrics().height() * 32)

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("listImport.preview")
        table.setAccessibleName(translate("Lists", "What happens, line by line"))
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() * 3 // 2)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in _WIDTHS.items():
            table.setColumnWidth(COLUMNS.index(column), letter * letters)
        LastColumn(table)  # a remark is read to its end
        return table

    def _make_counts(self) -> None:
        for verdict in (None, *VERDICTS):
            button = QToolButton(self)
            button.setObjectName(f"listImport.{verdict.value if verdict else 'all'}")
            button.setCheckable(True)
            button.setChecked(verdict is None)
            button.setAutoRaise(True)
            if verdict is not None:
                button.setToolTip(verdict_help(verdict))
            button.clicked.connect(self._choose)
            self._verdicts.addButton(button)
            self._buttons[verdict] = button
            self._counts.addWidget(button)
        self._counts.addStretch(1)

    # Reading

    def _look(self) -> None:
        """Read the text for the goal that is chosen now."""
        self._turn += 1
        turn, goal, source, encoding = self._turn, self._goal.goal, self._source, self._read_in
        book, around = self._around.lists.book, self._around
        new_id = "" if goal.into else around.lists.new_id()

        def read() -> Read:
            return look_at(source.read_in(encoding), book, around, goal, new_id)

        self._read = None
        self._ok.setEnabled(False)
        if len(source.text) <= _AT_ONCE:
            self._show(turn, read())
        else:
            self._says.setText(translate("Lists", "The text is being read…"))
            around.background.run(read, lambda found: self._show(turn, found), "import preview")

    @property
    def _read_in(self) -> str:
        """The encoding that is chosen now, "" for a text that came without one."""
        return "" if self._encoding is None else self._encoding.chosen

    def _show(self, turn: int, read: Read) -> None:
        if turn != self._turn:
            return
        self._read = read
        lines = read.found.lines
        self._how.setText(how_read(self._read_in, read.found.separator))
        self._goal.offer_lists(read.named)
        counts = Counter(line.verdict for line in lines)
        self._name_button(None, translate("Lists", "All"), len(lines))
        for verdict in VERDICTS:
            self._name_button(verdict, verdict_word(verdict), counts[verdict])
        chosen = next(it for it, button in self._buttons.items() if button.isChecked())
        if chosen is not None and not counts[chosen]:
            self._buttons[None].setChecked(True)
            chosen = None
        self._model.show_lines(lines, chosen)
        goals = any(line.list or line.section for line in lines)
        self._table.setColumnHidden(COLUMNS.index("goal"), not goals)
        self._tell()

    def _name_button(self, verdict: Verdict | None, word: str, count: int) -> None:
        button = self._buttons[verdict]
        text = translate("Lists", "{verdict}: {n}").format(verdict=word, n=count)
        button.setText(text)
        button.setAccessibleName(text)
        button.setVisible(bool(count) or verdict is None)

    def _choose(self) -> None:
        self._model.choose(next(it for it, button in self._buttons.items() if button.isChecked()))

    def _tell(self) -> None:
        """Say what the button will do."""
        read = self._read
        if read is None:
            return
        goal, count = self._goal.goal, read.found.added
        named = not goal.into and not goal.name.strip()
        headings = read.found.count(Verdict.HEADING)
        self._ok.setEnabled(bool(count or headings) and not named)
        if named:
            self._says.setText(translate("Lists", "The new list needs a name."))
        elif not read.found.lines:
            self._says.setText(translate("Lists", "There are no codes in it."))
        elif not count:
            self._says.setText(translate("Lists", "No rows would be added."))
        elif goal.by_list and any(line.list for line in read.found.lines):
            words = translate("Lists", "Rows to add: {n}, into the lists that the text names.")
            self._says.setText(words.format(n=count))
        else:
            name = read.book.get(goal.into).name if goal.into else goal.name.strip()
            words = translate("Lists", "Rows to add: {n}, into “{name}”.")
            self._says.setText(words.format(n=count, name=name))

    def _label(self, line: PreviewLine) -> str:
        if line.verdict in ADDED and line.entry is not None and len(self._around.in_use) > 1:
            vendor = line.entry.key.vendor
            return f"{line.code} · {self._around.titles.get(vendor, vendor)}"
        return line.code
