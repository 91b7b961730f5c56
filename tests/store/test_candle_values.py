"""Spans and gaps against sets of seconds, and the drift figure."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import Row
from alltick_desk.store.candle_values import (
    Drift,
    Gap,
    GapReason,
    SeriesName,
    Span,
    explained,
    gaps_without,
    merged,
    missing,
    without,
)

SPANS = st.lists(st.builds(Span, st.integers(0, 40), st.integers(0, 40)), max_size=8)
SPAN = st.builds(Span, st.integers(0, 40), st.integers(0, 40))
GAPS = st.lists(
    st.builds(
        Gap, st.integers(0, 40), st.integers(0, 40), st.sampled_from(GapReason), st.booleans()
    ),
    max_size=8,
)


def seconds(spans: "tuple[Span, ...] | list[Span]") -> set[int]:
    return {second for span in spans for second in range(span.from_s, span.to_s)}


@given(SPANS)
def test_merged_spans_cover_the_same_and_stand_apart(spans: list[Span]) -> None:
    whole = merged(spans)
    assert seconds(whole) == seconds(spans)
    assert all(span.from_s < span.to_s for span in whole)
    assert all(one.to_s < other.from_s for one, other in pairwise(whole))


@given(SPANS, SPAN)
def test_a_cut_takes_what_it_covers_and_no_more(spans: list[Span], cut: Span) -> None:
    assert seconds(without(spans, cut)) == seconds(spans) - seconds([cut])


@given(SPANS, SPAN)
def test_missing_is_what_no_span_covers(spans: list[Span], wanted: Span) -> None:
    assert seconds(missing(spans, wanted)) == seconds([wanted]) - seconds(spans)


def test_a_span_ends_before_its_second_time() -> None:
    assert merged([Span(60, 120), Span(0, 60)]) == (Span(0, 120),)
    assert missing([Span(0, 60)], Span(0, 61)) == (Span(60, 61),)


@given(GAPS, SPAN)
def test_the_last_explanation_of_a_second_holds(gaps: list[Gap], cut: Span) -> None:
    known: tuple[Gap, ...] = ()
    expected: dict[int, tuple[GapReason, bool]] = {}
    for gap in gaps:
        known = explained(known, gap)
        expected.update(dict.fromkeys(range(gap.from_s, gap.to_s), gap[2:]))
    said = [(second, gap[2:]) for gap in known for second in range(gap.from_s, gap.to_s)]
    assert said == sorted(expected.items())  # once each, and in order
    left = {second for gap in gaps_without(known, cut) for second in range(gap.from_s, gap.to_s)}
    assert left == set(expected) - seconds([cut])


def test_a_gap_that_grows_stays_one() -> None:
    gaps = explained((), Gap(60, 120, GapReason.DISCONNECTED))
    gaps = explained(gaps, Gap(60, 180, GapReason.DISCONNECTED))
    gaps = explained(gaps, Gap(180, 240, GapReason.DISCONNECTED))
    assert gaps == (Gap(60, 240, GapReason.DISCONNECTED),)
    gaps = explained(gaps, Gap(120, 180, GapReason.DISCONNECTED, refillable=False))
    assert [gap.refillable for gap in gaps] == [True, False, True]


def test_a_name_is_read_back() -> None:
    name = SeriesName(InstrumentKey("itick", "crypto/BTC:USDT$OKX"), Interval.MO1)
    assert SeriesName.parse(str(name)) == name


def test_drift_adds_up() -> None:
    vendors = Row(0, 10.0, 20.0, 5.0, 10.0, 0.0, 0.0)
    same = Drift.between(vendors, vendors)
    off = Drift.between(Row(0, 10.0, 19.0, 5.5, 10.1, 0.0, 0.0), vendors)
    both = same.plus(off)
    assert same == Drift(bars=1, since_s=0)
    assert both.bars == 2
    assert (round(both.close_sum, 9), round(both.close_max, 9)) == (0.01, 0.01)
    assert (round(both.high_sum, 9), round(both.low_max, 9)) == (0.05, 0.1)
    assert off.plus(off).close_sum == 2 * off.close_sum
    assert off.plus(off).close_max == off.close_max


def test_drift_from_nothing_is_all_of_it() -> None:
    nothing = Row(0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    assert Drift.between(Row(0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0), nothing)[1:-1] == (1, 1, 1, 1, 0, 0)
