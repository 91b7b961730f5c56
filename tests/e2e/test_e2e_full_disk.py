"""A disk that is full for a while: what a person did meanwhile is not lost."""

import errno
from pathlib import Path

import pytest
from desk_under_test import desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from windowways import CTRL, streamed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

Key = Qt.Key


def refuse(self: Path, target: Path) -> Path:
    raise OSError(errno.ENOSPC, "full")


def test_an_edit_on_a_full_disk_is_saved_when_the_desk_is_closed(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path) as d:
            await d.until(lambda: streamed(d, d.codes()))
            await d.act(lambda: d.type_symbol("TSLA.US"))
            with monkeypatch.context() as full:
                full.setattr(Path, "replace", refuse)
                await d.act(lambda: d.press(Key.Key_T, CTRL))
                field = next(
                    it
                    for it in d.front.window.findChildren(QLineEdit, "lists.name")
                    if it.isVisible()
                )
                await d.act(
                    field.selectAll,
                    lambda: QTest.keyClicks(field, "For an hour"),
                    lambda: QTest.keyClick(field, Key.Key_Return),
                )
                await d.act(lambda: d.type_symbol("700.HK"))
            assert "watchlists.json could not be saved" in d.messages()
            assert await d.close() == 0
            assert "The watchlists are saved now." in d.messages()
            left = d.front.lists.book
        async with desk_running(tmp_path) as d:
            assert d.front.lists.book == left
            assert left.shown.name == "For an hour"
            assert d.codes() == ["700.HK"]

    play(scenario())
