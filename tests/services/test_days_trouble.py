"""The day's frame where it is refused, or cannot be had: what it costs, and whom."""

import asyncio
from collections.abc import Sequence

import pytest
from daysdesk import KEY, LANE, Vendor, start
from fakes import FakeClock

from alltick_desk.errors import ProtocolError, StoreError, VendorError, Verdict
from alltick_desk.feed.lanes import Lane
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.days import AGAIN_S, DailyBars
from alltick_desk.services.quotes import QuoteBoard
from alltick_desk.services.refusals import REFUSED_S


def test_a_failure_is_tried_again_later_and_loses_nothing() -> None:
    async def run() -> None:
        vendor, board, clock = Vendor(failures=1), QuoteBoard(), FakeClock()
        service, shown = start(vendor, board, clock)
        task = asyncio.get_running_loop().create_task(service.run())
        service.want([KEY])
        await clock.advance(4.0)
        assert (len(vendor.asked), shown) == (1, [])
        await clock.advance(2.0)
        assert (len(vendor.asked), shown) == (2, ["700.HK"])
        task.cancel()

    asyncio.run(run())


def test_without_a_token_nothing_is_asked_again() -> None:
    async def run() -> None:
        vendor, board, clock = Vendor(failures=9, verdict=Verdict.TOKEN), QuoteBoard(), FakeClock()
        service, _ = start(vendor, board, clock)
        task = asyncio.get_running_loop().create_task(service.run())
        service.want([KEY])
        await clock.advance(1000.0)
        assert len(vendor.asked) == 1
        task.cancel()

    asyncio.run(run())


def test_a_refused_code_is_found_by_halving_and_the_others_are_served() -> None:
    class Picky(Vendor):
        async def fetch(self, keys: Sequence[InstrumentKey], lane: Lane = LANE) -> DailyBars:
            if any(key.code == "BAD" for key in keys):
                self.asked.append(tuple(keys))
                raise VendorError(
                    "no", vendor="alltick", verdict=Verdict.UNKNOWN_CODE, call="batch-kline"
                )
            return await super().fetch(keys, lane)

    async def run() -> None:
        vendor, board, clock = Picky(), QuoteBoard(), FakeClock()
        service, shown = start(vendor, board, clock)
        task = asyncio.get_running_loop().create_task(service.run())
        service.want(InstrumentKey("alltick", code) for code in ("A", "B", "BAD", "C"))
        await clock.advance(1000.0)
        assert sorted(shown) == ["A", "B", "C"]
        asked = len(vendor.asked)
        await clock.advance(1000.0)
        assert len(vendor.asked) == asked
        task.cancel()

    asyncio.run(run())


def test_a_batch_that_fails_does_not_cost_those_before_it() -> None:
    class Failing(Vendor):
        async def fetch(self, keys: Sequence[InstrumentKey], lane: Lane = LANE) -> DailyBars:
            if len(self.asked) == 1:
                self.asked.append(tuple(keys))
                raise VendorError(
                    "no", vendor="alltick", verdict=Verdict.NETWORK, call="batch-kline"
                )
            return await super().fetch(keys, lane)

    async def run() -> None:
        vendor, board, clock = Failing(), QuoteBoard(), FakeClock()
        service, shown = start(vendor, board, clock)
        task = asyncio.get_running_loop().create_task(service.run())
        service.want(InstrumentKey("alltick", code) for code in "ABCDEF")
        await clock.advance(100.0)
        assert shown == list("ABCDEF")
        assert [len(keys) for keys in vendor.asked] == [4, 2, 2]
        task.cancel()

    asyncio.run(run())


def test_a_batch_that_can_never_be_read_starves_no_other() -> None:
    class Garbled(Vendor):
        async def fetch(self, keys: Sequence[InstrumentKey], lane: Lane = LANE) -> DailyBars:
            if any(key.code == "BAD" for key in keys):
                self.asked.append(tuple(keys))
                raise ProtocolError("what came means nothing")
            return await super().fetch(keys, lane)

    async def run() -> None:
        vendor, board, clock = Garbled(), QuoteBoard(), FakeClock()
        service, shown = start(vendor, board, clock)
        task = asyncio.get_running_loop().create_task(service.run())
        service.want(InstrumentKey("alltick", code) for code in ("BAD", "A", "B", "C", "D"))
        await clock.advance(1.0)
        assert shown == ["D"]  # the other batch
        await clock.advance(10.0)
        assert sorted(shown) == ["A", "B", "C", "D"]
        task.cancel()

    asyncio.run(run())


def test_a_full_disk_ends_nothing_for_good() -> None:
    class Broke(Vendor):
        async def fetch(self, keys: Sequence[InstrumentKey], lane: Lane = LANE) -> DailyBars:
            if not self.asked:
                self.asked.append(tuple(keys))
                raise StoreError("the disk is full")
            return await super().fetch(keys, lane)

    async def run() -> None:
        vendor, board, clock = Broke(), QuoteBoard(), FakeClock()
        service, shown = start(vendor, board, clock)
        task = asyncio.get_running_loop().create_task(service.run())
        service.want([KEY])
        await clock.advance(10.0)
        assert shown == ["700.HK"]
        task.cancel()

    asyncio.run(run())


def test_a_new_wish_does_not_wait_for_a_failed_ones_pause() -> None:
    async def run() -> None:
        vendor, board, clock = Vendor(failures=3), QuoteBoard(), FakeClock()
        service, _shown = start(vendor, board, clock)
        task = asyncio.get_running_loop().create_task(service.run())
        service.want([KEY])
        await clock.advance(10.0)  # two failures: the next try is ten seconds away
        service.want([InstrumentKey("alltick", "9988.HK")])
        await clock.advance(1.0)
        assert len(vendor.asked) == 3
        task.cancel()

    asyncio.run(run())


def test_looking_at_rows_each_second_makes_no_failed_call_hurry() -> None:
    async def run() -> None:
        vendor, board, clock = Vendor(failures=9), QuoteBoard(), FakeClock()
        service, _shown = start(vendor, board, clock)
        task = asyncio.get_running_loop().create_task(service.run())
        service.want([KEY])
        for _ in range(60):
            service.check_roll(board.rows())
            await clock.advance(1.0)
        assert len(vendor.asked) == 3  # at once, after five seconds, after fifteen more
        task.cancel()

    asyncio.run(run())


def by_vendor(keys: Sequence[InstrumentKey]) -> list[list[InstrumentKey]]:
    vendors = dict.fromkeys(key.vendor for key in keys)
    return [[key for key in keys if key.vendor == vendor] for vendor in vendors]


@pytest.mark.parametrize("trouble", [*Verdict, None])
def test_the_trouble_of_one_vendor_costs_the_other_no_turn(trouble: Verdict | None) -> None:
    other = InstrumentKey("itick", "700.HK")

    class Troubled(Vendor):
        async def fetch(self, keys: Sequence[InstrumentKey], lane: Lane = LANE) -> DailyBars:
            if keys[0].vendor == "itick":
                return await super().fetch(keys, lane)
            if trouble is None:  # its day is used up
                await asyncio.Event().wait()
            raise VendorError("no", vendor="alltick", verdict=trouble or Verdict.BUG, call="klines")

    async def run() -> None:
        vendor, board, clock = Troubled(), QuoteBoard(), FakeClock()
        service, _shown = start(vendor, board, clock, batches=by_vendor)
        task = asyncio.get_running_loop().create_task(service.run())
        service.want([KEY, other])
        await clock.advance(1.0)
        assert vendor.asked == [(other,)]
        assert board.row(other).previous_close == 600.0
        task.cancel()

    asyncio.run(run())


@pytest.mark.parametrize("verdict", [Verdict.UNKNOWN_CODE, Verdict.NOT_IN_PLAN])
def test_a_refused_code_is_not_paid_for_again_at_each_showing(verdict: Verdict) -> None:
    class Picky(Vendor):
        async def fetch(self, keys: Sequence[InstrumentKey], lane: Lane = LANE) -> DailyBars:
            found = await super().fetch(keys, lane)
            if any(key.code.startswith("BAD") for key in keys):
                raise VendorError("no", vendor="alltick", verdict=verdict, call="batch-kline")
            return found

    async def run() -> None:
        vendor, board, clock = Picky(), QuoteBoard(), FakeClock()
        service, shown = start(vendor, board, clock)
        task = asyncio.get_running_loop().create_task(service.run())
        keys = [InstrumentKey("alltick", code) for code in ("BAD1", "A", "BAD2", "B")]

        async def show(rows: Sequence[InstrumentKey]) -> int:
            before = len(vendor.asked)
            service.want(rows)
            await clock.advance(60.0)
            service.drop(rows)  # another list is shown
            return len(vendor.asked) - before

        assert await show(keys) == 7
        assert shown == ["A", "B"]
        assert await show(keys) == 1, "only for the others"
        assert await show([keys[0], keys[2]]) == 0
        service.begin_anew("itick")
        assert await show([keys[0], keys[2]]) == 0
        service.begin_anew("alltick")
        assert await show([keys[0], keys[2]]) == 3
        await clock.advance(REFUSED_S)
        assert await show([keys[0], keys[2]]) == 3
        task.cancel()

    asyncio.run(run())


def test_a_line_that_comes_and_goes_costs_one_call_in_ten_minutes() -> None:
    async def run() -> None:
        clock, board, vendor = FakeClock(), QuoteBoard(), Vendor()
        service, _ = start(vendor, board, clock)
        service.want([KEY])
        task = asyncio.get_running_loop().create_task(service.run())
        await clock.advance(1)
        assert len(vendor.asked) == 1
        for _ in range(30):  # a reconnect a minute
            service.want_again([KEY])
            await clock.advance(60)
        assert len(vendor.asked) == 1 + 3
        assert set(vendor.lanes[1:]) == {Lane.BACKGROUND}
        await clock.advance(AGAIN_S)
        asked = len(vendor.asked)
        service.want_again([KEY])  # after a long quiet time: at once
        await clock.advance(1)
        assert len(vendor.asked) == asked + 1
        task.cancel()

    asyncio.run(run())
