"""iTick's WebSocket messages: heartbeats, sign-in, subscriptions, and how each is answered."""

from typing import Any, Final

import msgspec

from alltick_desk.sim.exchange import Entry, Exchange
from alltick_desk.sim.itick.judge import VENDOR
from alltick_desk.sim.itick.pushes import DEPTH, TYPES
from alltick_desk.sim.itick.sessions import AUTH, Sessions
from alltick_desk.sim.itick.symbols import Directory
from alltick_desk.sim.itick.wire import DONE, FAILED, MESSAGES, NOT_FOUND
from alltick_desk.sim.listing import Listing
from alltick_desk.sim.script import Fault
from alltick_desk.sim.websocket import Channel

_PING: Final = "ping"
_SUBSCRIBE: Final = "subscribe"
_UNSUBSCRIBE: Final = "unsubscribe"
_UNREADABLE: Final = "cannot be resolved action"
_TOO_MANY: Final = "exceeding the maximum subscription limit"


class _Failure(Exception):  # noqa: N818 - no error of ours
    """A message is answered with code 0."""


class Commands:
    """Takes each connection's messages."""

    def __init__(self, exchange: Exchange, directory: Directory, sessions: Sessions) -> None:
        self._exchange = exchange
        self._directory = directory
        self._sessions = sessions

    def receive(self, channel: Channel, message: bytes, arrived_s: float) -> None:
        """Judge, obey and answer one message."""
        document = _parse(message)
        action = document.get("ac")
        action = action if isinstance(action, str) else ""
        # A sign-in carries the token, which the record never holds.
        entry = Entry(
            at_s=arrived_s,
            vendor=VENDOR,
            kind="command",
            family=channel.family,
            call=action,
            document={"ac": AUTH} if action == AUTH else document,
            connection=channel.number,
            account=channel.account,
        )
        self._exchange.journal.append(entry)
        if action == AUTH:
            token = document.get("params")
            self._sessions.sign_in(channel, token if isinstance(token, str) else "", entry)
        elif action == _PING:
            channel.heartbeat_s = arrived_s
            entry.ret = DONE
            pong = {"resAc": "pong", "data": {"params": _echo(document)}}
            channel.suffer(self._strike(channel, entry), msgspec.json.encode(pong))
        elif not channel.token_fits():
            entry.ret = FAILED
            self._sessions.refuse(channel)
        else:
            self._obey(channel, entry, document)

    def say(self, channel: Channel, fault: Fault) -> None:
        """Send a failure for which nothing asked."""
        channel.send(_encoded(FAILED, "", fault.body or _UNREADABLE))

    def _strike(self, channel: Channel, entry: Entry) -> Fault | None:
        return self._exchange.strike(
            "command",
            vendor=VENDOR,
            family=channel.family,
            call=entry.call,
            connection=channel.number,
        )

    def _obey(self, channel: Channel, entry: Entry, document: dict[str, Any]) -> None:
        fault = self._strike(channel, entry)
        if fault is not None and fault.do == "ret":
            entry.ret, said = FAILED, fault.body or _UNREADABLE
        else:
            try:
                self._hold(channel, entry.call, document)
                entry.ret, said = DONE, f"{entry.call} Successfully"
            except _Failure as failure:
                entry.ret, said = FAILED, str(failure)
        channel.suffer(fault, _encoded(entry.ret, entry.call, said))

    def _hold(self, channel: Channel, action: str, document: dict[str, Any]) -> None:
        """Change what is subscribed."""
        if action not in (_SUBSCRIBE, _UNSUBSCRIBE):
            raise _Failure(_UNREADABLE)
        topics = _topics(document)
        listings = self._listings(channel, document)
        if action == _SUBSCRIBE:
            self._subscribe(channel, listings, topics)
        else:
            _unsubscribe(channel, listings, topics)
        self._exchange.changed()

    def _listings(self, channel: Channel, document: dict[str, Any]) -> list[Listing]:
        """Return the listings that a message names; an unknown one refuses all, or is left out."""
        found = [
            self._directory.named(channel.family, symbol) for symbol in _list(document, "params")
        ]
        if None in found and self._exchange.script.rules.unknown_codes == "refuse":
            raise _Failure(MESSAGES[NOT_FOUND])
        return [listing for listing in found if listing is not None]

    def _subscribe(
        self, channel: Channel, listings: list[Listing], topics: tuple[str, ...]
    ) -> None:
        """Add to what is subscribed; each code of a token counts once, wherever it is."""
        exchange = self._exchange
        codes = {
            code
            for other in exchange.connections.values()
            if (other.vendor, other.account) == (VENDOR, channel.account)
            for code in other.topics
        }
        codes.update(listing.code for listing in listings)
        room = exchange.itick_plan.subscription
        if exchange.itick_judge.excess("codes", _SUBSCRIBE, len(codes), room, channel.number):
            raise _Failure(_TOO_MANY)
        for listing in listings:
            held = channel.topics.get(listing.code, ())
            _keep(channel, listing, tuple(dict.fromkeys((*held, *topics))))


def _unsubscribe(channel: Channel, listings: list[Listing], topics: tuple[str, ...]) -> None:
    for listing in listings:
        held = channel.topics.get(listing.code, ())
        _keep(channel, listing, tuple(topic for topic in held if topic not in topics))


def _keep(channel: Channel, listing: Listing, topics: tuple[str, ...]) -> None:
    """Have these topics of a listing subscribed, and no others."""
    code = listing.code
    if topics:
        channel.topics[code] = topics
    else:
        channel.topics.pop(code, None)
    if any(topic != DEPTH for topic in topics):
        channel.trades[code] = None
    else:
        channel.trades.pop(code, None)
    if DEPTH in topics:
        channel.depths[code] = listing.levels
    else:
        channel.depths.pop(code, None)


def _parse(message: bytes) -> dict[str, Any]:
    """Return the object that a message holds, {} where it holds none."""
    try:
        document = msgspec.json.decode(message)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _list(document: dict[str, Any], name: str) -> list[str]:
    """Return a comma list's items; a JSON list of them is as good."""
    value = document.get(name)
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _Failure(_UNREADABLE)
    items = [item.strip() for item in value if item.strip()]
    if not items:
        raise _Failure(_UNREADABLE)
    return items


def _topics(document: dict[str, Any]) -> tuple[str, ...]:
    topics = tuple(dict.fromkeys(item.lower() for item in _list(document, "types")))
    if not TYPES.issuperset(topics):
        raise _Failure(_UNREADABLE)
    return topics


def _echo(document: dict[str, Any]) -> str | int:
    """Return a heartbeat's time as it was sent."""
    value = document.get("params")
    return value if isinstance(value, str | int) else ""


def _encoded(code: int, action: str, msg: str) -> bytes:
    document = {"code": code, "msg": msg}
    if action in (_SUBSCRIBE, _UNSUBSCRIBE):
        document = {"code": code, "resAc": action, "msg": msg}
    return msgspec.json.encode(document)
