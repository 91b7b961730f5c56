"""What an option's text means, and a sentence for what means nothing: each raises UsageError."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from alltick_desk.app.vendors import SPOKEN, capabilities_of
from alltick_desk.errors import SettingsError, UsageError
from alltick_desk.model.interval import Interval

DEFAULT_AFTER_S = 10.0
FORMATS = (".csv", ".parquet")


class Export(NamedTuple):
    """Bars to write to a file, instead of a window."""

    code: str
    interval: Interval
    path: Path  # with one of ``FORMATS`` at its end


def read_endpoint(said: str | None) -> str | None:
    """Return the base address in place of the vendor's."""
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


def read_choice(option: str, text: str | None, choices: Sequence[str]) -> str | None:
    """Return what was said, one of ``choices``."""
    if text is None or text in choices:
        return text
    raise UsageError(f"{option} {text!r} is not known: it is one of {' '.join(choices)}.")


def read_vendors(said: Sequence[str] | None) -> tuple[str, ...]:
    """Return the vendors, each once; the first one where none was said."""
    for name in said or ():
        read_choice("--vendor", name, SPOKEN)
    return tuple(dict.fromkeys(said or SPOKEN[:1]))


def read_plans(
    said: Sequence[str] | None, vendors: Sequence[str], *, fixed: bool
) -> dict[str, str]:
    """Return the plan's name of each vendor of which it was said.

    ``fixed`` is whether no other than these ``vendors`` may be named.
    """
    plans: dict[str, str] = {}
    for text in said or ():
        vendor, separator, name = text.partition("=")
        if not separator:
            if len(vendors) > 1:
                raise UsageError(
                    f"With several vendors --plan says whose it is, e.g. --plan {vendors[0]}=free."
                )
            vendor, name = vendors[0], text
        if vendor not in SPOKEN:
            raise UsageError(
                f"--plan names {vendor!r}, which is not a vendor: it is one of {' '.join(SPOKEN)}."
            )
        if fixed and vendor not in vendors:
            raise UsageError(
                f"--plan is said of {vendor}, which --vendor leaves out: add --vendor {vendor}, "
                f"or leave --plan {vendor}={name} out."
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


def read_chart(said: str | None, vendor: str) -> tuple[str | None, Interval]:
    """Return the code and the interval to chart."""
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

    return capabilities_of(vendor).intervals.get(market_by_suffix(code), tuple(Interval))


def read_symbols(said: str | None) -> tuple[str, ...] | None:
    """Return the codes to watch, each once."""
    if said is None:
        return None
    # The comma of Chinese keyboards separates as well.
    codes = tuple(dict.fromkeys(filter(None, map(str.strip, said.replace("，", ",").split(",")))))
    if not codes:
        raise UsageError("--symbols needs at least one code, e.g. --symbols 700.HK,BTCUSDT.")
    return codes


def read_seconds(said: str | None) -> float:
    """Return the seconds until the snapshot."""
    if said is None:
        return DEFAULT_AFTER_S
    try:
        seconds = float(said)
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds > 0):
        raise UsageError(f"--after {said!r} is not a number of seconds greater than 0.")
    return seconds


def read_path(option: str, said: str | None) -> Path | None:
    """Return a path with the home folder filled in."""
    if said is None:
        return None
    if not said.strip() or "\0" in said:
        raise UsageError(f"{option} needs a path.")
    try:
        return Path(said).expanduser()
    except RuntimeError:
        raise UsageError(f"{option}: the home folder of {said!r} is not known.") from None


def read_file(option: str, said: str | None) -> Path | None:
    """Return the path of a file that can be made in its folder, as far as can be seen."""
    path = read_path(option, said)
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


def read_export(said: Sequence[str] | None) -> Export | None:
    """Return what to export; the code as it was said."""
    if said is None:
        return None
    name, text = said
    code, _, spelling = (part.strip() for part in name.rpartition(":"))
    if not code:
        raise UsageError(
            "--export needs a code with an interval, then a file, e.g. --export 700.HK:5m bars.csv."
        )
    try:
        interval = Interval.parse(spelling)
    except ValueError as error:
        raise UsageError(f"--export: {error}.") from None
    path = read_file("--export", text)
    if path is None or path.suffix.lower() not in FORMATS:
        known = " or ".join(FORMATS)
        raise UsageError(f"--export: {text!r} does not end with a format that is known: {known}.")
    return Export(code, interval, path)
