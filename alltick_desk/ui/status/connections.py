"""The part of the status bar that tells of connections, one piece a family in use."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from alltick_desk.ui.status.parts import Segment, describe, role_colour
from alltick_desk.ui.status.texts import (
    ConnectionView,
    connection_text,
    family_title,
    in_use,
    plainly,
    short_connection_text,
    vendors_of,
)
from alltick_desk.ui.theme import Theme
from alltick_desk.ui.words import spoken, stated

translate = QCoreApplication.translate

_ROOMY = 4  # so many have room for all they have to say


class Connection(Segment):
    """One family's connection. Its menu, by mouse or keyboard, connects it anew.

    ``on_reconnect`` is None where there is nothing to connect.
    """

    def __init__(self, on_reconnect: Callable[[], object] | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._reconnect: QAction | None = None
        if on_reconnect is not None:
            self._reconnect = QAction(self)
            self._reconnect.setObjectName("reconnect")
            self._reconnect.triggered.connect(on_reconnect)
            self.addAction(self._reconnect)
            self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._translate()

    def _translate(self) -> None:
        if self._reconnect is not None:
            self._reconnect.setText(translate("StatusBar", "Connect again now"))

    # Qt's own

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(self.palette().highlight().color())
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()


class Connections(QWidget):
    """Shows the families in use, and is described with all of them.

    Where there are many of them, or of several vendors, only what is not live says how it stands,
    and each vendor is named once.

    ``titles`` has what vendors are called, ``on_reconnect`` is told the name of the family that
    should be connected anew, like ``"alltick/stock"``.
    """

    def __init__(
        self,
        theme: Theme,
        titles: Mapping[str, str],
        on_reconnect: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._titles = titles
        self._on_reconnect = on_reconnect
        self._views: dict[str, ConnectionView] = {}
        self._pieces: dict[str, Connection] = {}
        self._heads: list[QLabel] = []  # the vendors' names before their pieces
        self.setObjectName("connection")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)
        self.hide()

    def show_views(self, views: Mapping[str, ConnectionView]) -> None:
        """Show the connections, keyed like ``"alltick/stock"``, in their order."""
        self._views = dict(views)
        shown = in_use(self._views)
        if list(shown) != list(self._pieces):
            self._lay_out(list(shown))
        short = vendors_of(self._views) > 1 or len(shown) > _ROOMY
        for key, view in shown.items():
            title = self._title(key)
            piece = self._pieces[key]
            name = family_title(key, 1, self._titles)
            text = short_connection_text(name, view) if short else connection_text(name, view)
            piece.say(text, dot=role_colour(view.role, self._theme))
            piece.setToolTip(spoken(stated([connection_text(title, view)]), view.sentence))
            piece.setAccessibleName(title)
            describe(piece, spoken(stated([connection_text(title, view)]), view.sentence))
        texts: list[str] = []
        for key, view in self._views.items():
            texts += (stated([connection_text(self._title(key), view)]), view.sentence)
        describe(self, spoken(*texts))
        self.setVisible(bool(shown))

    def set_theme(self, theme: Theme) -> None:
        """Use other colours from now on."""
        self._theme = theme
        for head in self._heads:
            self._mute(head)
        self.renew()

    def renew(self) -> None:
        """Say everything again, in the language and colours of now."""
        self.show_views(self._views)

    def state(self) -> dict[str, str]:
        """Return every family's text in English, also of those that are not shown."""
        vendors = vendors_of(self._views)
        return {
            key: connection_text(family_title(key, vendors, self._titles, plainly), view, plainly)
            for key, view in self._views.items()
        }

    def _title(self, key: str) -> str:
        return family_title(key, vendors_of(self._views), self._titles)

    def _lay_out(self, keys: list[str]) -> None:
        for key in set(self._pieces).difference(keys):
            piece = self._pieces.pop(key)
            self._row.removeWidget(piece)
            piece.hide()
            piece.deleteLater()
        while self._heads:
            head = self._heads.pop()
            self._row.removeWidget(head)
            head.hide()
            head.deleteLater()
        pieces = {key: self._pieces.get(key) or self._make(key) for key in keys}
        before: QWidget | None = None
        named = "" if vendors_of(keys) > 1 else None
        for key, piece in pieces.items():
            vendor, _, family = key.partition("/")
            if named is not None and family and vendor != named:
                named = vendor
                self._add_head(vendor)
            self._row.removeWidget(piece)
            self._row.addWidget(piece)
            if before is not None:
                QWidget.setTabOrder(before, piece)
            before = piece
        self._pieces = pieces

    def _add_head(self, vendor: str) -> None:
        head = QLabel(self._titles.get(vendor, vendor), self)
        head.setObjectName("connections_of_" + vendor)
        self._mute(head)
        self._heads.append(head)
        self._row.addWidget(head)

    def _mute(self, head: QLabel) -> None:
        palette = head.palette()
        palette.setColor(head.foregroundRole(), self._theme.muted)
        head.setPalette(palette)

    def _make(self, key: str) -> Connection:
        call = (lambda: self._on_reconnect(key)) if "/" in key else None
        piece = Connection(call, self)
        piece.setObjectName("connection_" + key.replace("/", "_"))
        return piece
