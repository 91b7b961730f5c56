"""One desk a profile."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from alltick_desk.app.instance import Instance


def test_a_second_start_finds_the_first_and_is_heard(qtbot: QtBot, tmp_path: Path) -> None:
    knocks: list[int] = []
    first, second = Instance(tmp_path / "lock"), Instance(tmp_path / "lock")
    assert first.acquire()
    first.listen(lambda: knocks.append(1))
    assert not second.acquire()
    assert second.knock()
    qtbot.waitUntil(lambda: knocks == [1])
    first.release()
    assert second.acquire()
    second.release()


def test_a_knock_at_an_empty_house_is_not_heard(qtbot: QtBot, tmp_path: Path) -> None:
    assert not Instance(tmp_path / "lock").knock()


def test_another_profile_is_another_desk(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = Instance(tmp_path / "a"), Instance(tmp_path / "b")
    assert first.acquire()
    assert second.acquire()
    first.release()
    second.release()
