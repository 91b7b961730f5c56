"""The sockets of one family: as many as the codes need, each kept alive, none without a code."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import msgspec

from alltick_desk.errors import VendorError
from alltick_desk.feed.bell import Bell
from alltick_desk.feed.session import Session
from alltick_desk.feed.subscriptions import Standing, Subscriptions
from alltick_desk.feed.wiring import SocketHealth, SocketState, Wiring
from alltick_desk.model.words import Sentence, joined
from alltick_desk.vendors.base import Channel, Plan, Wish

# The best that one of several sockets can say is what the family says.
_BEST_FIRST = (
    SocketState.LIVE,
    SocketState.SILENT,
    SocketState.CONNECTING,
    SocketState.WAITING,
    SocketState.REFUSED,
    SocketState.CLOSED,
)


class PoolHealth(msgspec.Struct, frozen=True):
    """A family at one moment; times are monotonic seconds, None where there are none.

    The counters are of the whole run, sockets that are gone included.
    """

    name: str  # e.g. "alltick/stock"
    state: SocketState
    sentence: str
    last_message_s: float | None
    next_try_s: float | None
    messages: int
    decode_errors: int
    reconnects: int
    subscribed: int  # codes that the vendor acknowledged
    sockets: tuple[SocketHealth, ...]  # those in use
    token_refused: bool = False  # the vendor refuses calls with the token that streams here


def closed_pool(name: str, sentence: str) -> PoolHealth:
    """Return the health of a family that nobody connects, and why."""
    return PoolHealth(
        name=name,
        state=SocketState.CLOSED,
        sentence=sentence,
        last_message_s=None,
        next_try_s=None,
        messages=0,
        decode_errors=0,
        reconnects=0,
        subscribed=0,
        sockets=(),
    )


class Pool:
    """Streams one family of one vendor."""

    def __init__(self, family: str, plan: Plan, wiring: Wiring) -> None:
        self.name = f"{wiring.codec.vendor}/{family}"
        self._family = family
        self._plan = plan
        self._on_change = wiring.on_change
        # What a socket is told may mean that it is not needed any more, or another one is.
        self._wiring = replace(wiring, on_change=self._changed)
        self._clock = wiring.clock
        self._subscriptions = Subscriptions(
            codes=plan.codes_per_subscription,
            connections=plan.connections,
            replaces=wiring.codec.capabilities.replaces_subscription,
            seats=wiring.seats,
            listed=wiring.listed,
        )
        self._sessions: dict[int, Session] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._news = Bell(wiring.clock)
        self._freed = wiring.seats.freed.connect(self._look_again)

    def want(
        self,
        wishes: Mapping[Channel, Sequence[Wish]],
        *,
        opened: str | None = None,
        connections: int | None = None,
    ) -> None:
        """Stream these codes, the most important first, and no others.

        ``opened`` is the code in chart and book: its socket's requests go before others'.
        ``connections`` is this family's share where all families share the plan's.
        """
        if self._subscriptions.want(wishes, opened=opened, connections=connections):
            self._edited()

    def configure(self, plan: Plan) -> None:
        """Live by another plan from now on; open sockets that it allows stay open."""
        self._plan = plan
        for session in self._sessions.values():
            session.pause_s = plan.reconnect_pause_s
        self._subscriptions.configure(
            codes=plan.codes_per_subscription, connections=plan.connections
        )
        self._edited()

    def reconnect(self) -> None:
        """Have every socket that waits or is refused try at once; those that live are left alone.

        The plan's pause is kept all the same.
        """
        self._subscriptions.resume()
        self._look_again()  # a live one may have a list that rests
        for number in self._tasks:
            self._sessions[number].retry()
        self._news.ring()

    def answered(self, codes: Iterable[str]) -> None:
        """Note that a call was answered for ``codes``: they exist."""
        self._subscriptions.answered(codes)

    def unknown(self, code: str, error: VendorError) -> None:
        """Note that a call was refused, since a ``code`` does not exist."""
        if self._subscriptions.unknown(code, error, self._clock.monotonic()):
            self._edited()

    def refused(self, channel: Channel, code: str) -> bool:
        """Whether the vendor has refused a code on a channel for good."""
        return self._subscriptions.refused(channel, code)

    @property
    def verdicts(self) -> int:
        """Grows with every change of what ``refused`` tells."""
        return self._subscriptions.verdicts

    def coverage(self, code: str, channel: Channel | None = None) -> Standing:
        """Return where the subscription of a code stands."""
        return self._subscriptions.coverage(code, channel)

    def socket(self, number: int | None) -> SocketHealth | None:
        """Return the socket of that number; the best of those in use where there is none."""
        session = None if number is None else self._sessions.get(number)
        if session is None:
            used = (self._sessions[it] for it in self._tasks)
            session = min(used, key=lambda it: _BEST_FIRST.index(it.state), default=None)
        return None if session is None else session.health()

    def health(self, *, instead: str = "") -> PoolHealth:
        """Return a snapshot for the status bar and the metrics.

        ``instead`` is why nothing of this family streams, where that is not for want of codes.
        """
        every = [session.health() for session in self._sessions.values()]
        used = tuple(self._sessions[number].health() for number in sorted(self._tasks))
        best = self._best()
        tries = [it.next_try_s for it in used if it.next_try_s is not None]
        heard = [it.last_message_s for it in every if it.last_message_s is not None]
        return PoolHealth(
            name=self.name,
            state=best,
            sentence=_sentence(best, used) if used else instead or self._why_none(),
            last_message_s=max(heard, default=None),
            next_try_s=min(tries, default=None),
            messages=sum(it.messages for it in every),
            decode_errors=sum(it.decode_errors for it in every),
            reconnects=sum(it.reconnects for it in every),
            subscribed=self._subscriptions.acknowledged(),
            sockets=used,
        )

    async def run(self) -> None:
        """Keep as many sockets as are needed, until cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                while True:
                    now_s = self._clock.monotonic()
                    self._match(group, self._subscriptions.sockets(now_s))
                    due_s = self._subscriptions.due_s(None, now_s)
                    await self._news.wait(None if due_s is None else due_s - now_s)
        finally:
            self._tasks.clear()

    def _match(self, group: asyncio.TaskGroup, numbers: Sequence[int]) -> None:
        for number, task in self._tasks.items():
            # Once only: a second time would cut short the close that the first one began.
            if number not in numbers and not task.cancelling():
                task.cancel()
        for number in numbers:
            if number not in self._tasks:  # one that is still closing comes back when it is gone
                session = self._session(number)
                task = group.create_task(session.run(), name=session.name)
                self._tasks[number] = task
                task.add_done_callback(partial(self._gone, number))

    def _session(self, number: int) -> Session:
        session = self._sessions.get(number)
        if session is None:
            session = self._sessions[number] = Session(
                self._family,
                number,
                self._wiring,
                self._subscriptions,
                pause_s=self._plan.reconnect_pause_s,
                turned_away=self._turned_away,
                ousted=self._ousted,
            )
        return session

    def _gone(self, number: int, _task: asyncio.Task[None]) -> None:
        self._tasks.pop(number, None)
        self._news.ring()

    def _turned_away(self, number: int) -> None:
        """Do without a further connection that the vendor does not want, while another lives."""
        others = (self._sessions[it].state for it in self._tasks if it != number)
        if any(state in {SocketState.LIVE, SocketState.SILENT} for state in others):
            self._subscriptions.bar(number, self._clock.monotonic())
            self._edited()

    def _ousted(self, number: int, since_s: float) -> bool:
        """Do without a socket that came up just before ``number`` ended: it took its place."""
        for other in self._tasks:
            opened_s = self._sessions[other].health().opened_s
            if other != number and opened_s is not None and opened_s >= since_s:
                self._subscriptions.bar(other, self._clock.monotonic())
                self._edited()
                return True
        return False

    def _edited(self) -> None:
        self._look_again()
        self._changed()

    def _changed(self) -> None:
        self._news.ring()
        self._on_change()

    def _look_again(self) -> None:
        for session in self._sessions.values():
            session.edited()

    def _why_none(self) -> Sentence:
        if self._subscriptions.shut_out:
            return Sentence(
                "Feed", "The vendor refuses every code of this family; the rows say why."
            )
        return Sentence("Feed", "Nothing of this family is watched.")

    def _best(self) -> SocketState:
        states = {self._sessions[number].state for number in self._tasks}
        return next((state for state in _BEST_FIRST if state in states), SocketState.CLOSED)


def _sentence(best: SocketState, sockets: Sequence[SocketHealth]) -> str:
    alike = [it for it in sockets if it.state is best]
    if best is SocketState.LIVE and len(alike) < len(sockets):
        worse = next(it for it in sockets if it.state is not best)
        words = Sentence("Feed", "{live} of {all} connections are live.")
        return joined(words.format(live=len(alike), all=len(sockets)), worse.reason)
    return alike[0].reason
