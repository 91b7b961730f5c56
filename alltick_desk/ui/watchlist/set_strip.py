"""The strip of the column chooser in which sets of columns are chosen, saved, renamed, deleted."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from alltick_desk.ui.watchlist.column_sets import BUILT_IN, LONGEST_NAME, tidy_name
from alltick_desk.ui.watchlist.table_choices import TableChoices

translate = QCoreApplication.translate


class SetStrip(QWidget):
    """Changes a person's sets at once; whoever shows it is told and may not take that back.

    ``on_use`` is called after the columns of another set are shown, ``say`` with what was done.
    """

    def __init__(
        self,
        choices: TableChoices,
        *,
        on_use: Callable[[], None],
        say: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._on_use = on_use
        self._say = say
        self._named = ""  # the set that the box stands for, "" for none
        self._box = _NameBox(self._enter, self)
        self._save = QPushButton(self)
        self._rename = QPushButton(translate("Watchlist", "Rename set"), self)
        self._delete = QPushButton(translate("Watchlist", "Delete set"), self)
        for widget, name in (
            (self._box, "sets"),
            (self._save, "save"),
            (self._rename, "rename"),
            (self._delete, "delete"),
        ):
            widget.setObjectName(f"watchlist.chooser.{name}")
        self._box.setAccessibleName(translate("Watchlist", "Column set"))
        self._rename.setToolTip(
            translate("Watchlist", "Choose one of your sets, type its new name, then press this.")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._box, 1)
        for button, deed in (
            (self._save, self._save_set),
            (self._rename, self._rename_set),
            (self._delete, self._delete_set),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(deed)
            row.addWidget(button)
        self._fill(choices.set_in_use())
        self._box.activated.connect(self._use)
        self._box.editTextChanged.connect(self._offer)

    def follow(self) -> None:
        """Stand for the set whose columns are shown now; what a person typed stays."""
        in_use = self._choices.set_in_use()
        if in_use:
            typed = self._name != self._shown(self._named)
            self._named = in_use
            if not typed:
                self._box.setEditText(self._shown(in_use))
        elif self._named in BUILT_IN and self._name == self._shown(self._named):
            self._named = ""  # with other columns it is not that set, nor can be saved as it
            self._box.setEditText("")
        self._offer()

    # What a person does

    def _use(self, place: int) -> None:
        self._take(str(self._box.itemData(place)))

    def _take(self, name: str) -> None:
        self._choices.use_set(name)
        self._named = name
        self._box.setEditText(self._shown(name))
        self._offer()
        self._on_use()

    def _enter(self) -> bool:
        """Do what Enter in the box means: the set of this name, else a new one."""
        name = self._name
        if name == self._shown(self._choices.set_in_use()):
            return False  # nothing is left to do here
        known = self._built_in(name) or self._choices.own_name(name)
        if known:
            self._take(known)
        else:
            self._save_set()
        return True

    def _save_set(self) -> None:
        name, before = self._name, self._choices.own_name(self._name)
        if self._built_in(name) or not self._choices.save_set(name):
            self._say(
                translate(
                    "Watchlist",
                    "Type a name for the set first, one that none of the desk's own sets has.",
                )
            )
            self._box.setFocus()
            return
        self._fill(before or name)
        words = (
            translate("Watchlist", "The set “{name}” now has the columns that are shown.")
            if before
            else translate("Watchlist", "The set “{name}” was saved.")
        )
        self._say(words.format(name=before or name))

    def _rename_set(self) -> None:
        before, name = self._named, self._name
        if self._choices.rename_set(before, name):
            self._fill(name)
            words = translate("Watchlist", "The set “{before}” is called “{name}” now.")
            self._say(words.format(before=before, name=name))

    def _delete_set(self) -> None:
        name = self._choices.own_name(self._name)
        self._choices.delete_set(name)
        self._fill("")
        self._box.setEditText(name)
        self._box.setFocus()
        words = translate(
            "Watchlist",
            "The set “{name}” was deleted. Lists keep the columns that they show; Save set makes "
            "a set of those shown here.",
        )
        self._say(words.format(name=name))

    # Inside

    @property
    def _name(self) -> str:
        return tidy_name(self._box.currentText())

    def _shown(self, name: str) -> str:
        """Return a set's name as a person reads it."""
        return translate("Watchlist", name) if name in BUILT_IN else name

    def _built_in(self, name: str) -> str:
        """Return which of the desk's sets is called so, in English or as shown; "" for none."""
        folded = name.casefold()
        both = ((its, {its.casefold(), self._shown(its).casefold()}) for its in BUILT_IN)
        return next((its for its, names in both if folded in names), "")

    def _fill(self, named: str) -> None:
        """Offer the sets there are, and stand for one of them."""
        self._named = named
        self._box.blockSignals(True)
        self._box.clear()
        for name in (*BUILT_IN, *self._choices.own):
            self._box.addItem(self._shown(name), name)
        self._box.setCurrentIndex(self._box.findData(named))
        self._box.setEditText(self._shown(named))
        self._box.blockSignals(False)
        self._offer()

    def _offer(self) -> None:
        """Offer only what can be done with the name in the box."""
        name = self._name
        there = self._choices.own_name(name)
        self._save.setText(
            translate("Watchlist", "Replace set") if there else translate("Watchlist", "Save set")
        )
        self._delete.setEnabled(bool(there))
        free = not there or there == self._named  # its own name may be spelled otherwise
        self._rename.setEnabled(
            self._named in self._choices.own
            and bool(name)
            and name != self._named
            and free
            and not self._built_in(name)
        )
        for button in (self._save, self._rename, self._delete):
            button.setAccessibleName(button.text())


class _NameBox(QComboBox):
    """A box for names, in which Enter does not close the dialog while there is something to do."""

    def __init__(self, on_enter: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._on_enter = on_enter
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # It would turn a new name into one that there is; the binding's types know no None.
        self.setCompleter(None)  # type: ignore[arg-type]
        edit = self.lineEdit()
        if edit is not None:
            edit.setMaxLength(LONGEST_NAME)
            edit.setPlaceholderText(translate("Watchlist", "Name of a set"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and self._on_enter():
            event.accept()
        elif enter:
            event.ignore()  # the dialog's own button
        else:
            super().keyPressEvent(event)
