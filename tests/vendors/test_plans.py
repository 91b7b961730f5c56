"""Every plan, against the vendors' tables."""

import pytest

from alltick_desk.vendors.base import Rate
from alltick_desk.vendors.plans import PLANS, plan_named

# name: each endpoint, batch-kline, all calls, calls a minute, calls a day, codes a call, sets a
# batch, connections, codes a subscription, pause before a reconnect
ALLTICK = {
    "free": (Rate(1, 10), Rate(1, 10), Rate(1, 10), 10, 1_000, 5, 5, 1, 5, 10.0),
    "basic": (Rate(1, 1), Rate(1, 3), Rate(1, 1), 60, 86_400, 50, 100, 1, 100, 3.0),
    "premium": (Rate(10, 1), Rate(1, 2), Rate(10, 1), 600, 864_000, 50, 200, 3, 200, 3.0),
    "professional": (Rate(20, 1), Rate(1, 1), Rate(20, 1), 1200, 1_728_000, 50, 500, 10, 3000, 3.0),
}
ALLTICK |= dict.fromkeys(("hk", "cn", "us"), ALLTICK["professional"])

# name: calls a minute, connections, subscriptions
ITICK = {
    "free": (5, 1, 3),
    "base": (120, 3, 200),
    "professional": (600, 6, 500),
    "premium": (1200, 12, 2000),
}


def test_the_names_of_the_command_line() -> None:
    names = {vendor: " ".join(plan.name for plan in plans) for vendor, plans in PLANS.items()}
    assert names == {
        "alltick": "free basic premium professional hk cn us",
        "itick": "free base professional premium",
    }


@pytest.mark.parametrize("name", list(ALLTICK))
def test_the_plans_of_alltick(name: str) -> None:
    endpoint, batch, every, minute, day, per_call, sets, connections, codes, pause = ALLTICK[name]
    plan = plan_named("alltick", name)
    assert plan.rates == {
        "kline": (endpoint,),
        "depth-tick": (endpoint,),
        "trade-tick": (endpoint,),
        "static_info": (endpoint,),
        "batch-kline": (batch,),
        "suspension": (Rate(1, 60),),
        "all": (every, Rate(minute, 60)),
    }
    assert plan.calls_per_day == day
    assert plan.codes_per_call == per_call
    assert plan.sets_per_batch == sets
    assert plan.connections == connections
    assert plan.codes_per_subscription == codes
    assert plan.reconnect_pause_s == pause
    assert (plan.request_gap_s, plan.cross_gap_s, plan.candles_per_call) == (1.0, 3.0, 500)


@pytest.mark.parametrize("name", list(ITICK))
def test_the_plans_of_itick(name: str) -> None:
    minute, connections, codes = ITICK[name]
    plan = plan_named("itick", name)
    assert plan.rates == {"all": (Rate(minute, 60),)}
    assert plan.calls_per_day is None
    assert (plan.connections, plan.codes_per_subscription) == (1, codes)
    assert (plan.connections_in_all, plan.codes_in_all) == (connections, codes)


@pytest.mark.parametrize("vendor", list(PLANS))
def test_every_plan_says_where_it_stands_and_when_that_was_read(vendor: str) -> None:
    for plan in PLANS[vendor]:
        assert plan.source.startswith("https://")
        assert "read" in plan.source
        assert plan.title


def test_an_unknown_plan_is_answered_with_the_list() -> None:
    with pytest.raises(ValueError, match="free basic premium professional hk cn us"):
        plan_named("alltick", "gold")
    with pytest.raises(ValueError, match="its plans are free base professional premium"):
        plan_named("itick", "basic")
