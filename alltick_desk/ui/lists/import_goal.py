"""Where an import goes: into which list, whose codes, and whether the text's own lists count."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from alltick_desk.model.lists import LONGEST_NAME, ListBook
from alltick_desk.observe import Hook

translate = QCoreApplication.translate
_NEW = ""  # stands for a new list where a list's id does


class Goal(NamedTuple):
    """What a person chose; ``into`` is "" for a new list, which is then called ``name``."""

    into: str
    name: str
    vendor: str
    by_list: bool


class GoalForm(QWidget):
    """Asks where an import goes.

    Attributes:
        changed: emitted when the preview would be another one.
        renamed: emitted when only the new list's name is another.
    """

    def __init__(
        self,
        book: ListBook,
        *,
        into: str,
        name: str,
        vendors: dict[str, str],
        parent: QWidget,
    ) -> None:
        """``name`` is offered for a new list, ``vendors`` are those in use with their titles."""
        super().__init__(parent)
        self.changed: Hook[[]] = Hook()
        self.renamed: Hook[[]] = Hook()
        self._into = QComboBox(self)
        self._into.setObjectName("listImport.into")
        self._into.setAccessibleName(translate("Lists", "Into the list"))
        self._into.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._into.setMinimumContentsLength(24)
        for one in book.lists:
            self._into.addItem(one.name, one.id)
        self._into.insertSeparator(self._into.count())
        self._into.addItem(translate("Lists", "A new list"), _NEW)
        self._into.setCurrentIndex(self._into.findData(into))
        self._name = QLineEdit(name, self)
        self._name.setObjectName("listImport.name")
        self._name.setAccessibleName(translate("Lists", "Name of the new list"))
        self._name.setMaxLength(LONGEST_NAME)
        self._vendor = QComboBox(self)
        self._vendor.setObjectName("listImport.vendor")
        self._vendor.setAccessibleName(translate("Lists", "Codes without a vendor"))
        for vendor, title in vendors.items():
            self._vendor.addItem(title, vendor)
        self._by_list = QCheckBox(
            translate("Lists", "Rows that name a list go into that list"), self
        )
        self._by_list.setObjectName("listImport.byList")
        self._by_list.setChecked(True)
        self._by_list.hide()
        self._form = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(translate("Lists", "Into the list:"), self._into)
        self._name_label = QLabel(translate("Lists", "Name:"), self)
        form.addRow(self._name_label, self._name)
        if len(vendors) > 1:
            form.addRow(translate("Lists", "Codes without a vendor:"), self._vendor)
        else:
            self._vendor.hide()
        form.addRow(self._by_list)
        self._into.currentIndexChanged.connect(self._change)
        self._vendor.currentIndexChanged.connect(self._change)
        self._by_list.toggled.connect(self._change)
        self._name.textChanged.connect(self._rename)
        self._show_name()

    @property
    def goal(self) -> Goal:
        """What is chosen now."""
        return Goal(
            str(self._into.currentData() or _NEW),
            self._name.text(),
            str(self._vendor.currentData()),
            self._by_list.isChecked(),
        )

    def choose_vendor(self, vendor: str) -> None:
        """Take this vendor for codes without one, before anything was chosen."""
        blocker = QSignalBlocker(self._vendor)
        self._vendor.setCurrentIndex(max(0, self._vendor.findData(vendor)))
        blocker.unblock()

    def offer_lists(self, named: bool) -> None:
        """Offer the text's own lists, where it names any."""
        if named:
            self._by_list.show()

    def _rename(self) -> None:
        self.renamed.emit()

    def _change(self) -> None:
        self._show_name()
        self.changed.emit()

    def _show_name(self) -> None:
        new = self._into.currentData() == _NEW
        self._name.setVisible(new)
        self._name_label.setVisible(new)
