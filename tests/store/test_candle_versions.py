"""A file of candles of another version: brought up, or left alone."""

import sqlite3
from pathlib import Path

import pytest
from candle_model import NAME
from candlefiles import opened, some
from databases import rows

from alltick_desk.errors import StoreError
from alltick_desk.store.candle_tables import MIGRATIONS
from alltick_desk.store.candle_values import Digits, Gap, GapReason, Source, Span


class TestVersions:
    OLD = (
        # A made-up first version that kept no decimals of turnovers and no gaps.
        MIGRATIONS[0]
        .split("CREATE TABLE gap")[0]
        .replace("turnover_digits INTEGER NOT NULL DEFAULT 0,", ""),
    )
    STEPS = (
        "ALTER TABLE series ADD COLUMN turnover_digits INTEGER NOT NULL DEFAULT 2;"
        "CREATE TABLE gap" + MIGRATIONS[0].split("CREATE TABLE gap")[1],
        *MIGRATIONS[1:],
    )

    def old_file(self, path: Path) -> None:
        with opened(path) as base:
            base.save(NAME, some(7), Source.CLOSED, span=Span(0, 7))
        with rows(path) as database:
            database.executescript(
                "DROP TABLE gap; ALTER TABLE series DROP COLUMN turnover_digits;"
                "ALTER TABLE series DROP COLUMN compared_since_s; PRAGMA user_version = 1;"
            )
        with sqlite3.connect(":memory:") as database:
            database.executescript(self.OLD[0])  # what the old version made is what was left here
            old = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        database.close()
        with rows(path) as database:
            assert {name for (name,) in database.execute("SELECT name FROM sqlite_master")} == old

    def test_an_older_file_is_brought_up(self, path: Path) -> None:
        self.old_file(path)
        with opened(path, migrations=(*self.OLD, *self.STEPS)) as base:
            assert len(base.load(NAME, None, None)) == 7
            assert base.facts(NAME).digits == Digits(2, 0, 2)
            assert base.facts(NAME).spans == (Span(0, 7),)
            base.explain(NAME, Gap(20, 30, GapReason.CLOSED))
            assert base.note == ""
        with rows(path) as database:
            assert database.execute("PRAGMA user_version").fetchone() == (1 + len(self.STEPS),)

    def test_a_step_that_fails_leaves_the_old_file(self, path: Path) -> None:
        self.old_file(path)
        broken = self.STEPS[0] + "; DROP TABLE nothing"
        with pytest.raises(StoreError), opened(path, migrations=(*self.OLD, broken)) as base:
            base.open()
        with rows(path) as database:
            assert database.execute("PRAGMA user_version").fetchone() == (1,)
        with opened(path, migrations=(*self.OLD, *self.STEPS)) as base:
            assert len(base.load(NAME, None, None)) == 7

    def test_a_newer_file_is_left_alone(self, path: Path) -> None:
        with opened(path) as base:
            base.save(NAME, some(7), Source.CLOSED)
        with rows(path) as database:
            database.execute("PRAGMA user_version = 99")
        before = path.read_bytes()
        for read_only in (False, True):
            with (
                opened(path, read_only=read_only) as base,
                pytest.raises(StoreError, match="newer"),
            ):
                base.save(NAME, some(9), Source.CLOSED)
        assert path.read_bytes() == before
        assert not list(path.parent.glob("*damaged*"))
