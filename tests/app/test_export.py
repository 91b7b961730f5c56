"""Stored bars as files: what was stored is what is written."""

import asyncio
import csv
import importlib
import subprocess
import sys
import types
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from alltick_desk.app import export
from alltick_desk.app.cli import read
from alltick_desk.app.cli_values import Export
from alltick_desk.app.export import NothingStoredError, export_bars, run_export, times_of
from alltick_desk.clock import SystemClock
from alltick_desk.errors import UsageError
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.store.candles import CandleStore
from alltick_desk.store.profile import Profile

ROOT = Path(__file__).resolve().parents[2]
TENCENT = InstrumentKey("alltick", "700.HK")
T0 = 1_795_185_000  # 2026-11-20T14:30:00Z
HEADER = "time,open,high,low,close,volume,turnover"

MINUTES = [
    Candle(T0, "612.5", "613", "612.000", "612.5", "1000", ""),
    Candle(T0 + 60, "612.5", "614.125", "612.5", "613", "", "99.5"),
]


def keep(
    profile: Path,
    candles: Sequence[Candle],
    key: InstrumentKey = TENCENT,
    interval: Interval = Interval.M1,
    **more: Any,
) -> None:
    """Store bars as a desk does that ran with the profile."""

    async def save() -> None:
        store = CandleStore(Profile.at(profile).database_file, clock=SystemClock())
        await store.save(key, interval, candles, **more)
        await store.close()

    asyncio.run(save())


def said(*argv: str) -> int:
    options = read(["--export", *argv])
    assert isinstance(options.export, Export)
    return run_export(options, options.export)


def written(profile: Path, name: str, file: Path, *more: str) -> str:
    assert said(name, str(file), "--profile", str(profile), *more) == 0
    return file.read_text(encoding="utf-8")


def test_a_csv_has_the_vendors_digits_and_utc_times(tmp_path: Path) -> None:
    keep(tmp_path, MINUTES)
    assert written(tmp_path, "700.HK:1m", tmp_path / "out.csv").splitlines() == [
        HEADER,
        "2026-11-20T14:30:00Z,612.500,613.000,612.000,612.500,1000,",
        "2026-11-20T14:31:00Z,612.500,614.125,612.500,613.000,,99.5",
    ]


@pytest.mark.parametrize("interval", [Interval.D1, Interval.W1, Interval.MO1])
def test_bars_of_a_calendar_are_dates_of_the_exchange(tmp_path: Path, interval: Interval) -> None:
    midnight_in_hong_kong = 1_795_104_000  # the 20th there, the 19th in UTC
    keep(tmp_path, [Candle(midnight_in_hong_kong, "1", "1", "1", "1")], interval=interval)
    text = written(tmp_path, f"700.HK:{interval.value}", tmp_path / "out.csv")
    assert text.splitlines()[1].split(",")[0] == "2026-11-20"
    assert text.splitlines()[1].endswith(",,")


def test_a_million_prices_of_a_coin_are_written_as_they_came(tmp_path: Path) -> None:
    coin = InstrumentKey("alltick", "PEPEUSDT")
    bars = [
        Candle(T0 + 60 * at, *(f"0.{1000 + at + more:08d}" for more in (1, 2, 0, 1)), f"{at}.5")
        for at in range(25_000)
    ]
    keep(tmp_path, bars, coin)
    text = written(tmp_path, "pepeusdt:1m", tmp_path / "out.CSV")
    rows = list(csv.reader(text.splitlines()))
    assert len(rows) == 1 + len(bars)
    assert [row[1:] for row in rows[1:]] == [
        [it.open, it.high, it.low, it.close, it.volume, it.turnover] for it in bars
    ]


def test_nothing_stored_is_a_sentence_and_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said("700.HK:1m", str(tmp_path / "a.csv"), "--profile", str(tmp_path / "p")) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == (
        "alltick-desk: No 1m bars of 700.HK are stored. Open its chart in the desk first: what "
        "the vendor gives is kept.\n"
    )
    assert not (tmp_path / "p").exists(), "to look for bars makes no folder"
    assert not (tmp_path / "a.csv").exists()


def test_what_else_is_stored_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(tmp_path, MINUTES)
    keep(tmp_path, MINUTES, interval=Interval.H1)
    assert said("700.HK:1d", str(tmp_path / "a.csv"), "--profile", str(tmp_path)) == 1
    assert "No 1d bars of 700.HK are stored; there are 1m 1h." in capsys.readouterr().err


def test_the_vendor_is_the_one_that_was_said_else_the_first_that_has_them(tmp_path: Path) -> None:
    keep(tmp_path, MINUTES[:1], InstrumentKey("itick", "700.HK"))
    file = tmp_path / "out.csv"
    assert len(written(tmp_path, "700.HK:1m", file).splitlines()) == 2
    keep(tmp_path, MINUTES)
    assert len(written(tmp_path, "700.HK:1m", file).splitlines()) == 3
    assert len(written(tmp_path, "700$HK:1m", file, "--vendor", "itick").splitlines()) == 2


def test_the_demo_has_a_folder_of_its_own(tmp_path: Path) -> None:
    keep(tmp_path / "demo", MINUTES)
    assert said("700.HK:1m", str(tmp_path / "a.csv"), "--profile", str(tmp_path)) == 1
    assert len(written(tmp_path, "700.HK:1m", tmp_path / "b.csv", "--demo").splitlines()) == 3


def test_an_unfinished_bar_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(tmp_path, MINUTES, in_progress_from_s=T0 + 60)
    written(tmp_path, "700.HK:1m", tmp_path / "a.csv")
    assert capsys.readouterr().out.endswith("The last one was still in progress when it came.\n")


def test_a_file_that_is_there_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(tmp_path, MINUTES)
    file = tmp_path / "out.csv"
    file.write_text("mine", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(export, "_write_csv", full)
        assert said("700.HK:1m", str(file), "--profile", str(tmp_path)) == 2
    assert f"The file {file} cannot be written: the disk is full." in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "mine"
    assert [it.name for it in tmp_path.iterdir() if ".new" in it.name] == []
    assert written(tmp_path, "700.HK:1m", file).startswith(HEADER)


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("700.HK:3m", "a.csv"), "'3m' is not an interval"),
        (("700.HK", "a.csv"), "needs a code with an interval"),
        ((":1m", "a.csv"), "needs a code with an interval"),
        (("700.HK:1m", "a.xlsx"), "known: .csv or .parquet"),
        (("700.HK:1m", "csv"), "known: .csv or .parquet"),
        (("700.HK:1m", "nowhere/a.csv"), "no folder"),
        (("700.HK:1m",), "--export needs a code with an interval, and a file; see --help."),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(argv: tuple[str, ...], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(["--export", *argv])
    assert words in str(caught.value)


def test_a_damaged_store_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Profile.at(tmp_path).database_file.write_bytes(b"no database" * 1000)
    assert said("700.HK:1m", str(tmp_path / "a.csv"), "--profile", str(tmp_path)) == 2
    assert "it is damaged" in capsys.readouterr().err


def test_parquet_without_pyarrow_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = importlib.import_module

    def without(name: str, package: str | None = None) -> types.ModuleType:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return plain(name, package)

    monkeypatch.setattr(export, "import_module", without)
    keep(tmp_path, MINUTES)
    assert said("700.HK:1m", str(tmp_path / "a.parquet"), "--profile", str(tmp_path)) == 2
    assert "need the package pyarrow" in capsys.readouterr().err


def test_parquet_has_the_numbers_and_knows_what_was_not_told(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    keep(tmp_path, MINUTES)
    file = tmp_path / "a.parquet"
    assert said("700.HK:1m", str(file), "--profile", str(tmp_path)) == 0
    columns = pq.read_table(file).to_pydict()
    assert list(columns) == HEADER.split(",")
    assert [it.timestamp() for it in columns["time"]] == [T0, T0 + 60]
    assert columns["high"] == [613.0, 614.125]
    assert columns["volume"] == [1000.0, None]
    assert columns["turnover"] == [None, 99.5]


def test_the_menus_call_writes_beside_a_running_desk(tmp_path: Path) -> None:
    async def run() -> str:
        store = CandleStore(tmp_path / "history.sqlite", clock=SystemClock())
        await store.save(TENCENT, Interval.M1, MINUTES)
        args = (TENCENT, Interval.M1, Market.HK_STOCK)
        told = await export_bars(store, *args, tmp_path / "a.csv")
        with pytest.raises(UsageError):
            await export_bars(store, *args, tmp_path / "a.txt")
        with pytest.raises(NothingStoredError):
            await export_bars(store, TENCENT, Interval.D1, Market.HK_STOCK, tmp_path / "a.csv")
        # While the writer has the file open another one may read it.
        beside = CandleStore(tmp_path / "history.sqlite", clock=SystemClock(), read_only=True)
        await export_bars(beside, *args, tmp_path / "b.csv")
        await beside.close()
        await store.close()
        return told

    assert str(asyncio.run(run())).startswith("2 1m bars of 700.HK are in ")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_times_before_1970_and_far_ahead_are_read_back(tmp_path: Path) -> None:
    async def load() -> list[str]:
        store = CandleStore(tmp_path / "history.sqlite", clock=SystemClock())
        bars = [Candle(at, "1", "1", "1", "1") for at in (-60, 0, 4_102_444_800)]
        await store.save(TENCENT, Interval.M1, bars)
        try:
            found = await store.load(TENCENT, Interval.M1)
        finally:
            await store.close()
        return times_of(found, Interval.M1, Market.CRYPTO)

    assert asyncio.run(load()) == [
        "1969-12-31T23:59:00Z",
        "1970-01-01T00:00:00Z",
        "2100-01-01T00:00:00Z",
    ]


def test_no_qt_is_loaded() -> None:
    program = (
        "import sys; import alltick_desk.app.export;"
        "print(*(name for name in sys.modules if 'PySide' in name or 'pyqtgraph' in name))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
