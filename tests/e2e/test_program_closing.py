"""The end of the program: asked for at any moment, or forced."""

import json
import os
import re
import signal
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from program import (
    Program,
    children,
    desk,
    exchange,
    exists,
    linux,
    live,
    posix,
    run,
    until,
)

pytestmark = posix

TOKEN = "closing-token"
NOBODY = "http://127.0.0.1:9"
SAVED = ["alltick:GOLD", "alltick:BTCUSDT", "alltick:AAPL.US", "alltick:700.HK"]


class Ended(NamedTuple):
    """How one run ended. ``took_s`` is from the signal to the end of the process."""

    code: int
    took_s: float
    stderr: str
    profile: Path
    orphans: list[int]


def _log(program: Program) -> Callable[[], bool]:
    path = program.folder / "profile" / "demo" / "logs" / "desk.log"
    return lambda: path.exists() and path.stat().st_size > 0


def _child(program: Program) -> Callable[[], bool]:
    return lambda: bool(children(program.pid))


def _live(program: Program) -> Callable[[], bool]:
    return live(program.folder / "metrics")


# From the first sign of life, which comes before Qt has been started, to a desk in full swing.
MOMENTS = {"starting": _log, "connecting": _child, "running": _live}
SIGNALS = (signal.SIGTERM, signal.SIGINT)
CASES = [(moment, number) for moment in MOMENTS for number in SIGNALS]


# Each signal meets another desk: of one vendor, and of both.
BOTH = ("--vendor", "alltick", "--vendor", "itick")
VENDORS = {signal.SIGTERM: (), signal.SIGINT: BOTH}


def _demo(folder: Path, vendors: Iterable[str] = ()) -> list[str]:
    profile, metrics = str(folder / "profile"), str(folder / "metrics")
    return ["--demo", *vendors, "--profile", profile, "--metrics", metrics]


@pytest.fixture(scope="module")
def endings(
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[tuple[str, signal.Signals], Ended]:
    """How the program ended, by the moment and the signal."""
    base = tmp_path_factory.mktemp("endings")
    found = {}
    for moment, happened in MOMENTS.items():
        with ExitStack() as stack:
            folders = {number: base / f"{moment}-{number.name}" for number in SIGNALS}
            programs = {
                number: stack.enter_context(desk(folder, *_demo(folder, VENDORS[number])))
                for number, folder in folders.items()
            }
            for number, program in programs.items():
                program.wait_for(happened(program), moment)
                started = children(program.pid)
                code = program.signal(number)
                found[moment, number] = Ended(
                    code,
                    program.ended_s,
                    program.stderr,
                    program.folder / "profile" / "demo",
                    [child for child in started if exists(child)],
                )
    return found


@linux
@pytest.mark.parametrize(("moment", "number"), CASES)
def test_a_signal_ends_it_cleanly_at_any_moment(
    endings: Mapping[tuple[str, signal.Signals], Ended],
    record_property: Callable[[str, object], None],
    moment: str,
    number: signal.Signals,
) -> None:
    ended = endings[moment, number]
    record_property("seconds to the end", round(ended.took_s, 2))
    assert (ended.code, ended.stderr) == (0, "")
    assert ended.orphans == []
    files = {path.name: path for path in ended.profile.rglob("*") if path.is_file()}
    assert "running.lock" not in files
    assert not [name for name in files if name.endswith(".new")]
    for name, path in files.items():
        if path.suffix == ".json":
            assert isinstance(json.loads(path.read_text(encoding="utf-8")), dict | list), name
    if moment == "running":
        assert {"quotes.json", "layout.json"} <= set(files)
        assert "closing took longer" not in files["desk.log"].read_text(encoding="utf-8")


@linux
def test_the_end_takes_less_than_a_second(
    endings: Mapping[tuple[str, signal.Signals], Ended],
) -> None:
    # The better of two: what a busy machine adds is not the program's.
    assert min(endings["running", number].took_s for number in SIGNALS) < 1.0


@linux
def test_an_exchange_that_hangs_does_not_hold_it_up(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with desk(tmp_path, *_demo(tmp_path)) as program:
        program.wait_for(_live(program), "it ran")
        (child,) = children(program.pid)
        os.kill(child, signal.SIGSTOP)
        try:
            assert (program.close(), program.stderr) == (0, "")
            record_property("seconds to the end", round(program.ended_s, 2))
            assert not exists(child)
        finally:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)


@linux
def test_impatience_does_no_harm(tmp_path: Path) -> None:
    with desk(tmp_path, *_demo(tmp_path)) as program:
        program.wait_for(_child(program), "it ran")
        for _ in range(3):
            program.process.send_signal(signal.SIGINT)
        assert (program.close(), program.stderr) == (0, "")


@linux
def test_a_killed_desk_takes_its_exchange_along(tmp_path: Path) -> None:
    with desk(tmp_path, *_demo(tmp_path)) as program:
        program.wait_for(_live(program), "it ran")
        (child,) = children(program.pid)
        program.process.kill()
        program.process.wait()
        until(lambda: not exists(child), "the end of the exchange")
        assert program.process.returncode == -signal.SIGKILL  # it had no chance to end it itself


def test_a_killed_desk_leaves_list_values_and_budget_to_the_next(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    profile.mkdir()
    lists = {"lists": [{"name": "Mine", "codes": SAVED}], "current": 0, "version": 1}
    (profile / "watchlists.json").write_text(json.dumps(lists), encoding="utf-8")
    with exchange(tmp_path / "exchange", "--plan", "basic") as known:
        arguments = ["--profile", str(profile), "--plan", "basic", "--endpoint", known.base]
        killed = tmp_path / "killed"
        with desk(
            killed,
            *arguments,
            *("--metrics", str(killed / "metrics")),
            patch="import alltick_desk.app.desk as desk; desk.CHECKPOINT_S = 0.5",
            ALLTICK_TOKEN=TOKEN,
        ) as program:
            program.wait_for(live(killed / "metrics", len(SAVED)), "every code was acknowledged")
            program.wait_for(lambda: known.calls() >= 2, "calls were made")
            saved = profile / "quotes.json"
            program.wait_for(
                lambda: saved.exists() and len(json.loads(saved.read_text())) == len(SAVED),
                "the values were saved",
            )
            program.process.kill()
            program.process.wait()
            calls = known.calls()
        # The second desk is drawn before it can have asked anybody anything.
        picture = tmp_path / "second.png"
        drawn = ("--snapshot", str(picture), "--after", "0.05")
        code, _, err = run(tmp_path / "second", *arguments, *drawn)
        assert (code, err) == (0, "")
        said = json.loads((tmp_path / "second.png.json").read_text(encoding="utf-8"))
        assert [f"alltick:{row['Code']}" for row in said["watchlist"]] == SAVED
        assert "—" not in {row["Last"] for row in said["watchlist"]}
        # The third one shows what the first has spent, and adds to it.
        drawn = ("--snapshot", str(tmp_path / "third.png"), "--after", "4")
        code, _, err = run(tmp_path / "third", *arguments, *drawn, ALLTICK_TOKEN=TOKEN)
        assert (code, err) == (0, "")
        said = json.loads((tmp_path / "third.png.json").read_text(encoding="utf-8"))
        used = re.search(r"Requests: (\d+) used today", said["status"]["budget"])
        assert used is not None, said["status"]
        assert calls <= int(used[1]) <= known.calls() + 1  # one may not have been on its way yet
        assert int(used[1]) > calls
        assert known.state()["breaches"] == []


def test_what_a_killed_desk_was_writing_goes_with_the_next_start(tmp_path: Path) -> None:
    profile, token = tmp_path / "profile", '{"alltick": "a token of before"}'
    profile.mkdir()
    with desk(tmp_path / "killed", "--version") as ended:
        ended.end()
    left = profile / f".tokens.json.{ended.pid}.new"
    left.write_text(token, encoding="utf-8")
    with desk(tmp_path / "next", "--profile", str(profile), "--endpoint", NOBODY) as program:
        program.wait_for(lambda: not left.exists(), "it was taken away")
        assert (program.close(), program.stderr) == (0, "")
