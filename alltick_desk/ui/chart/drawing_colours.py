"""A row of colours to choose from: the theme's, a few more, and any other."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QColorDialog, QMenu, QPushButton, QSizePolicy, QWidget

from alltick_desk.model.drawings import ROLES
from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.ui.chart.drawing_paint import colour_of
from alltick_desk.ui.theme import Theme

translate = QCoreApplication.translate

NONE = ""
_NAMES = {
    "accent": QT_TRANSLATE_NOOP("Drawings", "Accent"),
    "text": QT_TRANSLATE_NOOP("Drawings", "Text colour"),
    "muted": QT_TRANSLATE_NOOP("Drawings", "Muted"),
    "up": QT_TRANSLATE_NOOP("Drawings", "Rise"),
    "down": QT_TRANSLATE_NOOP("Drawings", "Fall"),
    "warn": QT_TRANSLATE_NOOP("Drawings", "Amber"),
    "error": QT_TRANSLATE_NOOP("Drawings", "Alarm"),
    "#8e6bd8": QT_TRANSLATE_NOOP("Drawings", "Purple"),
    "#d8589f": QT_TRANSLATE_NOOP("Drawings", "Pink"),
    "#e2793a": QT_TRANSLATE_NOOP("Drawings", "Orange"),
    "#2aa5a0": QT_TRANSLATE_NOOP("Drawings", "Teal"),
}
_SIDE = 16
_RATIOS = (1.0, 2.0)


class ColourButton(QPushButton):
    """Shows a colour, and has a menu with others.

    Args:
        name: what it colours, for people.
        none: how no colour is called; None where there must be one.
        on_choose: called with the colour that the person chose.
    """

    def __init__(
        self,
        name: str,
        theme: Theme,
        on_choose: Callable[[str], None],
        *,
        none: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._theme, self._none = name, theme, none
        self._on_choose = on_choose
        self._colour = NONE
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setIconSize(QSize(_SIDE, _SIDE))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    @property
    def colour(self) -> str:
        """What is chosen, as a Style has it."""
        return self._colour

    def show_colour(self, colour: str) -> None:
        """Show a colour without telling anybody."""
        self._colour = colour
        self.setIcon(swatch(colour, self._theme))
        self.setText(self._words(colour))
        self.setAccessibleDescription(self._words(colour))

    def choose(self, colour: str) -> None:
        """Take a colour."""
        if colour != self._colour:
            self.show_colour(colour)
            self._on_choose(colour)

    def ask(self) -> None:
        """Let the person take any colour."""
        first = colour_of(self._colour or "accent", self._theme)
        dialog = QColorDialog(first, self)
        dialog.setObjectName("drawingColour")
        dialog.setWindowTitle(self._name)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._choose_any)
        dialog.open()

    def _choose_any(self, colour: QColor) -> None:
        self.choose(colour.name())

    def _words(self, colour: str) -> str:
        if colour == NONE:
            return self._none or ""
        return translate("Drawings", _NAMES[colour]) if colour in _NAMES else colour

    def _fill(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        for colour in self._offered():
            action = self._menu.addAction(swatch(colour, self._theme), self._words(colour))
            action.setCheckable(True)
            action.setChecked(colour == self._colour)
            action.setData(colour)
            group.addAction(action)
        group.triggered.connect(self._chosen)
        self._menu.addSeparator()
        other = self._menu.addAction(translate("Drawings", "Other colour…"))
        other.triggered.connect(self.ask)

    def _offered(self) -> Sequence[str]:
        offered = [] if self._none is None else [NONE]
        offered += _NAMES
        if self._colour and self._colour not in _NAMES:
            offered.append(self._colour)
        return offered

    def _chosen(self, action: QAction) -> None:
        self.choose(str(action.data()))


def swatch(colour: str, theme: Theme) -> QIcon:
    """Return a small field of a colour; a struck one for none."""
    made = QIcon()
    for ratio in _RATIOS:
        pixmap = QPixmap(round(_SIDE * ratio), round(_SIDE * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.muted, 1.0))
        painter.setBrush(colour_of(colour, theme) if colour else theme.base)
        painter.drawRoundedRect(QRectF(1.5, 1.5, _SIDE - 3.0, _SIDE - 3.0), 3.0, 3.0)
        if not colour:
            painter.drawLine(QPointF(3.0, _SIDE - 3.0), QPointF(_SIDE - 3.0, 3.0))
        painter.end()
        made.addPixmap(pixmap)
    return made


assert set(ROLES) <= set(_NAMES)  # noqa: S101 - every colour of the theme can be chosen
