"""The private virtual environment in ``.venv``: made, kept up to date, mended.

A stamp inside it tells what it was made from, and is written only when everything stands. While
the stamp is true and no file of a package is missing or cut short, nothing is run at all. Only the
standard library is used, and any Python from 3.10 on can read this.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

SUPPORTED = ((3, 11), (3, 12), (3, 13))
EXTRA = "indicators"  # TA-Lib, which the desk can do without
OLDEST_UV = (0, 11)  # the first that knows system-certs of [tool.uv]

# What a person's uv or shell may be set to; it would change the lock file or the environment.
_DROPPED = ("UV_EXTRA_INDEX_URL", "UV_INDEX", "UV_FIND_LINKS", "VIRTUAL_ENV")

# Run by the new interpreter, apart from everything around it (-I): it must be one that the desk
# supports, and the compiled packages must fit it.
_PROBE = (
    "import importlib.util, sys, msgspec, numpy; "
    f"sys.exit(not (sys.version_info[:2] in {SUPPORTED} "
    "and importlib.util.find_spec('PySide6') and importlib.util.find_spec('alltick_desk')))"
)


class SetupError(Exception):
    """The set-up cannot go on; the text is a sentence for a person."""


class Problem(NamedTuple):
    """Why an environment cannot be used as it is.

    Attributes:
        reason: the end of a sentence that begins with the environment.
        broken: it is damaged and not merely out of date, so a new one may be the only cure.
        foreign: nothing in it can be kept.
        damaged: the packages whose files are missing or cut short.
    """

    reason: str
    broken: bool
    foreign: bool = False
    damaged: tuple[str, ...] = ()


class Environment:
    """The checkout's ``.venv``.

    Args:
        root: the checkout.
        say: shows a line about the progress.
        install: installs system packages of Debian by name, or raises SetupError with the line
            that a person can type.
    """

    def __init__(
        self, root: Path, say: Callable[[str], None], install: Callable[[Sequence[str]], None]
    ) -> None:
        self._root = root
        self._venv = root / ".venv"
        self._tools = root / ".tools" / "uv"
        self._say = say
        self._install = install
        self.environ = child_environment(os.environ, self._venv)

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return _executable(self._venv, "python")

    def script(self, name: str) -> Path:
        """Return the path of a program that a package brought, e.g. ``"lint-imports"``."""
        return _executable(self._venv, name)

    def prepare(self, *, dev: bool) -> None:
        """Make the environment fit to use, with the development tools or without.

        Raises SetupError where that cannot be done.
        """
        problem = examine(self._root, self._venv, dev=dev)
        if problem is None:
            self._say("up to date")
            return
        start = time.monotonic()
        self._say(f"{problem.reason}, so it is being set up ...")
        uv = self._find_uv()
        if not os.path.lexists(self._venv):
            self._make(uv, dev=dev)
        elif problem.foreign:
            self._replace(uv, dev=dev)
        else:
            try:
                self._update(uv, problem.damaged, dev=dev)
            except SetupError:
                if not problem.broken:
                    raise
                self._say("it could not be mended, so a new one is being made ...")
                self._replace(uv, dev=dev)
        write_stamp(self._root, self._venv, dev=dev)
        self._say(f"ready ({time.monotonic() - start:.1f} s)")

    def _make(self, uv: Path, *, dev: bool) -> None:
        if sys.version_info[:2] in SUPPORTED:
            self._update(uv, (), "--python", sys.executable, dev=dev)
            return
        self._say(
            f"this is Python {sys.version_info[0]}.{sys.version_info[1]} and the desk runs on "
            f"{_supported()}: uv looks for one of these, or fetches one"
        )
        self._update(uv, (), dev=dev)

    def _update(self, uv: Path, damaged: Sequence[str], *options: str, dev: bool) -> None:
        self._sync(uv, damaged, *options, dev=dev)
        # A sync that was cut off can leave packages that uv takes for whole; and what is linked
        # from uv's cache may be damaged there as well.
        if still := damaged_packages(self._venv, installed_packages(self._venv)):
            self._sync(uv, still, "--no-cache", dev=dev)
        if damaged_packages(self._venv, installed_packages(self._venv)) or not self._works():
            raise SetupError(
                "The Python environment in .venv does not work: delete that folder and try again."
            )

    def _replace(self, uv: Path, *, dev: bool) -> None:
        """Make a new environment; the old one stays if that fails, for want of a network say."""
        aside = self._root / ".tools" / "venv.old"
        aside.parent.mkdir(exist_ok=True)
        _remove(aside)
        self._venv.rename(aside)
        try:
            self._make(uv, dev=dev)
        except BaseException:
            _remove(self._venv)
            aside.rename(self._venv)
            raise
        _remove(aside)

    def _sync(self, uv: Path, damaged: Sequence[str], *options: str, dev: bool) -> None:
        if self._ran(uv, [*sync_arguments(damaged, dev=dev), *options]):
            return
        if not dev:  # on an old system what can be left out must not keep the desk from starting
            self._say("that failed, so it is tried without what most indicators need (TA-Lib) ...")
            if self._ran(uv, [*sync_arguments(damaged, dev=dev, extra=False), *options]):
                return
        raise SetupError(
            "uv could not set up the Python environment, for the reason it gives above. It "
            f"needs the network at the first time, and Python {_supported()}."
        )

    def _ran(self, uv: Path, arguments: Sequence[str]) -> bool:
        # Without a terminal only the errors are worth reading.
        command = [str(uv), *arguments, *([] if sys.stderr.isatty() else ["--quiet"])]
        done = subprocess.run(command, cwd=self._root, env=self.environ, check=False)
        return done.returncode == 0

    def _works(self) -> bool:
        try:
            probe = subprocess.run([self.python, "-I", "-c", _PROBE], env=self.environ, check=False)
        except OSError:
            return False
        return probe.returncode == 0

    def _find_uv(self) -> Path:
        for path in (shutil.which("uv"), _executable(self._tools, "uv")):
            if path and uv_version(path, self.environ) >= OLDEST_UV:
                return Path(path)
        self._say("uv is fetched into .tools/uv ...")
        if not (Path(os.__file__).parent / "ensurepip" / "__main__.py").exists():
            # Debian keeps what makes a virtual environment in a package apart.
            self._install([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"])
        _remove(self._tools)
        wanted = f"uv>={OLDEST_UV[0]}.{OLDEST_UV[1]}"
        for command in (
            [sys.executable, "-m", "venv", str(self._tools)],
            [
                *(str(_executable(self._tools, "python")), "-m", "pip", "install", "--quiet"),
                *("--disable-pip-version-check", "--only-binary", "uv", wanted),
            ],
        ):
            if subprocess.run(command, env=self.environ, check=False).returncode:
                raise SetupError(
                    "uv could not be fetched with pip, for the reason given above: check the "
                    "network, or install uv yourself (https://docs.astral.sh/uv)."
                )
        return _executable(self._tools, "uv")


def child_environment(environ: Mapping[str, str], venv: Path) -> dict[str, str]:
    """Return the variables for uv and for what runs in the environment."""
    child = {name: value for name, value in environ.items() if name not in _DROPPED}
    child["UV_PROJECT_ENVIRONMENT"] = str(venv)
    return child


def sync_arguments(damaged: Sequence[str], *, dev: bool, extra: bool = True) -> list[str]:
    """Return uv's arguments: exactly the lock file, the damaged packages anew, the extra or not.

    Without the development tools nothing is taken away, so that running the desk never undoes
    what the tests installed.
    """
    arguments = ["sync", "--locked", *([] if dev else ["--no-dev", "--inexact"])]
    arguments += ["--extra", EXTRA] if extra else []
    for name in damaged:
        arguments += ["--reinstall-package", name]
    return arguments


def uv_version(path: str | Path, environ: Mapping[str, str]) -> tuple[int, ...]:
    """Ask a uv for its version; () where there is none that runs."""
    try:
        answer = subprocess.run(
            [str(path), "--version"], env=environ, capture_output=True, text=True, check=False
        )
    except OSError:
        return ()
    found = re.match(r"uv (\d+)\.(\d+)", answer.stdout)
    return (int(found[1]), int(found[2])) if found and answer.returncode == 0 else ()


def examine(root: Path, venv: Path, *, dev: bool) -> Problem | None:
    """Return why the environment is not fit to use, or None; runs nothing."""
    if not os.path.lexists(venv):
        return Problem("there is none yet", broken=False)
    if not os.access(_executable(venv, "python"), os.X_OK):
        return Problem("its interpreter is missing", broken=True)
    stamp = read_stamp(venv)
    if stamp is None:
        return Problem("it is half made", broken=True)
    return _compare(stamp, _facts(root, venv), venv, dev=dev)


def _compare(
    stamp: dict[str, Any], facts: dict[str, Any], venv: Path, *, dev: bool
) -> Problem | None:
    if stamp["root"] != facts["root"]:
        return Problem("it belongs to another folder", broken=True, foreign=True)
    if damaged := damaged_packages(venv, stamp["packages"]):
        named = ", ".join(damaged[:3])
        return Problem(f"it is damaged ({named})", broken=True, damaged=tuple(damaged))
    if stamp["interpreter"] != facts["interpreter"]:
        return Problem("its interpreter changed", broken=True)
    if stamp["inputs"] != facts["inputs"]:
        return Problem("what it is made from changed", broken=False)
    if dev and not stamp["dev"]:
        return Problem("the development tools are not in it", broken=False)
    return None


def read_stamp(venv: Path) -> dict[str, Any] | None:
    """Return what the last successful set-up noted, or None where there was none."""
    try:
        stamp = json.loads(_stamp_path(venv).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    wanted = {"inputs": str, "root": str, "interpreter": list, "dev": bool, "packages": list}
    if not isinstance(stamp, dict):
        return None
    whole = all(isinstance(stamp.get(name), kind) for name, kind in wanted.items())
    return stamp if whole else None


def write_stamp(root: Path, venv: Path, *, dev: bool) -> None:
    """Note that the environment is whole, in one step."""
    stamp = {**_facts(root, venv), "dev": dev, "packages": installed_packages(venv)}
    path = _stamp_path(venv)
    half = path.with_suffix(".new")
    half.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    half.replace(path)


def installed_packages(venv: Path) -> list[str]:
    """Return the names of the metadata folders, e.g. ``"httpx-0.28.1.dist-info"``."""
    return sorted(path.name for site in _sites(venv) for path in site.glob("*.dist-info"))


def damaged_packages(venv: Path, packages: Sequence[str]) -> list[str]:
    """Return the names of those packages whose files are missing or have another size.

    But for byte code that a package brings along: Python writes that anew where it runs.
    """
    sites = _sites(venv)
    return [
        info.partition("-")[0] for info in packages if not any(_whole(site, info) for site in sites)
    ]


def _whole(site: Path, info: str) -> bool:
    try:
        with (site / info / "RECORD").open(encoding="utf-8", newline="") as record:
            return all(
                os.stat(f"{site}/{name}").st_size == int(size)  # noqa: PTH116
                for name, _, size in csv.reader(record)
                if size and not name.endswith(".pyc")
            )
    except (OSError, ValueError):
        return False


def _facts(root: Path, venv: Path) -> dict[str, Any]:
    """Return what the environment depends on."""
    digest = hashlib.sha256(EXTRA.encode())
    for name in ("uv.lock", "pyproject.toml"):
        digest.update((root / name).read_bytes())
    python = _executable(venv, "python").resolve()
    stat = python.stat()
    return {
        "inputs": digest.hexdigest(),
        "root": str(root),  # programs and the editable install name it
        "interpreter": [str(python), stat.st_size, stat.st_mtime_ns],
    }


def _sites(venv: Path) -> list[Path]:
    return [*venv.glob("lib/python3.*/site-packages"), *venv.glob("Lib/site-packages")]


def _executable(venv: Path, name: str) -> Path:
    return venv / "Scripts" / f"{name}.exe" if os.name == "nt" else venv / "bin" / name


def _stamp_path(venv: Path) -> Path:
    return venv / "alltick-desk.stamp"


def _supported() -> str:
    names = [f"{major}.{minor}" for major, minor in SUPPORTED]
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
