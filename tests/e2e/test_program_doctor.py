"""``--doctor``: everything the desk needs, and what of it is missing."""

import socket
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from program import exchange, run

from alltick_desk import __version__

THINGS = [
    *("AllTick Desk:", "Python:", "Qt:", "Platform plugin:", "Fonts for Chinese:", "Keyring:"),
    *("Folder:", "Endpoint alltick:", "Clock offset:"),
]

Answers = Mapping[str, tuple[int, str, str]]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """Exit code, stdout and stderr of several examinations."""
    base = tmp_path_factory.mktemp("doctor")
    (base / "file").touch()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    profile = ("--profile", str(base / "profile"))
    with exchange(base / "exchange") as known, ThreadPoolExecutor(4) as pool:
        starts = {
            "well": ("--doctor", *profile, "--endpoint", known.base),
            "nobody": ("--doctor", *profile, "--endpoint", nobody),
            "no folder": ("--doctor", "--profile", str(base / "file"), "--endpoint", known.base),
            "demo": ("--doctor", "--demo", *profile),
        }
        found = pool.map(lambda name: run(base / name, *starts[name]), starts)
        return dict(zip(starts, found, strict=True))


@pytest.mark.parametrize("name", ["well", "nobody", "no folder", "demo"])
def test_each_thing_is_told(answers: Answers, name: str) -> None:
    _, out, err = answers[name]
    assert err == ""
    lines = [line[2:] for line in out.splitlines() if line[:2] in {"· ", "✗ "}]
    told = list(dict.fromkeys(line.partition(":")[0] + ":" for line in lines))
    assert told == THINGS
    assert lines[0].split() == ["AllTick", "Desk:", __version__]
    assert not [line for line in lines if not line.partition(":")[2].strip()]


def test_nothing_in_the_way_is_exit_0(answers: Answers) -> None:
    code, out, _ = answers["well"]
    assert code == 0
    assert "✗" not in out
    assert out.endswith("\nNothing keeps the desk from working.\n")
    assert "none; the desk offers to keep a token" in out  # the tests' keyring is none


def test_an_endpoint_that_does_not_answer_is_exit_1(answers: Answers) -> None:
    code, out, _ = answers["nobody"]
    assert code == 1
    (line,) = (line for line in out.splitlines() if line.startswith("✗"))
    assert "Endpoint alltick:" in line
    assert "does not answer" in line
    assert out.endswith("\nOne thing keeps the desk from working; see ✗ above.\n")


def test_a_folder_that_cannot_be_used_is_exit_1(answers: Answers) -> None:
    code, out, _ = answers["no folder"]
    assert code == 1
    assert "✗ Folder:" in out
    assert "cannot be used" in out


def test_a_demo_is_examined_with_its_own_exchange(answers: Answers) -> None:
    code, out, _ = answers["demo"]
    assert code == 0
    assert "http://127.0.0.1:" in out
    assert "not used by this profile" in out  # the keyring


def test_an_examination_makes_nothing(answers: Answers, tmp_path: Path) -> None:
    code, _, _ = run(tmp_path, "--doctor", "--demo", "--profile", str(tmp_path / "profile"))
    assert code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"stdout", "stderr"}
