"""The small pages: the connection, the looks, the table."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QWidget

from alltick_desk.model.settings import ENDPOINT, PALETTE, Option, Settings
from alltick_desk.ui.settings.draft import Draft, endpoint_problem
from alltick_desk.ui.settings.parts import Hint, Problem

translate = QCoreApplication.translate


class ConnectionPage(QWidget):
    """Edits the address in one draft at a time; tells ``on_edit`` of every change."""

    def __init__(self, on_edit: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._on_edit = on_edit
        self.setObjectName("connectionPage")
        form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setVerticalSpacing(4)
        form.setContentsMargins(12, 12, 12, 12)
        self._address = QLineEdit(self)
        self._address.setObjectName("endpoint")
        self._address.setAccessibleName(translate("Settings", ENDPOINT.label))
        self._address.setMaxLength(512)
        self._address.textEdited.connect(self._take)
        form.addRow(translate("Settings", ENDPOINT.label), self._address)
        self._problem = Problem(self)
        self._problem.setObjectName("endpointProblem")
        form.addRow("", self._problem)
        self._help = Hint("", self)
        form.addRow("", self._help)

    def load(self, draft: Draft) -> None:
        """Show ``draft`` and write into it from now on."""
        self._draft = draft
        self._address.setText(draft.endpoint)
        self._address.setPlaceholderText(draft.account.default_base)
        self._help.setText(
            translate(
                "Settings",
                "Empty for {vendor}'s own address. The address of the WebSocket follows from it. "
                "It begins with https://; plain http:// goes to this machine only.",
            ).format(vendor=draft.account.title)
        )
        self._problem.say(endpoint_problem(draft.endpoint))

    def focus_address(self) -> None:
        """Put the cursor into the address."""
        self._address.setFocus()
        self._address.selectAll()

    def _take(self, text: str) -> None:
        if self._draft is not None:
            self._draft.endpoint = text
            self._problem.say(endpoint_problem(text))
            self._on_edit()


class OptionsPage(QWidget):
    """Edits some options, each as it is declared; tells ``on_edit`` of every change."""

    def __init__(
        self,
        options: Sequence[Option],
        settings: Settings,
        on_edit: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._on_edit = on_edit
        self._boxes: dict[str, QComboBox | QCheckBox] = {}
        form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setVerticalSpacing(4)
        form.setContentsMargins(12, 12, 12, 12)
        for option in options:
            value = getattr(settings, option.id)
            label = translate("Settings", option.label)
            box: QComboBox | QCheckBox
            if option.choices:
                box = self._combo(option, value)
                form.addRow(label, box)
            else:
                box = QCheckBox(label, self)
                box.setChecked(value)
                box.toggled.connect(self._edited)
                form.addRow("", box)
            box.setObjectName(option.id)
            box.setAccessibleName(label)
            self._boxes[option.id] = box
            form.addRow("", Hint(translate("Settings", option.help), self))

    def changed(self, settings: Settings) -> Settings:
        """Return ``settings`` with what is chosen here."""
        values: dict[str, Any] = {
            name: box.currentData() if isinstance(box, QComboBox) else box.isChecked()
            for name, box in self._boxes.items()
        }
        return settings._replace(**values)

    def _combo(self, option: Option, value: object) -> QComboBox:
        box = QComboBox(self)
        for choice, label in _in_order(option):
            box.addItem(translate("Settings", label), choice)
        box.setCurrentIndex(box.findData(value))
        box.currentIndexChanged.connect(self._edited)
        return box

    def _edited(self) -> None:
        self._on_edit()


def _in_order(option: Option) -> Sequence[tuple[Any, str]]:
    """Return an option's choices, what is usual first: in Chinese that red is up."""
    if option is PALETTE and QLocale().language() == QLocale.Language.Chinese:
        return sorted(option.choices, key=lambda choice: choice[0] != "china")
    return option.choices
