"""Another language while the desk runs: every panel says its words anew, and back again."""

import re
from collections import Counter
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeClock
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtGui import QAction, QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from alltick_desk.app.cli import read
from alltick_desk.app.faults import Faults
from alltick_desk.app.frontage import Frontage
from alltick_desk.app.language import CHINESE, ENGLISH, Language
from alltick_desk.app.logs import Redactor
from alltick_desk.model.book import Level, Sides
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Depth
from alltick_desk.model.words import Sentence, span
from alltick_desk.services.charts import ChartSession
from alltick_desk.services.quotes import RowState
from alltick_desk.store.keyring import KeyringState
from alltick_desk.store.profile import Profile
from alltick_desk.store.secrets import Place
from alltick_desk.ui.chart import ChartPanel
from alltick_desk.ui.report import ReportDialog
from alltick_desk.ui.settings import Account, SettingsChange, SettingsDialog, SettingsSnapshot
from alltick_desk.ui.status import BudgetView, ConnectionView, Role
from alltick_desk.ui.welcome import WelcomeDialog
from alltick_desk.vendors.plans import PLANS

TENCENT = InstrumentKey("alltick", "700.HK")
CODES = (
    *("700.HK", "9988.HK", "600519.SH", "300750.SZ", "HSI.HK", "000001.SH", "GOLD", "USOIL"),
    *("1.HK", "5.HK", "000001.SZ", "399001.SZ", "002594.SZ", "Silver"),  # as many as states
)
MORNING_S = 1_767_576_600  # 2026-01-05 09:30 in Hong Kong

# What is the same in every language: names, codes, keys and addresses.
_OWN = re.compile(
    r"AllTick Desk|AllTick|iTick|Tokens?|WebSocket|https?://\S*|API|MIT|Python|Qt|bp|English"
    r"|Ctrl|Alt|Shift|Del|Esc|Enter|End|HKT|\([A-Z]\)|[0-9]+\.(HK|SH|SZ)|HSI|GOLD|USOIL|EURUSD|Silver"
    r"|batch-kline|kline|trade-tick|depth-tick|static_info|suspension|ALLTICK_TOKEN|mode"
)
_ENGLISH = re.compile("[A-Za-z]{2,}")


class FrontDesk:
    """The window with all its panels, each with something to say, and the settings over it."""

    def __init__(self, folder: Path) -> None:
        arguments = ["--symbols", ",".join(CODES), "--profile", str(folder), "--lang", "en"]
        options = read([*arguments, "--theme", "light"])
        profile = Profile.of(options.profile)
        profile.prepare()
        redact = Redactor()
        self.front = Frontage(
            options, profile, clock=FakeClock(), redact=redact, faults=Faults(redact), writes=True
        )
        self.front.window.show()
        self._fill_list()
        self._fill_status()
        chart = ChartPanel(self.front.theme, on_interval=lambda _: None)
        chart.bind(self._session(), self.front.name_of)
        self.front.place_chart(chart)
        self.settings = SettingsDialog(
            SettingsSnapshot(
                self.front.settings,
                (
                    Account("alltick", "AllTick", PLANS["alltick"], "", None, "ALLTICK_TOKEN"),
                    Account("itick", "iTick", PLANS["itick"], "", Place.FILE, "ITICK_TOKEN"),
                ),
                KeyringState.LOCKED,
            ),
            self._apply,
            self.front.window,
        )
        self.settings.open()
        self._settle()

    def choose(self, language: str) -> None:
        """Choose a language as a person does: in the settings, by its own name."""
        self.settings.show_page("appearance")
        box = self.settings.findChild(QComboBox, "lang")
        box.setCurrentIndex(box.findText(language))
        buttons = self.settings.findChild(QDialogButtonBox, "settingsButtons")
        apply = buttons.button(QDialogButtonBox.StandardButton.Apply)
        QTest.mouseClick(apply, Qt.MouseButton.LeftButton)
        self._settle()

    def end(self) -> None:
        self.front._language.choose(ENGLISH)
        self.front.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _settle(self) -> None:
        QApplication.processEvents()  # a change of language is posted, then acted on
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.settings.show_problem(Sentence("Feed", "There is no token yet."))

    def _apply(self, change: SettingsChange) -> None:
        self.front.apply_settings(change.settings)

    def _fill_list(self) -> None:
        board = self.front.board
        for code, state in zip(CODES, RowState, strict=True):
            row = board.row(InstrumentKey("alltick", code))
            row.state = state
            row.state_detail = Sentence("Rows", "Last tick {age} ago.").format(age=span(75))
            row.last, row.value, row.digits = "612.500", 612.5, 3
            row.previous_close, row.volume, row.turnover = 600.0, 1.25e7, 2.5e9
        row = board.row(TENCENT)
        row.state = RowState.STALE
        sides = Sides((Level("612.000", "100"),), ())
        row.depth = Depth("700.HK", 1, 0, b"", b"", lambda _bids, _asks: sides)
        self.front.book.show_row(row, self.front.name_of(TENCENT), 5)
        self.front.panel.select(TENCENT)
        self.front.panel.add_codes(["700.HK", "STRANGE"])

    def _fill_status(self) -> None:
        words = Sentence("Feed", "The vendor closed the connection without a word.")
        self.front.status.update_connection(
            {
                "alltick/stock": ConnectionView("waiting", words, 130.0, Role.WARN),
                "itick/forex": ConnectionView("live", "", 0.5, Role.GOOD),
            }
        )
        self.front.status.update_budget({"alltick": BudgetView(1, 999, 1, 10, 7.0)})
        self.front.status.update_rate(12.0)

    def _session(self) -> ChartSession:
        bars = [
            Candle(MORNING_S + 60 * n, "612.0", "613.0", "611.0", "612.5", "250000", "1")
            for n in range(30)
        ]

        async def fetch(*_: object) -> list[Candle]:
            return bars

        session = ChartSession(
            clock=self.front.clock,
            row=self.front.board.row,
            market=lambda _key: Market.HK_STOCK,
            intervals=lambda _key: (Interval.M1, Interval.D1),
            fetch=fetch,
            fetch_latest=fetch,
            spawn=_run_now,
        )
        session.open(TENCENT, Interval.M1)
        return session


class _Done:
    def cancel(self) -> None:
        """There is nothing left to cancel."""


def _run_now(work: Coroutine[Any, Any, None], _name: str) -> _Done:
    with pytest.raises(StopIteration):
        work.send(None)
    return _Done()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[FrontDesk]:
    del qtbot  # it makes the application
    desk = FrontDesk(tmp_path)
    yield desk
    desk.end()


def texts(window: QWidget) -> dict[str, str]:
    """Return all that a person or a screen reader reads in a window, by where it stands."""
    found: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for widget in [window, *window.findChildren(QWidget)]:
        name = widget.objectName()
        if not name:
            name = f"{type(widget).__name__} of {widget.parentWidget().objectName()}"
        if not name.startswith("qt_"):  # Qt's own parts have Qt's own words
            seen[name] += 1
            for what, text in _read(widget):
                if text:
                    found[f"{name} {seen[name]} {what}"] = text
    for action in window.findChildren(QAction):
        if action.objectName():
            found[f"action {action.objectName()}"] = f"{action.text()} {action.toolTip()}"
    return found


def _read(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "title", widget.windowTitle()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield "tip", widget.toolTip()
    if isinstance(widget, QLabel | QAbstractButton):
        yield "text", widget.text()
    if isinstance(widget, QLineEdit):
        yield "placeholder", widget.placeholderText()
    if isinstance(widget, QMenu):
        yield "menu", widget.title()
    if isinstance(widget, QComboBox):
        for index in range(widget.count()):
            yield f"item {index}", widget.itemText(index)
    if isinstance(widget, QTabWidget):
        for index in range(widget.count()):
            yield f"tab {index}", widget.tabText(index)
    if isinstance(widget, QTableView):
        yield from _cells(widget)


def _cells(table: QTableView) -> Iterator[tuple[str, str]]:
    model = table.model()
    roles = (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleDescriptionRole,
    )
    for column in range(model.columnCount()):
        for role in roles:
            title = model.headerData(column, Qt.Orientation.Horizontal, role)
            yield f"head {column} {role.name}", str(title or "")
            for row in range(model.rowCount()):
                if column not in {0, 1}:  # code and name: both names are told
                    cell = str(model.data(model.index(row, column), role) or "")
                    if role == Qt.ItemDataRole.ToolTipRole:  # a long one is HTML, to wrap
                        cell = QTextDocumentFragment.fromHtml(cell).toPlainText()
                    yield f"cell {row} {column} {role.name}", cell


def english(read: dict[str, str]) -> dict[str, str]:
    """Return what has English words in it that no name accounts for."""
    return {where: text for where, text in read.items() if _ENGLISH.search(_OWN.sub("", text))}


def test_every_word_changes_and_comes_back(desk: FrontDesk) -> None:
    before = texts(desk.front.window)
    assert len(english(before)) > 150
    desk.choose("简体中文")
    chinese = texts(desk.front.window)
    left = english(chinese)
    assert {where: text for where, text in left.items() if "STRANGE" not in text} == {}
    assert chinese.keys() == before.keys()
    desk.choose("English")
    assert texts(desk.front.window) == before


def test_the_words_a_trader_knows(desk: FrontDesk) -> None:
    desk.choose("简体中文")
    window, front = desk.front.window, desk.front
    table = window.findChild(QTableView, "watchlist.table")
    model = table.model()
    assert [
        model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())
    ] == [
        *("代码", "名称", "最新价", "涨跌", "涨跌幅%", "买价", "卖价"),
        *("最高", "最低", "成交量", "成交额", "时间", "状态"),
    ]
    rows = [
        [model.data(model.index(row, column)) for column in (1, 9, 10, 12)] for row in range(14)
    ]
    assert rows[0] == ["腾讯控股", "1250万", "25.00亿", "滞后"]
    assert [row[3] for row in rows[1:]] == [
        *("等待", "清淡", "休市", "停牌", "涨停", "跌停", "停牌/退市", "滞后", "离线"),
        *("超出套餐", "套餐不含", "未知代码", "被拒绝"),
    ]
    assert (
        front.book.state()["note"]
        == "无卖盘：涨停，或无人卖出。滞后。1 分钟前更新。该市场仅提供 5 档。"
    )
    assert front.book.accessibleDescription().startswith("腾讯控股：买一 612.000 × 100，卖一 无。")
    assert window.findChild(QLabel, "chartName").text() == "腾讯控股"
    assert front.status.messages == [
        "已添加 STRANGE。自选中已有：700.HK。目录中没有，以数据源为准：STRANGE。"
    ]
    view = window.findChild(QWidget, "chartView")
    assert view.accessibleDescription().endswith(
        "开 612.000  高 613.000  低 611.000  收 612.500  0.000  0.00%  量 25万  额 1"
    )


def test_columns_keep_to_what_they_hold(desk: FrontDesk) -> None:
    """In either language a state is read whole, and no wider than it needs to be."""
    table = desk.front.window.findChild(QTableView, "watchlist.table")
    state = table.model().columnCount() - 1
    metrics = table.fontMetrics()
    wide = table.columnWidth(state)
    assert wide > metrics.horizontalAdvance("Unknown code")
    desk.choose("简体中文")
    narrow = table.columnWidth(state)
    assert metrics.horizontalAdvance("超出套餐") < narrow < wide
    desk.choose("English")
    assert table.columnWidth(state) == wide


@pytest.mark.parametrize("dialog", ["welcome", "report"])
def test_a_dialog_that_stands_open_changes_too(qtbot: QtBot, dialog: str) -> None:
    language = Language()
    window: QWidget = (
        WelcomeDialog(
            lambda _: None, lambda: None, vendors={"alltick": "AllTick"}, vendor="alltick"
        )
        if dialog == "welcome"
        else ReportDialog()
    )
    qtbot.addWidget(window)
    window.show()
    before = texts(window)
    language.choose(CHINESE)
    QApplication.processEvents()
    try:
        assert english(before)
        assert not english(texts(window))
    finally:
        language.choose(ENGLISH)
    QApplication.processEvents()
    assert texts(window) == before


def test_numbers_follow_the_language(qtbot: QtBot) -> None:
    """Also where the system speaks another one than was chosen."""
    del qtbot
    language = Language()
    QLocale.setDefault(QLocale(CHINESE))
    assert language.choose(ENGLISH) == ENGLISH
    assert QLocale().language() == QLocale.Language.English
    language.choose(CHINESE)
    assert QLocale().language() == QLocale.Language.Chinese
    language.choose(ENGLISH)
