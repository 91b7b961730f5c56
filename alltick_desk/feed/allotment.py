"""Which codes stream where a plan counts the codes and connections of all families together.

The ordered wishes of all families come in; the most important codes get a seat each until the
plan's are taken, and every family the connections that its codes need, while there are some. A
code that the vendor has refused takes no seat. Pure.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from alltick_desk.model.words import Sentence
from alltick_desk.vendors.base import Channel, Plan, Wish

Wishes = Mapping[Channel, Sequence[Wish]]


class Allotment(msgspec.Struct, frozen=True):
    """What each family is to stream.

    Attributes:
        wishes: by family, each channel's in the order of importance.
        connections: how many sockets a family may have; None for as many as the plan gives it.
        beyond: why a code that is in none of the wishes does not stream.
        left_out: why a family that is wanted streams nothing.
    """

    wishes: Mapping[str, Wishes]
    connections: Mapping[str, int | None]
    beyond: Mapping[str, Sentence] = {}
    left_out: Mapping[str, Sentence] = {}


def limited(plan: Plan) -> bool:
    """Whether a plan counts anything over all families."""
    return plan.codes_in_all is not None or plan.connections_in_all is not None


def allot(
    wishes: Wishes,
    plan: Plan,
    *,
    family_of: Callable[[str], str],
    refused: Callable[[Channel, str], bool],
) -> Allotment:
    """Share out what the plan gives; ``refused`` tells what the vendor has refused for good."""
    if not limited(plan):
        return Allotment(_by_family(wishes, family_of, lambda _code: True), {})
    share = _Share(plan)
    beyond: dict[str, Sentence] = {}
    left_out: dict[str, Sentence] = {}
    for code, channels in _by_code(wishes).items():
        asked = [channel for channel in channels if not refused(channel, code)]
        if not asked:
            continue  # its family knows what to say of it
        family = family_of(code)
        no = share.seat(family, asked)
        if no is not None:
            beyond[code] = no.to_code
            left_out.setdefault(family, no.to_family)
    for family in share.connections:
        left_out.pop(family, None)
    kept = _by_family(wishes, family_of, lambda code: code not in beyond)
    connections = {family: share.connections.get(family, 0) for family in kept}
    return Allotment(kept, connections, beyond, left_out)


class _No(NamedTuple):
    """Why there is no seat, said of the code and of its family."""

    to_code: Sentence
    to_family: Sentence


class _Share:
    """The seats and connections given out so far."""

    def __init__(self, plan: Plan) -> None:
        self.connections: dict[str, int] = {}
        self._plan = plan
        self._used: dict[tuple[str, Channel], int] = {}
        self._seated = 0
        self._place = 0

    def seat(self, family: str, channels: Sequence[Channel]) -> _No | None:
        """Give the next code a seat; return why not.

        A code that all its family's connections have no room for gets none either: the family
        itself says so.
        """
        plan = self._plan
        self._place += 1
        if plan.codes_in_all is not None and self._seated >= plan.codes_in_all:
            return _no_seat(self._place, plan.codes_in_all)
        if not any(self._fits(family, channel) for channel in channels):
            if self.connections.get(family, 0) >= plan.connections:
                return None
            most = plan.connections_in_all
            if most is not None and sum(self.connections.values()) >= most:
                return _no_connection(most)
            self.connections[family] = self.connections.get(family, 0) + 1
        for channel in channels:
            if self._fits(family, channel):
                self._used[family, channel] = self._used.get((family, channel), 0) + 1
        self._seated += 1
        return None

    def _fits(self, family: str, channel: Channel) -> bool:
        room = self.connections.get(family, 0) * self._plan.codes_per_subscription
        return self._used.get((family, channel), 0) < room


def _no_seat(place: int, room: int) -> _No:
    why = Sentence("Feed", "the plan streams {room} codes in all").format(room=room)
    numbered = Sentence("Feed", "Number {place} of {room}: {why}.")
    none = Sentence("Feed", "The plan streams {room} codes in all; none of them is of this market.")
    return _No(numbered.format(place=place, room=room, why=why), none.format(room=room))


def _no_connection(connections: int) -> _No:
    words = Sentence("Feed", "The plan has {n} connections, and this market needs another one.")
    if connections == 1:
        words = Sentence("Feed", "The plan has 1 connection, and this market needs another one.")
    sentence = words.format(n=connections)
    return _No(sentence, sentence)


def _by_code(wishes: Wishes) -> dict[str, list[Channel]]:
    """Return each code's channels; the order of trades counts before that of the others."""
    codes: dict[str, list[Channel]] = {}
    for channel in Channel:
        for wish in wishes.get(channel, ()):
            channels = codes.setdefault(wish.code, [])
            if channel not in channels:
                channels.append(channel)
    return codes


def _by_family(
    wishes: Wishes, family_of: Callable[[str], str], keep: Callable[[str], bool]
) -> dict[str, Wishes]:
    parts: dict[str, dict[Channel, list[Wish]]] = {}
    for channel, wish in _flat(wishes):
        if keep(wish.code):
            parts.setdefault(family_of(wish.code), {}).setdefault(channel, []).append(wish)
    return dict(parts)


def _flat(wishes: Wishes) -> Iterator[tuple[Channel, Wish]]:
    return ((channel, wish) for channel, each in wishes.items() for wish in each)
