"""The lists' part of the watchlist's panel: tabs, sections, drags, import, export and backups."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from alltick_desk.model.instrument import Catalogue, InstrumentKey
from alltick_desk.services.watchlist import Watchlist
from alltick_desk.ui.lists.actions import ListActions, plain
from alltick_desk.ui.lists.background import Background
from alltick_desk.ui.lists.deeds import ListDeeds
from alltick_desk.ui.lists.section_deeds import SectionDeeds
from alltick_desk.ui.lists.tabs import ListTabs
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist.edits import RowEdits
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.telling import Telling
from alltick_desk.ui.watchlist.view import WatchlistView

if TYPE_CHECKING:  # loaded when they are first needed
    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

    from alltick_desk.services.list_text_codes import Spell
    from alltick_desk.ui.lists.backups_dialog import Backups
    from alltick_desk.ui.lists.exporting import Exports
    from alltick_desk.ui.lists.importing import Imports
    from alltick_desk.ui.lists.table_drag import TableDrag

translate = QCoreApplication.translate


class ListControls:
    """Puts the lists' parts together for a panel. ``telling`` gets sentences.

    ``vendor`` returns the vendor that takes what names none.

    Attributes:
        tabs: the strip of lists.
        actions: what can be done, for menus.
        background: does slow work; it gets its ``spawn`` when there is a loop.
    """

    def __init__(
        self,
        panel: QWidget,
        watchlist: Watchlist,
        catalogue: Catalogue,
        vendors: VendorTags,
        *,
        model: WatchlistModel,
        view: WatchlistView,
        edits: RowEdits,
        spell: "Spell",
        vendor: Callable[[], str],
        telling: Telling,
    ) -> None:
        self._panel = panel
        self._lists = watchlist.lists
        self._catalogue = catalogue
        self._vendors = vendors
        self._vendor = vendor
        self._model = model
        self._view = view
        self._edits = edits
        self._tell = telling
        self.background = Background()
        self._backups: Backups | None = None
        self._drag: TableDrag | None = None
        self._deeds = ListDeeds(self._lists, vendors, edits, telling)
        self.sections = SectionDeeds(
            self._lists, model=model, view=view, edits=edits, telling=telling
        )
        self._spell = spell
        self._imports: Imports | None = None
        self.actions = ListActions(panel, view, self._calls(), self._fills())
        self.tabs = ListTabs(
            self._deeds, bring=self._bring, of_list=self._of_list, back=view, parent=panel
        )
        view.setDragEnabled(True)
        view.setAcceptDrops(True)
        view.drags = self

    def show_what_can_be_done(self) -> None:
        """Offer only what can be done with what is selected now."""
        heading = self.sections.heading() is not None
        self.actions.enable(
            rows=self._view.selectionModel().hasSelection() and not heading,
            heading=heading,
            sections=len(self._lists.shown.sections) > 1,
            several=len(self._lists.book.lists) > 1,
        )
        self.actions["backups"].setEnabled(self._backups is not None)

    def retranslate(self) -> None:
        """Take the words of the current language."""
        self.actions.translate()

    def keep_backups(self, backups: "Backups") -> None:
        """Offer these backups from now on."""
        self._backups = backups
        self.show_what_can_be_done()

    # What a person does

    def or_rows(self, name: str, rows: Callable[[], object]) -> Callable[[], None]:
        """Return a call that is about the heading that the keyboard is on, or else about rows.

        ``name`` says what is done: up, down, remove, alias.
        """
        sections = self.sections
        deeds: dict[str, Callable[[], None]] = {
            "up": lambda: sections.shift(up=True),
            "down": lambda: sections.shift(up=False),
            "remove": lambda: sections.delete(with_rows=False),
            "alias": sections.rename,
        }

        def either() -> None:
            if sections.heading() is None:
                rows()
            else:
                deeds[name]()

        return either

    def paste(self) -> None:
        """Take in what is on the clipboard, below the row that the keyboard is on."""
        from alltick_desk.ui.lists.importing import Goal

        self.imports.paste(Goal(place=self._edits.below()))

    def show_backups(self) -> None:
        """Let the person restore a backup."""
        from alltick_desk.ui.lists.backups_dialog import BackupsDialog

        if self._backups is not None:
            BackupsDialog(
                self._backups,
                self._lists,
                self.background,
                telling=self._tell,
                parent=self._panel,
            ).open()

    # For the table, which knows nothing of lists

    def start(self) -> None:
        """Have the person drag what is selected."""
        self.dragging.start()

    def enter(self, event: "QDragEnterEvent") -> None:
        """Look at what is dragged over the table."""
        self.dragging.enter(event)

    def move(self, event: "QDragMoveEvent") -> None:
        """Show where it would go."""
        self.dragging.move(event)

    def leave(self) -> None:
        """Forget it."""
        self.dragging.leave()

    def drop(self, event: "QDropEvent") -> None:
        """Take it in."""
        self.dragging.drop(event)

    @property
    def imports(self) -> "Imports":
        """What takes codes in."""
        if self._imports is None:
            from alltick_desk.ui.lists.importing import Imports

            self._imports = Imports(
                self._lists,
                self._catalogue,
                self._vendors,
                spell=self._spell,
                vendor=self._vendor,
                name_of=self._name_of,
                background=self.background,
                on_added=self._edits.reveal,
                telling=self._tell,
                parent=self._panel,
            )
        return self._imports

    @property
    def dragging(self) -> "TableDrag":
        """What is behind ``start`` and the rest."""
        if self._drag is None:
            from alltick_desk.ui.lists.table_drag import TableDrag

            self._drag = TableDrag(
                self._view,
                self._model,
                deeds=self._deeds,
                sections=self.sections,
                edits=self._edits,
                imports=self.imports,
                tell=self._tell,
            )
        return self._drag

    # Inside

    def _new(self) -> None:
        self.tabs.new()

    def _calls(self) -> dict[str, Callable[[], object]]:
        deeds, sections = self._deeds, self.sections
        return {
            "new": self._new,
            "next": lambda: deeds.step(1),
            "previous": lambda: deeds.step(-1),
            "right": lambda: deeds.shift(1),
            "left": lambda: deeds.shift(-1),
            "paste": self.paste,
            "import": self._import,
            "export": lambda: self._export(""),
            "export_all": self._export_all,
            "backups": self.show_backups,
            "section": sections.new,
            "rename_section": sections.rename,
            "delete_heading": lambda: sections.delete(with_rows=False),
            "delete_section": lambda: sections.delete(with_rows=True),
            "fold_all": lambda: sections.fold_all(folded=True),
            "unfold_all": lambda: sections.fold_all(folded=False),
        }

    def _fills(self) -> dict[str, Callable[[QMenu], None]]:
        return {
            "move_to_list": partial(self._offer_lists, copy=False),
            "copy_to_list": partial(self._offer_lists, copy=True),
            "move_to_section": self._offer_sections,
        }

    def _offer_lists(self, menu: QMenu, *, copy: bool) -> None:
        from alltick_desk.ui.lists.carried import Carried

        shown, heading = self._lists.shown, self.sections.heading()
        if heading is None:
            carried = Carried(shown.id, tuple(self._edits.selected_keys()))
        else:
            carried = Carried(shown.id, self.sections.keys_of(heading), heading.number)
        for one in self._lists.book.lists:
            if one.id != shown.id:
                entry = menu.addAction(one.name.replace("&", "&&"))
                entry.setObjectName(f"lists.to.{one.id}")
                call = partial(self._deeds.carry, carried, one.id, copy=copy)
                entry.triggered.connect(plain(call))
        if menu.actions():
            menu.addSeparator()
        entry = menu.addAction(translate("Lists", "New list…"))
        entry.setObjectName("lists.to.new")
        entry.triggered.connect(plain(partial(self.tabs.new, carried, copy=copy)))

    def _offer_sections(self, menu: QMenu) -> None:
        for number, section in enumerate(self._lists.shown.sections):
            name = section.name.replace("&", "&&") or translate("Lists", "Above all headings")
            entry = menu.addAction(name)
            entry.setObjectName(f"lists.section.{number}")
            entry.triggered.connect(plain(partial(self.sections.move_rows, number)))

    def _of_list(self, list_id: str, menu: QMenu) -> list[QAction]:
        """Return a menu's entries about files, for a list; "" is the one that is shown.

        Those that are about this list are the menu's own, and go with it.
        """
        from alltick_desk.ui.lists.importing import Goal

        entries: dict[str, Callable[[], None]] = {
            "import": lambda: self.imports.ask(Goal(list_id)),
            "export": partial(self._export, list_id),
        }
        made = [QAction(menu), *(QAction(menu) for _ in entries)]
        made[0].setSeparator(True)
        for action, (name, call) in zip(made[1:], entries.items(), strict=True):
            action.setText(self.actions[name].text())
            action.setObjectName(f"lists.menu.{name}")
            action.triggered.connect(plain(call))
        return [*made, self.actions["export_all"], self.actions["backups"]]

    def _import(self) -> None:
        self.imports.ask()

    def _export(self, list_id: str) -> None:
        one = self._lists.book.get(list_id) if list_id else self._lists.shown
        self._exports().ask([one], one.name)

    def _export_all(self) -> None:
        self._exports().ask(self._lists.book.lists, translate("Lists", "Watchlists"))

    def _exports(self) -> "Exports":
        from alltick_desk.ui.lists.exporting import Exports

        return Exports(
            name_of=self._name_of,
            usual=lambda: self._vendors.in_use[0],
            background=self.background,
            tell=self._tell,
            parent=self._panel,
        )

    def _bring(self, event: "QDropEvent", list_id: str) -> None:
        from alltick_desk.ui.lists.importing import Goal

        self.imports.bring(event.mimeData(), Goal(list_id))

    def _name_of(self, key: InstrumentKey) -> str:
        instrument = self._catalogue.get(key.code)
        names = instrument.name_zh, instrument.name_en
        first, second = names if self._model.reading.chinese else reversed(names)
        return first or second
