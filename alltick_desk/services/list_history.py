"""The edits of watchlists that can be taken back, and made again.

A step knows the lists before and after it, and shares with them all that it left alone. How a list
is looked at - its folded sections, its view choices - is no edit: it stays as it is now, whichever
step is taken. Only where an edit itself brought another look, as a backup does, a step back brings
the one of before, and a step forth the other again.
"""

from typing import NamedTuple

from alltick_desk.model.lists import ListBook, NamedList

DEPTH = 100


class Step(NamedTuple):
    """One edit: what was done, in words for a menu, and the id of the list it was done to."""

    what: str
    where: str


class _Kept(NamedTuple):
    step: Step
    lists: tuple[NamedList, ...]  # those to go back to, or forward to
    looks: frozenset[str]  # the lists that the edit itself brought another look


class ListHistory:
    """The last edits, at most ``DEPTH`` of them."""

    def __init__(self) -> None:
        self._past: list[_Kept] = []
        self._future: list[_Kept] = []

    @property
    def last(self) -> Step | None:
        """The edit that ``undo`` takes back."""
        return self._past[-1].step if self._past else None

    @property
    def next(self) -> Step | None:
        """The edit that ``redo`` makes again."""
        return self._future[-1].step if self._future else None

    def note(self, step: Step, before: ListBook, after: ListBook) -> None:
        """Remember an edit by the books before and after it."""
        was = {one.id: one.extra for one in before.lists}
        others = (one.id for one in after.lists if was.get(one.id, one.extra) != one.extra)
        self._past.append(_Kept(step, before.lists, frozenset(others)))
        del self._past[:-DEPTH]
        self._future.clear()

    def undo(self, book: ListBook) -> ListBook | None:
        """Return the book without the last edit; None where there is none."""
        return _stepped(book, self._past, self._future)

    def redo(self, book: ListBook) -> ListBook | None:
        """Return the book with the edit that was taken back last; None where there is none."""
        return _stepped(book, self._future, self._past)


def _stepped(book: ListBook, source: list[_Kept], target: list[_Kept]) -> ListBook | None:
    if not source:
        return None
    step, lists, looks = source.pop()
    target.append(_Kept(step, book.lists, looks))
    now = {one.id: one for one in book.lists if one.id not in looks}
    lists = tuple(_looked_at_as(one, now.get(one.id)) for one in lists)
    ids = [one.id for one in lists]
    if step.where in ids:
        current = step.where
    elif book.current in ids:
        current = book.current
    else:
        current = ids[min(book.place(book.current), len(ids) - 1)]
    return book._replace(lists=lists, current=current)


def _looked_at_as(one: NamedList, now: NamedList | None) -> NamedList:
    if now is None:
        return one
    folded = {section.name: section.folded for section in now.sections}
    sections = tuple(
        section._replace(folded=folded.get(section.name, section.folded))
        for section in one.sections
    )
    return one._replace(sections=sections, extra=now.extra)
