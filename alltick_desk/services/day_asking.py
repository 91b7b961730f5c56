"""Asks for the newest daily bars of what lacks them, in the fewest calls, in one lane."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeAlias

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError, ProtocolError, VendorError, Verdict
from alltick_desk.feed.bell import Bell
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.market import Candle

RETRY_S = (5.0, 15.0, 60.0, 300.0)
DailyBars: TypeAlias = dict[InstrumentKey, list[Candle]]

log = logging.getLogger(__name__)


class DayAsking:
    """What is missing in one lane, and its way to the vendors.

    ``batches`` parts instruments into those that one call can ask for, ``fetch`` asks for one
    batch; what the vendor has ``refused`` is not asked for. ``wait_s`` returns, of what is missing
    since a moment (monotonic seconds), how long it is to wait yet, and None where it is missing no
    more. ``took`` is given what came.
    """

    def __init__(
        self,
        *,
        batches: Callable[[Sequence[InstrumentKey]], Sequence[Sequence[InstrumentKey]]],
        fetch: Callable[[Sequence[InstrumentKey]], Awaitable[DailyBars]],
        refused: Callable[[InstrumentKey], bool],
        wait_s: Callable[[InstrumentKey, float], float | None],
        took: Callable[[InstrumentKey, list[Candle]], None],
        clock: Clock,
    ) -> None:
        self._batches = batches
        self._fetch = fetch
        self._refused = refused
        self._wait_s = wait_s
        self._took = took
        self._clock = clock
        # Since when, and from when it may be asked for; monotonic seconds.
        self._missing: dict[InstrumentKey, tuple[float, float]] = {}
        self._news = Bell(clock)
        self._attempt = 0
        self._pause_s: float | None = None  # until something is due unasked

    def __contains__(self, key: InstrumentKey) -> bool:
        return key in self._missing

    def want(self, keys: Iterable[InstrumentKey], *, in_s: float = 0.0) -> None:
        """Have the day of ``keys`` fetched, in this order, not before ``in_s`` seconds."""
        now_s = self._clock.monotonic()
        for key in keys:
            self._missing.setdefault(key, (now_s, now_s + in_s))
        if self._missing:
            self._news.ring()

    def drop(self, keys: Iterable[InstrumentKey]) -> None:
        """Ask no more for these."""
        for key in keys:
            self._missing.pop(key, None)

    async def run(self) -> None:
        """Fetch what is missing, until cancelled."""
        while True:
            await self._news.wait(self._pause_s)
            due, self._pause_s = self._due()
            failed = await self._round(due)
            if failed is None:
                self._attempt = 0
            else:
                retry_s = RETRY_S[min(self._attempt, len(RETRY_S) - 1)]
                self._pause_s = retry_s if self._pause_s is None else min(retry_s, self._pause_s)
                self._attempt += 1
                log.warning("daily bars: %s Next try in %.0f s.", failed, self._pause_s)

    def _due(self) -> tuple[list[InstrumentKey], float | None]:
        """Return what to ask for now, and the seconds until something else is due.

        What would only wait for others goes along with the first that waits no more.
        """
        now_s = self._clock.monotonic()
        due: list[InstrumentKey] = []
        early: list[InstrumentKey] = []
        pauses_s: list[float] = []
        for key, (since_s, from_s) in tuple(self._missing.items()):
            left_s = self._wait_s(key, since_s)
            if left_s is None:
                del self._missing[key]
                continue
            if left_s > 0.0:
                pauses_s.append(max(left_s, from_s - now_s))
            elif from_s > now_s:
                early.append(key)
            else:
                due.append(key)
        if due:
            due += early
        else:
            pauses_s += [self._missing[key][1] - now_s for key in early]
        return due, min(pauses_s, default=None)

    async def _round(self, keys: Sequence[InstrumentKey]) -> DeskError | None:
        """Ask for every batch once; return why one failed.

        A batch that fails costs no other one its turn, unless they would fail alike.
        """
        failed: DeskError | None = None
        for batch in self._batches(keys):
            failed = await self._take(batch) or failed
            if _verdict(failed) in _LASTING:
                break
        return failed

    async def _take(self, keys: Sequence[InstrumentKey]) -> DeskError | None:
        """Fetch and hand on; return why it has to be tried again, None where it has not.

        A refusal that names no code is narrowed down by halving, and so is an answer that again
        cannot be read: it may be for one bar of one code.
        """
        self.drop([key for key in keys if self._refused(key)])
        keys = [key for key in keys if key in self._missing]
        if not keys:
            return None
        try:
            bars = await self._fetch(keys)
        except DeskError as error:
            verdict = _verdict(error)
            again = isinstance(error, ProtocolError) and self._attempt > 0
            half = len(keys) // 2
            if half and (again or verdict in _CODE_VERDICTS):
                first = await self._take(keys[:half])
                return await self._take(keys[half:]) or first
            if verdict not in _FINAL | _CODE_VERDICTS:
                return error
            bars = {}  # asking again changes nothing; the row says why, or another token asks anew
        for key in keys:
            if key not in self._missing:
                continue  # removed meanwhile
            del self._missing[key]
            if found := bars.get(key):
                self._took(key, found)
        return None


def _verdict(error: DeskError | None) -> Verdict | None:
    return error.verdict if isinstance(error, VendorError) else None


_CODE_VERDICTS = frozenset({Verdict.UNKNOWN_CODE, Verdict.NOT_IN_PLAN})
_FINAL = frozenset({Verdict.TOKEN, Verdict.BUG})
_LASTING = frozenset({Verdict.NETWORK, Verdict.SERVER, Verdict.RATE})
