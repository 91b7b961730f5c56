"""Everything a developer types, with all the set-up done by itself.

    python3 packaging/dev.py run [arguments of the desk]    the desk; --demo unless told otherwise
    python3 packaging/dev.py test [arguments of pytest]     the tests
    python3 packaging/dev.py check                          linter, format, types, layers
    python3 packaging/dev.py bench [name ...]               the benchmarks

The first time this makes a private Python environment in .venv and looks for the system libraries
that Qt needs; afterwards only what changed is done again. Needs Python 3.10 or newer and nothing
else; progress goes to stderr.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

if sys.version_info < (3, 10):  # noqa: UP036 - this is what an old system's python3 reads
    print("dev.py needs Python 3.10 or newer, AllTick Desk 3.11, 3.12 or 3.13.", file=sys.stderr)
    sys.exit(2)

from dev_environment import Environment, SetupError

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("alltick_desk", "packaging", "tests")
SNAPSHOT = "desk.png"

# With one of these the person says what to connect to, or wants no connection.
_OWN_SOURCE = ("--demo", "--endpoint", "--doctor", "--export", "--version")
# Most of the end-to-end tests' time is spent waiting for clocks. Idle workers take over tests of
# busy ones, since some last a thousand times as long as others.
_ALL_TESTS = ("-n", "auto", "--dist", "worksteal")
# With one of these no window is opened.
_NO_WINDOW = ("--doctor", "--export", "--version", "--help", "-h")


class Steps:
    """Shows progress on stderr, a line at a time: ``[1/3] Python environment: up to date``."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._number = 0
        self._title = ""

    def begin(self, title: str) -> None:
        """Start the next step."""
        self._number += 1
        self._title = title

    def say(self, text: str) -> None:
        """Tell how the step goes."""
        print(f"[{self._number}/{self._total}] {self._title}: {text}", file=sys.stderr, flush=True)


def main(argv: Sequence[str]) -> int:
    """Do what the first argument says; return the exit code."""
    commands = {"run": run, "test": test, "check": check, "bench": bench}
    if argv and argv[0] in {"-h", "--help"}:
        print(__doc__)
        return 0
    if not argv or argv[0] not in commands:
        print(f"dev.py: say what to do: {', '.join(commands)} (see --help).", file=sys.stderr)
        return 2
    try:
        return commands[argv[0]](list(argv[1:]))
    except SetupError as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("dev.py: stopped.", file=sys.stderr)
        return 130


def run(arguments: list[str]) -> int:
    """Start the desk; on a machine without a display draw it into a file."""
    steps = Steps(3)
    environment = prepare_environment(steps, dev=False)
    preflight = load_preflight()
    steps.begin("System libraries")
    drawn = with_snapshot(arguments, display=preflight.has_display(environment.environ))
    if has_option(arguments, _NO_WINDOW):
        steps.say("not needed")
    else:
        snapshot = has_option(drawn, ["--snapshot"])
        provide_libraries(
            steps, preflight, preflight.platform_name(environment.environ, snapshot=snapshot)
        )
    steps.begin("AllTick Desk")
    if drawn != arguments:
        steps.say(f"there is no display, so the window is drawn into {SNAPSHOT}")
    told = with_demo(drawn)
    # The arguments are not repeated: one might be a token in the wrong place.
    steps.say("starting" if told == drawn else "starting with --demo")
    return become([str(environment.python), "-m", "alltick_desk", *told], environment.environ)


def test(arguments: list[str]) -> int:
    """Run pytest, without a screen; all of the tests on all processors."""
    arguments = arguments or [*_ALL_TESTS]
    words = " ".join(["pytest", *arguments])
    return _with_qt("Tests", words, ["-m", "pytest", *arguments], window=False)


def bench(names: list[str]) -> int:
    """Run the benchmarks that are named, else all; on the screen where there is one."""
    words = " ".join(["bench", *names])
    return _with_qt("Benchmarks", words, ["tests/bench", *names], window=True)


def check(arguments: list[str]) -> int:
    """Run every checker to its end; 1 where one of them complains."""
    if arguments:
        raise SetupError("check takes no arguments.")
    programs = {
        "ruff check": ["ruff", "check", *SOURCES],
        "ruff format": ["ruff", "format", "--check", *SOURCES],
        "mypy": ["mypy", "--strict"],
        "import-linter": ["lint-imports"],
    }
    steps = Steps(1 + len(programs))
    environment = prepare_environment(steps, dev=True)
    failed = False
    for title, (name, *rest) in programs.items():
        steps.begin(title)
        start = time.monotonic()
        done = subprocess.run(
            [environment.script(name), *rest],
            cwd=ROOT,
            env=environment.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        seconds = time.monotonic() - start
        steps.say(f"{'complains' if done.returncode else 'ok'} ({seconds:.1f} s)")
        if done.returncode:
            failed = True
            sys.stdout.buffer.write(done.stdout)
            sys.stdout.flush()
    return 1 if failed else 0


def prepare_environment(steps: Steps, *, dev: bool) -> Environment:
    """Do the first step of every command."""
    steps.begin("Python environment")
    environment = Environment(
        ROOT, steps.say, lambda names: install_packages(steps, load_preflight(), names)
    )
    environment.prepare(dev=dev)
    return environment


def provide_libraries(steps: Steps, preflight: ModuleType, platform: str) -> None:
    """Install the libraries that Qt misses, or raise SetupError with the line that does it."""
    missing = preflight.missing_libraries(platform)
    if not missing:
        steps.say("complete")
        return
    if preflight.is_root() and preflight.package_manager() == "apt":
        install_packages(steps, preflight, preflight.packages(missing, "apt"))
        missing = preflight.missing_libraries(platform)
    if missing:
        raise SetupError(preflight.missing_sentence(missing))


def install_packages(steps: Steps, preflight: ModuleType, names: Sequence[str]) -> None:
    """Install Debian packages as root; SetupError with the line to type for anybody else."""
    line = f"apt-get install -y {' '.join(names)}"
    if preflight.package_manager() != "apt":
        raise SetupError(f"{' '.join(names)}, as Debian calls it, is missing from this system.")
    if not preflight.is_root():
        raise SetupError(f"{' '.join(names)} is missing from this system. To mend it: sudo {line}")
    steps.say(f"installing {' '.join(names)} with apt-get ...")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
    for command in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(
            command,
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        # A list that could not be refreshed may still be good enough: the installation decides.
        if done.returncode and command is install:
            last = "\n".join(done.stdout.splitlines()[-5:])
            raise SetupError(f"apt-get failed. To see why: {line}\n{last}")


def load_preflight() -> ModuleType:
    """Load the desk's own start-up checks, which need nothing installed."""
    path = ROOT / "alltick_desk" / "app" / "preflight.py"
    spec = importlib.util.spec_from_file_location("preflight", path)
    if spec is None or spec.loader is None:
        raise SetupError(f"{path} cannot be read.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def has_option(arguments: Sequence[str], names: Sequence[str]) -> bool:
    """Tell whether one of the options is among the arguments, alone or as ``--name=value``."""
    return any(argument.partition("=")[0] in names for argument in arguments)


def with_demo(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with ``--demo``, unless they say what to do without it."""
    return [*(() if has_option(arguments, _OWN_SOURCE) else ("--demo",)), *arguments]


def with_snapshot(arguments: Sequence[str], *, display: bool) -> list[str]:
    """Return the arguments with ``--snapshot desk.png`` where no window could be seen."""
    if display or has_option(arguments, ("--snapshot", *_NO_WINDOW)):
        return list(arguments)
    return [*arguments, "--snapshot", SNAPSHOT]


def become(command: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run the command in place of this script; its exit code and its signals are its own."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execve(command[0], list(command), dict(environ))  # noqa: S606 - never returns
    with subprocess.Popen(command, env=environ) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:  # the console told the child as well: wait for its end
                continue


def _with_qt(title: str, words: str, arguments: Sequence[str], *, window: bool) -> int:
    steps = Steps(3)
    environment = prepare_environment(steps, dev=True)
    preflight = load_preflight()
    environ = environment.environ
    preflight.choose_platform(not (window and preflight.has_display(environ)), environ)
    steps.begin("System libraries")
    provide_libraries(steps, preflight, preflight.platform_name(environ))
    steps.begin(title)
    steps.say(words)
    os.chdir(ROOT)
    return become([str(environment.python), *arguments], environ)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
