"""The simulated exchange as a child process, for ``--demo``."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping

from alltick_desk.errors import DeskError
from alltick_desk.model.words import Sentence

READY_S = 15.0
CLOSE_S = 0.5


class SimulatedExchange:
    """A child that ends with its parent: it reads a pipe that closes when this process is gone.

    ``plans`` are names by vendor; a vendor that has none here is on the exchange's own choice.
    """

    def __init__(self, plans: Mapping[str, str]) -> None:
        self._plans = plans
        self._child: subprocess.Popen[str] | None = None

    async def start(self) -> str:
        """Start it on a free loopback port and return its base address.

        Raises DeskError where it does not come up.
        """
        plans = [word for pair in self._plans.items() for word in ("--plan", "=".join(pair))]
        self._child = subprocess.Popen(  # noqa: ASYNC220, S603 - our own module; a fork takes a millisecond
            [
                *(sys.executable, "-m", "alltick_desk.sim", "--parent"),
                *("--port", "0", *plans),
            ],
            env={name: value for name, value in os.environ.items() if not name.endswith("_TOKEN")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        out = self._child.stdout
        assert out is not None  # noqa: S101 - it is a pipe
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(READY_S):
                line = await loop.run_in_executor(None, out.readline)
        except TimeoutError:
            line = ""
        word, _, base = line.strip().partition(" ")
        if word != "ready":
            self.stop()
            raise DeskError(
                Sentence("Desk", "The simulated exchange did not start, so the demo has no data.")
            )
        return base

    def stop(self) -> None:
        """End it; safe to repeat."""
        child, self._child = self._child, None
        if child is None:
            return
        assert child.stdin is not None  # noqa: S101 - it is a pipe
        child.stdin.close()
        try:
            child.wait(CLOSE_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if child.stdout is not None:
            child.stdout.close()
