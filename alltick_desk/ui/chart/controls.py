"""The chart's controls: a few buttons, and the menu with everything that can be chosen."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from alltick_desk.model.instrument import Market
from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.ui.chart.icons import Icon, icon
from alltick_desk.ui.chart.look import ChartLook
from alltick_desk.ui.chart.places import place_name
from alltick_desk.ui.chart.price_layer import Style
from alltick_desk.ui.chart.scale import ScaleKind
from alltick_desk.ui.chart.zones import COMMON, EXCHANGE, LOCAL, UNIVERSAL
from alltick_desk.ui.theme import Theme

translate = QCoreApplication.translate

_RESET = "0"  # the view's own key: beside the entry, and no shortcut of the window

_STYLES = {
    Style.CANDLES: QT_TRANSLATE_NOOP("Chart", "Candles"),
    Style.HOLLOW: QT_TRANSLATE_NOOP("Chart", "Hollow candles"),
    Style.BARS: QT_TRANSLATE_NOOP("Chart", "Bars"),
    Style.LINE: QT_TRANSLATE_NOOP("Chart", "Line"),
    Style.AREA: QT_TRANSLATE_NOOP("Chart", "Area"),
    Style.HEIKIN_ASHI: QT_TRANSLATE_NOOP("Chart", "Heikin-Ashi"),
}
_SCALES = {
    ScaleKind.LINEAR: QT_TRANSLATE_NOOP("Chart", "Linear"),
    ScaleKind.LOGARITHMIC: QT_TRANSLATE_NOOP("Chart", "Logarithmic"),
    ScaleKind.PERCENT: QT_TRANSLATE_NOOP("Chart", "Percent"),
}


class Facts(NamedTuple):
    """What the menu must know of the chart.

    Attributes:
        market: whose instrument is shown.
        zone: how the exchange's zone is called.
        by_hand: whether a scale was set by hand.
        bars: whether there is anything to see.
        exports: whether somebody writes bars into files.
    """

    market: Market
    zone: str
    by_hand: bool
    bars: bool
    exports: bool


class Deeds(NamedTuple):
    """What the controls can have done."""

    automatic: Callable[[], None]
    other_zone: Callable[[], None]
    measure: Callable[[bool], None]
    box_zoom: Callable[[bool], None]
    save_picture: Callable[[], None]
    copy_picture: Callable[[], None]
    export: Callable[[], None]
    reset: Callable[[], None]
    about: Callable[[], None]


class ChartControls(QWidget):
    """Buttons for style, tools and menu.

    Where there is little room, first those of the tools go, then all but the menu's; what they do
    is in the menu then.

    Attributes:
        deeds: what is called.
        more: fills further parts into the menu; who adds a part appends to it.
    """

    FOLDS = 2  # how often it can be made narrower

    def __init__(
        self,
        theme: Theme,
        *,
        look: Callable[[], ChartLook],
        change: Callable[[ChartLook], None],
        facts: Callable[[], Facts],
        deeds: Deeds,
        parent: QWidget | None = None,
    ) -> None:
        """``change`` is called with the look that the person chose, ``look`` tells that of now."""
        super().__init__(parent)
        self._look, self._change, self._facts = look, change, facts
        self.deeds = deeds
        self._folded = 0
        self._added: list[QWidget] = []
        self.more: list[Callable[[QMenu], None]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._style_menu, self._menu = QMenu(self), QMenu(self)
        self._style_menu.aboutToShow.connect(self._fill_styles)
        self._menu.aboutToShow.connect(self._fill)
        self._style = self._button("chartStyle", self._style_menu)
        self._measure = self._button("chartMeasure")
        self._box_zoom = self._button("chartBoxZoom")
        self._more = self._button("chartMenu", self._menu)
        for button, act in (
            (self._measure, self._toggle_measure),
            (self._box_zoom, self._toggle_box_zoom),
        ):
            button.setCheckable(True)
            button.clicked.connect(act)
        self._theme = theme
        self.translate()
        self.set_theme(theme)

    def add(self, button: QWidget) -> None:
        """Put a further button before the menu's; if it has a menu, that is found there too."""
        self._row.insertWidget(self._row.count() - 1, button)
        self._added.append(button)

    def width_at(self, fold: int) -> int:
        """Return how wide it is, in pixels, folded so often."""
        return sum(button.sizeHint().width() for button in self._shown_at(fold))

    def fold(self, fold: int) -> None:
        """Show all buttons for 0, fewer for 1, the menu's alone for 2."""
        self._folded = fold
        shown = self._shown_at(fold)
        for button in self._shown_at(0):
            button.setVisible(button in shown)

    def show_tools(self, *, measure: bool, box_zoom: bool) -> None:
        """Show which tool is taken."""
        self._measure.setChecked(measure)
        self._box_zoom.setChecked(box_zoom)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self._style.setIcon(icon(self._look().style, theme.text))
        self._measure.setIcon(icon(Icon.MEASURE, theme.text))
        self._box_zoom.setIcon(icon(Icon.BOX_ZOOM, theme.text))
        self._more.setIcon(icon(Icon.MORE, theme.text))

    def refresh(self) -> None:
        """Show what the look is now."""
        self._style.setIcon(icon(self._look().style, self._theme.text))
        self._style.setToolTip(self._style_tip())
        self._style.setAccessibleDescription(translate("Chart", _STYLES[self._look().style]))

    def translate(self) -> None:
        """Take the words of the current language."""
        self.setAccessibleName(translate("Chart", "Chart controls"))
        for button, name, tip in (
            (self._style, translate("Chart", "Style"), self._style_tip()),
            (
                self._measure,
                translate("Chart", "Measure"),
                translate("Chart", "Measure bars, time and price (Shift+drag)"),
            ),
            (
                self._box_zoom,
                translate("Chart", "Zoom to a box"),
                translate("Chart", "Zoom to a box (Ctrl+drag)"),
            ),
            (self._more, translate("Chart", "Chart menu"), translate("Chart", "More…")),
        ):
            button.setAccessibleName(name)
            button.setToolTip(tip)

    # inside

    def _style_tip(self) -> str:
        words = translate("Chart", "Style: {style}")
        return words.format(style=translate("Chart", _STYLES[self._look().style]))

    def _button(self, name: str, menu: QMenu | None = None) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if menu is not None:
            menu.setObjectName(f"{name}.menu")
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._row.addWidget(button)
        return button

    def _shown_at(self, fold: int) -> list[QWidget]:
        all_: list[QWidget] = [self._style, self._measure, self._box_zoom, *self._added, self._more]
        gone = ([], [self._measure, self._box_zoom], all_[:-1])[fold]
        return [button for button in all_ if button not in gone]

    def _toggle_measure(self, on: bool) -> None:
        self.deeds.measure(on)

    def _toggle_box_zoom(self, on: bool) -> None:
        self.deeds.box_zoom(on)

    def _fill_styles(self) -> None:
        self._style_menu.clear()
        self._add_styles(self._style_menu)

    def _fill(self) -> None:
        menu, look, facts = self._menu, self._look(), self._facts()
        menu.clear()
        self._add_styles(menu.addMenu(translate("Chart", "Style")))
        self._add_scales(menu.addMenu(translate("Chart", "Price scale")), look, facts)
        self._add_times(menu.addMenu(translate("Chart", "Time axis")), look, facts)
        menu.addSeparator()
        for name, title, flag, other in (
            (
                "countdown",
                translate("Chart", "Time left of the bar"),
                look.countdown,
                look._replace(countdown=not look.countdown),
            ),
            (
                "bidAsk",
                translate("Chart", "Bid and ask"),
                look.bid_ask,
                look._replace(bid_ask=not look.bid_ask),
            ),
            (
                "inertia",
                translate("Chart", "Run on after a drag"),
                look.inertia,
                look._replace(inertia=not look.inertia),
            ),
        ):
            self._option(menu, name, title, flag, other)
        self._add_folded(menu)
        for fill in self.more:
            fill(menu)
        menu.addSeparator()
        for name, title, deed in (
            ("export", translate("Chart", "Export bars…"), self.deeds.export),
            ("savePicture", translate("Chart", "Save picture…"), self.deeds.save_picture),
            ("copyPicture", translate("Chart", "Copy picture"), self.deeds.copy_picture),
        ):
            action = self._action(menu, name, title)
            action.setEnabled(facts.bars and (facts.exports or name != "export"))
            action.triggered.connect(deed)
        menu.addSeparator()
        self.add_view_entries(menu)

    def add_view_entries(self, menu: QMenu) -> None:
        """Add the way back to the usual view, and what is known of the bars."""
        for name, title, deed in (
            ("reset", translate("Chart", "Reset the view") + f"\t{_RESET}", self.deeds.reset),
            ("about", translate("Chart", "About these bars…"), self.deeds.about),
        ):
            action = self._action(menu, name, title)
            action.setEnabled(self._facts().bars)
            action.triggered.connect(deed)

    def _add_folded(self, menu: QMenu) -> None:
        """Offer what the buttons do for which there is no room."""
        if not self._folded:
            return
        menu.addSeparator()
        for button, name in ((self._measure, "measure"), (self._box_zoom, "boxZoom")):
            action = self._action(menu, name, button.accessibleName())
            action.setCheckable(True)
            action.setChecked(button.isChecked())
            action.setIcon(button.icon())
            action.triggered.connect(button.click)
        shown = self._shown_at(self._folded)
        for added in self._added:
            beneath = added.menu() if isinstance(added, QToolButton) else None
            if added not in shown and beneath is not None:
                beneath.setTitle(added.accessibleName())
                menu.addMenu(beneath)

    def _add_styles(self, menu: QMenu) -> None:
        look = self._look()
        group = QActionGroup(menu)
        for style, title in _STYLES.items():
            other = look._replace(style=style)
            action = self._option(
                menu, f"style.{style.value}", translate("Chart", title), style is look.style, other
            )
            action.setIcon(icon(style, self._theme.text))
            group.addAction(action)

    def _add_scales(self, menu: QMenu, look: ChartLook, facts: Facts) -> None:
        group = QActionGroup(menu)
        for kind, title in _SCALES.items():
            other = look._replace(scale=kind)
            chosen = kind is look.scale
            words = translate("Chart", title)
            group.addAction(self._option(menu, f"scale.{kind.value}", words, chosen, other))
        menu.addSeparator()
        other = look._replace(inverted=not look.inverted)
        self._option(menu, "inverted", translate("Chart", "Inverted"), look.inverted, other)
        action = self._action(menu, "automatic", translate("Chart", "Automatic scale"))
        action.setCheckable(True)
        action.setChecked(not facts.by_hand)
        action.setEnabled(facts.by_hand)
        action.triggered.connect(self.deeds.automatic)

    def _add_times(self, menu: QMenu, look: ChartLook, facts: Facts) -> None:
        action = self._option(
            menu,
            "byClock",
            translate("Chart", "Without leaving out time"),
            look.by_clock and facts.market is Market.CRYPTO,
            look._replace(by_clock=not look.by_clock),
        )
        action.setEnabled(facts.market is Market.CRYPTO)
        menu.addSeparator()
        self.fill_zones(menu)

    def fill_zones(self, menu: QMenu) -> None:
        """Add the time zones to a menu."""
        look, facts = self._look(), self._facts()
        exchange = translate("Chart", "Exchange ({zone})").format(zone=facts.zone)
        titles = {
            EXCHANGE: exchange,
            LOCAL: translate("Chart", "This computer"),
            UNIVERSAL: translate("Chart", "UTC"),
        }
        titles |= {name: place_name(name) for name in COMMON}
        if look.zone not in titles:
            titles[look.zone] = place_name(look.zone)
        group = QActionGroup(menu)
        for name, title in titles.items():
            chosen = name == look.zone
            other = look._replace(zone=name)
            group.addAction(self._option(menu, f"zone.{name}", title, chosen, other))
            if name == UNIVERSAL:
                menu.addSeparator()
        menu.addSeparator()
        more = self._action(menu, "zone.other", translate("Chart", "Other time zone…"))
        more.triggered.connect(self.deeds.other_zone)

    def _option(self, menu: QMenu, name: str, title: str, on: bool, other: ChartLook) -> QAction:
        """Add an entry with a tick that changes the look to ``other``."""
        action = self._action(menu, name, title)
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(lambda _on=False: self._change(other))
        return action

    def _action(self, menu: QMenu, name: str, title: str) -> QAction:
        action = QAction(title, menu)
        action.setObjectName(f"chart.{name}")
        menu.addAction(action)
        return action
