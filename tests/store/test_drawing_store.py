"""Drawings on disk: whole, private to their instrument, never lost to a damaged file."""

import asyncio
import errno
import json
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest
from fakes import FakeClock
from msgspec.structs import replace

from alltick_desk.errors import StoreError
from alltick_desk.model.drawings import Anchor, Drawing, Kind, new_drawing
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.drawings import DrawingBoards
from alltick_desk.store import drawings as module
from alltick_desk.store.drawings import DrawingFiles, DrawingStore

APPLE = InstrumentKey("alltick", "AAPL.US")
GOLD = InstrumentKey("itick", "future/GC$US")
STAMP = "20260101T000000Z"


def line(price: float = 1.0, drawing_id: int = 1) -> Drawing:
    return replace(new_drawing(Kind.HORIZONTAL, [Anchor(0.0, price)]), id=drawing_id)


ONE, TWO = (line(1.0, 1),), (line(1.0, 1), line(2.0, 2))


@pytest.fixture
def files(tmp_path: Path) -> DrawingFiles:
    return DrawingFiles(tmp_path / "drawings", FakeClock())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.json"))


def test_nothing_drawn_is_no_file(files: DrawingFiles, tmp_path: Path) -> None:
    assert files.load(APPLE).value.drawings == ()
    files.save(APPLE, ())
    assert names(tmp_path) == []


def test_what_is_saved_comes_back_to_its_own_instrument(
    files: DrawingFiles, tmp_path: Path
) -> None:
    others = (GOLD, APPLE._replace(vendor="itick"), APPLE._replace(code="aapl.us"))
    for number, key in enumerate((APPLE, *others), 1):
        files.save(key, (line(float(number)),))
    again = DrawingFiles(tmp_path / "drawings", FakeClock())
    for number, key in enumerate((APPLE, *others), 1):
        assert again.load(key).value.drawings == (line(float(number)),)
        assert again.load(key).note == ""
    assert json.loads(files.path(GOLD).read_bytes())["instrument"] == "itick:future/GC$US"


def test_the_version_before_is_kept_beside(files: DrawingFiles, tmp_path: Path) -> None:
    files.save(APPLE, ONE)
    assert len(names(tmp_path)) == 1
    files.save(APPLE, TWO)
    files.save(APPLE, TWO)
    (before,) = tmp_path.rglob("*.before.json")
    assert len(json.loads(before.read_bytes())["drawings"]) == 1
    assert len(names(tmp_path)) == 2


def test_no_drawings_take_the_file_away_and_leave_the_version_before(
    files: DrawingFiles, tmp_path: Path
) -> None:
    files.save(APPLE, TWO)
    files.save(APPLE, ())
    assert not files.path(APPLE).exists()
    (before,) = tmp_path.rglob("*.json")
    assert len(json.loads(before.read_bytes())["drawings"]) == 2
    assert files.load(APPLE) == files.load(GOLD)


def test_what_a_later_version_wrote_outlives_a_save(files: DrawingFiles) -> None:
    path = files.path(APPLE)
    path.parent.mkdir(parents=True)
    later = {"version": 5, "groups": [1], "drawings": [{"id": 7, "kind": "gann", "x": 1}]}
    path.write_text(json.dumps(later), encoding="utf-8")
    (gann,) = files.load(APPLE).value.drawings
    files.save(APPLE, (gann, *ONE))
    document = json.loads(path.read_bytes())
    assert (document["version"], document["groups"]) == (5, [1])
    assert document["drawings"][0] == {"id": 7, "kind": "gann", "x": 1}
    files.save(APPLE, ())
    assert json.loads(path.read_bytes())["groups"] == [1]


@pytest.mark.parametrize("text", ["{", "[]", '{"drawings": [{"kind": "ray"}]}', "\x00"])
def test_a_damaged_file_is_set_aside_and_the_version_before_is_back(
    files: DrawingFiles, tmp_path: Path, text: str
) -> None:
    files.save(APPLE, ONE)
    files.save(APPLE, TWO)
    path = files.path(APPLE)
    path.write_text(text, encoding="utf-8")
    sheet, note = files.load(APPLE)
    assert sheet.drawings == ONE
    assert path.name in note
    assert "before the last change" in note
    (aside,) = tmp_path.rglob(f"*.damaged-{STAMP}.json")
    assert aside.read_text(encoding="utf-8") == text
    again = DrawingFiles(tmp_path / "drawings", FakeClock())
    assert again.load(APPLE) == (sheet, "")


def test_a_faulty_drawing_is_named_when_its_file_is_set_aside(files: DrawingFiles) -> None:
    files.save(APPLE, ONE)
    path = files.path(APPLE)
    path.write_text('{"drawings": [{"kind": "ray"}]}', encoding="utf-8")
    sheet, note = files.load(APPLE)
    assert sheet.drawings == ()
    assert "Drawing 1, Ray: it has 0 points and needs 2." in note
    assert "starts without it" in note


def test_both_damaged_are_both_set_aside(files: DrawingFiles, tmp_path: Path) -> None:
    files.save(APPLE, ONE)
    files.save(APPLE, TWO)
    for path in list(tmp_path.rglob("*.json")):
        path.write_text("{", encoding="utf-8")
    sheet, note = files.load(APPLE)
    assert sheet.drawings == ()
    assert note.count("starts without it") == 2
    assert len(list(tmp_path.rglob("*damaged*"))) == 2


def test_a_file_damaged_meanwhile_is_set_aside_before_it_is_replaced(
    files: DrawingFiles, tmp_path: Path
) -> None:
    files.save(APPLE, ONE)
    files.save(APPLE, TWO)
    files.path(APPLE).write_text("{", encoding="utf-8")
    assert "damaged" in files.save(APPLE, (line(3.0),))
    assert files.load(APPLE).value.drawings == (line(3.0),)
    (before,) = tmp_path.rglob("*.before.json")
    assert len(json.loads(before.read_bytes())["drawings"]) == 1
    assert len(list(tmp_path.rglob("*damaged*"))) == 1


def test_a_file_that_cannot_be_set_aside_is_never_written_over(
    files: DrawingFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.save(APPLE, ONE)
    path = files.path(APPLE)
    path.write_text("{ my notes", encoding="utf-8")

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.EROFS, "read-only")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        assert "leaves it alone" in files.load(APPLE).note
    assert "leaves it alone" in files.load(APPLE).note
    with pytest.raises(StoreError, match="leaves it alone"):
        files.save(APPLE, TWO)
    with pytest.raises(StoreError, match="leaves it alone"):
        files.save(APPLE, ())
    assert path.read_text(encoding="utf-8") == "{ my notes"


def test_a_disk_that_refuses_leaves_what_was_there(
    files: DrawingFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.save(APPLE, ONE)
    files.save(APPLE, TWO)

    def refuse(path: Path, document: object) -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(module, "write_json", refuse)
        with pytest.raises(StoreError):
            files.save(APPLE, ())
        assert files.load(APPLE).value.drawings == TWO
        files.path(APPLE).write_text("{", encoding="utf-8")
        sheet, note = files.load(APPLE)
        assert sheet.drawings == ONE
        assert "The disk is full." in note


# off the loop


class Disk:
    """Stands in for the files' own ``save``: counts, holds up and refuses."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.written: list[tuple[str, int]] = []
        self.refuses = False
        self.free = threading.Event()
        self.free.set()
        self.busy = threading.Event()
        self._save: Callable[..., str] = DrawingFiles.save

        def save(files: DrawingFiles, key: InstrumentKey, drawings: tuple[Drawing, ...]) -> str:
            return self._do(files, key, drawings)

        monkeypatch.setattr(DrawingFiles, "save", save)

    def _do(self, files: DrawingFiles, key: InstrumentKey, drawings: tuple[Drawing, ...]) -> str:
        self.busy.set()
        assert self.free.wait(10)
        if self.refuses:
            raise StoreError("The disk is full.")
        self.written.append((key.code, len(drawings)))
        return self._save(files, key, drawings)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def run(folder: Path, work: Callable[[DrawingStore], Coroutine[None, None, None]]) -> list[str]:
    """Run ``work`` with a store, close it, and return what it told; no bug may go unheard."""
    told: list[str] = []
    bugs: list[object] = []

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: bugs.append(context))
        store = DrawingStore(folder, clock=FakeClock())
        handle = store.noted.connect(told.append)
        try:
            await work(store)
        finally:
            await store.close()
            await store.close()
            handle.disconnect()

    asyncio.run(main())
    assert bugs == []
    return told


async def reached(event: threading.Event) -> None:
    assert await asyncio.to_thread(event.wait, 10)


def test_saves_are_written_in_order_and_only_the_newest(tmp_path: Path, disk: Disk) -> None:
    async def work(store: DrawingStore) -> None:
        disk.free.clear()
        store.save(APPLE, ONE)
        await reached(disk.busy)
        store.save(APPLE, TWO)
        store.save(GOLD, ONE)
        store.save(APPLE, (*TWO, line(3.0, 3)))
        disk.free.set()
        assert len(await store.load(APPLE)) == 3

    assert run(tmp_path, work) == []
    assert disk.written == [("AAPL.US", 1), ("AAPL.US", 3), ("future/GC$US", 1)]


def test_the_same_drawings_again_while_they_are_written(tmp_path: Path, disk: Disk) -> None:
    async def work(store: DrawingStore) -> None:
        disk.free.clear()
        store.save(APPLE, ONE)
        await reached(disk.busy)
        store.save(APPLE, TWO)
        store.save(APPLE, ONE)
        disk.free.set()

    assert run(tmp_path, work) == []
    assert DrawingFiles(tmp_path, FakeClock()).load(APPLE).value.drawings == ONE


def test_what_the_disk_refused_is_told_kept_and_tried_again(tmp_path: Path, disk: Disk) -> None:
    async def work(store: DrawingStore) -> None:
        disk.refuses = True
        store.save(APPLE, TWO)
        assert await store.load(APPLE) == TWO
        disk.refuses = False
        store.save(GOLD, ONE)

    assert run(tmp_path, work) == ["The disk is full."]
    assert sorted(disk.written) == [("AAPL.US", 2), ("future/GC$US", 1)]


def test_what_the_disk_refused_is_tried_once_more_at_the_close(tmp_path: Path, disk: Disk) -> None:
    async def work(store: DrawingStore) -> None:
        disk.refuses = True
        store.save(APPLE, TWO)
        await store.load(GOLD)
        disk.refuses = False

    assert run(tmp_path, work) == ["The disk is full."]
    assert disk.written == [("AAPL.US", 2)]


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = DrawingFiles(tmp_path, FakeClock()).path(APPLE)
    path.parent.mkdir(parents=True)
    path.write_text("{", encoding="utf-8")

    async def work(store: DrawingStore) -> None:
        assert await store.load(APPLE) == ()

    (note,) = run(tmp_path, work)
    assert path.name in note


def test_where_another_desk_holds_the_profile_nothing_is_written(tmp_path: Path) -> None:
    files = DrawingFiles(tmp_path, FakeClock())
    files.save(APPLE, ONE)
    files.save(APPLE, TWO)
    files.path(APPLE).write_text("{", encoding="utf-8")

    async def main() -> None:
        store = DrawingStore(tmp_path, clock=FakeClock(), writes=False)
        assert await store.load(APPLE) == ONE
        store.save(APPLE, TWO)
        await store.close()
        store.save(APPLE, TWO)

    asyncio.run(main())
    assert not files.path(APPLE).exists()


def test_a_board_is_there_again_after_a_restart(tmp_path: Path) -> None:
    async def draw(store: DrawingStore) -> None:
        boards = DrawingBoards(store)
        board = await boards.open(GOLD)
        board.add(line(5.0))
        board.add(line(6.0))
        board.undo()

    async def look(store: DrawingStore) -> None:
        boards = DrawingBoards(store)
        board = await boards.open(GOLD)
        assert board.drawings == (line(5.0),)
        board.remove_all()

    async def look_again(store: DrawingStore) -> None:
        assert (await DrawingBoards(store).open(GOLD)).drawings == ()

    for work in (draw, look, look_again):
        assert run(tmp_path, work) == []
