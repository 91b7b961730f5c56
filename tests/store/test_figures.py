"""Figures that outlive a run: whole or not there, and never in another one's way."""

from pathlib import Path

from fakes import FakeClock

from alltick_desk.model.reference import DayClose, StaticInfo
from alltick_desk.store.figures import FigureStore, KeptDay, KeptInfo

CLOSE = DayClose("700.HK", "600.000", "2026-01-05", "2026-01-06", "2026-01-06", final=True)
DAY = KeptDay("BTCUSDT", 5, [300, 600], [1.5, 2.5])
INFO = KeptInfo(5, StaticInfo("700.HK", name_zh="腾讯控股", lot_size=100))


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    store = FigureStore(tmp_path, FakeClock())
    assert (store.load_closes("alltick"), store.load_static("alltick")) == ([], [])
    store.save_closes("alltick", [CLOSE])
    store.save_static("alltick", [INFO])
    store.save_days("alltick", [DAY])
    again = FigureStore(tmp_path, FakeClock())
    assert (again.load_closes("alltick"), again.load_static("alltick")) == ([CLOSE], [INFO])
    assert again.load_days("alltick") == [DAY]
    assert again.load_closes("itick") == []


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    store = FigureStore(tmp_path, FakeClock())
    store.save_closes("alltick", [CLOSE])
    path = tmp_path / "alltick" / "closes.json"
    path.write_text('[{"code": 5}]')
    assert store.load_closes("alltick") == []
    assert not path.exists()
    assert len(list(path.parent.glob("closes.damaged-*"))) == 1


def test_a_desk_that_may_not_write_saves_nothing(tmp_path: Path) -> None:
    FigureStore(tmp_path, FakeClock(), writes=False).save_static("alltick", [INFO])
    assert list(tmp_path.iterdir()) == []
