"""What drawings look like, on every scale."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from planes import AREA, HIGH, LOW, SCALES, plane

from alltick_desk.model.clipping import Box, Point
from alltick_desk.model.drawing_shapes import Plane, Shape, handles_of, rough_size, shape_of
from alltick_desk.model.drawings import KINDS, Anchor, Drawing, Kind, Level, new_drawing

PLANE = plane()


def drawn(kind: Kind, *pixels: tuple[float, float], on: Plane = PLANE, **style: object) -> Drawing:
    return new_drawing(kind, [on.anchor(Point(*pixel)) for pixel in pixels], **style)


def rounded(shape: Shape) -> list[tuple[float, ...]]:
    return [
        tuple(round(value, 3) for point in line.segment for value in point) for line in shape.lines
    ]


def corners(shape: Shape) -> set[tuple[float, float]]:
    (area,) = shape.areas
    return {(round(x, 3), round(y, 3)) for x, y in area.corners}


def shape(kind: Kind, *pixels: tuple[float, float], **style: object) -> Shape:
    return shape_of(drawn(kind, *pixels, **style), PLANE)


prices = st.floats(-500, 500)
times = st.floats(1.76e9, 1.775e9)


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    kind = draw(st.sampled_from(Kind))
    count = KINDS[kind].anchors
    points = draw(st.lists(st.builds(Anchor, times, prices), min_size=count, max_size=count))
    return new_drawing(kind, points, text="two\nlines", extends=draw(st.booleans()))


@pytest.mark.parametrize("scale", SCALES)
def test_a_pixel_is_found_again(scale: str) -> None:
    on = plane(scale)
    for pixel in (Point(3.0, 5.0), Point(799.0, 399.0), Point(-4000.0, 250.0), Point(9000.0, 9.0)):
        assert on.point(on.anchor(pixel)) == pytest.approx(pixel, abs=1e-3)


@given(drawings(), st.sampled_from(SCALES), st.sampled_from((AREA, Box(300, 100, 340, 390))))
def test_nothing_is_painted_out_of_view(drawing: Drawing, scale: str, area: Box) -> None:
    found = shape_of(drawing, plane(scale, area=area))
    assert all(area.holds(point) for line in found.lines for point in line.segment)
    assert all(area.holds(point) for part in found.areas for point in part.corners)
    assert all(point is None or area.holds(point) for point in found.handles)
    assert all(area.meets(label.box) for label in found.labels)
    assert len(found.handles) == len(handles_of(drawing))


@given(drawings())
def test_what_is_hidden_is_not_painted(drawing: Drawing) -> None:
    assert shape_of(replace(drawing, hidden=True), PLANE) == Shape()


def test_what_a_later_version_drew_is_not_painted() -> None:
    assert shape_of(Drawing(1, "gann", (), rest={"x": 1}), PLANE) == Shape()


def test_a_trend_line_ends_at_its_points() -> None:
    found = shape(Kind.TREND, (100, 50), (300, 90))
    assert rounded(found) == [(100, 50, 300, 90)]
    assert found.handles == (pytest.approx((100, 50)), pytest.approx((300, 90)))
    assert found.lines[0].colour == "accent"
    assert not found.labels
    assert not found.areas


def test_a_trend_line_that_leaves_the_view_is_cut() -> None:
    found = shape(Kind.TREND, (-100, 100), (100, 200))
    assert rounded(found) == [(0, 150, 100, 200)]
    assert found.handles == (None, pytest.approx((100, 200)))


def test_a_ray_goes_on_past_its_second_point() -> None:
    assert rounded(shape(Kind.RAY, (400, 200), (300, 150))) == [(400, 200, 0, 0)]
    assert rounded(shape(Kind.RAY, (-300, 200), (-200, 200))) == [(0, 200, 800, 200)]
    assert rounded(shape(Kind.RAY, (900, 200), (1000, 200))) == []


def test_horizontal_and_vertical_lines_cross_the_view() -> None:
    assert rounded(shape(Kind.HORIZONTAL, (-5000, 120))) == [(0, 120, 800, 120)]
    assert rounded(shape(Kind.VERTICAL, (350, -900))) == [(350, 0, 350, 400)]
    assert shape(Kind.HORIZONTAL, (350, 401)) == Shape(handles=(None,))
    assert shape(Kind.VERTICAL, (801, 50)) == Shape(handles=(None,))


@pytest.mark.parametrize("pixels", [[(100, 200), (300, 100), (200, 250)]])
@pytest.mark.parametrize("turned", [False, True])
def test_a_channel_runs_through_its_third_point(
    pixels: list[tuple[float, float]], turned: bool
) -> None:
    one, other, through = pixels
    found = shape(Kind.CHANNEL, *((other, one) if turned else (one, other)), through)
    assert rounded(found) == [(100, 200, 300, 100), (100, 300, 300, 200)]
    assert corners(found) == {(100, 200), (300, 100), (300, 200), (100, 300)}


def test_a_channel_that_extends_reaches_the_edge() -> None:
    found = shape(Kind.CHANNEL, (100, 200), (300, 150), (200, 275), extends=True)
    assert rounded(found) == [(100, 200, 800, 25), (100, 300, 800, 125)]
    assert corners(found) == {(100, 200), (800, 25), (800, 125), (100, 300)}


def test_a_steep_channel_that_extends_is_filled_to_the_edge() -> None:
    found = shape(Kind.CHANNEL, (100, -2000), (102, -1990), (500, 50), extends=True)
    assert rounded(found)[1][3] == 400
    assert (0, 400) not in corners(found)
    assert max(y for _, y in corners(found)) == 400


def test_a_wide_channel_that_extends_is_filled_as_far_as_its_lines_go() -> None:
    found = shape(Kind.CHANNEL, (10, 10), (12, -30), (10, 5010), extends=True)
    assert len(found.lines) == 2
    for line in found.lines:
        for x, y in line.segment:
            assert (round(x, 3), round(y, 3)) in corners(found)


def test_an_upright_channel_stands_beside_itself() -> None:
    found = shape(Kind.CHANNEL, (100, 300), (100, 200), (180, 500))
    assert rounded(found) == [(100, 300, 100, 200), (180, 300, 180, 200)]


def test_a_rectangle_has_four_sides_and_corners() -> None:
    found = shape(Kind.RECTANGLE, (100, 300), (300, 200))
    assert corners(found) == {(100, 300), (100, 200), (300, 200), (300, 300)}
    assert len(found.lines) == 4
    assert [tuple(map(round, handle or ())) for handle in found.handles] == [
        (100, 300),
        (300, 200),
        (100, 200),
        (300, 300),
    ]


def test_a_rectangle_around_the_view_fills_it() -> None:
    found = shape(Kind.RECTANGLE, (-100, 500), (900, -300))
    assert corners(found) == {(0, 0), (800, 0), (800, 400), (0, 400)}
    assert not found.lines
    assert found.handles == (None,) * 4
    assert not shape(Kind.RECTANGLE, (-100, 500), (900, -300), fill="").areas


def test_an_arrow_has_its_head_at_the_second_point() -> None:
    shaft, one, other = rounded(shape(Kind.ARROW, (100, 200), (300, 200)))
    assert shaft == (100, 200, 300, 200)
    for wing in (one, other):
        assert wing[:2] == (300, 200)
        assert 280 < wing[2] < 300
    assert one[3] + other[3] == pytest.approx(400)
    assert len(shape(Kind.ARROW, (100, 200), (100, 200)).lines) == 1


def test_a_short_arrow_has_a_short_head() -> None:
    _, wing, _ = rounded(shape(Kind.ARROW, (100, 200), (105, 200)))
    assert wing[2] > 100


def test_a_retracement_counts_back_from_its_second_point() -> None:
    points = (PLANE.anchor(Point(100, 400)), PLANE.anchor(Point(300, 0)))
    levels = (Level(1.0), Level(0.0, "up"), Level(0.25), Level(-0.5))
    found = shape_of(new_drawing(Kind.FIBONACCI, points, levels=levels), PLANE)
    assert rounded(found) == [
        (100, 0, 300, 0),
        (100, 100, 300, 100),
        (100, 400, 300, 400),
        (100, 400, 300, 0),
    ]
    assert [line.colour for line in found.lines] == ["up", "accent", "accent", "accent"]
    told = [(label.text, label.price, label.colour) for label in found.labels]
    assert told == [
        ("0", pytest.approx(150), "up"),
        ("0.25", pytest.approx(125), "accent"),
        ("1", pytest.approx(50), "accent"),
    ]
    assert [len(area.corners) for area in found.areas] == [4, 4]


def test_a_retracement_that_extends_goes_on_to_the_right() -> None:
    found = shape(Kind.FIBONACCI, (300, 400), (100, 0), extends=True, levels=(Level(0.5),))
    assert rounded(found)[0] == (100, 200, 800, 200)
    further = shape(Kind.FIBONACCI, (300, 400), (900, 0), extends=True, levels=(Level(0.5),))
    assert rounded(further)[0] == (300, 200, 800, 200)


def test_levels_lie_at_equal_prices_on_any_scale() -> None:
    points = (Anchor(PLANE.anchor(Point(100, 0)).time_s, LOW), PLANE.anchor(Point(300, 0)))
    for scale in SCALES:
        on = plane(scale)
        found = shape_of(new_drawing(Kind.FIBONACCI, points, levels=(Level(0.5),)), on)
        assert found.labels[0].price == pytest.approx((LOW + HIGH) / 2)
        assert found.lines[0].segment.start.y == pytest.approx(on.y_of((LOW + HIGH) / 2))


def test_labels_of_levels_stay_in_view() -> None:
    found = shape(Kind.FIBONACCI, (-300, 390), (300, 100), levels=(Level(0.5), Level(0.3)))
    assert [round(label.at.x) for label in found.labels] == [4, 4]


def test_levels_that_are_out_of_view_have_no_labels() -> None:
    for left, right in ((-500, -100), (900, 1200)):
        assert shape(Kind.FIBONACCI, (left, 390), (right, 100)) == Shape(handles=(None, None))
    extended = shape(Kind.FIBONACCI, (-500, 390), (-100, 100), extends=True, levels=(Level(0.5),))
    assert [label.text for label in extended.labels] == ["0.5"]


def test_labels_of_levels_that_lie_close_do_not_cover_each_other() -> None:
    levels = tuple(map(Level, (0.0, 0.05, 0.1, 0.5, 0.99, 1.0)))
    found = shape(Kind.FIBONACCI, (100, 300), (300, 100), levels=levels)
    assert len(found.lines) == len(levels) + 1
    assert [label.text for label in found.labels] == ["0", "0.1", "0.5", "0.99"]


def test_what_is_written_at_the_top_is_read() -> None:
    (label,) = shape(Kind.HORIZONTAL, (100, 1), text="Words").labels
    assert label.box == pytest.approx((4, 0, 39, 16))
    assert not shape(Kind.HORIZONTAL, (100, -1), text="Words").labels


def test_a_price_that_has_no_place_is_left_out() -> None:
    time_s = PLANE.anchor(Point(100, 0)).time_s
    points = (Anchor(time_s, 100.0), Anchor(time_s + 600, -10.0))
    log = plane("log")
    assert not shape_of(new_drawing(Kind.TREND, points), log).lines
    assert not shape_of(new_drawing(Kind.HORIZONTAL, points[1:]), log).lines
    found = shape_of(new_drawing(Kind.FIBONACCI, points, levels=(Level(0.0), Level(1.0))), log)
    assert [label.text for label in found.labels] == ["1"]
    assert not found.areas


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_written_at(kind: Kind) -> None:
    pixels = [(100.0, 200.0), (300.0, 100.0), (200.0, 250.0)][: KINDS[kind].anchors]
    found = shape(kind, *pixels, text="Words\nof two lines")
    (label,) = (label for label in found.labels if label.text == "Words\nof two lines")
    assert label.price is None
    assert label.box == (label.at.x, label.at.y - 32, label.at.x + 7 * 12, label.at.y)


def test_a_text_is_there_until_the_last_of_it_is_out_of_view() -> None:
    assert shape(Kind.TEXT, (-20, 100), text="Words").labels
    assert not shape(Kind.TEXT, (-40, 100), text="Words").labels
    assert shape(Kind.TEXT, (100, 410), text="Words").labels
    assert not shape(Kind.TEXT, (100, 420), text="Words").labels


def test_the_fonts_own_size_is_used() -> None:
    on = PLANE._replace(size_of=lambda text: (3.0 * len(text), 5.0))
    (label,) = shape_of(drawn(Kind.TEXT, (100, 100), text="Words"), on).labels
    assert label.box == pytest.approx((100, 95, 115, 100))
    assert rough_size("ab\nabc") == (21.0, 32.0)


def test_a_drawing_far_beyond_the_bars_is_no_trouble() -> None:
    points = (Anchor(-6e10, 100.0), Anchor(6e10, 100.0))
    assert rounded(shape_of(new_drawing(Kind.TREND, points), PLANE)) == [(0, 200, 800, 200)]
    assert math.isfinite(PLANE.point(points[0]).x)
