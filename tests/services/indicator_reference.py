"""What the indicators ought to be: whole computations, apart from the package's own code.

TA-Lib's are its plain functions; the others are written out bar by bar.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import talib

from alltick_desk.model.calendar import session_date
from alltick_desk.model.instrument import Market
from alltick_desk.model.series import CandleSeries, Floats

Lines = tuple[Floats, ...]


def _source(series: CandleSeries, name: str) -> Floats:
    o, h, low, c = series.open, series.high, series.low, series.close
    made = {"hl2": (h + low) / 2, "hlc3": (h + low + c) / 3, "ohlc4": (o + c + h + low) / 4}
    return made[name] if name in made else np.array(getattr(series, name))


def _vwap(series: CandleSeries, market: Market) -> Lines:
    line = []
    day, money, traded = "", 0.0, 0.0
    for index in range(len(series)):
        row = series.row(index)
        date = session_date(row.time_s * 1000, market)
        if date != day:
            day, money, traded = date, 0.0, 0.0
        money += (row.high + row.low + row.close) / 3 * row.volume
        traded += row.volume
        line.append(money / traded if traded else math.nan)
    return (np.array(line),)


def _middle(series: CandleSeries, period: int) -> Floats:
    highs, lows = series.high.tolist(), series.low.tolist()
    found = [math.nan] * len(highs)
    for index in range(period - 1, len(highs)):
        window = slice(index - period + 1, index + 1)
        found[index] = (max(highs[window]) + min(lows[window])) / 2
    return np.array(found)


def _ichimoku(series: CandleSeries, periods: Sequence[int]) -> Lines:
    conversion, base, span = (_middle(series, period) for period in periods)
    return conversion, base, (conversion + base) / 2, span, series.close.copy()


def _kdj(series: CandleSeries, period: int, of_k: int, of_d: int) -> Lines:
    highs, lows, closes = series.high.tolist(), series.low.tolist(), series.close.tolist()
    k = d = 50.0
    rows = []
    for index, close in enumerate(closes):
        if index < period - 1:
            rows.append((math.nan,) * 3)
            continue
        window = slice(index - period + 1, index + 1)
        top, bottom = max(highs[window]), min(lows[window])
        rsv = 50.0 if top == bottom else (close - bottom) / (top - bottom) * 100
        k = k * (of_k - 1) / of_k + rsv / of_k
        d = d * (of_d - 1) / of_d + k / of_d
        rows.append((k, d, 3 * k - 2 * d))
    return tuple(np.array(rows).reshape(-1, 3).T)


def reference(
    name: str, series: CandleSeries, p: dict[str, Any], market: Market = Market.UNKNOWN
) -> Lines:
    """Compute all of one indicator's lines anew."""
    high, low, close, volume = series.high, series.low, series.close, series.volume
    price = _source(series, p["source"]) if "source" in p else close
    whole: dict[str, Callable[[], Any]] = {
        "ma": lambda: talib.SMA(price, p["period"]),
        "ema": lambda: talib.EMA(price, p["period"]),
        "boll": lambda: talib.BBANDS(price, p["period"], p["deviations"], p["deviations"], 0),
        "vwap": lambda: _vwap(series, market),
        "sar": lambda: talib.SAR(high, low, p["step"], p["maximum"]),
        "ichimoku": lambda: _ichimoku(series, (p["conversion"], p["base"], p["span"])),
        "vol_ma": lambda: talib.SMA(volume, p["period"]),
        "macd": lambda: talib.MACD(price, p["fast"], p["slow"], p["signal"]),
        "rsi": lambda: talib.RSI(price, p["period"]),
        "kdj": lambda: _kdj(series, p["period"], p["k"], p["d"]),
        "atr": lambda: talib.ATR(high, low, close, p["period"]),
        "obv": lambda: talib.OBV(close, volume),
        "cci": lambda: talib.CCI(high, low, close, p["period"]),
        "wr": lambda: talib.WILLR(high, low, close, p["period"]),
    }
    found = whole[name]()
    return found if isinstance(found, tuple) else (found,)
