"""The box that symbols are added with: type a code or a name, or paste many."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from alltick_desk.model.instrument import Catalogue
from alltick_desk.ui.vendors import VendorTags

if TYPE_CHECKING:  # nothing of it before the first window is painted
    from alltick_desk.ui.watchlist.entry import Spell
    from alltick_desk.ui.watchlist.lookup import Entered, Lookup
    from alltick_desk.ui.watchlist.offers import Offer

PREPARE_MS = 100  # after the box was entered: whoever only passes through costs nothing

translate = QCoreApplication.translate

_Key = Qt.Key
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ENTER = frozenset({_Key.Key_Return, _Key.Key_Enter})
_GROUP_STEPS = {_Key.Key_PageUp: -1, _Key.Key_PageDown: 1}  # with Ctrl


class AddBox(QLineEdit):
    """Calls ``on_codes`` with the codes that were entered, in the order of the text, and whose.

    "" is whoever was chosen; ``chosen`` says who that is. ``spell`` turns a vendor's own spelling
    into the desk's.

    Enter takes the highlighted row: the first one, until the arrows choose another; that the text
    is added as typed is the last one, but for a whole code that no list has. Where no list is
    shown it takes what the text clearly means, else the text as typed.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        vendors: VendorTags,
        *,
        on_codes: Callable[[list[str], str], None],
        chosen: Callable[[], str],
        spell: "Spell",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("watchlist.add")
        self._catalogue = catalogue
        self._vendors = vendors
        self._on_codes = on_codes
        self._chosen = chosen
        self._spell = spell
        self._made: Lookup | None = None
        self._composing = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PREPARE_MS)
        self._soon.timeout.connect(self._prepare)
        self.setMaxLength(100_000)  # a pasted list of thousands
        self.textEdited.connect(self._offer)
        self._translate()

    def enter(self, *, stay: bool = False) -> None:
        """Hand over what stands in the box, and empty it; or ``stay`` with text and list."""
        if self.text():
            self._hand_over(self._lookup.entered(self.text()), stay=stay)

    @property
    def _lookup(self) -> "Lookup":
        if self._made is None:
            from alltick_desk.ui.watchlist.lookup import Lookup

            self._made = Lookup(
                self,
                self._catalogue,
                self._vendors,
                chosen=self._chosen,
                spell=self._spell,
                on_pick=self._pick,
            )
        return self._made

    @property
    def _listing(self) -> bool:
        """Whether the list is to be seen."""
        return self._made is not None and self._made.list.isVisible()

    def _pick(self, offer: "Offer") -> None:
        self._hand_over(self._lookup.picked(self.text(), offer), stay=False)

    def _hand_over(self, entered: "Entered", *, stay: bool) -> None:
        lookup = self._lookup
        stay = stay and lookup.list.highlighted is not None and not entered.unusable
        if stay:
            self.setText(lookup.part)  # what came before it is handed over
        else:
            lookup.list.hide()
            self.setText(", ".join(entered.unusable))
        if entered.codes:
            self._on_codes(entered.codes, "")
        if entered.other:
            self._on_codes(entered.other, entered.vendor)
        if stay:
            lookup.move(_Key.Key_Down)
        elif entered.unusable:
            lookup.refuse(entered.unusable)

    def _prepare(self) -> None:
        self._lookup.prepare()

    def _offer(self, text: str) -> None:
        self._lookup.offer(text)

    def _is_of_list(self, event: QEvent) -> bool:
        """Whether a key would undo or redo where this text has nothing to: it is the list's."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.matches(QKeySequence.StandardKey.Undo):
            return not self.isUndoAvailable()
        return event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()

    def _take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means here and nowhere else; False where it means nothing."""
        key, control = event.key(), bool(event.modifiers() & _CONTROL)
        if key in _ENTER:
            self.enter(stay=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == _Key.Key_Escape and self._listing:
            self._lookup.list.hide()  # the first Escape closes the list, the second empties the box
        elif key == _Key.Key_Escape and self.text():
            self.clear()
        elif control and self._listing and key in _GROUP_STEPS:
            self._lookup.step_group(_GROUP_STEPS[_Key(key)])
        elif key == _Key.Key_Down and self.text() and not self._listing:
            self._offer(self.text())
        else:
            return self._listing and not control and self._lookup.move(key)
        return True

    def _translate(self) -> None:
        if self._made is not None:
            self._made.list.hide()
            self._made.list.retranslate()
        self.setAccessibleName(translate("Watchlist", "Add symbol"))
        self.setPlaceholderText(translate("Watchlist", "Add symbol: code or name, or several"))
        self.setToolTip(
            translate(
                "Watchlist",
                "A code, or a name in English, Chinese or pinyin initials. Several are parted by "
                "commas, spaces or lines; a list can be pasted.",
            )
        )

    # Qt's events

    def event(self, event: QEvent) -> bool:
        # Keys that the list needs are not the window's shortcuts while it is to be seen.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._listing
            and event.key() in {*_GROUP_STEPS, _Key.Key_Escape, *_ENTER}
        ):
            event.accept()
            return True
        if self._is_of_list(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._take_key(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Leave the place under the box to the input method while it composes a character."""
        super().inputMethodEvent(event)
        composed, self._composing = self._composing, bool(event.preeditString())
        if self._composing and self._listing:
            self._lookup.list.hide()
        elif composed and not self._composing and self.text():
            self._offer(self.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._soon.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._soon.stop()
        if self._listing:
            self._lookup.list.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
