"""``--doctor``: what this machine is, and what keeps the desk from working on it."""

import asyncio
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from alltick_desk import __version__
from alltick_desk.app import preflight
from alltick_desk.app.cli import Options
from alltick_desk.app.demo import SimulatedExchange
from alltick_desk.app.memory import Memory
from alltick_desk.app.vendors import codecs_for, vendors_in_use
from alltick_desk.clock import Clock, SystemClock
from alltick_desk.errors import DeskError
from alltick_desk.model.instrument import market_by_suffix
from alltick_desk.store.profile import Profile

TIMEOUT_S = 8.0
KEYRING_PATIENCE_S = 3.0
CLOCK_TOLERANCE_S = 5.0


class Finding(NamedTuple):
    """One line of the report; ``blocks`` where the desk cannot work until it is mended."""

    what: str
    found: str
    blocks: bool = False


def run_doctor(options: Options) -> int:
    """Do what ``--doctor`` asks for; return the exit code."""
    profile = Profile.of(options.profile, demo=options.demo)
    clock = SystemClock()
    settings = Memory(profile, clock, writes=False).settings
    # Asked for their addresses only, so the catalogue's word is not needed.
    codecs = codecs_for(vendors_in_use(options, settings), market_by_suffix)
    endpoints = {
        vendor: options.endpoint or settings.vendor(vendor).endpoint or codec.default_base
        for vendor, codec in codecs.items()
    }
    if not options.demo:
        return report(examine(profile, endpoints, clock, os.environ))
    exchange = SimulatedExchange(options.plans)
    try:
        base = asyncio.run(exchange.start())
        return report(examine(profile, dict.fromkeys(codecs, base), clock, os.environ))
    except DeskError as error:
        return report(iter([Finding("Simulated exchange", str(error), blocks=True)]))
    finally:
        exchange.stop()


def examine(
    profile: Profile, endpoints: Mapping[str, str], clock: Clock, environ: Mapping[str, str]
) -> Iterator[Finding]:
    """Look at one thing after the other. ``endpoints`` are base addresses by vendor."""
    yield Finding("AllTick Desk", __version__)
    yield Finding("Python", f"{platform.python_version()} ({sys.executable})")
    yield from _qt(environ)
    yield Finding("Keyring", _keyring(profile))
    for folder in profile.folders:
        yield _folder(folder)
    for vendor, base in endpoints.items():
        yield from _endpoint(vendor, base, clock)


def report(findings: Iterator[Finding]) -> int:
    """Print the findings as they come; return the exit code."""
    blocked = 0
    for finding in findings:
        mark = "✗" if finding.blocks else "·"
        sys.stdout.write(f"{mark} {finding.what + ':':<22} {finding.found}\n")
        sys.stdout.flush()
        blocked += finding.blocks
    if blocked:
        things = "One thing keeps" if blocked == 1 else f"{blocked} things keep"
        sys.stdout.write(f"\n{things} the desk from working; see ✗ above.\n")
        return 1
    sys.stdout.write("\nNothing keeps the desk from working.\n")
    return 0


def _qt(environ: Mapping[str, str]) -> Iterator[Finding]:
    if (pair := preflight.broken_pair()) is not None:
        yield Finding("Qt", pair, blocks=True)
        return
    name = preflight.platform_name(environ)
    missing = preflight.missing_libraries(name)
    if missing:
        yield Finding("Qt", preflight.missing_sentence(missing), blocks=True)
        return
    from PySide6.QtCore import qVersion

    yield Finding("Qt", f"{qVersion()} (PySide6 {version('PySide6-Essentials')})")
    if not preflight.has_display(environ):
        # A snapshot works all the same, so this alone is told but blocks nothing here.
        yield Finding("Platform plugin", f"{name}; {preflight.no_display(environ)}")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    else:
        yield Finding("Platform plugin", f"{name}, no library missing")
    yield Finding("Fonts for Chinese", _chinese_fonts())


def _chinese_fonts() -> str:
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    app = QGuiApplication.instance() or QGuiApplication([])
    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    del app
    if not families:
        return "none; Chinese names show as boxes (on Debian: apt-get install fonts-noto-cjk)"
    return ", ".join(families[:3])


def _keyring(profile: Profile) -> str:
    if not profile.keeps_tokens:
        return "not used by this profile"
    import threading

    found: list[str] = []

    def look() -> None:
        import keyring

        backend = keyring.get_keyring()
        found.append(f"{type(backend).__module__}.{type(backend).__qualname__}")

    # Choosing a backend may wait for the desktop; a thread that hangs must not hang the doctor.
    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    thread.join(KEYRING_PATIENCE_S)
    if not found:
        return "does not answer; the desk then offers to keep a token for one session or in a file"
    if ".fail." in found[0]:
        return "none; the desk offers to keep a token for one session or in a file"
    return found[0]


def _folder(folder: Path) -> Finding:
    import tempfile

    # Tried, not asked: permissions do not tell of a full or a read-only disk.
    try:
        nearest = next(path for path in (folder, *folder.parents) if path.exists())
        with tempfile.TemporaryFile(dir=nearest) as file:
            file.write(b"?")
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        return Finding("Folder", f"{folder} cannot be used: {why}", blocks=True)
    return Finding(
        "Folder", f"{folder}" if nearest == folder else f"{folder} (made at first start)"
    )


def _endpoint(vendor: str, base: str, clock: Clock) -> Iterator[Finding]:
    import httpx

    from alltick_desk.feed.tls import tls_context
    from alltick_desk.model.endpoint import is_loopback

    try:
        with httpx.Client(
            timeout=TIMEOUT_S,
            trust_env=not is_loopback(base),
            verify=tls_context() if base.startswith("https") else False,
        ) as client:
            answer = client.get(base + "/")  # without a token: it counts against no limit
    except (httpx.HTTPError, httpx.InvalidURL, ImportError, ValueError) as error:
        yield Finding(
            f"Endpoint {vendor}", f"{base} does not answer ({type(error).__name__})", blocks=True
        )
        yield Finding("Clock offset", "unknown, since nothing answered")
        return
    yield Finding(f"Endpoint {vendor}", f"{base} answers (HTTP {answer.status_code})")
    try:
        theirs = parsedate_to_datetime(answer.headers["date"]).timestamp()
    except (KeyError, ValueError):
        yield Finding("Clock offset", "unknown, since the endpoint tells no time")
        return
    offset = clock.wall_ms() / 1000 - theirs
    if abs(offset) <= CLOCK_TOLERANCE_S:
        yield Finding("Clock offset", "none to speak of (the endpoint tells whole seconds)")
    else:
        side = "ahead of" if offset > 0 else "behind"
        yield Finding("Clock offset", f"this machine is {abs(offset):.0f} s {side} the endpoint")
