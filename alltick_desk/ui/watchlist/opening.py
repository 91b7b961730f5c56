"""Which row chart and book show: the selected one after a moment, or one at once."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from alltick_desk.model.instrument import InstrumentKey

DELAY_MS = 150  # running through rows with the arrow keys asks for no chart of each


class Opening(QObject):
    """Opens instruments.

    ``selected`` returns the one that is selected now. ``on_open`` is told of the one to show,
    ``on_activate`` then of one that was opened on purpose.
    """

    def __init__(
        self,
        selected: Callable[[], InstrumentKey | None],
        *,
        on_open: Callable[[InstrumentKey], None],
        on_activate: Callable[[InstrumentKey], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._selected = selected
        self._on_open = on_open
        self._on_activate = on_activate
        self._opened: InstrumentKey | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(DELAY_MS)
        self._soon.timeout.connect(self._follow)

    def soon(self) -> None:
        """Open what is selected once the hand rests."""
        self._soon.start()

    def now(self) -> None:
        """Open what is selected, on purpose."""
        key = self._selected()
        if key is not None:
            self._soon.stop()
            self._open(key)
            self._on_activate(key)

    def _follow(self) -> None:
        key = self._selected()
        if key is not None and key != self._opened:
            self._open(key)

    def _open(self, key: InstrumentKey) -> None:
        self._opened = key
        self._on_open(key)
