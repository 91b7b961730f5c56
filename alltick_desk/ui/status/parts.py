"""The pieces of the status bar: texts that keep their width."""

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from alltick_desk.ui.status.texts import Role
from alltick_desk.ui.theme import Theme, figures_font

_SPARE = 14  # digits' widths: more room than that stands empty for nothing
_DOT = 8.0
_GAP = 6.0
_ALIGN = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_AT_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

translate = QCoreApplication.translate


def role_colour(role: Role, theme: Theme) -> QColor:
    """Return the colour of a piece of news."""
    return {
        Role.GOOD: QColor("#2fbf84") if theme.dark else QColor("#0a7f53"),
        Role.NOTE: theme.muted,
        Role.WARN: theme.warn,
        Role.BAD: theme.error,
    }[role]


def describe(widget: QWidget, text: str) -> None:
    """Describe a widget to screen readers, and tell them only where it is another text."""
    if widget.accessibleDescription() != text:
        widget.setAccessibleDescription(text)


class Segment(QWidget):
    """A line of text, with a coloured dot before it where wanted.

    It grows with its text and shrinks only to a much shorter one, so that its neighbours stand
    still; where there is no room the text is cut, and the tool tip has it all.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._colour: QColor | None = None
        self._dot: QColor | None = None
        self._wanted = 0.0
        self.setFont(figures_font(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @property
    def text(self) -> str:
        """The whole text, cut or not."""
        return self._text

    def say(self, text: str, *, dot: QColor | None = None, colour: QColor | None = None) -> None:
        """Show ``text``; ``colour`` None is the window's own."""
        if (text, dot, colour) == (self._text, self._dot, self._colour):
            return
        self._text, self._dot, self._colour = text, dot, colour
        metrics = QFontMetricsF(self.font())
        needed = metrics.horizontalAdvance(text) + 1
        if not 0 <= self._wanted - needed <= _SPARE * metrics.horizontalAdvance("0"):
            self._wanted = needed
            self.updateGeometry()
        self.update()

    def _indent(self) -> float:
        return 0.0 if self._dot is None else _DOT + _GAP

    def sizeHint(self) -> QSize:
        height = QFontMetricsF(self.font()).height()
        return QSize(round(self._wanted + self._indent() + 0.5), round(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._indent() + 24), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is one line of text
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self._dot is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._dot)
            painter.drawEllipse(QRectF(0, (area.height() - _DOT) / 2 + 0.5, _DOT, _DOT))
            area.setLeft(self._indent())
        painter.setPen(self._colour or self.palette().windowText().color())
        text = QFontMetricsF(self.font()).elidedText(
            self._text, Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, int(_ALIGN), text)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.LanguageChange}:
            self._wanted = QFontMetricsF(self.font()).horizontalAdvance(self._text) + 1
            self.updateGeometry()
        super().changeEvent(event)


class MessageButton(QAbstractButton):
    """The latest message from the left; a click opens the others.

    Where there is no room it is cut, and a word at its end says that there is more.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour: QColor | None = None
        self.setFont(figures_font(self.font()))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def say(self, text: str, colour: QColor | None) -> None:
        """Show ``text``; ``colour`` None is the window's own."""
        self._colour = colour
        self.setText(text)
        self.setEnabled(bool(text))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(60, round(QFontMetricsF(self.font()).height()) + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is one line of text
        painter = QPainter(self)
        palette = self.palette()
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            painter.fillRect(self.rect(), palette.alternateBase())
        if self.hasFocus():
            painter.setPen(palette.highlight().color())
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        area = QRectF(self.rect()).adjusted(4, 0, -4, 0)
        metrics, text = QFontMetricsF(self.font()), self.text()
        if metrics.horizontalAdvance(text) > area.width():
            more = translate("StatusBar", "Show all")
            width = metrics.horizontalAdvance(more)
            if 3 * width < area.width():  # else the message would have no room for itself
                painter.setPen(palette.link().color())
                painter.drawText(area, int(_AT_END), more)
                area.setRight(area.right() - width - _GAP)
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.setPen(self._colour or palette.windowText().color())
        painter.drawText(area, int(_ALIGN), text)
        painter.end()
