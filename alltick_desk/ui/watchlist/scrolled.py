"""Where the lines of a table stand in its viewport.

Not at whole multiples of their height: at the end of a list Qt puts the last line at the lower
edge, and the first one in sight is cut.
"""

from PySide6.QtWidgets import QTableView


def top_of(view: QTableView, line: int) -> int:
    """Return where a line begins, in pixels from the top of the viewport."""
    titles = view.verticalHeader()
    return line * titles.defaultSectionSize() - titles.offset()


def line_at(view: QTableView, y: float) -> float:
    """Return which line is ``y`` pixels below the top of the viewport, and how far down in it."""
    titles = view.verticalHeader()
    return (titles.offset() + y) / titles.defaultSectionSize()
