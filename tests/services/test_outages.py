"""When the desk could not hear: from the sockets' changes, by the machine's clock."""

import pytest
from fakes import FakeClock

from alltick_desk.feed.pool import PoolHealth
from alltick_desk.feed.wiring import SocketHealth, SocketState
from alltick_desk.services.outages import MOST_KEPT, Outage, Outages

START_MS = 1_767_225_600_000
SOCKET = "alltick/stock#0"


class Line:
    """One socket whose state the test sets."""

    def __init__(self) -> None:
        self.clock = FakeClock(wall_ms=START_MS)
        self.outages = Outages(self.clock)
        self.begun = self.clock.now

    def at(self, second: float) -> None:
        self.clock.now = self.begun + second

    def note(
        self, state: SocketState, *, opened: float | None = None, heard: float | None = None
    ) -> None:
        socket = SocketHealth(
            socket=SOCKET,
            state=state,
            reason="",
            opened_s=None if opened is None else self.begun + opened,
            last_message_s=None if heard is None else self.begun + heard,
            next_try_s=None,
            messages=0,
            decode_errors=0,
            reconnects=0,
        )
        self.tell(socket)

    def tell(self, *sockets: SocketHealth) -> None:
        pool = PoolHealth(
            name="alltick/stock",
            state=SocketState.LIVE,
            sentence="",
            last_message_s=None,
            next_try_s=None,
            messages=0,
            decode_errors=0,
            reconnects=0,
            subscribed=0,
            sockets=sockets,
        )
        self.outages.note({pool.name: pool})

    def seconds(self) -> list[tuple[float, float | None]]:
        begun = START_MS / 1000
        return [
            (round(it.from_s - begun, 3), None if it.to_s is None else round(it.to_s - begun, 3))
            for it in self.outages.of([SOCKET])
        ]


@pytest.fixture
def line() -> Line:
    return Line()


def test_a_connection_that_was_never_there_is_no_outage(line: Line) -> None:
    line.note(SocketState.CONNECTING)
    line.at(5)
    line.note(SocketState.WAITING)
    line.at(9)
    line.note(SocketState.LIVE, opened=9)
    assert line.seconds() == []


def test_an_outage_begins_with_the_last_message_and_ends_when_it_is_back(line: Line) -> None:
    line.note(SocketState.LIVE, opened=0)
    line.at(30)
    line.note(SocketState.SILENT, opened=0, heard=12)
    assert line.seconds() == [(12.0, None)]
    line.at(40)
    line.note(SocketState.WAITING, heard=12)
    assert line.seconds() == [(12.0, None)]
    line.at(55)
    line.note(SocketState.LIVE, opened=55)
    assert line.seconds() == [(12.0, 55.0)]


def test_one_that_broke_and_came_back_between_two_looks_is_seen(line: Line) -> None:
    line.note(SocketState.LIVE, opened=0)
    line.at(60)
    line.note(SocketState.LIVE, opened=58)
    assert line.seconds() == [(58.0, 60.0)]


def test_one_without_a_message_begins_now(line: Line) -> None:
    line.note(SocketState.LIVE, opened=0)
    line.at(3)
    line.note(SocketState.WAITING)
    assert line.seconds() == [(3.0, None)]


def test_a_socket_that_is_not_needed_any_more_is_no_outage(line: Line) -> None:
    line.note(SocketState.LIVE, opened=0)
    line.at(10)
    line.tell()
    line.at(20)
    line.note(SocketState.CONNECTING)
    assert line.seconds() == []


def test_one_that_was_down_when_it_was_let_go_keeps_its_outage(line: Line) -> None:
    line.note(SocketState.LIVE, opened=0)
    line.at(10)
    line.note(SocketState.WAITING, heard=9)
    line.at(20)
    line.tell()
    assert line.seconds() == [(9.0, 20.0)]


def test_others_are_not_told_of_it(line: Line) -> None:
    line.note(SocketState.LIVE, opened=0)
    line.note(SocketState.WAITING)
    assert line.outages.of(["alltick/other#0"]) == ()
    assert len(line.outages.of(["alltick/other#0", SOCKET])) == 1


def test_a_connection_that_flaps_does_not_fill_the_memory(line: Line) -> None:
    for number in range(MOST_KEPT + 10):
        line.at(2 * number)
        line.note(SocketState.LIVE, opened=2 * number)
        line.note(SocketState.WAITING)
    found = line.outages.of([SOCKET])
    assert len(found) == MOST_KEPT + 1
    assert found[-1] == Outage(START_MS / 1000 + 2 * (MOST_KEPT + 9), None)
