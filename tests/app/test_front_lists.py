"""The window and its lists, from the file to the file."""

import errno
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeClock
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from alltick_desk.app.cli import read
from alltick_desk.app.faults import Faults
from alltick_desk.app.frontage import Frontage
from alltick_desk.app.logs import Redactor
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.store.profile import Profile

APPLE = InstrumentKey("alltick", "AAPL.US")


@pytest.fixture
def begin(tmp_path: Path, qapp: QApplication) -> Iterator[object]:
    begun: list[Frontage] = []

    def start(*said: str) -> Frontage:
        options = read([*said, "--profile", str(tmp_path)])
        profile = Profile.of(options.profile, demo=options.demo)
        profile.prepare()
        redact = Redactor()
        front = Frontage(
            options, profile, clock=FakeClock(), redact=redact, faults=Faults(redact), writes=True
        )
        begun.append(front)
        return front

    yield start
    for front in begun:
        front.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_every_list_comes_back_with_its_values(begin, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    front = begin()
    first = front.lists.book.current
    front.lists.add_list("Second")
    front.watchlist.add([APPLE])
    front.board.row(APPLE).last = "225.20"
    front.lists.show(first)
    front.checkpoint()()
    again = begin()
    assert again.lists.book == front.lists.book
    assert {row.key: row.last for row in again.board.rows()}[APPLE] == "225.20"
    again.lists.delete_list(again.lists.book.lists[1].id)
    names = [one["name"] for one in json.loads((tmp_path / "watchlists.json").read_text())["lists"]]
    assert names == ["Watchlist"]
    assert len(again._memory.list_backups()) == 1


def test_what_was_said_on_the_command_line_is_not_saved(begin, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    front = begin("--symbols", "AAPL.US")
    front.lists.add_list("Second")
    front.watchlist.add([APPLE])
    assert not (tmp_path / "watchlists.json").exists()


def test_a_first_list_that_nobody_touched_is_not_saved(begin, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    front = begin()
    assert len(front.watchlist.keys) > 3
    assert not (tmp_path / "watchlists.json").exists()


def refuse(self: Path, target: Path) -> Path:
    raise OSError(errno.ENOSPC, "full")


def names(folder: Path) -> list[str]:
    document = json.loads((folder / "watchlists.json").read_text())
    return [one["name"] for one in document["lists"]]


@pytest.mark.parametrize("moment", ["checkpoint", "remember"])
def test_lists_that_could_not_be_saved_are_tried_again(  # type: ignore[no-untyped-def]
    begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    front = begin()
    front.watchlist.add([APPLE])
    with monkeypatch.context() as full:
        full.setattr(Path, "replace", refuse)
        front.lists.add_list("Collected for an hour")
        (refusal,) = (it for it in front.status.messages if "the disk is full" in it)
        front.checkpoint()
        assert front.status.messages[-1] == refusal
    assert names(tmp_path) == ["Watchlist"]
    getattr(front, moment)()
    assert names(tmp_path) == ["Watchlist", "Collected for an hour"]
    assert "The watchlists are saved now." in front.status.messages[-1]
    before = (tmp_path / "watchlists.json").stat().st_mtime_ns
    front.checkpoint()
    assert (tmp_path / "watchlists.json").stat().st_mtime_ns == before
    assert begin().lists.book == front.lists.book


def test_lists_that_were_saved_without_a_backup_are_not_tried_again(begin, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    begin().watchlist.add([APPLE])
    (tmp_path / "backups").touch()  # a file in the folder's place
    front = begin()
    front.lists.add_list("Second")
    assert "not a backup" in front.status.messages[-1]
    said = len(front.status.messages)
    front.checkpoint()
    assert len(front.status.messages) == said
    assert names(tmp_path) == ["Watchlist", "Second"]
