"""An order book's levels, once they were read."""

from typing import NamedTuple


class Level(NamedTuple):
    """One price of a book and what rests there."""

    price: str
    volume: str  # "" or "0" where the market tells no size


class Sides(NamedTuple):
    """Both sides of a book, the best price first; either may be empty."""

    bids: tuple[Level, ...]
    asks: tuple[Level, ...]
