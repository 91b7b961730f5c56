"""The strip of lists: their tabs, the button for a new one, and a menu that has them all."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from alltick_desk.ui.lists.actions import plain
from alltick_desk.ui.lists.deeds import ListDeeds
from alltick_desk.ui.lists.tab_bar import ListTabBar, TabHands

if TYPE_CHECKING:  # loaded when they are first needed
    from PySide6.QtGui import QDropEvent

    from alltick_desk.ui.lists.carried import Carried
    from alltick_desk.ui.lists.name_field import NameField

translate = QCoreApplication.translate


class ListTabs(QWidget):
    """Shows all lists and edits them.

    ``bring`` is told of what is dropped on a tab from outside, with the list's id. ``of_list``
    makes further entries for the menu of a list, "" stands for the one that is shown. ``back``
    gets the keyboard after a name was written.
    """

    def __init__(
        self,
        deeds: ListDeeds,
        *,
        bring: "Callable[[QDropEvent, str], object]",
        of_list: Callable[[str, QMenu], list[QAction]],
        back: QWidget,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("lists")
        self._deeds = deeds
        self._of_list = of_list
        self._back = back
        self._field: NameField | None = None
        lists = deeds.lists
        hands = TabHands(
            lists.show,
            self._rename,
            deeds.delete,
            lists.move_list,
            self._open_menu,
            self._take,
            bring,
        )
        self.bar = ListTabBar(hands, self)
        self.setFocusProxy(self.bar)
        self._plus = self._button("lists.new", self.new)
        self._all = QToolButton(self)
        self._all.setObjectName("lists.all")
        self._all.setAutoRaise(True)
        self._all.setArrowType(Qt.ArrowType.DownArrow)
        self._all.clicked.connect(self._open_all)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(6, 4, 6, 0)
        self._row.setSpacing(2)
        self._row.addWidget(self.bar)
        self._row.addWidget(self._plus)
        self._row.addStretch(1)
        self._row.addWidget(self._all)
        self._following = (
            lists.book_changed.connect(self._follow),
            lists.touched.connect(self._count),
        )
        for following in self._following:
            self.destroyed.connect(following.disconnect)
        self._translate()
        self._follow()

    # What a person does

    def new(self, carried: "Carried | None" = None, *, copy: bool = False) -> None:
        """Have the person name a new list where its tab will stand; it may be made of rows."""
        from alltick_desk.ui.lists.name_field import NameField

        self.bar.end_naming()
        if self._field is not None:
            return
        field = NameField(
            self,
            self._deeds.fresh_name(),
            title=translate("Lists", "Name of the new list"),
            back=self._back,
            on_name=lambda name: self._deeds.add(name, carried, copy=copy),
            on_end=self._forget_field,
        )
        field.setFixedWidth(field.least_width() * 3 // 2)
        self._field = field
        self._row.insertWidget(1, field)
        self._plus.hide()
        field.open()

    def rename(self, list_id: str = "") -> None:
        """Have the person write a list's name on its tab; "" is the one that is shown."""
        self.bar.name(list_id or self._deeds.lists.shown.id)

    # Inside

    def _rename(self, list_id: str, name: str) -> None:
        if list_id in self._deeds.lists.book:
            self._deeds.lists.rename_list(name, of=list_id)

    def _take(self, carried: "Carried", target: str, copy: bool) -> None:
        self._deeds.carry(carried, target, copy=copy)

    def _forget_field(self) -> None:
        self._field = None
        self._plus.show()

    def _follow(self) -> None:
        self.bar.show_book(self._deeds.lists.book)

    def _count(self) -> None:
        self.bar.show_counts(self._deeds.lists.book)

    # Menus

    def menu_of(self, list_id: str) -> QMenu:
        """Return a menu of what can be done with a list; "" is for a place beside the tabs."""
        menu = QMenu(self)
        menu.setObjectName("lists.menu")
        menu.aboutToHide.connect(menu.deleteLater)
        self._fill(menu, list_id)
        return menu

    def all_menu(self) -> QMenu:
        """Return a menu of all lists, and of what can be done with the one that is shown."""
        menu = QMenu(self)
        menu.setObjectName("lists.allMenu")
        menu.aboutToHide.connect(menu.deleteLater)
        book = self._deeds.lists.book
        for one in book.lists:
            entry = menu.addAction(one.name.replace("&", "&&"))
            entry.setObjectName(f"lists.show.{one.id}")
            entry.setCheckable(one.id == book.current)
            entry.setChecked(one.id == book.current)
            entry.triggered.connect(plain(partial(self._deeds.lists.show, one.id)))
        menu.addSeparator()
        self._fill(menu, book.current)
        return menu

    def _fill(self, menu: QMenu, list_id: str) -> None:
        deeds, lists = self._deeds, self._deeds.lists
        self._entry(menu, "new", translate("Lists", "New list"), self.new).setShortcut("Ctrl+T")
        if list_id:
            place, last = lists.book.place(list_id), len(lists.book.lists) - 1
            rename = self._entry(
                menu, "rename", translate("Lists", "Rename"), partial(self.rename, list_id)
            )
            rename.setShortcut("F2")
            duplicate = partial(lists.duplicate_list, list_id)
            self._entry(menu, "duplicate", translate("Lists", "Duplicate"), duplicate)
            delete = self._entry(
                menu, "delete", translate("Lists", "Delete"), partial(deeds.delete, list_id)
            )
            delete.setShortcut("Del")
            menu.addSeparator()
            left = translate("Lists", "Move left")
            right = translate("Lists", "Move right")
            self._entry(menu, "left", left, partial(deeds.shift, -1, list_id)).setEnabled(place > 0)
            step = partial(deeds.shift, 1, list_id)
            self._entry(menu, "right", right, step).setEnabled(place < last)
            menu.addSeparator()
            copy = partial(deeds.copy_text, list_id)
            self._entry(menu, "copy", translate("Lists", "Copy codes as text"), copy)
        menu.addActions(self._of_list(list_id, menu))

    @staticmethod
    def _entry(menu: QMenu, name: str, text: str, call: Callable[[], object]) -> QAction:
        entry = menu.addAction(text)
        entry.setObjectName(f"lists.menu.{name}")
        entry.triggered.connect(plain(call))
        return entry

    def _open_menu(self, list_id: str, at: QPoint) -> None:
        self.menu_of(list_id).popup(at)

    def _open_all(self) -> None:
        self.all_menu().popup(self._all.mapToGlobal(self._all.rect().bottomLeft()))

    def _button(self, name: str, call: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAutoRaise(True)
        button.setText("+")
        button.clicked.connect(plain(call))
        return button

    def _translate(self) -> None:
        self.setAccessibleName(translate("Lists", "Lists"))
        self.bar.setAccessibleName(translate("Lists", "Lists"))
        texts: Mapping[QToolButton, tuple[str, str]] = {
            self._plus: (translate("Lists", "New list"), translate("Lists", "Make a new list.")),
            self._all: (
                translate("Lists", "All lists"),
                translate("Lists", "All lists, and what can be done with them."),
            ),
        }
        for button, (name, tip) in texts.items():
            button.setAccessibleName(name)
            button.setToolTip(tip)

    # Qt's events

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
            self._count()
