"""What goes into the file of candles comes out of it, once."""

import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from candle_model import NAME, Model, candle, found
from candlefiles import opened, some
from databases import rows
from fakes import FakeClock
from hypothesis import given, settings
from hypothesis import strategies as st

from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.store.candle_base import CandleBase
from alltick_desk.store.candle_values import (
    Digits,
    Drift,
    Gap,
    GapReason,
    SeriesFacts,
    SeriesName,
    Source,
    Span,
)

MOST = 5

TIMES = st.integers(0, 60)
SPANS = st.none() | st.builds(lambda at, length: Span(at, at + length), TIMES, st.integers(0, 12))
SAVES = st.tuples(
    st.lists(st.builds(candle, TIMES, st.integers(50, 999), st.none() | st.integers(0, 9))),
    st.sampled_from(Source),
    st.none() | TIMES,
    SPANS,
)
RUNS = st.lists(st.lists(SAVES, max_size=6), max_size=4)


class TestOnce:
    @settings(deadline=None)
    @given(RUNS, st.none() | TIMES, st.none() | st.integers(0, 70))
    def test_what_goes_in_comes_out(
        self,
        runs: list[list[tuple[list[Candle], Source, int | None, Span | None]]],
        before_s: int | None,
        count: int | None,
    ) -> None:
        model = Model()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "history.sqlite"
            for saves in runs:
                with opened(path, most=MOST) as base:
                    for candles, source, open_from_s, span in saves:
                        base.save(NAME, candles, source, in_progress_from_s=open_from_s, span=span)
                        model.save(candles, source, open_from_s, span)
                        assert found(base.load(NAME, None, None)) == model.bars
            with opened(path, most=MOST) as base:
                times = [at for at in sorted(model.bars) if before_s is None or at < before_s]
                times = times if count is None else times[len(times) - min(count, len(times)) :]
                part = found(base.load(NAME, count, before_s))
                assert part == {at: model.bars[at] for at in times}
                facts = base.facts(NAME)
                covered = {at for span in facts.spans for at in range(*span)}
                assert covered == model.complete
                assert facts.bars == len(model.bars)
                assert (facts.first_s, facts.last_s) == (
                    min(model.bars, default=None),
                    max(model.bars, default=None),
                )
            self.lies_in_order(path, MOST)

    @staticmethod
    def lies_in_order(path: Path, most: int) -> None:
        """Chunks must not overlap, and none be empty or too large."""
        if not path.exists():
            return
        with rows(path) as database:
            places = database.execute(
                "SELECT first_s, last_s, bars FROM chunk ORDER BY first_s"
            ).fetchall()
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert all(first <= last and 0 < bars <= most for first, last, bars in places)
        assert all(one[1] < two[0] for one, two in pairwise(places))

    def test_series_do_not_mix(self, path: Path) -> None:
        names = [
            SeriesName(InstrumentKey(vendor, code), interval)
            for vendor in ("alltick", "itick")
            for code in ("700.HK", "'; DROP TABLE chunk; --")
            for interval in (Interval.M1, Interval.D1)
        ]
        with opened(path) as base:
            for number, name in enumerate(names):
                base.save(name, [candle(0, 100 + number)], Source.CLOSED)
            assert sorted(map(str, base.names())) == sorted(map(str, names))
            for number, name in enumerate(names):
                assert base.load(name, None, None).open.tolist() == [(100 + number) / 100]

    def test_pages_fill_chunks_from_either_end(self, path: Path) -> None:
        with opened(path, most=100) as base:
            for page in range(10):  # a person who scrolls back, each page meeting the last by a bar
                base.save(NAME, some(50, 10_000 - page * 49), Source.CLOSED)
            for page in range(10):
                base.save(NAME, some(50, 10_049 + page * 49), Source.CLOSED)
        with rows(path) as database:
            sizes = [size for (size,) in database.execute("SELECT bars FROM chunk")]
        assert sum(sizes) == 50 + 9 * 49 + 10 * 49
        assert len(sizes) <= 12

    def test_any_page_of_the_past(self, path: Path) -> None:
        with opened(path, most=MOST) as base:
            base.save(NAME, some(23), Source.CLOSED)
            for before_s in range(25):
                for count in range(25):
                    times = base.load(NAME, count, before_s).time.tolist()
                    end = min(before_s, 23)
                    assert times == list(range(max(0, end - count), end))

    def test_bars_that_are_known_are_not_written_again(self, path: Path) -> None:
        with opened(path) as base:
            base.save(NAME, some(30), Source.CLOSED, span=Span(0, 30))
            database = base._file._database
            assert database is not None
            before = database.total_changes
            base.save(NAME, some(30)[20:], Source.CLOSED, span=Span(20, 30))
            base.save(NAME, some(10, 20), Source.BUILT)
            assert database.total_changes == before

    def test_many_bars_at_once(self, path: Path) -> None:
        with opened(path, most=50) as base:
            base.save(NAME, some(1000, 700), Source.CLOSED)
            base.save(NAME, some(3000), Source.CLOSED)
            assert base.load(NAME, None, None).time.tolist() == list(range(3000))
        TestOnce.lies_in_order(path, 50)

    def test_a_save_that_is_given_up_leaves_nothing(self, path: Path) -> None:
        clock = FakeClock()
        base = CandleBase(path, clock=clock, most=MOST)
        base.save(NAME, some(10), Source.CLOSED)
        base.stop(clock.now + 1)
        breathe, breaths = base._file.breathe, iter(range(1000))

        def slower_and_slower() -> None:
            clock.now += 0.001 * next(breaths)
            breathe()

        base._file.breathe = slower_and_slower  # type: ignore[method-assign]
        with pytest.raises(StoreError, match="stopping"):
            base.save(NAME, some(1000), Source.CLOSED, span=Span(0, 1000))
        assert next(breaths) > 10  # it was well under way
        base.close()
        with opened(path) as again:
            assert len(again.load(NAME, None, None)) == 10
            assert again.facts(NAME).spans == ()

    def test_digits_never_shrink(self, path: Path) -> None:
        with opened(path) as base:
            base.save(NAME, [Candle(0, "1.25", "1.5", "1", "1", "3.1", "7")], Source.CLOSED)
            base.save(NAME, [Candle(60, "1", "1.125", "1", "1")], Source.CLOSED)
        with opened(path) as base:
            assert base.facts(NAME).digits == Digits(3, 1, 0)
            assert base.load(NAME, None, None).candles() == [
                Candle(0, "1.250", "1.500", "1.000", "1.000", "3.1", "7"),
                Candle(60, "1.000", "1.125", "1.000", "1.000"),
            ]

    def test_a_bad_bar_keeps_the_whole_batch_out(self, path: Path) -> None:
        with opened(path) as base:
            base.save(NAME, some(5), Source.CLOSED)
            with pytest.raises(ValueError, match="finite"):
                base.save(NAME, [candle(90), Candle(91, "1", "nan", "1", "1")], Source.CLOSED)
            assert len(base.load(NAME, None, None)) == 5


class TestFacts:
    def test_of_nothing(self, path: Path) -> None:
        with opened(path) as base:
            base.save(NAME, [], Source.CLOSED)
            assert base.facts(NAME) == SeriesFacts()
            assert len(base.load(NAME, 10, None)) == 0
            assert base.names() == []

    def test_survive_a_restart(self, path: Path) -> None:
        with opened(path) as base:
            base.save(NAME, some(3), Source.CLOSED, span=Span(0, 3), history_begins_s=0)
            base.save(NAME, [], Source.CLOSED, span=Span(5, 9))
            base.explain(NAME, Gap(20, 30, GapReason.DISCONNECTED))
            base.explain(NAME, Gap(25, 40, GapReason.FEWER, refillable=False))
            for _ in range(2):
                base.add_drift(NAME, Drift(1, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125))
        with opened(path) as base:
            assert base.facts(NAME) == SeriesFacts(
                bars=3,
                first_s=0,
                last_s=2,
                digits=Digits(2, 0, 0),
                history_begins_s=0,
                spans=(Span(0, 3), Span(5, 9)),
                gaps=(
                    Gap(20, 25, GapReason.DISCONNECTED),
                    Gap(25, 40, GapReason.FEWER, refillable=False),
                ),
                drift=Drift(2, 1.0, 0.5, 0.5, 0.25, 0.25, 0.125),
            )

    def test_what_is_complete_is_no_gap(self, path: Path) -> None:
        with opened(path) as base:
            base.explain(NAME, Gap(10, 40, GapReason.DISCONNECTED))
            base.save(NAME, some(10, 20), Source.CLOSED, span=Span(20, 30))
            assert [gap[:2] for gap in base.facts(NAME).gaps] == [(10, 20), (30, 40)]
            base.explain(NAME, Gap(15, 35, GapReason.UNKNOWN))
            assert [gap[:2] for gap in base.facts(NAME).gaps] == [
                (10, 15),
                (15, 20),
                (30, 35),
                (35, 40),
            ]

    def test_the_beginning_stays_known(self, path: Path) -> None:
        with opened(path) as base:
            base.save(NAME, [], Source.CLOSED, history_begins_s=-60)
            base.save(NAME, some(3), Source.CLOSED)
            assert base.facts(NAME).history_begins_s == -60
