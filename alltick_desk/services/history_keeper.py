"""The candle store as the charts use it: a store that fails costs nobody a chart."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any, Protocol

from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.services.chart_notes import Spawn
from alltick_desk.services.open_charts import OpenCharts
from alltick_desk.store.candle_columns import StoredCandles
from alltick_desk.store.candle_values import Drift, Gap, SeriesFacts, SeriesName, Source, Span

log = logging.getLogger(__name__)


class Store(Protocol):
    """What is asked of ``store.candles.CandleStore``; everything raises StoreError."""

    async def load(
        self,
        key: InstrumentKey,
        interval: Interval,
        *,
        count: int | None = None,
        before_s: int | None = None,
    ) -> StoredCandles: ...

    async def facts(self, key: InstrumentKey, interval: Interval) -> SeriesFacts: ...

    async def save(
        self,
        key: InstrumentKey,
        interval: Interval,
        candles: Sequence[Candle],
        *,
        source: Source = Source.CLOSED,
        in_progress_from_s: int | None = None,
        span: Span | None = None,
        history_begins_s: int | None = None,
    ) -> None: ...

    async def explain(self, key: InstrumentKey, interval: Interval, gap: Gap) -> None: ...

    async def add_drift(self, key: InstrumentKey, interval: Interval, drift: Drift) -> None: ...


class HistoryKeeper:
    """Loads and saves for all charts.

    Where the store fails there is nothing stored and nothing is saved; the person is told of it
    once, and again only after it has worked in between.

    Attributes:
        confirmed: the series whose oldest bar a vendor has confirmed to be that in this run.
        charts: the charts that are open on it.

    Args:
        store: None where nothing is to be kept.
        writes: False where another desk writes the file.
        spawn: runs what is saved beside the charts.
        complain: takes a sentence for the person.
    """

    def __init__(
        self,
        store: Store | None,
        *,
        spawn: Spawn,
        complain: Callable[[str], None],
        writes: bool = True,
    ) -> None:
        self._store = store
        self._writes = writes
        self._spawn = spawn
        self._complain = complain
        self._failing = False
        self.confirmed: set[SeriesName] = set()
        self.charts = OpenCharts()

    async def facts(self, key: InstrumentKey, interval: Interval) -> SeriesFacts:
        """Return what is known of a series."""
        if self._store is None:
            return SeriesFacts()
        try:
            return await self._store.facts(key, interval)
        except StoreError as error:
            self._failed(error)
            return SeriesFacts()

    async def load(
        self, key: InstrumentKey, interval: Interval, count: int, before_s: int | None = None
    ) -> StoredCandles:
        """Return the newest ``count`` stored bars of those that began before ``before_s``."""
        if self._store is None:
            return StoredCandles.empty()
        try:
            return await self._store.load(key, interval, count=count, before_s=before_s)
        except StoreError as error:
            self._failed(error)
            return StoredCandles.empty()

    def save(
        self,
        key: InstrumentKey,
        interval: Interval,
        candles: Sequence[Candle],
        *,
        source: Source = Source.CLOSED,
        in_progress_from_s: int | None = None,
        span: Span | None = None,
        history_begins_s: int | None = None,
    ) -> None:
        """Have bars kept; see ``CandleStore.save``."""
        if self._store is not None and self._writes:
            save = partial(
                self._store.save,
                key,
                interval,
                candles,
                source=source,
                in_progress_from_s=in_progress_from_s,
                span=span,
                history_begins_s=history_begins_s,
            )
            self._spawn(self._done(save), f"save {key}")

    def explain(self, key: InstrumentKey, interval: Interval, gap: Gap) -> None:
        """Have a gap's reason kept."""
        if self._store is not None and self._writes:
            explain = partial(self._store.explain, key, interval, gap)
            self._spawn(self._done(explain), f"explain {key}")

    def add_drift(self, key: InstrumentKey, interval: Interval, drift: Drift) -> None:
        """Have a drift figure added up."""
        if self._store is not None and self._writes:
            add = partial(self._store.add_drift, key, interval, drift)
            self._spawn(self._done(add), f"drift {key}")

    async def _done(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        # What has begun is finished, also when the desk stops: the store waits for it.
        await asyncio.shield(self._try(work))

    async def _try(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do it; what goes wrong is told here, since nobody may be waiting any more."""
        try:
            await work()
        except StoreError as error:
            self._failed(error)
        else:
            self._failing = False

    def _failed(self, error: StoreError) -> None:
        log.warning("%s", error)
        if not self._failing:
            self._failing = True
            self._complain(str(error))
