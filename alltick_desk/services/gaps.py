"""The ledger of gaps: each hole among a chart's bars, and why it is there. Pure.

A hole is a stretch between two bars in which others could stand. What is known explains it, the
surest first: the vendor has told that it has no bars there; the market was closed; the desk was
not connected; or the bars were never asked for. A whole day of which nobody knows whether it was a
holiday is none where the vendor has no bars of it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np

from alltick_desk.model.calendar import Grid, exchange_zone
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import Times
from alltick_desk.model.words import Sentence, joined
from alltick_desk.services.outages import Outage
from alltick_desk.services.sessions import Sessions
from alltick_desk.store.candle_values import Gap, GapReason, Span, missing

_DISCONNECTED = Sentence("Chart", "The desk was not connected from {start} to {end}.")
_BEFORE = Sentence("Chart", "The desk was not connected here.")
_CLOSED = Sentence("Chart", "The market was closed.")
_FEWER = Sentence("Chart", "The vendor has no bars here: nothing was traded, or it kept none.")
_UNKNOWN = Sentence("Chart", "These bars were never loaded.")
_AGAIN = Sentence("Chart", "The desk asks for them when the plan has a call to spare.")
_GONE = Sentence("Chart", "The vendor does not give them any more.")

# A day has 23 to 25 hours, and a vendor may stamp a bar at another hour in summer.
_CALENDAR = {Interval.D1: 86_400, Interval.W1: 7 * 86_400, Interval.MO1: 31 * 86_400}


class ChartGap(NamedTuple):
    """A hole, or a part of one, between the bar ``after`` and the next one.

    ``reason`` is a Sentence. ``refillable`` is whether the desk will ask for the bars.
    """

    after: int
    from_s: int
    to_s: int
    kind: GapReason
    reason: str
    refillable: bool


class Known(NamedTuple):
    """What is known of a series besides its bars.

    Attributes:
        spans: where every bar of the vendor's is here.
        told: what was found out about holes before.
        outages: when the desk was not connected.
        heard_from_s: from then on every trade was heard, but for the outages; None for never.
        pages: whether older bars can be asked for.
    """

    spans: tuple[Span, ...] = ()
    told: tuple[Gap, ...] = ()
    outages: tuple[Outage, ...] = ()
    heard_from_s: int | None = None
    pages: bool = False


def find_gaps(
    times: Times, sessions: Sessions, known: Known, *, first: int = 0, last: int | None = None
) -> list[ChartGap]:
    """Return the gaps after the bars from ``first`` to before ``last``, oldest first."""
    last = len(times) - 1 if last is None else min(last, len(times) - 1)
    first = max(first, 0)
    if last <= first:
        return []
    interval = sessions.interval
    step = interval.seconds
    least = step or _CALENDAR[interval] // 2
    wide = np.diff(times[first : last + 1]) > (step or _CALENDAR[interval] + least)
    grid = Grid(interval, sessions.market)
    found: list[ChartGap] = []
    for at in (np.flatnonzero(wide) + first).tolist():
        bar_s = int(times[at])
        grid.learn(bar_s)
        hole = Span(grid.end(bar_s), int(times[at + 1]))
        # The vendor's bars may lie off the grid: too short a stretch has no room for a bar.
        if hole.to_s - hole.from_s >= least:
            found += _explained(at, hole, sessions, known)
    return found


def _explained(at: int, hole: Span, sessions: Sessions, known: Known) -> list[ChartGap]:
    expected = sessions.expected(*hole)
    if expected is None:
        return _open_parts(at, hole, known, sessions.market)
    parts: list[ChartGap] = []
    if sessions.interval.seconds is not None:  # a weekend between two days is no gap
        parts = [
            ChartGap(at, *it, GapReason.CLOSED, _CLOSED, refillable=False)
            for it in missing(expected, hole)
        ]
    doubtful = sessions.doubtful(*hole)
    for span in expected:
        opened = missing(doubtful, span)
        for it in opened:
            parts += _open_parts(at, it, known, sessions.market)
        for it in missing(opened, span):
            parts += filter(_is_known, _open_parts(at, it, known, sessions.market))
    return sorted(parts, key=_begin)


def _is_known(gap: ChartGap) -> bool:
    """Whether more is known of a day without bars than that, or will be: it may be a holiday."""
    return gap.refillable or gap.kind is GapReason.DISCONNECTED


def _open_parts(at: int, span: Span, known: Known, market: Market) -> list[ChartGap]:
    """Explain a stretch in which the market was open, as far as is known."""
    untold = missing(known.spans, span)
    parts = [
        ChartGap(at, *it, GapReason.FEWER, _FEWER, refillable=False) for it in missing(untold, span)
    ]
    return sorted([*parts, *(_untold(at, it, known, market) for it in untold)], key=_begin)


def _untold(at: int, span: Span, known: Known, market: Market) -> ChartGap:
    """Explain a stretch of which the vendor has said nothing."""
    told = [it for it in known.told if it.from_s < span.to_s and it.to_s > span.from_s]
    again = known.pages and all(it.refillable for it in told)
    outage = next((it for it in known.outages if _overlaps(it, span)), None)
    if outage is not None:
        words = _DISCONNECTED.format(
            start=_clock(outage.from_s, market),
            end=_clock(span.to_s if outage.to_s is None else outage.to_s, market),
        )
        return _gap(at, span, GapReason.DISCONNECTED, words, again=again)
    if known.heard_from_s is not None and span.from_s >= known.heard_from_s:
        return ChartGap(at, *span, GapReason.FEWER, _FEWER, refillable=False)
    kind = told[0].reason if told else GapReason.UNKNOWN
    if kind is GapReason.FEWER:
        return ChartGap(at, *span, kind, _FEWER, refillable=False)
    words = _BEFORE if kind is GapReason.DISCONNECTED else _UNKNOWN
    return _gap(at, span, kind, words, again=again)


def _gap(at: int, span: Span, kind: GapReason, words: Sentence, *, again: bool) -> ChartGap:
    return ChartGap(at, *span, kind, joined(words, _AGAIN if again else _GONE), refillable=again)


def _overlaps(outage: Outage, span: Span) -> bool:
    return outage.from_s < span.to_s and (outage.to_s is None or outage.to_s > span.from_s)


def _clock(time_s: float, market: Market) -> str:
    moment = datetime.fromtimestamp(time_s, UTC).astimezone(exchange_zone(market))
    return f"{moment:%H:%M}"


def _begin(gap: ChartGap) -> int:
    return gap.from_s


def to_keep(gaps: Sequence[ChartGap]) -> list[Gap]:
    """Return what of gaps is worth keeping for another run: what only this one knows."""
    return [
        Gap(it.from_s, it.to_s, it.kind, it.refillable)
        for it in gaps
        if it.kind is GapReason.DISCONNECTED
    ]
