"""What an order book says, in words and figures, before anything is painted."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from alltick_desk.model.book import Level, Sides
from alltick_desk.model.figures import decimals
from alltick_desk.model.instrument import Market, market_by_suffix
from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.ui.words import spoken, stated

translate = QCoreApplication.translate

NOTHING = "—"


class Line(NamedTuple):
    """One level as it is shown."""

    price: str
    size: str  # NOTHING where none is told
    share: float  # of the largest size in the book, 0 to 1


class Ladder(NamedTuple):
    """A whole book as it is shown, the best level of each side first.

    ``ask_note`` and ``bid_note`` stand where a side is empty, ``note`` beneath the book. ``old``
    says that the figures may no longer be true.
    """

    bids: tuple[Line, ...] = ()
    asks: tuple[Line, ...] = ()
    spread: str = ""  # in the price's own unit
    spread_share: str = ""  # of the middle price
    ask_note: str = ""
    bid_note: str = ""
    note: str = ""
    old: bool = False
    sized: bool = True  # whether the market tells sizes

    @property
    def notes(self) -> str:
        """Every sentence in it, from top to bottom."""
        return spoken(self.ask_note, self.bid_note, self.note)


def make_ladder(row: QuoteRow, sides: Sides, levels: int, *, unreadable: bool = False) -> Ladder:
    """Lay out ``sides``, which is ``row``'s book, at most ``levels`` a side.

    ``unreadable`` says that the newest book could not be decoded.
    """
    if row.depth is None:
        return Ladder(note=_why_none(row, unreadable=unreadable))
    bids = [level for level in sides.bids if _is_price(level)][:levels]
    asks = [level for level in sides.asks if _is_price(level)][:levels]
    largest = max((_size(level) for level in (*bids, *asks)), default=0.0)
    sized = largest > 0 or not (bids or asks)
    spread, share = _spread(row, bids, asks)
    return Ladder(
        bids=tuple(_line(row, level, largest) for level in bids),
        asks=tuple(_line(row, level, largest) for level in asks),
        spread=spread,
        spread_share=share,
        ask_note=_empty_asks(row, bids, asks),
        bid_note=_empty_bids(row, bids, asks),
        note=_foot(row, levels, sized=sized),
        old=not row.state.live,
        sized=sized,
    )


def _is_price(level: Level) -> bool:
    """A side that is empty may come as a level of price 0."""
    return float(level.price or 0) != 0


def _size(level: Level) -> float:
    return float(level.volume or 0)


def _line(row: QuoteRow, level: Level, largest: float) -> Line:
    price = row.shown(level.price)
    if largest <= 0 or not level.volume:
        return Line(price, NOTHING, 0.0)
    return Line(price, level.volume, _size(level) / largest)


def _spread(row: QuoteRow, bids: list[Level], asks: list[Level]) -> tuple[str, str]:
    if not (bids and asks):
        return "", ""
    bid, ask = row.shown(bids[0].price), row.shown(asks[0].price)
    spread, middle = float(ask) - float(bid), (float(ask) + float(bid)) / 2
    digits = max(decimals(bid), decimals(ask))
    share = spread / middle if middle else 0.0
    return f"{spread:.{digits}f}", translate("OrderBook", "{percent} % · {points} bp").format(
        percent=_small(share * 100, 3), points=_small(share * 10_000, 2)
    )


def _small(value: float, digits: int) -> str:
    """Format a share; what rounds to nothing, but is something, is said to be less."""
    least = 10.0**-digits
    return f"< {least:.{digits}f}" if 0 < value < least else f"{value:.{digits}f}"


def _has_price_limits(row: QuoteRow) -> bool:
    return market_by_suffix(row.key.code) is not Market.UNKNOWN


def _empty_asks(row: QuoteRow, bids: list[Level], asks: list[Level]) -> str:
    if asks:
        return ""
    if not bids:
        return translate("OrderBook", "Nobody buys or sells: halted or delisted, perhaps.")
    if _has_price_limits(row):
        return translate("OrderBook", "No asks: limit up, or nobody sells.")
    return translate("OrderBook", "No asks: this side of the book is missing.")


def _empty_bids(row: QuoteRow, bids: list[Level], asks: list[Level]) -> str:
    if bids or not asks:
        return ""
    if _has_price_limits(row):
        return translate("OrderBook", "No bids: limit down, or nobody buys.")
    return translate("OrderBook", "No bids: this side of the book is missing.")


def _state(row: QuoteRow) -> str:
    word = translate("Watchlist", row.state.value)
    return spoken(stated([word]), row.state_detail)


def _why_none(row: QuoteRow, *, unreadable: bool) -> str:
    if unreadable:
        return translate(
            "OrderBook", "The last order book could not be read. The next one takes its place."
        )
    if row.state.live or row.state in {RowState.WAITING, RowState.QUIET}:
        return translate("OrderBook", "No order book yet.")
    return translate("OrderBook", "No order book. {state}").format(state=_state(row))


def _foot(row: QuoteRow, levels: int, *, sized: bool) -> str:
    parts = []
    if not row.state.live:
        parts.append(_state(row))
    if not sized:
        parts.append(translate("OrderBook", "This market tells no sizes."))
    if levels == 1:
        parts.append(translate("OrderBook", "1 level is all this market gives."))
    elif levels < 10:
        parts.append(
            translate("OrderBook", "{count} levels are all this market gives.").format(count=levels)
        )
    return spoken(*parts)
