"""Imported product lists on disk."""

from pathlib import Path

import pytest
from fakes import FakeClock
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import Instrument, Market
from alltick_desk.store.imports import ImportedList, ImportStore

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
    path = tmp_path / "lists" / "x.json"
    path.write_text("?", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(1, "no")

    monkeypatch.setattr(Path, "rename", refuse)
    assert len(store.load()[1]) == 1
    with pytest.raises(StoreError):
        store.save(one("x"))
    assert path.read_text(encoding="utf-8") == "?"


def test_a_market_of_a_later_version_is_unknown(store: ImportStore, tmp_path: Path) -> None:
    store.save(one("x"))
    path = tmp_path / "lists" / "x.json"
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
