"""JSON files: whole or not there, private, and never written over when damaged."""

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeClock

from alltick_desk.errors import SettingsError, StoreError, UsageError
from alltick_desk.store import files
from alltick_desk.store.files import (
    Loaded,
    is_set_aside,
    make_folder,
    read_json,
    set_aside,
    write_json,
)
from alltick_desk.store.profile import Profile

CLOCK = FakeClock(wall_ms=1_767_225_600_000)  # 2026-01-01T00:00:00Z
STAMP = "20260101T000000Z"


def _dict(document: object) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise ValueError("no table")  # noqa: TRY004
    return document


def _read(path: Path) -> Loaded[dict[str, Any]]:
    return read_json(path, _dict, dict, CLOCK)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_written_is_read_and_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.json"
    write_json(path, {"a": 1, "中": "文"})
    assert _read(path) == Loaded({"a": 1, "中": "文"})
    assert _mode(path) == 0o600
    assert _mode(path.parent) == 0o700
    assert [found.name for found in path.parent.iterdir()] == ["a.json"]


def test_a_character_may_be_spelled_in_two_halves(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(rb'{"a": "\ud83d\ude00"}')
    assert _read(tmp_path / "a.json") == Loaded({"a": "\N{GRINNING FACE}"})


def test_an_open_file_becomes_private_when_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("{}")
    path.chmod(0o644)
    write_json(path, {"a": 2})
    assert _mode(path) == 0o600
    assert _read(path).value == {"a": 2}


def test_no_file_is_the_default_without_a_note(tmp_path: Path) -> None:
    assert _read(tmp_path / "a.json") == Loaded({}, "")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"\xff\xfe", b"[1]", b"null", b"[" * 100_000, b'{"a": 1} x'),
        *(b'{"a": NaN}', b'{"a": -Infinity}', b'{"a": "\\ud800"}', b'\xef\xbb\xbf{"a": 1}'),
    ],
)
def test_a_damaged_file_is_set_aside_and_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    loaded = _read(path)
    aside = tmp_path / f"a.damaged-{STAMP}.json"
    assert loaded.value == {}
    assert "a.json" in loaded.note
    assert aside.name in loaded.note
    assert aside.read_bytes() == content
    assert not path.exists()


def test_why_a_file_was_refused_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("{}")

    def parse(document: object) -> int:
        raise SettingsError("The setting “Theme” (theme) must be dark.")

    loaded = read_json(path, parse, lambda: 7, CLOCK)
    assert loaded.value == 7
    assert "“Theme” (theme) must be dark." in loaded.note


def test_a_bug_in_the_reader_is_not_taken_for_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("{}")

    def parse(document: object) -> int:
        raise AttributeError("bug")

    with pytest.raises(AttributeError):
        read_json(path, parse, lambda: 7, CLOCK)
    assert path.exists()


def test_two_damaged_files_in_one_second_are_both_kept(tmp_path: Path) -> None:
    for content in ("one", "two", "three"):
        (tmp_path / "a.json").write_text(content)
        set_aside(tmp_path / "a.json", CLOCK)
    assert sorted(path.read_text() for path in tmp_path.iterdir()) == ["one", "three", "two"]


def test_a_folder_in_its_place_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.mkdir()
    assert "a folder is in its place" in _read(path).note
    write_json(path, {})
    assert path.is_file()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "not allowed"),
        (errno.EBADF, "bad file descriptor"),
    ],
)
def test_a_disk_that_refuses_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    path = tmp_path / "a.json"
    write_json(path, {"a": 1})

    def refuse(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files.os, "fsync", refuse)
    with pytest.raises(StoreError, match=words) as caught:
        write_json(path, {"a": 2})
    assert str(caught.value).endswith(".")
    assert _read(path).value == {"a": 1}
    assert [found.name for found in tmp_path.iterdir()] == ["a.json"]


def test_a_file_that_can_be_neither_read_nor_moved_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_text("{")

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(StoreError, match="leaves it alone"):
        _read(path)
    assert path.read_text() == "{"


def test_what_a_crash_left_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / f".a.json.{os.getpid()}.new").write_text("half")
    write_json(tmp_path / "a.json", {})
    assert [found.name for found in tmp_path.iterdir()] == ["a.json"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    link = tmp_path / "a.json"
    link.symlink_to(tmp_path / "dotfiles" / "a.json")
    write_json(link, {"a": 1})
    assert link.is_symlink()
    assert _read(tmp_path / "dotfiles" / "a.json").value == {"a": 1}


def test_a_folder_is_made_private_and_left_as_it_was(tmp_path: Path) -> None:
    make_folder(tmp_path / "x" / "y")
    assert _mode(tmp_path / "x" / "y") == 0o700
    (tmp_path / "open").mkdir(mode=0o755)
    (tmp_path / "open").chmod(0o755)
    make_folder(tmp_path / "open")
    assert _mode(tmp_path / "open") == 0o755
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="a file is in the place"):
        make_folder(tmp_path / "file" / "below")


def test_a_profile_in_one_folder(tmp_path: Path) -> None:
    profile = Profile.at(tmp_path / "p")
    profile.prepare()
    names = (
        profile.settings_file,
        profile.watchlists_file,
        profile.token_file,
        profile.quotes_file,
        profile.layout_file,
        profile.database_file,
        profile.budget_folder,
        profile.lock_file,
        profile.logs,
    )
    assert len(set(names)) == len(names)
    assert all(name.is_relative_to(tmp_path / "p") for name in names)
    assert all(_mode(folder) == 0o700 for folder in (*profile.folders, profile.budget_folder))


def test_the_demo_has_folders_of_its_own(tmp_path: Path) -> None:
    real, demo = Profile.at(tmp_path), Profile.at(tmp_path, demo=True)
    assert real.settings_file != demo.settings_file
    assert demo.config.is_relative_to(tmp_path)
    assert (real.keeps_tokens, demo.keeps_tokens) == (True, False)
    standard, shown = Profile.standard(), Profile.standard(demo=True)
    assert not set(standard.folders) & set(shown.folders)
    assert not shown.keeps_tokens


def test_an_unusable_profile_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"it is a file\.$"):
        Profile.at(tmp_path / "file").prepare()
    with pytest.raises(UsageError, match="cannot be used"):
        Profile.at(tmp_path / "file" / "x").prepare()


def test_a_folder_that_cannot_be_synced_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def sync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")  # as some network disks say
        real(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    write_json(tmp_path / "a.json", {"a": 1})
    assert _read(tmp_path / "a.json").value == {"a": 1}


def test_what_a_person_knows_it_by_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"^沪深 could not be saved in"):
        write_json(tmp_path / "file" / "1f.json", {}, called="沪深")


@pytest.mark.parametrize("name", ["a.json", "a.damaged-b.json", "history.sqlite", "中"])
def test_only_what_was_set_aside_has_such_a_name(tmp_path: Path, name: str) -> None:
    for _ in range(3):
        path = tmp_path / name
        path.touch()
        assert not is_set_aside(path)
        assert is_set_aside(set_aside(path, CLOCK))
