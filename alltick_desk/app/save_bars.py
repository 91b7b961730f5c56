"""The menu entry "Export bars…": asks for a file and has the stored bars written into it."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from alltick_desk.app.cli_values import FORMATS
from alltick_desk.errors import DeskError
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.words import Sentence
from alltick_desk.store.candles import CandleStore
from alltick_desk.ui.save_dialog import save_dialog

translate = QCoreApplication.translate

_UNSAFE = str.maketrans(dict.fromkeys('<>:"/\\|?*$', "-"))  # in the name of a file
_TAKEN = Sentence(
    "Export", "There is a file {path} already, so nothing was written. Choose another name."
)


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
        dialog = save_dialog(
            parent,
            name="exportBars",
            title=translate("Export", "Export bars"),
            filters=(
                translate("Export", "Table (*.csv)"),
                translate("Export", "Parquet (*.parquet)"),
            ),
            suffix="csv",
        )
        dialog.filterSelected.connect(lambda _chosen: dialog.setDefaultSuffix(_ending(dialog)))
        dialog.selectFile(f"{key.code} {interval.value}".translate(_UNSAFE) + _ending(dialog))

        def take(name: str) -> None:
            path = Path(name)
            if path.suffix.lower() not in FORMATS:  # Qt takes the ".HK" of a code for an ending
                path = path.with_name(path.name + _ending(dialog))
                if path.exists():  # under this name nobody was asked whether it may be replaced
                    self._say(_TAKEN.format(path=path))
                    return
            self._spawn(self.write(key, interval, market, path), f"export of {key}")

        dialog.fileSelected.connect(take)
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


def _ending(dialog: QFileDialog) -> str:
    """Return what the name of a file of the chosen format ends with."""
    return ".parquet" if ".parquet" in dialog.selectedNameFilter() else ".csv"
