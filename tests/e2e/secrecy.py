"""What the tests of secrecy share: a marked token, the search for it, and ways to break the desk.

Every run has the marked token and logs everything; afterwards every byte that it left is searched
for the token as it is, as a URL or another encoding spells it, and for pieces of it.
"""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, quote_plus

TOKEN = "Mark3d/9f8e7d6c5b4a+3f2e1d0c=Zq~7w6v5u4t-c-app"
PIECE = 12  # so many characters of it in a row are too many

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
    Path("shown.txt").write_text("\\n".join(map(said, texts)))

def said(text):
    try:
        return str(text() if callable(text) else text)
    except TypeError:  # of our own, and about something: the parts show it anyway
        return ""

errors.DeskError.__init__, desk.write_snapshot = made, written
"""

# Breaks everything that can break by itself, with the address and the token in the words.
BROKEN = """
import asyncio, gc, logging, os, threading, warnings
from pathlib import Path
from PySide6.QtCore import QTimer, qWarning
from alltick_desk.app.charting import Charting
from alltick_desk.feed.provider import Provider
from alltick_desk.ui.report import ErrorReports

TOKEN = os.environ["A_TOKEN"]
URL = "wss://a.vendor/quotes?token=" + TOKEN
begin, add = Charting.begin, ErrorReports.add

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

def begun(self):
    begin(self)
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

Provider.candles, Charting.begin, ErrorReports.add = task, begun, added
"""
ENDS = """
import os
from alltick_desk.app.desk import Desk

async def run(self):
    raise RuntimeError("broken end: wss://x/y?token=" + os.environ["A_TOKEN"])

Desk.run = run
"""


class Left(NamedTuple):
    """What one run left: its exit code and its folder; beside that what processes were called."""

    code: int
    folder: Path
    processes: str

    @property
    def log(self) -> str:
        """Everything in the log's files."""
        paths = (self.folder / "profile").rglob("desk.log*")
        return "".join(path.read_text(encoding="utf-8") for path in paths)


def drawn(folder: Path, endpoint: str, *, plan: str = "premium") -> Iterator[str]:
    """Return the arguments of a run that draws the window and ends."""
    yield from ("--endpoint", endpoint, "--plan", plan, "--snapshot", str(folder / "desk.png"))
    yield from ("--after", "6", *_always(folder))


def demo(folder: Path) -> Iterator[str]:
    """Return the arguments of a demo that runs until it is told to end."""
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
