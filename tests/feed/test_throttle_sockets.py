"""The gaps that sockets keep: between requests, between connections and after a close."""

import pytest
from fakes import settle
from hypothesis import given, settings
from hypothesis import strategies as st
from throttlemodel import Stage, hold, run, socket_breaches
from throttleplans import BASIC, FREE, plan_of, seconds

from alltick_desk.vendors.base import Plan


class TestSockets:
    @settings(max_examples=80, deadline=None)
    @given(
        moves=st.lists(
            st.tuples(
                seconds,
                st.sampled_from(["request", "request", "heartbeat", "connect", "close"]),
                st.sampled_from(["a", "b", "c"]),
                seconds,
            ),
            max_size=40,
        ),
        plan=st.sampled_from([FREE, BASIC, plan_of(gap=2.0, cross=0.0)]),
    )
    def test_every_gap_is_kept(
        self, moves: list[tuple[float, str, str, float]], plan: Plan
    ) -> None:
        async def scene() -> None:
            stage = Stage(plan)
            throttle, clock = stage.throttle, stage.clock
            done: list[tuple[str, str, float]] = []
            ask = {
                "request": throttle.socket_request,
                "heartbeat": throttle.heartbeat,
                "connect": throttle.connect,
            }

            async def one(what: str, socket: str, travel_s: float) -> None:
                ticket = await ask[what](socket)
                if what != "connect":  # one that has its ticket cannot know of a later close
                    await clock.sleep(travel_s)
                ticket.sent()
                done.append((what, socket, clock.now))

            for pause_s, what, socket, travel_s in moves:
                await clock.advance(pause_s)
                if what == "close":
                    throttle.closed(socket)
                    done.append((what, socket, clock.now))
                else:
                    stage.start(one(what, socket, travel_s))
            await clock.advance(1000)
            assert len(done) == len(moves)
            assert socket_breaches(plan, done) == []

        run(scene)

    def test_first_connects_do_not_wait_for_each_other(self) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            begun_s = stage.clock.monotonic()
            for socket in ("a", "b", "c"):
                (await stage.throttle.connect(socket)).sent()
            assert stage.clock.monotonic() == begun_s

        run(scene)

    def test_a_close_makes_every_connect_wait(self) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            (await stage.throttle.connect("a")).sent()
            await stage.clock.advance(100.0)
            stage.throttle.closed("a")
            tasks = [stage.start(hold(stage.throttle.connect(socket))) for socket in ("a", "b")]
            await stage.clock.advance(9.99)
            assert not any(task.done() for task in tasks)
            await stage.clock.advance(0.02)
            assert all(task.done() for task in tasks)

        run(scene)

    @pytest.mark.parametrize(("closed", "wait_s"), [(True, 6.0), (False, 10.0)])
    def test_a_restart_keeps_the_pause(self, closed: bool, wait_s: float) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            (await stage.throttle.connect("a")).sent()
            if closed:
                stage.throttle.closed("a")
            await stage.clock.advance(4.0)
            stage.throttle = stage.new_throttle()
            tasks = [
                stage.start(hold(stage.throttle.connect("b"))),
                stage.start(hold(stage.throttle.socket_request("b"))),
            ]
            await stage.clock.advance(wait_s - 0.01)
            assert not tasks[0].done()
            assert tasks[1].done()  # three seconds after what the run before may have sent
            await stage.clock.advance(0.02)
            assert tasks[0].done()

        run(scene)

    def test_a_restart_keeps_the_gap_between_sockets(self) -> None:
        async def scene() -> None:
            stage = Stage(BASIC)
            (await stage.throttle.connect("a")).sent()
            stage.throttle = stage.new_throttle()  # after a crash
            task = stage.start(hold(stage.throttle.socket_request("a")))
            await stage.clock.advance(2.99)
            assert not task.done()
            await stage.clock.advance(0.02)
            assert task.done()

        run(scene)

    def test_a_connect_that_never_left_needs_no_pause(self) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            begun_s = stage.clock.monotonic()
            (await stage.throttle.connect("a")).cancel()
            (await stage.throttle.connect("a")).sent()
            assert stage.clock.monotonic() == begun_s

        run(scene)

    def test_a_heartbeat_goes_before_a_waiting_request(self) -> None:
        async def scene() -> None:
            stage = Stage(BASIC)
            order: list[str] = []

            async def one(what: str) -> None:
                ask = stage.throttle.heartbeat if what == "beat" else stage.throttle.socket_request
                (await ask("a")).sent()
                order.append(what)

            for what in ("first", "second", "beat"):
                stage.start(one(what))
                await settle()
            await stage.clock.advance(10)
            assert order == ["first", "beat", "second"]

        run(scene)
