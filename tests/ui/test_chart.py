"""The chart through its real widget: mouse, keys, buttons, frames."""

from collections.abc import Callable

import pytest
from chartscene import STOCK, T0, TENCENT, Scene, minute, minutes
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.model.interval import Interval
from alltick_desk.ui.chart import ChartLook, ChartPanel
from alltick_desk.ui.theme import make_theme
from alltick_desk.ui.vendors import VendorTags


def test_it_shows_the_newest_bars_and_reads_out_the_last(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    left, right = scene.edges()
    assert left > 300
    assert right > 499
    last = scene.session.series.row(-1)
    change = last.close - float(scene.session.series.close[-2])
    assert scene.read_out() == (
        f"2026-11-20 09:52 HKT  O {last.open:.3f}  H {last.high:.3f}  L {last.low:.3f}"
        f"  C {last.close:.3f}  {change:+.3f}  {change / (last.close - change):+.2%}  V 100"
    )
    assert scene.view.last_price_text == f"{last.close:.3f}"
    assert scene.label("chartName") == "Tencent"
    assert scene.label("chartCode") == "700.HK"


def test_the_state_is_what_is_shown(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart(candles=[*minutes(20)[:-1], minute(0, 612.5, "1234567")])
    assert scene.panel.state() == {
        "instrument": "700.HK",
        "interval": "1m",
        "bars": 20,
        "last": {
            "time": "2026-11-20T09:52:00+08:00",
            "open": "612.500",
            "high": "614.000",
            "low": "612.000",
            "close": "613.500",
            "volume": "1.235M",
        },
    }
    assert "V 1.235M" in scene.read_out()


def test_whose_chart_it_is_is_told_where_that_is_a_question(
    make_chart: Callable[..., Scene],
) -> None:
    scene = make_chart()
    vendors = VendorTags({"alltick": "AllTick", "itick": "iTick"})
    scene.panel.bind(scene.session, lambda _key: "Tencent", label=vendors.label)
    assert scene.label("chartCode") == "700.HK"
    vendors.use(["alltick", "itick"])
    scene.panel.retitle()
    assert scene.label("chartCode") == "700.HK · AllTick"
    assert scene.panel.state()["instrument"] == "700.HK"
    scene.panel.bind(scene.session, lambda _key: "", label=vendors.label)
    assert scene.label("chartName") == "700.HK · AllTick"


def test_one_more_digit_is_written_everywhere_at_once(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    scene.trade(1, "612.5")
    scene.panel.on_frame()
    labels = scene.view.price.labels
    digits = len(labels.texts[0].partition(".")[2])
    scene.trade(2, f"612.{'5' * digits}5")
    scene.panel.on_frame()
    assert {len(text.partition(".")[2]) for text in labels.texts} == {digits + 1}
    assert len(scene.view.last_price_text.partition(".")[2]) == digits + 1


def test_nothing_known_is_a_dash(make_chart: Callable[..., Scene], qapp: QApplication) -> None:
    panel = ChartPanel(make_theme(dark=False), on_interval=lambda _interval: None)
    state = panel.state()
    assert state["bars"] == 0
    assert state["last"] == dict.fromkeys(("time", "open", "high", "low", "close", "volume"), "—")
    panel.on_frame()
    panel.deleteLater()


def test_the_wheel_zooms_at_the_pointer(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    span = scene.view.window_.span
    under = scene.view.bar_at(300.0)
    scene.wheel(2, 300)
    assert scene.view.window_.span == pytest.approx(span * 0.85**2)
    assert scene.view.bar_at(300.0) == pytest.approx(under)
    scene.wheel(-2, 300)
    assert scene.view.window_.span == pytest.approx(span)


def test_the_wheel_with_shift_pans(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    span, (left, _) = scene.view.window_.span, scene.edges()
    scene.wheel(1, 300, shift=True)
    assert scene.view.window_.span == pytest.approx(span)
    assert scene.edges()[0] < left


def test_a_drag_pans_and_prices_fit_what_is_in_view(make_chart: Callable[..., Scene]) -> None:
    candles = minutes(500)
    candles[100] = minute(-399, 900.0)
    scene = make_chart(candles=candles)
    before = scene.image()
    left, _ = scene.edges()
    bar_px = scene.view.bar_px
    QTest.mousePress(scene.surface, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    QTest.mouseMove(scene.surface, QPoint(500, 160))
    QTest.mouseRelease(scene.surface, Qt.MouseButton.LeftButton, pos=QPoint(500, 160))
    assert scene.edges()[0] == pytest.approx(left - 300 / bar_px)
    assert scene.image() != before
    assert scene.view.price.scale.high < 700
    QTest.mouseMove(scene.surface, QPoint(300, 150))
    assert scene.edges()[0] == pytest.approx(left - 300 / bar_px), "the button is up"
    scene.view.window_.reveal(100, 500)
    scene.view.refit()
    low, high, *_ = scene.view.price.scale
    assert low < 620
    assert high > 901.5


def test_a_double_click_goes_back_to_the_newest_bars(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    begin = scene.edges()
    scene.wheel(-9, 200)
    scene.wheel(5, 200, shift=True)
    assert scene.edges() != begin
    QTest.mouseDClick(scene.surface, Qt.MouseButton.LeftButton, pos=QPoint(300, 150))
    assert scene.edges() == begin


def test_the_crosshair_snaps_to_bars_and_is_read_out(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    index = 450
    x = round(scene.view.x_of(index))
    plain = scene.image()
    QTest.mouseMove(scene.surface, QPoint(x + 1, 150))
    assert scene.view.crosshair.index == index
    row = scene.session.series.row(index)
    assert scene.read_out().startswith(f"2026-11-20 09:03 HKT  O {row.open:.3f}")
    moment, price = scene.view.crosshair.texts
    assert moment == "2026-11-20 09:03"
    assert price == f"{scene.view.price.scale.value(150):.3f}"
    assert scene.image() != plain
    QTest.mouseMove(scene.surface, QPoint(x, 480))
    _, volume = scene.view.crosshair.texts
    assert 0 < float(volume) < 110
    QApplication.sendEvent(scene.view, QEvent(QEvent.Type.Leave))
    assert scene.view.crosshair.texts == ("", "")
    assert scene.read_out().startswith("2026-11-20 09:52")


def test_keys_step_from_bar_to_bar_and_bring_them_into_view(
    make_chart: Callable[..., Scene],
) -> None:
    scene = make_chart()
    QTest.keyClick(scene.view, Qt.Key.Key_Left)
    assert scene.read_out().startswith("2026-11-20 09:52")
    QTest.keyClick(scene.view, Qt.Key.Key_Left)
    assert scene.read_out().startswith("2026-11-20 09:51")
    QTest.keyClick(scene.view, Qt.Key.Key_Home)
    assert scene.view.crosshair.index == 0
    assert scene.view.window_.shows(0)
    QTest.keyClick(scene.view, Qt.Key.Key_Left)
    assert scene.view.crosshair.index == 0
    QTest.keyClick(scene.view, Qt.Key.Key_Right)
    assert scene.view.crosshair.index == 1
    QTest.keyClick(scene.view, Qt.Key.Key_End)
    assert scene.view.crosshair.index == 499
    assert scene.view.window_.shows(499)
    QTest.keyClick(scene.view, Qt.Key.Key_Escape)
    assert scene.view.crosshair.index is None


def test_keys_zoom_and_turn_pages(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    span = scene.view.window_.span
    QTest.keyClick(scene.view, Qt.Key.Key_Plus)
    assert scene.view.window_.span == pytest.approx(span * 0.8)
    QTest.keyClick(scene.view, Qt.Key.Key_Minus)
    assert scene.view.window_.span == pytest.approx(span)
    left, _ = scene.edges()
    QTest.keyClick(scene.view, Qt.Key.Key_PageUp)
    assert scene.edges()[0] == pytest.approx(left - 0.8 * span)


def test_buttons_tell_the_intent_and_only_what_the_market_has(
    make_chart: Callable[..., Scene],
) -> None:
    scene = make_chart()
    assert [i for i in Interval if scene.button(i).isEnabled()] == list(STOCK)
    assert scene.button(Interval.H2).toolTip() == "The vendor has no 2h bars for 700.HK."
    assert scene.button(Interval.M1).isChecked()
    assert scene.button(Interval.M5).accessibleName() == "Interval 5m"
    QTest.mouseClick(scene.button(Interval.M5), Qt.MouseButton.LeftButton)
    assert scene.chosen == [Interval.M5]
    assert scene.button(Interval.M1).isChecked(), "until the session has changed"
    scene.session.open(TENCENT, Interval.M5)
    scene.panel.on_frame()
    assert scene.button(Interval.M5).isChecked()
    assert scene.panel.state()["interval"] == "5m"


def test_a_tick_moves_the_live_bar_at_the_next_frame(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    before = scene.image()
    shown = scene.panel.heading.readout
    scene.trade(10, "611.125", "25")
    assert "C 611.125" not in shown.text
    scene.panel.on_frame()
    assert "C 611.125" in shown.text
    assert "V 125" in shown.text
    assert scene.view.last_price_text == "611.125"
    assert scene.image() != before


def test_a_frame_with_nothing_new_draws_nothing(
    make_chart: Callable[..., Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = make_chart()
    drawn: list[str] = []
    monkeypatch.setattr(scene.view, "refresh_live", lambda **_: drawn.append("live"))
    monkeypatch.setattr(scene.view, "sync", lambda: drawn.append("all"))
    scene.panel.on_frame()
    assert drawn == []
    scene.trade(10, "611")
    scene.trade(11, "612")
    scene.panel.on_frame()
    assert drawn == ["live"]


def test_a_live_bar_that_leaves_the_pane_is_fitted(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    scene.trade(10, "700.000")
    scene.panel.on_frame()
    assert scene.view.price.scale.high > 700
    assert scene.view.last_price_text == "700.000"


def test_a_new_bar_moves_the_view_only_when_the_last_one_is_in_view(
    make_chart: Callable[..., Scene],
) -> None:
    scene = make_chart()
    left, right = scene.edges()
    scene.trade(61, "610")
    scene.panel.on_frame()
    assert scene.edges() == (left + 1, right + 1)
    QTest.keyClick(scene.view, Qt.Key.Key_Home)
    QTest.keyClick(scene.view, Qt.Key.Key_Escape)
    scene.panel.set_look(ChartLook(countdown=False))
    past = scene.edges()
    picture = scene.view.grab().toImage()
    scene.trade(121, "610")
    scene.panel.on_frame()
    assert len(scene.session.series) == 502
    assert scene.edges() == past
    assert scene.view.grab().toImage() == picture


def test_older_bars_in_front_leave_the_picture_where_it_is(
    make_chart: Callable[..., Scene],
) -> None:
    scene = make_chart()
    QTest.keyClick(scene.view, Qt.Key.Key_PageUp)
    x = scene.view.x_of(300)
    scene.session.series.prepend([minute(number, 600.0) for number in range(-900, -500)])
    scene.session.changed.emit()
    scene.panel.on_frame()
    assert scene.view.x_of(700) == pytest.approx(x)


def test_a_change_shows_without_a_frame(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    scene.trade(61, "610")
    QApplication.processEvents()
    assert scene.read_out().startswith("2026-11-20 09:53")


def test_empty_and_failed_loads_say_so_in_the_middle(make_chart: Callable[..., Scene]) -> None:
    error = VendorError(
        "The plan does not cover it.", vendor="alltick", verdict=Verdict.NOT_IN_PLAN, call="kline"
    )
    scene = make_chart(error=error)
    assert scene.view._message.text == "The plan does not cover it."
    scene.error = None
    scene.answer = []
    scene.session.reload()
    scene.panel.on_frame()
    assert scene.view._message.text == "No bars"
    assert scene.read_out() == ""
    scene.wheel(1, 300)
    QTest.mouseMove(scene.surface, QPoint(300, 150))
    QTest.keyClick(scene.view, Qt.Key.Key_Left)
    QTest.mouseDClick(scene.surface, Qt.MouseButton.LeftButton, pos=QPoint(300, 150))
    scene.answer = minutes(3)
    scene.session.reload()
    scene.panel.on_frame()
    assert scene.view._message.text == ""
    assert scene.panel.state()["bars"] == 3


def test_a_failed_refresh_is_told_beside_the_bars(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    scene.error = VendorError(
        "It is silent.", vendor="alltick", verdict=Verdict.NETWORK, call="kline"
    )
    scene.session.reload()
    scene.panel.on_frame()
    assert scene.label("chartNote") == "It is silent. Trying again in 2 s."
    assert scene.view._message.text == ""
    assert scene.panel.state()["bars"] == 500


def test_volumes_have_a_pane_only_where_the_vendor_gives_them(
    make_chart: Callable[..., Scene],
) -> None:
    assert make_chart().view.volume.area.height() > 50
    scene = make_chart(candles=minutes(50, ""))
    assert scene.view.volume.area.height() == 0
    assert scene.read_out().endswith("V —")
    assert scene.panel.state()["last"]["volume"] == "—"


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 2)
        for y in range(50, image.height(), 2)
    }


def test_the_theme_can_change_at_any_time(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    dark, light = make_theme(dark=True), make_theme(dark=False)
    found = colours(scene.image())
    assert {dark.base.name(), dark.up.name()} <= found
    scene.panel.set_theme(light)
    found = colours(scene.image())
    assert {light.base.name(), light.up.name()} <= found
    assert not {dark.base.name(), dark.up.name()} & found


def test_the_bar_in_progress_is_hollow_until_it_is_over(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    scene.wheel(9, 760)
    scene.view.show_newest()
    scene.wheel(9, round(scene.view.x_of(499)))
    scene.view._stop_inspecting()
    middle = QPoint(
        round(scene.view.x_of(499)) + 3,
        round(scene.view.price.scale.pixel(scene.session.series.row(-1).open + 0.5)),
    )
    assert pixel(scene, middle) == scene.panel._theme.base
    scene.clock.set_wall_ms((T0 + 61) * 1000)
    scene.session.live_version += 1
    scene.panel.on_frame()
    assert pixel(scene, middle) == scene.panel._theme.up


def pixel(scene: Scene, place: QPoint) -> QColor:
    return scene.view.grab().toImage().pixelColor(place)


def test_everything_has_a_name(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    assert scene.panel.accessibleName() == "Chart"
    for child in (scene.view, *scene.panel.findChildren(QLabel)):
        assert child.accessibleName(), child.objectName()


def lay_out(scene: Scene) -> None:
    layout = scene.panel.layout()
    assert layout is not None
    layout.activate()


def test_a_long_note_leaves_the_figures_their_room(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    line = scene.panel.findChild(QWidget, "chartReadOut")
    assert line is not None
    lay_out(scene)
    plain = line.grab().toImage()
    scene.error = VendorError(
        "It is silent. " * 20, vendor="alltick", verdict=Verdict.UNKNOWN_CODE, call="kline"
    )
    scene.session.reload()
    scene.panel.on_frame()
    lay_out(scene)
    assert scene.label("chartNote").startswith("It is silent.")
    assert line.grab().toImage() == plain
