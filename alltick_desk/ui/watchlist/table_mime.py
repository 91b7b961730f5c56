"""Rows on their way into another program: as text for all, as a table for spreadsheets."""

from html import escape

from PySide6.QtCore import QMimeData


def table_mime(text: str) -> QMimeData:
    """Return a table for the clipboard or a drag; ``text`` has a line a row, tabs between cells."""
    lines = ("".join(map(_cell, line.split("\t"))) for line in text.splitlines())
    rows = "".join(f"<tr>{line}</tr>" for line in lines)
    data = QMimeData()
    data.setText(text)
    data.setHtml(f'<meta charset="utf-8"><table>{rows}</table>')
    return data


def _cell(text: str) -> str:
    return f"<td>{escape(text)}</td>"
