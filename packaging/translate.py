"""The translations: collect the desk's words, and compile what they are called elsewhere.

    python3 packaging/translate.py            brings resources/i18n/zh_CN.ts up to date with the
                                              sources, and makes the zh_CN.qm that the desk loads
    python3 packaging/translate.py --check    changes nothing; exits 1 where that would, or where
                                              a word is not translated

After a change of words: run it, translate what the .ts file calls unfinished, run it again. Needs
the environment that ``dev.py`` makes, and nothing else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET  # our own file

ROOT = Path(__file__).resolve().parent.parent
TS = ROOT / "resources" / "i18n" / "zh_CN.ts"


class Message(NamedTuple):
    """One text of the .ts file."""

    context: str
    source: str
    translation: str
    finished: bool


class ToolError(Exception):
    """Qt's tools are missing, or have failed; the text says which and what to do."""


def main(argv: Sequence[str]) -> int:
    """Do what the arguments say; return the exit code."""
    if argv not in ([], ["--check"]):
        print(__doc__)
        return 0 if argv in (["-h"], ["--help"]) else 2
    try:
        if argv:
            faults = problems()
        else:
            collect(TS)
            compile_ts(TS, TS.with_suffix(".qm"))
            faults = [f"not translated: {text}" for text in unfinished(TS)]
    except ToolError as error:
        print(f"translate.py: {error}", file=sys.stderr)
        return 2
    for fault in faults:
        print(f"translate.py: {fault}", file=sys.stderr)
    return 1 if faults else 0


def problems() -> list[str]:
    """Return what is wrong with the committed files, a line each; nothing is changed."""
    found = [f"not translated: {text}" for text in unfinished(TS)]
    with tempfile.TemporaryDirectory() as folder:
        ts, qm = Path(folder, TS.name), Path(folder, TS.with_suffix(".qm").name)
        ts.write_bytes(TS.read_bytes())
        collect(ts)
        known = {message[:2] for message in messages(TS)}
        now = {message[:2] for message in messages(ts)}
        found += [f"not collected: {context}: {text}" for context, text in sorted(now - known)]
        found += [f"no longer said: {context}: {text}" for context, text in sorted(known - now)]
        compile_ts(TS, qm)
        committed = TS.with_suffix(".qm")
        if not committed.exists() or committed.read_bytes() != qm.read_bytes():
            found.append(f"{committed.name} is not made from {TS.name} as it is now")
    return found


def collect(ts: Path) -> None:
    """Bring ``ts`` up to date with the sources; what it has translated stays."""
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "alltick_desk").rglob("*.py"))
    # Without line numbers, or every change of the sources would be one of this file.
    _run(
        "pyside6-lupdate",
        *("-silent", "-no-obsolete", "-locations", "none"),
        *("-tr-function-alias", "translate+=Sentence"),
        *("-source-language", "en", "-target-language", "zh_CN"),
        *sources,
        *("-ts", os.path.relpath(ts, ROOT)),
    )


def compile_ts(ts: Path, qm: Path) -> None:
    """Make the file that the desk loads; what is not translated stays English."""
    _run("pyside6-lrelease", "-silent", "-nounfinished", str(ts), "-qm", str(qm))


def messages(ts: Path) -> Iterator[Message]:
    """Iterate over the texts of a .ts file."""
    for context in ET.parse(ts).getroot().iter("context"):  # noqa: S314
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            yield Message(
                name,
                message.findtext("source") or "",
                "" if translation is None else translation.text or "",
                translation is not None and translation.get("type") is None,
            )


def unfinished(ts: Path) -> list[str]:
    """Return the texts that nobody has translated, with their contexts."""
    return [
        f"{message.context}: {message.source}"
        for message in messages(ts)
        if not (message.finished and message.translation)
    ]


def _run(tool: str, *arguments: str) -> None:
    inside = ROOT / ".venv" / ("Scripts" if os.name == "nt" else "bin")
    beside = shutil.which(
        tool, path=os.pathsep.join((str(Path(sys.executable).parent), str(inside)))
    )
    try:
        done = subprocess.run(
            [beside or inside / tool, *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        raise ToolError(
            f"{tool} cannot be run ({error.strerror}); python3 packaging/dev.py check makes the "
            "environment that it belongs to."
        ) from None
    if done.returncode or done.stderr.strip():
        raise ToolError(f"{tool} failed: {(done.stderr or done.stdout).strip()}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
