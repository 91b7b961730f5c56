"""A vendor as the reconciler sees it, without sockets: it holds lists and answers requests."""

from collections.abc import Iterable, Mapping, Sequence

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.subscription import Action, Request
from alltick_desk.feed.subscriptions import Subscriptions
from alltick_desk.vendors.base import Ack, Channel, Detail, Refused, Wish


def wishes(
    trades: Iterable[str] = (), depth: Sequence[Wish] = (), candles: Sequence[Wish] = ()
) -> dict[Channel, Sequence[Wish]]:
    return {
        Channel.TRADES: [Wish(code) for code in trades],
        Channel.DEPTH: depth,
        Channel.CANDLES: candles,
    }


def refusal(verdict: Verdict, text: str = "No.") -> VendorError:
    return VendorError(text, vendor="toy", verdict=verdict, call="socket")


class VendorSide:
    """Keeps what each socket streams; refuses whole lists, as the documents say.

    Attributes:
        held: what each channel of each socket streams.
        requests: all that were answered, with their sockets.
        refused: the verdict of every refusal.
    """

    def __init__(
        self, *, size: int, replaces: bool, bad: Mapping[tuple[Channel, str], Verdict] | None = None
    ) -> None:
        self.size = size
        self.replaces = replaces
        self.bad = dict(bad or {})
        self.held: dict[tuple[int, Channel], tuple[Wish, ...]] = {}
        self.requests: list[tuple[int, Request]] = []
        self.refused: list[Verdict] = []

    def drop(self, socket: int) -> None:
        """The connection is gone, and with it what it streamed."""
        for channel in Channel:
            self.held.pop((socket, channel), None)

    def answer(self, socket: int, seq: int, request: Request) -> Ack | Refused:
        self.requests.append((socket, request))
        key = (socket, request.channel)
        held = self.held.get(key, ())
        if request.action is Action.CANCEL:
            kept = () if self.replaces else tuple(it for it in held if it not in request.wishes)
            self.held[key] = kept
            return Ack(seq, None)
        for code in request.codes:
            verdict = self.bad.get((request.channel, code))
            if verdict is not None:
                return self._refuse(seq, request, verdict)
        after = request.wishes if self.replaces else tuple(dict.fromkeys((*held, *request.wishes)))
        if len(after) > self.size:
            return self._refuse(seq, request, Verdict.OVER_PLAN)
        self.held[key] = after
        codes = [wish.code for wish in after]
        assert len(set(codes)) == len(codes), "a code streams in two ways at once"
        return Ack(seq, request.channel)

    def streams(self, channel: Channel) -> dict[str, Detail]:
        """All codes of a channel over all sockets."""
        return {
            wish.code: wish.detail
            for (_, at), held in self.held.items()
            if at is channel
            for wish in held
        }

    def codes(self) -> set[str]:
        """All codes over all sockets and channels."""
        return {wish.code for held in self.held.values() for wish in held}

    def _refuse(self, seq: int, request: Request, verdict: Verdict) -> Refused:
        self.refused.append(verdict)
        return Refused(seq, request.channel, refusal(verdict))


class Dialogue:
    """Subscriptions and a vendor talking, with time that passes only here."""

    def __init__(self, subscriptions: Subscriptions, vendor: VendorSide) -> None:
        self.subscriptions = subscriptions
        self.vendor = vendor
        self.opened: set[int] = set()
        self.now_s = 1000.0
        self.seq = 0

    def request(self, socket: int) -> Request | None:
        return self.subscriptions.next_request(socket, self.now_s)

    def send(self, socket: int, request: Request) -> int:
        self.seq += 1
        self.subscriptions.sent(socket, self.seq, request, self.now_s)
        return self.seq

    def step(self, socket: int) -> bool:
        """Send one request and have it answered; False where there is none to send."""
        request = self.request(socket)
        if request is None:
            return False
        seq = self.send(socket, request)
        event = self.vendor.answer(socket, seq, request)
        assert self.subscriptions.settle(socket, event, self.now_s)
        return True

    def drop(self, socket: int) -> None:
        """The connection is gone."""
        self.vendor.drop(socket)
        self.subscriptions.reset(socket)

    def close_some(self) -> bool:
        """Close what the pool and the conversation close: what is not needed, or is stuck."""
        needed = self.subscriptions.sockets(self.now_s)
        self.opened.update(needed)
        closed = [
            socket
            for socket in self.opened
            if socket not in needed or self.subscriptions.stuck(socket)
        ]
        for socket in closed:
            self.drop(socket)
        self.opened.intersection_update(needed)
        return bool(closed)

    def live_through(self, what: str, socket: int) -> None:
        """Let one thing happen on a socket, for good or ill."""
        self.close_some()
        if what == "wait":
            self.now_s += float(socket)
            return
        if what == "drop":
            self.drop(socket)
            return
        if what == "rest":
            self.run()
            return
        request = self.request(socket)
        if request is None:
            return
        seq = self.send(socket, request)
        if what == "trouble":
            refused = Refused(seq, request.channel, refusal(Verdict.SERVER))
            self.subscriptions.settle(socket, refused, self.now_s)
            return
        event = self.vendor.answer(socket, seq, request) if what != "request lost" else None
        if what == "answer" and event is not None:
            self.subscriptions.settle(socket, event, self.now_s)
        else:
            self.subscriptions.ack_lost(socket, self.now_s)

    def turn(self) -> bool:
        """Let every socket say one thing; return whether anything has happened."""
        closed = self.close_some()
        spoke = [self.step(socket) for socket in self.subscriptions.sockets(self.now_s)]
        return closed or any(spoke)

    def due_s(self) -> float | None:
        """When there may be something to say without news."""
        sockets = self.subscriptions.sockets(self.now_s)
        times = [self.subscriptions.due_s(socket, self.now_s) for socket in (None, *sockets)]
        return min((time for time in times if time is not None), default=None)

    def run(self, *, patience_s: float = 3000.0, most: int = 3000) -> None:
        """Talk until there is nothing left to say, waiting at most ``patience_s`` at a time."""
        for _ in range(most):
            if self.turn():
                self.now_s += 1.0
                continue
            due_s = self.due_s()
            if due_s is None or due_s - self.now_s > patience_s:
                return
            self.now_s = due_s
        raise AssertionError("the dialogue does not come to an end")
