"""A plan's limits one by one: how each is called, its bounds, and a person's own figures.

The ids are keys of the settings file, so they never change: ``rate.<call>.<window>.calls``,
``rate.<call>.<window>.seconds`` and the names of the plan's other fields.
"""

import math
from collections.abc import Mapping

import msgspec

from alltick_desk.errors import SettingsError
from alltick_desk.model.words import QT_TRANSLATE_NOOP, Sentence
from alltick_desk.vendors.base import Plan, Rate

CALLS = QT_TRANSLATE_NOOP("Limits", "calls")
SECONDS = QT_TRANSLATE_NOOP("Limits", "seconds")


class LimitField(msgspec.Struct, frozen=True):
    """One figure of a plan.

    Attributes:
        id: its key among the overrides.
        label, unit: for people, in English; the screen translates them (context "Limits").
        value: the plan's figure; None where the plan names no such limit.
        minimum, maximum: what a person may put in its place, both included.
        whole: whether it counts things.
        window: what the calls and the seconds of one window share, "" for other figures.
    """

    id: str
    label: str
    value: float | None
    unit: str
    minimum: float
    maximum: float
    whole: bool = True
    window: str = ""


_CALLS = {
    "all": QT_TRANSLATE_NOOP("Limits", "All calls together"),
    "kline": QT_TRANSLATE_NOOP("Limits", "Candles (kline)"),
    "batch-kline": QT_TRANSLATE_NOOP("Limits", "Newest candles (batch-kline)"),
    "trade-tick": QT_TRANSLATE_NOOP("Limits", "Last trades (trade-tick)"),
    "depth-tick": QT_TRANSLATE_NOOP("Limits", "Order books (depth-tick)"),
    "static_info": QT_TRANSLATE_NOOP("Limits", "Facts of a stock (static_info)"),
    "suspension": QT_TRANSLATE_NOOP("Limits", "Suspension lists (suspension)"),
}

_CODES = QT_TRANSLATE_NOOP("Limits", "codes")

# The ids are the names of the plan's fields. No pause may be nothing: a desk that knocks without
# end gets its token blocked. No vendor gives more than 500 candles a call.
_OTHERS = (
    LimitField(
        "calls_per_day",
        QT_TRANSLATE_NOOP("Limits", "All calls in a day"),
        None,
        CALLS,
        1,
        1_000_000_000,
    ),
    LimitField(
        "codes_per_call", QT_TRANSLATE_NOOP("Limits", "Codes in one call"), None, _CODES, 1, 1000
    ),
    LimitField(
        "sets_per_batch",
        QT_TRANSLATE_NOOP("Limits", "Candle sets in one batch call"),
        None,
        QT_TRANSLATE_NOOP("Limits", "sets"),
        1,
        5000,
    ),
    LimitField(
        "candles_per_call",
        QT_TRANSLATE_NOOP("Limits", "Candles in one call"),
        None,
        QT_TRANSLATE_NOOP("Limits", "candles"),
        2,
        500,
    ),
    LimitField(
        "connections",
        QT_TRANSLATE_NOOP("Limits", "Connections of one family"),
        None,
        QT_TRANSLATE_NOOP("Limits", "connections"),
        1,
        100,
    ),
    LimitField(
        "connections_in_all",
        QT_TRANSLATE_NOOP("Limits", "Connections of all families together"),
        None,
        QT_TRANSLATE_NOOP("Limits", "connections"),
        1,
        100,
    ),
    LimitField(
        "codes_per_subscription",
        QT_TRANSLATE_NOOP("Limits", "Codes in one subscription"),
        None,
        _CODES,
        1,
        100_000,
    ),
    LimitField(
        "codes_in_all",
        QT_TRANSLATE_NOOP("Limits", "Codes on all connections together"),
        None,
        _CODES,
        1,
        100_000,
    ),
    LimitField(
        "request_gap_s",
        QT_TRANSLATE_NOOP("Limits", "Between two requests on a connection"),
        None,
        SECONDS,
        0.1,
        60,
        whole=False,
    ),
    LimitField(
        "cross_gap_s",
        QT_TRANSLATE_NOOP("Limits", "Between requests on two connections"),
        None,
        SECONDS,
        0.1,
        60,
        whole=False,
    ),
    LimitField(
        "reconnect_pause_s",
        QT_TRANSLATE_NOOP("Limits", "Before a connection is opened again"),
        None,
        SECONDS,
        1,
        600,
        whole=False,
    ),
)


def limit_fields(plan: Plan) -> list[LimitField]:
    """Return every limit of ``plan``: the windows of its calls, then all others."""
    fields: list[LimitField] = []
    for call, windows in sorted(plan.rates.items(), key=_by_call):
        label = _CALLS.get(call, call)
        for index, rate in enumerate(windows):
            window = f"rate.{call}.{index}"
            fields += (
                LimitField(f"{window}.calls", label, rate.calls, CALLS, 1, 100_000, window=window),
                LimitField(
                    f"{window}.seconds",
                    label,
                    rate.seconds,
                    SECONDS,
                    0.1,
                    86_400,
                    whole=False,
                    window=window,
                ),
            )
    for field in _OTHERS:
        value: float | None = getattr(plan, field.id)
        fields.append(msgspec.structs.replace(field, value=value))
    return fields


def check_limit(field: LimitField, value: float) -> float:
    """Return ``value`` where it may stand for ``field``; SettingsError otherwise."""
    if not math.isfinite(value) or not field.minimum <= value <= field.maximum:
        raise SettingsError(
            Sentence(
                "Limits", "The limit “{label}” ({id}) must lie between {low} and {high} {unit}."
            ).format(
                label=Sentence("Limits", field.label),
                id=field.id,
                low=f"{field.minimum:,g}",
                high=f"{field.maximum:,.12g}",
                unit=Sentence("Limits", field.unit),
            )
        )
    if field.whole and value != int(value):
        words = Sentence("Limits", "The limit “{label}” ({id}) must be a whole number.")
        raise SettingsError(words.format(label=Sentence("Limits", field.label), id=field.id))
    return value


def overridden(plan: Plan, overrides: Mapping[str, float]) -> Plan:
    """Return ``plan`` with a person's figures in place of its own.

    Ids that this plan does not have are left alone: they belong to another one. Raises
    SettingsError where a figure is out of its bounds.
    """
    given = {
        field.id: check_limit(field, overrides[field.id])
        for field in limit_fields(plan)
        if field.id in overrides
    }
    if not given:
        return plan
    rates = {
        call: tuple(
            Rate(
                int(given.get(f"rate.{call}.{index}.calls", rate.calls)),
                given.get(f"rate.{call}.{index}.seconds", rate.seconds),
            )
            for index, rate in enumerate(windows)
        )
        for call, windows in plan.rates.items()
    }
    others = {
        field.id: int(given[field.id]) if field.whole else given[field.id]
        for field in _OTHERS
        if field.id in given
    }
    return msgspec.structs.replace(plan, rates=rates, **others)


def _by_call(item: tuple[str, tuple[Rate, ...]]) -> int:
    """Order the calls as a person looks for them: the sum first."""
    known = list(_CALLS)
    return known.index(item[0]) if item[0] in known else len(known)
