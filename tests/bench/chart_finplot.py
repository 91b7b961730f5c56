"""The rival finplot, run by the Python of an environment that has it: all candles in view."""

import json
import os
import sys

import finplot
import pandas as pd
import pyqtgraph
from chart_data import FEW, HEIGHT, WIDTH, columns, frames, middle, times


def draw(bars: int) -> dict[str, float]:
    """Measure a plot of candles."""
    opened, high, low, close, _ = columns(bars)
    table = pd.DataFrame(
        {"open": opened, "close": close, "high": high, "low": low},
        index=pd.to_datetime(times(bars), unit="s"),
    )
    prices = finplot.create_plot("finplot", init_zoom_periods=bars, maximize=False)
    finplot.candlestick_ochl(table[["open", "close", "high", "low"]], ax=prices)
    finplot.show(qt_exec=False)
    window = finplot.windows[0]
    window.resize(WIDTH, HEIGHT)
    application = pyqtgraph.mkQApp()
    application.processEvents()
    step = max(1.0, bars / 400.0)
    box = prices.vb

    def pan(number: int) -> None:
        shift = step if number % 2 else 0.0
        box.update_y_zoom(shift, shift + bars - step)

    return {"frame": middle(frames(pan, application.processEvents, FEW).clock)}


if __name__ == "__main__":
    print(json.dumps(draw(int(sys.argv[1]))), flush=True)
    os._exit(0)  # what is measured is told; taking all of it down sometimes crashes
