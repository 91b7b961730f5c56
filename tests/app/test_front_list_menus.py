"""What the window's menus offer of lists."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes import FakeClock
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QMenu

from alltick_desk.app.cli import read
from alltick_desk.app.faults import Faults
from alltick_desk.app.frontage import Frontage
from alltick_desk.app.logs import Redactor
from alltick_desk.store.profile import Profile


@pytest.fixture
def begin(tmp_path: Path, qapp: QApplication) -> Iterator[Callable[..., Frontage]]:
    begun: list[Frontage] = []

    def start(*said: str, writes: bool = True) -> Frontage:
        options = read([*said, "--profile", str(tmp_path)])
        profile = Profile.of(options.profile, demo=options.demo)
        profile.prepare()
        redact = Redactor()
        front = Frontage(
            options, profile, clock=FakeClock(), redact=redact, faults=Faults(redact), writes=writes
        )
        begun.append(front)
        return front

    yield start
    for front in begun:
        front.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def entries(front: Frontage, menu: str) -> list[str]:
    found = front.window.findChild(QMenu, menu)
    assert found is not None
    return [it.objectName() for it in found.actions() if it.objectName()]


def test_the_file_menu_begins_with_lists(begin: Callable[..., Frontage]) -> None:
    front = begin()
    names = ["new", "import", "export", "export_all", "backups"]
    assert entries(front, "menu.file")[:5] == [f"lists.{name}" for name in names]


def test_the_edit_menu_keeps_its_lists_when_another_panel_adds_to_it(
    begin: Callable[..., Frontage],
) -> None:
    front = begin()
    front.add_edit_actions([])
    offered = entries(front, "menu.edit")
    assert {"watchlist.undo", "lists.paste", "lists.section", "lists.move_to_list"} <= {*offered}


def test_the_view_menu_goes_from_list_to_list(begin: Callable[..., Frontage]) -> None:
    front = begin()
    assert entries(front, "lists.view")[:2] == ["lists.next", "lists.previous"]
    view = front.window.findChild(QMenu, "menu.view")
    assert view is not None
    assert any(isinstance(it.menu(), QMenu) for it in view.actions())


def test_backups_are_offered_only_where_lists_are_saved(begin: Callable[..., Frontage]) -> None:
    assert begin().panel.lists.actions["backups"].isEnabled()
    assert not begin("--symbols", "AAPL.US").panel.lists.actions["backups"].isEnabled()
    assert not begin(writes=False).panel.lists.actions["backups"].isEnabled()
