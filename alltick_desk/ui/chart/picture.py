"""The chart as a picture, with what it shows written upon it."""

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractScrollArea

from alltick_desk.ui.theme import Theme, figures_font

_EDGE = 10.0


def picture(view: QAbstractScrollArea, title: str, words: str, theme: Theme) -> QPixmap:
    """Return the view in its own scale beneath a line with ``title`` in bold and ``words``.

    Its buttons are left out.
    """
    font = figures_font(view.font())
    bold = QFont(font)
    bold.setBold(True)
    ratio = view.devicePixelRatioF()
    head = round(QFontMetricsF(bold).height() + 1.2 * _EDGE)
    made = QPixmap(round(view.width() * ratio), round((view.height() + head) * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(theme.base)
    painter = QPainter(made)
    painter.setPen(theme.text)
    painter.setFont(bold)
    line = QRectF(_EDGE, 0.0, view.width() - 2.0 * _EDGE, head)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(line, flags, title)
    line.setLeft(line.left() + QFontMetricsF(bold).horizontalAdvance(title) + _EDGE)
    painter.setPen(theme.muted)
    painter.setFont(font)
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, flags, shown)
    painter.fillRect(QRectF(0.0, head - 1.0, view.width(), 1.0), theme.line)
    painter.drawPixmap(QPointF(0.0, head), view.viewport().grab())
    painter.end()
    return made


def copy_picture(made: QPixmap) -> None:
    """Put a picture on the clipboard."""
    QGuiApplication.clipboard().setPixmap(made)


def save_picture(made: QPixmap, path: Path) -> bool:
    """Write a picture as the ending of its name says, else as PNG; False where that fails."""
    known = path.suffix.lower() in {".png", ".jpg", ".jpeg", ".bmp", ".webp"}
    return made.save(str(path)) if known else made.save(str(path), "PNG")
