"""The command line: what may be said to the desk, and a sentence for what may not.

Reading it loads nothing heavy, so that ``--version`` and a mistyped option answer at once. The
vendors' plans are looked up only where a plan is named.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, NoReturn

from alltick_desk import __version__
from alltick_desk.app.cli_values import (
    DEFAULT_AFTER_S,
    Export,
    read_chart,
    read_choice,
    read_endpoint,
    read_export,
    read_file,
    read_path,
    read_plans,
    read_seconds,
    read_symbols,
    read_vendors,
)
from alltick_desk.errors import UsageError
from alltick_desk.model.interval import Interval

THEMES = ("system", "light", "dark")
LANGUAGES = ("en", "zh_CN")
LOG_LEVELS = ("debug", "info", "warning", "error")
DEMO_PLAN = "premium"

_USAGE = """\
%(prog)s [--demo] [--vendor alltick|itick] [--endpoint URL] [--plan NAME]
                    [--profile DIR] [--symbols A,B,C] [--chart CODE[:INTERVAL]]
                    [--theme system|light|dark] [--lang en|zh_CN]
                    [--snapshot FILE [--after S]] [--metrics FILE] [--log-level L]
                    [--export CODE:INTERVAL FILE] [--doctor] [--version]"""

_EXAMPLES = """\
examples:
  alltick-desk --demo
      try everything on a simulated exchange, without a token
  alltick-desk --plan basic --symbols 700.HK,AAPL.US,BTCUSDT --chart 700.HK:5m
      watch three instruments and chart the first in five-minute bars
  alltick-desk --demo --snapshot desk.png --after 12
      draw the window into desk.png after 12 seconds, with no screen
  alltick-desk --export 700.HK:1d tencent.csv
      write the daily bars that the desk has kept, also while it runs

The token is never given here: set ALLTICK_TOKEN or ITICK_TOKEN, or let the desk ask for it and
keep it in the system keyring."""


class Options(NamedTuple):
    """What was said on the command line.

    None, or an empty ``plans_given``, means that nothing was said and the settings decide.

    Attributes:
        vendors: whose data is shown, each once; the first one takes ``symbols`` and the chart.
        vendors_given: whether they were said; otherwise the settings decide.
        also: vendors that are in use beside those, since a plan was said of them.
        endpoint: the base address in place of the vendor's, e.g. ``"http://127.0.0.1:18080"``,
            with no slash at its end.
        plans: the plan's name for each of ``vendors`` and ``also``, as said or by default.
        plans_given: the vendors whose plan was said, so that it wins over the settings.
        profile: the folder for everything the desk keeps.
        symbols: codes to watch now, each once, saved nowhere.
        chart: the code to chart.
        interval: the chart's interval.
        snapshot: where to write the window as PNG, after ``after_s`` seconds.
        export: the stored bars to write to a file; nothing else happens then.
        log_level: the name of a level of the logging module, e.g. ``"INFO"``.
    """

    demo: bool = False
    vendors: tuple[str, ...] = ("alltick",)
    vendors_given: bool = False
    also: tuple[str, ...] = ()
    endpoint: str | None = None
    plans: Mapping[str, str] = MappingProxyType({"alltick": "free"})
    plans_given: frozenset[str] = frozenset()
    profile: Path | None = None
    symbols: tuple[str, ...] | None = None
    chart: str | None = None
    interval: Interval = Interval.M1
    theme: str | None = None
    lang: str | None = None
    snapshot: Path | None = None
    after_s: float = DEFAULT_AFTER_S
    metrics: Path | None = None
    log_level: str = "INFO"
    doctor: bool = False
    export: Export | None = None


def parse(argv: Sequence[str]) -> Options:
    """Read the arguments after the program's name.

    A mistake prints one sentence on stderr and raises SystemExit(2); ``--help`` and
    ``--version`` print on stdout and raise SystemExit(0).
    """
    try:
        return read(argv)
    except UsageError as error:
        print(f"alltick-desk: {error}", file=sys.stderr)
        raise SystemExit(2) from None


def read(argv: Sequence[str]) -> Options:
    """Do the same as ``parse``, but raise UsageError with the sentence for a mistake."""
    parser = _parser()
    try:
        said, rest = parser.parse_known_args(list(argv))
    except argparse.ArgumentError as error:
        raise UsageError(_sentence(error)) from None
    if rest:
        raise UsageError(_not_understood(rest[0]))
    if said.demo and said.endpoint is not None:
        raise UsageError(
            "--demo brings its own endpoint, so it cannot be combined with --endpoint: "
            "leave one of the two out."
        )
    if said.after is not None and said.snapshot is None:
        raise UsageError("--after says when to write a snapshot, so it needs --snapshot FILE.")
    vendors = read_vendors(said.vendor)
    given = read_plans(said.plan, vendors, fixed=bool(said.vendor))
    also = tuple(vendor for vendor in given if vendor not in vendors)
    default = DEMO_PLAN if said.demo else "free"
    chart, interval = read_chart(said.chart, vendors[0])
    return Options(
        demo=said.demo,
        vendors=vendors,
        vendors_given=bool(said.vendor),
        endpoint=read_endpoint(said.endpoint),
        also=also,
        plans=MappingProxyType(
            {vendor: given.get(vendor, default) for vendor in (*vendors, *also)}
        ),
        plans_given=frozenset(given),
        profile=read_path("--profile", said.profile),
        symbols=read_symbols(said.symbols),
        chart=chart,
        interval=interval,
        theme=read_choice("--theme", said.theme, THEMES),
        lang=read_choice("--lang", said.lang, LANGUAGES),
        snapshot=read_file("--snapshot", said.snapshot),
        after_s=read_seconds(said.after),
        metrics=read_file("--metrics", said.metrics),
        log_level=(
            read_choice("--log-level", said.log_level.lower(), LOG_LEVELS) or "info"
        ).upper(),
        doctor=said.doctor,
        export=read_export(said.export),
    )


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="alltick-desk",
        usage=_USAGE,
        description="A desktop market watch for AllTick and iTick market data.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        exit_on_error=False,
        add_help=False,
    )
    data = parser.add_argument_group("what to show")
    data.add_argument(
        "--demo",
        action="store_true",
        help="run on a simulated exchange: no token, a folder of its own, plan premium",
    )
    data.add_argument(
        "--vendor",
        action="append",
        metavar="NAME",
        help="alltick or itick; may be given more than once; default those in use by the "
        "settings, at first alltick",
    )
    data.add_argument(
        "--endpoint",
        metavar="URL",
        help="base address instead of the vendor's, e.g. http://127.0.0.1:18080; plain http only "
        "to this machine",
    )
    data.add_argument(
        "--plan",
        action="append",
        metavar="NAME",
        help="the token's plan: for alltick free, basic, premium, professional, hk, cn or us; for "
        "itick free, base, professional or premium; default free; with two vendors VENDOR=NAME, "
        "which also has that vendor used in this run",
    )
    data.add_argument(
        "--symbols", metavar="A,B,C", help="watch these codes now, without saving them"
    )
    data.add_argument(
        "--chart",
        metavar="CODE[:INTERVAL]",
        help="chart this code; intervals: 1m 5m 15m 30m 1h 2h 4h 1d 1w 1mo; default 1m",
    )
    look = parser.add_argument_group("how to look")
    look.add_argument("--theme", metavar="NAME", help="system, light or dark")
    look.add_argument("--lang", metavar="NAME", help="en or zh_CN")
    files = parser.add_argument_group("files")
    files.add_argument(
        "--profile", metavar="DIR", help="keep settings, lists, database, budget and logs in DIR"
    )
    files.add_argument(
        "--snapshot",
        metavar="FILE",
        help="run without a screen, write the window to FILE as PNG and what it says to "
        "FILE.json, then exit",
    )
    files.add_argument(
        "--after",
        metavar="S",
        help=f"seconds until the snapshot; default {DEFAULT_AFTER_S:g}",
    )
    files.add_argument(
        "--metrics", metavar="FILE", help="write a line of JSON to FILE every second"
    )
    files.add_argument(
        "--export",
        nargs=2,
        metavar=("CODE:INTERVAL", "FILE"),
        help="write the stored bars to FILE, as CSV or Parquet by its ending, without a window; "
        "then exit",
    )
    files.add_argument(
        "--log-level", default="info", metavar="L", help="debug, info, warning or error"
    )
    about = parser.add_argument_group("about")
    about.add_argument(
        "--doctor", action="store_true", help="check everything the desk needs and say what fails"
    )
    about.add_argument(
        "--version",
        action="version",
        version=f"AllTick Desk {__version__}",
        help="show the version",
    )
    about.add_argument("-h", "--help", action="help", help="show this text")
    return parser


def _sentence(error: argparse.ArgumentError) -> str:
    name = (error.argument_name or "an option").partition("/")[0]
    if "expected 2 arguments" in error.message:
        return f"{name} needs a code with an interval, and a file; see --help."
    if "expected one argument" in error.message:
        return f"{name} needs a value; see --help."
    if "ignored explicit argument" in error.message:
        return f"{name} takes no value."
    return f"{name}: {error.message}."


def _not_understood(argument: str) -> str:
    # Only an option's name is repeated: anything else might be a token in the wrong place.
    name = argument.partition("=")[0]
    if name in {"--token", "--api-key", "--apikey"}:
        return (
            "The token is never given on the command line, where other programs can read it: "
            "set ALLTICK_TOKEN or ITICK_TOKEN, or let the desk ask for it."
        )
    if name.startswith("--"):
        return f"There is no option {name}; see --help."
    return "There is an argument that belongs to no option; see --help."
