"""A plan's limits: all of them, within bounds, and a person's own in their place."""

import itertools
import math

import pytest

from alltick_desk.errors import SettingsError
from alltick_desk.vendors.base import Plan, Rate
from alltick_desk.vendors.limits import LimitField, check_limit, limit_fields, overridden
from alltick_desk.vendors.plans import PLANS, plan_named

EVERY_PLAN = [pytest.param(plan, id=f"{v}-{plan.name}") for v, ps in PLANS.items() for plan in ps]


@pytest.mark.parametrize("plan", EVERY_PLAN)
def test_every_figure_of_a_plan_is_listed_within_its_bounds(plan: Plan) -> None:
    fields = limit_fields(plan)
    ids = [field.id for field in fields]
    assert len(ids) == len(set(ids))
    figures = set(Plan.__struct_fields__) - {"name", "title", "source", "rates"}
    assert figures <= set(ids)
    windows = sum(len(rates) for rates in plan.rates.values())
    assert len(fields) == 2 * windows + len(figures)
    for field in fields:
        if field.value is not None:
            assert check_limit(field, field.value) == field.value
        assert field.label
        assert field.unit


@pytest.mark.parametrize("plan", EVERY_PLAN)
def test_every_figure_can_be_overridden_and_nothing_else_moves(plan: Plan) -> None:
    fields = limit_fields(plan)
    for field in fields:
        value = field.minimum + 1 if field.value != field.minimum + 1 else field.minimum
        changed = {f.id: f.value for f in limit_fields(overridden(plan, {field.id: value}))}
        assert changed == {f.id: value if f is field else f.value for f in fields}


def test_the_windows_of_the_sum_come_first_and_stay_apart() -> None:
    free = plan_named("alltick", "free")
    first = list(itertools.islice(limit_fields(free), 4))
    assert [(field.window, field.value) for field in first] == [
        ("rate.all.0", 1),
        ("rate.all.0", 10),
        ("rate.all.1", 10),
        ("rate.all.1", 60),
    ]
    looser = overridden(free, {"rate.all.0.seconds": 1.0, "rate.all.1.calls": 60.0})
    assert looser.rates["all"] == (Rate(1, 1.0), Rate(60, 60))
    assert isinstance(looser.rates["all"][1].calls, int)


def test_no_overrides_is_the_plan_itself() -> None:
    plan = plan_named("alltick", "premium")
    assert overridden(plan, {}) is plan
    assert overridden(plan, {"rate.unheard-of.0.calls": 3.0, "colour": 1.0}) is plan


def test_a_limit_that_the_plan_does_not_name_can_be_set() -> None:
    plan = plan_named("itick", "free")
    field = next(field for field in limit_fields(plan) if field.id == "calls_per_day")
    assert field.value is None
    assert overridden(plan, {"calls_per_day": 500.0}).calls_per_day == 500


@pytest.mark.parametrize(
    ("id_", "value", "word"),
    [
        ("connections", 0, "between 1 and 100"),
        ("connections", 101, "between 1 and 100"),
        ("connections", 1.5, "whole number"),
        ("candles_per_call", 501, "500"),
        ("reconnect_pause_s", 0.5, "between 1 and 600"),
        ("rate.kline.0.seconds", 0, "kline"),
        ("request_gap_s", math.nan, "between"),
        ("request_gap_s", math.inf, "between"),
    ],
)
def test_out_of_bounds_is_a_sentence_that_names_the_limit(
    id_: str, value: float, word: str
) -> None:
    plan = plan_named("alltick", "basic")
    with pytest.raises(SettingsError) as caught:
        overridden(plan, {id_: value})
    assert word in str(caught.value)
    assert id_ in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_fraction_is_kept_where_it_means_something() -> None:
    plan = overridden(plan_named("alltick", "basic"), {"request_gap_s": 1.25})
    assert plan.request_gap_s == 1.25
    field = LimitField("x", "X", None, "s", 0, 1, whole=False)
    assert check_limit(field, 0.5) == 0.5
