"""The development script: what it decides, and how it mends what is broken."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
posix_only = pytest.mark.skipif(os.name != "posix", reason="the stand-ins are shell scripts")


def load(name: str) -> ModuleType:
    """Load a file of packaging/, which is a folder of scripts and no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


env = load("dev_environment")
dev = load("dev")

# What the desk is told


@pytest.mark.parametrize(
    ("arguments", "demo"),
    [
        ([], True),
        (["--chart", "700.HK"], True),
        (["--plan", "free"], True),
        (["--snapshot", "a.png"], True),
        (["--demo"], False),
        (["--endpoint", "http://127.0.0.1:1"], False),
        (["--endpoint=http://127.0.0.1:1"], False),
        (["--chart", "GOLD", "--doctor"], False),
        (["--export", "GOLD:1d", "a.csv"], False),
        (["--version"], False),
    ],
)
def test_the_demo_is_added_unless_something_else_is_said(arguments, demo):
    assert dev.with_demo(arguments) == (["--demo"] if demo else []) + arguments


@pytest.mark.parametrize(
    ("arguments", "drawn"),
    [
        ([], True),
        (["--demo", "--after", "3"], True),
        (["--snapshot", "a.png"], False),
        (["--snapshot=a.png"], False),
        (["--doctor"], False),
        (["--export", "GOLD:1d", "a.csv"], False),
        (["--version"], False),
        (["--help"], False),
    ],
)
def test_without_a_display_the_window_is_drawn_into_a_file(arguments, drawn):
    added = ["--snapshot", "desk.png"] if drawn else []
    assert dev.with_snapshot(arguments, display=False) == arguments + added
    assert dev.with_snapshot(arguments, display=True) == arguments


def test_progress_is_one_line_a_step(capsys):
    steps = dev.Steps(3)
    steps.begin("Python environment")
    steps.say("up to date")
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "[1/3] Python environment: up to date\n")


@pytest.mark.parametrize("argv", [[], ["walk"], ["check", "this"]])
def test_a_wrong_command_is_a_line_and_exit_2(argv, capsys):
    assert dev.main(argv) == 2
    shown = capsys.readouterr()
    assert shown.err.startswith("dev.py: ")
    assert shown.err.count("\n") == 1


def test_help_names_every_command(capsys):
    assert dev.main(["--help"]) == 0
    text = capsys.readouterr().out
    assert all(f"dev.py {name}" in text for name in ("run", "test", "check", "bench"))


def test_ctrl_c_during_the_set_up_is_no_traceback(monkeypatch, capsys):
    def interrupted(arguments: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(dev, "check", interrupted)
    assert dev.main(["check"]) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_the_exit_code_of_what_was_started_is_passed_on():
    script = (
        "import sys; sys.path.insert(0, 'packaging'); import dev;"
        "sys.exit(dev.become([sys.executable, '-c', 'raise SystemExit(7)'], dev.os.environ))"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 7


# System libraries


def system(*missing: str, root: bool, manager: str | None = "apt") -> SimpleNamespace:
    """Return a system on which these packages are missing until they are installed."""

    def still_missing(platform: str) -> list[str]:
        log = Path(os.environ.get("APT_LOG", os.devnull))
        done = log.read_text() if log.exists() else ""
        return [name for name in missing if f" {name}" not in done]

    return SimpleNamespace(
        missing_libraries=still_missing,
        missing_sentence=lambda libraries: f"to mend it: install {' '.join(libraries)}",
        packages=lambda libraries, _: libraries,
        package_manager=lambda: manager,
        is_root=lambda: root,
    )


@pytest.fixture
def apt(tmp_path, monkeypatch) -> Path:
    """Put an apt-get on PATH that only notes what it was asked; return the notes."""
    notes = tmp_path / "apt.log"
    program = tmp_path / "bin" / "apt-get"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "$DEBIAN_FRONTEND $@" >> "$APT_LOG"\nexit "$APT_RC"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.setenv("APT_LOG", str(notes))
    monkeypatch.setenv("APT_RC", "0")
    return notes


@posix_only
def test_root_on_debian_installs_what_is_missing_by_name(apt, capsys):
    steps = dev.Steps(3)
    steps.begin("System libraries")
    dev.provide_libraries(steps, system("libxcb-icccm4", "libgl1", root=True), "xcb")
    update, install = apt.read_text().splitlines()
    assert update.startswith("noninteractive update")
    assert install.startswith("noninteractive install -y")
    assert install.endswith("libxcb-icccm4 libgl1")
    assert "installing libxcb-icccm4 libgl1" in capsys.readouterr().err


@posix_only
def test_a_failed_installation_shows_the_line(apt, monkeypatch):
    monkeypatch.setenv("APT_RC", "100")
    with pytest.raises(env.SetupError, match="apt-get install -y libgl1"):
        dev.provide_libraries(dev.Steps(3), system("libgl1", root=True), "xcb")


@posix_only
@pytest.mark.parametrize(("root", "manager"), [(False, "apt"), (True, "dnf"), (True, None)])
def test_anybody_else_gets_the_line_to_type(apt, root, manager):
    with pytest.raises(env.SetupError, match="to mend it: install libgl1"):
        dev.provide_libraries(dev.Steps(3), system("libgl1", root=root, manager=manager), "xcb")
    assert not apt.exists()


def test_nothing_is_installed_where_nothing_is_missing(capsys):
    steps = dev.Steps(3)
    steps.begin("System libraries")
    dev.provide_libraries(steps, system(root=True), "xcb")
    assert capsys.readouterr().err == "[1/3] System libraries: complete\n"


@posix_only
def test_a_missing_venv_module_is_named(apt):
    with pytest.raises(env.SetupError, match=r"sudo apt-get install -y python3\.11-venv"):
        dev.install_packages(dev.Steps(3), system(root=False), ["python3.11-venv"])
    assert not apt.exists()


# The Python environment

UV = r"""#!/bin/sh
if [ "$1" = --version ]; then echo "uv $UV_SAYS (somewhere)"; exit 0; fi
echo "$@" >> "$UV_LOG"
if [ -s "$UV_LOG.fail" ]; then sed -i.old 1d "$UV_LOG.fail"; exit 2; fi
if [ -e .venv ] && [ ! -e .venv/bin/python ]; then exit 2; fi
site=.venv/lib/python3.11/site-packages
mkdir -p .venv/bin "$site/thing-1.0.dist-info"
if [ ! -e .venv/bin/python ]; then
  printf '#!/bin/sh\nexit 0\n' > .venv/bin/python
  chmod +x .venv/bin/python
fi
case "$*" in *--reinstall-package*) rm -f "$site/thing.py";; esac
if [ ! -e "$site/thing.py" ]; then printf 'x = 1\n' > "$site/thing.py"; fi
printf 'thing.py,,6\n' > "$site/thing-1.0.dist-info/RECORD"
"""


class Checkout:
    """A checkout with nothing in it but what the environment is made from."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.thing = self.venv / "lib/python3.11/site-packages/thing.py"
        self.stamp = self.venv / "alltick-desk.stamp"
        self.log = root.parent / "uv.log"
        self.said: list[str] = []
        root.mkdir()
        (root / "uv.lock").write_text("lock 1")
        (root / "pyproject.toml").write_text("project 1")

    def prepare(self, *, dev: bool = False) -> list[str]:
        """Prepare the environment; return what uv was asked to do meanwhile."""
        before = len(self.asked())
        env.Environment(self.root, self.said.append, self.said.extend).prepare(dev=dev)
        return self.asked()[before:]

    def asked(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def uv_fails(self, times: int = 1, *, with_extra_alone: bool = False) -> None:
        """Have so many set-ups fail, each with the extra and then without it too."""
        calls = times if with_extra_alone else 2 * times
        self.log.with_name("uv.log.fail").write_text("again\n" * calls)


@pytest.fixture
def checkout(tmp_path, monkeypatch) -> Checkout:
    program = tmp_path / "bin" / "uv"
    program.parent.mkdir()
    program.write_text(UV)
    program.chmod(0o755)
    made = Checkout(tmp_path / "checkout")
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.setenv("UV_LOG", str(made.log))
    monkeypatch.setenv("UV_SAYS", "99.1.0")
    return made


@posix_only
def test_the_first_time_makes_it_and_then_nothing_is_run(checkout):
    (made,) = checkout.prepare()
    assert made.startswith("sync --locked --no-dev --inexact --extra indicators")
    assert f"--python {sys.executable}" in made
    assert checkout.prepare() == []
    assert checkout.said[-1] == "up to date"


@posix_only
def test_the_tests_add_their_tools_and_a_run_keeps_them(checkout):
    checkout.prepare()
    (added,) = checkout.prepare(dev=True)
    assert added.split()[:2] == ["sync", "--locked"]
    assert "--no-dev" not in added
    assert checkout.prepare(dev=True) == []
    assert checkout.prepare() == []


@posix_only
def test_where_the_extra_cannot_be_installed_the_desk_runs_without_it(checkout):
    checkout.uv_fails(with_extra_alone=True)
    first, second = checkout.prepare()
    assert "--extra indicators" in first
    assert "--extra" not in second
    assert any("TA-Lib" in line for line in checkout.said)
    assert checkout.prepare() == []


@posix_only
@pytest.mark.parametrize("name", ["uv.lock", "pyproject.toml"])
def test_a_changed_lock_is_synced(checkout, name):
    checkout.prepare(dev=True)
    (checkout.root / name).write_text("changed")
    assert len(checkout.prepare()) == 1
    # That run did not look after the tools, so the next test does.
    assert len(checkout.prepare(dev=True)) == 1


@posix_only
def test_byte_code_that_python_wrote_anew_is_no_damage(checkout):
    """Qt's wheel brings some along; Python replaces it by what fits the place."""
    checkout.prepare()
    record = checkout.thing.parent / "thing-1.0.dist-info" / "RECORD"
    record.write_text(record.read_text() + "__pycache__/thing.cpython-311.pyc,,353\n")
    cache = checkout.thing.parent / "__pycache__"
    cache.mkdir()
    (cache / "thing.cpython-311.pyc").write_bytes(b"another size")
    assert checkout.prepare() == []


def no_stamp(checkout: Checkout) -> None:
    checkout.stamp.unlink()


def spoilt_stamp(checkout: Checkout) -> None:
    checkout.stamp.write_text('{"inputs": 1}')


def truncated_stamp(checkout: Checkout) -> None:
    checkout.stamp.write_text(checkout.stamp.read_text()[:20])


def missing_file(checkout: Checkout) -> None:
    checkout.thing.unlink()


def cut_short(checkout: Checkout) -> None:
    checkout.thing.write_text("x")


def missing_package(checkout: Checkout) -> None:
    shutil.rmtree(checkout.thing.parent)


def missing_record(checkout: Checkout) -> None:
    (checkout.thing.parent / "thing-1.0.dist-info" / "RECORD").unlink()


def missing_interpreter(checkout: Checkout) -> None:
    (checkout.venv / "bin" / "python").unlink()


def dangling_interpreter(checkout: Checkout) -> None:
    missing_interpreter(checkout)
    (checkout.venv / "bin" / "python").symlink_to("/nonexistent/python3")


def other_interpreter(checkout: Checkout) -> None:
    (checkout.venv / "bin" / "python").write_text("#!/bin/sh\nexit 0 # newer\n")


def only_a_folder(checkout: Checkout) -> None:
    shutil.rmtree(checkout.venv)
    checkout.venv.mkdir()


def only_a_file(checkout: Checkout) -> None:
    shutil.rmtree(checkout.venv)
    checkout.venv.touch()


def broken_import(checkout: Checkout) -> None:
    # The interpreter runs, and cannot import what it needs.
    (checkout.venv / "bin" / "python").write_text("#!/bin/sh\nexit 1\n")


@posix_only
@pytest.mark.parametrize(
    "harm",
    [
        no_stamp,
        spoilt_stamp,
        truncated_stamp,
        missing_file,
        cut_short,
        missing_package,
        missing_record,
        missing_interpreter,
        dangling_interpreter,
        other_interpreter,
        only_a_folder,
        only_a_file,
        broken_import,
    ],
)
def test_a_half_made_environment_is_mended(checkout, harm: Callable[[Checkout], None]):
    checkout.prepare(dev=True)
    harm(checkout)
    assert checkout.prepare(dev=True)
    assert checkout.thing.read_text() == "x = 1\n"
    assert subprocess.run([checkout.venv / "bin" / "python"], check=False).returncode == 0
    assert checkout.prepare(dev=True) == []
    assert not (checkout.root / ".tools" / "venv.old").exists()


@posix_only
def test_only_the_damaged_package_is_installed_again(checkout):
    checkout.prepare()
    cut_short(checkout)
    (asked,) = checkout.prepare()
    assert "--reinstall-package thing" in asked
    assert "--no-cache" not in asked


@posix_only
def test_damage_that_uv_overlooks_is_mended_past_its_cache(checkout):
    checkout.prepare()
    cut_short(checkout)
    no_stamp(checkout)
    _, again = checkout.prepare()
    assert "--reinstall-package thing" in again
    assert "--no-cache" in again


@posix_only
def test_a_copy_of_another_checkout_is_made_anew(checkout):
    checkout.prepare()
    stamp = json.loads(checkout.stamp.read_text())
    checkout.stamp.write_text(json.dumps({**stamp, "root": "/elsewhere"}))
    stranger = checkout.venv / "stranger"
    stranger.touch()
    assert len(checkout.prepare()) == 1
    assert not stranger.exists()


@posix_only
def test_what_cannot_be_synced_is_remade(checkout):
    checkout.prepare()
    no_stamp(checkout)
    leftover = checkout.venv / "leftover"
    leftover.touch()
    checkout.uv_fails()
    assert len(checkout.prepare()) == 3
    assert not leftover.exists()
    assert checkout.prepare() == []


@posix_only
def test_a_sound_environment_survives_a_failed_sync(checkout):
    checkout.prepare()
    (checkout.root / "uv.lock").write_text("lock 2")
    checkout.uv_fails()
    with pytest.raises(env.SetupError, match="uv could not"):
        checkout.prepare()
    assert checkout.thing.exists()
    assert len(checkout.prepare()) == 1


@posix_only
def test_what_cannot_be_remade_either_is_left_as_it_was(checkout):
    checkout.prepare()
    no_stamp(checkout)
    checkout.uv_fails(times=2)
    with pytest.raises(env.SetupError, match="uv could not"):
        checkout.prepare()
    assert checkout.thing.exists()
    assert not (checkout.root / ".tools" / "venv.old").exists()


@posix_only
def test_an_old_uv_gives_way_to_the_private_one(checkout, monkeypatch):
    monkeypatch.setenv("UV_SAYS", "0.9.30")
    private = checkout.root / ".tools" / "uv" / "bin" / "uv"
    private.parent.mkdir(parents=True)
    private.write_text(UV.replace("$UV_SAYS", "99.1.0").replace('echo "$@"', 'echo private "$@"'))
    private.chmod(0o755)
    (asked,) = checkout.prepare()
    assert asked.startswith("private sync")


@posix_only
def test_no_stamp_is_written_when_it_fails(checkout):
    checkout.uv_fails()
    with pytest.raises(env.SetupError):
        checkout.prepare()
    assert not checkout.stamp.exists()


@posix_only
@pytest.mark.parametrize(
    ("says", "known"), [("99.1.0", (99, 1)), ("0.9.30", (0, 9)), ("nothing", ())]
)
def test_uv_tells_its_version(checkout, monkeypatch, says, known):
    monkeypatch.setenv("UV_SAYS", says)
    assert env.uv_version(shutil.which("uv"), os.environ) == known


def test_a_uv_that_does_not_run_has_no_version(tmp_path):
    assert env.uv_version(tmp_path / "uv", os.environ) == ()


def test_what_would_spoil_the_environment_is_taken_out_of_the_variables(tmp_path):
    spoilt = {
        "PATH": "/bin",
        "UV_EXTRA_INDEX_URL": "file:///x",
        "UV_INDEX": "x",
        "UV_FIND_LINKS": "/x",
        "VIRTUAL_ENV": "/x",
        "UV_PROJECT_ENVIRONMENT": "/x",
    }
    assert env.child_environment(spoilt, tmp_path) == {
        "PATH": "/bin",
        "UV_PROJECT_ENVIRONMENT": str(tmp_path),
    }


# The repository's own lock file


def test_the_lock_names_no_address_but_pypi():
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    addresses = re.findall(r'(?:url|registry|path|git|directory) = "([^"]*)"', lock)
    assert len(addresses) > 100
    for address in addresses:
        assert address.startswith(("https://files.pythonhosted.org/", "https://pypi.org/simple"))


def test_the_lock_fits_the_project():
    uv = shutil.which("uv") or shutil.which(ROOT / ".tools" / "uv" / "bin" / "uv")
    environ = env.child_environment(os.environ, ROOT / ".venv")
    if uv is None or env.uv_version(uv, environ) < env.OLDEST_UV:
        pytest.skip("there is no uv to ask")
    done = subprocess.run(
        [uv, "lock", "--check"], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode and "needs to be updated" not in done.stderr:
        pytest.skip(f"uv could not look: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr


def test_the_supported_pythons_are_those_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    first, last = env.SUPPORTED[0], env.SUPPORTED[-1]
    assert project["requires-python"] == f">={first[0]}.{first[1]},<{last[0]}.{last[1] + 1}"


def test_the_pipeline_runs_the_two_commands_of_the_readme():
    pipeline = ROOT / ".ci" / "run"
    assert os.access(pipeline, os.X_OK)
    text = pipeline.read_text(encoding="utf-8")
    assert "dev.py check" in text
    assert "dev.py test" in text
