"""The desk's chart in a process of its own.

``draw BARS IN_VIEW`` has volumes and two moving averages, ``plain BARS`` candles alone, all of
them in view; ``open BARS`` brings stored ones onto the screen.
"""

import asyncio
import gc
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from chart_data import HEIGHT, WIDTH, columns, frames, middle, times, worst


def plain(bars: int) -> dict[str, float]:
    """Measure candles with axes and grid, as the rivals draw them."""
    return draw(bars, bars, alone=True)


def draw(bars: int, in_view: int, *, alone: bool = False) -> dict[str, float]:
    """Measure a chart with volumes, two moving averages, axes, grid and crosshair.

    ``alone`` leaves out volumes and averages.
    """
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    from alltick_desk.model.instrument import Market
    from alltick_desk.model.interval import Interval
    from alltick_desk.ui.chart.view import ChartView
    from alltick_desk.ui.collector import Collector
    from alltick_desk.ui.theme import make_theme

    app = QApplication([])
    view = ChartView(make_theme(dark=True), on_inspect=lambda _index: None)
    view.resize(WIDTH, HEIGHT)
    view.show()
    app.processEvents()
    made = columns(bars)
    if alone:
        made[-1][:] = 0.0
    gc.collect()
    before = _resident()
    series = _series(made)
    view.show_series(series, Interval.M1, Market.CRYPTO)
    app.processEvents()
    gc.collect()
    size = (_resident() - before) / bars
    if not alone:
        _add_averages(view)
    view.show_places(bars - in_view - 0.5, bars + 0.02 * in_view)
    app.processEvents()
    gc.collect()
    gc.freeze()
    collector = Collector()
    collector.start()  # garbage is collected within the frames, as the desk does it
    step = max(1.0, in_view / 400.0)

    def move(number: int) -> None:
        place = QPointF(200.0 + 7 * number % 1200, 100.0 + number % 600)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            view.viewport().mapToGlobal(place),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(view.viewport(), event)

    def tick(number: int) -> None:
        row = series.row(-1)
        series.put(row._replace(close=row.close + (0.01 if number % 2 else -0.01)))
        view.refresh_live(forming=True)

    window = view.window_
    pan = frames(lambda n: view._pan(step if n % 2 else -step), app.processEvents)
    zoom = frames(
        lambda n: view._zoom(0.97 if n % 2 else 1 / 0.97, window.right), app.processEvents
    )
    crosshair = frames(move, app.processEvents)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    live = frames(tick, app.processEvents)
    collector.stop()
    return {
        "pan": middle(pan.clock),
        "pan_p99": worst(pan.clock),
        "pan_work": worst(pan.work),
        "zoom_p99": worst(zoom.clock),
        "crosshair_p99": worst(crosshair.clock),
        "crosshair_work": worst(crosshair.work),
        "live": middle(live.clock),
        "live_p99": worst(live.clock),
        "live_work": worst(live.work),
        "bytes": size,
    }


def open_stored(bars: int) -> dict[str, float]:
    """Measure how a chart of stored bars opens, without a vendor."""
    with tempfile.TemporaryDirectory() as name:
        return asyncio.run(_open(Path(name) / "desk.db", bars))


async def _open(path: Path, bars: int) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication

    from alltick_desk.clock import SystemClock
    from alltick_desk.errors import VendorError, Verdict
    from alltick_desk.model.instrument import InstrumentKey, Market
    from alltick_desk.model.interval import Interval
    from alltick_desk.model.market import Candle
    from alltick_desk.services.charts import ChartSession
    from alltick_desk.services.history_keeper import HistoryKeeper
    from alltick_desk.services.quotes import QuoteBoard
    from alltick_desk.store.candles import CandleStore
    from alltick_desk.ui.chart import ChartPanel
    from alltick_desk.ui.tasks import Tasks
    from alltick_desk.ui.theme import make_theme

    app = QApplication([])
    clock, key = SystemClock(), InstrumentKey("alltick", "BTCUSDT")
    store = CandleStore(path, clock=clock)
    rows = zip(times(bars).tolist(), *(column.tolist() for column in columns(bars)), strict=True)
    candles = [Candle(row[0], *(f"{value:.2f}" for value in row[1:])) for row in rows]
    for first in range(0, bars, 10_000):
        await store.save(key, Interval.M1, candles[first : first + 10_000])
    del candles

    async def refuse(*_: object) -> list[Candle]:
        raise VendorError("No vendor.", vendor="alltick", verdict=Verdict.NOT_IN_PLAN, call="kline")

    tasks = Tasks(lambda error: print(error, file=sys.stderr))
    board = QuoteBoard()
    session = ChartSession(
        clock=clock,
        row=board.row,
        market=lambda _key: Market.CRYPTO,
        intervals=lambda _key: list(Interval),
        fetch=refuse,
        fetch_latest=refuse,
        spawn=tasks.spawn,
        keeper=HistoryKeeper(store, spawn=tasks.spawn, complain=print),
    )
    panel = ChartPanel(make_theme(dark=True), on_interval=lambda _interval: None)
    panel.resize(WIDTH, HEIGHT)
    panel.show()
    panel.bind(session, lambda _key: "Bitcoin")
    app.processEvents()
    gc.collect()
    gc.freeze()
    held = 0.0
    first_ms = None
    begun_s = time.perf_counter()
    session.open(key, Interval.M1)
    while len(session.series) < bars and time.perf_counter() - begun_s < 60.0:
        if len(session.series) and first_ms is None:
            app.processEvents()  # Qt's own timer brings the panel's frame
            first_ms = (time.perf_counter() - begun_s) * 1000.0
        before_s = time.perf_counter()
        await asyncio.sleep(0)
        held = max(held, time.perf_counter() - before_s)
    all_ms = (time.perf_counter() - begun_s) * 1000.0
    session.close()
    await tasks.cancel_all()
    await store.close()
    panel.close()
    return {"first_ms": first_ms or all_ms, "held_ms": held * 1000.0, "all_ms": all_ms}


def _series(made: tuple[Any, ...]) -> Any:
    """Return a series of columns, taken over as stored ones are."""
    import numpy as np

    from alltick_desk.model.series import CandleSeries

    series = CandleSeries()
    opened, high, low, close, volume = made
    values = np.array([opened, high, low, close, volume, close * volume])
    series.prepend_columns(times(len(close)), values, 2)
    return series


def _add_averages(view: Any) -> None:
    """Put two moving averages over the price, and wait for them."""
    from PySide6.QtTest import QTest

    from alltick_desk.ui.chart.indicators.manager import ChartIndicators

    indicators = ChartIndicators(view)
    indicators.add("ma")
    indicators.add("ma")
    QTest.qWait(2000)
    words = view.price.legend.text
    if "—" in words or not words:
        raise SystemExit(f"bench: the averages are not drawn: {words!r}")
    view.averages = indicators


def _resident() -> float:
    """Return how much memory the process holds now, in bytes."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return float(statm.read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0


if __name__ == "__main__":
    what, *numbers = sys.argv[1:]
    measure = {"draw": draw, "plain": plain, "open": open_stored}[what]
    print(json.dumps(measure(*map(int, numbers))))
