"""The desk as a program: ``python -m alltick_desk``, ``alltick-desk``."""

import os
import sys

from alltick_desk.app import cli, preflight


def main() -> int:
    """Start the desk; return the exit code.

    What could only fail without a word later (no display, a missing library, a broken pair of
    Qt and Python) is looked at before Qt is loaded.
    """
    options = cli.parse(sys.argv[1:])
    if options.doctor:
        from alltick_desk.app.doctor import run_doctor

        return run_doctor(options)
    snapshot = options.snapshot is not None
    preflight.choose_platform(snapshot, os.environ)
    problems = preflight.check(snapshot)
    if problems:
        for sentence in problems:
            sys.stderr.write(f"alltick-desk: {sentence}\n")
        return 2
    from alltick_desk.app.run import run

    return run(options)


if __name__ == "__main__":
    sys.exit(main())
