"""An instrument's drawings: gestures, steps, selection, and what is kept of them."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from alltick_desk.model.drawings import Anchor, Drawing, DrawingError, Kind, new_drawing
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.drawings import UNDO_DEPTH, DrawingBoard, DrawingBoards, Stack

APPLE = InstrumentKey("alltick", "AAPL.US")
LATER = Drawing(9, "gann", (), rest={"x": 1})


def line(price: float = 1.0, drawing_id: int = 0) -> Drawing:
    return replace(new_drawing(Kind.HORIZONTAL, [Anchor(0.0, price)]), id=drawing_id)


def board_of(count: int) -> DrawingBoard:
    return DrawingBoard([line(float(number), number) for number in range(1, count + 1)])


def order(board: DrawingBoard) -> list[int]:
    return [drawing.id for drawing in board.drawings]


def at(board: DrawingBoard, drawing_id: int) -> Drawing:
    drawing = board.get(drawing_id)
    assert drawing is not None
    return drawing


def moved(board: DrawingBoard, drawing_id: int, price: float) -> Drawing:
    return replace(at(board, drawing_id), anchors=(Anchor(0.0, price),))


class Watch:
    """What a board has announced."""

    def __init__(self, board: DrawingBoard) -> None:
        self.changes = 0
        self.saved: list[Stack] = []
        self.selections: list[frozenset[int]] = []
        self._board = board
        self._handles = (
            board.changed.connect(self._change),
            board.edited.connect(self.saved.append),
            board.selected.connect(lambda: self.selections.append(board.selection)),
        )

    def _change(self) -> None:
        self.changes += 1


def test_what_is_added_lies_on_top_with_a_number_of_its_own() -> None:
    board = board_of(2)
    watch = Watch(board)
    added = board.add(line(7.0, 1))
    assert order(board) == [1, 2, 3]
    assert board.get(3) == added
    assert watch.changes == 1
    assert watch.saved == [board.drawings]
    assert board.get(4) is None


def test_a_faulty_drawing_is_refused_and_changes_nothing() -> None:
    board = board_of(1)
    watch = Watch(board)
    with pytest.raises(DrawingError, match="Horizontal line"):
        board.add(line(float("nan")))
    with pytest.raises(DrawingError, match="Horizontal line"):
        board.change([line(float("inf"), 1)])
    assert watch.changes == 0
    assert not board.can_undo


def test_changes_of_several_are_one_step() -> None:
    board = board_of(3)
    assert board.change([moved(board, 1, 11.0), moved(board, 3, 13.0), line(5.0, 99)])
    assert order(board) == [1, 2, 3]
    assert [it.anchors[0].price for it in board.drawings] == [11.0, 2.0, 13.0]
    assert board.undo()
    assert [it.anchors[0].price for it in board.drawings] == [1.0, 2.0, 3.0]
    assert not board.can_undo


def test_what_changes_nothing_is_no_step() -> None:
    board = board_of(3)
    watch = Watch(board)
    assert not board.change([at(board, 1)])
    assert not board.remove({99})
    assert not board.to_front({3})
    assert not board.to_back({1, 2})
    assert not board.lock({1}, locked=False)
    assert not board.undo()
    assert not board.redo()
    assert watch.changes == 0
    assert watch.saved == []


def test_a_drag_is_shown_at_once_and_is_one_step() -> None:
    board = board_of(2)
    watch = Watch(board)
    for price in (5.0, 6.0, 7.0):
        board.preview([moved(board, 1, price)])
        assert at(board, 1).anchors[0].price == price
    assert watch.changes == 3
    assert watch.saved == []
    assert not board.can_undo
    assert board.settle()
    assert watch.saved == [board.drawings]
    assert board.undo()
    assert at(board, 1).anchors[0].price == 1.0
    assert not board.can_undo
    assert board.redo()
    assert at(board, 1).anchors[0].price == 7.0


def test_a_drag_that_ends_where_it_began_is_no_step() -> None:
    board = board_of(1)
    before = at(board, 1)
    board.preview([moved(board, 1, 5.0)])
    board.preview([before])
    assert not board.settle()
    assert not board.settle()
    assert not board.can_undo
    assert board.drawings == (before,)


def test_a_drag_is_cancelled() -> None:
    board = board_of(1)
    watch = Watch(board)
    board.preview([moved(board, 1, 5.0)])
    assert board.cancel()
    assert not board.cancel()
    assert at(board, 1).anchors[0].price == 1.0
    assert watch.changes == 2
    assert watch.saved == []


def test_undo_in_the_middle_of_a_drag_ends_the_drag() -> None:
    board = board_of(1)
    board.add(line(2.0))
    board.preview([moved(board, 1, 5.0)])
    assert board.undo()
    assert at(board, 1).anchors[0].price == 1.0
    assert order(board) == [1, 2]
    board.preview([moved(board, 1, 5.0)])
    assert not board.redo()
    assert at(board, 1).anchors[0].price == 1.0


def test_an_edit_in_the_middle_of_a_drag_forgets_the_drag() -> None:
    board = board_of(2)
    board.preview([moved(board, 1, 5.0)])
    board.remove({2})
    assert [it.anchors[0].price for it in board.drawings] == [1.0]
    assert not board.settle()


def test_a_drawing_in_the_making_is_previewed_on_top() -> None:
    board = board_of(1)
    name = board.new_id()
    board.preview([line(5.0, name)])
    board.preview([line(6.0, name)])
    assert order(board) == [1, name]
    assert board.settle()
    assert at(board, name).anchors[0].price == 6.0
    board.undo()
    assert order(board) == [1]
    assert board.add(line()).id > name


def test_what_is_faulty_is_previewed_as_it_was() -> None:
    board = board_of(1)
    board.preview([moved(board, 1, float("nan"))])
    assert at(board, 1).anchors[0].price == 1.0
    assert not board.settle()


def test_what_is_locked_is_safe() -> None:
    board = board_of(3)
    assert board.lock({1, 3})
    locked = board.drawings
    assert not board.change([moved(board, 1, 5.0)])
    board.preview([moved(board, 3, 5.0)])
    assert board.drawings == locked
    assert board.remove({1}) == 0
    assert board.remove_all() == 1
    assert order(board) == [1, 3]
    assert board.to_front({1})
    assert board.hide({1})
    assert board.lock({1, 3}, locked=False)
    assert board.remove_all() == 2
    assert board.drawings == ()


def test_a_later_versions_drawing_stays_as_it_is() -> None:
    board = DrawingBoard([line(1.0, 1), LATER])
    board.change([replace(LATER, rest={})])
    board.lock({9})
    board.hide({9})
    assert board.remove_all() == 1
    assert board.drawings == (LATER,)
    board.select({9})
    assert board.selection == frozenset()
    assert board.new_id() == 10


@pytest.mark.parametrize(
    ("ids", "front", "back"),
    [
        ({2}, [1, 3, 4, 2], [2, 1, 3, 4]),
        ({1, 2}, [3, 4, 1, 2], [1, 2, 3, 4]),
        ({1, 3}, [2, 4, 1, 3], [1, 3, 2, 4]),
        ({4}, [1, 2, 3, 4], [4, 1, 2, 3]),
        (set(), [1, 2, 3, 4], [1, 2, 3, 4]),
    ],
)
def test_above_and_below(ids: set[int], front: list[int], back: list[int]) -> None:
    for move, expected in ((DrawingBoard.to_front, front), (DrawingBoard.to_back, back)):
        board = board_of(4)
        assert move(board, ids) is (expected != [1, 2, 3, 4])
        assert order(board) == expected


def test_the_selection_is_no_step_and_is_told_once() -> None:
    board = board_of(3)
    watch = Watch(board)
    board.select([1, 2, 99])
    board.select([2, 1])
    assert watch.selections == [{1, 2}]
    assert watch.changes == 0
    assert not board.can_undo


def test_what_goes_or_is_hidden_is_selected_no_more() -> None:
    board = board_of(3)
    board.select([1, 2, 3])
    watch = Watch(board)
    board.remove({1})
    board.hide({2})
    board.undo()
    assert watch.selections == [{2, 3}, {3}]
    board.cancel()
    name = board.new_id()
    board.preview([line(1.0, name)])
    board.select([name])
    assert board.selection == {name}
    board.cancel()
    assert board.selection == frozenset()


def test_a_new_edit_forgets_what_could_be_redone() -> None:
    board = board_of(2)
    board.remove({1})
    board.undo()
    assert board.can_redo
    board.hide({2})
    assert not board.can_redo


def test_undo_has_a_depth() -> None:
    board = board_of(1)
    for price in range(UNDO_DEPTH + 20):
        board.change([moved(board, 1, 10.0 + price)])
    steps = 0
    while board.undo():
        steps += 1
    assert steps == UNDO_DEPTH


_EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            ("add", "change", "drag", "remove", "clear", "lock", "hide", "front", "back")
        ),
        st.sets(st.integers(1, 6), max_size=3),
        st.booleans(),
    ),
    max_size=12,
)


@given(_EDITS)
def test_any_edits_are_undone_to_the_beginning_and_redone_to_the_end(
    edits: list[tuple[str, set[int], bool]],
) -> None:
    board = board_of(4)
    begin = board.drawings
    watch = Watch(board)
    steps = 0
    for what, ids, flag in edits:
        before = board.drawings
        there = [replace(it, hidden=not it.hidden) for it in board.drawings if it.id in ids]
        if what == "add":
            board.add(line())
        elif what == "change":
            board.change(there)
        elif what == "drag":
            board.preview(there[:1])
            board.preview(there)
            board.settle() if flag else board.cancel()
        elif what == "remove":
            board.remove(ids)
        elif what == "clear":
            board.remove_all()
        elif what == "lock":
            board.lock(ids, locked=flag)
        elif what == "hide":
            board.hide(ids, hidden=flag)
        else:
            move = {"front": board.to_front, "back": board.to_back}[what]
            assert move(ids) is (board.drawings != before)
            assert sorted(order(board)) == sorted(it.id for it in before)
        steps += board.drawings != before
        assert len(set(order(board))) == len(board.drawings)
    assert len(watch.saved) == steps
    end = board.drawings
    while board.undo():
        pass
    assert board.drawings == begin
    while board.redo():
        pass
    assert board.drawings == end
    assert not watch.saved or watch.saved[-1] == end


class FakeKeeper:
    """Keeps drawings in memory; a load takes until it is let go."""

    def __init__(self) -> None:
        self.kept: dict[InstrumentKey, Stack] = {APPLE: (line(1.0, 1),)}
        self.loads = 0
        self.ready = asyncio.Event()

    async def load(self, key: InstrumentKey) -> Stack:
        self.loads += 1
        await self.ready.wait()
        return self.kept.get(key, ())

    def save(self, key: InstrumentKey, drawings: Stack) -> None:
        self.kept[key] = drawings


def test_all_charts_of_an_instrument_share_a_board_that_is_kept() -> None:
    async def main() -> None:
        keeper = FakeKeeper()
        boards = DrawingBoards(keeper)
        async with asyncio.TaskGroup() as group:
            opening = [group.create_task(boards.open(APPLE)) for _ in range(2)]
            await asyncio.sleep(0)
            keeper.ready.set()
        one, other = (task.result() for task in opening)
        assert one is other
        assert await boards.open(APPLE) is one
        assert keeper.loads == 2
        assert order(one) == [1]
        other_key = APPLE._replace(vendor="itick")
        empty = await boards.open(other_key)
        assert empty.drawings == ()
        one.add(line())
        empty.add(line(4.0))
        assert keeper.kept == {APPLE: one.drawings, other_key: empty.drawings}
        assert dict(boards.boards) == {APPLE: one, other_key: empty}

    asyncio.run(main())


def test_what_a_gesture_moves_is_known_while_it_lasts() -> None:
    board = board_of(3)
    assert board.in_motion == frozenset()
    fresh = board.new_id()
    board.preview([moved(board, 2, 9.0), line(5.0, fresh)])
    assert board.in_motion == {2, fresh}
    board.settle()
    assert board.in_motion == frozenset()
    board.preview([moved(board, 1, 9.0)])
    board.cancel()
    assert board.in_motion == frozenset()
