"""From the arguments to the exit code: first the window, then everything behind it.

The order is what makes the start quick: files, window, first paint, and only then asyncio,
numpy, pyqtgraph and the network libraries.
"""

import gc
import logging
import os
import sys
import time
import traceback

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from alltick_desk import __version__
from alltick_desk.app.cli import Options
from alltick_desk.app.faults import Faults
from alltick_desk.app.frontage import Frontage
from alltick_desk.app.instance import Instance
from alltick_desk.app.logs import Redactor, start_logging, stop_logging
from alltick_desk.app.stopping import Stop
from alltick_desk.app.vendors import SPOKEN, codecs_for
from alltick_desk.clock import SystemClock
from alltick_desk.errors import DeskError, UsageError
from alltick_desk.resources import resource
from alltick_desk.store.profile import Profile
from alltick_desk.ui.theme import desk_font

APP_ID = "alltick-desk"
STYLE = "Fusion"  # the same everywhere, and it takes every colour from the palette
FIRST_PAINT_S = 1.0  # not every platform paints what nobody sees

log = logging.getLogger("alltick_desk")


def run(options: Options, stop: Stop) -> int:
    """Run the desk; return the exit code.

    What cannot work is told in one sentence, code 2. A bug that ends the desk is told in one too,
    code 1, and its traceback is in the log.
    """
    redact = Redactor()
    try:
        return _run(options, redact, stop)
    except DeskError as error:
        sys.stderr.write(f"alltick-desk: {redact(str(error))}\n")
        return 2
    except Exception as error:  # noqa: BLE001 - whatever it is, a person gets a sentence
        log.critical("%s", redact("".join(traceback.format_exception(error))))
        sys.stderr.write(
            "alltick-desk: The desk met an error that it did not expect and had to end. The end "
            "of its log tells what it was; start the desk again.\n"
        )
        return 1
    finally:
        stop_logging()


def _run(options: Options, redact: Redactor, stop: Stop) -> int:
    profile = Profile.of(options.profile, demo=options.demo)
    _prepare(options, profile, redact)
    log.info("AllTick Desk %s", __version__)
    app = _application()
    instance = Instance(profile.lock_file)
    alone = instance.acquire_or_knock() if options.snapshot is None else instance.acquire()
    if not alone and options.snapshot is None:
        return 0
    if not alone and not options.demo:
        raise UsageError(
            "Another desk runs on this profile and holds its budget of calls, which a snapshot "
            "would have to write. Close it, or name another --profile."
        )
    faults = Faults(redact)
    faults.install()
    front = Frontage(
        options, profile, clock=SystemClock(), redact=redact, faults=faults, writes=alone
    )
    _first_paint(front, app)
    _set_icon(app)
    if alone:
        instance.listen(front.come_forward)
        front.on_retire = instance.close_door
    try:
        return 0 if stop.wanted else _live(front, app, stop)
    finally:
        instance.release()


def _prepare(options: Options, profile: Profile, redact: Redactor) -> None:
    """Make and try what will be written to; UsageError where the disk refuses."""
    for option, path in (("--snapshot", options.snapshot), ("--metrics", options.metrics)):
        if path is not None:
            from alltick_desk.app.snapshot import check_writable

            check_writable(option, path)
    folder = profile.config
    try:
        profile.prepare()
        folder = profile.logs
        start_logging(folder, options.log_level, redact)
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise UsageError(f"The folder {folder} cannot be used: {why}.") from None


def _application() -> QApplication:
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    # Said here, since setStyle() returns a QStyle, whose enumerations take long to build.
    app = QApplication([APP_ID, "-style", STYLE])
    app.setApplicationName(APP_ID)
    app.setApplicationDisplayName("AllTick Desk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(APP_ID)
    app.setQuitOnLastWindowClosed(False)
    app.setFont(desk_font(app.font()))
    return app


def _first_paint(front: Frontage, app: QApplication) -> None:
    """Show the window and wait until it is painted."""
    front.window.show()
    deadline = time.monotonic() + FIRST_PAINT_S
    while not front.window.was_painted and time.monotonic() < deadline:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


def _set_icon(app: QApplication) -> None:
    from PySide6.QtGui import QIcon  # and all the names of a theme's icons: after the first paint

    app.setWindowIcon(QIcon(str(resource("icons/alltick-desk.svg"))))


def _live(front: Frontage, app: QApplication, stop: Stop) -> int:
    """Load what is heavy, and run."""
    # httpx brings its command line along, and with it click, rich and pygments, where those are
    # installed: a tenth of what loads here. It does without where there is no such module.
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
    from alltick_desk.app.desk import Desk
    from alltick_desk.store.leftovers import sweep
    from alltick_desk.store.secrets import environment_name
    from alltick_desk.ui.loop import DeskLoop

    if not front.options.demo:  # which reads no real token
        for vendor in SPOKEN:
            front.redact.add(os.environ.get(environment_name(vendor), ""))

    async def main() -> int:
        # All of them: a vendor can be switched on at any time.
        desk = Desk(front, codecs_for(SPOKEN, lambda code: front.catalogue.get(code).market))
        stop.then(desk.stop)
        # What was loaded stays: the collector need not walk through it, 50 ms a time. One walk
        # before that would find next to nothing, and the connection would wait for it.
        gc.freeze()
        if front.writes:  # else the desk that holds the profile may be writing
            loop.run_in_executor(None, sweep, front.profile, front.clock)
        return await desk.run()

    loop = DeskLoop(app)
    try:
        code: int = loop.run_until_complete(main())
        return code
    finally:
        loop.close()
