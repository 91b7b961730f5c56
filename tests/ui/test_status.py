"""The status bar: what it says, that it stands still, and that its messages are kept."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from alltick_desk.ui.status import BudgetView, ConnectionView, Role, StatusBar
from alltick_desk.ui.status.texts import span
from alltick_desk.ui.theme import make_theme

LIVE = ConnectionView("live", "Ticks come in.", 0.42, Role.GOOD)
WALL_MS = 1_767_225_600_000


@pytest.fixture
def bar(qtbot: QtBot) -> StatusBar:
    bar = StatusBar(make_theme(dark=False), lambda: WALL_MS)
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
    assert segment.toolTip() == "Reconnects in 3 s."


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
