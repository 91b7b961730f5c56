"""What one run leaves for the next, through the files."""

import errno
from pathlib import Path

import pytest
from fakes import FakeClock

from alltick_desk.app.memory import Memory
from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import book_of
from alltick_desk.model.market import Quote
from alltick_desk.services.quotes import QuoteBoard, QuoteRow
from alltick_desk.store.profile import Profile

KEY = InstrumentKey("itick", "AAPL.US")


def recalled(folder: Path, row: QuoteRow) -> QuoteRow:
    profile = Profile.at(folder)
    Memory(profile, FakeClock(), writes=True).checkpoint([row], None)()
    board = QuoteBoard()
    Memory(profile, FakeClock(), writes=True).recall_quotes(board, [KEY])
    return board.row(KEY)


def test_prices_stand_as_still_after_a_restart_as_before_it(tmp_path: Path) -> None:
    board = QuoteBoard()
    row = board.row(KEY)
    tape = board.tape("itick")
    tape.pad(True)
    tape.quote(Quote(KEY.code, 5_000, "225.2", open="224", high="226.215", low="223"), 1.0)
    again = recalled(tmp_path, row)
    assert [again.shown(text) for text in (again.last, again.open, again.high, again.low)] == [
        "225.200",
        "224.000",
        "226.215",
        "223.000",
    ]
    assert (again.value, again.high_value, again.time_ms) == (225.2, 226.215, 5_000)


def test_what_was_sent_as_text_comes_back_as_it_was(tmp_path: Path) -> None:
    board = QuoteBoard()
    row = board.row(KEY)
    board.tape("itick").quote(Quote(KEY.code, 5_000, "225.2", high="226.215"), 1.0)
    again = recalled(tmp_path, row)
    assert (again.shown(again.last), again.digits, again.pads) == ("225.2", 3, False)


def test_a_refusal_is_news_once_until_the_reason_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = OSError(errno.ENOSPC, "full")

    def refuse(self: Path, target: Path) -> Path:
        raise refusal

    memory = Memory(Profile.at(tmp_path), FakeClock(), writes=True)
    book = book_of([KEY])
    assert not memory.save_lists_again()  # nothing was refused
    with monkeypatch.context() as full:
        full.setattr(Path, "replace", refuse)
        with pytest.raises(StoreError, match="the disk is full"):
            memory.save_lists(book)
        assert not memory.save_lists_again()
        refusal = OSError(errno.EROFS, "read-only")
        with pytest.raises(StoreError, match="read-only"):
            memory.save_lists_again()
        assert not memory.save_lists_again()
    assert memory.save_lists_again()
    assert not memory.save_lists_again()
    assert Memory(Profile.at(tmp_path), FakeClock(), writes=True).lists() == book


def test_a_desk_that_may_not_write_has_nothing_to_save_again(tmp_path: Path) -> None:
    memory = Memory(Profile.at(tmp_path), FakeClock(), writes=False)
    memory.save_lists(book_of([KEY]))
    assert not memory.save_lists_again()
    assert list(tmp_path.iterdir()) == []
