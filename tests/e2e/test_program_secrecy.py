"""The token is in nothing that the program writes, whatever happens to it.

Every run has a marked token and logs everything; afterwards every byte that it left is searched.
"""

import base64
import json
import socket
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import pytest
from program import children, command_lines, desk, exchange, linux, live, metrics
from secrecy import BROKEN, ENDS, LISTENS, PIECE, TOKEN, Left, demo, drawn, holding, spellings

CONNECTS = {"rules": {"numbers": "mixed"}}
REFUSED = {"bad_tokens": [TOKEN]}
FAULTS = {
    "faults": [
        {"do": "garbage", "on": "http", "times": 1},
        {"do": "drop", "on": "http", "after": 1, "times": 1},
        {"do": "status", "status": 500, "after": 2, "times": 2},
        {"do": "drop", "on": "push", "after": 8, "times": 1},
        {"do": "garbage", "on": "push", "after": 3, "times": 1},
        {"do": "truncate", "on": "push", "after": 4, "times": 1},
        {"do": "ret", "ret": 600, "on": "command", "call": "22002", "times": 1},
    ]
}
TOO_OFTEN = {"faults": [{"do": "ret", "ret": 606, "on": "command", "times": 1}]}
ECHOES = {  # a vendor that repeats the token in its refusal
    "faults": [{"do": "refuse", "status": 403, "body": json.dumps({"ret": 401, "msg": TOKEN})}]
}


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Left]:
    """The runs, all at once, by what happened in them."""
    base = tmp_path_factory.mktemp("secrecy")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with ExitStack() as stack:
        scripts = {"connect": CONNECTS, "crash": CONNECTS, "refused": REFUSED}
        scripts |= {"faults": FAULTS, "too often": TOO_OFTEN, "echoes": ECHOES}
        known = {
            name: stack.enter_context(exchange(base / f"exchange-{name}", script=script)).base
            for name, script in scripts.items()
        }
        known |= dict.fromkeys(("unreachable", "no token", "end"), nobody)
        patches = {"crash": BROKEN, "end": ENDS}
        programs = {
            name: stack.enter_context(
                desk(
                    base / name,
                    *drawn(base / name, endpoint),
                    patch=LISTENS + patches.get(name, ""),
                    ALLTICK_TOKEN=f"{TOKEN} twice" if name == "no token" else TOKEN,
                    A_TOKEN=TOKEN,
                )
            )
            for name, endpoint in known.items()
        }
        folder = base / "demo"
        shown = stack.enter_context(desk(folder, *demo(folder), ALLTICK_TOKEN=TOKEN))
        shown.wait_for(live(folder / "metrics"), "the demo ran")
        processes = str([command_lines()[pid] for pid in (shown.pid, *children(shown.pid))])
        found = {"demo": Left(shown.close(), shown.folder, processes)}
        for name, program in programs.items():
            found[name] = Left(program.end(), program.folder, str(program.process.args))
        return found


RUNS = [
    *("connect", "refused", "faults", "too often", "echoes", "unreachable", "no token"),
    *("crash", "end", "demo"),
]


@pytest.mark.parametrize("name", RUNS)
def test_nothing_that_was_written_holds_the_token(left: Mapping[str, Left], name: str) -> None:
    files = {path.name for path in left[name].folder.rglob("*")}
    assert {"stdout", "stderr", "desk.log"} <= files
    assert ("metrics" in files) == (name != "end")
    assert holding(left[name].folder, TOKEN) == []


def test_no_process_was_called_by_the_token(left: Mapping[str, Left]) -> None:
    for one in left.values():
        assert not [form for form in spellings(TOKEN) if form in one.processes.encode()]


@linux
def test_the_exchange_of_a_demo_is_told_only_what_it_needs(left: Mapping[str, Left]) -> None:
    assert "alltick_desk.sim" in left["demo"].processes
    assert "--plan', 'alltick=premium'" in left["demo"].processes


def test_the_runs_met_what_they_were_to_meet(left: Mapping[str, Left]) -> None:
    codes = {name: one.code for name, one in left.items()}
    assert codes == dict.fromkeys(RUNS, 0) | {"end": 1}
    said = {
        name: json.loads((left[name].folder / "desk.png.json").read_text(encoding="utf-8"))
        for name in RUNS
        if name not in {"demo", "end"}
    }
    states = {name: {row["State"] for row in said[name]["watchlist"]} for name in said}
    assert "Live" in states["connect"]
    assert states["refused"] == states["echoes"] == {"Offline"}
    assert states["no token"] == {"Offline"}
    assert "Live" not in states["unreachable"]
    assert "token" in " ".join(said["refused"]["messages"])
    assert "no spaces" in " ".join(said["no token"]["messages"])
    (*_, last) = metrics(left["faults"].folder / "metrics")
    assert last["decode_errors_total"] >= 1
    assert "#1: waiting" in left["faults"].log
    assert "(rate-closed)" in left["too often"].log
    for name in ("faults", "unreachable"):
        made = (left[name].folder / "errors.txt").read_text(encoding="utf-8")
        assert "VendorError AllTick could not be reached" in made
    assert "AllTick Desk" in (left["unreachable"].folder / "shown.txt").read_text(encoding="utf-8")
    assert list((left["connect"].folder / "profile" / "budget").glob("*.sqlite3"))


def test_every_crash_reached_the_log_without_the_token(left: Mapping[str, Left]) -> None:
    log = left["crash"].log
    for where in ("task", "slot", "callback", "thread", "dying"):
        assert f"RuntimeError: broken {where}: wss://a.vendor" in log
    assert "broken message: wss://" in log
    assert "broken warning: wss://" in log
    assert log.count("broken line: wss://") >= 2
    report = (left["crash"].folder / "report.txt").read_text(encoding="utf-8")
    assert "RuntimeError: broken task: wss://a.vendor" in report
    assert (left["crash"].folder / "stderr").read_bytes() == b""


def test_an_error_that_ends_the_desk_is_a_sentence_and_a_traceback_in_the_log(
    left: Mapping[str, Left],
) -> None:
    err = (left["end"].folder / "stderr").read_text(encoding="utf-8")
    assert err.startswith("alltick-desk: The desk met an error that it did not expect")
    assert err.count("\n") == 1
    assert "RuntimeError: broken end: wss://x/y?token=" in left["end"].log


def test_the_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    for number, form in enumerate(
        (
            f"a{TOKEN}z",
            f"https://x/y?token={quote(TOKEN, safe='')}&a=b",
            TOKEN[::-1],
            base64.b64encode(f"user:{TOKEN}".encode()).decode(),
            f"it begins with {TOKEN[:PIECE]}…",
            f"it ends with …{TOKEN[-PIECE:]}",
        )
    ):
        (tmp_path / str(number)).write_text(form, encoding="utf-8")
    (tmp_path / "harmless").write_text("token=•••", encoding="utf-8")
    (tmp_path / TOKEN.replace("/", "")).touch()
    assert len(holding(tmp_path, TOKEN)) == 7
