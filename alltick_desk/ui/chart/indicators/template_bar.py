"""Templates: load, save, rename, delete, and choose the one that new charts begin with."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QPushButton,
    QWidget,
)

from alltick_desk.errors import StoreError
from alltick_desk.model.words import Sentence
from alltick_desk.services.indicators.templates import Template, TemplateError
from alltick_desk.services.template_shelf import TemplateShelf
from alltick_desk.ui.chart.indicators.manager import ChartIndicators
from alltick_desk.ui.plain_buttons import plain_buttons
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate

_NAME_PX = 340  # wide enough for most names


class TemplateBar(QWidget):
    """A row of controls over the person's templates; ``say`` shows a sentence, "" for none."""

    def __init__(
        self,
        indicators: ChartIndicators,
        shelf: TemplateShelf,
        say: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._indicators, self._shelf, self._say = indicators, shelf, say
        self._names = QComboBox(self)
        self._names.setObjectName("templates")
        self._names.setAccessibleName(translate("Indicators", "Template"))
        self._names.setMinimumContentsLength(14)
        self._names.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._names.setPlaceholderText(translate("Indicators", "None saved yet"))
        self._load = self._button("templateLoad", translate("Indicators", "Load"), self._take)
        self._save_as = self._button(
            "templateSave", translate("Indicators", "Save as…"), self._ask_save
        )
        self._more = self._button("templateMore", translate("Indicators", "More"))
        self._more.setAccessibleName(translate("Indicators", "More to do with the template"))
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self._more.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        label = QLabel(translate("Indicators", "&Template:"), self)
        label.setBuddy(self._names)
        for widget in (label, self._names, self._load, self._save_as, self._more):
            row.addWidget(widget, 1 if widget is self._names else 0)
        self._handle = shelf.changed.connect(self._refresh)
        self._refresh()
        self.offer_saving()

    @property
    def marked(self) -> str:
        """The name of the template that is marked, "" for none."""
        return str(self._names.currentData() or "")

    def offer_saving(self) -> None:
        """Offer to save what is on the chart, where there is something: call it at a change."""
        some = bool(self._indicators.entries)
        words = translate(
            "Indicators", "There is no indicator on the chart to save. Add one first."
        )
        self._save_as.setEnabled(some)
        self._save_as.setToolTip("" if some else words)

    def _button(self, name: str, text: str, act: Callable[[], None] | None = None) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        if act is not None:
            button.clicked.connect(act)
        return button

    def _refresh(self) -> None:
        before, default = self.marked, self._shelf.default
        self._names.clear()
        words = translate("Indicators", "{name} (for new charts)")
        for name in self._shelf.names:
            is_default = default is not None and default.name == name
            self._names.addItem(words.format(name=name) if is_default else name, name)
        place = self._names.findData(before)
        self._names.setCurrentIndex(place if place >= 0 else min(0, self._names.count() - 1))
        for widget in (self._names, self._load, self._more):
            widget.setEnabled(bool(self.marked))

    def _fill(self) -> None:
        menu, default = self._more.menu(), self._shelf.default
        menu.clear()
        for name, words, act in (
            ("templateRename", translate("Indicators", "Rename…"), self._ask_rename),
            ("templateDelete", translate("Indicators", "Delete…"), self._ask_delete),
        ):
            action = menu.addAction(words)
            action.setObjectName(name)
            action.triggered.connect(act)
        menu.addSeparator()
        action = menu.addAction(translate("Indicators", "Begin new charts with it"))
        action.setObjectName("templateDefault")
        action.setCheckable(True)
        action.setChecked(default is not None and default.name == self.marked)
        action.triggered.connect(self._set_default)

    # what the person asks for

    def _take(self) -> None:
        template = self._shelf.get(self.marked)
        self._indicators.set_entries(template.entries)
        words = Sentence(
            "Indicators", "Of this template {names} belong to another version of the desk."
        )
        unknown = ", ".join(template.unknown)
        self._say(spoken(words.format(names=unknown)) if unknown else "")

    def _ask_save(self) -> None:
        self._ask(
            translate("Indicators", "Save as template"),
            translate("Indicators", "Name; a template of this name is replaced:"),
            self._save,
        )

    def _save(self, name: str) -> None:
        if self._try(lambda: self._shelf.save(Template(name, self._indicators.entries))):
            self._mark(name)

    def _ask_rename(self) -> None:
        before = self.marked
        self._ask(
            translate("Indicators", "Rename template"),
            translate("Indicators", "Name:"),
            lambda name: self._rename(before, name),
        )

    def _rename(self, before: str, name: str) -> None:
        if self._try(lambda: self._shelf.rename(before, name)):
            self._mark(name)

    def _ask_delete(self) -> None:
        name = self.marked
        box = QMessageBox(self)
        box.setObjectName("templateQuestion")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(translate("Indicators", "Delete template"))
        words = translate("Indicators", "Delete the template “{name}”? What is on the chart stays.")
        box.setText(words.format(name=name))
        delete = box.addButton(
            translate("Indicators", "Delete"), QMessageBox.ButtonRole.DestructiveRole
        )
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        delete.clicked.connect(lambda: self._try(lambda: self._shelf.delete(name)))
        plain_buttons(box).open()

    def _set_default(self, on: bool) -> None:
        name = self.marked if on else ""
        self._try(lambda: self._shelf.set_default(name))

    def _ask(self, title: str, label: str, take: Callable[[str], None]) -> None:
        dialog = QInputDialog(self)
        dialog.setObjectName("templateName")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        dialog.setTextValue(self.marked)
        dialog.resize(_NAME_PX, dialog.sizeHint().height())
        dialog.textValueSelected.connect(take)
        dialog.open()

    def _mark(self, name: str) -> None:
        self._names.setCurrentIndex(self._names.findData(name.strip()))

    def _try(self, act: Callable[[], None]) -> bool:
        """Do something with the shelf; say what went wrong. False where nothing was done."""
        said: tuple[str, ...] = ()
        done = True
        try:
            act()
        except TemplateError as error:
            said, done = error.problems, False
        except StoreError as error:  # done, though not saved
            said = (str(error),)
        self._say(spoken(*said))
        return done
