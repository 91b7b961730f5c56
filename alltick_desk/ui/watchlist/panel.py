"""The watchlist's panel: the add box and the buttons above the table, and what they do."""

import time
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from alltick_desk.errors import ProtocolError
from alltick_desk.model.instrument import Catalogue, InstrumentKey
from alltick_desk.observe import Hook
from alltick_desk.services.quotes import QuoteRow
from alltick_desk.services.watchlist import Watchlist
from alltick_desk.ui.theme import Theme
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist import sentences
from alltick_desk.ui.watchlist.actions import WatchlistActions
from alltick_desk.ui.watchlist.add_strip import AddStrip
from alltick_desk.ui.watchlist.columns import copied
from alltick_desk.ui.watchlist.format import Day, local_day
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.view import WatchlistView

OPEN_DELAY_MS = 150  # running through rows with the arrow keys asks for no chart of each

translate = QCoreApplication.translate
_Flag = QItemSelectionModel.SelectionFlag
_SELECT_ROW = _Flag.ClearAndSelect | _Flag.Rows
_ADD_ROW = _Flag.Select | _Flag.Rows
_ARROWS = {"up": Qt.ArrowType.UpArrow, "down": Qt.ArrowType.DownArrow}


def _ignore(_: object) -> None:
    """Do nothing with what nobody asked for."""


def _as_typed(_vendor: str, text: str) -> str:
    """Spell nothing anew."""
    return text


class WatchlistPanel(QWidget):
    """A watchlist to look at and to edit.

    Attributes:
        actions_: what can be done with it, for the window's menus.
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
        spell: Callable[[str, str], str] = _as_typed,
        now_s: Callable[[], float] = time.monotonic,
        today: Callable[[], Day] = local_day,
        parent: QWidget | None = None,
    ) -> None:
        """Build the panel.

        ``vendors`` says whose symbols can be added and whether rows tell whose they are; what the
        list has is told it. ``spell`` takes a vendor and a code as its people write it, and
        returns it as the desk does. ``on_open`` is told of the row that chart and
        book should show; ``on_activate`` of one that was opened on purpose (Enter, double click),
        after ``on_open``. ``on_message`` gets sentences. ``on_bad_book`` gets a book that means
        nothing. ``now_s`` is monotonic, ``today`` the local day.
        """
        super().__init__(parent)
        self._watchlist = watchlist
        self._catalogue = catalogue
        self._vendors = vendors
        self._on_open = on_open
        self._on_activate = on_activate
        self._on_message = on_message
        self._opened: InstrumentKey | None = None
        self.setObjectName("watchlist.panel")
        vendors.see(watchlist.keys)
        self._model = WatchlistModel(
            watchlist,
            catalogue,
            vendors,
            now_s=now_s,
            today=today,
            on_bad_book=on_bad_book,
            parent=self,
        )
        self._view = WatchlistView(self._model, theme, vendors, now_s=now_s, parent=self)
        self._view.setObjectName("watchlist.table")
        self._adding = AddStrip(
            catalogue, vendors, on_codes=self.add_codes, spell=spell, parent=self
        )
        self._box = self._adding.box
        self.actions_ = WatchlistActions(
            self,
            {
                "open": self.open_selected,
                "copy": self.copy_selected,
                "up": self.move_up,
                "down": self.move_down,
                "remove": self.remove_selected,
                "undo": self.undo,
                "redo": self.redo,
                "add": self.focus_box,
            },
            vendors.titles,
            self.watch_also,
        )
        self.visible_changed: Hook[[]] = self._view.visible_changed
        self._buttons = {name: self._button(name) for name in ("up", "down", "remove")}
        self._lay_out()
        self._open_soon = QTimer(self)
        self._open_soon.setSingleShot(True)
        self._open_soon.setInterval(OPEN_DELAY_MS)
        self._open_soon.timeout.connect(self._follow_selection)
        self._view.selectionModel().selectionChanged.connect(self._on_selection)
        self._view.activated.connect(self.open_selected)
        self._following = watchlist.changed.connect(self._follow_list)
        self._tagging = vendors.changed.connect(self._show_tags)
        self.destroyed.connect(self._following.disconnect)
        self.destroyed.connect(self._tagging.disconnect)
        self._model.set_chinese(lang.startswith("zh"))
        self._translate()
        self._update_actions()

    # For the application

    def refresh(self, rows: Iterable[QuoteRow]) -> int:
        """Show what changed in ``rows`` since the last frame; return how many are in sight."""
        return self._view.refresh(rows)

    def visible_keys(self) -> list[InstrumentKey]:
        """Return the instruments in sight, from top to bottom."""
        return self._view.visible_keys()

    def selected(self) -> InstrumentKey | None:
        """Return the selected instrument, of several the one the keyboard is on."""
        current = self._view.currentIndex()
        if current.isValid() and self._view.selectionModel().isRowSelected(current.row()):
            return self._model.rows[current.row()].key
        keys = self._selected_keys()
        return keys[0] if keys else None

    def select(self, key: InstrumentKey) -> bool:
        """Select an instrument and bring it into sight; False where the list has it not."""
        return self._select([key])

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
        self._view.set_theme(theme)

    def set_flash(self, flash: bool) -> None:
        """Choose whether a price that changed is shown for a moment."""
        self._view.set_flash(flash)

    def set_language(self, lang: str) -> None:
        """Show names and units in ``lang``: ``"zh_CN"`` or ``"en"``."""
        self._model.set_chinese(lang.startswith("zh"))
        self._view.fit()
        self._view.reread()

    # What a person does

    def add_codes(self, codes: Sequence[str]) -> None:
        """Add what is not there yet, select it, and say what became of every code."""
        self._add_keys([InstrumentKey(self.vendor, code) for code in codes])

    def watch_also(self, vendor: str) -> None:
        """Add the selected instruments once more, below themselves, with this vendor's prices."""
        keys = self._selected_keys()
        if keys:
            place = self._watchlist.position(keys[-1])
            others = [InstrumentKey(vendor, key.code) for key in keys if key.vendor != vendor]
            self._add_keys(others, None if place is None else place + 1)

    def remove_selected(self) -> None:
        """Take the selected rows out; the row that follows them is selected."""
        keys = self._selected_keys()
        if not keys:
            return
        place = self._watchlist.position(keys[0]) or 0
        labels = [self._vendors.label(key) for key in keys]  # before the last of them has gone
        self._watchlist.remove(keys)
        left = self._watchlist.keys
        if left:
            self.select(left[min(place, len(left) - 1)])
        self._on_message(sentences.removed(labels))

    def move_up(self) -> None:
        """Move the selected rows one place towards the top."""
        if self._watchlist.move_up(self._selected_keys()):
            self._view.scrollTo(self._view.currentIndex())

    def move_down(self) -> None:
        """Move the selected rows one place towards the end."""
        if self._watchlist.move_down(self._selected_keys()):
            self._view.scrollTo(self._view.currentIndex())

    def undo(self) -> None:
        """Take the last edit back, and select what came back with it."""
        before = set(self._watchlist.keys)
        if self._watchlist.undo():
            self._select([key for key in self._watchlist.keys if key not in before])

    def redo(self) -> None:
        """Make the last edit again that was taken back."""
        before = set(self._watchlist.keys)
        if self._watchlist.redo():
            self._select([key for key in self._watchlist.keys if key not in before])

    def copy_selected(self) -> None:
        """Put the selected rows on the clipboard as a table, without titles."""
        chosen = set(self._selected_keys())
        lines = []
        for row in self._model.rows:
            if row.key in chosen:
                self._model.unpack(row)
                lines.append(copied(row, self._model.reading))
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines) + "\n")

    def open_selected(self) -> None:
        """Show the selected instrument in chart and book at once."""
        key = self.selected()
        if key is not None:
            self._open_soon.stop()
            self._open(key)
            self._on_activate(key)

    def focus_box(self) -> None:
        """Go to the box that symbols are added with."""
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()

    # Inside

    def _add_keys(self, keys: Sequence[InstrumentKey], at: int | None = None) -> None:
        """Add what is not there yet at a place, select it, and say what became of every one."""
        fresh = [key for key in keys if key not in self._watchlist]
        known = [key for key in keys if key in self._watchlist]
        self._watchlist.add(fresh, at)
        self._select(fresh[:1] or known[:1])
        strange = [key for key in fresh if key.code not in self._catalogue]
        label = self._vendors.label
        self._on_message(
            sentences.added([*map(label, fresh)], [*map(label, known)], [*map(label, strange)])
        )

    def _selected_keys(self) -> list[InstrumentKey]:
        rows = sorted(index.row() for index in self._view.selectionModel().selectedRows())
        return [self._model.rows[row].key for row in rows]

    def _select(self, keys: Sequence[InstrumentKey]) -> bool:
        """Select ``keys``, the first of them current; False where the list has none of them."""
        places = [place for key in keys if (place := self._watchlist.position(key)) is not None]
        if not places:
            return False
        selection = self._view.selectionModel()
        selection.setCurrentIndex(self._model.index(places[0], 0), _SELECT_ROW)
        for place in places[1:]:
            selection.select(self._model.index(place, 0), _ADD_ROW)
        self._view.scrollTo(self._model.index(places[0], 0))
        return True

    def _on_selection(self) -> None:
        self._update_actions()
        self._open_soon.start()

    def _follow_selection(self) -> None:
        key = self.selected()
        if key is not None and key != self._opened:
            self._open(key)

    def _open(self, key: InstrumentKey) -> None:
        self._opened = key
        self._on_open(key)

    def _follow_list(self) -> None:
        self._vendors.see(self._watchlist.keys)
        self._update_actions()

    def _show_tags(self) -> None:
        self._model.show_tags()
        self._view.show_tags()
        self._adding.offer_vendors()
        self._update_actions()

    def _offer_also(self) -> None:
        """Offer every vendor in use that some of the selected rows are not of."""
        vendors: dict[str, bool] = {}
        if self._vendors.several:
            keys = self._selected_keys()
            for vendor in self._vendors.in_use:
                others = [InstrumentKey(vendor, key.code) for key in keys if key.vendor != vendor]
                if others:
                    vendors[vendor] = any(key not in self._watchlist for key in others)
        self.actions_.offer_also(vendors)

    def _update_actions(self) -> None:
        self._offer_also()
        self.actions_.enable(
            selection=self._view.selectionModel().hasSelection(),
            undo=self._watchlist.can_undo,
            redo=self._watchlist.can_redo,
        )

    def _lay_out(self) -> None:
        strip = QHBoxLayout()
        strip.setContentsMargins(6, 4, 6, 4)
        strip.addWidget(self._adding, 2)
        strip.addStretch(3)
        for button in self._buttons.values():
            strip.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(strip)
        whole.addWidget(self._view, 1)
        self._view.setFrameStyle(0)  # none; the name of it would load all of QFrame's enums
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._view.addActions(self.actions_.context_menu())

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"watchlist.{name}.button")
        button.setDefaultAction(self.actions_[name])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if name in _ARROWS:
            button.setArrowType(_ARROWS[name])
        return button

    def _translate(self) -> None:
        self.actions_.translate()
        self.setAccessibleName(translate("Watchlist", "Watchlist panel"))
        self._view.setAccessibleName(translate("Watchlist", "Watchlist"))
        self._view.hint = translate(
            "Watchlist",
            "Nothing is watched yet. Type a code or a name into the box above (Ctrl+K), "
            "such as 700.HK, EURUSD or Apple.",
        )
        for name, button in self._buttons.items():
            button.setAccessibleName(self.actions_[name].text())
        self._view.fit()
        self._view.reread()

    # Qt's events

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._model.retranslate()
            self._translate()
