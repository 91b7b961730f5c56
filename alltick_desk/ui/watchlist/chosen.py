"""Which lines of a table are selected."""

from PySide6.QtWidgets import QTableView


def chosen_places(view: QTableView) -> list[int]:
    """Return the places of the selected lines, from top to bottom."""
    # By its pieces: Qt asks the model several things of every single row.
    pieces = list(view.selectionModel().selection())  # type: ignore[call-overload]
    places = {at for piece in pieces for at in range(piece.top(), piece.bottom() + 1)}
    return sorted(places)
