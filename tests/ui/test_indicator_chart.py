"""Indicators on the chart, through its real widget: drawn, told in legends, kept up to date."""

import math

import pytest
from chartscene import minute, minutes
from indicatordesk import Desk, MakeChart
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from alltick_desk.model.interval import Interval
from alltick_desk.services.indicators import library
from alltick_desk.services.indicators.catalogue import INDICATORS
from alltick_desk.services.indicators.study import Study
from alltick_desk.services.indicators.templates import Entry
from alltick_desk.ui.chart.indicators import values
from alltick_desk.ui.chart.indicators.palette import colour_of
from alltick_desk.ui.theme import make_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

DARK = make_theme(dark=True)


@pytest.fixture
def desk(make_chart: MakeChart) -> Desk:
    return Desk(make_chart(200))


def count(image: QImage, colour: QColor, area: tuple[float, float, float, float]) -> int:
    """How many pixels of a rectangle (left, top, right, bottom) have nearly a colour."""
    left, top, right, bottom = map(round, area)
    near = 0
    for x in range(left, right):
        for y in range(top, bottom):
            pixel = image.pixelColor(x, y)
            difference = (
                abs(pixel.red() - colour.red())
                + abs(pixel.green() - colour.green())
                + abs(pixel.blue() - colour.blue())
            )
            near += difference < 40
    return near


def picture(desk: Desk) -> QImage:
    QApplication.processEvents()
    return desk.view.grab().toImage()


def inside(desk: Desk, name: str) -> tuple[float, float, float, float]:
    """A pane without its legend."""
    area = desk.pane(name).area
    return area.left(), area.top() + 40.0, area.right(), area.bottom()


def last_of(desk: Desk, name: str, **parameters: int) -> dict[str, float]:
    """What an indicator, computed apart from the chart, says of the newest bar."""
    study = Study(desk.view.series, INDICATORS[name], parameters)
    study.sync()
    return study.at(len(desk.view.series) - 1)


def test_a_line_over_the_price_is_drawn_in_its_colour_and_told_in_the_legend(desk: Desk) -> None:
    ink = colour_of(0, DARK)
    assert count(picture(desk), ink, inside(desk, "price")) == 0
    desk.chart.add("ma")
    assert count(picture(desk), ink, inside(desk, "price")) > 300
    assert desk.panes() == ["price", "volume"]
    assert desk.legend("price") == f"MA 20 {last_of(desk, 'ma')['ma']:.3f}"


def test_the_legend_tells_of_the_bar_under_the_crosshair(desk: Desk) -> None:
    desk.chart.add("macd")
    for _ in range(3):
        QTest.keyClick(desk.view, Qt.Key.Key_Left)
    index = desk.view.crosshair.index
    study = Study(desk.view.series, INDICATORS["macd"])
    study.sync()
    told = study.at(index)
    assert index < len(desk.view.series) - 1
    assert desk.legend("macd") == (
        f"MACD 12 26 9  DIF {told['dif']:.3f}  DEA {told['dea']:.3f}  MACD {told['macd']:.3f}"
    )
    assert f"DIF {told['dif']:.3f}" in desk.scene.read_out()


def test_what_was_painted_before_leaves_no_trace(desk: Desk) -> None:
    before = picture(desk)
    desk.chart.add("ma")
    desk.chart.add("macd")
    assert picture(desk) != before
    colours = [colour for colour in desk.view.theme if isinstance(colour, QColor)]
    assert {colour.alpha() for colour in colours} == {255}
    desk.chart.remove(1)
    desk.chart.remove(0)
    assert picture(desk) == before


def test_panes_come_and_go_beneath_the_volume(desk: Desk) -> None:
    for name in ("macd", "rsi", "kdj"):
        desk.chart.add(name)
    assert desk.panes() == ["price", "volume", "macd", "rsi", "kdj"]
    assert desk.pane("price").area.height() > desk.pane("rsi").area.height() >= 48.0
    desk.chart.remove(1)
    assert desk.panes() == ["price", "volume", "macd", "kdj"]
    remove = desk.pane("macd").on_remove
    assert remove is not None
    remove()
    assert desk.panes() == ["price", "volume", "kdj"]
    assert [entry.id for entry in desk.chart.entries] == ["kdj"]


def test_a_declared_scale_is_kept_whatever_the_values(desk: Desk) -> None:
    desk.chart.add("rsi")
    desk.chart.add("cci")
    rsi, cci = desk.pane("rsi").scale, desk.pane("cci").scale
    assert -10.0 < rsi.low < 0.0
    assert 100.0 < rsi.high < 110.0
    texts = desk.pane("rsi").labels.texts
    assert {"0", "50", "100"} <= set(texts)
    assert cci.low < 0.0 < cci.high


def test_columns_have_the_colour_of_their_sign(desk: Desk) -> None:
    desk.chart.add("macd")
    desk.chart.replace(0, Entry("macd", colours={"dif": "#000001", "dea": "#000001"}))
    pane = desk.pane("macd")
    zero = pane.scale.pixel(0.0)
    left, top, right, bottom = inside(desk, "macd")
    image = picture(desk)
    for colour, above in ((DARK.up, True), (DARK.down, False)):
        seen = count(image, _washed(colour), (left, top, right, zero - 1.0))
        beneath = count(image, _washed(colour), (left, zero + 1.0, right, bottom))
        assert (seen > 30, beneath > 30) == (above, not above)


def _washed(colour: QColor) -> QColor:
    """The colour of a column, in the dark."""
    ground = DARK.base
    return QColor(
        *(
            round(0.7 * one + 0.3 * other)
            for one, other in zip(colour.getRgb()[:3], ground.getRgb()[:3], strict=True)
        )
    )


def test_a_displaced_cloud_reaches_into_the_days_to_come(desk: Desk) -> None:
    before = desk.view.window_.right
    desk.chart.add("ichimoku")
    newest = len(desk.view.series) - 1
    assert desk.view.window_.right >= newest + 25.0 > before
    span_b = colour_of(desk.chart.entries[0].colour("span_b"), DARK)
    ahead = desk.view.x_of(newest + 2.0)
    end = desk.view.x_of(newest + 25.5)
    left, top, _, bottom = inside(desk, "price")
    image = picture(desk)
    faint = QColor(
        *(
            round(0.6 * one + 0.4 * other)
            for one, other in zip(span_b.getRgb()[:3], DARK.base.getRgb()[:3], strict=True)
        )
    )
    assert count(image, faint, (ahead, top, end, bottom)) > 50
    assert count(image, faint, (end + 2.0, top, desk.pane("price").area.right(), bottom)) == 0
    lagging = colour_of(desk.chart.entries[0].colour("lagging"), DARK)
    assert count(image, lagging, (desk.view.x_of(newest - 24), top, end, bottom)) == 0
    assert count(image, lagging, (left, top, desk.view.x_of(newest - 26), bottom)) > 100
    assert "Lagging —" in desk.legend("price")


def test_the_scale_has_room_for_what_is_drawn(desk: Desk) -> None:
    before = desk.pane("price").scale
    desk.chart.add("boll")
    desk.chart.replace(0, Entry("boll", {"deviations": 10.0}))
    after = desk.pane("price").scale
    assert after.low < before.low
    assert after.high > before.high
    desk.chart.hide(0)
    assert desk.pane("price").scale == before


def test_the_scale_has_room_for_the_days_to_come(make_chart: MakeChart) -> None:
    dip = range(-50, -30)  # within the newest span B, but in nothing that is drawn by now
    candles = [minute(n, 400.0 if n in dip else 600.0) for n in range(-199, 1)]
    desk = Desk(make_chart(candles=candles))
    desk.chart.set_entries([Entry("ichimoku", {"displacement": 60})])
    newest = len(desk.view.series) - 1
    desk.view.show_places(newest - 5.0, newest + 70.0)
    study = Study(desk.view.series, INDICATORS["ichimoku"])
    study.sync()
    assert desk.pane("price").scale.low < study.line("span_b")[-1] < 510.0


def test_a_trade_moves_the_newest_value_and_nothing_else(desk: Desk) -> None:
    desk.chart.add("ma")
    desk.chart.add("obv")
    told = desk.legend("price")
    study = desk.chart._members[0].plot.values.study  # type: ignore[union-attr]
    before = study.line("ma").copy()
    desk.scene.trade(20, "640.000")
    desk.scene.panel.on_frame()
    assert desk.legend("price") != told
    assert desk.legend("price") == f"MA 20 {last_of(desk, 'ma')['ma']:.3f}"
    after = study.line("ma")
    assert (after[19:-4] == before[19:-4]).all()


def test_another_interval_is_computed_anew(desk: Desk) -> None:
    desk.chart.add("ma")
    desk.scene.answer = minutes(60)
    desk.scene.session.open(desk.scene.session.key, Interval.M5)  # type: ignore[arg-type]
    QApplication.processEvents()
    assert len(desk.view.series) == 60
    assert desk.legend("price") == f"MA 20 {last_of(desk, 'ma')['ma']:.3f}"


def test_a_moving_average_of_volumes_stands_among_their_sums_when_zoomed_out(
    make_chart: MakeChart,
) -> None:
    desk = Desk(make_chart(6000))
    desk.chart.add("vol_ma")
    ink = colour_of(0, DARK)
    for _ in range(30):
        desk.scene.wheel(-3, 450)
    assert desk.view.price.frame.group > 1
    area = desk.pane("volume").area
    image = picture(desk)
    # All volumes are alike, so the average is as high as the columns.
    top = desk.pane("volume").scale.pixel(100.0 * desk.view.price.frame.group)
    assert count(image, ink, (100.0, top - 3.0, 700.0, top + 3.0)) > 300
    assert count(image, ink, (100.0, top + 6.0, 700.0, area.bottom())) == 0


def test_what_needs_volumes_waits_for_them(make_chart: MakeChart) -> None:
    desk = Desk(make_chart(candles=minutes(80, volume="")))
    desk.chart.add("obv")
    assert desk.legend("obv") == "OBV —"
    assert "no volume" in desk.chart.hint(0)
    assert math.isfinite(desk.pane("obv").scale.low)


def test_vwap_is_drawn_only_within_days(make_chart: MakeChart) -> None:
    daily = Desk(make_chart(40, interval=Interval.D1))
    daily.chart.add("vwap")
    assert daily.legend("price") == "VWAP —"
    assert "shorter than a day" in daily.chart.hint(0)
    minutely = Desk(make_chart(40))
    minutely.chart.add("vwap")
    assert minutely.chart.hint(0) == ""
    assert "—" not in minutely.legend("price")


def test_without_talib_ours_are_drawn_and_the_others_tell_why(
    make_chart: MakeChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "talib", None)
    desk = Desk(make_chart(120))
    desk.chart.set_entries([Entry("ma"), Entry("kdj")])
    assert desk.legend("price") == "MA 20 —"
    assert "TA-Lib" in desk.chart.hint(0)
    assert desk.chart.hint(0) == library.obstacle()
    assert desk.chart.hint(1) == ""
    assert "—" not in desk.legend("kdj")


def test_a_later_versions_indicator_is_kept(desk: Desk) -> None:
    note = desk.chart.restore('{"name": "c", "entries": [{"id": "trix", "x": 1}, {"id": "rsi"}]}')
    assert note == ""
    assert desk.panes() == ["price", "volume", "rsi"]
    assert "another version" in desk.chart.hint(0)
    assert '"trix"' in desk.chart.saved()
    assert '"x":1' in desk.chart.saved()


def test_what_was_chosen_comes_back(desk: Desk, make_chart: MakeChart) -> None:
    desk.chart.add("ma")
    desk.chart.add("macd")
    desk.chart.replace(1, Entry("macd", {"fast": 5}, {"dif": "#ff00ff"}, visible=False))
    again = Desk(make_chart(200))
    assert again.controls.begin(desk.chart.saved()) == ""
    assert again.chart.entries == desk.chart.entries
    assert again.legend("macd") == "MACD 5 26 9 (hidden)"
    assert "begins without them" in again.controls.begin("{")
    assert again.chart.entries == desk.chart.entries


def test_a_second_of_a_kind_differs_from_the_first(desk: Desk) -> None:
    for _ in range(3):
        desk.chart.add("ma")
    labels = [desk.chart.label(place) for place in range(3)]
    assert labels == ["MA 20", "MA 30", "MA 60"]
    assert len({entry.colour("ma") for entry in desk.chart.entries}) == 3


# long series


def test_long_series_are_computed_one_a_turn_and_shown_shifted_until_then(
    make_chart: MakeChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(values, "LONG", 150)
    desk = Desk(make_chart(200))
    computed: list[values.Values] = []
    compute = values.Values.compute

    def noted(self: values.Values) -> int:
        if self.study.starts_over:
            computed.append(self)
        return compute(self)

    desk.chart.set_entries([Entry("ma"), Entry("ema")])
    monkeypatch.setattr(values.Values, "compute", noted)
    assert desk.legend("price") == "MA 20 —  EMA 20 —"
    desk.chart._next.timeout.emit()
    assert len(computed) == 1
    desk.chart._next.timeout.emit()
    assert [one.study.indicator.id for one in computed[:2]] == ["ma", "ema"]
    complete = desk.legend("price")
    assert complete == (
        f"MA 20 {last_of(desk, 'ma')['ma']:.3f}  EMA 20 {last_of(desk, 'ema')['ema']:.3f}"
    )

    computed.clear()
    series = desk.view.series
    series.prepend([minute(number, 555.0) for number in range(-230, -199)])
    desk.view.sync()
    assert computed == []
    # What was known before is told of the bars that it belongs to.
    assert desk.legend("price") == complete
    desk.chart._next.timeout.emit()
    desk.chart._next.timeout.emit()
    assert len(computed) == 2
    assert (
        desk.chart._members[0].plot.values.at(35)["ma"]
        == pytest.approx(  # type: ignore[union-attr]
            float(series.close[16:36].mean())
        )
    )


def test_what_is_hidden_while_it_waits_is_computed_when_it_is_shown(
    make_chart: MakeChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(values, "LONG", 150)
    desk = Desk(make_chart(200))
    desk.chart.add("ma")
    desk.chart.hide(0)
    desk.chart._next.timeout.emit()
    desk.chart.hide(0, hidden=False)
    desk.chart._next.timeout.emit()
    assert desk.legend("price") == f"MA 20 {last_of(desk, 'ma')['ma']:.3f}"


# the legend


def test_a_row_of_the_legend_hides_shows_and_removes(desk: Desk) -> None:
    desk.chart.add("ma")
    desk.chart.add("ema")
    desk.choose(desk.row("price", 1), "indicators.hide")
    assert [entry.visible for entry in desk.chart.entries] == [True, False]
    assert desk.legend("price").endswith("EMA 20 (hidden)")
    desk.choose(desk.row("price", 1), "indicators.hide")
    assert [entry.visible for entry in desk.chart.entries] == [True, True]
    desk.choose(desk.row("price", 0), "indicators.remove")
    assert [entry.id for entry in desk.chart.entries] == ["ema"]


def test_beside_the_legend_nothing_can_be_edited(desk: Desk) -> None:
    desk.chart.add("ma")
    names = {action.objectName() for action in desk.scene.menu(QPointF(400.0, 200.0)).actions()}
    assert "indicators.open" in names
    assert "indicators.edit" not in names


def test_the_legend_and_a_key_open_the_dialog(desk: Desk) -> None:
    desk.chart.add("ma")
    desk.chart.add("rsi")
    desk.double_click(desk.row("rsi", 0))
    assert desk.dialog.isVisible()
    assert desk.dialog._chosen.place == 1
    desk.dialog.close()
    QTest.keyClick(desk.view, Qt.Key.Key_I)
    assert desk.dialog.isVisible()
