"""The tables in ``resources/tables``: made now and then from well-kept libraries, and committed.

    uv run --group tables packaging/tables.py                  makes them all
    uv run --group tables packaging/tables.py sessions         makes one of them
    uv run --group tables packaging/tables.py --check          changes nothing; exits 1 where a
                                                               table is not what would be made

The desk reads the tables and knows none of the libraries. A table is a module ``tables_NAME.py``
beside this one, with ``TABLE``, the path of its file, and ``make()``, which returns its text.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent


def names() -> list[str]:
    """Return the names of all tables."""
    return sorted(path.stem.removeprefix("tables_") for path in HERE.glob("tables_*.py"))


def main(argv: Sequence[str]) -> int:
    """Make or check the tables that were named, or all; return the exit code."""
    parser = argparse.ArgumentParser(description="Make the tables in resources/tables.")
    parser.add_argument("name", nargs="*", help=f"one of: {', '.join(names())}")
    parser.add_argument("--check", action="store_true", help="change nothing, only compare")
    said = parser.parse_args(argv)
    if unknown := set(said.name).difference(names()):
        parser.error(f"there is no table called {', '.join(sorted(unknown))}")
    if str(HERE) not in sys.path:
        sys.path.insert(0, str(HERE))
    code = 0
    for name in said.name or names():
        table = importlib.import_module(f"tables_{name}")
        text, path = table.make(), table.TABLE
        if path.exists() and path.read_text(encoding="utf-8") == text:
            print(f"{path.name} is up to date")
        elif said.check:
            print(f"{path.name} is not what would be made now")
            code = 1
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"{path.name} was made")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
