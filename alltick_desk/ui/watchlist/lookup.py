"""Looking symbols up while somebody types into the add box. Loaded when it is first used."""

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLineEdit

from alltick_desk.model.instrument import Catalogue
from alltick_desk.model.pinyin import Pinyin
from alltick_desk.model.search import Match, Search
from alltick_desk.model.search_index import Group
from alltick_desk.resources import resource
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist.entry import (
    Spell,
    can_be_code,
    current_part,
    is_list,
    matches,
    picked_entry,
    read_entry,
    typed_code,
    whole_code,
)
from alltick_desk.ui.watchlist.match_list import MatchList
from alltick_desk.ui.watchlist.offers import NO_OFFERS, Offer, Offering, group_title

SLICE_S = 0.002  # of work on the index between two looks at what else is to be done

translate = QCoreApplication.translate


class Entered(NamedTuple):
    """What Enter means.

    Attributes:
        codes: what is added with the chosen vendor's prices. other: and with another's.
        vendor: whose ``other`` is. unusable: words that can be no code.
    """

    codes: list[str]
    other: list[str]
    vendor: str = ""
    unusable: tuple[str, ...] = ()


class Lookup:
    """The search behind a box and the list under it.

    ``chosen`` says with whose prices a symbol is added; ``on_pick`` is told that a row was
    clicked.
    """

    def __init__(
        self,
        box: QLineEdit,
        catalogue: Catalogue,
        vendors: VendorTags,
        *,
        chosen: Callable[[], str],
        spell: Spell,
        on_pick: Callable[[Offer], None],
    ) -> None:
        self._box = box
        self._spell = spell
        self._chosen = chosen
        self.search = Search(catalogue, Pinyin(resource("tables/pinyin.txt")))
        self._offering = Offering(self.search, vendors, chosen)
        self._group: Group | None = None
        self._text = ""
        self._by_hand = False  # whether the highlight is where somebody moved it
        self.list = MatchList(box, on_pick, self._choose_group)
        self._working = QTimer(box)
        self._working.setInterval(0)
        self._working.timeout.connect(self._work)

    @property
    def part(self) -> str:
        """What was being typed when the list was last shown."""
        return current_part(self._text)

    def prepare(self) -> None:
        """Read the catalogue in slices, between everything else."""
        if not self.search.complete:
            self._working.start()

    def offer(self, text: str) -> None:
        """Show what ``text`` may mean."""
        self._text = text
        self.prepare()
        part = current_part(text)
        if not part:
            self.list.hide()
            return
        found = matches(text, self.search, self._spell, self._group)
        typed = typed_code(text, self.search, self._spell)
        # A whole code that no list has is what was meant, and not what looks like it.
        sure = bool(typed) and typed == whole_code(part, self.search, self._spell)
        offers = self._offering.rows(found, self._spell(part), typed, typed_first=sure)
        highlight = self._meant(offers.codes, part)
        self.list.show_groups(self.search.groups, self._group)
        as_typed = highlight is not None and offers.codes[highlight] == typed
        note = self._note(found, part, typed if as_typed else "")
        self._by_hand = False
        self.list.offer(offers, highlight=highlight, note=note)
        self._tell(len(found), note)

    def entered(self, text: str) -> Entered:
        """Return what Enter means now."""
        offer = self.list.highlighted
        if offer is not None:
            return self.picked(text, offer)
        usable, unusable = self._usable(read_entry(text, self.search, self._spell))
        return Entered(usable, [], unusable=unusable)

    def picked(self, text: str, offer: Offer) -> Entered:
        """Return what ``text`` means once its last part stands for a row."""
        its = offer.code.text
        codes, unusable = self._usable(picked_entry(text, its, self.search, self._spell))
        if not offer.vendor or offer.vendor == self._chosen():
            return Entered(codes, [], unusable=unusable)
        others = [code for code in codes if code != its]
        return Entered(others, [its], offer.vendor, unusable)

    def _usable(self, codes: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
        """Return what can be codes, and what cannot."""
        usable = {code: can_be_code(code) or code in self.search.catalogue for code in codes}
        return [it for it in usable if usable[it]], tuple(it for it in usable if not usable[it])

    def refuse(self, words: Sequence[str]) -> None:
        """Say why words were not taken; what the last of them may mean is offered."""
        self._text = "\n".join(words)
        if matches(self._text, self.search, self._spell, self._group):
            self.offer(self._text)
            return
        note = translate(
            "Watchlist",
            "No list of instruments has {words}, and no code is spelled so: codes have Latin "
            "letters, digits and signs, and no spaces.",
        ).format(words=", ".join(words))
        self.list.offer(NO_OFFERS, highlight=None, note=note)
        self._tell(0, note)

    def move(self, key: int) -> bool:
        """Move the highlight by a key; False where the key does not."""
        if not self.list.move_by_key(key):
            return False
        self._by_hand = True
        if (offer := self.list.highlighted) is not None:
            self._announce(offer.spoken)
        return True

    def step_group(self, step: int) -> None:
        """Search in the next market, or in the one before."""
        self.list.step_group(step)

    def _choose_group(self, group: Group | None) -> None:
        self._group = group
        self._announce(group_title(group))
        self.offer(self._text)

    def _meant(self, codes: Sequence[str], part: str) -> int | None:
        """Return the row that Enter takes: the code that was typed, else the first.

        None where several whole codes were typed, or a list that ends in what may be a code too.
        """
        if not codes:
            return None
        whole = [whole_code(word, self.search, self._spell) for word in part.split()]
        if len(whole) == 1 and whole[0] in codes:
            return codes.index(whole[0])
        several = len(whole) > 1 and all(whole)
        return None if several or is_list(self._text) else 0

    def _note(self, found: Sequence[Match], part: str, typed: str) -> str:
        if not self.search.complete:
            return translate("Watchlist", "The lists of instruments are being read…")
        if not found and self._group is not None:
            others = len(matches(part, self.search, self._spell))
            if others:
                return translate(
                    "Watchlist",
                    "Nothing like it in this market ({market}), but in others. "
                    "Ctrl+Page Up and Ctrl+Page Down choose the market.",
                ).format(market=group_title(self._group))
        if not found:
            return translate(
                "Watchlist",
                "No list of instruments has anything like it. Lists can be imported: "
                "Tools, Import product list.",
            )
        if typed:
            words = translate("Watchlist", "Enter adds {code} as typed; the arrow keys choose.")
            return words.format(code=typed)
        return translate(
            "Watchlist",
            "Enter adds, Shift+Enter adds and stays, Ctrl+Page Up and Ctrl+Page Down choose the "
            "market.",
        )

    def _tell(self, count: int, note: str) -> None:
        """Have a screen reader say what the list says."""
        offer = self.list.highlighted
        words = translate("Watchlist", "Matches: {count}").format(count=count)
        self._announce(". ".join(filter(None, (words, offer.spoken if offer else "", note))))

    def _announce(self, text: str) -> None:
        self._box.setAccessibleDescription(text)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._box, text))

    def _work(self) -> None:
        """Work for a slice of time; show what is new when all is read."""
        end_s = time.perf_counter() + SLICE_S
        while self.search.step():
            if time.perf_counter() >= end_s:
                return
        self._working.stop()
        if self.list.isVisible():
            before = self.list.highlighted if self._by_hand else None
            self.offer(self._text)
            if before is not None:
                self.list.highlight_code(before.code.text)
