"""A damaged file of candles: set aside, and what can be read of it saved."""

import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from candle_model import NAME, candle, found
from candlefiles import opened, some
from databases import rows
from fakes import FakeClock

from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.store.candle_base import CandleBase
from alltick_desk.store.candle_chunks import pack
from alltick_desk.store.candle_columns import read_texts
from alltick_desk.store.candle_values import (
    Drift,
    Gap,
    GapReason,
    SeriesFacts,
    SeriesName,
    Source,
    Span,
)

OTHER = SeriesName(InstrumentKey("itick", "700.HK"), Interval.D1)
BARS = 2300  # in three chunks
PAGE = 16_384


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that is copied before it is damaged."""
    path = tmp_path_factory.mktemp("whole") / "history.sqlite"
    with opened(path) as base:
        for name in (NAME, OTHER):
            base.save(name, some(BARS), Source.CLOSED, span=Span(0, BARS), history_begins_s=0)
            base.explain(name, Gap(BARS, BARS + 9, GapReason.DISCONNECTED))
            base.add_drift(name, Drift(bars=3))
    return path


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    return shutil.copy(whole, tmp_path / whole.name)


def honest(path: Path) -> tuple[int, CandleBase]:
    """Check that nothing of the file is untrue; return how many bars are left."""
    expected = {one.time_s: one for one in some(BARS)}
    with opened(path) as base:
        left = 0
        for name in (NAME, OTHER):
            base.load(name, None, None)  # the first meets the damage
        for name in (NAME, OTHER):
            stored = base.load(name, None, None)
            bars = {bar.time_s: bar for bar in stored.candles()}
            assert bars.items() <= expected.items()
            covered = {at for span in base.facts(name).spans for at in range(*span)}
            assert covered <= set(bars)
            left += len(bars)
        base.save(NAME, some(BARS), Source.CLOSED, span=Span(0, BARS))
        assert len(base.load(NAME, None, None)) == BARS
    with opened(path) as again:
        assert len(again.load(NAME, None, None)) == BARS
        assert again.note == ""
    return left, base


def garble(data: bytearray) -> None:
    data[:] = b"no database at all" * 400


def truncate(data: bytearray) -> None:
    del data[len(data) * 9 // 10 :]


def wipe_head(data: bytearray) -> None:
    data[:PAGE] = bytes(PAGE)


def cut_in_head(data: bytearray) -> None:
    del data[5000:]


@pytest.mark.parametrize(
    ("damage", "least"),
    [(garble, 0), (truncate, 1000), (wipe_head, 2 * BARS), (cut_in_head, 0)],
)
def test_a_file_that_is_no_database(
    path: Path, damage: Callable[[bytearray], None], least: int
) -> None:
    data = bytearray(path.read_bytes())
    damage(data)
    path.write_bytes(data)
    left, base = honest(path)
    assert least <= left <= 2 * BARS
    aside = next(path.parent.glob("*.damaged-*.sqlite"))
    assert aside.read_bytes() == data
    assert aside.name in base.note
    assert f" {left} bars" in base.note


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be renamed there")
def test_the_log_goes_with_the_damaged_file(path: Path) -> None:
    with opened(path) as base:
        base.save(NAME, some(5, BARS), Source.CLOSED)
        with rows(path) as reader:  # keeps the log from being folded into the file
            reader.execute("UPDATE chunk SET data = x'00' WHERE first_s = 1000")
            reader.commit()
            assert len(base.load(NAME, None, None)) == BARS + 5 - 1000
    aside = next(path.parent.glob("*.damaged-*.sqlite"))
    with rows(aside) as database:  # and is complete with it
        damaged = "SELECT count(*) FROM chunk WHERE data = x'00'"
        assert database.execute(damaged).fetchone() == (2,)


def test_of_what_was_replaced_nothing_comes_back(tmp_path: Path) -> None:
    """Chunks that were replaced may still lie about in a file: the newest counts."""
    path = tmp_path / "history.sqlite"
    pages = [bytes(PAGE)]  # no database any more
    for stamp_ms, price in ((5, 100), (9, 500), (7, 300)):
        candles = [candle(at, price) for at in range(100)]
        bars = read_texts(candles, Source.CLOSED, None, lambda: None)
        row = bytes(20) + pack(NAME, bars, stamp_ms)
        pages.append(row.rjust(PAGE, b"."))
    path.write_bytes(b"".join(pages))
    with opened(path) as base:
        assert base.load(NAME, None, None).open.tolist() == [5.0] * 100


def test_an_index_that_lost_a_series_hides_none(path: Path) -> None:
    with rows(path) as database:
        (root,) = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_series_1'"
        ).fetchone()
    data = bytearray(path.read_bytes())
    page = (root - 1) * PAGE
    data[page + 3 : page + 5] = bytes(2)  # no entries
    path.write_bytes(data)
    left, base = honest(path)
    assert left == 2 * BARS
    assert base.note


def test_any_page_may_be_lost(path: Path) -> None:
    """Whichever page is overwritten, little is lost and nothing untrue is said."""
    data = path.read_bytes()
    rubbish = random.Random(1).randbytes(PAGE)
    for page in range(len(data) // PAGE):
        for filling in (rubbish, bytes(PAGE)) if page < 10 else (rubbish,):
            for file in path.parent.iterdir():
                file.unlink()
            path.write_bytes(data[: page * PAGE] + filling + data[(page + 1) * PAGE :])
            left, _ = honest(path)
            assert left >= 2 * BARS - 2000, f"page {page}"


def test_a_chunk_that_rotted_costs_only_itself(path: Path) -> None:
    with rows(path) as database:
        (number,) = database.execute(
            "SELECT id FROM chunk WHERE first_s = 1000 ORDER BY series LIMIT 1"
        ).fetchone()
        (blob,) = database.execute("SELECT data FROM chunk WHERE id = ?", (number,)).fetchone()
        rotten = bytearray(blob)
        rotten[9999] ^= 4
        database.execute("UPDATE chunk SET data = ? WHERE id = ?", (bytes(rotten), number))
    with opened(path) as base:
        assert len(base.load(NAME, 300, None)) == 300
        assert base.note == ""  # it does not lie there
        assert base.load(NAME, None, None).time.tolist() == [*range(1000), *range(2000, BARS)]
        assert base.note
        assert base.facts(NAME) == SeriesFacts(
            bars=BARS - 1000,
            first_s=0,
            last_s=BARS - 1,
            digits=base.facts(OTHER).digits,
            history_begins_s=0,
            spans=(Span(0, 1000), Span(2000, BARS)),
            gaps=(Gap(BARS, BARS + 9, GapReason.DISCONNECTED),),
            drift=Drift(bars=3),
        )
        assert len(base.load(OTHER, None, None)) == BARS
        assert base.facts(OTHER).spans == (Span(0, BARS),)


def test_damage_that_a_save_meets_does_not_cost_the_save(path: Path) -> None:
    with rows(path) as database:
        database.execute("UPDATE chunk SET data = x'00' WHERE first_s = 2000")
    with opened(path) as base:
        base.save(NAME, [candle(2100, 777)], Source.CLOSED)
        stored = found(base.load(NAME, None, None))
        assert stored[2100].open == 7.77
        assert sorted(stored) == [*range(2000), 2100]


def test_what_only_the_log_has_is_saved_too(path: Path, tmp_path: Path) -> None:
    crash = tmp_path / "crash"
    crash.mkdir()
    with opened(path) as base:
        base.save(NAME, some(2000, BARS), Source.CLOSED)
        for file in path.parent.glob("history.sqlite*"):
            shutil.copy(file, crash)
    left = crash / path.name
    data = left.read_bytes()
    left.write_bytes(bytes(PAGE) + data[PAGE:])
    with opened(left) as base:
        assert len(base.load(NAME, None, None)) == BARS + 2000
        assert len(base.load(OTHER, None, None)) == BARS


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE gap",
        "DROP TABLE series",
        "DROP TABLE chunk",
        "DROP INDEX chunk_place",
        "UPDATE gap SET reason = 'nobody knows'",
        "UPDATE chunk SET series = 3 - series",
        "UPDATE chunk SET bars = bars + 1 WHERE first_s = 0",
        "UPDATE chunk SET first_s = first_s + 1 WHERE first_s > 0",
    ],
)
def test_tables_that_are_not_as_they_should_be(path: Path, sql: str) -> None:
    with rows(path) as database:
        database.execute(sql)
    with opened(path) as base:
        base.facts(NAME)
    left, _ = honest(path)
    assert left == (0 if "TABLE chunk" in sql else 2 * BARS)
    assert len(list(path.parent.glob("*.damaged-*.sqlite"))) == 1


def test_somebody_elses_database_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    with rows(path) as database:
        database.execute("CREATE TABLE letters (text)")
        database.execute("INSERT INTO letters VALUES ('dear')")
    with opened(path) as base:
        base.save(NAME, some(3), Source.CLOSED)
        assert " 0 bars" in base.note
    with rows(next(tmp_path.glob("*.damaged-*.sqlite"))) as database:
        assert database.execute("SELECT text FROM letters").fetchone() == ("dear",)


def test_an_empty_file_is_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    path.touch()
    with opened(path) as base:
        base.save(NAME, some(3), Source.CLOSED)
        assert base.note == ""
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_reader_mends_nothing(path: Path) -> None:
    garbled = b"no database at all" * 400
    path.write_bytes(garbled)
    with opened(path, read_only=True) as reader, pytest.raises(StoreError, match="damaged"):
        reader.load(NAME, None, None)
    assert path.read_bytes() == garbled
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_what_cannot_be_mended_is_left_alone(path: Path) -> None:
    path.write_bytes(b"no database at all" * 400)
    in_the_way = path.with_name("history.rescued.sqlite")
    in_the_way.mkdir()
    with opened(path) as base:
        for _ in range(2):
            with pytest.raises(StoreError, match="could not be mended"):
                base.load(NAME, None, None)
    assert sorted(file.name for file in path.parent.iterdir()) == sorted(
        [path.name, in_the_way.name]
    )
    in_the_way.rmdir()
    with opened(path) as base:
        assert len(base.load(NAME, None, None)) == 0
        assert base.note


def test_a_crash_between_the_old_file_and_the_new(path: Path) -> None:
    rescued = path.with_name("history.rescued.sqlite")
    path.rename(rescued)
    log = path.with_name("history.sqlite-wal")
    log.write_bytes(b"of the damaged one")
    with opened(path) as base:
        assert len(base.load(NAME, None, None)) == BARS
        assert base.note
    assert not rescued.exists()
    assert next(path.parent.glob("*.damaged-*.sqlite-wal")).read_bytes() == b"of the damaged one"


def test_mending_gives_way_when_the_desk_stops(path: Path) -> None:
    with rows(path) as database:
        database.execute("UPDATE chunk SET data = x'00' WHERE first_s = 2000")
    clock = FakeClock()
    base = CandleBase(path, clock=clock)
    base.load(NAME, 1, 1500)
    base.stop(clock.now + 1)
    breathe = base._file.breathe

    def stop_in_the_middle() -> None:
        if path.with_name("history.rescued.sqlite").exists():
            clock.now += 0.3
        breathe()

    base._file.breathe = stop_in_the_middle  # type: ignore[method-assign]
    with pytest.raises(StoreError, match="stopping"):
        base.load(NAME, 1, None)
    base.close()
    assert not list(path.parent.glob("*rescued*"))
    assert not list(path.parent.glob("*damaged*"))
    with opened(path) as again:
        assert len(again.load(NAME, None, None)) == BARS - 300
