"""The asyncio loop on Qt's event loop, with timers that never fire early."""

import asyncio
import math
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import qasync
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from alltick_desk.ui.collector import Collector


class _PreciseTimer(qasync._SimpleTimer):  # type: ignore[misc]  # noqa: SLF001
    """qasync's timer object; Qt's default timers may fire 5 % early, precise ones do not."""

    def startTimer(self, milliseconds: int) -> int:
        return int(super().startTimer(milliseconds, Qt.TimerType.PreciseTimer))


class DeskLoop(qasync.QEventLoop):  # type: ignore[misc]
    """qasync's loop, with three things changed.

    A sleep lasts at least as long as was asked, to the millisecond, since a throttler relies on it;
    work for other threads (name look-ups) runs on two plain threads that closing the loop does not
    wait for; and garbage is collected in the loop's thread alone, since it may hold Qt's objects.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._timer = _PreciseTimer()
        self._lookups = ThreadPoolExecutor(2, thread_name_prefix="desk-lookup")
        self.set_default_executor(self._lookups)
        self._collector = Collector()

    def run_forever(self) -> None:
        """Run until ``stop``."""
        self._collector.start()
        try:
            super().run_forever()
        finally:
            self._collector.stop()

    def close(self) -> None:
        """Release everything; a name look-up that hangs is left behind."""
        if not self.is_closed():
            self._lookups.shutdown(wait=False, cancel_futures=True)
        super().close()

    def _add_callback(self, handle: asyncio.Handle, delay: float = 0) -> Any:
        # Qt counts whole milliseconds and qasync cuts the fraction off: half a millisecond above
        # the next whole one survives the cut as that whole one.
        if delay > 0:
            delay = (math.ceil(delay * 1000) + 0.5) / 1000
        return super()._add_callback(handle, delay)
