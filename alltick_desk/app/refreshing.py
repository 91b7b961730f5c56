"""What the budget is spent on behind everything else: rows beyond the plan, and what columns need.

It also says in which order rows get the live subscription, and tells the table the facts that do
not stand in its rows.
"""

from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any

from alltick_desk.app.frontage import Frontage
from alltick_desk.app.market_data import MarketData
from alltick_desk.feed.bell import Bell
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.reference import StaticInfo
from alltick_desk.services.closes import KnownCloses
from alltick_desk.services.day_ago import DayAgo
from alltick_desk.services.day_ago_kept import KnownDays
from alltick_desk.services.market_hours import Hours, MarketState
from alltick_desk.services.phase_words import phase_word
from alltick_desk.services.rotation import Rotation
from alltick_desk.services.rows import QuoteRow, RowState
from alltick_desk.services.sight import Sight
from alltick_desk.services.static_info import StaticInfoService
from alltick_desk.store.figures import FigureStore
from alltick_desk.ui.watchlist.facts import Base

LOOK_S = 1.0

_BY_STATIC_INFO = frozenset(
    {
        *("exchange", "currency", "lot", "eps", "eps_ttm", "bps", "dividend_yield"),
        *("shares", "floating", "market_cap", "pe", "pb"),
    }
)
_BY_DAY_AGO = "change_24h"


class Refreshing:
    """Keeps fresh what nobody streams.

    ``hours`` tells when markets trade, ``columns`` the ids of the columns shown, ``charted`` the
    instruments of the charts. ``want`` is called when other rows have come to matter, ``touch``
    with a row to show anew.

    Attributes:
        closes: the previous closes of earlier runs, for the day service.
    """

    def __init__(
        self,
        front: Frontage,
        data: MarketData,
        *,
        vendors: Iterable[str],
        hours: Hours,
        columns: Callable[[], Iterable[str]],
        charted: Callable[[], Iterable[InstrumentKey]],
        want: Callable[[], None],
        touch: Callable[[QuoteRow], None],
    ) -> None:
        self._front = front
        self._data = data
        self._hours = hours
        self._columns = columns
        self._want = want
        clock = self._clock = front.clock
        board = front.board

        def shown_anew(key: InstrumentKey) -> None:
            touch(board.row(key))

        def rows() -> Iterable[QuoteRow]:
            keys = dict.fromkeys((*charted(), *front.watchlist.keys))
            return map(board.row, keys)

        store = FigureStore(front.profile.reference_folder, clock, writes=front.writes)
        self.closes = KnownCloses(store, vendors, clock=clock)
        self._static = StaticInfoService(
            data, store, on_news=shown_anew, on_asking=shown_anew, clock=clock
        )
        self._days = KnownDays(store, clock=clock)
        self._day_ago = DayAgo(data, self._days, on_news=shown_anew, clock=clock)
        self._sight = Sight(clock.monotonic)
        self._rotation = Rotation(
            data,
            board,
            rows=rows,
            sight=front.panel.visible_keys,
            hours=hours,
            clock=clock,
        )
        data.refreshing = self._rotation.told
        self._settling_s: float | None = None  # until other rows matter
        self._settling = Bell(clock)

    def begin(self, spawn: Callable[[Coroutine[Any, Any, None], str], object]) -> None:
        """Start the work."""
        spawn(self._rotation.run(), "rotation")
        spawn(self._static.run(), "reference data")
        spawn(self._day_ago.run(), "prices of a day ago")
        spawn(self._days.run(), "days of bars")
        spawn(self._settle(), "sight")
        spawn(self._look(), "columns")
        self._front.panel.know(facts=self.facts)

    async def save(self) -> None:
        """Save what the next run need not ask for again."""
        await self.closes.save()
        await self._days.save()

    def look_anew(self) -> None:
        """Note that another list is shown: what it opens with matters at once."""
        self._sight.begin()

    def in_order(self) -> Sequence[InstrumentKey]:
        """Return the rows that matter to whoever looks, the most important first."""
        self._settling_s = self._sight.see(self._front.panel.visible_keys())
        if self._settling_s is not None:
            self._settling.ring()
        return self._sight.steady()

    def hours(self, key: InstrumentKey) -> MarketState:
        """Return what an instrument's market does now."""
        return self._hours.state(self._data.hours_market(key), self._clock.wall_ms())

    def facts(self, key: InstrumentKey) -> "RowFacts":
        """Return what is known of an instrument beside its row."""
        return RowFacts(self, key)

    def next_for(self, key: InstrumentKey) -> float | None:
        """Return when a row beyond the plan is refreshed next, monotonic seconds."""
        return self._rotation.next_for(key)

    def info(self, key: InstrumentKey) -> StaticInfo | None:
        """Return an instrument's reference data, None while they are not known."""
        return self._static.info(key)

    def asks(self, key: InstrumentKey) -> bool:
        """Whether an instrument's reference data are being asked for."""
        return self._static.asks(key)

    def day_ago(self, key: InstrumentKey) -> Base | None:
        """Return an instrument's price of 24 hours ago, None while it is not known."""
        base = self._day_ago.base(key)
        return None if base is None else Base(*base)

    def ticks(self, key: InstrumentKey) -> int:
        """Return how many trades of an instrument came in this run."""
        return self._front.board.row(key).ticks

    def session(self, key: InstrumentKey) -> str:
        """Return what an instrument's market does now, in a word; "" while nobody knows.

        Nobody does of an instrument that its vendor does not know.
        """
        if self._front.board.row(key).state is RowState.UNKNOWN_CODE:
            return ""
        return phase_word(self.hours(key).phase, self._data.hours_market(key))

    def close_date(self, key: InstrumentKey) -> str:
        """Return the date of the close that an instrument's change is measured against."""
        return self._front.board.row(key).close_date

    def begin_anew(self, vendor: str) -> None:
        """Forget what a vendor refused: its plan, its token or its endpoint is another one."""
        for service in (self._rotation, self._static, self._day_ago):
            service.begin_anew(vendor)

    def drop(self, keys: Iterable[InstrumentKey]) -> None:
        """Forget instruments that nobody watches any more."""
        self._day_ago.drop(keys)
        self._sight.keep(frozenset(self._front.watchlist.keys))

    async def _settle(self) -> None:
        """Ask for the live subscription anew once rows have been in sight for long enough."""
        while True:
            await self._settling.wait()
            await self._clock.sleep(self._settling_s or 0.0)
            self._want()

    async def _look(self) -> None:
        """Have fetched what the columns shown need of the rows in sight."""
        while True:
            await self._clock.sleep(LOOK_S)
            shown = frozenset(self._columns())
            keys = self._front.panel.visible_keys()
            self._static.want_static(self._of_static_info(shown, keys))
            self._day_ago.want_24h(keys if _BY_DAY_AGO in shown else ())

    def _of_static_info(
        self, shown: frozenset[str], keys: Sequence[InstrumentKey]
    ) -> Iterable[InstrumentKey]:
        """Return whose reference data are needed, the most important first.

        To sort by them takes those of all rows: an order of the rows in sight alone is none.
        """
        if self._front.panel.choices.sorted_by in _BY_STATIC_INFO:
            return (*keys, *self._front.watchlist.keys)
        return keys if shown & _BY_STATIC_INFO else ()


class RowFacts:
    """What is known of one instrument now, for the table; looked up when it is asked for."""

    __slots__ = ("_key", "_of")

    def __init__(self, of: Refreshing, key: InstrumentKey) -> None:
        self._of = of
        self._key = key

    @property
    def info(self) -> StaticInfo | None:
        """Its reference data."""
        return self._of.info(self._key)

    @property
    def asked(self) -> bool:
        """Whether its reference data are being asked for."""
        return self._of.asks(self._key)

    @property
    def day_ago(self) -> Base | None:
        """Its price of 24 hours ago."""
        return self._of.day_ago(self._key)

    @property
    def ticks(self) -> int:
        """How many ticks came in this run."""
        return self._of.ticks(self._key)

    @property
    def session(self) -> str:
        """What its market does now, in a word."""
        return self._of.session(self._key)

    @property
    def close_date(self) -> str:
        """The date of the close that its change is measured against."""
        return self._of.close_date(self._key)
