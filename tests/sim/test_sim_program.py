"""The exchange as a program of its own: ready line, ends, arguments, control paths."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from alltick_desk.sim.plans import plans_said


@contextmanager
def program(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the exchange; yield the process and the base address that it printed."""
    with subprocess.Popen(
        [sys.executable, "-m", "alltick_desk.sim", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            word, _, address = process.stdout.readline().strip().partition(" ")
            assert word == "ready", process.stderr.read()
            yield process, address
        finally:
            process.kill()


def ends(process: subprocess.Popen[str]) -> tuple[int, str]:
    assert process.stderr is not None
    code = process.wait(timeout=30)
    return code, process.stderr.read()


def test_it_is_ready_on_a_free_loopback_port_and_ends_with_its_parent() -> None:
    with program("--port", "0", "--parent") as (process, address):
        assert address.startswith("http://127.0.0.1:")
        response = httpx.get(f"{address}/quote-b-api/kline", trust_env=False)
        assert response.status_code == 401
        assert process.stdin is not None
        process.stdin.close()
        assert ends(process) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(number: signal.Signals) -> None:
    with program("--plan", "free") as (process, _):
        process.send_signal(number)
        assert ends(process) == (0, "")


@pytest.mark.parametrize(
    ("said", "alltick", "itick"),
    [
        ([], "premium", "premium"),
        (["free"], "free", "free"),
        (["base"], "premium", "base"),
        (["hk"], "hk", "premium"),
        (["free", "itick=base"], "free", "base"),
        (["itick=free", "alltick=basic"], "basic", "free"),
        (["itick=base", "professional"], "professional", "professional"),
    ],
)
def test_plans_are_said_by_vendor_or_by_name(said: list[str], alltick: str, itick: str) -> None:
    assert plans_said(said) == {"alltick": alltick, "itick": itick}


def test_both_vendors_are_on_the_one_port() -> None:
    with program("--plan", "alltick=free", "--plan", "itick=base") as (_, address):
        state = httpx.get(f"{address}/sim/state", trust_env=False).json()
        assert state["plans"] == {"alltick": "free", "itick": "base"}
        response = httpx.get(
            f"{address}/stock/quote",
            params={"region": "HK", "code": "700"},
            headers={"token": "secret-token"},
            trust_env=False,
        )
        assert response.json()["data"]["s"] == "700"
        assert httpx.get(f"{address}/quote-b-api/kline", trust_env=False).status_code == 401
        journal = httpx.get(f"{address}/sim/journal", trust_env=False)
        assert [entry["vendor"] for entry in journal.json()] == ["itick", "alltick"]
        assert "secret-token" not in journal.text


def test_without_parent_the_end_of_its_input_means_nothing() -> None:
    with program() as (process, address):
        assert process.stdin is not None
        process.stdin.close()
        state = httpx.get(f"{address}/sim/state", trust_env=False).json()
        assert (state["plan"], state["breaches"]) == ("premium", [])
        assert process.poll() is None


def test_faults_and_breaches_over_the_control_paths(tmp_path: Path) -> None:
    script = tmp_path / "script.json"
    script.write_text('{"bad_tokens": ["old"]}')
    query = {"query": '{"trace":"t","data":{"symbol_list":[{"code":"GOLD"}]}}'}
    with (
        program("--plan", "basic", "--script", str(script)) as (_, address),
        httpx.Client(trust_env=False, base_url=address) as http,
    ):
        path = "/quote-b-api/trade-tick"
        assert http.get(path, params={"token": "old", **query}).status_code == 401
        params = {"token": "secret-token", **query}
        assert http.get(path, params=params).json()["ret"] == 200
        assert http.get(path, params=params).json()["ret"] == 605
        assert http.post("/sim/fault", json={"do": "refuse", "on": "clock"}).status_code == 400
        assert http.post("/sim/fault", json={"do": "token"}).status_code == 200
        assert http.get(path, params=params).status_code == 401
        http.post("/sim/heal")
        assert http.get(path, params=params).json()["ret"] == 605
        state = http.get("/sim/state").json()
        assert state["breaches"][0]["limit"] == "trade-tick"
        journal = http.get("/sim/journal")
        assert [entry["ret"] for entry in journal.json()] == [401, 200, 605, 401, 605]
        assert "secret-token" not in journal.text
        assert http.get("/sim/nothing").status_code == 404


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--plan", "gold"], "'gold' is not a plan; the plans are free basic"),
        (["--plan", "itick=basic"], "'basic' is not a plan of itick's; the plans are free base"),
        (["--plan", "reuters=free"], "'reuters' is not a vendor; the vendors are alltick itick"),
        (["--port", "http"], "invalid int value"),
        (["--port", "70000"], "70000 is not a port"),
        (["--script", "/nowhere/script.json"], "cannot be read"),
        (["--nonsense"], "unrecognized arguments"),
    ],
)
def test_bad_arguments_are_one_sentence(arguments: list[str], words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "alltick_desk.sim", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_a_taken_port_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "alltick_desk.sim", "--port", str(port)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert f"port {port} cannot be listened on" in done.stderr
    assert len(done.stderr.splitlines()) == 1
