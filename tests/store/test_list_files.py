"""The watchlists on the disk: whatever happens to the file, the lists are not lost."""

import json
import os
from pathlib import Path

import msgspec
import pytest
from fakes import FakeClock

from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.list_edits import add_list, add_section, delete_list, delete_section
from alltick_desk.model.lists import Entry, ListBook, Place, book_of
from alltick_desk.model.row_edits import add_entries, move_to_list, remove_entries
from alltick_desk.store import files
from alltick_desk.store.list_files import BACKUP_S, MANY, ListFiles
from alltick_desk.store.lists import lists_document


def keys(text: str) -> list[InstrumentKey]:
    return [InstrumentKey("alltick", code) for code in text]


OLD, NEW = book_of(keys("AB")), book_of(keys("ABC"))


class Disk:
    """A folder with the watchlists' file, and what opens it as a further run does."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "watchlists.json"
        self.folder = folder / "backups"
        self.clock = FakeClock()

    def run(self) -> ListFiles:
        self.clock.now += 1  # no two runs in one second
        return ListFiles(self.path, self.folder, self.clock)

    def wait(self, seconds: float) -> None:
        self.clock.now += seconds

    @property
    def backups(self) -> list[str]:
        """What the backups hold, the oldest first."""
        return [codes(path.read_bytes()) for path in sorted(self.folder.glob("*.json"))]


def codes(data: bytes) -> str:
    lists = json.loads(data)["lists"]
    rows = [row for one in lists for section in one["sections"] for row in section["rows"]]
    return "".join(row.partition(":")[2] for row in rows)


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return Disk(tmp_path)


def plus(book: ListBook, text: str) -> ListBook:
    return add_entries(book, book.current, map(Entry, keys(text)))


def test_nothing_is_there_before_the_first_save(disk: Disk) -> None:
    assert disk.run().load() == (None, "")
    assert not list(disk.path.parent.iterdir())


def test_what_is_saved_is_loaded(disk: Disk) -> None:
    disk.run().save(OLD)
    assert disk.run().load() == (OLD, "")
    assert not disk.folder.exists()  # there was nothing before it


def test_the_first_change_of_a_run_is_backed_up_then_one_in_ten_minutes(disk: Disk) -> None:
    disk.run().save(OLD)
    run = disk.run()
    run.load()
    run.save(OLD)
    assert disk.backups == []  # it changed nothing
    run.save(book := plus(OLD, "C"))
    assert disk.backups == ["AB"]
    disk.wait(BACKUP_S - 1)
    run.save(book := plus(book, "D"))
    assert disk.backups == ["AB"]
    disk.wait(1)
    run.save(book := plus(book, "E"))
    assert disk.backups == ["AB", "ABCD"]
    run.save(plus(book, "F"))
    assert disk.backups == ["AB", "ABCD"]


def test_every_deleted_list_is_backed_up_before(disk: Disk) -> None:
    run = disk.run()
    run.save(OLD)
    run.save(book := add_list(OLD, "2", "Second"))
    run.save(book := plus(book, "XY"))
    disk.wait(1)
    run.save(delete_list(book, "2", "e"))
    assert disk.backups[-1] == "ABXY"


ROWS = "".join(chr(0x4E00 + number) for number in range(3 * MANY))


def without(book: ListBook, text: str) -> ListBook:
    return remove_entries(book, book.current, keys(text))


def test_many_rows_that_go_at_once_are_backed_up_before(disk: Disk) -> None:
    run = disk.run()
    run.save(book := plus(OLD, ROWS))
    run.save(book := without(book, ROWS[:MANY]))
    assert disk.backups == []  # the first save of a run had nothing before it
    run.save(without(book, ROWS[MANY:]))
    assert disk.backups == ["AB" + ROWS[MANY:]]


def test_rows_that_go_a_few_at_a_time_are_backed_up_too(disk: Disk) -> None:
    run = disk.run()
    run.save(book := plus(OLD, ROWS))
    for row in ROWS[: 2 * MANY + 1]:
        disk.wait(1)
        run.save(book := without(book, row))
    assert disk.backups == ["AB" + ROWS[MANY:]]
    disk.wait(1)
    run.save(without(book, ROWS[2 * MANY + 1]))
    assert disk.backups == ["AB" + ROWS[MANY:], "AB" + ROWS[2 * MANY + 1 :]]


def test_rows_that_only_move_are_not_backed_up(disk: Disk) -> None:
    run = disk.run()
    run.save(book := add_list(plus(OLD, ROWS), "2", "Second"))
    run.save(book := move_to_list(book, "1", keys(ROWS), "2", None))
    assert len(book.get("2").keys) == len(ROWS)
    assert disk.backups == []


def test_a_section_is_backed_up_before_it_goes(disk: Disk) -> None:
    run = disk.run()
    run.save(book := add_section(OLD, "1", "Banks", Place(0, 1)))
    run.save(book := plus(book, "C"))
    assert disk.backups == []
    run.save(delete_section(book, "1", 1))
    assert disk.backups == ["ABC"]
    (kept,) = disk.folder.iterdir()
    assert b"Banks" in kept.read_bytes()


def test_a_backup_is_restored_and_what_is_there_backed_up_before(disk: Disk) -> None:
    disk.run().save(OLD)
    run = disk.run()
    run.load()
    run.save(NEW)
    (backup,) = run.list_backups()
    assert (backup.lists, backup.rows) == ((("Watchlist", 2),), 2)
    assert backup.time_s == disk.clock.wall_ms() // 1000
    disk.wait(1)
    book = run.restore(backup)
    assert book == OLD
    assert disk.backups == ["AB", "ABC"]
    run.save(book)
    assert disk.run().load() == (OLD, "")
    assert [backup.rows for backup in run.list_backups()] == [3, 2]


def test_a_backup_that_cannot_be_read_is_not_offered_and_said_so(disk: Disk) -> None:
    disk.run().save(OLD)
    run = disk.run()
    run.save(NEW)
    (backup,) = run.list_backups()
    backup.path.write_text("{")
    assert run.list_backups() == ()
    with pytest.raises(StoreError, match="is damaged"):
        run.restore(backup)
    backup.path.unlink()
    with pytest.raises(StoreError, match="not there"):
        run.restore(backup)
    assert run.load() == (NEW, "")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"lists": 7}', b"[]"])
def test_a_damaged_file_is_set_aside_and_the_newest_backup_stands_in(
    disk: Disk, content: bytes
) -> None:
    disk.run().save(OLD)
    disk.run().save(NEW)
    disk.path.write_bytes(content)
    (disk.folder / "watchlists-20990101T000000Z.json").write_text("{")  # newest, but no good
    run = disk.run()
    book, note = run.load()
    assert book == OLD
    (aside,) = disk.path.parent.glob("*.damaged-*")
    assert aside.read_bytes() == content
    assert aside.name in note
    assert "backup" in note
    run.save(book)
    assert disk.run().load() == (OLD, "")


def test_a_file_that_is_gone_comes_back_out_of_the_backups(disk: Disk) -> None:
    disk.run().save(OLD)
    disk.run().save(NEW)
    disk.path.unlink()
    book, note = disk.run().load()
    assert book == OLD
    assert "watchlists.json is gone" in note


def test_version_1_is_backed_up_as_it_was_before_it_is_written_anew(disk: Disk) -> None:
    content = '{"lists": [{"name": "Mine", "codes": ["alltick:A"]}], "version": 1}'
    disk.path.write_text(content)
    run = disk.run()
    book = run.load().value
    assert book is not None
    assert disk.path.read_text() == content
    run.save(plus(book, "B"))
    assert [path.read_text() for path in disk.folder.iterdir()] == [content]
    assert json.loads(disk.path.read_bytes())["version"] == 2


@pytest.mark.parametrize("shown", [True, False])
def test_a_file_of_a_later_version_is_shown_and_left_alone(disk: Disk, shown: bool) -> None:
    later = {**lists_document(OLD), "version": 3} if shown else {"version": 3, "tabs": []}
    disk.path.write_bytes(content := msgspec.json.encode(later))
    run = disk.run()
    book, note = run.load()
    assert book == (OLD if shown else None)
    assert "newer version" in note
    for _ in range(2):
        with pytest.raises(StoreError, match="newer version"):
            run.save(NEW)
    assert disk.path.read_bytes() == content
    assert [path.name for path in disk.path.parent.iterdir()] == ["watchlists.json"]
    with pytest.raises(StoreError, match="newer version"):
        disk.run().save(NEW)  # also where nobody looked before


def test_a_file_that_cannot_be_set_aside_is_never_written_over(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk.run().save(OLD)
    disk.run().save(NEW)
    disk.path.write_text("{ my notes")

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "no")

    run = disk.run()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        book, note = run.load()
    assert book == OLD  # shown, out of the backup
    assert "leaves it alone" in note
    with pytest.raises(StoreError, match="leaves it alone"):
        run.save(NEW)
    assert disk.path.read_text() == "{ my notes"


def test_lists_are_saved_where_only_the_backup_fails(disk: Disk) -> None:
    disk.run().save(OLD)
    disk.folder.touch()
    run = disk.run()
    with pytest.raises(StoreError, match="saved, but not a backup"):
        run.save(NEW)
    assert disk.run().load().value == NEW
    run.save(plus(NEW, "D"))  # said once in ten minutes


def test_a_save_that_failed_is_tried_again(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    run = disk.run()
    run.save(OLD)

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(StoreError, match="the disk is full"):
            run.save(NEW)
    assert disk.run().load().value == OLD
    run.save(NEW)
    assert disk.run().load().value == NEW


class Killed(BaseException):
    """The machine stops here."""


def test_a_write_that_was_torn_anywhere_leaves_old_or_new(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk.run().save(NEW)
    size = disk.path.stat().st_size
    disk.path.unlink()
    disk.run().save(OLD)
    for torn_at in range(size + 1):
        run = disk.run()
        run.load()

        def tear(descriptor: int, at: int = torn_at) -> None:
            os.ftruncate(descriptor, at)
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(files.os, "fsync", tear)
            patch.setattr(Path, "unlink", lambda *_, **__: None)  # nobody is left to clean up
            with pytest.raises(Killed):
                run.save(NEW)
        assert disk.run().load() == (OLD, "")
        for left in disk.path.parent.rglob(".*.new"):
            left.unlink()


def test_a_file_that_lost_its_end_anywhere_leaves_old_or_new(disk: Disk) -> None:
    disk.run().save(OLD)
    disk.run().save(NEW)
    whole = disk.path.read_bytes()
    seen = set()
    for left in range(len(whole) + 1):
        disk.path.write_bytes(whole[:left])
        book, note = disk.run().load()
        assert book in (OLD, NEW)
        assert bool(note) == (book == OLD)
        seen.add(len(book.shown.keys))
    assert seen == {2, 3}
