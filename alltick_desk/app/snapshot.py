"""``--snapshot``: the window as a picture, and beside it what a person reads in it."""

import json
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from alltick_desk.errors import UsageError


def check_writable(option: str, path: Path) -> None:
    """Raise UsageError where ``path`` could not be written later; what lies there stays."""
    try:
        existed = path.exists()
        with path.open("ab"):
            pass
        if not existed:
            path.unlink()
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise UsageError(f"{option}: the file {str(path)!r} cannot be written: {why}.") from None


def write_snapshot(window: QWidget, state: Mapping[str, object], path: Path) -> None:
    """Write ``path`` and ``path`` + ``.json``; UsageError where the disk refuses."""
    picture = window.grab()
    if not picture.save(str(path), "PNG"):
        raise UsageError(f"The snapshot could not be written to {path}.")
    text = json.dumps(state, ensure_ascii=False, indent=1)
    try:
        path.with_name(path.name + ".json").write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"The snapshot could not be written to {path}.json: {error}.") from None
