"""The menu of the columns: sorting, hiding, sets. Built when it is opened."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from alltick_desk.ui.watchlist.arrangement import Sorting
from alltick_desk.ui.watchlist.column_sets import BUILT_IN
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.table_choices import TableChoices

translate = QCoreApplication.translate


def title_menu(
    choices: TableChoices,
    model: WatchlistModel,
    which: str,
    choose_columns: Callable[[], None],
    parent: QWidget,
) -> QMenu:
    """Return the menu of a title; ``which`` is its column's id, "" for beside the titles."""
    menu = QMenu(parent)
    menu.setObjectName("watchlist.titleMenu")
    menu.aboutToHide.connect(menu.deleteLater)
    menu.setAccessibleName(translate("Watchlist", "Columns"))
    if which:
        _add_orders(menu, choices, model, which)
        menu.addSeparator()
    _add_order_choices(menu, choices, model)
    menu.addSeparator()
    if which:
        hide = _add(menu, "hide", translate("Watchlist", "Hide this column"))
        hide.setEnabled(len(choices.choice.ids) > 1)
        hide.triggered.connect(lambda: choices.hide(which))
    _add(menu, "choose", translate("Watchlist", "Columns…")).triggered.connect(choose_columns)
    _add_sets(menu, choices)
    _add(menu, "fit", translate("Watchlist", "Fit all widths")).triggered.connect(choices.fit)
    reset = _add(menu, "reset", translate("Watchlist", "Reset columns"))
    reset.triggered.connect(choices.reset)
    return menu


def fill_sort_menu(menu: QMenu, choices: TableChoices, model: WatchlistModel) -> None:
    """Fill the menu by which a table is sorted from the keyboard."""
    menu.clear()
    for column in model.columns:
        sub = menu.addMenu(translate("Watchlist", column.title))
        sub.setObjectName(f"watchlist.sort.{column.id}")
        _add_orders(sub, choices, model, column.id)
    menu.addSeparator()
    _add_order_choices(menu, choices, model)


def _add_orders(menu: QMenu, choices: TableChoices, model: WatchlistModel, which: str) -> None:
    now = model.sorting
    for name, words, falling in (
        ("rising", translate("Watchlist", "Sort, smallest first"), False),
        ("falling", translate("Watchlist", "Sort, greatest first"), True),
    ):
        action = _add(menu, name, words)
        action.setCheckable(True)
        action.setChecked(now.column == which and now.descending == falling)
        sorting = Sorting(which, falling, now.live)
        action.triggered.connect(lambda _=False, it=sorting: choices.sort(it))


def _add_order_choices(menu: QMenu, choices: TableChoices, model: WatchlistModel) -> None:
    now = model.sorting
    own = _add(menu, "own", translate("Watchlist", "Own order"))
    own.setCheckable(True)
    own.setChecked(not now.column)
    own.triggered.connect(lambda: choices.sort(Sorting(live=now.live)))
    live = _add(menu, "live", translate("Watchlist", "Keep sorting while prices move"))
    live.setCheckable(True)
    live.setChecked(now.live)
    live.setToolTip(
        translate(
            "Watchlist",
            "At most once a second, and never while the pointer is over the table or the keyboard "
            "walks it.",
        )
    )
    live.triggered.connect(lambda on: choices.sort(now._replace(live=on)))
    menu.setToolTipsVisible(True)


def _add_sets(menu: QMenu, choices: TableChoices) -> None:
    sets = menu.addMenu(translate("Watchlist", "Column set"))
    sets.setObjectName("watchlist.sets")
    in_use = choices.set_in_use()
    for name in (*BUILT_IN, *choices.own):
        words = translate("Watchlist", name) if name in BUILT_IN else name.replace("&", "&&")
        action = _add(sets, f"set.{name}", words)
        action.setCheckable(True)
        action.setChecked(name == in_use)
        action.triggered.connect(lambda _=False, it=name: choices.use_set(it))


def _add(menu: QMenu, name: str, words: str) -> QAction:
    action = menu.addAction(words)
    action.setObjectName(f"watchlist.columns.{name}")
    return action
