"""A database behind the desk's back."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def rows(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a closed budget file behind the desk's back."""
    database = sqlite3.connect(path)
    try:
        yield database
        database.commit()
    finally:
        database.close()
