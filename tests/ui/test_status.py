"""The status bar: what it says, that it stands still, and that its messages are kept."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QMenu, QWidget
from pytestqt.qtbot import QtBot

from alltick_desk.ui.status import BudgetView, ConnectionView, Role, StatusBar
from alltick_desk.ui.status.parts import Segment
from alltick_desk.ui.status.texts import span
from alltick_desk.ui.theme import make_theme

LIVE = ConnectionView("live", "Ticks come in.", 0.42, Role.GOOD)
TITLES = {"alltick": "AllTick", "itick": "iTick"}
WALL_MS = 1_767_225_600_000


FAMILIES = ("stock", "forex", "indices", "crypto", "future", "fund")


@pytest.fixture
def anew() -> list[str]:
    """What was asked to be connected again."""
    return []


@pytest.fixture
def bar(qtbot: QtBot, anew: list[str]) -> StatusBar:
    bar = StatusBar(
        make_theme(dark=False), lambda: WALL_MS, titles=TITLES, on_reconnect=anew.append
    )
    qtbot.addWidget(bar)
    bar.resize(1280, 26)
    bar.show()
    return bar


def accessible(bar: StatusBar, name: str) -> tuple[str, str]:
    widget = bar.findChild(QWidget, name)
    assert widget is not None
    interface = QAccessible.queryAccessibleInterface(widget)
    return (
        interface.text(QAccessible.Text.Name),
        interface.text(QAccessible.Text.Description),
    )


def test_connections_are_told_by_family(bar: StatusBar) -> None:
    bar.update_connection(
        {
            "alltick/stock": LIVE,
            "alltick/other": ConnectionView("waiting", "Reconnects in 3 s.", 12.9, Role.WARN),
        }
    )
    assert bar.state()["connection"] == {
        "alltick/stock": "Stock: live 0.4 s",
        "alltick/other": "Other: waiting 12 s",
    }
    assert accessible(bar, "connection") == (
        "Connection",
        "Stock: live 0.4 s. Ticks come in. Other: waiting 12 s. Reconnects in 3 s.",
    )
    segment = bar.findChild(QWidget, "connection_alltick_other")
    assert segment is not None
    assert segment.toolTip() == "Other: waiting 12 s. Reconnects in 3 s."


def test_two_vendors_are_told_apart_and_one_that_left_is_gone(bar: StatusBar) -> None:
    bar.update_connection({"alltick/stock": LIVE, "itick/crypto": ConnectionView("connecting")})
    assert bar.state()["connection"] == {
        "alltick/stock": "AllTick Stock: live 0.4 s",
        "itick/crypto": "iTick Crypto: connecting",
    }
    bar.update_connection({"alltick/stock": LIVE})
    assert bar.state()["connection"] == {"alltick/stock": "Stock: live 0.4 s"}
    bar.update_connection({})
    assert bar.state()["connection"] == {}
    connection = bar.findChild(QWidget, "connection")
    assert connection is not None
    assert not connection.isVisible()


def shown(bar: StatusBar) -> list[str]:
    """What stands in the part of the connections, from left to right."""
    row = bar.findChild(QWidget, "connection")
    assert row is not None
    QApplication.processEvents()  # a layout shows what is new, then shares out the room
    QApplication.processEvents()
    pieces = [it for it in row.findChildren(QWidget) if isinstance(it, QLabel | Segment)]
    pieces = [it for it in pieces if it.isVisibleTo(row)]
    pieces.sort(key=lambda piece: piece.x())
    return [it.text() if isinstance(it, QLabel) else it.text for it in pieces]


def test_only_families_in_use_are_shown_but_all_are_told(bar: StatusBar) -> None:
    idle = ConnectionView("closed", "Nothing of this family is watched.", idle=True)
    bar.update_connection({"itick/stock": LIVE, "itick/forex": idle, "itick/crypto": LIVE})
    assert shown(bar) == ["Stock: live 0.4 s", "Crypto: live 0.4 s"]
    state = bar.state()["connection"]
    assert state == {
        "itick/stock": "Stock: live 0.4 s",
        "itick/forex": "Forex: closed",
        "itick/crypto": "Crypto: live 0.4 s",
    }
    assert "Forex: closed. Nothing of this family" in accessible(bar, "connection")[1]
    bar.update_connection({"itick/stock": LIVE, "itick/forex": LIVE})  # it comes into use
    assert shown(bar) == ["Stock: live 0.4 s", "Forex: live 0.4 s"]


def test_a_vendor_that_is_not_connected_says_so_once(bar: StatusBar) -> None:
    closed = ConnectionView("closed", "There is no token for iTick yet.", idle=True)
    families = {f"itick/{family}": closed for family in ("stock", "forex", "crypto")}
    bar.update_connection(families)
    assert shown(bar) == ["iTick: closed"]
    assert accessible(bar, "connection_itick")[1] == (
        "iTick: closed. There is no token for iTick yet."
    )
    bar.update_connection({"alltick/stock": LIVE, **families})
    assert shown(bar) == ["AllTick", "Stock", "iTick: closed"]


def test_several_vendors_are_named_once_and_only_trouble_needs_words(bar: StatusBar) -> None:
    trouble = ConnectionView("waiting", "The connection was lost.", 12.0, Role.WARN)
    every = ["alltick/stock", "alltick/other", *(f"itick/{it}" for it in FAMILIES)]
    bar.update_connection({**dict.fromkeys(every, LIVE), "itick/crypto": trouble})
    assert shown(bar) == [
        *("AllTick", "Stock", "Other"),
        *("iTick", "Stock", "Forex", "Indices", "Crypto: waiting 12 s", "Futures", "Funds"),
    ]
    assert accessible(bar, "connection_itick_forex") == (
        "iTick Forex",
        "iTick Forex: live 0.4 s. Ticks come in.",
    )


def test_two_vendors_with_every_family_fit_a_usual_window(bar: StatusBar) -> None:
    every = ["alltick/stock", "alltick/other", *(f"itick/{it}" for it in FAMILIES)]
    bar.update_connection(dict.fromkeys(every, LIVE))
    bar.update_budget(
        {"alltick": BudgetView(12, 863_988, 3, 600), "itick": BudgetView(5, None, 2, 120)}
    )
    bar.update_rate(12_345.0)
    for _ in range(3):
        QApplication.processEvents()
    names = [*("connection_" + key.replace("/", "_") for key in every), "requestBudget"]
    for name in names:
        piece = bar.findChild(Segment, name)
        assert piece is not None
        assert piece.width() >= piece.sizeHint().width(), name
    budget = bar.findChild(Segment, "requestBudget")
    assert budget is not None
    assert budget.text == ("AllTick: minute 3/600 · 863,988 left today  |  iTick: minute 2/120")
    assert bar.state()["budget"] == (
        "AllTick Requests: 12 used today, 863,988 left · minute 3/600 · next free now  |  "
        "iTick Requests: 5 used today · minute 2/120 · next free now"
    )
    assert accessible(bar, "requestBudget")[1] == bar.state()["budget"]
    bar.update_budget(
        {"alltick": BudgetView(12, 9, 3, 600, 4.2), "itick": BudgetView(5, None, 2, 120)}
    )
    assert budget.text.startswith("AllTick: minute 3/600 · 9 left today · next free in 5 s")


def test_many_families_of_one_vendor_are_short_too(bar: StatusBar) -> None:
    bar.update_connection({f"itick/{family}": LIVE for family in FAMILIES})
    assert shown(bar) == ["Stock", "Forex", "Indices", "Crypto", "Futures", "Funds"]


@pytest.mark.qt_log_ignore("This plugin does not support")  # pop-ups without a screen
def test_each_connection_can_be_connected_again(bar: StatusBar, anew: list[str]) -> None:
    bar.update_connection({"alltick/stock": LIVE, "alltick/other": LIVE})
    piece = bar.findChild(Segment, "connection_alltick_other")
    assert piece is not None
    assert piece.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert piece.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu
    (action,) = piece.actions()
    assert action.text() == "Connect again now"
    action.trigger()
    assert anew == ["alltick/other"]
    quiet = bar.grab().toImage()
    bar.activateWindow()
    piece.setFocus(Qt.FocusReason.TabFocusReason)
    assert bar.grab().toImage() != quiet  # one sees where the keyboard is


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_keyboard_opens_a_connections_menu(bar: StatusBar, anew: list[str]) -> None:
    bar.update_connection({"alltick/stock": LIVE})
    piece = bar.findChild(Segment, "connection_alltick_stock")
    assert piece is not None
    at = QPoint(3, 3)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, piece.mapToGlobal(at))

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)

    QTimer.singleShot(0, choose)
    QApplication.sendEvent(piece, event)
    QApplication.processEvents()
    assert anew == ["alltick/stock"]


@pytest.mark.parametrize(
    ("view", "text"),
    [
        (
            BudgetView(12, 863_988, 3, 600, 0.0),
            "Requests: 12 used today, 863,988 left · minute 3/600 · next free now",
        ),
        (
            BudgetView(1000, 0, 10, 10, 6.2),
            "Requests: 1,000 used today, 0 left · minute 10/10 · next free in 7 s",
        ),
        (
            BudgetView(5, None, 5, None, 0.31),
            "Requests: 5 used today · minute 5/∞ · next free in 0.3 s",
        ),
        (
            BudgetView(5, 1, 5, 5, 40_000.0),
            "Requests: 5 used today, 1 left · minute 5/5 · next free in 11 h",
        ),
    ],
)
def test_the_budget(bar: StatusBar, view: BudgetView, text: str) -> None:
    bar.update_budget({"alltick": view})
    assert bar.state()["budget"] == text
    assert accessible(bar, "requestBudget") == ("Request budget", text)


def test_before_anything_is_known(bar: StatusBar) -> None:
    assert bar.state() == {"connection": {}, "budget": "Requests: —"}
    assert accessible(bar, "messageRate") == ("Message rate", "— msg/s")
    assert bar.messages == []


def test_two_budgets_name_their_vendors(bar: StatusBar) -> None:
    bar.update_budget({"alltick": BudgetView(), "itick": BudgetView()})
    assert str(bar.state()["budget"]).startswith("AllTick Requests: 0 used today")
    assert "iTick Requests" in str(bar.state()["budget"])


def test_the_rate(bar: StatusBar) -> None:
    bar.update_rate(21_232.4)
    assert accessible(bar, "messageRate")[1] == "21,232 msg/s"
    bar.update_rate(None)
    assert accessible(bar, "messageRate")[1] == "— msg/s"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-1.0, "0.0 s"),
        (0.44, "0.4 s"),
        (9.94, "9.9 s"),
        (9.96, "9 s"),
        (59.9, "59 s"),
        (120.0, "2 min"),
        (7200.0, "2 h"),
    ],
)
def test_spans_are_short(seconds: float, text: str) -> None:
    assert span(seconds) == text


def test_neighbours_stand_still_when_a_figure_gets_shorter(bar: StatusBar) -> None:
    def left_edge() -> int:
        for _ in range(3):  # a layout inside a layout settles one step later
            QApplication.processEvents()
        message = bar.findChild(QWidget, "message")
        assert message is not None
        return message.mapTo(bar, message.rect().topLeft()).x()

    bar.update_connection({"alltick/stock": LIVE._replace(age_s=88.0)})
    edge = left_edge()
    for age in (0.1, 9.9, 12.0, 7.7):
        bar.update_connection({"alltick/stock": LIVE._replace(age_s=age)})
        assert edge <= left_edge() <= edge + 6  # "9.9 s" is a point wider than "88 s"
    widest = left_edge()
    bar.update_connection({"alltick/stock": LIVE._replace(age_s=None)})
    assert left_edge() == widest


def test_the_room_of_a_long_text_is_given_back(bar: StatusBar) -> None:
    part = Segment(bar)
    part.say("● Stock: waiting for an answer, the next try is in 12 s")
    long = part.sizeHint().width()
    part.say("● Stock")
    assert part.sizeHint().width() < long / 2


def test_a_narrow_window_is_not_held_open(bar: StatusBar) -> None:
    bar.update_connection({"alltick/stock": LIVE, "alltick/other": LIVE})
    bar.update_budget({"alltick": BudgetView(12, 863_988, 3, 600, 0.0)})
    bar.say("A long sentence that would need far more room than a narrow window can give it.")
    assert bar.minimumSizeHint().width() < 400
    bar.resize(500, 26)
    bar.grab()


def test_messages_are_kept_in_order_and_repeats_are_one(bar: StatusBar) -> None:
    for sentence in ("First.", "Second.", "Second.", "  ", "Third,\n over two lines."):
        bar.say(sentence)
    assert bar.messages == ["First.", "Second.", "Third, over two lines."]
    assert accessible(bar, "message") == ("Messages", "Third, over two lines.")
    for number in range(60):
        bar.say(f"Number {number}.", Role.BAD)
    assert len(bar.messages) == 50
    assert bar.messages[-1] == "Number 59."


@pytest.mark.qt_log_ignore("This plugin does not support")  # pop-ups without a screen
@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_the_history_opens_newest_first_and_closes(bar: StatusBar, by: str) -> None:
    bar.say("First.")
    bar.say("Second & last.", Role.WARN)
    button = bar.findChild(QWidget, "message")
    assert button is not None
    if by == "mouse":
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    else:
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
    entries = bar.findChild(QListWidget, "messageHistoryList")
    assert entries is not None
    assert entries.isVisible()
    texts = [entries.item(index).text() for index in range(entries.count())]
    assert [text.split("   ")[1] for text in texts] == ["Second & last.", "First."]
    QTest.keyClick(entries, Qt.Key.Key_Escape)
    assert not entries.isVisible()


def test_other_colours_and_another_language_keep_what_is_shown(bar: StatusBar) -> None:
    bar.update_connection({"alltick/stock": LIVE})
    bar.update_budget({"alltick": BudgetView(1, 2, 3, 4, 5.0)})
    bar.say("Something.", Role.BAD)
    before = bar.state()
    light = bar.grab().toImage()
    bar.set_theme(make_theme(dark=True))
    assert bar.grab().toImage() != light
    QApplication.sendEvent(bar, QEvent(QEvent.Type.LanguageChange))
    assert bar.state() == before
