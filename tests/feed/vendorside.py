"""A vendor as the reconciler sees it, without sockets: it holds lists and answers requests."""

from collections.abc import Mapping

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.subscription import Action, Request
from alltick_desk.feed.subscriptions import Subscriptions
from alltick_desk.vendors.base import Ack, Channel, Refused


def refusal(verdict: Verdict, text: str = "No.") -> VendorError:
    return VendorError(text, vendor="toy", verdict=verdict, call="socket")


class VendorSide:
    """Keeps what each socket streams; refuses whole lists, as the documents say."""

    def __init__(
        self, *, size: int, replaces: bool, bad: Mapping[tuple[Channel, str], Verdict] | None = None
    ) -> None:
        self.size = size
        self.replaces = replaces
        self.bad = dict(bad or {})
        self.held: dict[tuple[int, Channel], dict[str, int]] = {}
        self.requests: list[tuple[int, Request]] = []

    def drop(self, socket: int) -> None:
        """The connection is gone, and with it what it streamed."""
        for channel in Channel:
            self.held.pop((socket, channel), None)

    def answer(self, socket: int, seq: int, request: Request) -> Ack | Refused:
        self.requests.append((socket, request))
        key = (socket, request.channel)
        held = self.held.get(key, {})
        if request.action is Action.CANCEL:
            kept = {} if self.replaces else {it: held[it] for it in held if it not in request.codes}
            self.held[key] = kept
            return Ack(seq, None)
        for code in request.codes:
            verdict = self.bad.get((request.channel, code))
            if verdict is not None:
                return Refused(seq, request.channel, refusal(verdict))
        asked = {wish.code: wish.level for wish in request.wishes}
        after = asked if self.replaces else {**held, **asked}
        if len(after) > self.size:
            return Refused(seq, request.channel, refusal(Verdict.OVER_PLAN))
        self.held[key] = after
        return Ack(seq, request.channel)

    def streams(self, channel: Channel) -> dict[str, int]:
        """All codes of a channel over all sockets."""
        return {
            code: level
            for (_, at), held in self.held.items()
            if at is channel
            for code, level in held.items()
        }


class Dialogue:
    """Subscriptions and a vendor talking, with time that passes only here."""

    def __init__(self, subscriptions: Subscriptions, vendor: VendorSide) -> None:
        self.subscriptions = subscriptions
        self.vendor = vendor
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

    def close_unneeded(self) -> None:
        """What the pool does with sockets that are no longer needed."""
        needed = self.subscriptions.sockets(self.now_s)
        for socket in {socket for socket, _ in self.vendor.held} - set(needed):
            self.vendor.drop(socket)
            self.subscriptions.reset(socket)

    def run(self, *, patience_s: float = 3000.0, most: int = 3000) -> None:
        """Talk until there is nothing left to say, waiting at most ``patience_s`` at a time."""
        for _ in range(most):
            self.close_unneeded()
            sockets = self.subscriptions.sockets(self.now_s)
            spoke = [self.step(socket) for socket in sockets]
            if any(spoke):
                self.now_s += 1.0
                continue
            times = [self.subscriptions.due_s(socket, self.now_s) for socket in (None, *sockets)]
            due_s = min((time for time in times if time is not None), default=None)
            if due_s is None or due_s - self.now_s > patience_s:
                return
            self.now_s = due_s
        raise AssertionError("the dialogue does not come to an end")
