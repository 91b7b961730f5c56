"""The plans that the throttle is tried with: all that are sold, and small ones made for a test."""

import pytest
from hypothesis import strategies as st

from alltick_desk.vendors.base import Plan, Rate
from alltick_desk.vendors.plans import PLANS, plan_named

EVERY_PLAN = [plan for plans in PLANS.values() for plan in plans]
NAMES = ["kline", "batch-kline", "trade-tick", "suspension", "candles"]
FREE = plan_named("alltick", "free")
BASIC = plan_named("alltick", "basic")
PREMIUM = plan_named("alltick", "premium")

every_plan = pytest.mark.parametrize(
    "plan", EVERY_PLAN, ids=[f"{plan.title}-{plan.codes_per_subscription}" for plan in EVERY_PLAN]
)
seconds = st.sampled_from([0.0, 0.0, 0.0, 0.02, 0.3, 1.0, 2.7, 11.0])


def plan_of(
    *,
    day: int | None = None,
    gap: float = 1.0,
    cross: float = 3.0,
    **rates: list[tuple[int, float]],
) -> Plan:
    """Return a small plan; ``_`` in a call's name stands for ``-``."""
    return Plan(
        name="test",
        title="Test",
        source="",
        rates={
            name.replace("_", "-"): tuple(Rate(*rate) for rate in some)
            for name, some in rates.items()
        },
        calls_per_day=day,
        codes_per_call=5,
        sets_per_batch=5,
        connections=2,
        codes_per_subscription=5,
        request_gap_s=gap,
        cross_gap_s=cross,
        reconnect_pause_s=5.0,
    )
