"""The compare dialog's list while notes change and instruments come and go beneath the person."""

from collections.abc import Sequence

import pytest
from comparedesk import BTC, EUR, GOLD, OIL, TSLA, CompareDesk, MakeDesk, rising
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget

from alltick_desk.model.instrument import InstrumentKey

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

ALL = {each: rising(200) for each in (BTC, GOLD, TSLA, EUR, OIL)}


@pytest.fixture
def desk(make_compare_desk: MakeDesk) -> CompareDesk:
    desk = make_compare_desk(bars=ALL)
    desk.add(BTC, GOLD, TSLA, EUR)
    QTest.mouseClick(desk.scene.tool_button("chartCompare"), Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    return desk


def members(desk: CompareDesk) -> QListWidget:
    found = desk.find(QListWidget, "compareMembers")
    assert isinstance(found, QListWidget)
    return found


def marked(desk: CompareDesk) -> str:
    row = members(desk).currentRow()
    return "" if row < 0 else codes(desk)[row]


def mark(desk: CompareDesk, row: int) -> None:
    view = members(desk)
    place = view.visualItemRect(view.item(row)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def codes(desk: CompareDesk) -> list[str]:
    return [text.split()[0] for text in desk.listed()]


def test_a_note_that_changes_touches_no_row_but_its_own(desk: CompareDesk) -> None:
    view = members(desk)
    view.setFixedHeight(2 * view.sizeHintForRow(0))  # so that there is something to scroll
    QApplication.processEvents()
    mark(desk, 0)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    scrolled = view.verticalScrollBar().value()
    assert scrolled > 0
    items = [view.item(row) for row in range(view.count())]
    changed: list[int] = []
    view.model().dataChanged.connect(lambda first, _last: changed.append(first.row()))
    desk.refused.append(GOLD)  # its trades do not come any more
    desk.comparison.changed.emit()
    assert "\n" in desk.listed()[1]
    assert [view.item(row) for row in range(view.count())] == items
    assert set(changed) == {1}
    assert marked(desk) == BTC.code
    assert view.verticalScrollBar().value() == scrolled
    changed.clear()
    desk.comparison.changed.emit()
    assert changed == []


def test_the_mark_stays_on_its_instrument_when_others_go_and_come(desk: CompareDesk) -> None:
    mark(desk, 2)
    desk.comparison.remove(BTC)
    assert codes(desk) == [GOLD.code, TSLA.code, EUR.code]
    assert marked(desk) == TSLA.code
    desk.add(OIL)  # it takes the first place
    assert codes(desk) == [OIL.code, GOLD.code, TSLA.code, EUR.code]
    assert marked(desk) == TSLA.code
    desk.comparison.remove(TSLA)
    assert marked(desk) == EUR.code
    desk.comparison.remove(EUR)
    assert marked(desk) == GOLD.code


@pytest.mark.parametrize(
    "wanted", [(GOLD, BTC), (EUR, TSLA, GOLD, BTC), (OIL, None, BTC), (None,), (EUR, OIL)]
)
def test_any_other_row_of_instruments_is_shown(
    desk: CompareDesk, wanted: Sequence[InstrumentKey | None]
) -> None:
    mark(desk, 0)
    desk.comparison.fill(wanted)
    expected = [each.code for each in wanted if each is not None]
    assert codes(desk) == expected
    assert (marked(desk) in expected) is bool(expected)
