"""A watchlist panel with a board behind it, for the tests that look at it."""

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QTableView, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from alltick_desk.errors import ProtocolError
from alltick_desk.model.book import Level, Sides
from alltick_desk.model.instrument import Catalogue, Instrument, InstrumentKey, Market
from alltick_desk.model.market import Depth, Trade
from alltick_desk.services.quotes import QuoteBoard, QuoteRow, RowState
from alltick_desk.services.watchlist import Watchlist
from alltick_desk.ui.theme import make_theme
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist.columns import BY_ID
from alltick_desk.ui.watchlist.facts import Facts, nothing_known
from alltick_desk.ui.watchlist.panel import WatchlistPanel

CATALOGUE = Catalogue(
    [
        Instrument("700.HK", "Tencent", "腾讯控股", Market.HK_STOCK),
        Instrument("9988.HK", "Alibaba", "阿里巴巴", Market.HK_STOCK),
        Instrument("AAPL.US", "Apple Inc.", "", Market.US_STOCK),
        Instrument("BAC.US", "Bank of America", "", Market.US_STOCK),
        Instrument("EURUSD", "Euro / US Dollar", "", Market.FOREX),
        Instrument("EURJPY", "Euro / Japanese Yen", "", Market.FOREX),
        Instrument("BTCUSDT", "BTC / Tether", "", Market.CRYPTO),
    ]
)
T = TypeVar("T", bound=QWidget)

CODES = ("700.HK", "AAPL.US", "EURUSD", "BTCUSDT")


TITLES = {"alltick": "AllTick", "itick": "iTick"}


def key(code: str, vendor: str = "alltick") -> InstrumentKey:
    return InstrumentKey(vendor, code)


def spelled(vendor: str, text: str) -> str:
    """Spell what the second vendor's people write, as far as the tests need it."""
    code, dollar, region = text.partition("$")
    if vendor != "itick" or not dollar:
        return text
    return code if region == "BA" else f"{code}.{region}"


class WatchDesk:
    """The panel, its list and board, and what it told the application."""

    def __init__(
        self,
        qtbot: QtBot,
        codes: tuple[str, ...] = CODES,
        lang: str = "en",
        *,
        vendors: tuple[str, ...] = ("alltick",),
        others: tuple[str, ...] = (),
        facts: Facts = nothing_known,
    ) -> None:
        """``vendors`` are in use; ``others`` are codes of the second vendor, below the rest."""
        self.board = QuoteBoard()
        keys = [*map(key, codes), *(key(code, "itick") for code in others)]
        self.watchlist = Watchlist(self.board, keys)
        self.vendors = VendorTags(TITLES, vendors)
        self.opened: list[str] = []
        self.activated: list[str] = []
        self.messages: list[str] = []
        self.bad: list[ProtocolError] = []
        self.sets: list[dict[str, str]] = []
        self.now_s = 1_000.0
        self.today = (2026, 3, 5)
        self.panel = WatchlistPanel(
            self.watchlist,
            CATALOGUE,
            make_theme(dark=False),
            vendors=self.vendors,
            lang=lang,
            on_open=lambda opened: self.opened.append(opened.code),
            on_activate=lambda activated: self.activated.append(activated.code),
            on_message=self.messages.append,
            on_bad_book=self.bad.append,
            on_sets=lambda sets: self.sets.append(dict(sets)),
            spell=spelled,
            facts=facts,
            now_s=lambda: self.now_s,
            today=lambda: self.today,
        )
        qtbot.addWidget(self.panel)
        self.panel.resize(1280, 360)
        self.seq = 0

    def show(self, qtbot: QtBot) -> "WatchDesk":
        with qtbot.waitExposed(self.panel):
            self.panel.show()
        self.panel.activateWindow()
        self.table.setFocus()
        return self

    @property
    def table(self) -> QTableView:
        return self.child(QTableView, "watchlist.table")

    @property
    def box(self) -> QLineEdit:
        return self.child(QLineEdit, "watchlist.add")

    def matches(self) -> QListView:
        """The list under the box; it is a window of its own."""
        return next(
            widget
            for widget in self.panel.window().findChildren(QListView) + _top_lists()
            if widget.objectName() == "watchlist.matches"
        )

    def child(self, kind: type[T], name: str) -> T:
        found = self.panel.findChild(kind, name)
        assert found is not None
        return found

    def rows(self) -> list[str]:
        return [row.key.code for row in self.watchlist.rows]

    def row(self, code: str) -> QuoteRow:
        return self.board.row(key(code))

    def tick(self, code: str, price: str) -> QuoteRow:
        """Have a trade arrive; the frame is the caller's."""
        self.seq += 1
        tape = self.board.tape("alltick")
        tape.trade(Trade(code, self.seq, 1_772_700_000_000 + self.seq, price), self.now_s)
        return self.row(code)

    def book(self, code: str, bid: str, ask: str) -> None:
        def unpack(bids: bytes, asks: bytes) -> Sides:
            if bids == b"bad":
                raise ProtocolError("The levels mean nothing.")
            return Sides((Level(bids.decode(), "1"),), (Level(asks.decode(), "1"),))

        depth = Depth(code, 1, 1, bid.encode(), ask.encode(), unpack)
        self.board.tape("alltick").depth(depth, self.now_s)

    def frame(self) -> int:
        """Show what changed, as the application does once a frame."""
        return self.panel.refresh(self.board.take_dirty())

    def live(self) -> None:
        for row in self.watchlist.rows:
            row.state = RowState.LIVE
        self.panel.refresh(self.watchlist.rows)

    def click(self, code: str, modifier: Qt.KeyboardModifier | None = None) -> None:
        place = self.shown().index(code)
        cell = self.table.visualRect(self.table.model().index(place, BY_ID["last"]))
        none = Qt.KeyboardModifier.NoModifier
        port = self.table.viewport()
        QTest.mouseClick(port, Qt.MouseButton.LeftButton, modifier or none, cell.center())

    def selected_rows(self) -> list[str]:
        indexes = self.table.selectionModel().selectedRows()
        return [self.shown()[index.row()] for index in sorted(indexes, key=lambda i: i.row())]

    def shown(self) -> list[str]:
        """What stands in the table from top to bottom: codes, and the names of sections."""
        model = self.table.model()
        return [
            str(model.index(row, 0).data()) if self.titles()[0] == "Code" else self._code(row)
            for row in range(model.rowCount())
        ]

    def _code(self, row: int) -> str:
        model = self.table.model()
        column = self.titles().index("Code")
        return str(model.index(row, column).data() or model.index(row, 0).data())

    def titles(self) -> list[str]:
        """The titles of the columns shown, from left to right."""
        header = self.table.horizontalHeader()
        across = Qt.Orientation.Horizontal
        order = [header.logicalIndex(place) for place in range(header.count())]
        return [str(self.table.model().headerData(place, across)) for place in order]

    def click_title(self, title: str) -> None:
        header = self.table.horizontalHeader()
        place = self.titles().index(title)
        x = header.sectionViewportPosition(place) + header.sectionSize(place) // 2
        at = QPoint(x, header.height() // 2)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def press(self, key_: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        QTest.keyClick(self.table, key_, modifier or Qt.KeyboardModifier.NoModifier)

    def picture(self) -> QImage:
        return self.table.viewport().grab().toImage()

    def cell_picture(self, code: str, column: str) -> QImage:
        place = self.watchlist.position(key(code))
        assert place is not None
        rect = self.table.visualRect(self.table.model().index(place, BY_ID[column]))
        return self.table.viewport().grab(rect).toImage()


def _top_lists() -> list[QListView]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QListView)]


def colours(image: QImage) -> set[str]:
    """Return every colour of a picture, as ``#rrggbb``."""
    return {
        image.pixelColor(QPoint(x, y)).name()
        for x in range(image.width())
        for y in range(image.height())
    }


def enter(desk: WatchDesk, text: str) -> None:
    """Type into the box, and press Enter."""
    QTest.keyClicks(desk.box, text)
    QTest.keyClick(desk.box, Qt.Key.Key_Return)


def push(desk: WatchDesk, name: str) -> None:
    """Click on a button of the panel."""
    button = desk.child(QToolButton, f"watchlist.{name}.button")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
