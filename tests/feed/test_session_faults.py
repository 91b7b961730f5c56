"""Garbage, bugs and secrets: a session lives on and tells no token."""

import json
import logging

import pytest
from scenes import Scene, play
from tinyserver import TOKEN, eventually, trade

from alltick_desk.feed.session import SocketState


def test_garbage_is_counted_and_the_socket_lives_on(caplog: pytest.LogCaptureFixture) -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        server = scene.tiny.live[1]
        for _ in range(3):
            await server.send(f"not json {TOKEN}")
        await server.send(b"\xff\x00 binary")
        await server.send(b"\xff\xfe", text=True)
        await server.send(json.dumps({"cmd_id": 31337, "data": {}}))
        await server.send([trade("A.HK")[:20], trade("A.HK")[20:]])  # in fragments
        await server.send(trade("B.HK").encode())  # binary, yet well-formed
        await eventually(lambda: len(scene.desk.sink.trades) == 2)

    caplog.set_level(logging.DEBUG)
    scene = play(act)
    assert {tick.code for tick, _ in scene.desk.sink.trades} == {"A.HK", "B.HK"}
    assert scene.session.health().decode_errors == 5
    assert scene.session.health().messages == 8
    assert scene.tiny.opened == 1
    assert not scene.desk.reports
    assert TOKEN not in caplog.text
    assert caplog.text.count("not understood") == 3


def test_a_message_beyond_all_bounds_ends_the_connection_only() -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        await scene.tiny.live[1].send("x" * 5_000_000)
        await eventually(lambda: scene.tiny.opened == 2)
        await scene.state(SocketState.LIVE)

    assert not play(act).desk.reports


def test_a_fault_in_the_sink_is_reported_a_few_times_and_costs_no_socket() -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        scene.desk.sink.fault = RuntimeError("a bug")
        for _ in range(10):
            await scene.tiny.push("A.HK")
        await eventually(lambda: len(scene.desk.sink.trades) == 10)

    scene = play(act)
    assert scene.desk.reports == [scene.desk.sink.fault] * 3
    assert scene.tiny.opened == 1


def test_a_bug_of_ours_is_reported_and_the_socket_comes_back() -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        broken = RuntimeError("a bug")
        right = scene.subscriptions.next_request

        def wrong(socket: int, now_s: float) -> None:
            scene.subscriptions.next_request = right  # type: ignore[method-assign]
            raise broken

        scene.subscriptions.next_request = wrong  # type: ignore[method-assign, assignment]
        scene.want("A.HK")
        await eventually(lambda: scene.desk.reports == [broken])
        await scene.acknowledged("A.HK")

    play(act)


def test_the_token_is_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    reasons: list[str] = []

    async def act(scene: Scene) -> None:
        scene.want("A.HK")
        await scene.acknowledged("A.HK")
        await scene.tiny.live[1].close(1011, TOKEN)
        await scene.state(SocketState.WAITING)
        reasons.append(scene.session.health().reason)
        scene.tiny.token = "another"
        await scene.state(SocketState.REFUSED)
        reasons.append(scene.session.health().reason)

    scene = play(act)
    assert len(reasons) == 2
    said = [caplog.text, *reasons, repr(scene.session.health()), *map(repr, scene.desk.reports)]
    said += [str(vars(record)) for record in caplog.records]
    assert "alltick/stock#1" in caplog.text
    assert not [text for text in said if TOKEN in text]
