"""The line to one vendor: throttler, provider and budget file, made anew for another token.

Limits belong to the token, so its books do too: a new token or another endpoint ends the line and
begins a new one; a new plan or another limit only reconfigures it.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from alltick_desk.clock import Clock
from alltick_desk.errors import StoreError, VendorError
from alltick_desk.feed.intake import Sink
from alltick_desk.feed.provider import Provider
from alltick_desk.feed.throttle import Ledger, MemoryLedger, Throttle
from alltick_desk.model.secret import Token
from alltick_desk.store.budget import BudgetFile, budget_path
from alltick_desk.ui.tasks import Tasks
from alltick_desk.vendors.base import Codec, Plan

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What every line needs and none owns.

    ``budget_folder`` is None where the limits end with the program, as the simulated exchange's
    do. ``say`` takes sentences for the person, ``report`` takes bugs. ``listed`` tells whether a
    list of instruments has a code.
    """

    clock: Clock
    tasks: Tasks
    budget_folder: Path | None
    say: Callable[[str], None]
    report: Callable[[BaseException], None]
    on_change: Callable[[], None]
    listed: Callable[[str], bool] = lambda _code: False


class VendorLine:
    """One vendor's line. ``provider`` is another object after each ``connect``."""

    def __init__(self, codec: Codec, sink: Sink, around: Surroundings) -> None:
        self.codec = codec
        self._sink = sink
        self._around = around
        self._ledger: Ledger | None = None
        self._task: asyncio.Task[None] | None = None
        self.provider: Provider | None = None
        self.refusal = ""  # why the vendor turned the token down
        self._switching = asyncio.Lock()

    async def connect(self, *, token: Token | None, base: str, plan: Plan) -> None:
        """End what there was, and connect with ``token``; None only ends.

        Raises StoreError or UsageError where the token's books cannot be kept: then nothing is
        connected, since a limit that is not counted cannot be kept.
        """
        async with self._switching:
            await self._hang_up()
            if token is None:
                return
            around = self._around
            ledger: Ledger
            if around.budget_folder is None:
                ledger = MemoryLedger(around.clock)
            else:
                path = budget_path(around.budget_folder, self.codec.vendor, token.reveal())
                ledger = BudgetFile(path, clock=around.clock)
            self._ledger = ledger
            throttle = Throttle(self.codec.vendor, plan, clock=around.clock, ledger=ledger)
            await throttle.open()
            if isinstance(ledger, BudgetFile) and ledger.note:
                around.say(ledger.note)
            text = token.reveal()
            self.provider = Provider(
                self.codec,
                plan,
                throttle,
                base=base,
                token=lambda: text,
                sink=self._sink,
                clock=around.clock,
                rng=Random(),
                on_token_refused=self._token_refused,
                report=around.report,
                on_change=around.on_change,
                listed=around.listed,
            )
            self._task = around.tasks.spawn(self.provider.run(), f"{self.codec.vendor} line")

    async def disconnect(self) -> None:
        """Close every socket and the books."""
        async with self._switching:
            await self._hang_up()

    async def _hang_up(self) -> None:
        task, self._task = self._task, None
        self.provider = None
        self.refusal = ""
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
        ledger, self._ledger = self._ledger, None
        if isinstance(ledger, BudgetFile):
            try:
                await ledger.close()
            except StoreError as error:
                self._around.say(str(error))

    def _token_refused(self, error: VendorError) -> None:
        self.refusal = str(error)
        self._around.say(str(error))
        self._around.on_change()
