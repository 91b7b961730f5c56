"""Rolling backups: which are made, and which may go."""

import time
from pathlib import Path

import pytest
from fakes import FakeClock
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.errors import StoreError
from alltick_desk.store.backups import DAYS, NEWEST, Backups, made, surplus

DAY_S = 86_400
START_S = 1_767_225_600  # 2026-01-01T00:00:00Z


def name_at(time_s: int, count: int = 1) -> str:
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(time_s))
    return f"watchlists-{stamp}.json" if count == 1 else f"watchlists-{stamp}-{count}.json"


def test_a_name_tells_when_it_was_made() -> None:
    backup = made(name_at(START_S + 61, 3))
    assert backup is not None
    assert (backup.time_s, backup.turn) == (START_S + 61, 3)


@pytest.mark.parametrize(
    "name",
    ["watchlists.json", "notes.txt", "watchlists-2026.json", "watchlists-20261301T000000Z.json"],
)
def test_another_files_name_is_no_backup_and_never_goes(name: str) -> None:
    assert made(name) is None
    assert name not in surplus([name, *(name_at(START_S + at) for at in range(50))])


_NAMES = st.lists(
    st.builds(
        name_at,
        st.builds(
            lambda day, second: START_S + day * DAY_S + second,
            st.integers(0, 60),
            st.sampled_from((0, 1, 3600, DAY_S - 1)),
        ),
        st.integers(1, 12),
    ),
    max_size=120,
    unique=True,
)


def _kept(names: list[str]) -> list[str]:
    gone = surplus(names)
    return [name for name in names if name not in gone]


@given(_NAMES)
def test_the_newest_and_one_a_day_are_kept_and_nothing_else(names: list[str]) -> None:
    ordered = sorted((it for name in names if (it := made(name))), reverse=True)
    kept = set(_kept(names))
    newest = {it.name for it in ordered[:NEWEST]}
    assert newest <= kept
    days = sorted({it.day for it in ordered}, reverse=True)[:DAYS]
    for day in days:
        assert next(it.name for it in ordered if it.day == day) in kept
    for name in kept - newest:
        backup = made(name)
        assert backup is not None
        assert backup.day in days
        assert not any(it.day == backup.day and it > backup for it in ordered)
    assert _kept(sorted(kept)) == sorted(kept)


def test_one_a_day_is_kept_for_thirty_days() -> None:
    names = [name_at(START_S + day * DAY_S) for day in range(60)]
    assert sorted(_kept(names)) == names[-DAYS:]
    twice = [*names, *(name_at(START_S + day * DAY_S + 60) for day in range(60))]
    assert len(_kept(twice)) == NEWEST // 2 + DAYS
    assert _kept(names[:5]) == names[:5]


@given(_NAMES)
def test_pruning_after_each_backup_keeps_what_pruning_at_the_end_does(names: list[str]) -> None:
    ordered = sorted(names, key=lambda name: made(name) or ())
    there: list[str] = []
    for name in ordered:
        there = _kept([*there, name])
    assert sorted(there) == sorted(_kept(ordered))


def test_a_backup_is_the_file_as_it_is(tmp_path: Path) -> None:
    path, folder = tmp_path / "watchlists.json", tmp_path / "backups"
    backups = Backups(path, folder, FakeClock())
    backups.make()
    assert not folder.exists()  # there was nothing to copy
    path.write_bytes(b"\xff no json")
    backups.make()
    assert [there.read_bytes() for there in folder.iterdir()] == [b"\xff no json"]
    backups.make()
    assert len(backups.files()) == 1  # it has it already
    path.write_bytes(b"other")
    backups.make()
    assert [path.name for _, path in backups.files()] == [name_at(START_S, 2), name_at(START_S)]


def test_a_new_backup_lets_the_old_ones_go(tmp_path: Path) -> None:
    path, folder = tmp_path / "watchlists.json", tmp_path / "backups"
    folder.mkdir()
    (folder / "notes.json").touch()
    for second in range(30):
        (folder / name_at(START_S - 100 + second)).write_text(str(second))
    path.write_text("now")
    Backups(path, folder, FakeClock()).make()
    files = sorted(there.name for there in folder.iterdir() if there.name != "notes.json")
    # The day before: nineteen of its thirty; this day: the new one.
    assert files == [name_at(START_S - 100 + second) for second in range(11, 30)] + [
        name_at(START_S)
    ]
    assert (folder / "notes.json").exists()


def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    path, folder = tmp_path / "watchlists.json", tmp_path / "backups"
    path.write_text("{}")
    folder.touch()
    backups = Backups(path, folder, FakeClock())
    assert backups.files() == []
    with pytest.raises(StoreError, match="in the place of a folder"):
        backups.make()


def contents(backups: Backups) -> list[str]:
    return [path.read_text() for _, path in backups.files()]


_MOMENTS = st.lists(
    st.integers(START_S - 3 * DAY_S, START_S + 400 * DAY_S)
    | st.integers(START_S, START_S + 3)
    | st.just(START_S),
    max_size=NEWEST,
)


@given(_MOMENTS)
def test_wherever_the_clock_stands_the_newest_is_what_was_made_last(
    tmp_path_factory: pytest.TempPathFactory, moments: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path, clock = folder / "watchlists.json", FakeClock()
    backups = Backups(path, folder / "backups", clock)
    for number, moment in enumerate(moments):
        clock.set_wall_ms(moment * 1000)
        path.write_text(str(number))
        backups.make()
        assert contents(backups) == [str(it) for it in reversed(range(number + 1))]
        assert backups.files()[0][0].time_s == moment  # a person is told what the clock said


def test_days_of_a_clock_that_was_ahead_cost_no_later_backup(tmp_path: Path) -> None:
    path, folder, clock = tmp_path / "watchlists.json", tmp_path / "backups", FakeClock()
    backups = Backups(path, folder, clock)
    for start_s, word in ((START_S + 400 * DAY_S, "ahead"), (START_S, "right")):
        for day in range(40):
            clock.set_wall_ms((start_s + day * DAY_S) * 1000)
            path.write_text(f"{word} {day}")
            backups.make()
    assert contents(backups) == [f"right {day}" for day in reversed(range(10, 40))]


def test_backups_of_earlier_versions_of_the_desk_come_before_new_ones(tmp_path: Path) -> None:
    path, folder = tmp_path / "watchlists.json", tmp_path / "backups"
    folder.mkdir()
    for name in (name_at(START_S + DAY_S), name_at(START_S, 2), name_at(START_S)):
        (folder / name).write_text(name)
    path.write_text("new")
    backups = Backups(path, folder, FakeClock())
    backups.make()
    assert contents(backups) == [
        "new",
        name_at(START_S + DAY_S),
        name_at(START_S, 2),
        name_at(START_S),
    ]
