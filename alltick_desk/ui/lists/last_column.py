"""The last column of a table: as wide as what is left, and never narrower than its words."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QTableView

_MARGIN = 2  # letters


class LastColumn(QObject):
    """Keeps the last column of ``table``, which has its model, whole; wider ones are scrolled to.

    It measures when the model is reset.
    """

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._last = table.model().columnCount() - 1
        self._wanted = 0  # pixels
        table.model().modelReset.connect(self._measure)
        table.horizontalHeader().sectionResized.connect(self._moved)
        table.viewport().installEventFilter(self)
        table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self._measure()

    def _measure(self) -> None:
        model, metrics = self._table.model(), self._table.fontMetrics()
        rows = range(model.rowCount())
        texts = {str(model.index(row, self._last).data() or "") for row in rows}  # many are alike
        widest = max(map(metrics.horizontalAdvance, texts), default=0)
        self._wanted = widest + _MARGIN * metrics.averageCharWidth()
        self._fit()

    def _moved(self, column: int) -> None:
        if column != self._last:
            self._fit()

    def _fit(self) -> None:
        others = sum(map(self._table.columnWidth, range(self._last)))
        room = self._table.viewport().width() - others
        self._table.setColumnWidth(self._last, max(room, self._wanted))

    # Qt's own

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)
