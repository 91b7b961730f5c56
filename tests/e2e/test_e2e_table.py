"""The table in the real window by the keyboard: filter, titles, sorting, widths that are kept."""

import json
from pathlib import Path

import pytest
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

CODES = ("700.HK", "AAPL.US", "9988.HK", "EURUSD")
Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def shown(d: RunningDesk) -> list[str]:
    model = d.front.panel._view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def tap(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the keyboard is."""
    widget = QApplication.focusWidget()
    assert isinstance(widget, QWidget)
    QTest.keyClick(widget, key, held)


def test_pinyin_filters_a_live_list_and_the_titles_sort_it(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES) as d:
            await d.until(lambda: all(d.row(code).last for code in CODES))
            await d.act(lambda: d.press(Key.Key_F, CTRL))
            box = d.find(QLineEdit, "watchlist.filter")
            await d.act(lambda: QTest.keyClicks(box, "txkg"))
            await d.until(lambda: shown(d) == ["700.HK"])
            await d.act(box.clear, lambda: QTest.keyClicks(box, "albb"))
            await d.until(lambda: shown(d) == ["9988.HK"])
            await d.act(lambda: QTest.keyClick(box, Key.Key_Escape))
            assert shown(d) == list(CODES)
            await d.act(lambda: tap(Key.Key_Backtab, SHIFT))
            assert QApplication.focusWidget() is d.front.panel._view.titles
            await d.act(lambda: tap(Key.Key_Return))
            assert shown(d) == ["700.HK", "9988.HK", "AAPL.US", "EURUSD"]
            await d.act(lambda: tap(Key.Key_Down))
            assert d.front.panel._view.hasFocus()

    play(scenario())


def test_a_width_of_earlier_pixels_is_kept_as_digits_from_then_on(
    tmp_path: Path, qapp: QApplication
) -> None:
    def columns() -> str:
        """Return the columns of the first list, as its file has them."""
        return str(json.loads(kept.read_text(encoding="utf-8"))["lists"][0]["extra"]["columns"])

    kept = tmp_path / "watchlists.json"

    async def scenario() -> None:
        async with desk_running(tmp_path) as d:
            d.front.watchlist.lists.choose("columns", "code,name,last=150")
            await d.close()
        assert columns() == "code,name,last=150"
        async with desk_running(tmp_path) as d:
            view = d.front.panel._view
            assert view.columnWidth(2) == 150
            await d.until(lambda: d.front.panel.choices.choice.widths)
            await d.until(lambda: "ch" in d.front.watchlist.lists.shown.extra["columns"])
            await d.close()
        assert columns().startswith("code,name,last=")
        assert columns().endswith("ch")

    play(scenario())
