"""The watchlist's table by itself, with a board behind it, for the benchmarks of the table."""

import json
import time
from collections.abc import Sequence
from typing import Any

from blaster import book, trade

PREVIOUS_CLOSE = 100.0
FAR_BACK = 1_000_000.0  # what the table's clock begins with, in seconds


def codes(count: int) -> list[str]:
    return [f"X{number:05}.US" for number in range(1, count + 1)]


def messages(count: int, among: Sequence[str]) -> list[bytes]:
    """Return AllTick's messages about these codes in turn, every fourth a book, times rising."""
    made = []
    for number in range(count):
        message: Any = book(number) if number % 4 == 3 else trade(number)
        message["data"]["code"] = among[number // 4 % len(among)]
        made.append(json.dumps(message, separators=(",", ":")).encode())
    return made


class Table:
    """A panel of the desk that shows one list, with rows as in the middle of a day.

    Attributes:
        now_s: what the table's clock tells, which stands still.
        ticks: what is told of every row beside its values: how many ticks it had.
    """

    def __init__(self, rows: int, columns: str = "") -> None:
        from PySide6.QtWidgets import QApplication

        from alltick_desk.model.instrument import Catalogue, InstrumentKey
        from alltick_desk.model.lists import Entry, ListBook, NamedList, Section
        from alltick_desk.resources import resource
        from alltick_desk.services.lists import Lists
        from alltick_desk.services.quotes import QuoteBoard
        from alltick_desk.services.watchlist import Watchlist
        from alltick_desk.ui.frames import FrameClock
        from alltick_desk.ui.theme import make_theme
        from alltick_desk.ui.vendors import VendorTags
        from alltick_desk.ui.watchlist.facts import Known
        from alltick_desk.ui.watchlist.panel import WatchlistPanel

        self.app = QApplication.instance() or QApplication([])
        self.now_s = FAR_BACK
        self.ticks = 0
        self.clock = FrameClock(self.frame)
        self.board = QuoteBoard(self.clock.wake)
        keys = [InstrumentKey("alltick", code) for code in codes(rows)]
        entries = tuple(map(Entry, keys))
        shown = NamedList("1", "Load", (Section("", entries),), {"columns": columns})
        self.watchlist = Watchlist(self.board, lists=Lists(ListBook((shown,), "1")))
        self._fill()
        self.panel = WatchlistPanel(
            self.watchlist,
            Catalogue.read(resource("catalogue.csv")),
            make_theme(dark=False),
            vendors=VendorTags({"alltick": "AllTick"}),
            facts=lambda _key: Known(ticks=self.ticks, session="Open"),
            now_s=lambda: self.now_s,
        )

    def show(self, width: int, rows: int) -> None:
        """Show the panel so tall that so many rows are in sight."""
        panel, view = self.panel, self.panel._view
        panel.resize(width, 400)
        panel.show()
        self.app.processEvents()
        height = panel.height() - view.viewport().height()
        panel.resize(width, height + rows * view._painter.measure.row)
        self.app.processEvents()
        if len(panel.visible_keys()) != rows:
            raise SystemExit(f"bench: {len(panel.visible_keys())} rows are in sight, not {rows}.")

    def frame(self) -> None:
        """Show what changed, as the desk does."""
        self.panel.refresh(self.board.take_dirty())

    def _fill(self) -> None:
        from alltick_desk.services.quotes import RowState

        today = time.strftime("%Y-%m-%d")
        for number, row in enumerate(self.watchlist.rows):
            row.state = RowState.LIVE
            row.last, row.value = "100.500", 100.5
            row.high, row.high_value = "101.000", 101.0
            row.low, row.low_value = "99.000", 99.0
            row.volume, row.turnover = 1e6 + number, 1e8 + number
            row.previous_close, row.day, row.digits = PREVIOUS_CLOSE, today, 3
            row.ticked_s = row.priced_s = self.now_s
