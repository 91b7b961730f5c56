"""A service of the day's figures over a vendor that answers, or fails as it is told to."""

from collections.abc import Callable, Sequence

from fakes import FakeClock

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.lanes import Lane
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.market import Candle
from alltick_desk.services.days import DailyBars, DayService
from alltick_desk.services.quotes import QuoteBoard

KEY = InstrumentKey("alltick", "700.HK")
LANE = Lane.VISIBLE
MONDAY = 1_767_542_400  # 2026-01-05 00:00 in Hong Kong
TUESDAY = MONDAY + 86_400


def bar(time_s: int, close: str, *, high: str = "", low: str = "", volume: str = "1000") -> Candle:
    return Candle(time_s, close, high or close, low or close, close, volume, "5000")


class Vendor:
    """Answers with two bars, and fails as often as it is told to."""

    def __init__(self, failures: int = 0, verdict: Verdict = Verdict.NETWORK) -> None:
        self.asked: list[tuple[InstrumentKey, ...]] = []
        self.lanes: list[Lane] = []  # of those
        self._failures = failures
        self.refused: set[str] = set()
        self._verdict = verdict

    async def fetch(self, keys: Sequence[InstrumentKey], lane: Lane = LANE) -> DailyBars:
        self.asked.append(tuple(keys))
        self.lanes.append(lane)
        if self._failures:
            self._failures -= 1
            raise VendorError("no", vendor="alltick", verdict=self._verdict, call="batch-kline")
        bars = [bar(MONDAY, "600.000"), bar(TUESDAY, "610.000")]
        return dict.fromkeys(keys, bars)


def by_four(keys: Sequence[InstrumentKey]) -> list[Sequence[InstrumentKey]]:
    return [keys[i : i + 4] for i in range(0, len(keys), 4)]


def start(
    vendor: Vendor,
    board: QuoteBoard,
    clock: FakeClock,
    *,
    batches: Callable[[Sequence[InstrumentKey]], Sequence[Sequence[InstrumentKey]]] = by_four,
) -> tuple[DayService, list[str]]:
    shown: list[str] = []
    service = DayService(
        batches=batches,
        fetch=vendor.fetch,
        refused=lambda key: key.code in vendor.refused,
        row=board.row,
        market=lambda _: Market.HK_STOCK,
        on_row=lambda row: shown.append(row.key.code),
        clock=clock,
    )
    return service, shown
