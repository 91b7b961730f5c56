"""The desk as a program: ``python -m alltick_desk``, ``alltick-desk``."""

import builtins
import gc
import os
import sys

from alltick_desk.app import preload


def main() -> int:
    """Start the desk; return the exit code.

    What could only fail without a word later (no display, a missing library, a broken pair of
    Qt and Python) is looked at before Qt is loaded.
    """
    # What is loaded now stays: a collector that walks through it again and again finds nothing.
    # The running desk calls it when it suits.
    gc.disable()
    preload.begin(sys.argv[1:])
    from alltick_desk.app import cli, preflight  # while that goes on
    from alltick_desk.app.stopping import Stop

    options = cli.parse(sys.argv[1:])
    if options.doctor:
        from alltick_desk.app.doctor import run_doctor

        try:
            return run_doctor(options)
        except KeyboardInterrupt:
            return 130
    if options.export is not None:
        from alltick_desk.app.export import run_export

        try:
            return run_export(options, options.export)
        except KeyboardInterrupt:
            return 130
    stop = Stop()
    stop.install()
    snapshot = options.snapshot is not None
    preflight.choose_platform(snapshot, os.environ)
    problems = preflight.check(snapshot)
    if problems:
        for sentence in problems:
            sys.stderr.write(f"alltick-desk: {sentence}\n")
        return 2
    _import_qt()
    from alltick_desk.app.run import run

    return run(options, stop)


def _import_qt() -> None:
    """Import PySide6 and keep Python's own ``import``.

    For a feature that the desk does not use (``from __feature__ import ...``) PySide6 puts another
    one in its place, which reads the source text of every module that is imported from then on and
    keeps it: a tenth of the time to the first window, and 20 MB.
    """
    plain = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = plain


if __name__ == "__main__":
    sys.exit(main())
