"""Imported product lists: kept, taken back, and learnt without holding anybody up."""

import asyncio
import errno
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest
from fakes import FakeClock

from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import Catalogue, Instrument, Source
from alltick_desk.services.catalogue_import_lists import ProductLists
from alltick_desk.services.catalogues import SLICE, learn
from alltick_desk.store.imports import ImportStore

T = TypeVar("T")


async def at_once(call: Callable[[], T], /) -> T:
    return call()


class Shelf:
    """The lists over a folder, and what they told."""

    def __init__(self, folder: Path, *, writes: bool = True) -> None:
        self.catalogue = Catalogue([Instrument("A.US", "Alpha")])
        self.told = 0
        clock = FakeClock()
        self.lists = ProductLists(
            self.catalogue,
            ImportStore(folder, clock),
            on_names=self._tell,
            clock=clock,
            writes=writes,
            in_thread=at_once,
        )

    def _tell(self) -> None:
        self.told += 1


def test_a_list_is_learnt_kept_and_forgotten(tmp_path: Path) -> None:
    async def run() -> None:
        shelf = Shelf(tmp_path)
        one = await shelf.lists.add(" x.csv ", "alltick", [Instrument("B.US", "Beta")])
        assert (one.name, shelf.told) == ("x.csv", 1)
        again = Shelf(tmp_path)
        assert await again.lists.load() == []
        assert again.lists.lists == (one,)
        assert again.catalogue.get("B.US").name_en == "Beta"
        await again.lists.remove("x.csv")
        await again.lists.remove("x.csv")
        assert (again.told, again.lists.lists) == (2, ())
        assert "B.US" not in again.catalogue
        await again.lists.restore(one)
        assert "B.US" in again.catalogue
        assert (await Shelf(tmp_path).lists.load()) == []

    asyncio.run(run())


def test_another_desk_s_profile_is_left_alone(tmp_path: Path) -> None:
    async def run() -> None:
        shelf = Shelf(tmp_path, writes=False)
        one = await shelf.lists.add("x.csv", "", [Instrument("B.US")])
        await shelf.lists.remove("x.csv")
        await shelf.lists.restore(one)
        assert "B.US" in shelf.catalogue

    asyncio.run(run())
    assert list(tmp_path.iterdir()) == []


def test_names_that_differ_in_case_only_are_one(tmp_path: Path) -> None:
    async def run() -> None:
        shelf = Shelf(tmp_path)
        await shelf.lists.add("X.csv", "", [Instrument("B.US")])
        await shelf.lists.add("x.csv", "", [Instrument("C.US")])
        assert [it.name for it in shelf.lists.lists] == ["x.csv"]
        assert "B.US" not in shelf.catalogue
        again = Shelf(tmp_path)
        await again.lists.load()
        assert again.lists.lists == shelf.lists.lists

    asyncio.run(run())
    assert len(list(tmp_path.iterdir())) == 1


def test_a_list_that_cannot_be_saved_in_another_case_costs_no_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "full")

    async def run() -> None:
        shelf = Shelf(tmp_path)
        one = await shelf.lists.add("My list", "", [Instrument("B.US")])
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", refuse)
            with pytest.raises(StoreError, match="could not be saved"):
                await shelf.lists.add("my list", "", [Instrument("C.US")])
        assert [it.name for it in shelf.lists.lists] == ["my list"]
        again = Shelf(tmp_path)
        await again.lists.load()
        assert again.lists.lists == (one,)

    asyncio.run(run())


def test_a_disk_that_refuses_is_told_and_the_list_counts_for_this_run(tmp_path: Path) -> None:
    async def run() -> None:
        folder = tmp_path / "lists"
        folder.write_text("in the way", encoding="utf-8")
        shelf = Shelf(folder)
        with pytest.raises(StoreError):
            await shelf.lists.add("x.csv", "", [Instrument("B.US")])
        assert "B.US" in shelf.catalogue
        assert [it.name for it in shelf.lists.lists] == ["x.csv"]

    asyncio.run(run())


def test_a_list_whose_file_cannot_be_removed_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("The disk refuses.")

    async def run() -> None:
        shelf = Shelf(tmp_path)
        one = await shelf.lists.add("x.csv", "", [Instrument("B.US")])
        monkeypatch.setattr(ImportStore, "remove", refuse)
        with pytest.raises(StoreError):
            await shelf.lists.remove("x.csv")
        assert shelf.lists.lists == (one,)
        assert "B.US" in shelf.catalogue

    asyncio.run(run())


def test_others_have_their_turn_while_a_long_list_is_learnt() -> None:
    async def run() -> None:
        catalogue = Catalogue([])
        many = [Instrument(f"C{number}") for number in range(3 * SLICE)]
        turns = []

        async def other() -> None:
            while len(catalogue) < len(many):
                turns.append(len(catalogue))
                await asyncio.sleep(0)

        found, _ = await asyncio.gather(learn(catalogue, many, Source("x")), other())
        assert found == len(many)
        assert max(b - a for a, b in pairwise(turns)) <= SLICE

    asyncio.run(run())
