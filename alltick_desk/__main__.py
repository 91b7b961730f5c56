"""The desk as a program: ``python -m alltick_desk``, ``alltick-desk``."""

import gc
import os
import sys

from alltick_desk.app import cli, preflight
from alltick_desk.app.stopping import Stop


def main() -> int:
    """Start the desk; return the exit code.

    What could only fail without a word later (no display, a missing library, a broken pair of
    Qt and Python) is looked at before Qt is loaded.
    """
    # What is loaded now stays: a collector that walks through it again and again finds nothing.
    # The running desk switches it on.
    gc.disable()
    options = cli.parse(sys.argv[1:])
    if options.doctor:
        from alltick_desk.app.doctor import run_doctor

        try:
            return run_doctor(options)
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
    from alltick_desk.app.run import run

    return run(options, stop)


if __name__ == "__main__":
    sys.exit(main())
