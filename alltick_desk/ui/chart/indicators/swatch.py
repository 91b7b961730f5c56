"""A button that shows a line's colour, and offers others."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QActionGroup, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QColorDialog, QMenu, QPushButton, QSizePolicy, QWidget

from alltick_desk.services.indicators.declaration import RISE_FALL
from alltick_desk.services.indicators.templates import Colour
from alltick_desk.ui.chart.indicators.palette import NAMES, pair_of
from alltick_desk.ui.theme import Theme

translate = QCoreApplication.translate

_SIZE = QSize(22, 12)
_RATIO = 2.0  # sharp on every screen


def swatch(colour: Colour, theme: Theme) -> QIcon:
    """Return a patch of a colour; of two where it is that of rises and falls."""
    pixmap = QPixmap(_SIZE * _RATIO)
    pixmap.setDevicePixelRatio(_RATIO)
    pixmap.fill(theme.base)  # a frame, or it is lost on a marked row of nearly the same colour
    painter = QPainter(pixmap)
    half = _SIZE.width() // 2 - 1
    for place, ink in enumerate(pair_of(colour, theme)):
        painter.fillRect(1 + place * half, 1, half, _SIZE.height() - 2, ink)
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # not tinted with the mark's colour
    return icon


def colour_name(colour: Colour) -> str:
    """Return what people call a colour."""
    if isinstance(colour, str):
        return colour
    if colour == RISE_FALL:
        return translate("Indicators", "Rise and fall")
    return translate("Indicators", NAMES[colour])


class ColourButton(QPushButton):
    """Shows a colour; ``on_choose`` is called with another one.

    Args:
        line: what the colour is for, translated.
        declared: the colour of the declaration.
    """

    def __init__(
        self,
        line: str,
        declared: Colour,
        theme: Theme,
        on_choose: Callable[[Colour], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._line, self._declared, self._theme = line, declared, theme
        self._on_choose = on_choose
        self._colour = declared
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setIconSize(_SIZE)
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self.show_colour(declared)

    @property
    def colour(self) -> Colour:
        """What is shown."""
        return self._colour

    def show_colour(self, colour: Colour) -> None:
        """Show another colour."""
        self._colour = colour
        self.setIcon(swatch(colour, self._theme))
        self.setText(colour_name(colour))
        words = translate("Indicators", "Colour of {line}: {colour}")
        self.setAccessibleName(words.format(line=self._line, colour=colour_name(colour)))

    def set_theme(self, theme: Theme) -> None:
        """Show the colours of another theme."""
        self._theme = theme
        self.show_colour(self._colour)

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        group = QActionGroup(menu)
        offered: list[Colour] = [*range(len(NAMES))]
        if self._declared == RISE_FALL:
            offered.insert(0, RISE_FALL)
        if isinstance(self._colour, str):
            offered.append(self._colour)
        for colour in offered:
            action = menu.addAction(swatch(colour, self._theme), colour_name(colour))
            action.setObjectName(f"colour.{colour}")
            action.setCheckable(True)
            action.setChecked(colour == self._colour)
            action.triggered.connect(lambda _on=False, chosen=colour: self._choose(chosen))
            group.addAction(action)
        menu.addSeparator()
        other = menu.addAction(translate("Indicators", "Other colour…"))
        other.setObjectName("colour.other")
        other.triggered.connect(self._ask)

    def _ask(self) -> None:
        dialog = QColorDialog(pair_of(self._colour, self._theme)[0], self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = translate("Indicators", "Colour of {line}")
        dialog.setWindowTitle(title.format(line=self._line))
        dialog.colorSelected.connect(self._take)
        dialog.open()

    def _take(self, colour: QColor) -> None:
        self._choose(colour.name())

    def _choose(self, colour: Colour) -> None:
        self.show_colour(colour)
        self._on_choose(colour)
