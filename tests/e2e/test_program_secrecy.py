"""The token is in nothing that the program writes, whatever happens to it.

Every run has a marked token and logs everything; afterwards every byte that it left is searched
for the token as it is, as a URL or another encoding spells it, and for pieces of it.
"""

import base64
import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, quote_plus

import pytest
from program import children, command_lines, desk, exchange, linux, live, metrics

TOKEN = "Mark3d/9f8e7d6c5b4a+3f2e1d0c=Zq~7w6v5u4t-c-app"
PIECE = 12  # so many characters of it in a row are too many

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

# Writes down what no file would show: every error as it is made, and every text of the window.
LISTENS = """
from pathlib import Path
from PySide6.QtWidgets import QWidget
from alltick_desk import errors
from alltick_desk.app import desk

TEXTS = ("text", "toPlainText", "toolTip", "windowTitle", "accessibleName", "accessibleDescription")
write_snapshot = desk.write_snapshot

def made(self, *arguments):
    Exception.__init__(self, *arguments)
    with Path("errors.txt").open("a") as file:
        print(type(self).__name__, *arguments, file=file)

def written(window, state, path):
    write_snapshot(window, state, path)
    widgets = [window, *window.findChildren(QWidget)]
    texts = [getattr(one, name) for one in widgets for name in TEXTS if hasattr(one, name)]
    shown = [str(text() if callable(text) else text) for text in texts]
    Path("shown.txt").write_text("\\n".join(shown))

errors.DeskError.__init__, desk.write_snapshot = made, written
"""

# Breaks everything that can break by itself, with the address and the token in the words.
BROKEN = """
import asyncio, gc, logging, os, threading, warnings
from pathlib import Path
from PySide6.QtCore import QTimer, qWarning
from alltick_desk.app.screen import Screen
from alltick_desk.feed.provider import Provider
from alltick_desk.ui.report import ErrorReports

TOKEN = os.environ["ALLTICK_TOKEN"]
URL = "wss://quote.alltick.co/quote-b-ws-api?token=" + TOKEN
place, add = Screen.place_chart, ErrorReports.add

def broken(where):
    try:
        raise ValueError(URL)
    except ValueError as error:
        raise RuntimeError(f"broken {where}: {URL}, that is {TOKEN!r}") from error

class Dying:
    def __del__(self):
        broken("dying")

async def task(*_arguments):
    broken("task")

def slot():
    broken("slot")

def placed(self, chart):
    place(self, chart)
    loop = asyncio.get_running_loop()
    loop.call_soon(broken, "callback")
    threading.Thread(target=broken, args=("thread",)).start()
    QTimer.singleShot(0, slot)
    Dying()
    qWarning("broken message: " + URL)
    warnings.warn("broken warning: " + URL)
    logging.getLogger("anything").error("a line that cannot be made: %d", URL)
    for name in ("httpx", "httpcore", "websockets.client", "alltick_desk", "anything"):
        for level in (logging.DEBUG, logging.ERROR):
            logging.getLogger(name).log(level, "broken line: %s %r", URL, {"token": TOKEN})

def added(self, error, doing=""):
    new = add(self, error, doing)
    Path("report.txt").write_text(self.text())
    return new

Provider.candles, Screen.place_chart, ErrorReports.add = task, placed, added
"""
ENDS = """
import os
from alltick_desk.app.desk import Desk

async def run(self):
    raise RuntimeError("broken end: wss://x/y?token=" + os.environ["ALLTICK_TOKEN"])

Desk.run = run
"""


class Left(NamedTuple):
    """What one run left: its exit code and its folder; beside that what processes were called."""

    code: int
    folder: Path
    processes: str


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
                    *_arguments(base / name, endpoint),
                    patch=LISTENS + patches.get(name, ""),
                    ALLTICK_TOKEN=f"{TOKEN} twice" if name == "no token" else TOKEN,
                )
            )
            for name, endpoint in known.items()
        }
        demo = stack.enter_context(desk(base / "demo", *_demo(base / "demo"), ALLTICK_TOKEN=TOKEN))
        demo.wait_for(live(base / "demo" / "metrics"), "the demo ran")
        processes = str([command_lines()[pid] for pid in (demo.pid, *children(demo.pid))])
        found = {"demo": Left(demo.close(), demo.folder, processes)}
        for name, program in programs.items():
            found[name] = Left(program.end(), program.folder, str(program.process.args))
        return found


def _arguments(folder: Path, endpoint: str) -> Iterator[str]:
    yield from ("--endpoint", endpoint, "--plan", "premium", "--snapshot", str(folder / "desk.png"))
    yield from ("--after", "6", *_always(folder))


def _demo(folder: Path) -> Iterator[str]:
    yield from ("--demo", *_always(folder))


def _always(folder: Path) -> Iterator[str]:
    yield from ("--profile", str(folder / "profile"), "--metrics", str(folder / "metrics"))
    yield from ("--log-level", "debug")


def spellings(token: str) -> set[bytes]:
    """Return every form in which a token could lie somewhere."""
    plain = token.encode()
    texts = {token[start : start + PIECE] for start in range(len(token) - PIECE + 1)}
    texts |= {text[::-1] for text in texts}
    for escaped in (quote(token, safe=""), quote_plus(token), json.dumps(token)[1:-1]):
        texts |= {escaped, escaped.lower(), escaped.replace("%", "%25")}
    found = {text.encode() for text in texts} | {plain.hex().encode(), token.encode("utf-16-le")}
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        # Wherever the token begins in what was encoded, three bytes become four letters.
        for before in range(3):
            coded = encode(b"x" * before + plain).rstrip(b"=")
            found.add(coded[4 if before else 0 : -2])
    return found


def holding(folder: Path, token: str) -> list[Path]:
    """Return the files in a folder that hold a token in any form, in their name or inside."""
    forms = spellings(token)
    return [
        path
        for path in folder.rglob("*")
        if any(form in str(path).encode() for form in forms)
        or (path.is_file() and any(form in path.read_bytes() for form in forms))
    ]


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
    assert "--plan', 'premium'" in left["demo"].processes


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
    assert "#1: waiting" in _log(left["faults"])
    assert "(rate-closed)" in _log(left["too often"])
    for name in ("faults", "unreachable"):
        made = (left[name].folder / "errors.txt").read_text(encoding="utf-8")
        assert "VendorError AllTick could not be reached" in made
    assert "AllTick Desk" in (left["unreachable"].folder / "shown.txt").read_text(encoding="utf-8")
    assert list((left["connect"].folder / "profile" / "budget").glob("*.sqlite3"))


def test_every_crash_reached_the_log_without_the_token(left: Mapping[str, Left]) -> None:
    log = _log(left["crash"])
    for where in ("task", "slot", "callback", "thread", "dying"):
        assert f"RuntimeError: broken {where}: wss://quote.alltick.co" in log
    assert "broken message: wss://" in log
    assert "broken warning: wss://" in log
    assert log.count("broken line: wss://") >= 2
    report = (left["crash"].folder / "report.txt").read_text(encoding="utf-8")
    assert "RuntimeError: broken task: wss://quote.alltick.co" in report
    assert (left["crash"].folder / "stderr").read_bytes() == b""


def test_an_error_that_ends_the_desk_is_a_sentence_and_a_traceback_in_the_log(
    left: Mapping[str, Left],
) -> None:
    err = (left["end"].folder / "stderr").read_text(encoding="utf-8")
    assert err.startswith("alltick-desk: The desk met an error that it did not expect")
    assert err.count("\n") == 1
    assert "RuntimeError: broken end: wss://x/y?token=" in _log(left["end"])


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


def _log(one: Left) -> str:
    text = ""
    for path in (one.folder / "profile").rglob("desk.log*"):
        text += path.read_text(encoding="utf-8")
    return text
