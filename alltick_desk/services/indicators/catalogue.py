"""The indicators that the desk has, in the order in which they are offered."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.services.indicators.declaration import (
    RISE_FALL,
    Cloud,
    Column,
    Draw,
    Figures,
    Indicator,
    Line,
    Parameter,
    Place,
)

_LONGEST = 1000  # bars in an average
_WIDEST = 300  # bars in a window that the desk's own arithmetic looks through

_BARS = (Column.HIGH, Column.LOW, Column.CLOSE)

_SOURCE = Parameter(
    "source",
    QT_TRANSLATE_NOOP("Indicators", "Price"),
    "close",
    choices=(
        ("close", QT_TRANSLATE_NOOP("Indicators", "Close")),
        ("open", QT_TRANSLATE_NOOP("Indicators", "Open")),
        ("high", QT_TRANSLATE_NOOP("Indicators", "High")),
        ("low", QT_TRANSLATE_NOOP("Indicators", "Low")),
        ("hl2", QT_TRANSLATE_NOOP("Indicators", "Middle of high and low")),
        ("hlc3", QT_TRANSLATE_NOOP("Indicators", "Mean of high, low and close")),
        ("ohlc4", QT_TRANSLATE_NOOP("Indicators", "Mean of open, high, low and close")),
    ),
)


def _period(default: int, *, least: int = 2, most: int = _LONGEST) -> Parameter:
    title = QT_TRANSLATE_NOOP("Indicators", "Period")
    return Parameter("period", title, default, least, most)


MA = Indicator(
    id="ma",
    short="MA",
    title=QT_TRANSLATE_NOOP("Indicators", "Moving average"),
    place=Place.PRICE,
    figures=Figures.PRICE,
    inputs=(Column.SOURCE,),
    lines=(Line("ma", "MA", 0),),
    parameters=(_period(20), _SOURCE),
    function="SMA",
    arguments=(("timeperiod", "period"),),
)
EMA = Indicator(
    id="ema",
    short="EMA",
    title=QT_TRANSLATE_NOOP("Indicators", "Exponential moving average"),
    place=Place.PRICE,
    figures=Figures.PRICE,
    inputs=(Column.SOURCE,),
    lines=(Line("ema", "EMA", 1),),
    parameters=(_period(20), _SOURCE),
    function="EMA",
    arguments=(("timeperiod", "period"),),
)
BOLL = Indicator(
    id="boll",
    short="BOLL",
    title=QT_TRANSLATE_NOOP("Indicators", "Bollinger bands"),
    place=Place.PRICE,
    figures=Figures.PRICE,
    inputs=(Column.SOURCE,),
    lines=(
        Line("upper", QT_TRANSLATE_NOOP("Indicators", "Upper"), 2),
        Line("middle", QT_TRANSLATE_NOOP("Indicators", "Middle"), 3),
        Line("lower", QT_TRANSLATE_NOOP("Indicators", "Lower"), 2),
    ),
    parameters=(
        _period(20),
        Parameter(
            "deviations",
            QT_TRANSLATE_NOOP("Indicators", "Standard deviations"),
            2.0,
            0.1,
            10.0,
            digits=1,
        ),
        _SOURCE,
    ),
    clouds=(Cloud("upper", "lower", 2),),
    function="BBANDS",
    arguments=(("timeperiod", "period"), ("nbdevup", "deviations"), ("nbdevdn", "deviations")),
)
VWAP = Indicator(
    id="vwap",
    short="VWAP",
    title=QT_TRANSLATE_NOOP("Indicators", "Volume-weighted average price of the day"),
    place=Place.PRICE,
    figures=Figures.PRICE,
    inputs=(Column.TYPICAL, Column.VOLUME, Column.SESSION),
    lines=(Line("vwap", "VWAP", 4),),
    intraday=True,
)
SAR = Indicator(
    id="sar",
    short="SAR",
    title=QT_TRANSLATE_NOOP("Indicators", "Parabolic stop and reverse"),
    place=Place.PRICE,
    figures=Figures.PRICE,
    inputs=(Column.HIGH, Column.LOW),
    lines=(Line("sar", "SAR", 5, Draw.DOTS),),
    parameters=(
        Parameter("step", QT_TRANSLATE_NOOP("Indicators", "Step"), 0.02, 0.001, 1.0, digits=3),
        Parameter("maximum", QT_TRANSLATE_NOOP("Indicators", "Maximum"), 0.2, 0.001, 1.0, digits=3),
    ),
    function="SAR",
    arguments=(("acceleration", "step"), ("maximum", "maximum")),
    growing=("step", "maximum"),
)
ICHIMOKU = Indicator(
    id="ichimoku",
    short="Ichimoku",
    title=QT_TRANSLATE_NOOP("Indicators", "Ichimoku cloud"),
    place=Place.PRICE,
    figures=Figures.PRICE,
    inputs=_BARS,
    lines=(
        Line("conversion", QT_TRANSLATE_NOOP("Indicators", "Conversion"), 0),
        Line("base", QT_TRANSLATE_NOOP("Indicators", "Base"), 1),
        Line("span_a", QT_TRANSLATE_NOOP("Indicators", "Span A"), 2, ahead="displacement"),
        Line("span_b", QT_TRANSLATE_NOOP("Indicators", "Span B"), 3, ahead="displacement"),
        Line("lagging", QT_TRANSLATE_NOOP("Indicators", "Lagging"), 4, behind="displacement"),
    ),
    parameters=(
        Parameter("conversion", QT_TRANSLATE_NOOP("Indicators", "Conversion"), 9, 1, _WIDEST),
        Parameter("base", QT_TRANSLATE_NOOP("Indicators", "Base"), 26, 1, _WIDEST),
        Parameter("span", QT_TRANSLATE_NOOP("Indicators", "Span B"), 52, 1, _WIDEST),
        Parameter("displacement", QT_TRANSLATE_NOOP("Indicators", "Displacement"), 26, 1, _WIDEST),
    ),
    clouds=(Cloud("span_a", "span_b", RISE_FALL),),
)
VOL_MA = Indicator(
    id="vol_ma",
    short="VOL MA",
    title=QT_TRANSLATE_NOOP("Indicators", "Moving average of the volume"),
    place=Place.VOLUME,
    figures=Figures.VOLUME,
    inputs=(Column.VOLUME,),
    lines=(Line("vol_ma", "VOL MA", 0),),
    parameters=(_period(20),),
    function="SMA",
    arguments=(("timeperiod", "period"),),
)
MACD = Indicator(
    id="macd",
    short="MACD",
    title=QT_TRANSLATE_NOOP("Indicators", "Moving average convergence and divergence"),
    place=Place.BENEATH,
    figures=Figures.PRICE,
    inputs=(Column.SOURCE,),
    lines=(
        Line("dif", "DIF", 0),
        Line("dea", "DEA", 1),
        Line("macd", "MACD", RISE_FALL, Draw.HISTOGRAM),
    ),
    parameters=(
        Parameter("fast", QT_TRANSLATE_NOOP("Indicators", "Fast"), 12, 2, _LONGEST),
        Parameter("slow", QT_TRANSLATE_NOOP("Indicators", "Slow"), 26, 2, _LONGEST),
        Parameter("signal", QT_TRANSLATE_NOOP("Indicators", "Signal"), 9, 1, _LONGEST),
        _SOURCE,
    ),
    guides=(0.0,),
    function="MACD",
    arguments=(("fastperiod", "fast"), ("slowperiod", "slow"), ("signalperiod", "signal")),
    growing=("fast", "slow"),
)
RSI = Indicator(
    id="rsi",
    short="RSI",
    title=QT_TRANSLATE_NOOP("Indicators", "Relative strength index"),
    place=Place.BENEATH,
    figures=Figures.PLAIN,
    inputs=(Column.SOURCE,),
    lines=(Line("rsi", "RSI", 0),),
    parameters=(_period(14), _SOURCE),
    guides=(30.0, 70.0),
    scale=(0.0, 100.0),
    function="RSI",
    arguments=(("timeperiod", "period"),),
)
KDJ = Indicator(
    id="kdj",
    short="KDJ",
    title=QT_TRANSLATE_NOOP("Indicators", "Stochastic K, D and J"),
    place=Place.BENEATH,
    figures=Figures.PLAIN,
    inputs=_BARS,
    lines=(Line("k", "K", 0), Line("d", "D", 1), Line("j", "J", 2)),
    parameters=(
        _period(9, least=1, most=_WIDEST),
        Parameter("k", QT_TRANSLATE_NOOP("Indicators", "Smoothing of K"), 3, 1, 100),
        Parameter("d", QT_TRANSLATE_NOOP("Indicators", "Smoothing of D"), 3, 1, 100),
    ),
    guides=(20.0, 80.0),
)
ATR = Indicator(
    id="atr",
    short="ATR",
    title=QT_TRANSLATE_NOOP("Indicators", "Average true range"),
    place=Place.BENEATH,
    figures=Figures.PRICE,
    inputs=_BARS,
    lines=(Line("atr", "ATR", 0),),
    parameters=(_period(14, least=1),),
    function="ATR",
    arguments=(("timeperiod", "period"),),
)
OBV = Indicator(
    id="obv",
    short="OBV",
    title=QT_TRANSLATE_NOOP("Indicators", "On-balance volume"),
    place=Place.BENEATH,
    figures=Figures.VOLUME,
    inputs=(Column.CLOSE, Column.VOLUME),
    lines=(Line("obv", "OBV", 0),),
    function="OBV",
)
CCI = Indicator(
    id="cci",
    short="CCI",
    title=QT_TRANSLATE_NOOP("Indicators", "Commodity channel index"),
    place=Place.BENEATH,
    figures=Figures.PLAIN,
    inputs=_BARS,
    lines=(Line("cci", "CCI", 0),),
    parameters=(_period(14),),
    guides=(-100.0, 100.0),
    function="CCI",
    arguments=(("timeperiod", "period"),),
)
WR = Indicator(
    id="wr",
    short="WR",
    title=QT_TRANSLATE_NOOP("Indicators", "Williams %R"),
    place=Place.BENEATH,
    figures=Figures.PLAIN,
    inputs=_BARS,
    lines=(Line("wr", "WR", 0),),
    parameters=(_period(14),),
    guides=(-80.0, -20.0),
    scale=(-100.0, 0.0),
    function="WILLR",
    arguments=(("timeperiod", "period"),),
)

INDICATORS: Final[Mapping[str, Indicator]] = MappingProxyType(
    {
        indicator.id: indicator
        for indicator in (
            *(MA, EMA, BOLL, VWAP, SAR, ICHIMOKU),
            *(VOL_MA, MACD, RSI, KDJ, ATR, OBV, CCI, WR),
        )
    }
)
