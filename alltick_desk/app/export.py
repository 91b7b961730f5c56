"""Stored bars as a file: ``--export``, and the menu entry "Export bars…". No Qt.

CSV has the vendor's digits; Parquet has numbers, and needs pyarrow. The file appears whole or not
at all. Nothing is asked of a vendor, and a desk that runs meanwhile is not disturbed.
"""

import asyncio
import contextlib
import csv
import os
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import IO, Any

import numpy as np

from alltick_desk.app.cli import Options
from alltick_desk.app.cli_values import FORMATS, Export
from alltick_desk.app.vendors import SPOKEN, as_typed
from alltick_desk.clock import SystemClock
from alltick_desk.errors import DeskError, UsageError
from alltick_desk.model.calendar import bar_date, home_market
from alltick_desk.model.instrument import Catalogue, InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.words import Sentence
from alltick_desk.resources import resource
from alltick_desk.store.candle_columns import StoredCandles
from alltick_desk.store.candle_values import SeriesName, Source
from alltick_desk.store.candles import CandleStore
from alltick_desk.store.files import reason
from alltick_desk.store.profile import Profile

COLUMNS = ("time", "open", "high", "low", "close", "volume", "turnover")
_PIECE = 10_000  # bars written in one go

_NOTHING = Sentence(
    "Export",
    "No {interval} bars of {code} are stored. Open its chart in the desk first: what the vendor "
    "gives is kept.",
)
_OTHERS = Sentence("Export", "No {interval} bars of {code} are stored; there are {known}.")
_NO_PYARROW = Sentence(
    "Export",
    "Parquet files need the package pyarrow, which is not installed: install it, or name a file "
    "that ends with .csv.",
)
_REFUSED = Sentence("Export", "The file {path} cannot be written: {why}.")
_UNKNOWN = Sentence("Export", "The file {path} does not end with .csv or .parquet.")


class NothingStoredError(DeskError):
    """There are no such bars."""


def run_export(options: Options, export: Export) -> int:
    """Do what ``--export`` asks for; return the exit code."""
    try:
        written = asyncio.run(_export(options, export))
    except NothingStoredError as error:
        _complain(error)
        return 1
    except DeskError as error:
        _complain(error)
        return 2
    sys.stdout.write(f"{written}\n")
    return 0


async def export_bars(
    store: CandleStore, key: InstrumentKey, interval: Interval, market: Market, path: Path
) -> Sentence:
    """Write all stored bars of a series; return a sentence that tells what was written.

    The format is by the ending of ``path``; ``market`` gives the dates of daily bars their
    calendar. The event loop does not wait for the disk. Raises NothingStoredError, UsageError
    where the file cannot be written and StoreError.
    """
    check(path)
    bars = await store.load(key, interval)
    if not len(bars):
        known = [name.interval.value for name in await store.names() if name.key == key]
        words = _OTHERS if known else _NOTHING
        raise NothingStoredError(
            words.format(interval=interval.value, code=key.code, known=" ".join(known))
        )
    await asyncio.get_running_loop().run_in_executor(None, write, bars, interval, market, path)
    words = Sentence("Export", "{count} {interval} bars of {code} are in {path}.")
    if bars.source[-1] == Source.IN_PROGRESS:
        words = Sentence(
            "Export",
            "{count} {interval} bars of {code} are in {path}. The last one was still in progress "
            "when it came.",
        )
    return words.format(count=len(bars), interval=interval.value, code=key.code, path=path)


def check(path: Path) -> None:
    """Raise UsageError where the format of ``path`` is none that can be written here."""
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise UsageError(_UNKNOWN.format(path=path))
    if ending == ".parquet":
        try:
            import_module("pyarrow.parquet")
        except ImportError:
            raise UsageError(_NO_PYARROW) from None


def write(bars: StoredCandles, interval: Interval, market: Market, path: Path) -> None:
    """Write bars, all or nothing; blocks. UsageError where the disk refuses."""
    path = path.resolve()  # somebody may have a link in its place
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        try:
            if path.suffix.lower() == ".parquet":
                _write_parquet(bars, interval, market, beside)
            else:
                with beside.open("w", encoding="utf-8", newline="") as file:
                    _write_csv(bars, interval, market, file)
                    file.flush()
                    os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
    except OSError as error:
        raise UsageError(_REFUSED.format(path=path, why=reason(error))) from None


def times_of(bars: StoredCandles, interval: Interval, market: Market) -> list[str]:
    """Return the beginnings of bars: ISO 8601 in UTC, dates for a day and longer."""
    if interval.seconds is None:
        return [bar_date(time_s, market).isoformat() for time_s in bars.time.tolist()]
    texts = np.datetime_as_string(bars.time.astype("datetime64[s]"))
    return [f"{text}Z" for text in texts.tolist()]


def _write_csv(bars: StoredCandles, interval: Interval, market: Market, file: IO[str]) -> None:
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow(COLUMNS)
    for some in _pieces(bars):
        times = times_of(some, interval, market)
        for time, it in zip(times, some.candles(), strict=True):
            lines.writerow((time, it.open, it.high, it.low, it.close, it.volume, it.turnover))


def _write_parquet(bars: StoredCandles, interval: Interval, market: Market, path: Path) -> None:
    # By name, since neither the type checker nor the packager is to look for it.
    pa: Any = import_module("pyarrow")
    pq: Any = import_module("pyarrow.parquet")
    if interval.seconds is None:
        dates = [bar_date(time_s, market) for time_s in bars.time.tolist()]
        time = pa.array(dates, pa.date32())
    else:
        time = pa.array(bars.time, pa.timestamp("s", tz="UTC"))
    table = pa.table(
        {
            "time": time,
            "open": bars.open,
            "high": bars.high,
            "low": bars.low,
            "close": bars.close,
            "volume": pa.array(bars.volume, mask=~bars.has_volume),
            "turnover": pa.array(bars.turnover, mask=~bars.has_turnover),
        }
    )
    pq.write_table(table, path)


def _pieces(bars: StoredCandles) -> Iterator[StoredCandles]:
    for start in range(0, len(bars), _PIECE):
        yield bars.part(slice(start, start + _PIECE))


async def _export(options: Options, export: Export) -> Sentence:
    profile = Profile.of(options.profile, demo=options.demo)
    catalogue = Catalogue.read(resource("catalogue.csv"))
    store = CandleStore(profile.database_file, clock=SystemClock(), read_only=True)
    try:
        check(export.path)
        vendors = options.vendors if options.vendors_given else SPOKEN
        key = _stored_key(await store.names(), vendors, export, catalogue)
        market = home_market(key.code, catalogue.get(key.code).market)
        return await export_bars(store, key, export.interval, market, export.path)
    finally:
        await store.close()


def _stored_key(
    names: Sequence[SeriesName], vendors: Sequence[str], export: Export, catalogue: Catalogue
) -> InstrumentKey:
    """Return whose bars are meant: of the first vendor that has them, however the code is written.

    Where nobody has them, the first vendor's.
    """
    spelled = [
        InstrumentKey(vendor, catalogue.spelling(as_typed(vendor, export.code, catalogue)))
        for vendor in vendors
    ]
    for exact in (True, False):
        for key in spelled:
            for name in names:
                same = name.key == key if exact else str(name.key).lower() == str(key).lower()
                if same and name.interval is export.interval:
                    return name.key
    return spelled[0]


def _complain(error: DeskError) -> None:
    sys.stderr.write(f"alltick-desk: {error}\n")
