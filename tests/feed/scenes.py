"""A session at work, for the tests of what it does."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from tinyserver import Desk, TinyAllTick, eventually, running, tiny_alltick
from vendorside import wishes

from alltick_desk.feed.session import Session, SocketState
from alltick_desk.feed.subscriptions import Coverage, Subscriptions
from alltick_desk.vendors.alltick import CODEC
from alltick_desk.vendors.base import Codec, Wish


class Scene:
    """A session, what it works for, and the server it talks to."""

    def __init__(
        self, tiny: TinyAllTick, *, size: int = 100, pause_s: float = 3.0, codec: Codec = CODEC
    ) -> None:
        self.tiny = tiny
        self.desk = Desk(tiny, codec)
        replaces = codec.capabilities.replaces_subscription
        self.subscriptions = Subscriptions(codes=size, connections=3, replaces=replaces)
        self.turned_away: list[int] = []
        self.session = Session(
            "stock",
            1,
            self.desk.wiring,
            self.subscriptions,
            pause_s=pause_s,
            turned_away=self.turned_away.append,
            ousted=lambda _number, _since_s: False,
        )

    async def run(self) -> None:
        await self.session.run()

    def want(self, *codes: str, depth: tuple[Wish, ...] = ()) -> None:
        self.subscriptions.want(wishes(codes, depth))
        self.session.edited()

    def coverage(self, code: str) -> Coverage:
        return self.subscriptions.coverage(code).coverage

    async def state(self, state: SocketState) -> None:
        await eventually(lambda: self.session.state is state)

    async def acknowledged(self, code: str) -> None:
        await eventually(lambda: self.coverage(code) is Coverage.ACKNOWLEDGED)


class Runs(Protocol):
    """What works at a server until it is cancelled."""

    async def run(self) -> None: ...


S = TypeVar("S", bound=Runs)


def play_with(make: Callable[[TinyAllTick], S], act: Callable[[S], Awaitable[None]]) -> S:
    """Run ``act`` beside what ``make`` makes at a server; no socket may be left open after it."""

    async def main() -> S:
        async with tiny_alltick() as tiny:
            scene = make(tiny)
            async with running(scene.run):
                await act(scene)
            await eventually(lambda: not tiny.live)
        return scene

    return asyncio.run(main())


def play(act: Callable[[Scene], Awaitable[None]], **options: Any) -> Scene:
    """Run ``act`` beside a session and a server."""
    scene = play_with(lambda tiny: Scene(tiny, **options), act)
    assert scene.session.state is SocketState.CLOSED
    return scene
