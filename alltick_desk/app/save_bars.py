"""The menu entry "Export bars…": asks for a file and has the stored bars written into it."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from alltick_desk.errors import DeskError
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.store.candles import CandleStore

translate = QCoreApplication.translate

_UNSAFE = str.maketrans(dict.fromkeys('<>:"/\\|?*$', "-"))  # in the name of a file


class BarsExport:
    """Writes the bars of what a chart shows.

    Args:
        tell: told what was written.
        say: told why nothing was.
    """

    def __init__(
        self,
        store: CandleStore,
        *,
        spawn: Callable[[Coroutine[Any, Any, None], str], object],
        tell: Callable[[str], None],
        say: Callable[[str], None],
    ) -> None:
        self._store = store
        self._spawn = spawn
        self._tell = tell
        self._say = say

    def ask(self, key: InstrumentKey, interval: Interval, market: Market, parent: QWidget) -> None:
        """Ask for a file; what is written are all bars that the desk has kept by then."""
        dialog = QFileDialog(parent, translate("Export", "Export bars"))
        dialog.setObjectName("exportBars")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [translate("Export", "Table (*.csv)"), translate("Export", "Parquet (*.parquet)")]
        )
        dialog.setDefaultSuffix("csv")
        dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix(_suffix(name)))
        dialog.selectFile(f"{key.code} {interval.value}".translate(_UNSAFE) + ".csv")
        dialog.fileSelected.connect(
            lambda name: self._spawn(
                self.write(key, interval, market, Path(name)), f"export of {key}"
            )
        )
        dialog.open()

    async def write(
        self, key: InstrumentKey, interval: Interval, market: Market, path: Path
    ) -> None:
        """Write the bars, and say what became of it."""
        from alltick_desk.app.export import export_bars  # nobody waits for it at the start

        try:
            self._tell(await export_bars(self._store, key, interval, market, path))
        except DeskError as error:
            self._say(str(error))


def _suffix(chosen: str) -> str:
    return "parquet" if "parquet" in chosen else "csv"
