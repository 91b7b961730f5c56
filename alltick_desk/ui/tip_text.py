"""Tips as people can read them: as they are written, and no wider than a glance takes in."""

from PySide6.QtGui import Qt

_LONG = 80  # letters; so wide is what Qt makes of a tip that wraps
_WIDE = "\u2e7f"  # what comes after it is as wide as high


def as_written(text: str) -> str:
    """Return a tip that reads as it is written, also where Qt would take it for HTML.

    Plain tips are as wide as their longest line: those with a long one become HTML, which wraps.
    """
    if not _is_long(text) and not Qt.mightBeRichText(text):
        return text
    from html import escape  # hardly ever needed

    return f"<span style='white-space: pre-wrap'>{escape(text, quote=False)}</span>"


def _is_long(text: str) -> bool:
    """Whether a line takes more room than a glance; a Chinese letter is as wide as two."""
    return any(
        len(line) + sum(letter > _WIDE for letter in line) > _LONG for line in text.split("\n")
    )
