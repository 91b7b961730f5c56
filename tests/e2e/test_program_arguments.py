"""What the program says to a wrong start: one sentence, exit code 2, no traceback."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from program import linux, run

from alltick_desk import __version__

DEMO = ("--demo", "--profile", "{folder}/made")
DRAWN = (*DEMO, "--after", "0.1", "--snapshot")

# Arguments, and words of the sentence; {folder} is an empty one, {file} a file with nothing in it.
MISTAKES: dict[str, tuple[tuple[str, ...], str]] = {
    "demo with endpoint": (
        ("--demo", "--endpoint", "http://127.0.0.1:18080"),
        "cannot be combined with --endpoint",
    ),
    "plain http to afar": (("--endpoint", "http://quote.alltick.co"), "Plain http goes to this"),
    "plain http nearby": (("--endpoint", "http://192.168.1.7:18080"), "Plain http goes to this"),
    "plain ws": (("--endpoint", "ws://127.0.0.1:18080"), "begins with https://"),
    "no port": (("--endpoint", "https://host:port"), "begins with https://"),
    "endpoint with a path": (("--endpoint", "https://host/path"), "the paths are the vendor's"),
    "unknown vendor": (("--vendor", "yahoo"), "alltick itick"),
    "unknown plan": (("--plan", "gold"), "free basic premium professional hk cn us"),
    "unknown plan of itick": (
        ("--vendor", "itick", "--plan", "gold"),
        "free base professional premium",
    ),
    "unknown interval": (("--chart", "700.HK:3m"), "1m 5m 15m 30m 1h 2h 4h 1d 1w 1mo"),
    "an interval stocks do not have": (("--chart", "700.HK:4h"), "no 4h bars for 700.HK"),
    "no code to chart": (("--chart", ":5m"), "needs a code"),
    "no symbols": (("--symbols", ","), "at least one code"),
    "unknown theme": (("--theme", "blue"), "system light dark"),
    "unknown language": (("--lang", "de"), "en zh_CN"),
    "unknown level": (("--log-level", "loud"), "debug info warning error"),
    "no seconds": (("--snapshot", "{folder}/a.png", "--after", "soon"), "number of seconds"),
    "seconds for nothing": (("--after", "3"), "needs --snapshot"),
    "no folder for the picture": (("--snapshot", "{folder}/no/a.png"), "no folder"),
    "a folder for a picture": (("--snapshot", "{folder}"), "is a folder"),
    "no folder for the metrics": (("--metrics", "{folder}/no/m"), "no folder"),
    "unknown option": (("--colour",), "no option --colour"),
    "half an option": (("--dem",), "no option --dem"),
    "token as an argument": (("--token", "hush"), "never given on the command line"),
    "something else": (("hush",), "belongs to no option"),
    "no value": (("--plan",), "needs a value"),
    "too much value": (("--demo=hush",), "takes no value"),
    "profile is a file": (("--demo", "--profile", "{file}"), "cannot be used"),
    "profile below a file": (("--profile", "{file}/desk"), "cannot be used"),
    "profile with too long a name": (("--demo", "--profile", "{folder}/" + 300 * "x"), "too long"),
    "picture with too long a name": ((*DRAWN, "{folder}/" + 300 * "x"), "too long"),
}
IN_PROC: dict[str, tuple[tuple[str, ...], str]] = {  # where not even root can make a file
    "read-only profile": (("--demo", "--profile", "/proc/desk"), "/proc/desk"),
    "read-only folder for a picture": ((*DRAWN, "/proc/a.png"), "'/proc/a.png' cannot be written"),
    "read-only folder for metrics": (
        (*DRAWN, "{folder}/a.png", "--metrics", "/proc/m"),
        "'/proc/m' cannot be written",
    ),
}

Answers = Mapping[str, tuple[int, str, str]]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """Exit code, stdout and stderr of every start, several at a time."""
    base = tmp_path_factory.mktemp("starts")

    def start(number: int, said: tuple[str, ...]) -> tuple[int, str, str]:
        home = base / str(number)
        folder, file = home / "folder", home / "file"
        folder.mkdir(parents=True)
        file.touch()
        return run(home, *(one.format(folder=folder, file=file) for one in said))

    starts = {name: said for name, (said, _) in (MISTAKES | IN_PROC).items()}
    starts |= {"version": ("--version",), "help": ("--help",)}
    with ThreadPoolExecutor(4) as pool:
        return dict(zip(starts, pool.map(start, range(len(starts)), starts.values()), strict=True))


def sentence(answer: tuple[int, str, str]) -> str:
    """Return the one sentence that a mistake is answered with; it repeats no secret."""
    code, out, err = answer
    assert code == 2
    assert out == ""
    assert err.startswith("alltick-desk: ")
    assert err.endswith(".\n")
    assert err.count("\n") == 1
    assert "hush" not in err
    return err


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_answered_with_one_sentence(answers: Answers, name: str) -> None:
    assert MISTAKES[name][1] in sentence(answers[name])


@linux
@pytest.mark.parametrize("name", IN_PROC)
def test_a_place_that_cannot_be_written_is_told_at_once(answers: Answers, name: str) -> None:
    assert IN_PROC[name][1] in sentence(answers[name])


def test_the_version(answers: Answers) -> None:
    assert answers["version"] == (0, f"AllTick Desk {__version__}\n", "")


def test_the_help_names_every_option(answers: Answers) -> None:
    code, out, err = answers["help"]
    assert (code, err) == (0, "")
    for option in (
        *("--demo", "--vendor alltick|itick", "--endpoint URL", "--plan NAME", "--profile DIR"),
        *("--symbols A,B,C", "--chart CODE[:INTERVAL]", "--theme system|light|dark"),
        *("--lang en|zh_CN", "--snapshot FILE [--after S]", "--metrics FILE", "--log-level L"),
        *("--doctor", "--version"),
    ):
        assert f"[{option}]" in out


def test_a_wrong_start_leaves_nothing_behind(tmp_path: Path) -> None:
    code, _, _ = run(tmp_path, "--profile", str(tmp_path / "made"), "--plan", "gold")
    assert code == 2
    assert {path.name for path in tmp_path.iterdir()} == {"stdout", "stderr"}
