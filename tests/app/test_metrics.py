"""What --metrics writes."""

import json
from pathlib import Path

from alltick_desk.app.metrics import MetricsFile, percentile


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(number) for number in range(100, 0, -1)]
    assert percentile(values, 0.5) == 51.0
    assert percentile(values, 0.99) == 100.0
    assert percentile([3.0], 0.99) == 3.0


def test_nothing_measured_is_none() -> None:
    assert percentile([], 0.5) is None


def test_one_line_a_write_and_an_old_file_is_emptied(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    path.write_text("old\n", encoding="utf-8")
    numbers = iter([{"t": 1}, {"t": 2}])
    metrics = MetricsFile(path, lambda: next(numbers))
    metrics.write()
    assert path.read_text(encoding="utf-8") == '{"t": 1}\n'
    metrics.write()
    metrics.close()
    assert [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] == [
        {"t": 1},
        {"t": 2},
    ]
