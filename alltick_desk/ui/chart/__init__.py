"""The candlestick chart: panel, view, and what is painted in it.

Brings numpy and pyqtgraph, so the window imports it after the first paint. May import services
and model; nothing but app imports it.

How it is built, from the screen inwards::

    ChartDeck     one, two or four panels, which of them is active   (deck.py, deck_actions.py)
    ChartPanel    title, intervals, toolbar, the figures of one bar; follows a ChartSession
    ChartView     mouse, wheel, keys, tools          (view.py, tools.py)
    ChartMoves    the ways to other bars             (moves.py)
    ChartCanvas   series, window, panes, crosshair   (canvas.py)
    Surface       keeps what stands still as a picture; paints what moves upon it   (surface.py)

**Panes** (pane.py, stack.py). ``canvas.stack`` holds the panes from top to bottom; ``canvas.price``
and ``canvas.volume`` are always there. More come and go::

    pane = canvas.add_pane("rsi", PlainWriting(), title="RSI", fit=Fit(fixed=(0.0, 100.0)),
                           on_remove=...)      # Writing: how values are marked and written
    pane.add(layer, z=10.0)                    # candles 0, gaps below, lines 10, drawings 20
    canvas.arrange()                           # after panes came or went; refit() after layers
    canvas.stack.move(pane, -1); canvas.remove_pane(pane)

Each pane has its own scale (scale.py: ``pane.scale.pixel(value)``, ``.value(pixel)``, in the
view's pixels), labels, and legend; borders between panes can be dragged, a pane is never lower
than ``least_px``, and lower panes give way where the chart has too little height.

**One x axis** (x_axis.py, window.py). A bar is its index; a *slot* is a bar's room. ``canvas.axis``
turns bars into slots (the same number on the index axis, the time on the clock axis) and moments
into bars (``index_at``, ``time_at``: what ``drawing_shapes.Plane.axis`` asks for);
``canvas.window_`` says which slots are in view. ``canvas.x_of(bar)`` and ``canvas.bar_at(x)`` do
both steps, with fractions of bars, also left and right of all bars.

**Layers** (layers.py). What is painted into a pane subclasses ``Layer``: ``sync`` takes over
changed data and returns the first bar that looks different (``NOTHING`` for none), ``extent``
gives the range of values for the automatic scale, ``legend`` the figures at a bar, ``paint``
paints in device pixels with the ``PaneView``'s ``x(bars)`` and ``y(values)``. ``sync`` runs before
every painting and on every tick, and only what lies right of its answer is painted anew: a tick
must cost microseconds whatever the length of the series. Zoomed out, ``frame.group`` bars share a
column; ``Extremes`` (extremes.py) keeps the least and greatest of groups exactly, and
``draw_values`` (lines.py) draws a row of values with them as a line, NaN being a hole. What is made
for a view is kept by ``view.key`` (``Kept``). A layer that changes by itself calls
``canvas.touch(area)``, or ``canvas.refit()`` where its values changed.

**Pieces** (pieces.py) stand in the view's own pixels and know no bars: tags, lines, legends. A
moving piece (``canvas.add_moving``) is painted over the kept picture, so it may follow the pointer
at no cost: a tool's rubber band, a drawing in the making.

**Tools** (tools.py) subclass ``Tool`` and get mouse, keys and context menu before the view does.
``view.tools.take(tool)`` makes one the active tool, ``take(None)`` or Escape leaves it;
``view.tools.keep(tool)`` has one that always listens (for selecting what was drawn). Where no bar
is loaded no tool is asked.

**Drawings** (drawing_*.py). ``panel.drawings`` (``ChartDrawings``, drawing_control.py) shows one
``services.drawings.DrawingBoard``: ``drawings.show(board)``. ``DrawingScene`` makes each shape once
a view; what lies still is a layer, what a gesture moves is a moving piece. One ``Maker`` a kind
draws, the resident ``Picker`` selects and moves, ``DrawingActions`` has the keys and menus.

**Several charts** (deck.py). The deck arranges panels and frames the active one; what they show,
and the groups by which they follow each other (links.py), is ``app.charting``'s business. A panel
tells where its crosshair stands by ``on_point``, and ``point_at`` shows in it what another one
looks at: by time, and without a jump. A heading folds its buttons where it is narrow.

**Indicators** (indicators/). ``panel.indicators.chart`` (``ChartIndicators``) keeps the chosen ones
computed and drawn; ``panel.indicators`` has the button, the legend's menu and the dialog. What
reaches beyond the newest bar sets ``canvas.window_.ahead``, so that there is room for it.

**Comparing** (compare*.py). ``panel.compare`` (``ChartComparison``) draws the instruments of a
``services.comparison.Comparison`` as lines in the price pane: ``compare.bind(comparison, search)``.
It is made, and its modules are loaded, when it is first asked for; the button is there before.

**What is told** (telling.py, about_bars.py). ``Telling`` keeps title, note and figures; where bars
are asked for, the note has the call's cost and wait. "About these bars…" tells how far built bars
were off, and lists the gaps with their reasons.
"""

from alltick_desk.ui.chart import lean_pyqtgraph  # noqa: F401 - before all that needs pyqtgraph
from alltick_desk.ui.chart.look import ChartLook
from alltick_desk.ui.chart.panel import ChartPanel

__all__ = ["ChartLook", "ChartPanel"]
