"""The chart's looks through its real menu: styles, scales, the time axis, zones, the moment."""

from collections.abc import Callable

import pytest
from chartscene import T0, Scene, found_in, minute, minutes
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListWidget, QMenu

from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.ui.chart import ChartLook
from alltick_desk.ui.chart.price_layer import Style
from alltick_desk.ui.chart.scale import ScaleKind

Make = Callable[..., Scene]


@pytest.mark.parametrize("style", list(Style))
def test_every_style_is_chosen_drawn_and_told(make_chart: Make, style: Style) -> None:
    scene = make_chart()
    other = Style.BARS if style is Style.CANDLES else Style.CANDLES
    scene.panel.set_look(ChartLook(style=other))
    before, words = scene.image(), scene.read_out()
    scene.choose(f"style.{style.value}")
    assert scene.panel.look().style is style
    assert scene.looks[-1].style is style
    assert scene.image() != before
    assert scene.entry(f"style.{style.value}").isChecked()
    assert not scene.entry(f"style.{other.value}").isChecked()
    assert scene.read_out() == words, "the figures stay the bar's own"


def test_the_style_button_has_the_styles(make_chart: Make) -> None:
    scene = make_chart()
    button = scene.tool_button("chartStyle")
    menu = button.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    found_in(menu, "chart.style.line").trigger()
    assert scene.panel.look().style is Style.LINE
    assert button.toolTip() == "Style: Line"


def test_a_line_scales_to_closes_and_averaged_candles_to_themselves(make_chart: Make) -> None:
    candles = minutes(100)
    candles[60] = Candle(candles[60].time_s, "610.000", "900.000", "600.000", "610.000", "100")
    scene = make_chart(candles=candles)
    assert scene.view.price.scale.high > 900
    scene.choose("style.line")
    assert scene.view.price.scale.high < 650
    scene.choose("style.heikin-ashi")
    assert scene.view.price.scale.high > 900


@pytest.mark.parametrize("style", list(Style))
def test_a_tick_moves_the_live_bar_in_every_style(make_chart: Make, style: Style) -> None:
    candles = minutes(500)
    candles[-20] = minute(-19, 610.0, "500")  # so that the live bar sets no scale
    scene = make_chart(candles=candles)
    scene.panel.set_look(ChartLook(style=style))
    scene.trade(3, "611.000")
    scene.panel.on_frame()
    before = scene.view.grab().toImage()
    scene.trade(10, "605.000")
    scene.panel.on_frame()
    moved = scene.view.grab().toImage()
    assert moved != before
    scene.view.refit()
    assert scene.view.grab().toImage() == moved, "a tick leaves what a whole drawing leaves"


def test_a_logarithmic_scale_gives_equal_shares_equal_room(make_chart: Make) -> None:
    scene = make_chart()
    scene.choose("scale.log")
    scale = scene.view.price.scale
    assert scale.logarithmic
    middle = scale.value(scale.area.center().y())
    assert middle == pytest.approx((scale.low * scale.high) ** 0.5)
    assert scale.value(scale.pixel(612.0)) == pytest.approx(612.0)


def test_percents_are_of_the_first_bar_in_view(make_chart: Make) -> None:
    scene = make_chart()
    scene.choose("scale.percent")
    base = float(scene.view.series.close[scene.view.price.frame.first])
    assert all(text.endswith("%") for text in scene.view.price.labels.texts)
    assert scene.view.price.writing.text(1.02 * base) == "+2.00%"
    last = scene.session.series.row(-1).close
    assert scene.view.last_price_text == f"{(last / base - 1) * 100:+.2f}%"
    scene.wheel(2, 300, shift=True)
    moved = float(scene.view.series.close[scene.view.price.frame.first])
    assert scene.view.price.writing.text(moved) == "0.00%"


def test_an_inverted_scale_stands_on_its_head(make_chart: Make) -> None:
    scene = make_chart()
    scale = scene.view.price.scale
    assert scale.pixel(610.0) < scale.pixel(605.0)
    scene.choose("inverted")
    scale = scene.view.price.scale
    assert scale.pixel(610.0) > scale.pixel(605.0)
    assert scale.value(scale.pixel(610.0)) == pytest.approx(610.0)
    assert scene.entry("inverted").isChecked()


def axis_place(scene: Scene) -> tuple[int, int]:
    area = scene.view.price.axis
    return round(area.center().x()), round(area.center().y())


def test_a_drag_along_the_axis_stretches_and_a_double_click_gives_back(make_chart: Make) -> None:
    scene = make_chart()
    low, high, *_ = scene.view.price.scale
    x, y = axis_place(scene)
    scene.drag((x, y), (x, y + 90))
    stretched = scene.view.price.scale
    assert stretched.high - stretched.low == pytest.approx(2**0.5 * (high - low))
    scene.wheel(2, 300, shift=True)
    assert scene.view.price.scale.low == stretched.low, "what was set by hand stays"
    assert scene.entry("automatic").isEnabled()
    QTest.mouseDClick(scene.surface, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    assert not scene.view.price.manual
    assert scene.view.price.scale.low != stretched.low


def test_a_scale_set_by_hand_is_dragged_up_and_down(make_chart: Make) -> None:
    scene = make_chart()
    x, y = axis_place(scene)
    scene.drag((x, y), (x, y + 90))
    under = scene.view.price.scale.value(200.0)
    scene.drag((300, 200), (300, 240))
    assert scene.view.price.scale.value(240.0) == pytest.approx(under)
    scene.choose("automatic")
    assert not scene.view.price.manual


def crypto(count: int = 200) -> list[Candle]:
    return [minute(n, 600.0) for n in range(1 - count, 1) if not -60 < n < -40]


def test_time_without_bars_has_room_only_where_the_market_never_closes(make_chart: Make) -> None:
    scene = make_chart(candles=crypto(), market=Market.CRYPTO)
    count = len(scene.view.series)
    assert scene.view.axis.extent == count
    scene.choose("byClock")
    assert scene.view.axis.extent == 200.0
    hole = [
        i for i in range(1, count) if scene.view.series.time[i] - scene.view.series.time[i - 1] > 60
    ]
    left, right = scene.view.x_of(hole[0] - 1), scene.view.x_of(hole[0])
    assert right - left == pytest.approx(20 * scene.view.bar_px)
    scene.move((left + right) / 2 - 4, 150)
    assert scene.view.crosshair.index in {hole[0] - 1, hole[0]}, "it snaps to a bar"
    scene.choose("byClock")
    assert scene.view.axis.extent == count
    stock = make_chart(candles=crypto())
    stock.panel.set_look(ChartLook(by_clock=True))
    assert stock.view.axis.extent == count
    assert not stock.entry("byClock").isEnabled()


def test_the_picture_does_not_jump_when_the_axis_changes(make_chart: Make) -> None:
    scene = make_chart(candles=crypto(), market=Market.CRYPTO)
    scene.wheel(3, 300, shift=True)
    middle = scene.view.bar_at(scene.view.price.area.center().x())
    scene.choose("byClock")
    assert scene.view.bar_at(scene.view.price.area.center().x()) == pytest.approx(middle, abs=0.01)


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("exchange", "2026-11-20 09:52 HKT"),
        ("UTC", "2026-11-20 01:52 UTC"),
        ("America/New_York", "2026-11-19 20:52 EST"),
        ("Asia/Singapore", "2026-11-20 09:52 UTC+8"),
    ],
)
def test_a_zone_changes_every_time_and_is_named(make_chart: Make, zone: str, told: str) -> None:
    scene = make_chart()
    scene.panel.set_look(ChartLook(zone="Asia/Tokyo"))
    scene.choose(f"zone.{zone}")
    assert scene.read_out().startswith(told)
    assert scene.view.marks.zone == told.rpartition(" ")[2]
    scene.move(scene.view.x_of(499), 150)
    assert scene.view.crosshair.texts[0] == told.rpartition(" ")[0]


def test_days_are_the_same_dates_in_any_zone(make_chart: Make) -> None:
    days = [
        Candle(T0 // 86_400 * 86_400 - 86_400 * n, "1.0", "2.0", "1.0", "1.5") for n in range(90)
    ]
    scene = make_chart(candles=days[::-1], interval=Interval.D1)
    assert scene.read_out().startswith("2026-11-20  O")
    labels = scene.view.marks.texts
    scene.choose("zone.America/New_York")
    assert scene.read_out().startswith("2026-11-20  O")
    assert scene.view.marks.texts == labels
    assert scene.view.marks.zone == ""


def test_any_zone_is_found_by_its_name(make_chart: Make) -> None:
    scene = make_chart()
    scene.choose("zone.other")
    dialog = scene.panel.findChild(QDialog, "zoneDialog")
    search, names = dialog.findChild(QLineEdit), dialog.findChild(QListWidget)
    QTest.keyClicks(search, "kathm")
    QTest.keyClick(search, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert scene.panel.look().zone == "Asia/Kathmandu"
    assert scene.view.marks.zone == "UTC+5:45"
    assert scene.entry("zone.Asia/Kathmandu").isChecked()
    assert names is not None


def test_nothing_is_chosen_where_no_zone_is_found(make_chart: Make) -> None:
    scene = make_chart()
    scene.choose("zone.other")
    dialog = scene.panel.findChild(QDialog, "zoneDialog")
    QTest.keyClicks(dialog.findChild(QLineEdit), "nowhere at all")
    dialog.accept()
    assert dialog.isVisible()
    assert scene.looks == []
    dialog.reject()


@pytest.mark.qt_log_ignore("This plugin does not support")  # popups, on the offscreen platform
def test_a_click_on_the_zone_offers_the_zones(make_chart: Make) -> None:
    scene = make_chart()
    place = scene.view.marks.zone_area.center()
    scene.click(place.x(), place.y())
    menu = scene.panel.findChild(QMenu, "chartZones")
    assert menu is not None
    found_in(menu, "chart.zone.UTC").trigger()
    menu.close()
    assert scene.view.marks.zone == "UTC"


def test_the_countdown_runs_by_the_clock(make_chart: Make) -> None:
    scene = make_chart()
    tag = scene.view.quotes.last.tag
    assert tag.text.endswith("\n1:00")
    scene.clock.set_wall_ms((T0 + 13) * 1000)
    scene.panel._timing._second.timeout.emit()
    assert tag.text.endswith("\n0:47")
    scene.clock.set_wall_ms((T0 + 61) * 1000)
    scene.panel._timing._second.timeout.emit()
    assert "\n" not in tag.text, "the bar is over and the next has not begun"
    assert scene.panel._timing._second.isActive()
    scene.panel.hide()
    assert not scene.panel._timing._second.isActive()
    scene.panel.show()
    assert scene.panel._timing._second.isActive()
    scene.choose("countdown")
    assert not scene.panel._timing._second.isActive()


def test_bid_and_ask_have_lines_on_request(make_chart: Make) -> None:
    scene = make_chart()
    scene.sides = ("608.000", "609.500")
    scene.panel.on_frame()
    assert scene.view.quotes.bid.tag.text == ""
    scene.choose("bidAsk")
    assert scene.view.quotes.bid.tag.text == "608.000"
    assert scene.view.quotes.ask.tag.text == "609.500"
    scene.sides = ("608.500", "")
    scene.panel.on_frame()
    assert scene.view.quotes.bid.tag.text == "608.500"
    assert scene.view.quotes.ask.tag.text == ""
    tags = [scene.view.quotes.bid.tag.area, scene.view.quotes.last.tag.area]
    assert not tags[0].intersects(tags[1])


def test_a_look_survives_its_words() -> None:
    look = ChartLook(
        style=Style.HEIKIN_ASHI,
        scale=ScaleKind.LOGARITHMIC,
        inverted=True,
        by_clock=True,
        zone="Asia/Tokyo",
        countdown=False,
        bid_ask=True,
        heights={"price": 60.0, "volume": 12.5},
    )
    assert ChartLook.from_dict(look.to_dict()) == look
    assert ChartLook.from_dict(ChartLook().to_dict()) == ChartLook()


def test_words_that_make_no_sense_give_the_defaults() -> None:
    words = {
        "style": "cubist",
        "scale": "",
        "zone": "Moon/Base",
        "heights": "price=x =3 a=-1 b=1e9",
    }
    assert ChartLook.from_dict(words) == ChartLook()


def test_heights_of_panes_are_kept(make_chart: Make) -> None:
    scene = make_chart()
    scene.panel.set_look(ChartLook(heights={"price": 50.0, "volume": 50.0}))
    assert scene.view.volume.area.height() == pytest.approx(scene.view.price.area.height(), abs=1)
    assert scene.panel.look().heights == {"price": 50.0, "volume": 50.0}
