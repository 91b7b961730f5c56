"""What a person sees at once: the window with the list and its last values.

Built and painted before asyncio, numpy, pyqtgraph and the network libraries are loaded, and
without any of them. The running desk then takes hold of it through the ``on_…`` callables.
"""

import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from alltick_desk.app.beginning import Beginning
from alltick_desk.app.cli import Options
from alltick_desk.app.faults import Faults
from alltick_desk.app.language import CHINESE, Language, first_looks
from alltick_desk.app.logs import Redactor
from alltick_desk.app.memory import Memory
from alltick_desk.app.vendors import SPOKEN, TITLES, vendors_in_use
from alltick_desk.clock import Clock
from alltick_desk.errors import ProtocolError, StoreError
from alltick_desk.model.instrument import Catalogue, InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.model.settings import Settings
from alltick_desk.resources import resource
from alltick_desk.services.lists import Lists
from alltick_desk.services.quotes import QuoteBoard
from alltick_desk.services.watchlist import Watchlist
from alltick_desk.store.profile import Profile
from alltick_desk.store.state import Layout
from alltick_desk.ui.book import OrderBookPanel
from alltick_desk.ui.frames import FrameClock
from alltick_desk.ui.main_window import MainWindow
from alltick_desk.ui.status import Role, StatusBar
from alltick_desk.ui.theme import Theme, apply_theme, make_theme, system_is_dark
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist.look import TableLook
from alltick_desk.ui.watchlist.panel import WatchlistPanel

if TYPE_CHECKING:
    from alltick_desk.ui.report import ErrorReports

translate = QCoreApplication.translate

_SETS = "columns."  # before the names of column sets, in the layout's small words

log = logging.getLogger(__name__)


class Themed(Protocol):
    """A panel that can change its colours."""

    def set_theme(self, theme: Theme) -> None: ...


class Frontage:
    """The window, its panels, and what they were filled from.

    Attributes:
        settings: as chosen and saved; what the command line said is not in them.
        tags: the vendors in use, and what they are called.
        on_frame, on_open, on_close, on_settings, on_bad_book: what the running desk is told.
        on_reconnect: the same, of a family of connections by its name.
        on_retire: what is told that the window goes for good.
        kept_choices: the small words that the last run left.
        on_keep: returns those that the charts leave for the next.
        leaving: whether the person has asked the window to close.
        retired: whether the window has been closed for good.
    """

    def __init__(
        self,
        options: Options,
        profile: Profile,
        *,
        clock: Clock,
        redact: Redactor,
        faults: Faults,
        writes: bool,
    ) -> None:
        """``writes`` is False where another desk holds the profile: then nothing is saved."""
        self.options = options
        self.profile = profile
        self.clock = clock
        self.redact = redact
        self.faults = faults
        self.leaving = self.retired = False
        self.on_frame: Callable[[], None] = _nothing
        self.on_open: Callable[[InstrumentKey], None] = _ignore
        self.on_close: Callable[[], None] = _nothing
        self.on_settings: Callable[[], None] = _nothing
        self.on_bad_book: Callable[[], None] = _nothing
        self.on_reconnect: Callable[[str], None] = _ignore
        self.on_retire: Callable[[], None] = _nothing
        self._memory = Memory(profile, clock, writes=writes)
        self.settings = self._memory.settings
        self.kept_choices: Mapping[str, str] = self._memory.layout.choices
        self._sets: Mapping[str, str] = {
            name.removeprefix(_SETS): words
            for name, words in self.kept_choices.items()
            if name.startswith(_SETS)
        }
        self.on_keep: Callable[[], Mapping[str, str]] = lambda: self.kept_choices
        titles = {vendor: TITLES[vendor] for vendor in SPOKEN}
        self.tags = VendorTags(titles, vendors_in_use(options, self.settings))
        self._lang_said, self._theme_said = options.lang, options.theme
        self._language = Language()
        self._choose_language()
        if not profile.settings_file.exists():
            self.settings = first_looks(self.settings, self._language.name)
        self.theme = self._wanted_theme()
        self.catalogue = Catalogue.read(resource("catalogue.csv"))
        self._frames = FrameClock(self._frame)
        self.board = QuoteBoard(self._frames.wake)
        self._beginning = Beginning(
            options,
            self.catalogue,
            lambda: self.vendors,
            self.kept_choices,
            name=translate("Watchlist", "Watchlist"),
        )
        book = self._beginning.book(self._memory.lists)
        self.watchlist = Watchlist(self.board, lists=Lists(book))
        self._memory.recall_quotes(self.board, self.lists.keys)
        self._saving_lists = self.lists.touched.connect(self._save_lists)
        self._dress_app()
        self._reports: ErrorReports | None = None
        faults.show = self._report
        self._build()
        self._tagging = self.tags.changed.connect(self._rename_book)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._scheme_changed)
        if options.snapshot is None:
            kept = self._memory.layout.blobs.get("window", b"")
            if not self.window.restore_layout(kept):
                self.window.fit_first()
        for note in self._memory.notes:
            self.say(note)

    def _build(self) -> None:
        """Make the window and what stands in it at once."""
        self.window = MainWindow(on_close=self._asked_to_close, on_settings=self._open_settings)
        self.panel = WatchlistPanel(
            self.watchlist,
            self.catalogue,
            self.theme,
            vendors=self.tags,
            lang=self._language.name,
            on_open=self._opened,
            on_message=self.tell,
            on_bad_book=self._bad_book,
            on_sets=self._keep_sets,
            spell=self._beginning.spell,
            now_s=self.clock.monotonic,
        )
        self.panel.set_look(TableLook.of(self.settings))
        self.panel.take_sets(self._sets)
        self.panel.choose_vendor(self._memory.layout.choices.get("vendor", ""))
        self.book = OrderBookPanel(self.theme, on_unreadable=self._bad_book, label=self.tags.label)
        self.status = StatusBar(
            self.theme,
            self.clock.wall_ms,
            titles=self.tags.titles,
            on_reconnect=self._reconnect,
        )
        self.window.place("watchlist", self.panel)
        self.window.place("book", self.book)
        self.window.place("status", self.status)
        self.window.set_edit_actions(*self._list_edits())
        self.window.add_file_actions(self.panel.lists.actions.file_menu())
        self.window.add_view_menu(self.panel.lists.actions.view_menu())
        if self.writes and self.options.symbols is None:  # else there is nothing to go back to
            self.panel.lists.keep_backups(self._memory)
        self._themed: list[Themed] = [self.panel, self.book, self.status]

    # What chart and book begin with

    @property
    def writes(self) -> bool:
        """Whether what changes is saved: not where another desk holds the profile."""
        return self._memory.writes

    @property
    def lists(self) -> Lists:
        """All watchlists."""
        return self.watchlist.lists

    @property
    def vendors(self) -> tuple[str, ...]:
        """The vendors in use, at least one; the first takes what names none."""
        return self.tags.in_use

    @property
    def first_interval(self) -> Interval:
        """The active chart's interval: as said, else as last time."""
        return self._beginning.interval

    def first_opened(self) -> InstrumentKey | None:
        """Return its instrument: as said, else as last time, else the list's first."""
        return self._beginning.opened(self.watchlist.keys)

    def name_of(self, key: InstrumentKey) -> str:
        """Return an instrument's name in the window's language, "" where none is known."""
        instrument = self.catalogue.get(key.code)
        names = (instrument.name_en, instrument.name_zh)
        first, second = reversed(names) if self._language.name == CHINESE else names
        return first or second

    def place_chart(self, chart: QWidget) -> None:
        """Put the chart where its placeholder stood."""
        self.window.place("chart", chart)
        self._themed.append(chart)  # type: ignore[arg-type]

    def add_edit_actions(self, actions: Sequence[QAction]) -> None:
        """Have the Edit menu hold these too; each counts where its own panel has the focus.

        Those of an earlier call are left out.
        """
        self.window.set_edit_actions(*self._list_edits(), actions)

    # Words

    def tell(self, sentence: str) -> None:
        """Tell what a person's own action has done."""
        self.status.say(sentence)

    def say(self, sentence: str) -> None:
        """Tell what has gone wrong and what becomes of it, in the log too."""
        log.warning("%s", sentence)
        masked = self.redact(sentence)  # a Sentence can be said in another language: keep it so
        self.status.say(sentence if masked == sentence else masked, Role.WARN)

    def complain(self, sentence: str) -> None:
        """Tell whoever started the desk from a terminal that it cannot do what was asked."""
        sys.stderr.write(f"alltick-desk: {self.redact(sentence)}\n")

    # Changes

    def apply_settings(self, settings: Settings) -> None:
        """Take other settings, their looks at once. Raises StoreError where saving fails.

        What the person now chooses outweighs what the command line said.
        """
        before, self.settings = self.settings, settings
        if settings.lang != before.lang:
            self._lang_said = None
        if settings.theme != before.theme:
            self._theme_said = None
        self._choose_language()
        self.panel.set_language(self._language.name)
        self._rename_book()
        self.panel.set_look(TableLook.of(settings))
        self.dress()
        self._memory.save_settings(settings)

    def use_vendors(self, vendors: Sequence[str]) -> None:
        """Show the data of these vendors; what a person has never edited is listed anew."""
        if tuple(vendors) == self.vendors:
            return
        self.tags.use(vendors)
        self._beginning.follow_vendors(self.watchlist)

    def dress(self) -> None:
        """Put everything into the theme that settings and desktop ask for now."""
        theme = self._wanted_theme()
        if theme != self.theme:
            self.theme = theme
            self._dress_app()
            for panel in self._themed:
                panel.set_theme(theme)

    def checkpoint(self) -> Callable[[], None]:
        """Take down what the next start begins with; return the call that saves it.

        The call may run in any thread and raises StoreError where the disk refuses. Lists that it
        refused before are tried again at once, in the window's thread like every edit of them.
        """
        self._saving(self._save_lists_again)
        choices = {**self.on_keep(), "vendor": self.panel.vendor}
        choices |= {_SETS + name: words for name, words in self._sets.items()}
        if self.options.symbols is not None:  # of these nothing is saved
            kept = self.kept_choices
            choices |= {it: kept.get(it, "") for it in choices if it.endswith("opened")}
        listed = frozenset(self.lists.keys)
        rows = [row for row in self.board.rows() if row.key in listed]
        return self._memory.checkpoint(
            rows if self.options.symbols is None else None,
            Layout(blobs={"window": self.window.layout_state()}, choices=choices)
            if self.options.snapshot is None
            else None,
        )

    def remember(self) -> None:
        """Save what the next start begins with, now; a refusal of the disk is said."""
        self._saving(self.checkpoint())

    def come_forward(self) -> None:
        """Show the window above the others: a second start asked for it."""
        log.info("another start asked for this window")
        if self.window.isMinimized():
            self.window.showNormal()
        else:
            self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def retire(self) -> None:
        """Take the window away: it is closing."""
        self.retired = True
        self.on_retire()
        self._frames.stop()
        self.window.hide()

    # Inside

    def _keep_sets(self, sets: Mapping[str, str]) -> None:
        self._sets = sets

    def _list_edits(self) -> tuple[Sequence[QAction], Sequence[QAction]]:
        return self.panel.actions_.edit_menu(), self.panel.lists.actions.edit_menu()

    def _save_lists(self) -> None:
        """Save the lists, but what was said on the command line; a refusal of the disk is said."""
        if self.options.symbols is None:
            self._saving(lambda: self._memory.save_lists(self.lists.book))

    def _save_lists_again(self) -> None:
        if self._memory.save_lists_again():
            self.tell(translate("Lists", "The watchlists are saved now."))

    def _choose_language(self) -> None:
        self._language.choose(self._lang_said or self.settings.lang)

    def _wanted_theme(self) -> Theme:
        wanted = self._theme_said or self.settings.theme
        dark = system_is_dark() if wanted == "system" else wanted == "dark"
        return make_theme(dark=dark, palette=self.settings.palette)

    def _dress_app(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, self.theme)

    def _saving(self, save: Callable[[], None]) -> None:
        try:
            save()
        except StoreError as error:
            self.say(str(error))

    def _frame(self) -> None:
        self.on_frame()

    def _scheme_changed(self) -> None:
        self.dress()

    def _opened(self, key: InstrumentKey) -> None:
        self.on_open(key)

    def _open_settings(self) -> None:
        self.on_settings()

    def _reconnect(self, name: str) -> None:
        self.on_reconnect(name)

    def _rename_book(self) -> None:
        if self.book.key is not None:
            self.book.rename(self.name_of(self.book.key))

    def _asked_to_close(self) -> bool:
        self.leaving = True  # for a desk that has not begun yet
        self.on_close()
        return False  # the running desk closes it, when everything is put away

    def _bad_book(self, _error: ProtocolError) -> None:
        self.on_bad_book()

    def _report(self, error: BaseException, _text: str) -> None:
        if self._reports is None:
            from alltick_desk.ui.report import ErrorReports

            self._reports = ErrorReports(self.redact, self._standing)
        self._reports.add(error)

    def _standing(self) -> QWidget | None:
        return None if self.retired else self.window


def _nothing() -> None:
    """Do nothing while nobody is there to be told."""


def _ignore(_: object) -> None:
    """Open or connect nothing while nobody can."""
