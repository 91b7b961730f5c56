"""Which socket carries which code: as few sockets as it takes, moving as few codes as possible.

Pure.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from alltick_desk.vendors.base import Channel


class Spread(msgspec.Struct, frozen=True):
    """The codes of one channel over the sockets."""

    room: int = 0  # codes that all sockets take together
    socket_of: Mapping[str, int] = {}
    beyond: Mapping[str, int] = {}  # codes without a socket, and their number among all


def choose(
    sockets: Iterable[int],
    wanted: Mapping[Channel, int],
    room: Callable[[int, Channel], int],
    *,
    most: int,
) -> tuple[int, ...]:
    """Return which of ``sockets`` so many codes need, at most so many of them."""
    left = dict(wanted)
    chosen: list[int] = []
    for socket in sockets:
        rooms = {channel: room(socket, channel) for channel in left}
        if len(chosen) < most and any(left[it] > 0 and rooms[it] > 0 for it in left):
            chosen.append(socket)
            for channel in left:
                left[channel] -= rooms[channel]
    return tuple(chosen)


def spread(codes: Sequence[str], rooms: Mapping[int, int], before: Mapping[str, int]) -> Spread:
    """Give the first of ``codes`` a socket each, the one they had ``before`` where they can.

    ``rooms`` tells how many codes each socket takes.
    """
    free = dict(rooms)
    room = sum(free.values())
    socket_of = dict.fromkeys(codes[:room], 0)
    for code in socket_of:
        socket = before.get(code, 0)
        if free.get(socket, 0) > 0:
            free[socket] -= 1
            socket_of[code] = socket
    spare = (socket for socket in rooms for _ in range(free[socket]))
    for code, socket in socket_of.items():
        if not socket:
            socket_of[code] = next(spare)
    beyond = {code: place for place, code in enumerate(codes[room:], start=room + 1)}
    return Spread(room, socket_of, beyond)
