"""``--metrics``: a line of measured figures a second."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from program import desk, linux, live, metrics

KEYS = [
    *("t", "rss_mb", "cpu_s", "msgs_total", "msgs_per_s", "decode_errors_total"),
    *("conflated_total", "subscribed", "frames_total", "frame_ms_p50", "frame_ms_p99"),
    *("loop_lag_ms_p99", "tick_to_paint_ms_p50", "tick_to_paint_ms_p99"),
    *("http_calls_total", "ws_state", "reconnects_total"),
]
RISING = [
    *("t", "cpu_s", "msgs_total", "decode_errors_total", "conflated_total", "frames_total"),
    "reconnects_total",
]
SOCKETS = {"connecting", "live", "silent", "waiting", "refused", "closed"}
LINES = 6

Lines = list[dict[str, Any]]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Lines]]:
    """What a demo, and a desk that has no token, have written; both are running still."""
    base = tmp_path_factory.mktemp("metrics")
    paths = {name: base / f"{name}.jsonl" for name in ("demo", "itick", "idle")}
    for path in paths.values():
        path.write_text("what an earlier run left\n", encoding="utf-8")
    with (
        desk(base / "demo", *_arguments(base, "demo"), "--demo") as demo,
        desk(base / "itick", *_arguments(base, "itick"), "--demo", "--vendor", "itick") as itick,
        desk(base / "idle", *_arguments(base, "idle")) as idle,
    ):
        for program, path in zip((demo, itick, idle), paths.values(), strict=True):
            program.wait_for(lambda path=path: path.read_bytes()[:1] in b"{", "an empty file")
        demo.wait_for(live(paths["demo"], 18), "every code was acknowledged")
        itick.wait_for(live(paths["itick"], 18), "every code was acknowledged")
        ready = len(metrics(paths["demo"]))
        demo.wait_for(lambda: len(metrics(paths["demo"])) >= ready + LINES, "a line a second")
        lines = {name: metrics(path) for name, path in paths.items()}
        assert demo.running
        assert idle.running
        yield lines
        assert [it.close() for it in (demo, itick, idle)] == [0, 0, 0]


def _arguments(base: Path, name: str) -> Iterator[str]:
    yield from ("--profile", str(base / name), "--metrics", str(base / f"{name}.jsonl"))


@pytest.mark.parametrize("name", ["demo", "itick", "idle"])
def test_every_line_has_exactly_the_promised_keys(written: Mapping[str, Lines], name: str) -> None:
    assert len(written[name]) >= LINES
    for line in written[name]:
        assert list(line) == KEYS
        assert isinstance(line["http_calls_total"], dict)
        assert set(line["ws_state"].values()) <= SOCKETS


@pytest.mark.parametrize("name", ["demo", "idle"])
def test_there_is_a_line_a_second(written: Mapping[str, Lines], name: str) -> None:
    times = [line["t"] for line in written[name]]
    mean_s = (times[-1] - times[0]) / (len(times) - 1)
    assert 0.9 < mean_s < 1.1


def test_totals_never_fall(written: Mapping[str, Lines]) -> None:
    for before, after in zip(written["demo"], written["demo"][1:], strict=False):
        for key in RISING:
            assert after[key] >= before[key]


def test_the_figures_of_a_demo_are_plausible(written: Mapping[str, Lines]) -> None:
    before, last = written["demo"][-LINES], written["demo"][-1]
    assert 40 < last["rss_mb"] < 1000
    assert 0 < last["cpu_s"] < 600
    assert last["subscribed"] == 18
    assert last["ws_state"] == {"alltick/stock": "live", "alltick/other": "live"}
    assert last["decode_errors_total"] == last["reconnects_total"] == 0
    assert last["http_calls_total"]["kline"] >= 1
    assert last["http_calls_total"]["batch-kline"] >= 1
    assert last["frames_total"] > before["frames_total"]
    assert 0 < last["frame_ms_p50"] <= last["frame_ms_p99"]
    assert 0 < last["tick_to_paint_ms_p50"] <= last["tick_to_paint_ms_p99"]
    assert last["loop_lag_ms_p99"] >= 0
    # What came in these seconds is what the rates of these seconds add up to.
    seconds = written["demo"][-LINES + 1 :]
    came = last["msgs_total"] - before["msgs_total"]
    assert came > 0
    assert sum(line["msgs_per_s"] for line in seconds) == pytest.approx(came, rel=0.2)


def test_the_second_vendor_is_measured_as_well(written: Mapping[str, Lines]) -> None:
    last = written["itick"][-1]
    assert last["subscribed"] == 18
    assert last["msgs_total"] > 0
    assert last["decode_errors_total"] == last["reconnects_total"] == 0
    live_ones = {name for name, state in last["ws_state"].items() if state == "live"}
    assert live_ones == {f"itick/{it}" for it in ("stock", "forex", "indices", "crypto")}
    assert set(last["http_calls_total"]) >= {"kline"}


def test_what_was_not_measured_is_null(written: Mapping[str, Lines]) -> None:
    for line in written["idle"]:
        assert line["tick_to_paint_ms_p50"] is None
        assert line["tick_to_paint_ms_p99"] is None
        assert line["msgs_total"] == line["subscribed"] == 0
        assert line["http_calls_total"] == {}


@linux
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="it needs a disk that is full")  # noqa: PTH110
def test_a_full_disk_ends_the_metrics_and_not_the_desk(tmp_path: Path) -> None:
    log = tmp_path / "profile" / "demo" / "logs" / "desk.log"
    arguments = ("--demo", "--profile", str(tmp_path / "profile"), "--metrics", "/dev/full")
    with desk(tmp_path, *arguments) as program:
        program.wait_for(
            lambda: log.exists() and "The metrics are not written any more" in log.read_text(),
            "the person was told",
        )
        assert program.close() == 0
        assert program.stderr == ""
    assert "Traceback" not in log.read_text(encoding="utf-8")
