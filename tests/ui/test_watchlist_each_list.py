"""What belongs to one list alone: its order, its filter, its current line and its headings."""

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from watchdesk import WatchDesk, key

from alltick_desk.model.lists import Place
from alltick_desk.ui.watchlist.arrangement import Heading, Sorting
from alltick_desk.ui.watchlist.filters import EVERYTHING, Filter

ONCE = Sorting("last", descending=True, live=False)
OTHERS = ("AAPL.US", "BAC.US", "9988.HK", "EURJPY")


def desk_of(qtbot: QtBot) -> WatchDesk:
    return WatchDesk(qtbot).show(qtbot)


def told(desk: WatchDesk) -> list[str]:
    """Return what stands in the table from top to bottom: codes, and names of sections."""
    lines = desk.panel._model.lines
    return [line.name if isinstance(line, Heading) else line.key.code for line in lines]


def with_last(desk: WatchDesk) -> None:
    """Give the shown list's rows prices from the first on, each higher than the one before."""
    for number, row in enumerate(desk.watchlist.rows, 1):
        row.last, row.value = str(number), float(number)


def heading(desk: WatchDesk, name: str) -> None:
    """Make a section's heading the current line, and the only one that is selected."""
    model, view = desk.panel._model, desk.panel._view
    place = told(desk).index(name)
    view.selectRow(place)
    view.setCurrentIndex(model.index(place, 0))


def test_an_order_made_once_is_that_of_its_own_list(qtbot: QtBot) -> None:
    desk = desk_of(qtbot)
    lists = desk.watchlist.lists
    first = lists.book.current
    with_last(desk)
    desk.panel.choices.sort(ONCE)
    falling = told(desk)
    second = lists.add_list("Others")
    desk.watchlist.add([key(code) for code in OTHERS])
    with_last(desk)
    desk.panel.choices.sort(ONCE)
    assert told(desk) == list(reversed(OTHERS))
    lists.show(first)
    assert told(desk) == falling
    lists.show(second)
    assert told(desk) == list(reversed(OTHERS))


def test_a_heading_stays_selected_wherever_its_section_goes(qtbot: QtBot) -> None:
    desk = desk_of(qtbot)
    lists = desk.watchlist.lists
    for number, name in enumerate(("Tech", "Money", "Coins")):
        lists.add_section(name, Place(number, 1))
    lists.move_section(1, 4)
    heading(desk, "Coins")
    desk.panel.undo()
    chosen = desk.panel.lists.sections.heading()
    assert chosen is not None
    assert chosen.name == "Coins"


def test_a_heading_stays_selected_under_another_name(qtbot: QtBot) -> None:
    desk = desk_of(qtbot)
    lists = desk.watchlist.lists
    lists.add_section("Tech", Place(0, 1))
    lists.add_section("Money", Place(1, 1))
    heading(desk, "Tech")
    lists.rename_section(1, "Chips")
    chosen = desk.panel.lists.sections.heading()
    assert chosen is not None
    assert chosen.name == "Chips"
    assert desk.panel._view.currentIndex().row() == told(desk).index("Chips")


def test_a_filter_does_not_cost_the_next_list_its_current_line(qtbot: QtBot) -> None:
    desk = desk_of(qtbot)
    lists = desk.watchlist.lists
    first = lists.book.current
    second = lists.add_list("Others")
    desk.watchlist.add([key(code) for code in OTHERS])
    desk.panel.select(key("EURJPY"))
    lists.show(first)
    desk.panel.select(key("700.HK"))
    desk.panel.choices.filter(Filter(text="700"))
    lists.show(second)
    assert told(desk) == list(OTHERS)
    assert desk.panel._model.filter == EVERYTHING
    assert desk.panel._view.currentIndex().row() == OTHERS.index("EURJPY")


def test_the_filter_box_is_empty_in_another_list(qtbot: QtBot) -> None:
    desk = desk_of(qtbot)
    lists = desk.watchlist.lists
    lists.add_list("Others")
    lists.show(lists.book.lists[0].id)
    desk.panel.tools.open_filter()
    bar = desk.panel.tools._filtering
    assert bar is not None
    QTest.keyClicks(bar._box, "700")
    qtbot.waitUntil(lambda: told(desk) == ["700.HK"])
    lists.show(lists.book.lists[1].id)
    assert bar._box.text() == ""
    lists.show(lists.book.lists[0].id)
    assert len(told(desk)) > 1


@pytest.mark.parametrize("backwards", [False, True])
def test_a_list_that_is_put_back_has_its_order_and_columns_again(
    qtbot: QtBot, backwards: bool
) -> None:
    desk = desk_of(qtbot)
    lists = desk.watchlist.lists
    choices, model = desk.panel.choices, desk.panel._model
    choices.sort(Sorting("last", descending=backwards))
    choices.show(("code", "last", "state"))
    book = lists.book
    choices.sort(Sorting())
    choices.reset()
    desk.watchlist.remove([key("EURUSD")])
    lists.restore(book)
    assert model.sorting == Sorting("last", descending=backwards)
    assert choices.choice.ids == ("code", "last", "state")


def test_columns_come_back_with_their_list(qtbot: QtBot) -> None:
    desk = desk_of(qtbot)
    lists, choices = desk.watchlist.lists, desk.panel.choices
    backup = lists.book
    choices.sort(Sorting("last", descending=True))
    choices.show(("code", "last", "state"))
    lists.restore(backup)  # nothing else is another there
    assert choices.choice.ids != ("code", "last", "state")
    desk.panel.undo()
    assert choices.choice.ids == ("code", "last", "state")
    assert choices.sorted_by == "last"
    desk.panel.edits.redo()
    assert choices.choice.ids != ("code", "last", "state")
    assert choices.sorted_by == ""
    desk.panel.undo()
    lists.add_list("Other")
    first = lists.book.lists[0].id
    lists.delete_list(first)
    assert choices.choice.ids != ("code", "last", "state")
    desk.panel.undo()
    assert lists.shown.id == first
    assert choices.choice.ids == ("code", "last", "state")
    assert choices.sorted_by == "last"


def test_columns_chosen_since_an_edit_stay_when_it_is_taken_back(qtbot: QtBot) -> None:
    desk = desk_of(qtbot)
    desk.watchlist.remove([key("EURUSD")])
    desk.panel.choices.show(("code", "last"))
    desk.panel.undo()
    assert desk.panel.choices.choice.ids == ("code", "last")
