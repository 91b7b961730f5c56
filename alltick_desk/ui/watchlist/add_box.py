"""The box that symbols are added with: type a code or a name, or paste many."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from alltick_desk.model.instrument import Catalogue
from alltick_desk.ui.watchlist.entry import Spell, current_part, matches, picked_entry, read_entry

if TYPE_CHECKING:
    from alltick_desk.ui.watchlist.match_list import MatchList

translate = QCoreApplication.translate


class AddBox(QLineEdit):
    """Calls ``on_codes`` with the codes that were entered, in the order of the text.

    ``spell`` turns a vendor's own spelling into the desk's.

    Enter takes the highlighted match, else what the text clearly means, else the text as typed.
    The first match is highlighted where Enter would take it anyway, so that nobody is surprised.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        on_codes: Callable[[list[str]], None],
        spell: Spell,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("watchlist.add")
        self._catalogue = catalogue
        self._on_codes = on_codes
        self._spell = spell
        self._list: MatchList | None = None
        self.setMaxLength(100_000)  # a pasted list of thousands
        self.textEdited.connect(self._offer)
        self._translate()

    def enter(self) -> None:
        """Hand over what stands in the box, and empty it."""
        code = None if self._list is None else self._list.highlighted_code()
        if code is None:
            self._hand_over(read_entry(self.text(), self._catalogue, self._spell))
        else:
            self._pick(code)

    def _pick(self, code: str) -> None:
        self._hand_over(picked_entry(self.text(), code, self._catalogue, self._spell))

    def _hand_over(self, codes: list[str]) -> None:
        if self._list is not None:
            self._list.hide()
        self.clear()
        if codes:
            self._on_codes(codes)

    def _offer(self, text: str) -> None:
        if self._list is None:
            from alltick_desk.ui.watchlist.match_list import MatchList

            self._list = MatchList(self, self._pick)
        found = matches(text, self._catalogue, self._spell)
        meant = read_entry(current_part(text), self._catalogue, self._spell)
        width = max(self.width(), self.fontMetrics().averageCharWidth() * 44)
        self._list.offer(
            found,
            highlight=bool(found) and meant == [found[0].code],
            place=QRect(0, 0, width, self.height()),
        )

    def _translate(self) -> None:
        self.setAccessibleName(translate("Watchlist", "Add symbol"))
        self.setPlaceholderText(translate("Watchlist", "Add symbol: code or name, or several"))
        self.setToolTip(
            translate(
                "Watchlist",
                "A code, or a name in English or Chinese. Several are parted by commas, spaces or "
                "lines; a list can be pasted.",
            )
        )

    # Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.enter()
            event.accept()  # else the list would take its highlight once more
        elif key == Qt.Key.Key_Escape and self._list is not None and self._list.view.isVisible():
            self._list.hide()  # the first Escape closes the list, the second empties the box
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
