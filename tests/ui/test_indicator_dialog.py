"""The indicators' dialog by mouse and keyboard: find, add, change, move, hide, remove."""

import pytest
from indicatordesk import Desk, MakeChart
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QColorDialog,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from alltick_desk.services.indicators.templates import Entry
from alltick_desk.ui.theme import make_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(make_chart: MakeChart) -> Desk:
    desk = Desk(make_chart(120))
    desk.open()
    return desk


def ids(desk: Desk) -> list[str]:
    return [entry.id for entry in desk.chart.entries]


def offered(desk: Desk) -> list[str]:
    """What the list shows, without the groups."""
    tree = desk.find(QTreeWidget, "indicatorOffer")
    shown = []
    for place in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(place)
        assert group is not None
        items = [group.child(number) for number in range(group.childCount())]
        shown += [item.text(0) for item in items if item and not item.isHidden()]
    return shown


def item_of(desk: Desk, short: str) -> QTreeWidgetItem:
    tree = desk.find(QTreeWidget, "indicatorOffer")
    [item] = tree.findItems(short, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    return item


def type_into(desk: Desk, name: str, number: str) -> None:
    """Type another number into a spin box."""
    box = desk.find(QAbstractSpinBox, f"parameter.{name}")
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, number)


# adding


def test_by_keyboard_an_indicator_is_found_and_added(desk: Desk) -> None:
    search = desk.find(QLineEdit, "indicatorSearch")
    assert search.hasFocus() or desk.dialog.focusWidget() is search
    QTest.keyClicks(search, "stoch")
    assert offered(desk) == ["KDJ"]
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert ids(desk) == ["kdj"]
    assert "kdj" in desk.panes()
    search.clear()
    QTest.keyClicks(search, "average volume")
    assert offered(desk) == ["VWAP", "VOL MA"]
    QTest.keyClick(search, Qt.Key.Key_Down)
    QTest.keyClick(desk.find(QTreeWidget, "indicatorOffer"), Qt.Key.Key_Return)
    QTest.keyClick(search, Qt.Key.Key_Down)  # there is none beneath
    QTest.keyClick(search, Qt.Key.Key_Up)
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert ids(desk) == ["kdj", "vol_ma", "vwap"]
    assert desk.dialog.isVisible()


def test_a_search_that_finds_nothing_adds_nothing(desk: Desk) -> None:
    search = desk.find(QLineEdit, "indicatorSearch")
    QTest.keyClicks(search, "zzz")
    assert offered(desk) == []
    assert not desk.find(QAbstractButton, "indicatorAdd").isEnabled()
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert ids(desk) == []


def test_a_double_click_and_the_button_add(desk: Desk) -> None:
    tree = desk.find(QTreeWidget, "indicatorOffer")
    place = tree.visualItemRect(item_of(desk, "BOLL")).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert ids(desk) == ["boll"]
    desk.press("indicatorAdd")
    assert ids(desk) == ["boll", "boll"]
    assert desk.find(QListWidget, "indicatorsChosen").currentRow() == 1


def test_without_talib_its_indicators_are_grey_and_a_sentence_says_why(
    make_chart: MakeChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "talib", None)
    desk = Desk(make_chart(120))
    desk.open()
    grey = {short: item_of(desk, short).isDisabled() for short in ("MA", "RSI", "KDJ", "VWAP")}
    assert grey == {"MA": True, "RSI": True, "KDJ": False, "VWAP": False}
    assert 'pip install "alltick-desk[indicators]"' in desk.sentence("indicatorObstacle")
    tree = desk.find(QTreeWidget, "indicatorOffer")
    place = tree.visualItemRect(item_of(desk, "MA")).center()
    QTest.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert ids(desk) == []
    QTest.keyClicks(desk.find(QLineEdit, "indicatorSearch"), "kdj\r")
    assert ids(desk) == ["kdj"]


# changing


def test_a_parameter_shows_at_once_and_keeps_its_bounds(desk: Desk) -> None:
    desk.chart.add("ma")
    box = desk.find(QSpinBox, "parameter.period")
    assert (box.minimum(), box.maximum(), box.value()) == (2, 1000, 20)
    type_into(desk, "period", "50")
    assert desk.chart.entries[0] == Entry("ma", {"period": 50})
    assert desk.legend("price").startswith("MA 50 ")
    assert box is desk.find(QSpinBox, "parameter.period")  # who types keeps the field
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert desk.chart.entries[0].parameters == {"period": 49}
    source = desk.find(QComboBox, "parameter.source")
    source.setFocus()
    QTest.keyClick(source, Qt.Key.Key_Down)
    assert desk.chart.entries[0].parameters == {"period": 49, "source": "open"}


def test_parameters_that_do_not_fit_together_are_told_and_not_taken(desk: Desk) -> None:
    desk.chart.add("macd")
    type_into(desk, "fast", "40")
    assert desk.sentence("indicatorProblem") == "“Fast” of MACD must not exceed “Slow”."
    assert desk.chart.entries[0].parameters == {"fast": 4}  # what was typed on the way
    type_into(desk, "slow", "60")
    assert desk.sentence("indicatorProblem") == ""
    assert desk.chart.entries[0].parameters == {"fast": 40, "slow": 60}


def test_what_a_later_version_knows_of_an_indicator_is_kept(desk: Desk) -> None:
    later = '{"name": "c", "entries": [{"id": "ma", "parameters": {"offset": 3}, "width": 2}]}'
    desk.chart.restore(later)
    type_into(desk, "period", "9")
    assert desk.chart.entries == (Entry("ma", {"offset": 3, "period": 9}, rest={"width": 2}),)
    desk.press("indicatorReset")
    assert desk.chart.entries == (Entry("ma", rest={"width": 2}),)


def test_a_fraction_has_its_digits(desk: Desk) -> None:
    desk.chart.add("sar")
    box = desk.find(QDoubleSpinBox, "parameter.step")
    assert box.decimals() == 3
    type_into(desk, "step", box.locale().toString(0.035, "f", 3))
    assert desk.chart.entries[0].parameters == {"step": 0.035}


def test_a_colour_is_taken_from_the_palette_or_anywhere(desk: Desk) -> None:
    desk.chart.add("macd")
    desk.colour_action("dif", 3).trigger()
    assert desk.chart.entries[0].colours == {"dif": 3}
    assert desk.colour_action("dif", 3).isChecked()
    desk.colour_action("macd", -1)  # columns may have the colours of rise and fall
    with pytest.raises(LookupError):
        desk.colour_action("dif", -1)
    desk.colour_action("dif", "other").trigger()
    dialog = desk.dialog.findChild(QColorDialog)
    assert dialog is not None
    dialog.setCurrentColor(QColor("#123456"))
    dialog.accept()
    assert desk.chart.entries[0].colours == {"dif": "#123456"}
    assert desk.find(QAbstractButton, "colourOf.dif").text() == "#123456"


def test_back_to_usual_forgets_what_was_chosen(desk: Desk) -> None:
    desk.chart.set_entries([Entry("macd", {"fast": 5}, {"dif": 3}, "2", visible=False)])
    desk.press("indicatorReset")
    assert desk.chart.entries == (Entry("macd"),)
    assert desk.find(QSpinBox, "parameter.fast").value() == 12
    assert "macd" in desk.panes()


def test_an_indicator_moves_between_panes(desk: Desk) -> None:
    for name in ("macd", "rsi", "ma"):
        desk.chart.add(name)
    desk.dialog.edit(1)
    desk.choose_pane("Together with MACD 12 26 9")
    assert desk.panes() == ["price", "volume", "pane-1"]
    assert desk.legend("pane-1").startswith("MACD 12 26 9")
    assert "RSI 14" in desk.legend("pane-1")
    assert desk.find(QComboBox, "indicatorPane").currentText() == "Together with MACD 12 26 9"
    desk.choose_pane("A pane of its own")
    assert desk.panes() == ["price", "volume", "pane-1", "rsi"]
    desk.choose_pane("Over the price")
    assert desk.panes() == ["price", "volume", "pane-1"]
    assert "RSI 14" in desk.legend("price")
    desk.dialog.edit(2)
    desk.choose_pane("A pane of its own")
    assert desk.panes() == ["price", "volume", "pane-1", "pane-2"]
    assert desk.legend("pane-2").startswith("MA 20")


def test_where_no_pane_is_free_a_sentence_says_so(desk: Desk) -> None:
    desk.chart.set_entries([*(Entry("ma", pane=str(n)) for n in range(1, 9)), Entry("ema")])
    desk.dialog.edit(8)
    desk.choose_pane("A pane of its own")
    assert "no more than eight panes" in desk.sentence("indicatorProblem")
    assert desk.chart.entries[8] == Entry("ema")
    assert desk.find(QComboBox, "indicatorPane").currentText() == "Over the price"


# the list of those on the chart


def test_the_list_hides_shows_and_removes_by_keyboard(desk: Desk) -> None:
    for name in ("ma", "rsi"):
        desk.chart.add(name)
    chosen = desk.find(QListWidget, "indicatorsChosen")
    chosen.setFocus()
    QTest.keyClick(chosen, Qt.Key.Key_Down)
    QTest.keyClick(chosen, Qt.Key.Key_Space)
    assert [entry.visible for entry in desk.chart.entries] == [True, False]
    QTest.keyClick(chosen, Qt.Key.Key_Space)
    assert [entry.visible for entry in desk.chart.entries] == [True, True]
    QTest.keyClick(chosen, Qt.Key.Key_Delete)
    assert ids(desk) == ["ma"]
    assert chosen.currentRow() == 0
    desk.press("indicatorRemove")
    assert ids(desk) == []
    assert not desk.find(QAbstractButton, "indicatorRemove").isEnabled()


def test_what_the_legend_does_shows_in_the_list(desk: Desk) -> None:
    desk.chart.add("ma")
    desk.chart.add("ema")
    desk.choose(desk.row("price", 0), "indicators.remove")
    chosen = desk.find(QListWidget, "indicatorsChosen")
    item = chosen.item(0)
    assert chosen.count() == 1
    assert item is not None
    assert item.text() == "EMA 20"
    assert desk.find(QSpinBox, "parameter.period").value() == 20


def test_why_nothing_is_drawn_is_said(desk: Desk) -> None:
    desk.chart.restore('{"name": "c", "entries": [{"id": "trix"}]}')
    assert "another version" in desk.sentence("indicatorHint")
    assert not desk.find(QAbstractButton, "indicatorReset").isEnabled()


def test_everything_has_a_name_and_tab_comes_by(desk: Desk) -> None:
    desk.chart.add("macd")
    kinds = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QListWidget, QTreeWidget)
    named = [
        widget
        for widget in desk.dialog.findChildren(QWidget)
        if isinstance(widget, kinds)
        and widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget.parent(), kinds)
    ]
    for widget in named:
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        assert widget.accessibleName() or text, widget.objectName()
    seen: set[str] = set()
    desk.find(QLineEdit, "indicatorSearch").setFocus()
    for _ in range(40):
        focused = desk.dialog.focusWidget()
        assert focused is not None
        seen.add(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    wanted = {"indicatorSearch", "indicatorsChosen", "parameter.fast", "colourOf.dif"}
    assert wanted | {"indicatorPane", "templateSave"} <= seen


def test_another_language_and_theme_find_the_dialog_open(desk: Desk) -> None:
    desk.chart.add("macd")
    desk.scene.panel.set_theme(make_theme(dark=False))
    QApplication.sendEvent(desk.dialog, QEvent(QEvent.Type.LanguageChange))
    QApplication.processEvents()
    assert desk.find(QScrollArea, "indicatorEditor").isVisible()
    type_into(desk, "signal", "7")
    assert desk.chart.entries[0].parameters == {"signal": 7}
    QTest.keyClick(desk.dialog, Qt.Key.Key_Escape)
    assert not desk.dialog.isVisible()
