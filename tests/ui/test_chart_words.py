"""The chart's small words in another language than English."""

from collections.abc import Callable, Iterator

import pytest
from chartscene import Scene
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListWidget

from alltick_desk.ui.chart.measure import MeasureTool
from alltick_desk.ui.chart.places import full_name, place_name
from alltick_desk.ui.chart.quote_lines import countdown_text

Make = Callable[..., Scene]

WORDS = {
    ("Places", "Asia"): "亚洲",
    ("Places", "Hong Kong"): "香港",
    ("Places", "Tokyo"): "东京",
    ("Chart", "{days}d {hours}h"): "{days}天{hours}时",
    ("Chart", "{bars}, {time}"): "{bars}，{time}",
}


class Chinese(QTranslator):
    """Has a few words."""

    def translate(
        self, context: str, text: str, _disambiguation: str | None = None, _n: int = -1
    ) -> str:
        return WORDS.get((context, text), text)

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    words = Chinese()
    QCoreApplication.installTranslator(words)
    yield
    QCoreApplication.removeTranslator(words)
    qapp.processEvents()


def test_places_keep_their_own_names_without_a_translation() -> None:
    assert place_name("America/New_York") == "New York"
    assert place_name("America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert full_name("America/North_Dakota/New_Salem") == "America/North Dakota/New Salem"
    assert place_name("UTC") == "UTC"


@pytest.mark.usefixtures("chinese")
def test_places_are_translated_where_there_is_a_word() -> None:
    assert place_name("Asia/Hong_Kong") == "香港"
    assert full_name("Asia/Hong_Kong") == "亚洲/香港"
    assert full_name("Asia/Ust-Nera") == "亚洲/Ust-Nera"


@pytest.mark.usefixtures("chinese")
def test_the_menu_names_zones_in_the_persons_language(make_chart: Make) -> None:
    scene = make_chart()
    assert scene.entry("zone.Asia/Tokyo").text() == "东京"
    assert scene.entry("zone.Australia/Sydney").text() == "Sydney"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("typed", ["东京", "tokyo", "Asia/Tok", "亚洲/东"])
def test_a_zone_is_found_by_either_name(make_chart: Make, typed: str) -> None:
    scene = make_chart()
    scene.choose("zone.other")
    dialog = scene.panel.findChild(QDialog, "zoneDialog")
    search = dialog.findChild(QLineEdit, "zoneSearch")
    names = dialog.findChild(QListWidget, "zoneList")
    search.setText(typed)  # no keyboard types Chinese without an input method
    shown = [names.item(row) for row in range(names.count())]
    assert [it.text() for it in shown if not it.isHidden()] == ["亚洲/东京"]
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert scene.panel.look().zone == "Asia/Tokyo"


@pytest.mark.usefixtures("chinese")
def test_units_of_time_are_translated(make_chart: Make) -> None:
    assert countdown_text(271_000) == "3天03时"
    scene = make_chart()
    tool = MeasureTool(held=False)
    scene.view.tools.take(tool)
    scene.key(Qt.Key.Key_Home)
    scene.key(Qt.Key.Key_Return)
    scene.key(Qt.Key.Key_Right)
    assert tool.text.endswith("1 bar，1 min")


def test_what_keys_measure_is_read_out(make_chart: Make) -> None:
    scene = make_chart()
    tool = MeasureTool(held=False)
    scene.view.tools.take(tool)
    scene.key(Qt.Key.Key_Home)
    scene.key(Qt.Key.Key_Return)
    scene.key(Qt.Key.Key_Right)
    assert tool.text.endswith("  1 bar, 1 min")
    assert scene.read_out() == tool.text
    scene.key(Qt.Key.Key_Up)
    assert scene.read_out() == tool.text
