"""A pool that shrinks: each socket that is not needed any more closes in peace."""

import asyncio

import pytest
from test_pool import Scene, play
from tinyserver import eventually

from alltick_desk.feed.connection import Connection


def test_what_happens_meanwhile_cuts_no_close_short(monkeypatch: pytest.MonkeyPatch) -> None:
    leave = Connection.leave
    began: list[Connection] = []
    left: list[Connection] = []

    async def slow(connection: Connection) -> None:
        began.append(connection)
        await asyncio.sleep(0.3)  # as over a real network
        await leave(connection)
        left.append(connection)

    monkeypatch.setattr(Connection, "leave", slow)

    async def act(scene: Scene) -> None:
        scene.want("A.HK", "B.HK", "C.HK", "D.HK", "E.HK", "F.HK")
        await scene.acknowledged("A.HK", "B.HK", "C.HK", "D.HK", "E.HK", "F.HK")
        scene.want("A.HK", "N.HK")
        await scene.acknowledged("A.HK", "N.HK")  # while the others close
        await eventually(lambda: len(left) == 2)
        assert len(began) == 2

    play(act)
