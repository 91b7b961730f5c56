"""Magnet and "keep drawing" are a person's habits: kept with the chart's look; the menu."""

from drawdesk import DrawDesk
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from alltick_desk.model.drawings import Kind
from alltick_desk.ui.chart.look import ChartLook


def test_a_look_has_both_in_words() -> None:
    for look in (ChartLook(magnet=True), ChartLook(keeps=True)):
        assert ChartLook.from_dict(look.to_dict()) == look
    assert ChartLook.from_dict({"magnet": "maybe", "keeps": ""}) == ChartLook()


def test_what_was_kept_works_and_is_ticked(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot, ChartLook(magnet=True, keeps=True))
    assert desk.action("magnet").isChecked()
    assert desk.action("keep").isChecked()
    bar = len(desk.view.series) - 40
    high = desk.view.series.row(bar).high
    area = desk.view.price.area
    x = (desk.view.x_of(bar) - area.left()) / area.width()
    y = (desk.view.price.scale.pixel(high) - area.top() - 3.0) / area.height()
    assert desk.draw(Kind.HORIZONTAL, (x, y)).anchors[0].price == high
    assert desk.drawings.kind is Kind.HORIZONTAL
    desk.panel.set_look(ChartLook())
    assert not desk.action("magnet").isChecked()
    assert not desk.action("keep").isChecked()


def test_what_is_switched_is_told_to_whom_keeps_it(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    looks: list[ChartLook] = []
    desk.panel.on_look = looks.append
    desk.action("magnet").trigger()
    assert looks[-1].magnet
    assert not looks[-1].keeps
    desk.action("keep").trigger()
    assert looks[-1].keeps
    desk.action("magnet").trigger()
    assert not looks[-1].magnet
    assert desk.panel.look() == looks[-1]


def test_another_choice_forgets_neither(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot, ChartLook(magnet=True))
    desk.panel.set_look(desk.panel.look()._replace(inverted=True))
    assert desk.panel.look().magnet
    assert desk.action("magnet").isChecked()


def test_what_can_be_done_with_drawings_stands_apart_in_the_menu(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.draw(Kind.HORIZONTAL, (0.5, 0.3))
    menu = QMenu(desk.view)
    desk.view.tools.fill_menu(desk.view.pointer(QPointF(desk.place((0.5, 0.5)))), menu)
    names = [
        "|" if it.isSeparator() else it.objectName().partition(".")[0] for it in menu.actions()
    ]
    at = names.index("indicators")
    assert names[at - 2 : at] == ["drawing", "|"]
