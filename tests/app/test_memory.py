"""What one run leaves for the next, through the files."""

from pathlib import Path

from fakes import FakeClock

from alltick_desk.app.memory import Memory
from alltick_desk.model.instrument import InstrumentKey
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
