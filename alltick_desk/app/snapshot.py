"""``--snapshot``: the window as a picture, and beside it what a person reads in it."""

import json
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from alltick_desk.errors import UsageError


def check_writable(path: Path) -> None:
    """Raise UsageError where neither the picture nor its text could be written later."""
    if not path.parent.is_dir():
        raise UsageError(f"The folder {path.parent} for the snapshot does not exist.")
    if path.is_dir():
        raise UsageError(f"{path} is a folder; --snapshot wants the name of a PNG file.")


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
