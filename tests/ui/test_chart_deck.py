"""One, two or four charts in one place: who stands where, which is active, what fits."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from chartscene import Scene
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QSplitter, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from alltick_desk.model.interval import Interval
from alltick_desk.services.chart_groups import NO_GROUP, ChartGroups, Link
from alltick_desk.ui.chart import ChartPanel
from alltick_desk.ui.chart.deck import ChartDeck, DeckLayout
from alltick_desk.ui.chart.links import GroupButton, LinkDeeds
from alltick_desk.ui.theme import make_theme

MakeChart = Callable[..., Scene]
LEFT = Qt.MouseButton.LeftButton
DARK, LIGHT = make_theme(dark=True), make_theme(dark=False)


class Table:
    """A deck on the screen, with a chart in each of its places."""

    def __init__(self, qtbot: QtBot, make_chart: MakeChart, layout: DeckLayout) -> None:
        self.scenes = [make_chart(100) for _ in range(4)]
        self.deck = ChartDeck(DARK)
        qtbot.addWidget(self.deck)
        self.went: list[int] = []
        self.deck.on_active = self.go
        self.deck.resize(940, 420)
        self.arrange(layout)
        with qtbot.waitExposed(self.deck):
            self.deck.show()
        self.deck.activateWindow()
        qtbot.waitUntil(self.deck.isActiveWindow)

    @property
    def panels(self) -> list[ChartPanel]:
        return [scene.panel for scene in self.scenes]

    def go(self, number: int) -> None:
        self.went.append(number)
        self.deck.activate(number)

    def arrange(self, layout: DeckLayout, active: int = 0) -> None:
        self.deck.arrange(layout, self.panels, active)
        QApplication.processEvents()

    def place(self, number: int) -> QRect:
        """Where a chart stands in the deck."""
        panel = self.panels[number]
        return QRect(panel.mapTo(self.deck, QPoint(0, 0)), panel.size())

    def seen(self) -> list[int]:
        """Which charts are there to be seen."""
        inside = [it for it in self.panels if self.deck.isAncestorOf(it)]
        return [self.panels.index(it) for it in inside if it.isVisibleTo(self.deck)]

    def edge(self, number: int) -> str:
        """The colour of the frame about a chart."""
        place = self.place(number)
        picture = self.deck.grab().toImage()
        return picture.pixelColor(place.left() - 2, place.center().y()).name()


def part(panel: ChartPanel, name: str) -> QWidget:
    """A part of a panel by its name."""
    found = panel.findChild(QWidget, name)
    assert found is not None
    return found


@pytest.fixture
def table(qtbot: QtBot, make_chart: MakeChart) -> Callable[..., Table]:
    def build(layout: DeckLayout = DeckLayout.COLUMNS) -> Table:
        return Table(qtbot, make_chart, layout)

    return build


# where they stand


def test_one_chart_has_all_the_room_and_no_frame(table: Callable[..., Table]) -> None:
    made = table(DeckLayout.ONE)
    assert made.seen() == [0]
    assert made.place(0) == made.deck.rect()


@pytest.mark.parametrize(
    ("layout", "count"),
    [(DeckLayout.COLUMNS, 2), (DeckLayout.ROWS, 2), (DeckLayout.FOUR, 4)],
)
def test_charts_share_the_room_without_covering_each_other(
    table: Callable[..., Table], layout: DeckLayout, count: int
) -> None:
    made = table(layout)
    assert made.seen() == list(range(count))
    places = [made.place(number) for number in range(count)]
    room = made.deck.rect()
    assert all(room.contains(place) for place in places)
    for number, place in enumerate(places):
        assert not any(place.intersects(other) for other in places[number + 1 :])
    covered = sum(place.width() * place.height() for place in places)
    assert covered > 0.95 * room.width() * room.height()
    first, second = places[:2]
    assert (first.top() == second.top()) is (layout is not DeckLayout.ROWS)
    assert (first.left() == second.left()) is (layout is DeckLayout.ROWS)


def test_from_any_layout_to_any_other(table: Callable[..., Table]) -> None:
    made = table(DeckLayout.ONE)
    order = [DeckLayout.FOUR, DeckLayout.ROWS, DeckLayout.ONE, DeckLayout.COLUMNS]
    order += [DeckLayout.FOUR, DeckLayout.ONE, DeckLayout.ROWS, DeckLayout.COLUMNS]
    for layout in order:
        made.arrange(layout)
        assert made.seen() == list(range(layout.count))
        assert all(not made.place(number).isEmpty() for number in range(layout.count))
    assert made.went == []


def test_charts_change_places(table: Callable[..., Table]) -> None:
    made = table(DeckLayout.FOUR)
    left, right = made.place(0), made.place(1)
    made.scenes[0], made.scenes[1] = made.scenes[1], made.scenes[0]
    made.arrange(DeckLayout.COLUMNS)
    assert made.seen() == [0, 1]
    assert made.place(0).left() == left.left()
    assert made.place(1).left() == right.left()


def test_a_chart_that_comes_later_moves_nothing(table: Callable[..., Table]) -> None:
    made = table(DeckLayout.FOUR)
    places = [made.place(number) for number in range(4)]
    made.deck.arrange(DeckLayout.FOUR, [made.panels[0], None, None, None], 0)
    QApplication.processEvents()
    assert made.seen() == [0]
    assert made.place(0) == places[0]
    made.arrange(DeckLayout.FOUR)
    assert [made.place(number) for number in range(4)] == places


def test_the_border_is_the_persons_and_both_rows_have_it_in_one_line(
    table: Callable[..., Table],
) -> None:
    made = table(DeckLayout.FOUR)
    rows = made.deck.findChildren(QSplitter)
    upper = next(
        it
        for it in rows
        if it.isAncestorOf(made.panels[0])
        and it.count() == 2
        and it.orientation() is Qt.Orientation.Horizontal
    )
    handle = upper.handle(1)
    middle = handle.rect().center()
    QTest.mousePress(handle, LEFT, pos=middle)
    QTest.mouseMove(handle, middle + QPoint(120, 0))
    QTest.mouseRelease(handle, LEFT, pos=middle)
    QApplication.processEvents()
    assert made.place(0).width() > made.place(1).width() + 150
    assert made.place(0).right() == made.place(2).right()
    columns, lines = made.deck.shares
    assert 580 < columns < 680
    assert lines == 500
    made.arrange(DeckLayout.ONE)
    made.arrange(DeckLayout.COLUMNS)
    assert made.place(0).width() > made.place(1).width() + 150


# which is active


def test_the_active_chart_is_framed_and_its_name_stands_out(table: Callable[..., Table]) -> None:
    made = table()
    assert made.edge(0) == DARK.accent.name()
    assert made.edge(1) == DARK.line.name()
    made.deck.activate(1)
    assert made.edge(1) == DARK.accent.name()
    name = [part(it, "chartName").palette().windowText().color() for it in made.panels]
    assert [it.name() for it in name[:2]] == [DARK.muted.name(), DARK.text.name()]
    parents = [it.parentWidget() for it in made.panels[:2]]
    cells = [it.accessibleName() for it in parents if it is not None]
    assert cells == ["Chart 1 of 2", "Chart 2 of 2, active"]


def test_a_press_anywhere_in_a_chart_makes_it_active(table: Callable[..., Table]) -> None:
    made = table()
    first, second = made.panels[:2]
    QTest.mouseClick(second.view.viewport(), LEFT, pos=QPoint(80, 80))
    assert made.went == [1]
    QTest.mouseClick(part(first, "chartName"), LEFT)
    assert made.went == [1, 0]
    QTest.mouseClick(part(second, "chartMeasure"), LEFT)
    assert made.went == [1, 0, 1]
    assert second.view.hasFocus()


def test_the_keyboard_stays_in_the_active_chart_when_others_go(
    table: Callable[..., Table],
) -> None:
    made = table(DeckLayout.FOUR)
    QTest.mouseClick(made.panels[1].view.viewport(), LEFT, pos=QPoint(80, 80))
    assert made.went == [1]
    made.arrange(DeckLayout.COLUMNS, active=1)
    assert made.panels[1].view.hasFocus()
    assert made.went == [1], "what goes away hands the focus on, which nobody chose"


def test_the_button_of_layouts_is_in_the_first_heading(table: Callable[..., Table]) -> None:
    made = table(DeckLayout.FOUR)
    assert made.panels[0].heading.isAncestorOf(made.deck.button)
    made.scenes.reverse()
    made.arrange(DeckLayout.COLUMNS)
    assert made.panels[0].heading.isAncestorOf(made.deck.button)
    assert made.deck.button.isVisibleTo(made.deck)


def test_colours_change_everywhere(table: Callable[..., Table]) -> None:
    made = table()
    made.deck.set_theme(LIGHT)
    assert made.edge(0) == LIGHT.accent.name()
    picture = made.panels[1].view.grab().toImage()
    assert picture.pixelColor(picture.width() - 2, 2).lightness() > 200


# what fits


def parts(panel: ChartPanel) -> list[QWidget]:
    """Everything in the first row of a heading that is to be seen, from left to right."""
    names = ("chartName", "chartCode", "chartGroup", "intervals", "chartMenu", "chartLayout")
    found = [panel.heading.findChild(QWidget, name) for name in names]
    found += panel.heading.findChildren(QToolButton)
    seen = {it for it in found if it is not None and it.isVisibleTo(panel) and it.width()}
    return sorted(seen, key=lambda it: it.mapTo(panel, QPoint(0, 0)).x())


@pytest.mark.parametrize("width", [1400, 700, 470, 300, 220])
def test_what_is_wrong_is_told_beside_the_figures_however_narrow(
    make_chart: MakeChart, width: int
) -> None:
    panel = make_chart(100).panel
    panel.resize(width, 400)
    panel.heading.note("AllTick does not answer. The desk tries again in 5 s.")
    QApplication.processEvents()
    note = part(panel, "chartNote")
    assert note.width() >= min(note.sizeHint().width(), 0.4 * width - 1)
    assert panel.width() == width
    assert panel.heading.readout.width() > 0.3 * width
    panel.heading.note("")
    QApplication.processEvents()
    assert note.minimumWidth() < 5


@pytest.mark.parametrize("width", [1400, 940, 700, 560, 470, 400, 340, 300, 260, 220])
def test_a_heading_gives_way_and_nothing_is_cut(make_chart: MakeChart, width: int) -> None:
    panel = make_chart(100).panel
    panel.resize(width, 400)
    QApplication.processEvents()
    assert panel.width() == width
    room = panel.rect()
    shown = parts(panel)
    places = [QRect(it.mapTo(panel, QPoint(0, 0)), it.size()) for it in shown]
    assert all(room.contains(place) for place in places)
    for before, after in pairwise(places):
        assert before.right() < after.left()
    for each in shown:
        if isinstance(each, QToolButton):
            assert each.width() >= each.sizeHint().width()
    assert part(panel, "chartCode").width() >= 40
    assert part(panel, "chartMenu").isVisibleTo(panel)


def test_intervals_fold_first_then_tools_then_the_rest(make_chart: MakeChart) -> None:
    panel = make_chart(100).panel
    names = ("interval_1m", "intervals", "chartMeasure", "chartStyle", "chartDraw", "chartMenu")
    seen: list[str] = []
    for width in range(1200, 200, -20):
        panel.resize(width, 400)
        QApplication.processEvents()
        shown = [n for n in names if part(panel, n).isVisibleTo(panel)]
        if not seen or seen[-1] != " ".join(shown):
            seen.append(" ".join(shown))
    assert seen == [
        "interval_1m chartMeasure chartStyle chartDraw chartMenu",
        "intervals chartMeasure chartStyle chartDraw chartMenu",
        "intervals chartStyle chartDraw chartMenu",
        "intervals chartMenu",
    ]
    panel.resize(1200, 400)
    QApplication.processEvents()
    assert part(panel, "interval_1m").isVisibleTo(panel)


def test_a_folded_interval_is_chosen_from_a_menu(make_chart: MakeChart) -> None:
    scene = make_chart(100)
    scene.panel.resize(300, 400)
    QApplication.processEvents()
    button = scene.tool_button("intervals")
    assert button.text() == "1m ▾"
    menu = button.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    entries = {action.text(): action for action in menu.actions()}
    assert entries["1m"].isChecked()
    assert not entries["2h"].isEnabled(), "the vendor has none of them"
    entries["5m"].trigger()
    assert scene.chosen == [Interval.M5]


def test_what_has_no_button_any_more_is_in_the_menu(make_chart: MakeChart) -> None:
    scene = make_chart(100)
    with pytest.raises(LookupError):
        scene.entry("measure")
    scene.panel.resize(260, 400)
    QApplication.processEvents()
    scene.choose("measure")
    assert scene.entry("measure").isChecked()
    menu = scene.tool_button("chartMenu").menu()
    assert isinstance(menu, QMenu)
    assert scene.tool_button("chartDraw").menu().menuAction() in menu.actions()


# groups


def test_the_dot_tells_the_group_by_number_and_colour(qtbot: QtBot) -> None:
    groups = ChartGroups()
    chosen: list[int] = []
    owner = QWidget()
    qtbot.addWidget(owner)
    switched: list[tuple[Link, bool]] = []
    deeds = LinkDeeds(groups.links, chosen.append, lambda link, on: switched.append((link, on)))
    button = GroupButton(LIGHT, deeds, owner)
    assert button.accessibleDescription() == "No group"
    entries = filled(button)
    assert not any(entries[f"link.{link.value}"].isEnabled() for link in Link)
    entries["group.2"].trigger()
    assert chosen == [2]
    button.show_group(2)
    assert button.accessibleDescription() == "Group 2: Orange"
    entries = filled(button)
    assert entries["group.2"].isChecked()
    assert entries["link.instrument"].isChecked()
    assert not entries["link.interval"].isChecked()
    entries["link.interval"].trigger()
    entries["link.crosshair"].trigger()
    assert switched == [(Link.INTERVAL, True), (Link.CROSSHAIR, False)]
    pictures = set()
    for group in (NO_GROUP, 1, 2, 3, 4):
        button.show_group(group)
        pictures.add(bytes(button.icon().pixmap(16, 16).toImage().constBits()))
    assert len(pictures) == 5


def filled(button: GroupButton) -> dict[str, QAction]:
    menu = button.menu()
    menu.aboutToShow.emit()
    return {it.objectName().removeprefix("chart."): it for it in menu.actions() if it.objectName()}
