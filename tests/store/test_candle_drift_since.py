"""Since when built bars have been compared with the vendor's: what the candle store keeps of it."""

from pathlib import Path

import pytest
from candle_model import NAME
from candlefiles import opened, some
from databases import rows
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.store.candle_rescue import Wreck
from alltick_desk.store.candle_values import Drift, Gap, GapReason, Source, Span

drifts = st.builds(
    lambda bars, since_s: Drift(bars, since_s=since_s),
    st.integers(1, 9),
    st.one_of(st.none(), st.integers(0, 10**9)),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite"


def make_old(path: Path) -> None:
    """Make a file of the version that did not keep it."""
    with opened(path) as base:
        base.save(NAME, some(2300), Source.CLOSED, span=Span(0, 2300), history_begins_s=0)
        base.explain(NAME, Gap(2300, 2400, GapReason.DISCONNECTED))
        base.add_drift(NAME, Drift(3, 0.5))
    with rows(path) as database:
        database.executescript(
            "ALTER TABLE series DROP COLUMN compared_since_s; PRAGMA user_version = 1;"
        )


def test_it_is_kept_from_the_first_comparison_on(path: Path) -> None:
    with opened(path) as base:
        base.add_drift(NAME, Drift(1, since_s=700))
        base.add_drift(NAME, Drift(1, since_s=900))
    with opened(path) as base:
        assert base.facts(NAME).drift == Drift(2, since_s=700)


def test_what_an_older_version_compared_has_no_beginning(path: Path) -> None:
    make_old(path)
    with opened(path) as base:
        assert base.facts(NAME).drift == Drift(3, 0.5)
        base.add_drift(NAME, Drift(1, since_s=900))
        assert base.facts(NAME).drift == Drift(4, 0.5)


def test_of_an_older_file_that_is_damaged_all_is_rescued(path: Path) -> None:
    """It may have been damaged so that it cannot be brought up to this version first."""
    make_old(path)
    with Wreck(path, 16_384, lambda: None) as wreck:
        assert len(list(wreck.chunks())) == 3
        ((name, facts),) = wreck.facts()
    assert name == NAME
    assert facts.drift == Drift(3, 0.5)
    assert facts.spans == (Span(0, 2300),)
    assert facts.gaps == (Gap(2300, 2400, GapReason.DISCONNECTED),)


@given(drifts, drifts)
def test_it_is_the_earliest_that_is_known_of_all(one: Drift, other: Drift) -> None:
    both = one.plus(other)
    assert both == other.plus(one)
    assert Drift().plus(one) == one.plus(Drift()) == one
    known = None not in {one.since_s, other.since_s}
    assert both.since_s == (min(one.since_s or 0, other.since_s or 0) if known else None)
