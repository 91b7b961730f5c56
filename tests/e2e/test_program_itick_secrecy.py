"""iTick's token, which travels in a header and comes back in a frame, is in nothing written.

As in ``test_program_secrecy``: marked, everything logged, and every byte searched.
"""

import json
from collections.abc import Mapping
from contextlib import ExitStack

import pytest
from program import desk, exchange, metrics
from secrecy import BROKEN, LISTENS, TOKEN, Left, drawn, holding, spellings

CONNECTS = {"rules": {"itick": {"klines": "nested", "symbols": "dotted"}}}
REFUSED = {"bad_tokens": [TOKEN]}
# The frame that echoes the token comes cut short or as garbage that holds it; others break too.
FAULTS = {
    "faults": [
        {"do": "truncate", "on": "command", "call": "auth", "family": "stock", "times": 1},
        {"do": "garbage", "on": "command", "call": "auth", "family": "crypto", "body": TOKEN},
        {"do": "broken", "on": "command", "call": "subscribe", "after": 2, "times": 1},
        {"do": "garbage", "on": "http", "times": 1, "body": f"<p>{TOKEN}</p>"},
        {"do": "drop", "on": "http", "after": 1, "times": 1},
        {"do": "drop", "on": "push", "after": 8, "times": 1},
        {"do": "truncate", "on": "push", "after": 4, "times": 1},
    ]
}
# A vendor that repeats the token in every refusal.
ECHOES = {
    "faults": [
        {"do": "refuse", "status": 403, "family": "crypto", "body": f'{{"msg":"{TOKEN}"}}'},
        {"do": "ret", "on": "command", "call": "subscribe", "body": f"no, {TOKEN}"},
        {"do": "ret", "ret": 2, "on": "http", "body": f"E002 {TOKEN}"},
    ]
}
SCRIPTS = {
    "connect": CONNECTS,
    "refused": REFUSED,
    "faults": FAULTS,
    "echoes": ECHOES,
    "crash": CONNECTS,
}


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Left]:
    """The runs, all at once, by what happened in them."""
    base = tmp_path_factory.mktemp("secrecy")
    with ExitStack() as stack:
        programs = {}
        for name, script in SCRIPTS.items():
            known = stack.enter_context(exchange(base / f"exchange-{name}", script=script))
            programs[name] = stack.enter_context(
                desk(
                    base / name,
                    *("--vendor", "itick", "--symbols", "700.HK,BTCUSDT,EURUSD"),
                    *drawn(base / name, known.base, plan="itick=premium"),
                    patch=LISTENS + (BROKEN if name == "crash" else ""),
                    ITICK_TOKEN=TOKEN,
                    A_TOKEN=TOKEN,
                )
            )
        processes = {name: str(it.process.args) for name, it in programs.items()}
        return {name: Left(it.end(), it.folder, processes[name]) for name, it in programs.items()}


@pytest.mark.parametrize("name", SCRIPTS)
def test_nothing_that_was_written_holds_the_token(left: Mapping[str, Left], name: str) -> None:
    files = {path.name for path in left[name].folder.rglob("*")}
    assert {"stdout", "stderr", "desk.log", "metrics", "desk.png.json"} <= files
    assert holding(left[name].folder, TOKEN) == []


def test_no_process_was_called_by_the_token(left: Mapping[str, Left]) -> None:
    for one in left.values():
        assert "--endpoint" in one.processes
        assert not [form for form in spellings(TOKEN) if form in one.processes.encode()]


def test_the_runs_met_what_they_were_to_meet(left: Mapping[str, Left]) -> None:
    assert {one.code for one in left.values()} == {0}
    said = {
        name: json.loads((one.folder / "desk.png.json").read_text(encoding="utf-8"))
        for name, one in left.items()
    }
    states = {name: {row["Code"]: row["State"] for row in said[name]["watchlist"]} for name in said}
    assert set(states["connect"].values()) == {"Live"}
    assert set(states["refused"].values()) == {"Offline"}
    assert "does not accept the token" in " ".join(said["refused"]["messages"])
    assert states["echoes"]["BTCUSDT"] == "Offline"
    assert "Live" not in states["echoes"].values()
    (*_, last) = metrics(left["faults"].folder / "metrics")
    assert last["decode_errors_total"] >= 1
    assert "#1: waiting" in left["faults"].log
    assert "RuntimeError: broken task: wss://a.vendor" in left["crash"].log
    assert (left["crash"].folder / "stderr").read_bytes() == b""
