"""Asks for the newest daily bars of what lacks them, in the fewest calls, in one lane."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeAlias

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError, ProtocolError, VendorError, Verdict
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.market import Candle
from alltick_desk.services.refusals import Refusals
from alltick_desk.services.workers import Outcome, Workers

RETRY_S = (5.0, 15.0, 60.0, 300.0)
DailyBars: TypeAlias = dict[InstrumentKey, list[Candle]]


class DayAsking:
    """What is missing in one lane, and its way to the vendors.

    ``batches`` parts instruments into those that one call can ask for, and what is doubted from
    what is not, as of that moment; ``fetch`` asks for one batch. What the vendor has ``refused``
    is not asked for, nor what it refuses here: that goes into ``refusals``. ``wait_s`` returns, of
    what is missing since a moment (monotonic seconds), how long it is to wait yet, and None where
    it is missing no more. ``took`` is given what came.
    """

    def __init__(
        self,
        *,
        batches: Callable[[Sequence[InstrumentKey]], Sequence[Sequence[InstrumentKey]]],
        fetch: Callable[[Sequence[InstrumentKey]], Awaitable[DailyBars]],
        refused: Callable[[InstrumentKey], bool],
        refusals: Refusals,
        wait_s: Callable[[InstrumentKey, float], float | None],
        took: Callable[[InstrumentKey, list[Candle]], None],
        clock: Clock,
    ) -> None:
        self._batches = batches
        self._fetch = fetch
        self._refused = refused
        self._refusals = refusals
        self._wait_s = wait_s
        self._took = took
        self._clock = clock
        # Since when, and from when it may be asked for; monotonic seconds.
        self._missing: dict[InstrumentKey, tuple[float, float]] = {}
        self._workers = Workers(self._round, retry_s=RETRY_S, about="daily bars", clock=clock)

    def __contains__(self, key: InstrumentKey) -> bool:
        return key in self._missing

    def want(self, keys: Iterable[InstrumentKey], *, in_s: float = 0.0) -> None:
        """Have the day of ``keys`` fetched, in this order, not before ``in_s`` seconds."""
        now_s = self._clock.monotonic()
        vendors = set()
        for key in keys:
            self._missing.setdefault(key, (now_s, now_s + in_s))
            vendors.add(key.vendor)
        for vendor in vendors:
            self._workers.call(vendor, urgent=True)

    def drop(self, keys: Iterable[InstrumentKey]) -> None:
        """Ask no more for these."""
        for key in keys:
            self._missing.pop(key, None)

    def begin_anew(self, vendor: str) -> None:
        """Take a vendor for another one: its plan, its token or its endpoint is."""
        self._workers.begin_anew(vendor)

    async def run(self) -> None:
        """Fetch what is missing, until cancelled."""
        await self._workers.run()

    async def _round(self, vendor: str) -> Outcome:
        """Ask for every batch of a vendor once.

        A batch that fails costs no other one its turn, unless they would fail alike.
        """
        due, pause_s = self._due(vendor)
        failed: DeskError | None = None
        for batch in self._batches(due):
            failed = await self._take(batch) or failed
            if _verdict(failed) in _LASTING:
                break
        return Outcome(failed, pause_s)

    def _due(self, vendor: str) -> tuple[list[InstrumentKey], float | None]:
        """Return what to ask a vendor for now, and the seconds until something else is due.

        What would only wait for others goes along with the first that waits no more.
        """
        now_s = self._clock.monotonic()
        due: list[InstrumentKey] = []
        early: list[InstrumentKey] = []
        pauses_s: list[float] = []
        ours = [item for item in self._missing.items() if item[0].vendor == vendor]
        for key, (since_s, from_s) in ours:
            left_s = self._wait_s(key, since_s)
            if left_s is None or self._is_refused(key):
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

    async def _take(self, keys: Sequence[InstrumentKey]) -> DeskError | None:
        """Fetch and hand on; return why it has to be tried again, None where it has not.

        A refusal that names no code is narrowed down by what is known of the codes by then, else by
        halving; so is an answer that again cannot be read: it may be for one bar of one code.
        """
        self.drop([key for key in keys if self._is_refused(key)])
        keys = [key for key in keys if key in self._missing]
        if not keys:
            return None
        try:
            bars = await self._fetch(keys)
        except DeskError as error:
            verdict = _verdict(error)
            again = isinstance(error, ProtocolError) and self._workers.failures(keys[0].vendor) > 0
            if len(keys) > 1 and (again or verdict in _CODE_VERDICTS):
                failed: DeskError | None = None
                for part in self._narrowed(keys):
                    failed = await self._take(part) or failed
                return failed
            if verdict not in _FINAL | _CODE_VERDICTS:
                return error
            if verdict in _CODE_VERDICTS:
                self._refusals.note(keys)
            bars = {}  # asking again changes nothing; the row says why, or another token asks anew
        for key in keys:
            if key not in self._missing:
                continue  # removed meanwhile
            del self._missing[key]
            if found := bars.get(key):
                self._took(key, found)
        return None

    def _narrowed(self, keys: Sequence[InstrumentKey]) -> Sequence[Sequence[InstrumentKey]]:
        """Return parts of what was refused, those first that are probably good."""
        parts = self._batches(keys)
        if len(parts) > 1 and sum(map(len, parts)) == len(keys):
            return parts
        half = len(keys) // 2
        return keys[:half], keys[half:]

    def _is_refused(self, key: InstrumentKey) -> bool:
        return key in self._refusals or self._refused(key)


def _verdict(error: DeskError | None) -> Verdict | None:
    return error.verdict if isinstance(error, VendorError) else None


_CODE_VERDICTS = frozenset({Verdict.UNKNOWN_CODE, Verdict.NOT_IN_PLAN})
_FINAL = frozenset({Verdict.TOKEN, Verdict.BUG})
_LASTING = frozenset({Verdict.NETWORK, Verdict.SERVER, Verdict.RATE})
