"""The bar above the table by which rows are looked for and kept out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from alltick_desk.services.quotes import QuoteRow
from alltick_desk.ui.watchlist.columns import STATE_WORDS
from alltick_desk.ui.watchlist.filters import (
    EVERYTHING,
    MARKET_WORDS,
    MOVEMENT_WORDS,
    Filter,
)
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.readings import read_soon

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
TYPING_MS = 60  # between two keys: thousands of rows are looked through for the last of them

translate = QCoreApplication.translate


class FilterBar(QWidget):
    """Calls ``on_filter`` with what a person wants to see, ``on_leave`` when it is all rows again.

    ``on_done`` is called when the person goes on to what was found.

    ``rows`` gives the rows of the list, of which the menus offer what there is.
    """

    def __init__(
        self,
        *,
        on_filter: Callable[[Filter], None],
        on_leave: Callable[[], None],
        on_done: Callable[[], None],
        rows: Callable[[], Iterable[QuoteRow]],
        model: WatchlistModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("watchlist.filtering")
        self._on_filter = on_filter
        self._on_leave = on_leave
        self._on_done = on_done
        self._rows = rows
        self._model = model
        self._wanted = EVERYTHING
        self._box = QLineEdit(self)
        self._box.setObjectName("watchlist.filter")
        self._box.setClearButtonEnabled(True)
        self._box.setMaxLength(80)
        self._box.textChanged.connect(self._type)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._take_text)
        self._menus = {
            name: self._make_menu(name, fill)
            for name, fill in (
                ("markets", self._fill_markets),
                ("states", self._fill_states),
                ("movements", self._fill_movements),
            )
        }
        self._count = QLabel(self)
        self._count.setObjectName("watchlist.count")
        self._all = QToolButton(self)
        self._all.setObjectName("watchlist.showAll")
        self._all.clicked.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 4)
        row.addWidget(self._box, 2)
        for button in self._menus.values():
            row.addWidget(button)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._all)
        self._translate()
        self.show_counts(*model.counts)

    def open(self) -> None:
        """Show the bar, the cursor in its box."""
        read_soon(self, self._names())
        self.show()
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()

    def _names(self) -> Iterator[str]:
        get = self._model.reading.catalogue.get
        for row in list(self._rows()):
            known = get(row.key.code)
            yield known.name_zh or known.name_hant

    def leave(self) -> None:
        """Show all rows again and go back to the table."""
        self.close_up()
        self._on_leave()

    def close_up(self) -> None:
        """Empty the bar and hide it; whoever calls it takes the filter away."""
        self._wanted = EVERYTHING
        self._box.blockSignals(True)
        self._box.clear()
        self._box.blockSignals(False)
        self._typing.stop()
        self._name_menus()
        self.hide()

    def show_counts(self, shown: int, total: int) -> None:
        """Tell how many rows are shown, of how many."""
        words = translate("Watchlist", "{shown} of {total} shown")
        self._count.setText(words.format(shown=shown, total=total))
        if not self._model.filter.on and self._wanted.on:  # another list is shown: without a filter
            self.close_up()

    # Typing

    def _type(self) -> None:
        self._typing.start()

    def _take_text(self) -> None:
        self._want(self._wanted._replace(text=self._box.text()))

    def _want(self, wanted: Filter) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self._name_menus()
            self._on_filter(wanted)

    # Menus

    def _make_menu(self, name: str, fill: Callable[[QMenu], None]) -> QPushButton:
        button = _MenuButton(self)
        button.setObjectName(f"watchlist.filter.{name}")
        menu = QMenu(button)
        menu.setObjectName(f"watchlist.filter.{name}.menu")
        menu.aboutToShow.connect(lambda: fill(menu))
        button.setMenu(menu)
        return button

    def _fill_markets(self, menu: QMenu) -> None:
        get = self._model.reading.catalogue.get
        there = [get(row.key.code).market for row in self._rows()]
        self._fill(menu, "markets", MARKET_WORDS, there)

    def _fill_states(self, menu: QMenu) -> None:
        self._fill(menu, "states", STATE_WORDS, [row.state for row in self._rows()])

    def _fill_movements(self, menu: QMenu) -> None:
        self._fill(menu, "movements", MOVEMENT_WORDS, list(MOVEMENT_WORDS))

    def _fill(
        self, menu: QMenu, kind: str, words: Mapping[Any, str], there: Sequence[object]
    ) -> None:
        """Offer what there is, and what is chosen though there is none of it any more."""
        menu.clear()
        chosen = getattr(self._wanted, kind)
        present = chosen.union(there)
        for value, word in words.items():
            if value in present:
                action = menu.addAction(translate("Watchlist", word))
                action.setCheckable(True)
                action.setChecked(value in chosen)
                action.triggered.connect(lambda on, it=value: self._choose(kind, it, on))

    def _choose(self, kind: str, value: object, on: bool) -> None:
        chosen = getattr(self._wanted, kind)
        chosen = chosen | {value} if on else chosen - {value}
        self._want(self._wanted._replace(**{kind: chosen}))

    def _name_menus(self) -> None:
        titles = {
            "markets": translate("Watchlist", "Market"),
            "states": translate("Watchlist", "State"),
            "movements": translate("Watchlist", "Movement"),
        }
        words: dict[str, Mapping[Any, str]] = {
            "markets": MARKET_WORDS,
            "states": STATE_WORDS,
            "movements": MOVEMENT_WORDS,
        }
        for name, button in self._menus.items():
            chosen = [
                translate("Watchlist", word)
                for value, word in words[name].items()
                if value in getattr(self._wanted, name)
            ]
            some = f"{chosen[0]} +{len(chosen) - 1}" if len(chosen) > 1 else "".join(chosen)
            button.setText(f"{titles[name]}: {some}" if some else titles[name])
            button.setAccessibleName(button.text())

    def _translate(self) -> None:
        self.setAccessibleName(translate("Watchlist", "Filter"))
        self._box.setAccessibleName(translate("Watchlist", "Filter rows"))
        self._box.setPlaceholderText(translate("Watchlist", "Code, name, alias or note"))
        self._all.setText(translate("Watchlist", "Show all"))
        self._all.setAccessibleName(translate("Watchlist", "Show all"))
        self._all.setToolTip(translate("Watchlist", "Take the filter away. Key: Esc."))
        self._name_menus()

    # Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape or (key in _ENTER and self._all.hasFocus()):
            self.leave()
        elif key in {*_ENTER, Qt.Key.Key_Down}:
            if self._typing.isActive():
                self._typing.stop()
                self._take_text()
            self._on_done()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
            self.show_counts(*self._model.counts)


class _MenuButton(QPushButton):
    """Opens its menu by every key that people try; a QToolButton's arrow would hide its words."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the bar's; Qt would first let up the button, down after its menu
            return
        if event.key() not in {*_ENTER, Qt.Key.Key_Down, Qt.Key.Key_Space}:
            super().keyPressEvent(event)
            return
        menu = self.menu()
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])
