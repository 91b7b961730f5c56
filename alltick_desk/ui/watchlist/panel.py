"""The watchlist's panel: the add box, the filter and the buttons above the table."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alltick_desk.errors import ProtocolError
from alltick_desk.model.instrument import Catalogue, InstrumentKey
from alltick_desk.observe import Hook
from alltick_desk.services.quotes import QuoteRow
from alltick_desk.services.watchlist import Watchlist
from alltick_desk.ui.lists.controls import ListControls
from alltick_desk.ui.theme import Theme
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist.actions import WatchlistActions
from alltick_desk.ui.watchlist.add_strip import AddStrip
from alltick_desk.ui.watchlist.day_line import DayLines
from alltick_desk.ui.watchlist.edits import RowEdits
from alltick_desk.ui.watchlist.empty import empty_hint
from alltick_desk.ui.watchlist.facts import Facts, nothing_known
from alltick_desk.ui.watchlist.format import Day, local_day
from alltick_desk.ui.watchlist.look import TableLook
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.note_offer import NoteOffer
from alltick_desk.ui.watchlist.opening import Opening
from alltick_desk.ui.watchlist.rates import TickRates
from alltick_desk.ui.watchlist.strip import Strip
from alltick_desk.ui.watchlist.table_choices import TableChoices
from alltick_desk.ui.watchlist.table_tools import TableTools
from alltick_desk.ui.watchlist.telling import Telling
from alltick_desk.ui.watchlist.view import WatchlistView
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate


def _ignore(_: object) -> None:
    """Do nothing with what nobody asked for."""


def _as_typed(_vendor: str, text: str) -> str:
    """Spell nothing anew."""
    return text


class WatchlistPanel(QWidget):
    """A watchlist to look at and to edit.

    Attributes:
        actions_: what can be done with it, for the window's menus.
        choices: the table's columns, order and sets, as a person chose them.
        lists: tabs, sections, drags, import, export, backups.
        edits: what a person does to the rows.
        day_lines: the lines of the day of all rows.
        tools: the filter, the menus of the titles, and windows about a row.
        visible_changed: emitted after other rows came into sight.
    """

    def __init__(
        self,
        watchlist: Watchlist,
        catalogue: Catalogue,
        theme: Theme,
        *,
        vendors: VendorTags,
        lang: str = "en",
        on_open: Callable[[InstrumentKey], None] = _ignore,
        on_activate: Callable[[InstrumentKey], None] = _ignore,
        on_message: Callable[[str], None] = _ignore,
        on_bad_book: Callable[[ProtocolError], None] = _ignore,
        on_sets: Callable[[Mapping[str, str]], None] = _ignore,
        spell: Callable[[str, str], str] = _as_typed,
        facts: Facts = nothing_known,
        now_s: Callable[[], float] = time.monotonic,
        today: Callable[[], Day] = local_day,
        parent: QWidget | None = None,
    ) -> None:
        """Build the panel.

        ``vendors`` says whose symbols can be added and whether rows tell whose they are; what the
        list has is told it. ``spell`` takes a vendor and a code as its people write it, and
        returns it as the desk does. ``on_open`` is told of the row that chart and book should
        show, ``on_activate`` then of one that was opened on purpose (Enter, double click).
        ``on_message`` gets sentences, ``on_bad_book`` a book that means nothing, ``on_sets`` the
        person's column sets whenever they are others, to be kept for ``take_sets``. ``facts``
        tells what others know of an instrument. ``now_s`` is monotonic, ``today`` the local day.
        """
        super().__init__(parent)
        self._watchlist = watchlist
        self._vendors = vendors
        self._theme = theme
        self._now_s = now_s
        self.setObjectName("watchlist.panel")
        vendors.see(watchlist.keys)
        self.day_lines = DayLines(now_s)
        self._rates = TickRates()
        self._model = WatchlistModel(
            watchlist,
            catalogue,
            vendors,
            now_s=now_s,
            today=today,
            on_bad_book=on_bad_book,
            facts=facts,
            parent=self,
        )
        self._model.read_with(day_line=self.day_lines.of, rate=self._rates.of)
        self._view = WatchlistView(self._model, theme, vendors, now_s=now_s, parent=self)
        self._view.setObjectName("watchlist.table")
        self.choices = TableChoices(watchlist, self._model, self._view, on_sets)
        self._telling = Telling(
            on_message, watchlist.lists, undo=self.undo, view=self._view, panel=self
        )
        self.edits = RowEdits(
            watchlist,
            catalogue,
            vendors,
            self._model,
            self._view,
            telling=self._telling,
            show_all=self._show_all,
        )
        self._opening = Opening(
            self.selected, on_open=on_open, on_activate=on_activate, parent=self
        )
        self.tools = TableTools(
            self,
            watchlist,
            vendors,
            model=self._model,
            view=self._view,
            choices=self.choices,
            edits=self.edits,
        )
        self._adding = AddStrip(
            catalogue, vendors, on_codes=self.add_codes, spell=spell, parent=self
        )
        self.lists = ListControls(
            self,
            watchlist,
            catalogue,
            vendors,
            model=self._model,
            view=self._view,
            edits=self.edits,
            spell=spell,
            vendor=lambda: self.vendor,
            telling=self._telling,
        )
        self.actions_ = WatchlistActions(self, self._calls(), vendors.titles, self.watch_also)
        self.visible_changed: Hook[[]] = self._view.visible_changed
        self._strip = Strip(self._adding, self.actions_, self)
        self._notes = NoteOffer(watchlist.lists, vendors, self.choices, self._telling)
        self._lay_out()
        self._view.selectionModel().selectionChanged.connect(self._on_selection)
        self._view.activated.connect(self.open_selected)
        self._view.titles.sectionClicked.connect(self._sort_by)
        self._following = (
            watchlist.changed.connect(self._follow_list),
            watchlist.lists.book_changed.connect(self._follow_book),
            watchlist.lists.touched.connect(self._update_actions),
            vendors.changed.connect(self._show_tags),
            self._model.arranged.connect(self._show_counts),
            self._view.fold_wanted.connect(self._fold),
        )
        self._counting = self._view.second.connect(self._pass_second)
        for following in self._following:
            self.destroyed.connect(following.disconnect)
        self._model.set_chinese(lang.startswith("zh"))
        self._translate()

    # For the application

    def refresh(self, rows: Iterable[QuoteRow]) -> int:
        """Show what changed in ``rows`` since the last frame; return how many are in sight."""
        if self.day_lines.sample(self._watchlist.rows):
            self._view.refresh_lines()
        return self._view.refresh(rows)

    def visible_keys(self) -> list[InstrumentKey]:
        """Return the instruments in sight, from top to bottom."""
        return self._view.visible_keys()

    @property
    def column_ids(self) -> tuple[str, ...]:
        """The columns shown, by their ids in files."""
        return tuple(column.id for column in self._model.columns)

    def selected(self) -> InstrumentKey | None:
        """Return the selected instrument, of several the one the keyboard is on."""
        return self.edits.selected()

    def select(self, key: InstrumentKey) -> bool:
        """Select an instrument and bring it into sight; False where the list has it not."""
        return self.edits.select([key])

    def state(self) -> list[dict[str, str]]:
        """Return what a person reads in the table, row by row, under English names."""
        return self._model.snapshot()

    @property
    def vendor(self) -> str:
        """Whose symbols the box adds."""
        return self._adding.vendor

    def choose_vendor(self, vendor: str) -> None:
        """Add this vendor's symbols from now on, whenever it is in use."""
        self._adding.choose(vendor)

    def set_theme(self, theme: Theme) -> None:
        """Show the table in other colours."""
        self._theme = theme
        self._view.set_theme(theme)

    def set_look(self, look: TableLook) -> None:
        """Follow the person's choices for the table."""
        self._view.set_look(look)

    def set_language(self, lang: str) -> None:
        """Show names and units in ``lang``: ``"zh_CN"`` or ``"en"``."""
        self._model.set_chinese(lang.startswith("zh"))
        self._view.fit()
        self._view.reread()

    def take_sets(self, sets: Mapping[str, str]) -> None:
        """Offer the person's column sets as they were kept."""
        self.choices.set_own(sets)

    def know(self, **what: Callable[..., object]) -> None:
        """Ask from now on: ``facts`` for what others know of it, ``proof`` for its subscription."""
        self._model.read_with(**what)
        self._view.reread()

    # What a person does

    def undo(self) -> None:
        """Take the last edit back, and select what came back with it."""
        self.edits.undo()

    def add_codes(self, codes: Sequence[str]) -> None:
        """Add what is not there yet, select it, and say what became of every code."""
        self.edits.add([InstrumentKey(self.vendor, code) for code in codes])

    def watch_also(self, vendor: str) -> None:
        """Add the selected instruments once more, below themselves, with this vendor's prices."""
        self.edits.watch_also(vendor)

    def open_selected(self) -> None:
        """Show the selected instrument in chart and book at once; a heading folds."""
        heading = self._model.heading_at(self._view.currentIndex().row())
        if heading is not None:
            self._fold(heading.number, not heading.folded)
            return
        self._opening.now()

    def focus_box(self) -> None:
        """Go to the box that symbols are added with."""
        self._adding.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._adding.box.selectAll()

    # Inside

    def _calls(self) -> dict[str, Callable[[], object]]:
        edits = self.edits
        return {
            "open": self.open_selected,
            "copy": edits.copy,
            "copy_titled": lambda: edits.copy(titled=True),
            "up": self.lists.or_rows("up", lambda: edits.move(up=True)),
            "down": self.lists.or_rows("down", lambda: edits.move(up=False)),
            "remove": self.lists.or_rows("remove", edits.remove),
            "undo": self.undo,
            "redo": edits.redo,
            "add": self.focus_box,
            "pin": edits.pin,
            "alias": self.lists.or_rows("alias", self.tools.edit_alias),
            "note": self.tools.edit_note,
            "origins": self.tools.show_origins,
            "filter": self.tools.open_filter,
            "show_all": self.tools.show_all,
            "columns": self.tools.choose_columns,
        }

    def _show_all(self) -> None:
        self.tools.show_all()

    def _on_selection(self) -> None:
        self._update_actions()
        self._opening.soon()

    def _follow_book(self) -> None:
        self.choices.follow()
        self._set_hint()

    def _follow_list(self) -> None:
        self.choices.follow()
        self._vendors.see(self._watchlist.keys)
        self.day_lines.keep(self._watchlist.lists.keys)  # of other lists too: one comes back
        self._update_actions()

    def _fold(self, number: int, folded: bool) -> None:
        self._watchlist.lists.fold([number], folded=folded)

    def _pass_second(self) -> None:
        if any(column.id == "rate" for column in self._model.columns):
            self._rates.note(self._watchlist.rows, self._model.reading.facts, self._now_s())

    def _sort_by(self, place: int) -> None:
        self.choices.cycle(self._model.columns[place].id)

    def _show_counts(self) -> None:
        self.tools.show_counts()
        self._update_actions()
        self._set_hint()

    def _show_tags(self) -> None:
        self._model.show_tags()
        self._view.show_tags()
        self._adding.offer_vendors()
        self._update_actions()

    def _update_actions(self) -> None:
        lists = self._watchlist.lists
        self.actions_.offer_also(self.edits.other_vendors())
        self.actions_.enable(
            selection=self._view.selectionModel().hasSelection(),
            undo=spoken(lists.undo_label),
            redo=spoken(lists.redo_label),
            filtered=self._model.filter.on,
        )
        self.lists.show_what_can_be_done()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.lists.tabs)
        whole.addLayout(self._strip)
        whole.addLayout(self.tools.above)
        whole.addWidget(self._view, 1)
        whole.addLayout(self._telling.below)
        self._view.setFrameStyle(0)  # none; the name of it would load all of QFrame's enums
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._view.addActions([*self.actions_.context_menu(), *self.lists.actions.table_menu()])
        self.actions_.sort_menu.setMenu(self.tools.sort_menu())
        self.tools.order_focus()

    def _set_hint(self) -> None:
        self._view.hint = empty_hint(self._watchlist, filtered=self._model.filter.on)
        if not self._model.lines:
            self._view.viewport().update()

    def _translate(self) -> None:
        self.actions_.translate()
        self.lists.retranslate()
        self.setAccessibleName(translate("Watchlist", "Watchlist panel"))
        self._view.setAccessibleName(translate("Watchlist", "Watchlist"))
        self._set_hint()
        self._strip.translate()
        self._view.fit()
        self._view.reread()
        self._update_actions()

    # Qt's events

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._model.retranslate()
            self._translate()
