"""Daily bars of a list with codes that do not exist: the others' come first."""

import asyncio
from collections.abc import Sequence

from daysdesk import LANE, Vendor, start
from fakes import FakeClock

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.lanes import Lane
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.days import DailyBars
from alltick_desk.services.quotes import QuoteBoard

RUBBISH = [f"X{n}" for n in range(40)]


class Picky(Vendor):
    """Refuses every call that names rubbish."""

    async def fetch(self, keys: Sequence[InstrumentKey], lane: Lane = LANE) -> DailyBars:
        if any(key.code in RUBBISH for key in keys):
            self.asked.append(tuple(keys))
            raise VendorError(
                "no", vendor="alltick", verdict=Verdict.UNKNOWN_CODE, call="batch-kline"
            )
        return await super().fetch(keys, lane)


def test_what_a_refused_list_casts_doubt_on_keeps_no_other_waiting() -> None:
    doubted: set[str] = set()

    class Telling(Picky):
        async def fetch(self, keys: Sequence[InstrumentKey], lane: Lane = LANE) -> DailyBars:
            try:
                return await super().fetch(keys, lane)
            finally:
                doubted.update(RUBBISH)

    def batches(keys: Sequence[InstrumentKey]) -> list[list[InstrumentKey]]:
        parts = (
            [key for key in keys if key.code not in doubted],
            [key for key in keys if key.code in doubted],
        )
        return [part for part in parts if part]

    async def run() -> None:
        vendor, clock = Telling(), FakeClock()
        service, shown = start(vendor, QuoteBoard(), clock, batches=batches)
        task = asyncio.get_running_loop().create_task(service.run())
        codes = [*RUBBISH[:20], "600000.SH", *RUBBISH[20:]]
        service.want(InstrumentKey("alltick", code) for code in codes)
        await clock.advance(1000.0)
        assert [key.code for key in vendor.asked[1]] == ["600000.SH"]
        assert shown == ["600000.SH"]
        task.cancel()

    asyncio.run(run())
