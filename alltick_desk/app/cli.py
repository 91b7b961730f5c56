"""The command line: what may be said to the desk, and a sentence for what may not.

Reading it loads nothing heavy, so that ``--version`` and a mistyped option answer at once. The
vendors' plans are looked up only where a plan is named.
"""

import argparse
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from alltick_desk import __version__
from alltick_desk.errors import SettingsError, UsageError
from alltick_desk.model.interval import Interval

VENDORS = ("alltick", "itick")
THEMES = ("system", "light", "dark")
LANGUAGES = ("en", "zh_CN")
LOG_LEVELS = ("debug", "info", "warning", "error")
DEFAULT_AFTER_S = 10.0

_USAGE = """\
%(prog)s [--demo] [--vendor alltick|itick] [--endpoint URL] [--plan NAME]
                    [--profile DIR] [--symbols A,B,C] [--chart CODE[:INTERVAL]]
                    [--theme system|light|dark] [--lang en|zh_CN]
                    [--snapshot FILE [--after S]] [--metrics FILE] [--log-level L]
                    [--doctor] [--version]"""

_EXAMPLES = """\
examples:
  alltick-desk --demo
      try everything on a simulated exchange, without a token
  alltick-desk --plan basic --symbols 700.HK,AAPL.US,BTCUSDT --chart 700.HK:5m
      watch three instruments and chart the first in five-minute bars
  alltick-desk --demo --snapshot desk.png --after 12
      draw the window into desk.png after 12 seconds, with no screen

The token is never given here: set ALLTICK_TOKEN or ITICK_TOKEN, or let the desk ask for it and
keep it in the system keyring."""


@dataclass(frozen=True)
class Options:
    """What was said on the command line.

    None, or an empty ``plans_given``, means that nothing was said and the settings decide.

    Attributes:
        vendors: whose data is shown, each once; the first one takes ``symbols`` and the chart.
        endpoint: the base address in place of the vendor's, e.g. ``"http://127.0.0.1:18080"``,
            with no slash at its end.
        plans: the plan's name for each of ``vendors``, as said or by default.
        plans_given: the vendors whose plan was said, so that it wins over the settings.
        profile: the folder for everything the desk keeps.
        symbols: codes to watch now, each once, saved nowhere.
        chart: the code to chart.
        interval: the chart's interval.
        snapshot: where to write the window as PNG, after ``after_s`` seconds.
        log_level: the name of a level of the logging module, e.g. ``"INFO"``.
    """

    demo: bool = False
    vendors: tuple[str, ...] = ("alltick",)
    endpoint: str | None = None
    plans: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({"alltick": "free"}))
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
    vendors = _vendors(said.vendor)
    given = _plans(said.plan, vendors)
    default = "premium" if said.demo else "free"
    chart, interval = _chart(said.chart, vendors[0])
    return Options(
        demo=said.demo,
        vendors=vendors,
        endpoint=_endpoint(said.endpoint),
        plans=MappingProxyType({vendor: given.get(vendor, default) for vendor in vendors}),
        plans_given=frozenset(given),
        profile=_path("--profile", said.profile),
        symbols=_symbols(said.symbols),
        chart=chart,
        interval=interval,
        theme=_choice("--theme", said.theme, THEMES),
        lang=_choice("--lang", said.lang, LANGUAGES),
        snapshot=_file("--snapshot", said.snapshot),
        after_s=_seconds(said.after),
        metrics=_file("--metrics", said.metrics),
        log_level=(_choice("--log-level", said.log_level.lower(), LOG_LEVELS) or "info").upper(),
        doctor=said.doctor,
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
        help="alltick or itick; default alltick; may be given more than once",
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
        "itick free, base, professional or premium; default free; with two vendors VENDOR=NAME",
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


def _endpoint(said: str | None) -> str | None:
    if said is None:
        return None
    from urllib.parse import urlsplit

    from alltick_desk.model.endpoint import base_address

    try:
        address = base_address(said)
    except SettingsError as error:
        raise UsageError(f"--endpoint: {error}") from None
    if urlsplit(address).path:
        raise UsageError(
            "--endpoint: The address ends after the host and its port; the paths are the vendor's."
        )
    return address


def _choice(option: str, text: str | None, choices: Sequence[str]) -> str | None:
    if text is None or text in choices:
        return text
    raise UsageError(f"{option} {text!r} is not known: it is one of {' '.join(choices)}.")


def _vendors(said: Sequence[str] | None) -> tuple[str, ...]:
    for name in said or ():
        _choice("--vendor", name, VENDORS)
    return tuple(dict.fromkeys(said or VENDORS[:1]))


def _plans(said: Sequence[str] | None, vendors: Sequence[str]) -> dict[str, str]:
    plans: dict[str, str] = {}
    for text in said or ():
        vendor, separator, name = text.partition("=")
        if not separator:
            if len(vendors) > 1:
                raise UsageError(
                    f"With several vendors --plan says whose it is, e.g. --plan {vendors[0]}=free."
                )
            vendor, name = vendors[0], text
        if vendor not in vendors:
            raise UsageError(
                f"--plan names {vendor!r}, which is not among the vendors: {' '.join(vendors)}."
            )
        if plans.get(vendor, name) != name:
            raise UsageError(f"--plan was given twice for {vendor}, with different plans.")
        plans[vendor] = name
    if plans:
        from alltick_desk.vendors.plans import plan_named

        for vendor, name in plans.items():
            try:
                plan_named(vendor, name)
            except ValueError as error:
                raise UsageError(f"--plan: {error}.") from None
    return plans


def _chart(said: str | None, vendor: str) -> tuple[str | None, Interval]:
    if said is None:
        return None, Interval.M1
    code, separator, spelling = said.strip().rpartition(":")
    if not separator:
        code, spelling = spelling, Interval.M1.value
    code = code.strip()
    if not code:
        raise UsageError("--chart needs a code before the interval, e.g. --chart 700.HK:5m.")
    try:
        interval = Interval.parse(spelling.strip())
    except ValueError as error:
        raise UsageError(f"--chart: {error}.") from None
    offered = _intervals(vendor, code)
    if interval not in offered:
        known = " ".join(each.value for each in Interval if each in offered)
        raise UsageError(
            f"--chart: {vendor} has no {interval.value} bars for {code}; it has {known}."
        )
    return code, interval


def _intervals(vendor: str, code: str) -> Sequence[Interval]:
    from alltick_desk.model.instrument import market_by_suffix
    from alltick_desk.vendors.alltick.families import CAPABILITIES

    capabilities = {"alltick": CAPABILITIES}.get(vendor)
    return (
        tuple(Interval) if capabilities is None else capabilities.intervals[market_by_suffix(code)]
    )


def _symbols(said: str | None) -> tuple[str, ...] | None:
    if said is None:
        return None
    # The comma of Chinese keyboards separates as well.
    codes = tuple(dict.fromkeys(filter(None, map(str.strip, said.replace("，", ",").split(",")))))
    if not codes:
        raise UsageError("--symbols needs at least one code, e.g. --symbols 700.HK,BTCUSDT.")
    return codes


def _seconds(said: str | None) -> float:
    if said is None:
        return DEFAULT_AFTER_S
    try:
        seconds = float(said)
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds > 0):
        raise UsageError(f"--after {said!r} is not a number of seconds greater than 0.")
    return seconds


def _path(option: str, said: str | None) -> Path | None:
    if said is None:
        return None
    if not said.strip() or "\0" in said:
        raise UsageError(f"{option} needs a path.")
    try:
        return Path(said).expanduser()
    except RuntimeError:
        raise UsageError(f"{option}: the home folder of {said!r} is not known.") from None


def _file(option: str, said: str | None) -> Path | None:
    path = _path(option, said)
    if path is None:
        return None
    try:
        if path.is_dir():
            raise UsageError(f"{option} {str(path)!r} is a folder: give the name of a file.")
        if not path.parent.is_dir():
            raise UsageError(f"{option}: there is no folder {str(path.parent)!r} to write to.")
    except OSError as error:  # a name that is too long, a folder nobody may look into
        why = (error.strerror or "unknown reason").lower()
        raise UsageError(f"{option}: the file cannot be written: {why}.") from None
    return path
