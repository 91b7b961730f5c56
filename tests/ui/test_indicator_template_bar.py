"""Templates in the indicators' dialog: save, load, rename, delete, begin new charts with one."""

from pathlib import Path

import pytest
from fakes import FakeClock
from indicatordesk import Desk, MakeChart
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QInputDialog, QLineEdit, QMessageBox

from alltick_desk.services.indicators.templates import Entry, Template
from alltick_desk.services.template_shelf import TemplateShelf

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(make_chart: MakeChart) -> Desk:
    desk = Desk(make_chart(120))
    desk.open()
    return desk


def answer(desk: Desk, name: str) -> None:
    """Type a name into the question that is open, and press Enter."""
    question = desk.dialog.findChildren(QInputDialog)[-1]
    field = question.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)


def names(desk: Desk) -> list[str]:
    box = desk.find(QComboBox, "templates")
    return [box.itemText(place) for place in range(box.count())]


def test_saved_and_loaded_again(desk: Desk) -> None:
    assert not desk.find(QAbstractButton, "templateLoad").isEnabled()
    desk.chart.set_entries([Entry("ma", {"period": 50}), Entry("rsi")])
    desk.press("templateSave")
    answer(desk, "Trend")
    assert names(desk) == ["Trend"]
    desk.chart.set_entries([Entry("kdj")])
    desk.press("templateLoad")
    assert desk.chart.entries == (Entry("ma", {"period": 50}), Entry("rsi"))
    assert desk.panes() == ["price", "volume", "rsi"]


def test_a_name_that_is_none_is_told(desk: Desk) -> None:
    desk.chart.set_entries([Entry("rsi")])
    desk.press("templateSave")
    answer(desk, "   ")
    assert desk.sentence("indicatorsSaid") == "A template needs a name of up to 60 characters."
    assert names(desk) == []
    desk.press("templateSave")
    answer(desk, "Strength")
    assert desk.sentence("indicatorsSaid") == ""
    assert names(desk) == ["Strength"]


def test_what_is_empty_is_not_offered_to_be_saved(desk: Desk) -> None:
    save = desk.find(QAbstractButton, "templateSave")
    assert not save.isEnabled()
    assert save.toolTip() == "There is no indicator on the chart to save. Add one first."
    desk.press("templateSave")
    assert not desk.dialog.findChildren(QInputDialog)
    desk.chart.set_entries([Entry("rsi")])
    assert save.isEnabled()
    assert save.toolTip() == ""
    desk.chart.set_entries([])
    assert not save.isEnabled()


def test_renamed_and_refused_where_the_name_is_taken(desk: Desk) -> None:
    for name in ("One", "Two"):
        desk.shelf.save(Template(name))
    desk.find(QComboBox, "templates").setCurrentIndex(1)
    desk.template_action("templateRename").trigger()
    answer(desk, "One")
    assert desk.sentence("indicatorsSaid") == "There is already a template “One”."
    desk.template_action("templateRename").trigger()
    answer(desk, "Three")
    assert names(desk) == ["One", "Three"]
    assert desk.find(QComboBox, "templates").currentText() == "Three"


def test_deleted_only_when_asked_twice(desk: Desk) -> None:
    desk.shelf.save(Template("One"))
    for sure in (False, True):
        desk.template_action("templateDelete").trigger()
        question = desk.dialog.findChildren(QMessageBox)[-1]
        texts = {button.text().replace("&", ""): button for button in question.buttons()}
        QTest.mouseClick(texts["Delete" if sure else "Cancel"], Qt.MouseButton.LeftButton)
        assert names(desk) == ([] if sure else ["One"])


def test_new_charts_begin_with_the_default(desk: Desk) -> None:
    desk.chart.set_entries([Entry("boll")])
    desk.press("templateSave")
    answer(desk, "Bands")
    desk.template_action("templateDefault").trigger()
    assert names(desk) == ["Bands (for new charts)"]
    desk.chart.set_entries([])
    assert desk.controls.begin(None) == ""
    assert desk.chart.entries == (Entry("boll"),)
    # A chart that somebody has emptied stays empty.
    desk.chart.set_entries([])
    assert desk.controls.begin(desk.chart.saved()) == ""
    assert desk.chart.entries == ()
    assert desk.template_action("templateDefault").isChecked()
    desk.template_action("templateDefault").trigger()
    assert names(desk) == ["Bands"]


def test_what_this_version_does_not_have_is_told(desk: Desk) -> None:
    desk.shelf.save(Template("Later", (Entry("trix"), Entry("ma"))))
    desk.press("templateLoad")
    assert "trix belong to another version" in desk.sentence("indicatorsSaid")
    assert "MA 20" in desk.legend("price")


def test_what_the_disk_refuses_is_told(
    make_chart: MakeChart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    desk = Desk(make_chart(120))
    shelf = TemplateShelf(tmp_path / "file" / "indicators.json", FakeClock(wall_ms=0))
    monkeypatch.setattr(desk.controls, "_shelf", shelf)
    desk.open()
    desk.chart.set_entries([Entry("rsi")])
    desk.press("templateSave")
    answer(desk, "Trend")
    assert "could not be" in desk.sentence("indicatorsSaid")
