"""What a chart tells of its bars: the dialog about them, and what loading them costs."""

from collections.abc import Callable
from typing import Any

import pytest
from chartscene import T0, TENCENT, Scene, found_in, minute, minutes
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTableWidget

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.services.chart_notes import Note, NoteKind
from alltick_desk.services.gaps import ChartGap
from alltick_desk.store.candle_values import GapReason
from alltick_desk.ui.chart import about_bars
from alltick_desk.ui.chart.about_bars import AboutBars

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


def about(scene: Scene) -> AboutBars:
    """Open the dialog by the chart's menu, and wait until it has looked through the bars."""
    scene.choose("about")
    (dialog,) = scene.panel.findChildren(AboutBars)
    assert dialog.isVisible()
    for _ in range(1000):
        if "Looking" not in hint(dialog):
            break
        QApplication.processEvents()
    return dialog


def hint(dialog: AboutBars) -> str:
    label = dialog.findChild(QLabel, "aboutBarsGaps")
    assert label is not None
    return label.text()


def told(dialog: AboutBars) -> dict[str, str]:
    return dict(dialog.figures)


def listed(dialog: AboutBars) -> list[list[str]]:
    table = dialog.findChild(QTableWidget)
    assert table is not None
    cells = [[table.item(row, column) for column in (0, 1)] for row in range(table.rowCount())]
    return [[cell.text() for cell in row if cell is not None] for row in cells]


def test_it_tells_how_far_built_bars_were_off(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart(candles=minutes(20), market=Market.CRYPTO)
    words = told(about(scene))["Built bars:"]
    assert words.startswith("Not compared yet.")
    scene.panel.findChildren(AboutBars)[0].close()
    for second in (10, 61, 121):  # bars of two minutes are built, the second from its first trade
        scene.trade(second, "600.000")
    scene.answer = [*minutes(20), minute(1, 599.010), minute(2, 600.0)]
    scene.session._ask_newest()  # as it does when a bar has ended
    drift = scene.session.drift
    assert drift is not None
    QApplication.processEvents()
    words = told(about(scene))["Built bars:"]
    assert " % over one bar since " in words
    assert f"({drift.mean_steps:.2f} steps of 0.001" in words
    assert f"{drift.worst_steps:.0f} steps" in words


def test_it_tells_of_the_bars_and_of_what_is_before_them(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart(count=1500)
    figures = told(about(scene))
    assert figures["Bars:"].startswith("1,500 from 2026-11-")
    assert figures["Bars:"].endswith("to 2026-11-20 09:52 HKT")
    assert figures["Before them:"] == "Older bars are loaded as you go there."


def test_it_lists_gaps_with_their_reasons_newest_first(make_chart: Callable[..., Scene]) -> None:
    bars = [it for n, it in enumerate(minutes(100)) if n not in {30, 31, 60}]
    scene = make_chart(candles=bars, market=Market.CRYPTO)
    dialog = about(scene)
    gaps = scene.session.gaps(0, 97)
    assert len(gaps) == 2
    assert hint(dialog) == "Gaps (2):"
    rows = listed(dialog)
    assert [row[1] for row in rows] == [str(gap.reason) for gap in reversed(gaps)]
    assert [row[0] for row in rows] == [
        "2026-11-20 01:13 – 01:14 UTC",
        "2026-11-20 00:43 – 00:45 UTC",
    ]


def test_where_no_bar_is_missing_it_says_so(make_chart: Callable[..., Scene]) -> None:
    dialog = about(make_chart(market=Market.CRYPTO))
    assert hint(dialog) == "No bar is missing."
    assert not listed(dialog)
    table = dialog.findChild(QTableWidget)
    assert table is not None
    assert not table.isVisible()


def test_what_it_tells_stands_together_where_there_is_no_list(
    make_chart: Callable[..., Scene],
) -> None:
    dialog = about(make_chart(market=Market.CRYPTO))
    labels = {label.text(): label for label in dialog.findChildren(QLabel)}
    assert next(iter(labels)).endswith(", 1m")
    for label in labels.values():
        assert label.height() <= max(label.sizeHint().height(), label.heightForWidth(label.width()))
    for name, words in dialog.figures:
        assert labels[name].y() == labels[words].y()
        assert labels[words].alignment() & Qt.AlignmentFlag.AlignTop


def test_a_long_history_is_looked_through_in_pieces_and_a_long_list_is_cut(
    make_chart: Callable[..., Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = make_chart(count=1000)
    monkeypatch.setattr(about_bars, "_PIECE", 100)
    asked: list[tuple[int, int]] = []

    def gaps(first: int, last: int) -> list[ChartGap]:
        asked.append((first, last))
        return [_gap(bar) for bar in range(first, last, 2)]

    monkeypatch.setattr(scene.session, "gaps", gaps)
    dialog = about(scene)
    assert asked == [(first, first + 100) for first in (900, 800, 700, 600)]
    assert len(listed(dialog)) == about_bars.MOST_GAPS
    assert hint(dialog) == "The newest 200 gaps:"


def test_closed_markets_are_no_gaps(
    make_chart: Callable[..., Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = make_chart()
    closed = _gap(7)._replace(kind=GapReason.CLOSED)
    monkeypatch.setattr(scene.session, "gaps", lambda _first, _last: [closed])
    assert hint(about(scene)) == "No bar is missing."


def test_it_looks_no_further_once_something_else_is_charted(
    make_chart: Callable[..., Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = make_chart(count=1000)
    monkeypatch.setattr(about_bars, "_PIECE", 100)
    asked: list[int] = []

    def gaps(first: int, last: int) -> list[ChartGap]:
        asked.extend([first] * (last - first == 100))  # not what the chart itself asks
        return []

    monkeypatch.setattr(scene.session, "gaps", gaps)
    scene.choose("about")
    scene.session.open(TENCENT, Interval.M15)
    QTest.qWait(30)
    assert asked == [900]


def test_an_empty_chart_has_nothing_to_tell(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart(candles=[minute(0, 600.0)])
    assert scene.entry("about").isEnabled()
    scene = make_chart(
        error=VendorError("No.", vendor="alltick", verdict=Verdict.TOKEN, call="kline")
    )
    assert not scene.entry("about").isEnabled()
    assert not scene.entry("reset").isEnabled()


def test_it_is_in_the_menu_of_the_chart_itself_too(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    press_entry(scene, "chart.about")
    assert scene.panel.findChildren(AboutBars)


# What a call costs


@pytest.mark.parametrize(
    ("note", "left", "words"),
    [
        (Note(NoteKind.OLDER), 863, "Loading older bars: 1 call, 863 left today"),
        (Note(NoteKind.OLDER), None, "Loading older bars: 1 call"),
        (
            Note(NoteKind.OLDER_WAITING, seconds=12),
            863,
            "Older bars: 1 call, next free in 12 s; 863 left today",
        ),
        (Note(NoteKind.OLDER_WAITING, seconds=12), None, "Older bars: 1 call, next free in 12 s"),
        (
            Note(NoteKind.WAITING, seconds=3),
            0,
            "Waiting: 1 call, next free in 3 s; 0 left today",
        ),
        (Note(NoteKind.LOADING), 863, "Loading…"),
        (Note(NoteKind.NONE), 863, ""),
    ],
)
def test_who_waits_for_bars_is_told_what_they_cost(
    note: Note, left: int | None, words: str, make_chart: Callable[..., Scene]
) -> None:
    scene = make_chart()
    scene.panel.bind(scene.session, lambda _key: "", left_today=lambda: left)
    scene.session._notes.say(note, note.seconds)
    scene.panel.on_frame()
    assert scene.label("chartNote") == words


# Back to the usual view, and what is kept of the panes


def test_the_key_and_the_menu_reset_the_view_as_a_double_click_does(
    make_chart: Callable[..., Scene],
) -> None:
    scene = make_chart()
    usual = scene.edges()
    resets: list[Callable[[], Any]] = [
        lambda: scene.key(Qt.Key.Key_0),
        lambda: scene.choose("reset"),
        lambda: press_entry(scene, "chart.reset"),
        lambda: QTest.mouseDClick(scene.surface, Qt.MouseButton.LeftButton, pos=QPoint(300, 100)),
    ]
    for reset in resets:
        scene.wheel(4, 200)
        scene.view.price.manual = True
        assert scene.edges() != usual
        reset()
        assert scene.edges() == usual
        assert not scene.view.price.manual
    assert scene.entry("reset").text().endswith("\t0")


def test_heights_that_were_dragged_are_kept(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    border = scene.view.volume.area.top()
    scene.drag((200.0, border), (200.0, border - 60.0))
    assert len(scene.looks) == 1
    assert scene.looks[0].heights == scene.view.stack.weights()
    assert scene.looks[0].heights["volume"] > 1.3 * make_chart().panel.look().heights["volume"]
    scene.drag((300.0, 100.0), (350.0, 100.0))  # bars have no heights
    assert len(scene.looks) == 1


def press_entry(scene: Scene, name: str) -> None:
    """Right-click on the chart, and choose an entry."""
    menu = scene.menu(QPointF(300.0, 100.0))
    found_in(menu, name).trigger()
    menu.close()


def _gap(bar: int) -> ChartGap:
    begin = T0 + 60 * bar
    return ChartGap(bar, begin, begin + 60, GapReason.UNKNOWN, "Why not.", refillable=False)
