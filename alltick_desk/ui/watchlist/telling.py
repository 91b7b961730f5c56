"""What the panel tells after something was done, and what it then offers to do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QVBoxLayout, QWidget

from alltick_desk.model.words import QT_TRANSLATE_NOOP, Sentence, joined
from alltick_desk.services.lists import Lists

if TYPE_CHECKING:
    from alltick_desk.ui.watchlist.follow_up import FollowUp

_UNDO = QT_TRANSLATE_NOOP("Watchlist", "Undo")
_BY_KEYS = Sentence("Watchlist", "Undo (Ctrl+Z) reverses it.")


class Telling:
    """Hands sentences on; what may be wanted next is offered in a bar, made when first needed.

    ``on_message`` gets the sentences, ``undo`` takes the last edit back.

    Attributes:
        below: the place below the table that the bar comes into.
    """

    def __init__(
        self,
        on_message: Callable[[str], None],
        lists: Lists,
        *,
        undo: Callable[[], object],
        view: QAbstractItemView,
        panel: QWidget,
    ) -> None:
        self._on_message = on_message
        self._lists = lists
        self._undo = undo
        self._view = view
        self._panel = panel
        self._bar: FollowUp | None = None
        self.below = QVBoxLayout()

    def __call__(self, sentence: str) -> None:
        """Tell something."""
        self._on_message(sentence)

    def undoable(self, sentence: str) -> None:
        """Tell what an edit has done, the last one, and offer to take it back.

        The keys of it are promised in the bar alone, which goes with the next edit. They count in
        the panel: the keyboard comes to the table, unless it is in the panel already.
        """
        self._on_message(sentence)
        self._offer(joined(sentence, _BY_KEYS), _UNDO, self._undo)
        focus = QApplication.focusWidget()
        if focus is None or not self._panel.isAncestorOf(focus):
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def offering(self, sentence: str, label: str, deed: Callable[[], object]) -> None:
        """Tell what an edit has done, and offer a deed while it is the last edit.

        ``label`` is the button's, marked for translation in the panel's context.
        """
        self._on_message(sentence)
        self._offer(sentence, label, deed)

    # Inside

    def _offer(self, sentence: str, label: str, deed: Callable[[], object]) -> None:
        if self._bar is None:
            from alltick_desk.ui.watchlist.follow_up import FollowUp

            self._bar = FollowUp(self._lists, back=self._view, parent=self._panel)
            self.below.addWidget(self._bar)
        with self._same_sight():
            self._bar.offer(sentence, label, deed)

    @contextmanager
    def _same_sight(self) -> Iterator[None]:
        """Around what makes the table smaller: the end or the current row stays in sight."""
        view, bar = self._view, self._view.verticalScrollBar()
        at_end = 0 < bar.maximum() == bar.value()
        current = view.currentIndex()
        seen = view.visualRect(current).intersects(view.viewport().rect())
        yield
        if (layout := self._panel.layout()) is not None:
            layout.activate()  # now: what comes next may look for places in the table
        if at_end:
            bar.setValue(bar.maximum())
        elif seen:
            view.scrollTo(current)
