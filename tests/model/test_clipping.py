"""Nothing outside of the box, and all that is within."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.clipping import (
    Box,
    Point,
    Segment,
    clip_polygon,
    clip_segment,
    distance,
    finite,
    inside,
)

BOX = Box(10.0, 20.0, 110.0, 70.0)

near = st.builds(Point, st.floats(-200, 300), st.floats(-200, 300))
anywhere = st.builds(Point, st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
within = st.builds(Point, st.floats(10, 110), st.floats(20, 70))


@given(anywhere, anywhere, st.booleans())
def test_no_part_of_a_line_is_outside(start: Point, end: Point, beyond: bool) -> None:
    segment = clip_segment(start, end, BOX, beyond=beyond)
    assert segment is None or (BOX.holds(segment.start) and BOX.holds(segment.end))


@given(within, within)
def test_a_line_within_stays_exactly_as_it_is(start: Point, end: Point) -> None:
    assert clip_segment(start, end, BOX) == (start, end)


@given(near, near, st.floats(0.0, 1.0))
def test_every_point_of_a_line_that_is_in_the_box_is_kept(
    start: Point, end: Point, share: float
) -> None:
    point = start.shifted(share * (end.x - start.x), share * (end.y - start.y))
    segment = clip_segment(start, end, BOX)
    if segment is not None:
        assert distance(segment.start, Segment(start, end)) < 1e-6
        assert distance(segment.end, Segment(start, end)) < 1e-6
    if BOX.left < point.x < BOX.right and BOX.top < point.y < BOX.bottom:
        assert segment is not None
        assert distance(point, segment) < 1e-6


def test_a_ray_goes_on_to_the_edge() -> None:
    assert clip_segment(Point(20, 30), Point(30, 30), BOX, beyond=True) == ((20, 30), (110, 30))
    assert clip_segment(Point(-50, -10), Point(-40, 0), BOX, beyond=True) == ((10, 50), (30, 70))
    assert clip_segment(Point(120, 30), Point(130, 30), BOX, beyond=True) is None


def test_a_ray_without_a_direction_is_a_point() -> None:
    assert clip_segment(Point(20, 30), Point(20, 30), BOX, beyond=True) == ((20, 30), (20, 30))
    assert clip_segment(Point(0, 30), Point(0, 30), BOX, beyond=True) is None


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_what_is_no_place_is_not_drawn(bad: float) -> None:
    assert clip_segment(Point(20, bad), Point(30, 30), BOX) is None
    assert clip_polygon([Point(20, 30), Point(bad, 30), Point(30, 40)], BOX) == ()
    assert not finite(Point(bad, 0.0))
    assert not BOX.holds(Point(math.nan, 30))


@given(st.lists(anywhere, min_size=3, max_size=5))
def test_no_corner_of_a_polygon_is_outside(corners: list[Point]) -> None:
    assert all(BOX.holds(corner) for corner in clip_polygon(corners, BOX))


@given(near, near, within)
def test_a_clipped_rectangle_holds_what_the_rectangle_holds(
    one: Point, other: Point, point: Point
) -> None:
    corners = (one, Point(other.x, one.y), other, Point(one.x, other.y))
    left, right = sorted((one.x, other.x))
    top, bottom = sorted((one.y, other.y))
    edges = (point.x - left, point.x - right, point.y - top, point.y - bottom)
    margins = (point.x - 10, point.x - 110, point.y - 20, point.y - 70)
    if min(map(abs, (*edges, *margins))) < 1e-3:
        return  # on an edge both answers are right
    assert inside(point, clip_polygon(corners, BOX)) is (
        left < point.x < right and top < point.y < bottom
    )


def test_a_box_that_is_covered_is_filled_whole() -> None:
    corners = [Point(-500, -500), Point(500, -500), Point(500, 500), Point(-500, 500)]
    assert set(clip_polygon(corners, BOX)) == {(10, 20), (110, 20), (110, 70), (10, 70)}
    assert clip_polygon([Point(0, 0), Point(5, 0), Point(5, 5)], BOX) == ()


@pytest.mark.parametrize(
    ("point", "far"),
    [
        ((0.0, 0.0), 5.0),
        ((3.0, 4.0), 0.0),
        ((3.0, -2.0), 6.0),
        ((6.0, 8.0), 5.0),
        ((-1.0, 4.0), 4.0),
    ],
)
def test_distance_is_to_the_nearest_point_of_the_segment(
    point: tuple[float, float], far: float
) -> None:
    segment = Segment(Point(3.0, 4.0), Point(3.0, 4.0)) if far != 4.0 else None
    segment = segment or Segment(Point(3.0, 0.0), Point(3.0, 9.0))
    assert distance(Point(*point), segment) == pytest.approx(far)


def test_boxes_meet_at_an_edge() -> None:
    assert BOX.meets(Box(110, 70, 120, 80))
    assert not BOX.meets(Box(111, 70, 120, 80))
    assert BOX.nearest(Point(0, 100)) == (10, 70)
