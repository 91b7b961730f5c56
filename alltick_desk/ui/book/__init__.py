"""The order book of the selected instrument: what it says (``ladder``), and the panel."""

from alltick_desk.ui.book.panel import OrderBookPanel

__all__ = ["OrderBookPanel"]
