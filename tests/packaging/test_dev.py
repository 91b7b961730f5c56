"""The development script: what it decides, and that the project fits it."""

import os
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
from checkouts import dev, env
from scripts import ROOT


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
