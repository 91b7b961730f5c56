import asyncio
import json
import logging
from itertools import pairwise

import pytest
from scenes import Scene, play
from tinyserver import TOKEN, book, eventually, running, tiny_alltick, trade
from websockets.asyncio.server import ServerConnection

from alltick_desk.errors import SettingsError, Verdict
from alltick_desk.feed.session import SocketState
from alltick_desk.feed.subscriptions import Coverage
from alltick_desk.vendors.base import Address, Wish

HEARTBEAT, DEPTH, TRADES, CANCEL = 22000, 22002, 22004, 22006


def test_it_connects_subscribes_and_passes_every_tick_on() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK", "B.HK", depth=(Wish("A.HK", 10),))
        await eventually(lambda: scene.tiny.of(DEPTH) and scene.tiny.of(TRADES))
        assert scene.session.state is SocketState.LIVE
        await scene.tiny.push("A.HK", "612.500")
        await scene.tiny.live[1].send(book("A.HK"))
        await eventually(lambda: scene.desk.sink.trades and scene.desk.sink.depths)

    scene = play(act)
    (tick, now_s), (depth, _) = scene.desk.sink.trades[0], scene.desk.sink.depths[0]
    assert (tick.code, tick.price) == ("A.HK", "612.500")
    assert 0 < now_s <= scene.desk.clock.monotonic()
    assert depth.sides().bids[0].price == "9.12"
    assert scene.tiny.lists(TRADES) == [["A.HK", "B.HK"]]
    assert scene.tiny.of(DEPTH) == [{"symbol_list": [{"code": "A.HK", "depth_level": 10}]}]
    assert scene.session.health().reconnects == 0
    assert not scene.desk.reports


def test_ticks_that_come_with_the_handshake_are_not_lost() -> None:
    async def act(scene: Scene) -> None:
        await eventually(lambda: len(scene.desk.sink.trades) == 50)

    async def greet(connection: ServerConnection) -> None:
        for _ in range(50):
            await connection.send(trade("A.HK"))

    async def main() -> None:
        async with tiny_alltick() as tiny:
            tiny.greet = greet
            scene = Scene(tiny)
            async with running(scene.session.run):
                await act(scene)

    asyncio.run(main())


def test_edits_close_together_are_one_request_and_every_request_has_a_ticket() -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        for last in range(1, 9):
            scene.want(*[f"{n}.HK" for n in range(last)])
            await asyncio.sleep(0)
        await scene.acknowledged("7.HK")
        scene.want("X.HK")
        await scene.acknowledged("X.HK")

    scene = play(act)
    assert scene.tiny.lists(TRADES) == [[f"{n}.HK" for n in range(8)], ["X.HK"]]
    assert len(scene.desk.throttle.times("request")) == 2


def test_a_request_is_made_of_the_newest_wishes_after_a_long_wait() -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        scene.desk.throttle.gate.clear()
        scene.want("A.HK")
        await scene.desk.clock.sleep(2)
        scene.want("B.HK")
        scene.desk.throttle.gate.set()
        await scene.acknowledged("B.HK")
        scene.desk.throttle.gate.clear()
        scene.want("B.HK", "C.HK")
        await scene.desk.clock.sleep(2)
        scene.want("B.HK")  # as it was: nothing is to be said any more
        scene.desk.throttle.gate.set()
        await eventually(lambda: scene.desk.throttle.times("cancelled request"))

    assert play(act).tiny.lists(TRADES) == [["B.HK"]]


def test_an_emptied_list_is_cancelled() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK")
        await scene.acknowledged("A.HK")
        scene.want(depth=(Wish("A.HK", 1),))
        await eventually(lambda: scene.tiny.of(CANCEL))

    assert play(act).tiny.of(CANCEL) == [{"cancel_type": 2}]


def test_a_lost_socket_comes_back_after_the_pause_with_its_subscriptions() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK", "B.HK")
        await scene.acknowledged("A.HK")
        await scene.tiny.live[1].close(1011, f"reason with {TOKEN}")
        await scene.state(SocketState.WAITING)
        health = scene.session.health()
        assert health.reason == "The vendor closed the connection with code 1011."
        assert health.next_try_s is not None
        assert scene.coverage("A.HK") is Coverage.WANTED
        scene.want("B.HK", "C.HK")
        await scene.acknowledged("C.HK")

    scene = play(act, pause_s=10.0)
    assert scene.tiny.lists(TRADES) == [["A.HK", "B.HK"], ["B.HK", "C.HK"]]
    assert scene.session.health().reconnects == 1
    lost_s = scene.desk.throttle.times("closed")[0]
    assert scene.desk.throttle.times("connect")[1] - lost_s >= 10.0


def test_pauses_grow_while_nothing_is_there_and_are_capped() -> None:
    async def main() -> None:
        async with tiny_alltick() as tiny:
            scene = Scene(tiny, pause_s=0.5)
            scene.desk.url = "ws://127.0.0.1:9/nobody-here"
            async with running(scene.session.run):
                await eventually(lambda: len(scene.desk.throttle.times("connect")) >= 6)
                health = scene.session.health()
            assert health.state in {SocketState.WAITING, SocketState.CONNECTING}
            times = scene.desk.throttle.times("connect")
            gaps = [after - before for before, after in pairwise(times)]
            for gap, span in zip(gaps, (1, 2, 4, 8, 16), strict=False):
                assert gap >= max(0.5, span / 2)
            assert not scene.desk.reports

    asyncio.run(main())


def test_an_unreachable_server_is_a_sentence() -> None:
    async def main() -> None:
        async with tiny_alltick() as tiny:
            scene = Scene(tiny)
            scene.desk.url = "ws://127.0.0.1:9/nobody-here"
            async with running(scene.session.run):
                await scene.state(SocketState.WAITING)
                reason = scene.session.health().reason
            assert reason == "127.0.0.1 could not be reached: Connection refused."

    asyncio.run(main())


def test_a_heartbeat_keeps_a_quiet_socket_alive() -> None:
    async def act(scene: Scene) -> None:
        await eventually(lambda: len(scene.tiny.of(HEARTBEAT)) >= 5)
        assert scene.session.state is SocketState.LIVE

    scene = play(act)
    assert scene.tiny.opened == 1
    beats = scene.desk.throttle.times("heartbeat")
    assert all(after - before >= 10.0 for before, after in pairwise(beats))


def test_a_silent_socket_is_ended_and_replaced() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK")
        await scene.acknowledged("A.HK")
        scene.tiny.mute = {HEARTBEAT}
        await scene.state(SocketState.SILENT)
        assert scene.session.health().reason == "The vendor does not answer the heartbeat."
        await scene.state(SocketState.WAITING)
        assert "silent" in scene.session.health().reason
        scene.tiny.mute = set()
        await scene.state(SocketState.LIVE)
        await scene.acknowledged("A.HK")

    scene = play(act)
    assert scene.session.health().reconnects == 1
    assert len(scene.tiny.lists(TRADES)) == 2


def test_any_message_counts_as_life() -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.mute = {HEARTBEAT}
        await scene.state(SocketState.SILENT)
        await scene.tiny.push("A.HK")
        await scene.state(SocketState.LIVE)
        while len(scene.tiny.of(HEARTBEAT)) < 12:
            await scene.tiny.push("A.HK")
            await scene.desk.clock.sleep(2)

    assert play(act).tiny.opened == 1


def test_606_closes_slows_down_and_comes_back() -> None:
    async def act(scene: Scene) -> None:
        answers = iter([606])
        scene.tiny.refuse = lambda _command, _codes: next(answers, None)
        scene.want("A.HK")
        await scene.state(SocketState.WAITING)
        assert "too many requests" in scene.session.health().reason
        assert scene.coverage("A.HK") is Coverage.WANTED
        await scene.acknowledged("A.HK")

    scene = play(act)
    assert scene.desk.throttle.punished == [("socket", Verdict.RATE_CLOSED)]
    assert scene.tiny.opened == 2


def test_a_refused_token_stops_until_told_to_try_again() -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        scene.desk.token = "wrong"
        await scene.tiny.live[1].close(1011)
        await scene.state(SocketState.REFUSED)
        assert "token" in scene.session.health().reason
        assert scene.session.health().next_try_s is None
        tried = scene.tiny.refused
        await scene.desk.clock.sleep(60)
        assert scene.tiny.refused == tried
        scene.desk.token = TOKEN
        scene.session.retry()
        await scene.state(SocketState.LIVE)

    play(act)


def test_a_token_refused_on_the_open_socket_stops_too() -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.refuse = lambda _command, _codes: 401
        scene.want("A.HK")
        await scene.state(SocketState.REFUSED)
        await scene.desk.clock.sleep(60)

    assert play(act).tiny.opened == 1


def test_without_a_token_it_waits_for_one() -> None:
    async def main() -> None:
        async with tiny_alltick() as tiny:
            scene = Scene(tiny)
            scene.desk.token = None
            async with running(scene.session.run):
                await eventually(lambda: scene.session.health().reason)
                assert scene.session.health().reason == "There is no token yet."
                assert scene.session.state is SocketState.CLOSED
                scene.desk.token = TOKEN
                scene.session.retry()
                await scene.state(SocketState.LIVE)

    asyncio.run(main())


def test_an_endpoint_that_cannot_be_used_is_refused_with_its_sentence() -> None:
    async def main() -> None:
        async with tiny_alltick() as tiny:
            scene = Scene(tiny)

            def address(family: str) -> Address:
                raise SettingsError("Plain http goes to this machine only.")

            object.__setattr__(scene.desk.wiring, "address", address)
            async with running(scene.session.run):
                await scene.state(SocketState.REFUSED)
                assert scene.session.health().reason == "Plain http goes to this machine only."

    asyncio.run(main())


def test_told_while_it_waits_for_leave_it_connects_once_and_with_the_newest_token() -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        scene.desk.throttle.gate.clear()
        await scene.tiny.live[1].close()
        await scene.state(SocketState.WAITING)
        await scene.desk.clock.sleep(10)  # now it waits for the throttler
        scene.tiny.token = scene.desk.token = "another"
        scene.session.retry()
        await scene.desk.clock.sleep(5)
        scene.desk.throttle.gate.set()
        await scene.state(SocketState.LIVE)
        await scene.desk.clock.sleep(20)

    scene = play(act)
    assert (scene.tiny.opened, scene.tiny.refused) == (2, 0)


def test_it_says_that_it_waits_for_another_connection_to_close() -> None:
    async def act(scene: Scene) -> None:
        doors = scene.desk.wiring.doors
        doors.configure(0)
        await eventually(lambda: scene.session.health().reason)
        assert scene.session.state is SocketState.CONNECTING
        assert scene.session.health().reason == "Another connection has to be closed first."
        assert not scene.desk.throttle.times("connect")
        scene.desk.throttle.gate.clear()  # the plan's pause
        doors.configure(1)
        await eventually(lambda: not scene.session.health().reason)  # it is closed by now
        assert scene.session.state is SocketState.CONNECTING
        scene.desk.throttle.gate.set()
        await scene.state(SocketState.LIVE)

    play(act)


def test_a_further_connection_that_is_refused_asks_what_to_do_and_knocks_slowly() -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.connections_allowed = 0
        await scene.tiny.live[1].close()
        await scene.state(SocketState.REFUSED)
        health = scene.session.health()
        assert health.next_try_s is not None
        assert health.next_try_s - scene.desk.clock.monotonic() > 20
        assert scene.turned_away == [1]

    async def first(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        await act(scene)

    play(first)


def test_one_that_is_dropped_at_once_again_and_again_counts_as_refused() -> None:
    async def main() -> None:
        async with tiny_alltick() as tiny:
            tiny.greet = lambda connection: connection.close(1000)
            scene = Scene(tiny)
            async with running(scene.session.run):
                await eventually(lambda: scene.turned_away)
            assert tiny.opened == 3

    asyncio.run(main())


def test_a_lost_acknowledgement_sends_the_list_again() -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.mute = {TRADES}
        scene.want("A.HK")
        await eventually(lambda: len(scene.tiny.of(TRADES)) == 1)
        scene.tiny.mute = set()
        await scene.acknowledged("A.HK")

    assert play(act).tiny.lists(TRADES) == [["A.HK"], ["A.HK"]]


def test_data_stands_in_for_an_acknowledgement_of_its_channel_only() -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.mute = {TRADES}
        scene.want("A.HK")
        await eventually(lambda: scene.tiny.of(TRADES))
        await scene.tiny.push("Z.HK")
        await scene.tiny.live[1].send(book("A.HK"))
        await eventually(lambda: scene.desk.sink.depths)
        assert scene.coverage("A.HK") is Coverage.SENT
        await scene.tiny.push("A.HK")
        await scene.acknowledged("A.HK")
        await scene.desk.clock.sleep(20)
        assert scene.coverage("A.HK") is Coverage.ACKNOWLEDGED

    assert len(play(act).tiny.of(TRADES)) == 1


def test_an_unknown_code_is_marked_and_the_others_stream() -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.refuse = lambda _command, codes: 600 if "BAD.HK" in codes else None
        scene.want("A.HK", "B.HK", "BAD.HK", "C.HK")
        await eventually(lambda: scene.coverage("BAD.HK") is Coverage.UNKNOWN_CODE)
        for code in ("A.HK", "B.HK", "C.HK"):
            await scene.acknowledged(code)

    play(act)


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
