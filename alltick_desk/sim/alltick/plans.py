"""AllTick's plans, written again from the vendor's table and never from the desk's copy.

Where the documents give two figures, the newer and stricter one stands here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from alltick_desk.errors import UsageError
from alltick_desk.sim.limits import Rate


class Plan(NamedTuple):
    """What one token may do."""

    name: str
    each: Rate  # kline, depth-tick, trade-tick and static_info, each by itself
    batch: Rate  # batch-kline
    together: tuple[Rate, Rate]  # all HTTP calls
    day: Rate  # all HTTP calls; any 24 hours, since the zone of the midnight is not documented
    codes: int  # in one trade-tick, depth-tick or static_info call
    sets: int  # codes times types in one batch-kline call
    connections: int  # open at once, each family by itself
    subscription: int  # codes in one list, trades and depth each
    pause_s: float  # between the end of a connection and the next handshake
    years: int  # how deep forex, metals and crypto page back
    refuses_excess: bool  # 603 for too long a list; else what is over is ignored without a word
    demo_only: bool = False  # only the ten demo codes
    stocks: str = ""  # the one stock market covered, by its endings; "" for all

    def covers(self, code: str) -> bool:
        """Return whether the plan has the code; if not the answer is 604.

        The three single-market plans are taken to have their market's stocks and indices and
        the whole of the other family.
        """
        if self.demo_only:
            return code in DEMO_CODES
        ending = code[-3:]
        return not self.stocks or ending not in STOCK_ENDINGS or ending in self.stocks.split()


STOCK_ENDINGS = frozenset({".US", ".HK", ".SH", ".SZ"})
DEMO_CODES = frozenset(
    {
        *("USDJPY", "GOLD", "USOIL", "BTCUSDT"),
        *("HSI.HK", ".DJI.US", "TSLA.US", "700.HK", "000001.SH", "399001.SZ"),
    }
)
SUSPENSION = Rate(1, 60)  # the three lists together, on every plan
BARS = 500  # in one kline call
BATCH_BARS = 2  # of one set of a batch-kline call
REQUEST_GAP_S = 1.0  # between two requests on a connection
CROSS_GAP_S = 3.0  # between requests on two connections of a token, both families counted
HEARTBEAT_S = 30.0  # without a heartbeat for so long, the connection is closed

_DAY_S = 86_400.0
_PROFESSIONAL = Plan(
    name="professional",
    each=Rate(20, 1),
    batch=Rate(1, 1),
    together=(Rate(20, 1), Rate(1200, 60)),
    day=Rate(1_728_000, _DAY_S),
    codes=50,
    sets=500,
    connections=10,
    subscription=3000,
    pause_s=3,
    years=5,
    refuses_excess=False,
)

PLANS: Mapping[str, Plan] = MappingProxyType(
    {
        "free": Plan(
            name="free",
            each=Rate(1, 10),
            batch=Rate(1, 10),
            together=(Rate(1, 10), Rate(10, 60)),
            day=Rate(1000, _DAY_S),
            codes=5,
            sets=5,
            connections=1,
            subscription=5,
            pause_s=10,
            years=1,
            refuses_excess=True,
            demo_only=True,
        ),
        "basic": Plan(
            name="basic",
            each=Rate(1, 1),
            batch=Rate(1, 3),
            together=(Rate(1, 1), Rate(60, 60)),
            day=Rate(86_400, _DAY_S),
            codes=50,
            sets=100,
            connections=1,
            subscription=100,
            pause_s=3,
            years=1,
            refuses_excess=False,
        ),
        "premium": Plan(
            name="premium",
            each=Rate(10, 1),
            batch=Rate(1, 2),
            together=(Rate(10, 1), Rate(600, 60)),
            day=Rate(864_000, _DAY_S),
            codes=50,
            sets=200,
            connections=3,
            subscription=200,
            pause_s=3,
            years=3,
            refuses_excess=False,
        ),
        "professional": _PROFESSIONAL,
        "hk": _PROFESSIONAL._replace(name="hk", stocks=".HK"),
        "cn": _PROFESSIONAL._replace(name="cn", stocks=".SH .SZ"),
        "us": _PROFESSIONAL._replace(name="us", stocks=".US"),
    }
)


def plan_named(name: str) -> Plan:
    """Return the plan; UsageError with the list of names where there is none of that name."""
    try:
        return PLANS[name]
    except KeyError:
        raise UsageError(f"{name!r} is not a plan; the plans are {' '.join(PLANS)}") from None
