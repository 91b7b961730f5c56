"""iTick's plans, written again from the vendor's price page and never from the desk's copy."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from alltick_desk.errors import UsageError
from alltick_desk.sim.limits import Rate


class Plan(NamedTuple):
    """What one token may do."""

    name: str
    minute: Rate  # all HTTP calls
    connections: int  # open at once, over all clusters
    subscription: int  # codes, each once over all types, clusters and connections


BARS: Final = 500  # in one kline call
HEARTBEAT_S: Final = 60.0  # two of the documented 30: without one the connection is closed

PLANS: Mapping[str, Plan] = MappingProxyType(
    {
        "free": Plan("free", Rate(5, 60), connections=1, subscription=3),
        "base": Plan("base", Rate(120, 60), connections=3, subscription=200),
        "professional": Plan("professional", Rate(600, 60), connections=6, subscription=500),
        "premium": Plan("premium", Rate(1200, 60), connections=12, subscription=2000),
    }
)


def plan_named(name: str) -> Plan:
    """Return the plan; UsageError with the list of names where there is none of that name."""
    try:
        return PLANS[name]
    except KeyError:
        known = " ".join(PLANS)
        raise UsageError(f"{name!r} is not a plan of iTick's; the plans are {known}") from None
