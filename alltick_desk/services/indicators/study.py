"""One indicator over one series, kept computed."""

import numpy as np

from alltick_desk.model.instrument import Market
from alltick_desk.model.series import TAIL, CandleSeries, Floats
from alltick_desk.services.indicators.declaration import Indicator, Parameters
from alltick_desk.services.indicators.inputs import Inputs
from alltick_desk.services.indicators.kernel import Kernel
from alltick_desk.services.indicators.library import LibraryKernel
from alltick_desk.services.indicators.own import KERNELS
from alltick_desk.services.indicators.parameters import filled

# A bar at a time costs about this many times as much as a bar among all.
_ONE_BY_ONE = 50
_LEAST = 64


class Study:
    """An indicator's values over a series that grows at both ends and changes at its end.

    The state behind the last bar that cannot change any more is kept, so ``sync`` costs the same
    few microseconds however long the series is; all is redone only for a new epoch of the series.
    Either way the values are those of a whole computation.

    Args:
        parameters: those that are left out have their defaults; ``parameters.problems`` of them
            must be empty.
        market: whose calendar divides the sessions.

    Attributes:
        indicator: what is computed.
        parameters: all of its parameters.

    Raises IndicatorUnavailableError where TA-Lib is needed and missing.
    """

    def __init__(
        self,
        series: CandleSeries,
        indicator: Indicator,
        parameters: Parameters | None = None,
        *,
        market: Market = Market.UNKNOWN,
    ) -> None:
        self.indicator = indicator
        self.parameters = filled(indicator, parameters or {})
        self._series = series
        self._inputs = Inputs(indicator.inputs, str(self.parameters.get("source", "")), market)
        self._kernel = _kernel(indicator, self.parameters)
        self._places = {line.id: place for place, line in enumerate(indicator.lines)}
        self._values: Floats = np.empty((len(indicator.lines), _LEAST))
        self._count = 0
        self._epoch = series.epoch
        self._stream = self._kernel.open(self._inputs.cut(series, 0, 0)).stream

    def __len__(self) -> int:
        """Return how many bars there were at the last ``sync``."""
        return self._count

    def line(self, name: str) -> Floats:
        """Return a line's values, a view of shape (n,): float64, NaN for "not yet".

        Value i belongs to bar i, wherever it is drawn (``shift``). The view must not be written
        to; it stays valid, but not current, after the next ``sync``.
        """
        return self._values[self._places[name], : self._count]

    def shift(self, name: str) -> int:
        """Return how many bars to the right of its own bar a line is drawn; negative: left."""
        return self.indicator.lines[self._places[name]].shift(self.parameters)

    def at(self, index: int) -> dict[str, float]:
        """Return what each line shows at bar ``index``, NaN for nothing.

        ``index`` may lie beyond the last bar, where displaced lines go on.
        """
        shown = {}
        for line in self.indicator.lines:
            place = index - line.shift(self.parameters)
            inside = 0 <= place < self._count
            shown[line.id] = float(self._values[self._places[line.id], place]) if inside else np.nan
        return shown

    @property
    def starts_over(self) -> bool:
        """Whether the next ``sync`` computes all bars, however many there are."""
        count = len(self._series)
        return (
            self._stream is None
            or self._epoch != self._series.epoch
            or count < self._count
            or (count - self._closed) * _ONE_BY_ONE > max(count, _LEAST * _ONE_BY_ONE)
        )

    def sync(self) -> int:
        """Take over what changed in the series; return the first bar whose values may differ."""
        count = len(self._series)
        closed = self._closed
        if self.starts_over:
            self._reserve(count)
            self._redo(count)
            closed = 0
        else:
            self._reserve(count)
            self._go_on(closed, count)
        self._epoch, self._count = self._series.epoch, count
        return closed

    @property
    def _closed(self) -> int:
        """How many bars were closed at the last ``sync``, at least."""
        return max(0, self._count - TAIL)

    def _redo(self, count: int) -> None:
        closed = max(0, count - TAIL)
        opened = self._kernel.open(self._inputs.cut(self._series, 0, closed))
        self._stream = opened.stream
        if opened.stream is None:
            closed = count
            opened = self._kernel.open(self._inputs.cut(self._series, 0, count))
        for place, values in enumerate(opened.lines):
            self._values[place, :closed] = values
        self._go_on(closed, count)

    def _go_on(self, closed: int, count: int) -> None:
        """Compute from bar ``closed``, where the stream stands, and leave it before the tail."""
        stream = self._stream
        if stream is None or closed == count:
            return
        tail = max(0, count - TAIL)
        columns = [column.tolist() for column in self._inputs.cut(self._series, closed, count)]
        found = []
        for index, row in enumerate(zip(*columns, strict=True), closed):
            if index == tail:
                self._stream, stream = stream, stream.copy()
            found.append(stream.update(*row))
        self._values[:, closed:count] = np.array(found).T

    def _reserve(self, count: int) -> None:
        lines, room = self._values.shape
        if count > room:
            grown = np.empty((lines, count + max(_LEAST, count // 4)))
            grown[:, : self._count] = self._values[:, : self._count]
            self._values = grown


def _kernel(indicator: Indicator, parameters: Parameters) -> Kernel:
    if not indicator.function:
        return KERNELS[indicator.id](parameters)
    arguments = {argument: parameters[name] for argument, name in indicator.arguments}
    return LibraryKernel(indicator.function, arguments)
