"""Runs the real program, and the exchange, as processes of their own.

A program starts in a folder of its own, with that folder for a home, and what it prints lies
there in files. Everything is waited for by what can be seen of it; ``HANG_S`` only keeps a test
from waiting for ever, it measures nothing.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
HANG_S = 60.0
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")

posix = pytest.mark.skipif(os.name != "posix", reason="signals and /proc are another world there")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it looks into /proc")


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment with no display, no keyring and nothing of whoever runs the tests."""
    return {
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
        "HOME": str(home),
        "USERPROFILE": str(home),
        "LOCALAPPDATA": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        **more,
    }


class Program:
    """One run of the program; what it prints is in ``folder``."""

    def __init__(self, folder: Path, command: list[str], environ: dict[str, str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.ended_s = 0.0
        with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
            self.process = subprocess.Popen(
                command, cwd=folder, env=environ, stdin=subprocess.DEVNULL, stdout=out, stderr=err
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    @property
    def stdout(self) -> str:
        return (self.folder / "stdout").read_text(encoding="utf-8")

    @property
    def stderr(self) -> str:
        return (self.folder / "stderr").read_text(encoding="utf-8")

    def end(self) -> int:
        """Wait until it has ended by itself; return the exit code."""
        return self.process.wait(timeout=HANG_S)

    def signal(self, number: int) -> int:
        """Send it a signal, wait for its end and return the exit code; note how long it took."""
        begun = time.monotonic()
        self.process.send_signal(number)
        code = self.end()
        self.ended_s = time.monotonic() - begun
        return code

    def close(self) -> int:
        """Ask it to end, as a session manager does; return the exit code."""
        return self.signal(signal.SIGTERM)

    def wait_for(self, happened: Callable[[], Any], what: str) -> None:
        """Wait until ``happened`` returns something true, while the program runs."""

        def still() -> bool:
            running = self.running  # looked at first: what happened last may have ended it
            answer = bool(happened())
            assert answer or running, f"the program ended before {what}:\n{self.stderr}"
            return answer

        until(still, what)


def until(happened: Callable[[], Any], what: str) -> None:
    """Wait until ``happened`` returns something true."""
    deadline = time.monotonic() + HANG_S
    while not happened():
        assert time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(0.02)


@contextmanager
def desk(folder: Path, *arguments: str, patch: str = "", **environ: str) -> Iterator[Program]:
    """Run the desk while the block runs; what still runs then is killed.

    ``patch`` is Python that runs first in the same process, to make parts of the desk fail.
    """
    folder.mkdir(parents=True, exist_ok=True)
    start = ["-m", "alltick_desk"]
    if patch:
        script = folder / "patched.py"
        script.write_text(
            f"{patch}\nimport sys\nfrom alltick_desk import __main__\nsys.exit(__main__.main())\n",
            encoding="utf-8",
        )
        start = [str(script)]
    program = Program(folder, [sys.executable, *start, *arguments], environment(folder, **environ))
    try:
        yield program
    finally:
        program.process.kill()
        program.process.wait()


def run(folder: Path, *arguments: str, **environ: str) -> tuple[int, str, str]:
    """Run the desk to its end; return the exit code and what it said on stdout and stderr."""
    with desk(folder, *arguments, **environ) as program:
        return program.end(), program.stdout, program.stderr


class Exchange:
    """The simulated exchange, running for whoever wants to connect."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._http = httpx.Client(base_url=base, trust_env=False, timeout=HANG_S)

    def state(self) -> dict[str, Any]:
        """Return breaches, counts and connections."""
        answer: dict[str, Any] = self._http.get("/sim/state").json()
        return answer

    def calls(self) -> int:
        """Return how many HTTP calls have arrived."""
        return sum(entry["kind"] == "http" for entry in self._http.get("/sim/journal").json())

    def fault(self, **fault: Any) -> None:
        """Have something go wrong from now on."""
        assert self._http.post("/sim/fault", json=fault).status_code == 200

    def close(self) -> None:
        self._http.close()


@contextmanager
def exchange(folder: Path, *arguments: str, script: Any = None) -> Iterator[Exchange]:
    """Run the simulated exchange while the block runs; ``script`` as in ``sim/script.py``."""
    folder.mkdir(parents=True, exist_ok=True)
    if script is not None:
        (folder / "script.json").write_text(json.dumps(script), encoding="utf-8")
        arguments = (*arguments, "--script", str(folder / "script.json"))
    command = [sys.executable, "-m", "alltick_desk.sim", *arguments]
    program = Program(folder, command, environment(folder))
    try:
        program.wait_for(lambda: program.stdout.endswith("\n"), "the exchange listened")
        known = Exchange(program.stdout.split()[1])
        try:
            yield known
        finally:
            known.close()
    finally:
        program.process.kill()
        program.process.wait()


def metrics(path: Path) -> list[dict[str, Any]]:
    """Return the whole lines that ``--metrics`` has written so far; none where no file is."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def live(path: Path, codes: int = 1) -> Callable[[], bool]:
    """Return a question: does the metrics file tell of ``codes`` codes and of messages?"""

    def happened() -> bool:
        lines = metrics(path)
        return bool(lines) and lines[-1]["subscribed"] >= codes and lines[-1]["msgs_total"] > 0

    return happened


def command_lines() -> dict[int, tuple[int, list[str]]]:
    """Return every process's parent and arguments, by process id. Linux only."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
                arguments = (folder / "cmdline").read_bytes().decode("utf-8", "replace")
            except OSError:
                continue  # it has ended meanwhile
            found[int(folder.name)] = int(parent), arguments.rstrip("\0").split("\0")
    return found


def children(pid: int) -> list[int]:
    """Return the processes that ``pid`` has started. Linux only."""
    return [child for child, (parent, _) in command_lines().items() if parent == pid]


def exists(pid: int) -> bool:
    """Whether a process runs; one that nobody has waited for yet does not. Linux only."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
