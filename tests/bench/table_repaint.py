"""Forty rows that read otherwise in every cell, read and painted anew: ``table_repaint.py SET``.

SET is one of the desk's own sets of columns. Every frame brings each row in sight another price,
day, book, rate and age, and another point on the line of its day, which is as long as it gets; all
3,000 rows are said to have changed. Measured is what the desk does then: from the changed rows to
the end of Qt's painting.
"""

import json
import statistics
import sys
import time

from table_rows import Table

from alltick_desk.clock import SystemClock

ROWS, VISIBLE, WIDTH = 3000, 40, 1900
FRAMES, WARM = 160, 40
UNCHANGED = {"code", "name", "state"}


class Frames:
    """Makes every frame's news and shows them."""

    def __init__(self, columns: str) -> None:
        from alltick_desk.ui.watchlist.column_sets import BUILT_IN

        self._table = Table(ROWS, ",".join(BUILT_IN[columns]))
        self._table.show(WIDTH, VISIBLE)
        panel = self._table.panel
        panel._view._seconds.stop()  # the rates are noted here, and the clock stands still
        self._paintings = 0
        rows = self._table.watchlist.rows
        self._seen = rows[:VISIBLE]
        self._day_lines = panel.day_lines
        self._begun_ms = SystemClock().wall_ms() - FRAMES * 1000
        for _ in range(100):
            self._table.now_s += 10_000
            self._day_lines.sample(rows)

    def news(self, number: int) -> None:
        """Have everything change."""
        from alltick_desk.model.market import Depth, Quote
        from alltick_desk.vendors.alltick import ALLTICK

        table = self._table
        table.now_s += 0.01
        table.ticks += 1 + number * number % 89
        tape = table.board.tape("alltick")
        price = 100 + (number * 37 % 101) / 50
        for row in self._seen:
            code = row.key.code
            high = price + 1 + number % 7 / 3 + number / 100
            low = price - 1 - number % 5 / 2 - number / 100
            day = (price, price - 0.5, high, low)
            sums = (1e6 + number * 12_345, 1e8 + number * 1_234_567)
            texts = (f"{value:.3f}" for value in (*day, *sums))
            arrived_s = table.now_s - number % 7
            quote = Quote(code, self._begun_ms + number * 1000, *texts)
            tape.quote(quote, arrived_s)
            levels = [
                [{"price": f"{price + side * (0.01 + number % 5 / 100):.3f}", "volume": "100"}]
                for side in (-1, 1)
            ]
            push = {"code": code, "seq": "1", "tick_time": str(self._begun_ms + number)}
            push |= {"bids": levels[0], "asks": levels[1]}
            depth = ALLTICK.decode(json.dumps({"cmd_id": 22999, "data": push}).encode())
            assert isinstance(depth, Depth)
            tape.depth(depth, arrived_s)
            line = self._day_lines.of(row)
            assert line is not None
            line.take(row, table.now_s + 1e9 * number)
        table.panel._rates.note(self._seen, table.panel._model.reading.facts, table.now_s)
        for row in table.watchlist.rows:
            table.board.touch(row, table.now_s)

    def texts(self) -> list[dict[str, str]]:
        """Return the rows in sight, by the columns' ids."""
        model = self._table.panel._model
        return [
            {column.id: model.text(row, at) for at, column in enumerate(model.columns)}
            for row in self._seen
        ]

    def show(self) -> tuple[float, float]:
        """Show the news; return milliseconds by the wall and of processor time."""
        begun_s, begun_work_s = time.perf_counter(), time.thread_time()
        self._table.frame()
        self._table.app.processEvents()
        spent_s, work_s = time.perf_counter() - begun_s, time.thread_time() - begun_work_s
        return spent_s * 1000, work_s * 1000


def run(columns: str) -> dict[str, float]:
    frames = Frames(columns)
    frames._table.clock.stop()  # frames come when they are asked for
    times = []
    for number in range(FRAMES):
        before = frames.texts() if number == WARM else []
        frames.news(number)
        times.append(frames.show())
        for old, new in zip(before, frames.texts() if before else [], strict=True):
            same = {name for name in new if new[name] == old[name]} - UNCHANGED
            if same:
                raise SystemExit(f"bench: {' '.join(same)} did not change.")
    wall, work = (sorted(column) for column in zip(*times[WARM:], strict=True))
    return {
        "ms": statistics.median(wall),
        "p99_ms": wall[len(wall) * 99 // 100],
        "work_ms": statistics.median(work),
    }


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1])))
