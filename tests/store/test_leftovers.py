"""What killed desks leave half written goes with the next start, and nothing else does."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fakes import FakeClock

from alltick_desk.store.leftovers import OLD_S, sweep
from alltick_desk.store.profile import Profile

CLOCK = FakeClock()
posix = pytest.mark.skipif(os.name != "posix", reason="there age alone decides")

KILLED = """
import os, signal, sys
from pathlib import Path
from alltick_desk.store import files
files.os.fsync = lambda descriptor: os.kill(os.getpid(), signal.SIGKILL)
files.write_json(Path(sys.argv[1]), {"alltick": "a token"})
"""


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    profile = Profile.at(tmp_path)
    profile.prepare()
    return profile


def left(path: Path, pid: int, age_s: float = 0.0) -> Path:
    """Leave what a process was writing to a file some seconds ago."""
    beside = path.with_name(f".{path.name}.{pid}.new")
    beside.parent.mkdir(parents=True, exist_ok=True)
    beside.write_text("half")
    then_s = CLOCK.wall_ms() / 1000 - age_s
    os.utime(beside, (then_s, then_s))
    return beside


@posix
def test_what_a_killed_desk_was_writing_is_taken_away(profile: Profile) -> None:
    command = [sys.executable, "-c", KILLED, str(profile.token_file)]
    killed = subprocess.run(command, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [path.name for path in profile.config.glob(".*.new")] != []
    assert sweep(profile, CLOCK) == 1
    assert list(profile.config.glob(".*.new")) == []


@posix
def test_every_folder_that_the_desk_writes_to_is_looked_into(profile: Profile) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    paths = [
        left(path, ended.pid)
        for path in (
            profile.watchlists_file,
            profile.quotes_file,
            profile.backups_folder / "watchlists-20260101T000000Z.json",
            profile.budget_folder / "budget.salt",
            profile.product_lists_folder / "x.json",
            profile.drawings_folder / "alltick" / "aapl-us.json",
            profile.reference_folder / "itick" / "closes.json",
        )
    ]
    assert sweep(profile, CLOCK) == len(paths)
    assert not any(path.exists() for path in paths)


def test_what_a_process_is_writing_now_is_left_alone(profile: Profile) -> None:
    now = left(profile.token_file, os.getpid())
    assert sweep(profile, CLOCK) == 0
    assert now.read_text() == "half"


def test_no_write_takes_so_long(profile: Profile) -> None:
    """Another process, or one on another machine, may have its number by now."""
    old = left(profile.token_file, os.getpid(), OLD_S + 1)
    young = left(profile.quotes_file, os.getpid(), OLD_S - 1)
    assert sweep(profile, CLOCK) == 1
    assert (old.exists(), young.exists()) == (False, True)


def test_nothing_else_goes(profile: Profile) -> None:
    names = [
        *("tokens.json", ".tokens.json.new", "tokens.json.7.new", ".tokens.json.x.new"),
        *(".7.new", ".tokens.json.7.new.txt"),
    ]
    for name in names:
        path = profile.config / name
        path.touch()
        os.utime(path, (0, 0))
    (profile.config / ".a.json.7.new").mkdir()
    assert sweep(profile, CLOCK) == 0
    assert all((profile.config / name).exists() for name in names)


def test_a_profile_without_folders_has_nothing_to_sweep(tmp_path: Path) -> None:
    profile = Profile.at(tmp_path / "never" / "made")
    assert sweep(profile, CLOCK) == 0
    assert list(tmp_path.iterdir()) == []
