"""From the arguments to the exit code: first the window, then everything behind it.

The order is what makes the start quick: files, window, first paint, and only then asyncio,
numpy, pyqtgraph and the network libraries.
"""

import gc
import logging
import signal
import sys
import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from alltick_desk import __version__
from alltick_desk.app.cli import Options
from alltick_desk.app.faults import Faults
from alltick_desk.app.frontage import Frontage
from alltick_desk.app.instance import Instance
from alltick_desk.app.logs import Redactor, start_logging, stop_logging
from alltick_desk.app.snapshot import check_writable
from alltick_desk.app.vendors import codecs_for
from alltick_desk.clock import SystemClock
from alltick_desk.errors import DeskError, UsageError
from alltick_desk.resources import resource
from alltick_desk.store.profile import Profile
from alltick_desk.vendors.base import Codec

APP_ID = "alltick-desk"
FIRST_PAINT_S = 1.0  # not every platform paints what nobody sees

log = logging.getLogger("alltick_desk")


def run(options: Options) -> int:
    """Run the desk; return the exit code. What cannot work is told in one sentence, code 2."""
    redact = Redactor()
    try:
        return _run(options, redact)
    except DeskError as error:
        sys.stderr.write(f"alltick-desk: {redact(str(error))}\n")
        return 2
    finally:
        stop_logging()


def _run(options: Options, redact: Redactor) -> int:
    codecs = codecs_for(options.vendors)
    for path in (options.snapshot, options.metrics):
        if path is not None:
            check_writable(path)
    profile = Profile.of(options.profile, demo=options.demo)
    profile.prepare()
    try:
        start_logging(profile.logs, options.log_level, redact)
    except OSError as error:
        raise UsageError(f"The folder {profile.logs} cannot be used: {error.strerror}.") from None
    log.info("AllTick Desk %s", __version__)
    app = _application()
    instance = Instance(profile.lock_file)
    alone = instance.acquire()
    if not alone:
        if options.snapshot is None:
            return _raise_other(instance)
        if not options.demo:
            raise UsageError(
                "Another desk runs on this profile and holds its budget of calls, which a "
                "snapshot would have to write. Close it, or name another --profile."
            )
    faults = Faults(redact)
    faults.install()
    front = Frontage(
        options, profile, clock=SystemClock(), redact=redact, faults=faults, writes=alone
    )
    stop = _Stop()
    stop.install()
    _first_paint(front, app)
    if alone:
        instance.listen(front.come_forward)
    try:
        return _live(front, app, codecs, stop)
    finally:
        instance.release()


def _application() -> QApplication:
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication([APP_ID])
    app.setApplicationName(APP_ID)
    app.setApplicationDisplayName("AllTick Desk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(APP_ID)
    app.setWindowIcon(QIcon(str(resource("icons/alltick-desk.svg"))))
    app.setQuitOnLastWindowClosed(False)
    return app


def _raise_other(instance: Instance) -> int:
    if instance.knock():
        return 0
    raise UsageError("Another desk runs on this profile, but does not answer.")


def _first_paint(front: Frontage, app: QApplication) -> None:
    """Show the window and wait until it is painted."""
    front.window.show()
    deadline = time.monotonic() + FIRST_PAINT_S
    while not front.window.meter.frames and time.monotonic() < deadline:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


def _live(front: Frontage, app: QApplication, codecs: Mapping[str, Codec], stop: "_Stop") -> int:
    """Load what is heavy, and run."""
    from alltick_desk.app.desk import Desk
    from alltick_desk.ui.loop import DeskLoop

    async def main() -> int:
        desk = Desk(front, codecs)
        stop.then(desk.stop)
        # What was loaded stays: the collector need not walk through it, 50 ms a time.
        gc.collect()
        gc.freeze()
        return await desk.run()

    loop = DeskLoop(app)
    try:
        code: int = loop.run_until_complete(main())
        return code
    finally:
        loop.close()


class _Stop:
    """Ctrl-C and SIGTERM: noted at once, acted on as soon as there is a desk to stop."""

    def __init__(self) -> None:
        self._wanted = False
        self._act: Callable[[], None] | None = None

    def install(self) -> None:
        """Take the signals over from Python."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._come)

    def then(self, act: Callable[[], None]) -> None:
        """Call ``act`` when a signal comes, at once where one came already."""
        self._act = act
        if self._wanted:
            act()

    def _come(self, _number: int, _frame: object) -> None:
        # Python runs this between two of its own instructions, thus at the next timer's call.
        self._wanted = True
        if self._act is not None:
            self._act()
