"""Where unexpected errors end, whichever way they come: in the log, and before the person's eyes.

Five ways lead here: an exception in a Qt slot, in a thread, in an asyncio callback, in a destructor
where nobody can catch it, and a message of Qt itself. None ends the desk; none is lost.
"""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:  # the window does not wait for it
    from asyncio import AbstractEventLoop

log = logging.getLogger("alltick_desk")
qt_log = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
# What a platform without a screen says of itself at every start.
_HARMLESS = ("This plugin does not support",)


class Faults:
    """Collects unexpected errors. ``show`` is set once there is a window to show them in."""

    def __init__(self, redact: Callable[[str], str]) -> None:
        self._redact = redact
        self.show: Callable[[BaseException, str], None] | None = None
        self.count = 0

    def install(self) -> None:
        """Catch what nobody else does, in every thread and in Qt."""
        sys.excepthook = self._excepthook
        sys.unraisablehook = self._unraisable_hook
        threading.excepthook = self._thread_hook
        qInstallMessageHandler(_qt_message)

    def watch(self, loop: "AbstractEventLoop") -> None:
        """Catch what an asyncio loop's callbacks and forgotten tasks raise."""
        loop.set_exception_handler(self._loop_hook)

    def report(self, error: BaseException) -> None:
        """Log an error and show it; its text is redacted first."""
        from asyncio import CancelledError

        if isinstance(error, KeyboardInterrupt | SystemExit | CancelledError):
            return
        self.count += 1
        text = self._redact("".join(traceback.format_exception(error)))
        log.error("unexpected error\n%s", text)
        if self.show is not None:
            self.show(error, text)
        else:
            sys.stderr.write(text)

    def _excepthook(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        self.report(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is None:
            return
        if threading.current_thread() is threading.main_thread():
            self.report(args.exc_value)
        else:  # no widget may be touched from here; the log has it
            text = self._redact("".join(traceback.format_exception(args.exc_value)))
            log.error("unexpected error in thread %s\n%s", args.thread, text)

    def _unraisable_hook(self, args: "sys.UnraisableHookArgs") -> None:
        # It may come in any thread, and in the middle of anything: the log has it, no window.
        if args.exc_value is not None:
            text = self._redact("".join(traceback.format_exception(args.exc_value)))
            log.error("unexpected error that nobody could catch\n%s", text)

    def _loop_hook(self, _loop: "AbstractEventLoop", context: dict[str, Any]) -> None:
        error = context.get("exception")
        if error is not None:
            self.report(error)
        else:
            log.error("asyncio: %s", context.get("message", "an error without a message"))


def _qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
    if text and not text.startswith(_HARMLESS):
        qt_log.log(_LEVELS.get(kind, logging.WARNING), "%s", text)
