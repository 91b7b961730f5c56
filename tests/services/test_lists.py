"""All lists and their one history: whatever is done is undone, and said and told once."""

import pytest
from listsdesk import begin, keys, said

from alltick_desk.model.lists import Entry, Place, book_of
from alltick_desk.services.list_history import DEPTH
from alltick_desk.services.lists import Lists


def test_begins_with_one_empty_list() -> None:
    lists = Lists()
    assert said(lists.shown) == ""
    assert not lists.can_undo
    assert (lists.undo_label, lists.redo_label, lists.undo(), lists.redo()) == ("", "", None, None)


def test_undo_says_what_it_would_do_and_shows_the_list_it_was_done_to() -> None:
    lists = begin()
    lists.remove(keys("AB"))
    lists.remove(keys("C"))
    assert lists.undo_label == "Undo: remove C"
    other = lists.add_list(" Tech ")
    lists.add(map(Entry, keys("XY")))
    assert lists.undo_label == "Undo: add 2 rows"
    lists.undo()
    assert lists.undo_label == "Undo: add the list “Tech”"
    assert lists.redo_label == "Redo: add 2 rows"
    assert lists.book.current == other
    lists.undo()
    assert lists.book.current == "1"
    lists.show("1")
    step = lists.undo()
    assert step is not None
    assert (step.what, step.where) == ("remove C", "1")
    assert lists.undo_label == "Undo: remove 2 rows"
    assert lists.redo()
    assert said(lists.shown) == ""
    assert lists.redo()
    assert lists.book.current == other
    lists.show("1")
    assert lists.redo()
    assert (lists.book.current, said(lists.shown)) == (other, "XY")


def test_a_deleted_list_comes_back_with_its_rows_and_view() -> None:
    lists = begin()
    other = lists.add_list("Tech")
    lists.add(map(Entry, keys("XY")))
    lists.choose("sort", "change")
    assert lists.delete_list()
    assert lists.book.current == "1"
    lists.undo()
    assert lists.book.current == other
    assert said(lists.shown) == "XY"
    assert lists.shown.extra == {"sort": "change"}
    lists.redo()
    assert lists.book.current == "1"


def test_the_last_list_leaves_an_empty_one() -> None:
    lists = begin()
    lists.delete_list()
    assert (len(lists.book.lists), said(lists.shown)) == (1, "")
    assert lists.book.current != "1"
    lists.undo()
    assert said(lists.shown) == "ABC"


def test_folding_and_view_choices_are_no_steps_and_outlive_them() -> None:
    lists = begin()
    lists.add_section("x", Place(0, 1))
    lists.remove(keys("A"))
    step = lists.undo_label
    lists.fold([1], folded=True)
    lists.choose("columns", "last")
    assert lists.undo_label == step
    lists.undo()
    assert lists.shown.sections[1].folded
    assert lists.shown.extra == {"columns": "last"}
    lists.fold([1], folded=False)
    lists.redo()
    assert not lists.shown.sections[1].folded


def test_each_hook_is_told_what_is_its_business_once() -> None:
    lists = begin()
    told: list[str] = []
    handles = [
        lists.changed.connect(lambda: told.append("rows")),
        lists.book_changed.connect(lambda: told.append("tabs")),
        lists.touched.connect(lambda: told.append("save")),
    ]

    def heard() -> str:
        heard_now, told[:] = " ".join(told), []
        return heard_now

    lists.add(map(Entry, keys("D")))
    assert heard() == "rows save"
    lists.add(map(Entry, keys("A")))
    lists.remove(keys("X"))
    lists.rename_list(lists.shown.name)
    lists.show("1")
    lists.show("nowhere")
    assert heard() == ""
    lists.rename_list("Mine")
    assert heard() == "tabs save"
    second = lists.add_list("Second")
    assert heard() == "rows tabs save"
    lists.add(map(Entry, keys("Q")), of="1")  # nobody sees it
    assert heard() == "save"
    lists.choose("sort", "code")
    assert heard() == "save"
    lists.show("1")
    assert heard() == "rows tabs save"
    lists.copy_to(second, keys("A"))
    assert heard() == "save"
    lists.move_list(second, 0)
    assert heard() == "tabs save"
    lists.set_alias(keys("A")[0], "Alpha")
    assert heard() == "rows save"
    lists.undo()
    assert heard() == "rows save"
    assert len(handles) == 3


def test_rows_are_moved_and_copied_between_lists() -> None:
    lists = begin("ABCD")
    second = lists.add_list("Second")
    lists.show("1")
    assert lists.move_to(second, keys("DB"))
    assert lists.undo_label == "Undo: move 2 rows"
    assert lists.copy_to(second, keys("A"), Place(0, 0))
    assert (said(lists.shown), said(lists.book.get(second))) == ("AC", "ABD")
    lists.undo()
    assert lists.book.current == second
    lists.undo()
    assert lists.book.current == "1"
    assert (said(lists.shown), said(lists.book.get(second))) == ("ABCD", "")


def test_sections_and_what_is_said_of_rows_are_edited_with_words() -> None:
    lists = begin("ABCD")
    labels = []
    for done in (
        lists.add_section("x", Place(0, 2)),
        lists.rename_section(1, "y"),
        lists.add_section("z"),
        lists.move_section(2, 1),
        lists.delete_section(1),
        lists.shift(keys("C"), up=True),
        lists.move(keys("A"), Place(1, 0)),
        lists.pin(keys("AB"), pinned=True),
        lists.pin(keys("A"), pinned=False),
        lists.set_note(keys("A")[0], "note"),
        lists.set_alias(keys("A")[0], "alias"),
        lists.rename_list("Mine"),
        lists.restore(book_of(keys("Z"))),
    ):
        assert done
    assert said(lists.shown) == "Z"
    while lists.can_undo:
        labels.append(lists.undo_label.removeprefix("Undo: "))
        lists.undo()
    assert labels[::-1] == [
        "add the section “x”",
        "name the section “y”",
        "add the section “z”",
        "move the section “z”",
        "delete the section “z”",
        "move C",
        "move A",
        "pin 2 rows",
        "unpin A",
        "the note on A",
        "rename A",
        "rename the list “Watchlist”",
        "restore a backup",
    ]


def test_pinned_instruments_are_known_by_list() -> None:
    lists = begin()
    lists.add_list("Second")
    lists.add([Entry(keys("X")[0], pinned=True)])
    lists.pin(keys("B"), pinned=True, of="1")
    assert lists.pinned("1") == set(keys("B"))
    assert lists.pinned() == set(keys("X"))
    assert lists.pinned("1") is lists.pinned("1")
    lists.pin(keys("C"), pinned=True, of="1")
    assert lists.pinned("1") == set(keys("BC"))
    lists.undo()
    assert lists.pinned("1") == set(keys("B"))


def test_the_instruments_of_all_lists_begin_with_those_shown() -> None:
    lists = begin("AB")
    lists.add_list("Second")
    lists.add(map(Entry, keys("BC")))
    assert [key.code for key in lists.keys] == ["B", "C", "A"]


def test_a_list_that_is_not_there_is_a_fault_of_the_caller() -> None:
    with pytest.raises(KeyError):
        begin().remove(keys("A"), of="nowhere")


def test_undo_has_a_depth() -> None:
    lists = begin("AB")
    for _ in range(DEPTH + 20):
        assert lists.shift([lists.shown.keys[1]], up=True)
    steps = 0
    while lists.undo():
        steps += 1
    assert steps == DEPTH


def test_a_note_that_was_written_is_announced_once() -> None:
    lists = begin()
    other = lists.duplicate_list()
    lists.show("1")
    noted: list[str] = []
    handle = lists.noted.connect(lambda key: noted.append(key.code))
    (a,) = keys("A")
    lists.set_note(a, "buy")
    lists.set_note(a, " buy ")  # as it is
    lists.set_note(a, "")
    lists.undo()
    lists.set_note(a, "elsewhere", of=other)
    assert noted == ["A"]
    handle.disconnect()


def test_the_last_edit_is_one_thing_until_another_is_made() -> None:
    lists = begin()
    assert lists.last_edit is None
    lists.remove(keys("A"))
    first = lists.last_edit
    assert first is not None
    lists.choose("columns", "code")
    lists.fold([0], folded=True)
    assert lists.last_edit is first
    lists.undo()
    assert lists.last_edit is None
    lists.remove(keys("A"), of="1")
    again = lists.last_edit
    assert again == first
    assert again is not first
