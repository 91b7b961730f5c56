"""The vendors' lists on disk."""

from pathlib import Path

import pytest
from fakes import FakeClock

from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import Instrument, Market
from alltick_desk.model.reference import TradingDay
from alltick_desk.store.profile import Profile
from alltick_desk.store.reference import ReferenceStore

APPLE = Instrument("AAPL.US", "Apple", "苹果", Market.US_STOCK)
NEW_YEAR = TradingDay("HK", "2026-01-01", "New Year's Day", "09:30-12:00", "Asia/Hong_Kong")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Profile.at(tmp_path).reference_folder


@pytest.fixture
def store(folder: Path) -> ReferenceStore:
    return ReferenceStore(folder, FakeClock())


def test_a_first_start_has_no_lists(store: ReferenceStore, folder: Path) -> None:
    assert store.load_directory("itick", "stock/US") is None
    assert store.load_calendar("itick", "HK") is None
    assert not folder.exists()


def test_lists_come_back_with_the_time_they_were_fetched(
    store: ReferenceStore, folder: Path
) -> None:
    store.save_directory("itick", "stock/US", [APPLE])
    store.save_calendar("itick", "HK", [NEW_YEAR])
    again = ReferenceStore(folder, FakeClock(wall_ms=5))
    names = again.load_directory("itick", "stock/US")
    days = again.load_calendar("itick", "HK")
    assert names is not None
    assert days is not None
    assert (names.fetched_ms, names.rows) == (FakeClock().wall_ms(), (APPLE,))
    assert days.rows == (NEW_YEAR,)


@pytest.mark.parametrize("name", ["stock/US", "stock-US", "stock%2FUS", "../../stock"])
def test_every_name_has_its_own_file_inside_the_folder(
    store: ReferenceStore, folder: Path, name: str
) -> None:
    for other in ("stock/US", "stock-US", "stock%2FUS", "../../stock"):
        store.save_directory("itick", other, [Instrument(other)])
    kept = store.load_directory("itick", name)
    assert kept is not None
    assert kept.rows[0].code == name
    assert len(list((folder / "itick").iterdir())) == 4


def test_vendors_and_kinds_do_not_mix(store: ReferenceStore) -> None:
    store.save_directory("itick", "HK", [APPLE])
    assert store.load_directory("alltick", "HK") is None
    assert store.load_calendar("itick", "HK") is None


@pytest.mark.parametrize("text", ["", "[]", '{"fetched_ms": 1, "rows": [{"market": "moon"}]}'])
def test_a_damaged_list_is_set_aside_and_is_as_good_as_none(
    store: ReferenceStore, folder: Path, text: str
) -> None:
    store.save_directory("itick", "stock/US", [APPLE])
    (path,) = (folder / "itick").iterdir()
    path.write_text(text, encoding="utf-8")
    assert store.load_directory("itick", "stock/US") is None
    assert not path.exists()
    assert [it.read_text(encoding="utf-8") for it in path.parent.iterdir()] == [text]
    store.save_directory("itick", "stock/US", [APPLE])
    assert store.load_directory("itick", "stock/US") is not None


def test_what_can_be_neither_read_nor_set_aside_is_left_alone(
    store: ReferenceStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save_directory("itick", "stock/US", [APPLE])
    (path,) = (folder / "itick").iterdir()
    path.write_text("?", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(1, "no")

    monkeypatch.setattr(Path, "rename", refuse)
    assert store.load_directory("itick", "stock/US") is None
    store.save_directory("itick", "stock/US", [APPLE])
    assert path.read_text(encoding="utf-8") == "?"


def test_a_disk_that_refuses_is_told(store: ReferenceStore, folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreError):
        store.save_directory("itick", "stock/US", [APPLE])
