"""The candlestick chart: panel, view and the items that draw.

Brings numpy and pyqtgraph, so the window imports it after the first paint.
"""

from alltick_desk.ui.chart.panel import ChartPanel

__all__ = ["ChartPanel"]
