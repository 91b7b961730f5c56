"""One chart's questions to the vendor: one at a time, again until it works or never can."""

import logging
from collections.abc import Awaitable, Callable

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.market import Candle
from alltick_desk.services.chart_notes import (
    Cancellable,
    Note,
    NoteKind,
    Notes,
    Patience,
    Spawn,
    final,
    told,
)

log = logging.getLogger(__name__)


class Asking:
    """Asks for one chart, and says what becomes of it.

    Args:
        notes: what there is to say of the bars.
        take: takes an answer; ProtocolError where it cannot be read.
        failed: called before anything is said of a question that failed.

    Attributes:
        busy: whether a question is under way; False while the next try is waited for.
        given_up: whether there is no use in asking again.
        answered_s: when the vendor gave the last answer, monotonic seconds; None before the first.
        given_s: when it gave the answer that is about to be taken, where that is not now.
        count: how many bars the question under way is for; None where that is not its point.
    """

    def __init__(
        self,
        clock: Clock,
        spawn: Spawn,
        jitter: Callable[[], float],
        notes: Notes,
        *,
        take: Callable[[list[Candle]], None],
        failed: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._spawn = spawn
        self._jitter = jitter
        self._notes = notes
        self._take = take
        self._failed = failed
        self._work: Cancellable | None = None
        self._generation = 0  # what an older one brings is not wanted
        self.busy = False
        self.given_up = False
        self.answered_s: float | None = None
        self.given_s: float | None = None
        self.count: int | None = None

    def start(self, ask: Callable[[], Awaitable[list[Candle]]], key: InstrumentKey) -> None:
        """Ask this instead of what was asked before."""
        self.stop()
        work = self._keep_asking(ask, key, self._generation)
        self._work = self._spawn(work, f"chart {key}")

    def stop(self) -> None:
        """Want no answer any more."""
        self._generation += 1
        self.busy, self.count, self.given_s = False, None, None
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def forget(self) -> None:
        """Begin with another instrument or interval."""
        self.stop()
        self.given_up, self.answered_s = False, None

    async def _keep_asking(
        self, ask: Callable[[], Awaitable[list[Candle]]], key: InstrumentKey, generation: int
    ) -> None:
        """Ask until it works, can never work, or is not wanted any more."""
        patience = Patience(self._jitter)
        while True:
            self.busy = True
            try:
                candles = await ask()
                if generation != self._generation:
                    return
                now_s = self._clock.monotonic()
                self.answered_s = now_s if self.given_s is None else self.given_s
                self.given_s = None
                self._take(candles)
            except DeskError as error:
                if generation != self._generation:
                    return
                log.warning("chart %s: %s", key, error)
                self._failed()
                if final(error):
                    self.given_up = True
                    self._notes.say(Note(NoteKind.FAILED, detail=told(error)))
                    return
                pause_s = patience.pause_s()
                self._notes.say(Note(NoteKind.RETRYING, detail=told(error)), pause_s)
            else:
                return
            finally:
                if generation == self._generation:
                    self.busy, self.count = False, None
            await self._clock.sleep(pause_s)
