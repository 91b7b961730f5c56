"""The product lists that a person imported: in the catalogue, and on disk."""

import asyncio
from collections.abc import Callable, Sequence

from alltick_desk.clock import Clock
from alltick_desk.model.instrument import Catalogue, Instrument
from alltick_desk.services.catalogues import InThread, learn
from alltick_desk.store.imports import LONGEST_NAME, ImportedList, ImportStore


class ProductLists:
    """Keeps the imported lists, and has the catalogue know them.

    ``on_names`` is told that the catalogue knows other things than before. Where ``writes`` is
    False another desk holds the profile: then lists count for this run only.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        store: ImportStore,
        *,
        on_names: Callable[[], None],
        clock: Clock,
        writes: bool = True,
        in_thread: InThread = asyncio.to_thread,
    ) -> None:
        self.catalogue = catalogue
        self._store = store
        self._on_names = on_names
        self._clock = clock
        self._writes = writes
        self._in_thread = in_thread
        self._lists: dict[str, ImportedList] = {}

    @property
    def lists(self) -> tuple[ImportedList, ...]:
        """The lists, the oldest first."""
        return tuple(self._lists.values())

    async def load(self) -> list[str]:
        """Take what is on disk; return sentences about files that were no good."""
        lists, notes = await self._in_thread(self._store.load)
        for one in lists:
            await self._take(one)
        return notes

    async def add(self, name: str, vendor: str, instruments: Sequence[Instrument]) -> ImportedList:
        """Take a list in the place of one with its name; StoreError where it cannot be kept.

        The catalogue knows it then all the same, for this run.
        """
        name = name.strip()[:LONGEST_NAME]
        one = ImportedList(name, vendor, self._clock.wall_ms(), tuple(instruments))
        for known in [it for it in self._lists if it.casefold() == name.casefold()]:
            self._drop(known)  # its file is the new one's, which takes its place
        await self._take(one)
        if self._writes:
            await self._in_thread(lambda: self._store.save(one))
        return one

    async def restore(self, one: ImportedList) -> None:
        """Take a list back that was removed; StoreError where it cannot be kept."""
        await self._take(one)
        if self._writes:
            await self._in_thread(lambda: self._store.save(one))

    async def remove(self, name: str) -> None:
        """Forget a list; StoreError where its file cannot be removed: then it stays."""
        if self._writes:
            await self._in_thread(lambda: self._store.remove(name))
        if self._drop(name):
            self._on_names()

    async def _take(self, one: ImportedList) -> None:
        self._lists[one.name] = one
        if await learn(self.catalogue, one.instruments, one.source):
            self._on_names()

    def _drop(self, name: str) -> int:
        """Have the catalogue forget a list."""
        one = self._lists.pop(name, None)
        return 0 if one is None else self.catalogue.forget(one.source)
