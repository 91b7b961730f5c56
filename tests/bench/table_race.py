"""The same ticks into two tables of 100 symbols: ``table_race.py ours|plain``.

Ours is the desk's way: the tape, the board, the frame clock, one paint event. The plain one is what
most programs do: a QTableWidget, one signal of Qt's a tick, an item updated a cell, whatever the
tick has changed. The signal is queued, as between a thread that reads and the window's. It is
spared what many do besides: there is no such thread to share Python with, messages are read and
books unpacked before, no column fits itself to its texts, and it paints forty times a second at
most, as ours does. Both have the same columns and size.
"""

import json
import sys
import time
from collections.abc import Callable
from itertools import cycle
from typing import Any

from table_rows import PREVIOUS_CLOSE, Table, codes, messages

ROWS, VISIBLE, WIDTH = 100, 40, 1280
MESSAGES = 40_000
SPAN_S = 3.0
SLICE_S = 0.025  # of ticks, between two looks at the window
AT_ONCE = 50  # ticks between two looks at the clock
TITLES = (
    *("Code", "Name", "Last", "Change", "Change %", "Bid", "Ask", "High", "Low"),
    *("Volume", "Turnover", "Time", "State"),
)
FIRST = {
    "last": 100.5,
    "bid": "",
    "ask": "",
    "high": 101.0,
    "low": 99.0,
    "volume": 1e6,
    "turnover": 1e8,
    "time_s": 0,
}
COLOURED = (2, 3, 4)  # by the day's change: last, change, change %


def ticks() -> list[Any]:
    """Return what the vendor's codec makes of the messages: three trades, then a book."""
    from alltick_desk.vendors.alltick import ALLTICK

    return [ALLTICK.decode(message) for message in messages(MESSAGES, codes(ROWS))]


def race(
    app: Any, ticks: list[Any], deliver: Callable[[list[Any]], None], anew: Callable[[], None]
) -> dict[str, float]:
    """Deliver ticks for a while; ``anew`` is called before they are the same again."""
    groups = [ticks[at : at + AT_ONCE] for at in range(0, len(ticks), AT_ONCE)]
    count = 0
    begun_s, begun_work_s = time.perf_counter(), time.process_time()
    end_s = begun_s + SPAN_S
    due_s = begun_s + SLICE_S
    for number in cycle(range(len(groups))):
        if number == 0:
            anew()
        deliver(groups[number])
        count += AT_ONCE
        now_s = time.perf_counter()
        if now_s >= due_s:
            app.processEvents()
            due_s = time.perf_counter() + SLICE_S
            if now_s >= end_s:
                break
    spent_s, work_s = time.perf_counter() - begun_s, time.process_time() - begun_work_s
    return {"ticks": count, "per_s": count / spent_s, "per_work_s": count / work_s}


def ours() -> dict[str, float]:
    from alltick_desk.model.market import Trade

    table = Table(ROWS)
    table.show(WIDTH, VISIBLE)
    tape = table.board.tape("alltick")

    def deliver(group: list[Any]) -> None:
        now_s = time.monotonic()  # of what the socket had
        for tick in group:
            if tick.__class__ is Trade:
                tape.trade(tick, now_s)
            else:
                tape.depth(tick, now_s)

    def anew() -> None:
        for row in table.watchlist.rows:
            row.time_ms = row.seq = 0

    found = race(table.app, ticks(), deliver, anew)
    table.app.processEvents()
    if tape.strays or tape.trades + tape.depths != found["ticks"]:
        raise SystemExit("bench: ticks were lost.")
    return found


def plain() -> dict[str, float]:
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
    from PySide6.QtWidgets import QApplication

    from alltick_desk.model.market import Trade

    class Signals(QObject):
        ticked = Signal(object)

    app = QApplication([])
    table, signals = plain_table(), Signals()
    signals.ticked.connect(table.on_tick, Qt.ConnectionType.QueuedConnection)
    table.resize(WIDTH, 400)
    table.show()
    row = table.rowHeight(0)
    table.resize(WIDTH, table.height() - table.viewport().height() + VISIBLE * row)
    app.processEvents()
    feed: list[Any] = []
    for tick in ticks():
        if isinstance(tick, Trade):
            feed.append(tick)
        else:
            bids, asks = tick.sides()
            feed.append((tick.code, bids[0].price, asks[0].price))
    call = QEvent.Type.MetaCall.value

    def deliver(group: list[Any]) -> None:
        for tick in group:
            signals.ticked.emit(tick)
        QCoreApplication.sendPostedEvents(table, call)  # the window's thread has its turn

    found = race(app, feed, deliver, lambda: None)
    if table.taken != found["ticks"]:
        raise SystemExit("bench: ticks were lost.")
    return found


def plain_table() -> Any:
    """Return the usual table, filled."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QBrush, QColor
    from PySide6.QtWidgets import QTableWidget, QTableWidgetItem

    colours = {sign: QBrush(QColor(name)) for sign, name in ((1, "green"), (-1, "red"), (0, ""))}
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

    class Plain(QTableWidget):
        def __init__(self) -> None:
            super().__init__(ROWS, len(TITLES))
            self.setHorizontalHeaderLabels(TITLES)
            self.verticalHeader().hide()
            self.taken = 0
            self.values: dict[str, dict[str, Any]] = {}
            self.cells: dict[str, list[QTableWidgetItem]] = {}
            for row, code in enumerate(codes(ROWS)):
                self.values[code] = dict(FIRST)
                self.cells[code] = [QTableWidgetItem("") for _ in TITLES]
                for column, item in enumerate(self.cells[code]):
                    if 2 <= column <= 11:
                        item.setTextAlignment(right)
                    self.setItem(row, column, item)

        def on_tick(self, tick: Any) -> None:
            self.taken += 1
            if tick.__class__ is tuple:
                code, bid, ask = tick
                now = self.values[code]
                now["bid"], now["ask"] = bid, ask
            else:
                code = tick.code
                now = self.values[code]
                price = now["last"] = float(tick.price)
                now["high"], now["low"] = max(now["high"], price), min(now["low"], price)
                now["volume"] += float(tick.volume)
                now["turnover"] += float(tick.turnover)
                now["time_s"] = tick.time_ms // 1000
            self.write(self.cells[code], code, now)

        def write(self, cells: list[QTableWidgetItem], code: str, now: dict[str, Any]) -> None:
            change = now["last"] - PREVIOUS_CLOSE
            at = time.localtime(now["time_s"])
            texts = (
                code,
                "",
                f"{now['last']:.3f}",
                f"{change:+.3f}",
                f"{100 * change / PREVIOUS_CLOSE:+.2f}",
                now["bid"],
                now["ask"],
                f"{now['high']:.3f}",
                f"{now['low']:.3f}",
                f"{now['volume'] / 1e6:.3f}M",
                f"{now['turnover'] / 1e6:.1f}M",
                f"{at.tm_hour:02}:{at.tm_min:02}:{at.tm_sec:02}",
                "Live",
            )
            for item, text in zip(cells, texts, strict=True):
                item.setText(text)
            brush = colours[(change > 0) - (change < 0)]
            for column in COLOURED:
                cells[column].setForeground(brush)

    return Plain()


if __name__ == "__main__":
    print(json.dumps(ours() if sys.argv[1] == "ours" else plain()))
