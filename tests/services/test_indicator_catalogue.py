"""The declarations: whole, of one piece with TA-Lib, and there without it."""

import sys
from types import ModuleType

import pytest
import talib
from talib import abstract

from alltick_desk.errors import DeskError
from alltick_desk.model.series import CandleSeries, Row
from alltick_desk.model.words import Sentence
from alltick_desk.services.indicators.catalogue import INDICATORS, MACD, SAR
from alltick_desk.services.indicators.declaration import (
    PALETTE,
    RISE_FALL,
    Draw,
    Indicator,
    Place,
)
from alltick_desk.services.indicators.library import IndicatorUnavailableError, find, obstacle
from alltick_desk.services.indicators.own import KERNELS
from alltick_desk.services.indicators.parameters import filled, problems
from alltick_desk.services.indicators.study import Study

ALL = pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS)


def test_every_indicator_stands_where_it_should() -> None:
    places = {place: [i.short for i in INDICATORS.values() if i.place is place] for place in Place}
    assert places == {
        Place.PRICE: ["MA", "EMA", "BOLL", "VWAP", "SAR", "Ichimoku"],
        Place.VOLUME: ["VOL MA"],
        Place.BENEATH: ["MACD", "RSI", "KDJ", "ATR", "OBV", "CCI", "WR"],
    }


@ALL
def test_a_declaration_is_whole(indicator: Indicator) -> None:
    names = [line.id for line in indicator.lines]
    parameters = indicator.defaults
    assert len(set(names)) == len(names) > 0
    assert len(parameters) == len(indicator.parameters)
    assert problems(indicator, {}) == []
    assert filled(indicator, {}) == parameters
    assert all(RISE_FALL <= line.colour < PALETTE for line in indicator.lines)
    assert all({cloud.first, cloud.second} <= set(names) for cloud in indicator.clouds)
    assert {name for _argument, name in indicator.arguments} <= set(parameters)
    assert set(indicator.growing) <= set(parameters)
    assert bool(indicator.function) != (indicator.id in KERNELS)
    assert {line.shift(parameters) for line in indicator.lines} <= {0, 25, -25}
    assert all(low < high for low, high in [indicator.scale or (0, 1)])


@ALL
def test_talib_knows_the_function_its_arguments_and_as_many_lines(indicator: Indicator) -> None:
    if not indicator.function:
        assert indicator.id in KERNELS
        return
    known = abstract.Function(indicator.function)
    arguments = {name for name, _ in indicator.arguments}
    assert arguments <= set(known.parameters)
    assert set(known.parameters) - arguments <= {"matype"}
    assert len(known.output_names) == len(indicator.lines)
    for argument, name in indicator.arguments:
        assert known.parameters[argument] in {indicator.defaults[name], 30}


@ALL
def test_the_bounds_can_be_computed(indicator: Indicator) -> None:
    series = CandleSeries()
    for minute in range(80):
        series.put(Row(minute * 60, 10, 12 + minute % 7, 9 - minute % 5, 11 + minute % 3, 5, 0))
    numbers = [p for p in indicator.parameters if not p.choices]
    for extreme in ("least", "most"):
        given = {p.id: type(p.default)(getattr(p, extreme)) for p in numbers}
        assert problems(indicator, given) == []
        study = Study(series, indicator, given)
        study.sync()
        assert len(study.line(indicator.lines[0].id)) == 80


def test_labels_are_short() -> None:
    assert MACD.label(MACD.defaults) == "MACD 12 26 9"
    assert MACD.label({**MACD.defaults, "source": "hl2"}) == "MACD 12 26 9 hl2"
    assert SAR.label(SAR.defaults) == "SAR 0.02 0.2"
    assert SAR.lines[0].draw is Draw.DOTS
    assert INDICATORS["obv"].needs_volume
    assert not SAR.needs_volume


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("ma", {"period": 1}, "“Period” of MA must be a whole number from 2 to 1000."),
        ("ma", {"period": 20.0}, "“Period” of MA must be a whole number from 2 to 1000."),
        ("atr", {"period": True}, "“Period” of ATR must be a whole number from 1 to 1000."),
        ("ma", {"period": "20"}, "“Period” of MA must be a whole number from 2 to 1000."),
        (
            "boll",
            {"deviations": float("nan")},
            "“Standard deviations” of BOLL must be a number from 0.1 to 10.",
        ),
        (
            "rsi",
            {"source": "median"},
            "“Price” of RSI must be one of close, open, high, low, hl2, hlc3, ohlc4.",
        ),
        ("macd", {"fast": 30}, "“Fast” of MACD must not exceed “Slow”."),
        ("sar", {"maximum": 0.01}, "“Step” of SAR must not exceed “Maximum”."),
    ],
)
def test_what_is_wrong_with_a_parameter_is_said(name: str, given: dict, expected: str) -> None:
    found = problems(INDICATORS[name], given)
    assert found == [expected]
    assert isinstance(found[0], Sentence)


def test_every_fault_is_named_and_order_is_not_asked_of_what_is_no_number() -> None:
    found = problems(MACD, {"fast": "x", "slow": 1, "signal": 0, "source": []})
    assert [words.split("”")[0] for words in found] == ["“Fast", "“Slow", "“Signal", "“Price"]
    assert problems(MACD, {"source": [], "of a later version": 3})[0].startswith("“Price")


def test_what_is_unknown_is_left_out_and_a_whole_number_will_do() -> None:
    parameters = filled(INDICATORS["boll"], {"deviations": 3, "of a later version": 1})
    assert parameters == {"period": 20, "deviations": 3.0, "source": "close"}
    assert type(parameters["deviations"]) is float


def test_without_talib_the_desk_s_own_work_and_the_others_say_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "talib", None)
    refused = {}
    for indicator in INDICATORS.values():
        try:
            Study(CandleSeries(), indicator).sync()
        except IndicatorUnavailableError as error:
            refused[indicator.id] = str(error)
    assert set(INDICATORS) - set(refused) == {"vwap", "ichimoku", "kdj"}
    assert set(refused.values()) == {obstacle()}
    assert issubclass(IndicatorUnavailableError, DeskError)
    assert isinstance(obstacle(), Sentence)
    assert obstacle().startswith("This indicator is computed by TA-Lib, which is not installed.")
    assert obstacle().endswith('type: pip install "alltick-desk[indicators]"')


def test_an_older_talib_without_streams_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    older = ModuleType("talib")
    older.__version__ = "0.6.8"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "talib", older)
    with pytest.raises(IndicatorUnavailableError, match=r"0\.6\.8 is installed"):
        find()


def test_with_talib_nothing_stands_in_the_way() -> None:
    assert obstacle() == ""
    assert find() is talib
