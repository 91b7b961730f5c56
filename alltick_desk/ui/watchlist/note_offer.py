"""The way to notes that were written where no column shows them."""

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.services.lists import Lists
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist import sentences
from alltick_desk.ui.watchlist.table_choices import TableChoices
from alltick_desk.ui.watchlist.telling import Telling

_SHOW = QT_TRANSLATE_NOOP("Watchlist", "Show the column")
_NOTE = "note"
_BESIDE = ("code", "name", "alias")  # what an instrument is called


class NoteOffer:
    """Says after a note was written where it is, and offers to show the column of notes."""

    def __init__(
        self, lists: Lists, vendors: VendorTags, choices: TableChoices, telling: Telling
    ) -> None:
        self._vendors = vendors
        self._choices = choices
        self._telling = telling
        self._following = lists.noted.connect(self._noted)

    def _noted(self, key: InstrumentKey) -> None:
        if _NOTE not in self._choices.choice.ids:
            told = sentences.noted(self._vendors.label(key))
            self._telling.offering(told, _SHOW, self._show)

    def _show(self) -> None:
        ids = self._choices.choice.ids
        at = max(ids.index(it) + 1 if it in ids else 0 for it in _BESIDE)
        self._choices.show((*ids[:at], _NOTE, *ids[at:]))
