"""Every question for a file begins where a person would look, not where the desk was started."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from alltick_desk.ui.catalogue_import import ProductListMenu
from alltick_desk.ui.file_dialog import open_dialog
from alltick_desk.ui.save_dialog import save_dialog


@pytest.fixture(autouse=True)
def fresh(qapp: QApplication) -> Iterator[None]:
    """Have nothing chosen in this run yet."""
    qapp.setProperty("lastFolder", None)
    yield
    qapp.setProperty("lastFolder", None)


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(folder))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return folder


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def asks_to_read(parent: QWidget) -> QFileDialog:
    return open_dialog(parent, name="in", title="Read", filters=("All (*)",))


def asks_to_write(parent: QWidget) -> QFileDialog:
    return save_dialog(parent, name="out", title="Write", filters=("CSV (*.csv)",), suffix="csv")


@pytest.mark.parametrize("ask", [asks_to_read, asks_to_write])
def test_the_first_question_begins_among_the_documents(
    parent: QWidget, documents: Path, ask: Callable[[QWidget], QFileDialog]
) -> None:
    assert Path(ask(parent).directory().absolutePath()) == documents


def test_without_documents_it_begins_at_home(parent: QWidget, documents: Path) -> None:
    documents.rmdir()
    assert Path(asks_to_read(parent).directory().absolutePath()) == documents.parent


def test_the_next_question_begins_where_the_last_one_ended(
    parent: QWidget, documents: Path, tmp_path: Path
) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    asks_to_write(parent).fileSelected.emit(str(exports / "mine.csv"))
    assert Path(asks_to_read(parent).directory().absolutePath()) == exports
    exports.rmdir()
    assert Path(asks_to_read(parent).directory().absolutePath()) == documents


def test_the_product_lists_are_asked_for_there_too(parent: QWidget, documents: Path) -> None:
    menu = ProductListMenu(None, titles=dict, spawn=print, tell=print, say=print)  # type: ignore[arg-type]
    menu.ask(parent)
    (dialog,) = parent.findChildren(QFileDialog)
    assert Path(dialog.directory().absolutePath()) == documents
    assert dialog.nameFilters()[0].startswith("Product lists (")
