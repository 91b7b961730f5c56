"""Indicators on the chart: what is drawn of them, where, and how a person chooses them.

``ChartIndicators`` (manager) keeps the chosen entries of ``services.indicators.templates``. Each
has ``Values`` (a study, and what zoomed-out drawing needs), a ``Plot`` and perhaps a ``Ground``, in
the price pane, over the volume, or in a pane that comes and goes with them. The dialog and the
legend's menu change nothing but the manager's entries.
"""

from alltick_desk.ui.chart.indicators.controls import IndicatorControls
from alltick_desk.ui.chart.indicators.manager import ChartIndicators

__all__ = ["ChartIndicators", "IndicatorControls"]
