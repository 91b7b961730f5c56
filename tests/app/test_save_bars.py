"""The menu entry "Export bars…", from the question for a file to what lies on the disk."""

import asyncio
import contextlib
import errno
from collections.abc import Coroutine, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QWidget,
)

from alltick_desk.app import export
from alltick_desk.app.save_bars import BarsExport
from alltick_desk.clock import SystemClock
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.store.candles import CandleStore

TENCENT = InstrumentKey("alltick", "700.HK")
T0 = 1_795_185_000  # 2026-11-20T14:30:00Z
BARS = [
    Candle(T0, "612.5", "613", "612.000", "612.5", "1000", ""),
    Candle(T0 + 60, "612.5", "614.125", "612.5", "613", "", "99.5"),
]
CSV = (
    "time,open,high,low,close,volume,turnover\n"
    "2026-11-20T14:30:00Z,612.500,613.000,612.000,612.500,1000,\n"
    "2026-11-20T14:31:00Z,612.500,614.125,612.500,613.000,,99.5\n"
)


class Asked:
    """The question for a file, and what came of the answer."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "history.sqlite"
        self.window = QWidget()
        self.window.show()
        self.told: list[str] = []
        self.said: list[str] = []
        self._work: list[Coroutine[Any, Any, None]] = []

    def keep(self, bars: Sequence[Candle]) -> None:
        """Store bars, as a chart does that has shown them."""

        async def save() -> None:
            store = CandleStore(self.database, clock=SystemClock())
            await store.save(TENCENT, Interval.M1, bars)
            await store.close()

        asyncio.run(save())

    def open(self, folder: Path, interval: Interval = Interval.M1) -> QFileDialog:
        """Choose the menu's entry, and go to a folder."""
        self._store = CandleStore(self.database, clock=SystemClock())
        bars = BarsExport(
            self._store, spawn=self._spawn, tell=self.told.append, say=self.said.append
        )
        bars.ask(TENCENT, interval, Market.HK_STOCK, self.window)
        self.dialog.setDirectory(str(folder))
        return self.dialog

    @property
    def dialog(self) -> QFileDialog:
        found = self.window.findChild(QFileDialog, "exportBars")
        assert found is not None
        return found

    @property
    def name(self) -> QLineEdit:
        """Where the file's name is typed."""
        found = self.dialog.findChild(QLineEdit, "fileNameEdit")
        assert found is not None
        return found

    def type(self, name: str) -> None:
        """Type a name over the one that is proposed, and press Return."""
        self.name.selectAll()
        QTest.keyClicks(self.name, name)
        QTest.keyClick(self.name, Qt.Key.Key_Return)

    def save(self) -> None:
        """Press the button."""
        box = self.dialog.findChild(QDialogButtonBox, "buttonBox")
        assert box is not None
        QTest.mouseClick(
            box.button(QDialogButtonBox.StandardButton.Save), Qt.MouseButton.LeftButton
        )

    def choose_format(self, number: int) -> None:
        """Choose among the formats with the keyboard."""
        box = self.dialog.findChild(QComboBox, "fileTypeCombo")
        assert box is not None
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Down if number else Qt.Key.Key_Up)
        assert box.currentIndex() == number

    def settle(self) -> None:
        """Let what was asked for be done, and the dialog go."""

        async def run() -> None:
            while self._work:
                await self._work.pop(0)
            await self._store.close()

        asyncio.run(run())
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert self.window.findChild(QFileDialog) is None

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        assert name == "export of alltick:700.HK"
        self._work.append(work)


@pytest.fixture
def asked(qapp: QApplication, tmp_path: Path) -> Iterator[Asked]:
    it = Asked(tmp_path)
    yield it
    it.window.close()
    it.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_what_is_stored_is_in_the_file_that_was_named(asked: Asked, tmp_path: Path) -> None:
    asked.keep(BARS)
    asked.open(tmp_path)
    asked.type("mine.csv")
    asked.settle()
    path = tmp_path / "mine.csv"
    assert path.read_text(encoding="utf-8") == CSV
    assert asked.told == [f"2 1m bars of 700.HK are in {path}."]
    assert asked.said == []


def test_the_proposed_name_tells_what_is_in_the_file(asked: Asked, tmp_path: Path) -> None:
    asked.keep(BARS)
    asked.open(tmp_path)
    assert asked.name.text() == "700.HK 1m.csv"
    asked.save()
    asked.settle()
    assert (tmp_path / "700.HK 1m.csv").read_text(encoding="utf-8") == CSV


def test_a_code_is_not_taken_for_an_ending(asked: Asked, tmp_path: Path) -> None:
    asked.keep(BARS)
    asked.open(tmp_path)
    asked.type("700.HK")
    asked.settle()
    assert (tmp_path / "700.HK.csv").read_text(encoding="utf-8") == CSV
    # And the file under the whole name is not replaced without a question.
    (tmp_path / "700.HK.csv").write_text("mine", encoding="utf-8")
    asked.open(tmp_path)
    asked.type("700.HK")
    asked.settle()
    assert (tmp_path / "700.HK.csv").read_text(encoding="utf-8") == "mine"
    assert asked.said == [
        (
            f"There is a file {tmp_path / '700.HK.csv'} already, so nothing was written. "
            "Choose another name."
        )
    ]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen
def test_a_file_that_is_there_is_replaced_only_when_that_is_confirmed(
    asked: Asked, tmp_path: Path
) -> None:
    asked.keep(BARS)
    path = tmp_path / "mine.csv"
    path.write_text("mine", encoding="utf-8")
    asked.open(tmp_path)
    with answered(QMessageBox.StandardButton.No):
        asked.type("mine.csv")
    assert asked.dialog.isVisible()
    with answered(QMessageBox.StandardButton.Yes):
        asked.type("mine.csv")
    assert path.read_text(encoding="utf-8") == "mine"
    asked.settle()
    assert path.read_text(encoding="utf-8") == CSV


def test_the_format_changes_the_proposed_name(asked: Asked, tmp_path: Path) -> None:
    asked.open(tmp_path)
    asked.choose_format(1)
    assert asked.name.text() == "700.HK 1m.parquet"
    asked.choose_format(0)
    assert asked.name.text() == "700.HK 1m.csv"
    asked.dialog.reject()
    asked.settle()


def test_parquet_without_pyarrow_is_a_sentence(
    asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(export, "import_module", missing)
    asked.keep(BARS)
    asked.open(tmp_path)
    asked.choose_format(1)
    asked.type("700.HK")
    asked.settle()
    assert asked.said == [
        (
            "Parquet files need the package pyarrow, which is not installed: install it, or name a "
            "file that ends with .csv."
        )
    ]
    assert asked.told == []
    assert not list(tmp_path.glob("700*"))


def test_who_cancels_gets_no_file(asked: Asked, tmp_path: Path) -> None:
    asked.keep(BARS)
    asked.open(tmp_path)
    QTest.keyClick(asked.name, Qt.Key.Key_Escape)
    asked.settle()
    assert not list(tmp_path.glob("*.csv"))
    assert (asked.told, asked.said) == ([], [])


def test_a_folder_that_takes_nothing_is_a_sentence(
    asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    path = folder / "mine.csv"

    def refused(_self: Path, *_args: object, **_more: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    asked.keep(BARS)
    asked.open(folder)
    asked.type("mine.csv")
    with monkeypatch.context() as patch:  # root may write everywhere
        patch.setattr(Path, "open", refused)
        asked.settle()
    assert asked.said == [f"The file {path} cannot be written: the desk is not allowed to."]
    assert asked.told == []
    assert not list(folder.iterdir())


def test_a_folder_that_has_gone_is_a_sentence(asked: Asked, tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    asked.keep(BARS)
    asked.open(folder)
    asked.type("mine.csv")
    folder.rmdir()
    asked.settle()
    assert asked.said == [
        f"The file {folder / 'mine.csv'} cannot be written: the folder is not there."
    ]


def test_nothing_stored_is_a_sentence(asked: Asked, tmp_path: Path) -> None:
    asked.open(tmp_path)
    asked.type("mine.csv")
    asked.settle()
    asked.keep(BARS)
    asked.open(tmp_path, Interval.H1)
    asked.type("mine.csv")
    asked.settle()
    assert asked.said == [
        (
            "No 1m bars of 700.HK are stored. Open its chart in the desk first: what the vendor "
            "gives is kept."
        ),
        "No 1h bars of 700.HK are stored; there are 1m.",
    ]
    assert asked.told == []
    assert not list(tmp_path.glob("*.csv"))


@contextlib.contextmanager
def answered(button: QMessageBox.StandardButton) -> Iterator[None]:
    """Give the answer to the one question that is asked meanwhile."""
    asked: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        QTest.mouseClick(box.button(button), Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, press)
    yield
    assert len(asked) == 1
