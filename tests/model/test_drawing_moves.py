"""What the mouse takes and where it brings it."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace
from planes import SCALES, TIMES, plane

from alltick_desk.model.clipping import Point
from alltick_desk.model.drawing_moves import (
    BODY,
    INSIDE,
    Part,
    hit_shape,
    moved,
    snapped,
    topmost,
)
from alltick_desk.model.drawing_shapes import Plane, handles_of, shape_of
from alltick_desk.model.drawings import KINDS, Anchor, Drawing, Kind, new_drawing
from alltick_desk.model.interval import Interval
from alltick_desk.model.time_axis import TimeAxis

PLANE = plane()
NEAR = 6.0


def drawn(kind: Kind, *pixels: tuple[float, float], **style: object) -> Drawing:
    return new_drawing(kind, [PLANE.anchor(Point(*pixel)) for pixel in pixels], **style)


def taken(drawing: Drawing, x: float, y: float) -> Part | None:
    return hit_shape(shape_of(drawing, PLANE), x, y, NEAR)


pixels = st.builds(Point, st.floats(-300, 1100), st.floats(-200, 600))


@st.composite
def drawings(draw: st.DrawFn, on: Plane = PLANE) -> Drawing:
    kind = draw(st.sampled_from(Kind))
    count = KINDS[kind].anchors
    points = draw(st.lists(pixels, min_size=count, max_size=count))
    anchors = [on.anchor(point) for point in points]
    return new_drawing(kind, anchors, text="Words", extends=draw(st.booleans()))


@given(drawings(), st.floats(0.0, 1.0))
def test_what_is_painted_is_taken(drawing: Drawing, share: float) -> None:
    shape = shape_of(drawing, PLANE)
    for line in shape.lines:
        (x, y), (to_x, to_y) = line.segment
        part = taken(drawing, x + share * (to_x - x), y + share * (to_y - y))
        assert part is not None
        assert not part.inside
    for handle, point in enumerate(shape.handles):
        if point is not None:
            part = taken(drawing, *point)
            assert part is not None
            assert part.handle is not None
            assert part.handle == handle or shape.handles[part.handle] == pytest.approx(point)
    for label in shape.labels:
        assert taken(drawing, label.box.left, label.box.top) is not None


@given(drawings(), st.floats(0, 800), st.floats(0, 400))
def test_what_is_far_from_all_that_is_painted_is_not_taken(
    drawing: Drawing, x: float, y: float
) -> None:
    shape = shape_of(drawing, PLANE)
    part = hit_shape(shape._replace(areas=()), x, y, NEAR)
    steps = [step / 50 for step in range(51)]
    painted = [point for point in shape.handles if point is not None]
    painted += [
        line.segment.start.shifted(
            step * (line.segment.end.x - line.segment.start.x),
            step * (line.segment.end.y - line.segment.start.y),
        )
        for line in shape.lines
        for step in steps
    ]
    nearest = min((abs(px - x) + abs(py - y) for px, py in painted), default=1e9)
    boxes = [label.box for label in shape.labels]
    if nearest > 40 and not any(box.left - 9 < x < box.right + 9 for box in boxes):
        assert part is None


def test_handles_come_before_lines_and_lines_before_areas() -> None:
    rectangle = drawn(Kind.RECTANGLE, (100, 100), (300, 200))
    assert taken(rectangle, 102, 103) == Part(0)
    assert taken(rectangle, 300, 200) == Part(1)
    assert taken(rectangle, 97, 203) == Part(2)
    assert taken(rectangle, 303, 97) == Part(3)
    assert taken(rectangle, 200, 104) == BODY
    assert taken(rectangle, 200, 150) == INSIDE
    assert taken(rectangle, 200, 93) is None
    assert taken(replace(rectangle, style=replace(rectangle.style, fill="")), 200, 150) is None


def test_of_two_handles_the_nearer_is_taken() -> None:
    line = drawn(Kind.TREND, (100, 100), (106, 100))
    assert taken(line, 102, 100) == Part(0)
    assert taken(line, 104, 100) == Part(1)


def test_a_text_is_taken_where_it_is_written() -> None:
    text = drawn(Kind.TEXT, (100, 100), text="Words")
    assert taken(text, 100, 100) == Part(0)
    assert taken(text, 130, 90) == BODY
    assert taken(text, 130, 120) is None


def test_what_is_hidden_is_not_taken() -> None:
    line = drawn(Kind.HORIZONTAL, (100, 100))
    assert taken(line, 500, 100) == BODY
    assert taken(replace(line, hidden=True), 500, 100) is None


def test_the_topmost_is_taken_and_an_area_last() -> None:
    below = replace(drawn(Kind.HORIZONTAL, (0, 150)), id=1)
    other = replace(drawn(Kind.HORIZONTAL, (0, 151)), id=2)
    over = replace(drawn(Kind.RECTANGLE, (100, 100), (300, 200)), id=3)
    shapes = [(it, shape_of(it, PLANE)) for it in (below, other, over)]
    assert topmost(shapes, 500, 150, NEAR) == (other, BODY)
    assert topmost(shapes, 200, 150, NEAR) == (other, BODY)
    assert topmost(shapes, 200, 180, NEAR) == (over, INSIDE)
    assert topmost(shapes, 200, 300, NEAR) is None


@given(st.data(), st.sampled_from(SCALES), pixels, pixels)
def test_there_and_back_is_where_it_was(
    data: st.DataObject, scale: str, start: Point, end: Point
) -> None:
    on = plane(scale)
    drawing = data.draw(drawings(on))
    count = len(handles_of(drawing))
    part = data.draw(st.sampled_from((BODY, INSIDE, *map(Part, range(count)))))
    there = moved(drawing, part, start, end, on)
    back = moved(there, part, end, start, on)
    for one, other in zip(drawing.anchors, back.anchors, strict=True):
        assert on.point(other) == pytest.approx(on.point(one), abs=1e-3)
        assert other.price == pytest.approx(one.price, rel=1e-6, abs=1e-6)
    assert replace(back, anchors=()) == replace(drawing, anchors=())


@given(st.data(), st.sampled_from(SCALES), pixels, pixels)
def test_the_whole_keeps_its_shape(
    data: st.DataObject, scale: str, start: Point, end: Point
) -> None:
    on = plane(scale)
    drawing = data.draw(drawings(on))
    there = moved(drawing, BODY, start, end, on)
    for one, other in zip(drawing.anchors, there.anchors, strict=True):
        before, after = on.point(one), on.point(other)
        assert after.x - before.x == pytest.approx(end.x - start.x, abs=1e-3)
        assert after.y - before.y == pytest.approx(end.y - start.y, abs=1e-3)


def test_prices_keep_their_distance_and_on_a_log_scale_their_ratio() -> None:
    line = drawn(Kind.TREND, (100, 300), (300, 200))
    for scale, kept in (("linear", float.__sub__), ("log", float.__truediv__)):
        there = moved(line, BODY, Point(0, 0), Point(40, -70), plane(scale))
        (_, low), (_, high) = line.anchors
        (_, new_low), (_, new_high) = there.anchors
        assert kept(new_high, new_low) == pytest.approx(kept(high, low))
        assert new_low > low


def test_times_keep_their_distance_in_bars_over_a_night() -> None:
    axis = PLANE.axis
    line = new_drawing(Kind.TREND, [Anchor(axis.time_at(bar), 100.0) for bar in (510, 530)])
    there = moved(line, BODY, Point(0, 0), Point(20 * 8.0, 0), PLANE)  # 540 is the next morning
    assert [axis.index_at(it.time_s) for it in there.anchors] == pytest.approx([530, 550])
    assert [it.price for it in there.anchors] == [100.0, 100.0]


@given(drawings(), st.floats(-500, 500))
def test_what_moves_in_one_direction_stays_exactly_in_the_other(
    drawing: Drawing, way: float
) -> None:
    on = plane("log")
    across = moved(drawing, BODY, Point(5, 9), Point(5 + way, 9), on)
    upwards = moved(drawing, BODY, Point(5, 9), Point(5, 9 + way), on)
    assert [it.price for it in across.anchors] == [it.price for it in drawing.anchors]
    assert [it.time_s for it in upwards.anchors] == [it.time_s for it in drawing.anchors]
    assert moved(drawing, BODY, Point(5, way), Point(5, way), PLANE) is drawing


def test_a_handle_moves_alone_and_keeps_to_the_pointer() -> None:
    line = drawn(Kind.TREND, (100, 300), (300, 200))
    there = moved(line, Part(1), Point(303, 198), Point(353, 148), PLANE)
    assert there.anchors[0] == line.anchors[0]
    assert PLANE.point(there.anchors[1]) == pytest.approx((350, 150))


@pytest.mark.parametrize(
    ("handle", "at", "expected"),
    [
        (0, (100, 100), {(110, 120), (300, 200)}),
        (1, (300, 200), {(100, 100), (310, 220)}),
        (2, (100, 200), {(110, 100), (300, 220)}),
        (3, (300, 100), {(100, 120), (310, 200)}),
    ],
)
def test_each_corner_of_a_rectangle_moves(
    handle: int, at: tuple[float, float], expected: set[tuple[int, int]]
) -> None:
    rectangle = drawn(Kind.RECTANGLE, (100, 100), (300, 200))
    start = Point(*at)
    there = moved(rectangle, Part(handle), start, start.shifted(10, 20), PLANE)
    found = {(round(x), round(y)) for x, y in map(PLANE.point, there.anchors)}
    assert found == expected


def test_what_would_leave_the_scale_does_not_move() -> None:
    line = drawn(Kind.TREND, (100, 300), (300, 200))
    nowhere = PLANE._replace(price_at=lambda _: float("nan"))
    assert moved(line, BODY, Point(0, 0), Point(9, 9), nowhere) is line
    below = new_drawing(Kind.HORIZONTAL, [Anchor(TIMES[510], -5.0)])
    assert moved(below, BODY, Point(0, 0), Point(9, 9), plane("log")) is below


def test_a_handle_that_is_not_there_moves_nothing() -> None:
    line = drawn(Kind.TREND, (100, 300), (300, 200))
    with pytest.raises(IndexError):
        moved(line, Part(2), Point(0, 0), Point(9, 9), PLANE)


def test_a_magnet_catches_a_handle_and_not_the_whole() -> None:
    line = drawn(Kind.TREND, (100, 300), (300, 200))
    caught = Anchor(TIMES[510], 99.0)
    asked: list[Anchor] = []

    def magnet(anchor: Anchor) -> Anchor:
        asked.append(anchor)
        return caught

    there = moved(line, Part(0), Point(0, 0), Point(8, 0), PLANE, magnet=magnet)
    assert there.anchors == (caught, line.anchors[1])
    assert PLANE.point(asked[0]) == pytest.approx((108, 300))
    assert moved(line, BODY, Point(0, 0), Point(8, 0), PLANE, magnet=magnet).anchors[0] != caught


BARS = {510: (100.0, 110.0, 90.0, 95.0)}


@pytest.mark.parametrize(
    ("price", "expected"), [(109.0, 110.0), (300.0, 110.0), (96.0, 95.0), (98.0, 100.0), (0, 90.0)]
)
@pytest.mark.parametrize("scale", ["linear", "inverted", "percent"])
def test_the_nearest_price_of_the_bar_catches(price: float, expected: float, scale: str) -> None:
    near = Anchor(PLANE.axis.time_at(510.4), price)
    found = snapped(near, plane(scale), BARS.get, 1e9)
    assert found == (PLANE.axis.time_at(510), expected)
    assert PLANE.axis.index_at(found.time_s) == pytest.approx(510)


def test_what_is_out_of_reach_or_without_a_bar_does_not_catch() -> None:
    near = Anchor(PLANE.axis.time_at(510.4), 104.0)  # 4 is 16 pixels
    assert snapped(near, PLANE, BARS.get, 15.0) is near
    assert snapped(near, PLANE, BARS.get, 17.0).price == 100.0
    beside = Anchor(PLANE.axis.time_at(510.6), 100.0)
    assert snapped(beside, PLANE, BARS.get, 1e9) is beside


@given(drawings())
def test_a_drawing_of_minutes_moves_on_days_too(drawing: Drawing) -> None:
    days = sorted({time_s - time_s % 86_400 for time_s in TIMES})
    on = plane(axis=TimeAxis(days, Interval.D1))
    on = on._replace(x_of=lambda index: 40.0 * index, bar_at=lambda x: x / 40.0)
    anchors = [PLANE.axis.index_at(anchor.time_s) for anchor in drawing.anchors]
    assume(all(0 <= index < len(TIMES) for index in anchors))
    there = moved(drawing, BODY, Point(0, 0), Point(40.0, 0), on)
    for one, other in zip(drawing.anchors, there.anchors, strict=True):
        assert on.axis.index_at(other.time_s) == pytest.approx(
            on.axis.index_at(one.time_s) + 1.0, abs=1e-6
        )
