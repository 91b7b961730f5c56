"""The parts of the hot path by themselves, against what they replace."""

import json
import statistics
import sys
import time
from collections.abc import Callable

from blaster import book, trade
from harness import Figure, fresh, offscreen, repeated, told

COUNT = 20_000
FRAMES = 60


def figures() -> list[Figure]:
    """Measure each part five times."""
    found = repeated(lambda: fresh("parts.py", "run", **offscreen()))
    return [
        told("parts: json.loads / our decode, trade", found["json_trade"], ""),
        told("parts: json.loads / our decode, book", found["json_book"], ""),
        told("parts: decode of a trade", found["trade_us"], "us"),
        told("parts: a trade onto the board", found["board_us"], "us"),
        told("parts: table frame, 100 rows", found["table_ms"], "ms"),
        told("parts: table frame, 3,000 rows / 100 rows", found["table_growth"], ""),
    ]


def _us(act: Callable[[bytes], object], messages: list[bytes]) -> float:
    begun_s = time.perf_counter()
    for message in messages:
        act(message)
    return (time.perf_counter() - begun_s) / len(messages) * 1e6


def run() -> dict[str, float]:
    from alltick_desk.model.instrument import InstrumentKey
    from alltick_desk.model.market import Trade
    from alltick_desk.services.quotes import QuoteBoard
    from alltick_desk.vendors.alltick import ALLTICK

    trades = [json.dumps(trade(number)).encode() for number in range(COUNT)]
    books = [json.dumps(book(number)).encode() for number in range(COUNT)]
    trade_us, book_us = _us(ALLTICK.decode, trades), _us(ALLTICK.decode, books)
    board = QuoteBoard()
    tape = board.tape("alltick")
    for number in range(1, 501):
        board.row(InstrumentKey("alltick", f"{number}.HK"))
    decoded = [event for event in map(ALLTICK.decode, trades) if isinstance(event, Trade)]
    begun_s = time.perf_counter()
    for event in decoded:
        tape.trade(event, begun_s)
    board_us = (time.perf_counter() - begun_s) / COUNT * 1e6
    few, many = table_ms(100), table_ms(3000)
    return {
        "json_trade": _us(json.loads, trades) / trade_us,
        "json_book": _us(json.loads, books) / book_us,
        "trade_us": trade_us,
        "board_us": board_us,
        "table_ms": few,
        "table_growth": many / few,
    }


def table_ms(rows: int) -> float:
    """Return the median time of a frame in which every row has another price."""
    from PySide6.QtWidgets import QApplication

    from alltick_desk.model.instrument import Catalogue, InstrumentKey
    from alltick_desk.resources import resource
    from alltick_desk.services.quotes import QuoteBoard, RowState
    from alltick_desk.services.watchlist import Watchlist
    from alltick_desk.ui.theme import make_theme
    from alltick_desk.ui.vendors import VendorTags
    from alltick_desk.ui.watchlist.panel import WatchlistPanel

    app = QApplication.instance() or QApplication([])
    board = QuoteBoard()
    keys = [InstrumentKey("alltick", f"X{number:05}.US") for number in range(rows)]
    watchlist = Watchlist(board, keys)
    for row in watchlist.rows:
        row.state = RowState.LIVE
    panel = WatchlistPanel(
        watchlist,
        Catalogue.read(resource("catalogue.csv")),
        make_theme(dark=False),
        vendors=VendorTags({"alltick": "AllTick"}),
        lang="en",
        on_open=lambda _key: None,
        on_message=lambda _sentence: None,
        on_bad_book=lambda _error: None,
        now_s=time.monotonic,
    )
    panel.resize(1280, 1000)
    panel.show()
    app.processEvents()
    spent = []
    for frame in range(FRAMES):
        for row in watchlist.rows:
            row.value = 100 + frame / 100
            row.last = row.bid = row.ask = f"{row.value:.3f}"
            row.time_ms = 1_700_000_000_000 + frame * 1000
        begun_s = time.perf_counter()
        panel.refresh(dict.fromkeys(watchlist.rows, 0.0))
        app.processEvents()
        spent.append((time.perf_counter() - begun_s) * 1000)
    panel.close()
    return statistics.median(spent[FRAMES // 4 :])


if __name__ == "__main__":
    assert sys.argv[1:] == ["run"]
    print(json.dumps(run()))
