"""Where a window goes that was somewhere else last time: on other screens, at another scale."""

from collections.abc import Sequence

from PySide6.QtCore import QRect


def fitted(window: QRect, rooms: Sequence[QRect]) -> QRect:
    """Return ``window`` inside one of ``rooms``: as large as it was, or as large as fits.

    ``rooms`` are what the screens have free, the primary one's first. It is the one that shows
    most of the window; the primary one where none shows any of it. Without a screen nothing
    changes.
    """
    if not rooms:
        return window
    room = max(rooms, key=lambda it: _shown(window, it))
    width, height = min(window.width(), room.width()), min(window.height(), room.height())
    left = min(max(window.left(), room.left()), room.left() + room.width() - width)
    top = min(max(window.top(), room.top()), room.top() + room.height() - height)
    return QRect(left, top, width, height)


def _shown(window: QRect, room: QRect) -> int:
    seen = window.intersected(room)
    return 0 if seen.isEmpty() else seen.width() * seen.height()
