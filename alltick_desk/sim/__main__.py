"""The simulated exchange as a program: ``python -m alltick_desk.sim``.

Prints ``ready http://127.0.0.1:PORT`` once it listens. Ends on SIGTERM, on Ctrl-C, and with
``--parent`` when its standard input ends, which it does when the parent process does.
"""

import argparse
import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NoReturn

from alltick_desk.errors import UsageError
from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.plans import DEFAULT, VENDORS, plans_said
from alltick_desk.sim.script import Script
from alltick_desk.sim.server import serve

_USAGE_EXIT: Final = 2


class _Parser(argparse.ArgumentParser):
    """Reports a bad argument as one sentence."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the exchange; return the exit code."""
    try:
        exchange, port, parent = _open(argv)
        asyncio.run(_run(exchange, port, parent=parent))
    except UsageError as error:
        print(f"alltick_desk.sim: {error}", file=sys.stderr)
        return _USAGE_EXIT
    except KeyboardInterrupt:
        pass
    return 0


def _open(argv: Sequence[str] | None) -> tuple[Exchange, int, bool]:
    parser = _Parser(prog="alltick_desk.sim", description=__doc__, allow_abbrev=False)
    parser.add_argument("--port", type=int, default=0, help="0, the default, for any free one")
    parser.add_argument("--plan", action="append", default=[], metavar="PLAN", help=_plans())
    parser.add_argument("--seed", type=int, default=1, help="another seed, other prices")
    parser.add_argument("--script", type=Path, help="a JSON file of rules and faults")
    parser.add_argument("--rate", type=int, help="a load of so many messages a second")
    parser.add_argument("--parent", action="store_true", help="end when standard input does")
    arguments = parser.parse_args(argv)
    if not 0 <= arguments.port <= 65_535:
        parser.error(f"{arguments.port} is not a port")
    script = Script() if arguments.script is None else Script.read(arguments.script)
    if arguments.rate is not None:
        script.rate = max(0, arguments.rate)
    plans = plans_said(arguments.plan)
    exchange = Exchange(
        plan=plans["alltick"], itick_plan=plans["itick"], seed=arguments.seed, script=script
    )
    return exchange, arguments.port, arguments.parent


def _plans() -> str:
    plans = "; ".join(f"{vendor} {' '.join(names)}" for vendor, names in VENDORS.items())
    return f"a plan's name, or vendor=name; may be repeated; default {DEFAULT} ({plans})"


async def _run(exchange: Exchange, port: int, *, parent: bool) -> None:
    stop = asyncio.Event()
    _stop_on_signals(stop.set)
    if parent:
        _stop_with_parent(stop.set)
    try:
        async with serve(exchange, port=port) as server:
            print(f"ready {server.base_url}", flush=True)
            await stop.wait()
    except OSError as error:
        raise UsageError(f"port {port} cannot be listened on: {error.strerror}") from error


def _stop_on_signals(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))


def _stop_with_parent(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()

    def wait() -> None:
        # The descriptor itself: a thread that waits inside sys.stdin blocks the interpreter's end.
        with contextlib.suppress(OSError):
            while os.read(0, 4096):
                pass
        with contextlib.suppress(RuntimeError):  # the loop may have ended by itself
            loop.call_soon_threadsafe(stop)

    threading.Thread(target=wait, name="parent", daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
