"""One desk a profile: what a second start does."""

import json
from contextlib import ExitStack
from pathlib import Path

from program import Program, desk, exchange, live, posix, run, until

TOKEN = "instance-token"
ASKED = "another start asked for this window"


def _demo(profile: Path) -> list[str]:
    return ["--demo", "--profile", str(profile)]


def _started(program: Program, profile: Path) -> None:
    metrics = program.folder / "metrics"
    program.wait_for(live(metrics), "it ran")
    assert (profile / "running.lock").exists()


def test_a_second_start_raises_the_first(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    log = profile / "demo" / "logs" / "desk.log"
    first_folder = tmp_path / "first"
    metrics = ("--metrics", str(first_folder / "metrics"))
    with desk(first_folder, *_demo(profile), *metrics) as first:
        _started(first, profile / "demo")
        assert ASKED not in log.read_text(encoding="utf-8")
        assert run(tmp_path / "second", *_demo(profile)) == (0, "", "")
        first.wait_for(lambda: log.read_text(encoding="utf-8").count(ASKED) == 1, "it was raised")
        # A picture of a demo writes nothing that the first one holds.
        before = {path: path.stat().st_mtime_ns for path in (profile / "demo").glob("*.json")}
        picture = tmp_path / "desk.png"
        drawn = ("--snapshot", str(picture), "--after", "0.5")
        assert run(tmp_path / "third", *_demo(profile), *drawn) == (0, "", "")
        assert json.loads(picture.with_name("desk.png.json").read_text(encoding="utf-8"))
        assert first.running
        assert {
            path: path.stat().st_mtime_ns for path in (profile / "demo").glob("*.json")
        } == before
        assert first.close() == 0
    assert not (profile / "demo" / "running.lock").exists()


def test_of_two_starts_at_once_one_stays(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    with ExitStack() as stack:
        both = [
            stack.enter_context(desk(tmp_path / name, *_demo(profile))) for name in ("one", "two")
        ]
        until(lambda: not all(program.running for program in both), "one gave way")
        (gone,) = (program for program in both if not program.running)
        (stays,) = (program for program in both if program.running)
        assert (gone.end(), gone.stderr) == (0, "")
        assert (stays.close(), stays.stderr) == (0, "")


def test_a_picture_with_a_real_token_is_refused_while_the_profile_is_held(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    first_folder = tmp_path / "first"
    with exchange(tmp_path / "exchange", "--plan", "basic") as known:
        arguments = ["--profile", str(profile), "--plan", "basic", "--endpoint", known.base]
        metrics = ("--metrics", str(first_folder / "metrics"))
        with desk(first_folder, *arguments, *metrics, ALLTICK_TOKEN=TOKEN) as first:
            _started(first, profile)
            picture = tmp_path / "desk.png"
            drawn = ("--snapshot", str(picture), "--after", "0.5")
            code, out, err = run(tmp_path / "second", *arguments, *drawn, ALLTICK_TOKEN=TOKEN)
            assert (code, out) == (2, "")
            assert err.startswith("alltick-desk: Another desk runs on this profile")
            assert err.count("\n") == 1
            assert not picture.exists()
            # Who only looks is let in.
            code, out, err = run(tmp_path / "third", *arguments, "--doctor")
            assert (code, err) == (0, "")
            assert first.close() == 0


@posix
def test_the_lock_of_a_killed_desk_holds_nobody_up(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    arguments = ["--profile", str(profile)]
    with desk(tmp_path / "killed", *arguments) as killed:
        killed.wait_for((profile / "running.lock").exists, "the lock was taken")
        killed.process.kill()
        killed.process.wait()
    assert (profile / "running.lock").exists()
    drawn = ("--snapshot", str(tmp_path / "desk.png"), "--after", "0.2")
    assert run(tmp_path / "second", *arguments, *drawn) == (0, "", "")
    assert not (profile / "running.lock").exists()


def test_a_lock_that_cannot_be_made_is_told_as_such(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    (profile / "demo" / "running.lock").mkdir(parents=True)
    code, out, err = run(tmp_path / "only", *_demo(profile))
    assert (code, out) == (2, "")
    assert "no lock can be made" in err
    assert err.count("\n") == 1
