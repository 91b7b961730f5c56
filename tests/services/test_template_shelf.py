"""The shelf of templates: what a person keeps survives, whatever happens to the file."""

import json
from pathlib import Path

import pytest
from fakes import FakeClock

from alltick_desk.errors import StoreError
from alltick_desk.services.indicators.templates import Entry, Template, TemplateError
from alltick_desk.services.template_shelf import TemplateShelf

CLOCK = FakeClock(wall_ms=1_767_225_600_000)
TREND = Template("Trend", (Entry("ma", {"period": 50}), Entry("macd")))
SWING = Template("swing", (Entry("rsi"),))


def shelf_at(path: Path, *, writes: bool = True) -> TemplateShelf:
    return TemplateShelf(path, CLOCK, writes=writes)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "indicators.json"


def test_templates_and_the_default_come_back(path: Path) -> None:
    shelf = shelf_at(path)
    assert (shelf.names, shelf.default, shelf.note) == ((), None, "")
    shelf.save(TREND)
    shelf.save(SWING)
    shelf.set_default("Trend")
    again = shelf_at(path)
    assert again.names == ("swing", "Trend")
    assert again.get("swing") == SWING
    assert again.default == TREND


def test_a_template_of_the_same_name_is_replaced(path: Path) -> None:
    shelf = shelf_at(path)
    shelf.save(TREND)
    shelf.save(Template(" Trend ", (Entry("kdj"),)))
    assert shelf_at(path).get("Trend").entries == (Entry("kdj"),)


def test_renaming_and_deleting_take_the_default_along(path: Path) -> None:
    shelf = shelf_at(path)
    shelf.save(TREND)
    shelf.set_default("Trend")
    shelf.rename("Trend", "Long")
    assert shelf_at(path).default == Template("Long", TREND.entries)
    shelf.delete("Long")
    again = shelf_at(path)
    assert (again.names, again.default) == ((), None)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_that_is_none_is_refused_and_nothing_changes(path: Path, name: str) -> None:
    shelf = shelf_at(path)
    shelf.save(TREND)
    with pytest.raises(TemplateError):
        shelf.save(Template(name))
    with pytest.raises(TemplateError):
        shelf.rename("Trend", name)
    assert shelf.names == ("Trend",)


def test_no_template_takes_the_name_of_another(path: Path) -> None:
    shelf = shelf_at(path)
    shelf.save(TREND)
    shelf.save(SWING)
    with pytest.raises(TemplateError, match="There is already a template “swing”"):
        shelf.rename("Trend", "swing")
    assert shelf.names == ("swing", "Trend")


def test_a_damaged_file_is_set_aside(path: Path) -> None:
    path.write_text('{"templates": [', encoding="utf-8")
    shelf = shelf_at(path)
    assert "indicators.json was not used" in shelf.note
    assert shelf.names == ()
    shelf.save(TREND)
    assert shelf_at(path).names == ("Trend",)
    assert len(list(path.parent.glob("indicators.damaged-*.json"))) == 1


def test_one_bad_template_costs_none_of_the_others(path: Path) -> None:
    bad = {"name": "Odd", "entries": [{"id": "ma", "parameters": {"period": 1}}]}
    good = {"name": "Good", "entries": [{"id": "rsi"}]}
    path.write_text(json.dumps({"templates": [bad, good], "default": "Odd"}), encoding="utf-8")
    shelf = shelf_at(path)
    assert shelf.names == ("Good",)
    assert shelf.default is None
    assert "Template 1 in indicators.json was left out." in shelf.note
    assert "“Period” of MA must be a whole number" in shelf.note
    shelf.save(TREND)
    assert bad in json.loads(path.read_text(encoding="utf-8"))["templates"]


def test_what_the_disk_refuses_is_in_force_and_told(path: Path) -> None:
    path.parent.joinpath("file").write_text("", encoding="utf-8")
    shelf = shelf_at(path.parent / "file" / "indicators.json")
    heard: list[bool] = []
    handle = shelf.changed.connect(lambda: heard.append(True))
    with pytest.raises(StoreError):
        shelf.save(TREND)
    assert shelf.names == ("Trend",)
    assert heard == [True]
    assert handle


def test_where_another_desk_holds_the_profile_nothing_is_written(path: Path) -> None:
    shelf = shelf_at(path, writes=False)
    shelf.save(TREND)
    assert shelf.names == ("Trend",)
    assert not path.exists()


def test_a_shelf_without_a_file_keeps_for_this_run() -> None:
    shelf = TemplateShelf()
    shelf.save(TREND)
    assert shelf.get("Trend") == TREND
