"""The colours: one theme drives table, chart, book and status, light and dark."""

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPainter, QPalette
from PySide6.QtWidgets import QApplication

# One character has several shapes: left to itself a system without a Chinese locale takes the
# Japanese ones. What is not installed is passed over.
_CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)
_EDGE_IN_DARK = QColor("#6b7588")  # of what can be filled in
_STYLE_DARKENS = 140  # percent; the style's shade of a window's colour
_FIELDS = (
    *("QLineEdit", "QAbstractSpinBox", "QComboBox", "QCheckBox", "QRadioButton"),
    *("QPlainTextEdit", "QTextEdit"),
)


class Theme(NamedTuple):
    """Every colour the desk paints with, as QColor.

    ``up`` and ``down`` follow the person's palette; ``bid`` and ``ask`` follow them. Whatever is
    written stands out from the grounds of a row (``base``, ``raised``, and a wash of ``accent``,
    ``up`` or ``down`` upon either) with a contrast of 4.5 to 1 at least.
    """

    dark: bool
    window: QColor
    base: QColor  # behind tables and charts
    raised: QColor  # headers, alternate rows, tool buttons
    line: QColor  # grid lines and frames
    text: QColor
    muted: QColor  # labels, units, what is old or unknown
    accent: QColor  # selection, focus, links
    up: QColor
    down: QColor
    warn: QColor  # stale, beyond plan
    error: QColor  # refused, unknown

    def moved(self, change: float | None) -> QColor:
        """Return the colour of a change: up, down, or plain."""
        if not change:
            return self.text
        return self.up if change > 0 else self.down

    def wash(self, colour: QColor) -> QColor:
        """Return ``colour`` thinned so that text stays readable on it."""
        thin = QColor(colour)
        thin.setAlphaF(0.15 if self.dark else 0.11)
        return thin


_GREEN, _RED = ("#07704a", "#2fbf84"), ("#bb2733", "#fc878d")  # in light, in dark
_BLUE, _ORANGE = ("#1a5ec0", "#6bb1ff"), ("#9a4b00", "#f0983a")
_RISE_AND_FALL = {
    "west": (_GREEN, _RED),
    "china": (_RED, _GREEN),
    "blue_orange": (_BLUE, _ORANGE),  # told apart by whoever does not see red and green
}


def make_theme(*, dark: bool, palette: str = "west") -> Theme:
    """Build the theme for the choices a person has.

    ``palette`` is one of the settings' ``PALETTE``.
    """
    rise, fall = _RISE_AND_FALL[palette]
    up, down = QColor(rise[dark]), QColor(fall[dark])
    if dark:
        return Theme(
            dark=True,
            window=QColor("#16191f"),
            base=QColor("#1b1f26"),
            raised=QColor("#232831"),
            line=QColor("#2d333e"),
            text=QColor("#dfe4ec"),
            muted=QColor("#a1aab8"),
            accent=QColor("#6ea8ff"),
            up=up,
            down=down,
            warn=QColor("#e0a93e"),
            error=QColor("#fc878d"),
        )
    return Theme(
        dark=False,
        window=QColor("#f2f4f7"),
        base=QColor("#ffffff"),
        raised=QColor("#f7f8fa"),
        line=QColor("#dfe3e9"),
        text=QColor("#1c2430"),
        muted=QColor("#5b6574"),
        accent=QColor("#1f5bcc"),
        up=up,
        down=down,
        warn=QColor("#845800"),
        error=QColor("#a91f18"),
    )


def system_is_dark() -> bool:
    """Whether the desktop asks for a dark theme."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give Qt's own widgets the theme's colours.

    A palette, not a style sheet: style sheets cost a table a third of its frame.
    """
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.base),
        (role.AlternateBase, theme.raised),
        (role.Text, theme.text),
        (role.PlaceholderText, theme.muted),
        (role.Button, theme.raised),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.error),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.window if theme.dark else theme.base),
        (role.Link, theme.accent),
        (role.Light, theme.raised),
        (role.Midlight, theme.line),
        (role.Mid, theme.line),
        (role.Dark, theme.line),
        (role.Shadow, theme.line),
    ):
        palette.setColor(which, colour)
    for which in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, theme.muted)
    app.setPalette(palette)
    if theme.dark:
        # The style draws the edges of fields darker than the window, where nobody sees them.
        palette.setColor(role.Window, _EDGE_IN_DARK.lighter(_STYLE_DARKENS))
        for kind in _FIELDS:
            app.setPalette(palette, kind)  # type: ignore[arg-type]  # it takes text, not bytes


def fill(painter: QPainter, area: QRect | QRectF, colour: QColor) -> None:
    """Fill ``area``, like ``fillRect``.

    To choose among that one's forms PySide builds QGradient with its two hundred ready-made ones,
    for which the first window would have to wait.
    """
    painter.setBackground(colour)
    painter.eraseRect(area)


def desk_font(base: QFont) -> QFont:
    """Return ``base`` with simplified Chinese behind it, for the characters that it lacks."""
    font = QFont(base)
    # The real name: an alias such as "Sans Serif" would give way to the first family behind it.
    font.setFamilies([QFontInfo(base).family(), *_CHINESE])
    return font


def figures_font(base: QFont) -> QFont:
    """Return ``base`` with digits of one width, so that columns do not jitter."""
    font = QFont(base)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
