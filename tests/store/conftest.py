"""What the tests of the store share."""

from pathlib import Path

import pytest
from fakes import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a file may stand; neither it nor its folder is there yet."""
    return tmp_path / "state" / "desk.sqlite3"
