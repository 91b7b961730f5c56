"""The Python environment: made once, kept while nothing changes, and synced by a uv that fits."""

import os
import shutil
import sys

import pytest
from checkouts import UV, env, posix_only


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
def test_a_sound_environment_survives_a_failed_sync(checkout):
    checkout.prepare()
    (checkout.root / "uv.lock").write_text("lock 2")
    checkout.uv_fails()
    with pytest.raises(env.SetupError, match="uv could not"):
        checkout.prepare()
    assert checkout.thing.exists()
    assert len(checkout.prepare()) == 1


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
