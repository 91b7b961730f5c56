"""Imported product lists on disk."""

from pathlib import Path
from urllib.parse import quote

import pytest
from fakes import FakeClock
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import Instrument, Market
from alltick_desk.store.imports import LONGEST_NAME, ImportedList, ImportStore

APPLE = Instrument("AAPL.US", "Apple", "苹果", Market.US_STOCK, "蘋果")


def one(name: str = "美股 a/b.xlsx", time_ms: int = 5) -> ImportedList:
    return ImportedList(name, "alltick", time_ms, (APPLE, Instrument("X")))


@pytest.fixture
def store(tmp_path: Path) -> ImportStore:
    return ImportStore(tmp_path / "lists", FakeClock())


def test_a_first_start_has_no_lists(store: ImportStore, tmp_path: Path) -> None:
    assert store.load() == ([], [])
    assert not (tmp_path / "lists").exists()


def test_lists_come_back_the_oldest_first(store: ImportStore, tmp_path: Path) -> None:
    store.save(one("b.csv", 9))
    store.save(one())
    store.save(one("../c.csv", 7))
    lists, notes = ImportStore(tmp_path / "lists", FakeClock()).load()
    assert lists == [one(), one("../c.csv", 7), one("b.csv", 9)]
    assert notes == []
    assert len(list((tmp_path / "lists").iterdir())) == 3


def test_a_list_takes_the_place_of_one_with_its_name(store: ImportStore) -> None:
    store.save(one())
    store.save(one(time_ms=6))
    assert store.load()[0] == [one(time_ms=6)]
    store.remove(one().name)
    store.remove(one().name)
    assert store.load()[0] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"name": "x", "imported_ms": 1, "instruments": ["a\\tb"]}',
        '{"name": "x", "imported_ms": "1", "instruments": []}',
    ],
)
def test_a_damaged_list_is_set_aside_and_costs_no_other(
    store: ImportStore, tmp_path: Path, text: str
) -> None:
    store.save(one())
    (tmp_path / "lists" / "x.json").write_text(text, encoding="utf-8")
    lists, (note,) = store.load()
    assert lists == [one()]
    assert "x.json was not used" in note
    assert store.load() == ([one()], [])
    (aside,) = (tmp_path / "lists").glob("x.damaged-*")
    assert aside.read_text(encoding="utf-8") == text


def test_what_can_be_neither_read_nor_set_aside_is_left_alone(
    store: ImportStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(one("x"))
    (path,) = (tmp_path / "lists").iterdir()
    path.write_text("?", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(1, "no")

    monkeypatch.setattr(Path, "rename", refuse)
    assert len(store.load()[1]) == 1
    with pytest.raises(StoreError):
        store.save(one("x"))
    assert path.read_text(encoding="utf-8") == "?"


LONG = "沪深港美全部股票产品列表二零二六年七月更新版本第一部分"


@pytest.mark.parametrize(
    "name",
    [LONG, "产" * LONGEST_NAME, "𠮷" * LONGEST_NAME, "a.damaged-b"],
    ids=["long", "longest", "widest", "as set aside"],
)
def test_every_name_can_be_kept(store: ImportStore, name: str) -> None:
    store.save(one(name))
    store.save(one("b.csv", 6))
    assert store.load() == ([one(name), one("b.csv", 6)], [])
    store.remove(name)
    assert store.load() == ([one("b.csv", 6)], [])


def test_names_that_only_end_differently_are_two(store: ImportStore) -> None:
    names = [f"{LONG}{number}" for number in range(3)]
    for name in names:
        store.save(one(name))
    assert [it.name for it in store.load()[0]] == names


def test_a_disk_that_refuses_is_told_with_the_list_s_own_name(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    folder.touch()
    with pytest.raises(StoreError, match=LONG + " could not be saved"):
        ImportStore(folder, FakeClock()).save(one(LONG))


def earlier(folder: Path, kept: ImportedList) -> Path:
    """Put a list where earlier versions of the desk kept it."""
    store = ImportStore(folder / "now", FakeClock())
    store.save(kept)
    (path,) = (folder / "now").iterdir()
    return path.rename(folder / f"{quote(kept.name, safe=' ')}.json")


@pytest.mark.parametrize("name", ["美股 a/b.xlsx", "My list", "a.damaged-b"])
def test_a_list_of_an_earlier_version_is_found_replaced_and_removed(
    store: ImportStore, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "lists"
    old = earlier(folder, one(name))
    assert store.load() == ([one(name)], [])
    store.save(one(name, 6))
    assert not old.exists()
    assert store.load() == ([one(name, 6)], [])
    store.remove(name)
    old = earlier(folder, one(name))
    store.remove(name)
    assert not old.exists()
    assert store.load() == ([], [])


@pytest.mark.parametrize(("now_ms", "earlier_ms"), [(6, 5), (5, 6)])
def test_of_one_list_in_two_files_the_newer_counts(
    store: ImportStore, tmp_path: Path, now_ms: int, earlier_ms: int
) -> None:
    """A crash, or a run of an earlier version, came before the old file was removed."""
    now, before = one("my list", now_ms), one("My list", earlier_ms)
    store.save(now)
    earlier(tmp_path / "lists", before)
    assert store.load() == ([max(now, before, key=lambda it: it.imported_ms)], [])
    store.remove("my list")
    assert store.load() == ([], [])


def test_a_list_takes_the_place_of_one_in_another_case(store: ImportStore, tmp_path: Path) -> None:
    store.save(one("My list"))
    store.save(one("my list", 6))
    assert store.load() == ([one("my list", 6)], [])
    assert len(list((tmp_path / "lists").iterdir())) == 1


def test_a_market_of_a_later_version_is_unknown(store: ImportStore, tmp_path: Path) -> None:
    store.save(one("x"))
    (path,) = (tmp_path / "lists").iterdir()
    path.write_text(path.read_text(encoding="utf-8").replace("us_stock", "moon"), encoding="utf-8")
    assert store.load()[0][0].instruments[0] == APPLE._replace(market=Market.UNKNOWN)


texts = st.text(alphabet='a 中\t\n\r\u2028"\\\\', max_size=5)


@given(names=st.lists(texts, max_size=4), market=st.sampled_from(Market))
def test_any_names_come_back_with_their_words(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], market: Market
) -> None:
    store = ImportStore(tmp_path_factory.getbasetemp() / "any", FakeClock())
    instruments = tuple(
        Instrument(f"C{place}", name, name, market, name) for place, name in enumerate(names)
    )
    store.save(ImportedList("n", "", 1, instruments))
    ((loaded,), notes) = store.load()
    assert notes == []
    assert loaded.instruments == tuple(
        Instrument(it.code, flat, flat, market, flat)
        for it in instruments
        for flat in (" ".join(it.name_en.split()),)
    )
