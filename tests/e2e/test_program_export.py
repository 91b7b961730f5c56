"""``--export``: what a desk has kept is written to a file, without a window."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from program import desk, live, run

HEADER = ["time", "open", "high", "low", "close", "volume", "turnover"]


def rows(path: Path) -> list[list[str]]:
    found = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    assert found[0] == HEADER
    return found[1:]


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile whose demo has once shown a chart."""
    folder = tmp_path_factory.mktemp("kept")
    picture = folder / "desk.png"
    code, _, err = run(
        folder / "first",
        *("--demo", "--profile", str(folder), "--chart", "BTCUSDT:1m"),
        *("--snapshot", str(picture), "--after", "4"),
    )
    assert (code, err) == (0, "")
    shown = json.loads(picture.with_name("desk.png.json").read_text(encoding="utf-8"))
    assert shown["chart"]["bars"] >= 500
    return folder


def test_the_charts_bars_are_exported(profile: Path, tmp_path: Path) -> None:
    file = tmp_path / "bars.csv"
    said = ("--demo", "--profile", str(profile), "--export", "BTCUSDT:1m", str(file))
    code, out, err = run(tmp_path, *said, QT_QPA_PLATFORM="")
    assert (code, err) == (0, "")
    bars = rows(file)
    assert len(bars) >= 500
    assert out.startswith(f"{len(bars)} 1m bars of BTCUSDT are in {file}.")
    times = [datetime.strptime(bar[0], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) for bar in bars]
    assert times == sorted(set(times))
    assert all(time.second == 0 for time in times)
    for _, first, high, low, last, volume, _ in bars:
        assert float(low) <= min(float(first), float(last))
        assert float(high) >= max(float(first), float(last))
        assert float(volume) >= 0


def test_nothing_stored_is_exit_1_and_one_sentence(profile: Path, tmp_path: Path) -> None:
    said = ("--demo", "--profile", str(profile), "--export", "NOBODY:1m", str(tmp_path / "a.csv"))
    code, out, err = run(tmp_path, *said)
    assert (code, out) == (1, "")
    assert err.startswith("alltick-desk: No 1m bars of NOBODY are stored.")
    assert err.count("\n") == 1
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize(
    ("name", "file", "words"),
    [
        ("BTCUSDT:3m", "a.csv", "is not an interval"),
        ("BTCUSDT:1m", "a.txt", "does not end with a format"),
        ("BTCUSDT:1m", "no/a.csv", "no folder"),
    ],
)
def test_what_cannot_be_done_is_exit_2(
    profile: Path, tmp_path: Path, name: str, file: str, words: str
) -> None:
    said = ("--demo", "--profile", str(profile), "--export", name, str(tmp_path / file))
    code, out, err = run(tmp_path, *said)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err


def test_bars_are_exported_while_a_desk_runs_on_the_profile(profile: Path, tmp_path: Path) -> None:
    told = tmp_path / "metrics"
    started = ("--demo", "--profile", str(profile), "--chart", "BTCUSDT:5m", "--metrics", str(told))
    with desk(tmp_path / "desk", *started) as program:
        program.wait_for(live(told), "prices came")
        file = tmp_path / "bars.csv"

        def exported() -> bool:
            said = ("--demo", "--profile", str(profile), "--export", "BTCUSDT:5m", str(file))
            return run(tmp_path / "export", *said)[0] == 0

        program.wait_for(exported, "the chart's bars were kept")
        assert len(rows(file)) >= 500
        assert program.close() == 0
