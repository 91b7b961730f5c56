"""Every plan of both vendors, as data.

Where a vendor's pages give two figures, the newer and stricter one stands here; each of them can
be overridden in the settings.
"""

from collections.abc import Mapping

from alltick_desk.model.words import QT_TRANSLATE_NOOP, Sentence
from alltick_desk.vendors.base import Plan, Rate

_ALLTICK = QT_TRANSLATE_NOOP("Plans", "https://apis.alltick.co (read July 2026)")
_ITICK = QT_TRANSLATE_NOOP("Plans", "https://itick.org/pricing (read July 2026)")
_ENDPOINTS = ("kline", "depth-tick", "trade-tick", "static_info")
_SUSPENSION = (Rate(1, 60),)


def _alltick(
    name: str,
    title: str,
    *,
    endpoint: Rate,
    batch: Rate,
    minute: int,
    day: int,
    codes_per_call: int = 50,
    sets_per_batch: int,
    connections: int,
    codes: int,
    reconnect_pause_s: float = 3.0,
) -> Plan:
    return Plan(
        name=name,
        title=title,
        source=_ALLTICK,
        rates={
            **dict.fromkeys(_ENDPOINTS, (endpoint,)),
            "batch-kline": (batch,),
            "suspension": _SUSPENSION,
            "all": (endpoint, Rate(minute, 60)),
        },
        calls_per_day=day,
        codes_per_call=codes_per_call,
        sets_per_batch=sets_per_batch,
        connections=connections,
        codes_per_subscription=codes,
        reconnect_pause_s=reconnect_pause_s,
    )


def _professional(name: str, title: str) -> Plan:
    return _alltick(
        name,
        title,
        endpoint=Rate(20, 1),
        batch=Rate(1, 1),
        minute=1200,
        day=1_728_000,
        sets_per_batch=500,
        connections=10,
        codes=3000,
    )


def _itick(name: str, title: str, *, minute: int, connections: int, codes: int) -> Plan:
    return Plan(
        name=name,
        title=title,
        source=_ITICK,
        rates={"all": (Rate(minute, 60),)},
        calls_per_day=None,
        # No size of a batch is documented: no more than may be subscribed.
        codes_per_call=min(50, codes),
        sets_per_batch=min(50, codes),
        # One a cluster by the older pages, so many for the token by the price page: both are kept.
        connections=1,
        connections_in_all=connections,
        codes_per_subscription=codes,
        codes_in_all=codes,
        # No pace of requests is documented, so this one is the desk's own.
        request_gap_s=0.2,
        cross_gap_s=0.2,
    )


PLANS: Mapping[str, tuple[Plan, ...]] = {
    "alltick": (
        _alltick(
            "free",
            QT_TRANSLATE_NOOP("Plans", "Free"),
            endpoint=Rate(1, 10),
            batch=Rate(1, 10),
            minute=10,
            day=1000,
            codes_per_call=5,
            sets_per_batch=5,
            connections=1,
            codes=5,
            reconnect_pause_s=10.0,
        ),
        _alltick(
            "basic",
            QT_TRANSLATE_NOOP("Plans", "Basic"),
            endpoint=Rate(1, 1),
            batch=Rate(1, 3),
            minute=60,
            day=86_400,
            sets_per_batch=100,
            connections=1,
            codes=100,
        ),
        _alltick(
            "premium",
            QT_TRANSLATE_NOOP("Plans", "Premium"),
            endpoint=Rate(10, 1),
            batch=Rate(1, 2),
            minute=600,
            day=864_000,
            sets_per_batch=200,
            connections=3,
            codes=200,
        ),
        _professional("professional", QT_TRANSLATE_NOOP("Plans", "Professional")),
        _professional("hk", QT_TRANSLATE_NOOP("Plans", "All HK Stocks")),
        _professional("cn", QT_TRANSLATE_NOOP("Plans", "All CN Stocks")),
        _professional("us", QT_TRANSLATE_NOOP("Plans", "All US Stocks")),
    ),
    "itick": (
        _itick("free", QT_TRANSLATE_NOOP("Plans", "Free"), minute=5, connections=1, codes=3),
        _itick("base", QT_TRANSLATE_NOOP("Plans", "Base"), minute=120, connections=3, codes=200),
        _itick(
            "professional",
            QT_TRANSLATE_NOOP("Plans", "Professional"),
            minute=600,
            connections=6,
            codes=500,
        ),
        _itick(
            "premium",
            QT_TRANSLATE_NOOP("Plans", "Premium"),
            minute=1200,
            connections=12,
            codes=2000,
        ),
    ),
}


def plan_named(vendor: str, name: str) -> Plan:
    """Return a plan; ValueError with the list of names where there is none such."""
    for plan in PLANS[vendor]:
        if plan.name == name:
            return plan
    known = " ".join(plan.name for plan in PLANS[vendor])
    words = Sentence("Plans", "{name} is not a plan of {vendor}; its plans are {known}")
    raise ValueError(words.format(name=repr(name), vendor=vendor, known=known))
