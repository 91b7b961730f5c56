"""A file of candles that cannot be written, or is read beside the desk that writes it."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest
from candle_model import NAME, found
from candlefiles import opened, some
from databases import rows

from alltick_desk.errors import StoreError
from alltick_desk.store.candle_tables import MIGRATIONS
from alltick_desk.store.candle_values import Source, Span


class TestRefusals:
    def test_a_full_disk_costs_only_what_did_not_fit(self, path: Path) -> None:
        with opened(path) as base:
            base.save(NAME, some(1000), Source.CLOSED)
            database = base._file._database
            assert database is not None
            (pages,) = database.execute("PRAGMA page_count").fetchone()
            database.execute(f"PRAGMA max_page_count = {pages}")
            with pytest.raises(StoreError, match="disk is full"):
                base.save(NAME, some(5000, 1000), Source.CLOSED, span=Span(0, 6000))
            assert len(base.load(NAME, None, None)) == 1000
            assert base.facts(NAME).spans == ()
            database.execute("PRAGMA max_page_count = 100000")
            base.save(NAME, some(5000, 1000), Source.CLOSED)
            assert len(base.load(NAME, None, None)) == 6000
            assert base.note == ""

    def test_a_file_that_cannot_be_written_is_still_read(self, path: Path) -> None:
        with opened(path) as base:
            base.save(NAME, some(10), Source.CLOSED)
            database = base._file._database
            assert database is not None
            database.execute("PRAGMA query_only = ON")
            with pytest.raises(StoreError, match="read-only"):
                base.save(NAME, some(20), Source.CLOSED)
            assert len(base.load(NAME, None, None)) == 10

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("a file")
        with opened(tmp_path / "data" / "history.sqlite") as base, pytest.raises(StoreError):
            base.open()

    def test_another_writer_is_not_overtaken(self, path: Path) -> None:
        with opened(path) as base:
            base.save(NAME, some(10), Source.CLOSED)
            database = base._file._database
            assert database is not None
            database.execute("PRAGMA busy_timeout = 10")
            with rows(path) as other:
                other.execute("BEGIN IMMEDIATE")
                with pytest.raises(StoreError, match="another program"):
                    base.save(NAME, some(20), Source.CLOSED)
            base.save(NAME, some(20), Source.CLOSED)
            assert len(base.load(NAME, None, None)) == 20


class TestReadOnly:
    def test_reads_beside_the_desk_that_writes(self, path: Path) -> None:
        with opened(path) as base, opened(path, read_only=True) as reader:
            base.save(NAME, some(10), Source.CLOSED, span=Span(0, 10))
            assert found(reader.load(NAME, None, None)) == found(base.load(NAME, None, None))
            base.save(NAME, some(20), Source.CLOSED)
            assert len(reader.load(NAME, None, None)) == 20
            assert reader.facts(NAME) == base.facts(NAME)
            assert reader.names() == [NAME]
            with pytest.raises(StoreError, match="read-only"):
                reader.save(NAME, some(30), Source.CLOSED)

    def test_the_desk_closes_beside_a_reader(self, path: Path) -> None:
        with opened(path, read_only=True) as reader:
            with opened(path) as base:
                base.save(NAME, some(10), Source.CLOSED)
                with contextlib.closing(sqlite3.connect(path)) as other:
                    other.execute("BEGIN")
                    assert other.execute("SELECT count(*) FROM chunk").fetchone() == (1,)
                    base.save(NAME, some(20), Source.CLOSED)
                    base.close()
            assert len(reader.load(NAME, None, None)) == 20

    def test_closing_leaves_nothing_in_the_log(self, path: Path, tmp_path: Path) -> None:
        with opened(path, read_only=True) as reader:
            with opened(path) as base:
                base.save(NAME, some(10), Source.CLOSED)
                assert len(reader.load(NAME, None, None)) == 10
            alone = shutil.copy(path, tmp_path / "alone.sqlite")
            with opened(alone, read_only=True) as copy:
                assert len(copy.load(NAME, None, None)) == 10

    def test_nothing_stored_is_an_empty_store(self, path: Path) -> None:
        with opened(path, read_only=True) as reader:
            assert len(reader.load(NAME, None, None)) == 0
            assert reader.names() == []
        assert not path.parent.exists()

    def test_an_older_file_asks_for_the_desk(self, path: Path) -> None:
        with opened(path) as base:
            base.save(NAME, some(10), Source.CLOSED)
        migrations = (*MIGRATIONS, "CREATE TABLE more (id)")
        with (
            opened(path, read_only=True, migrations=migrations) as reader,
            pytest.raises(StoreError, match="older"),
        ):
            reader.load(NAME, None, None)
