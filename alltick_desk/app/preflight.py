"""What must hold before Qt is loaded: its system libraries, a display, a pair that works.

Qt ends the process with a core dump where one of these is missing, so they are looked at first
and told as sentences. Only the standard library is used and nothing else of the package: the
development script loads this file by its path before anything is installed, and the desk itself
reads it before the first ``import PySide6``. The window waits for it, so what is rarely used is
imported where it is used.
"""

import ctypes
import importlib.util
import os
import sys
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from pathlib import Path
from typing import NamedTuple


class Library(NamedTuple):
    """A shared library that Qt opens, and the package that holds it on each system."""

    soname: str
    apt: str
    dnf: str
    pacman: str


# What the wheels of PySide6-Essentials need beyond the C and C++ run time (readelf, 6.11.3).
_ALWAYS = (
    Library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Library("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Library("libX11.so.6", "libx11-6", "libX11", "libx11"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Library("libfreetype.so.6", "libfreetype6", "freetype", "freetype2"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Library("libgthread-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Library("libzstd.so.1", "libzstd1", "libzstd", "zstd"),
    Library("libbrotlidec.so.1", "libbrotli1", "libbrotli", "brotli"),
    Library("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs", "krb5"),
)
_XCB = (
    Library("libxcb.so.1", "libxcb1", "libxcb", "libxcb"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Library("libxcb-render.so.0", "libxcb-render0", "libxcb", "libxcb"),
    Library(
        "libxcb-render-util.so.0",
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
    ),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Library("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb"),
    Library("libxcb-util.so.1", "libxcb-util1", "xcb-util", "xcb-util"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11"),
)
_WAYLAND = (
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client", "wayland"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", "wayland"),
)

# Qt platforms that draw to a screen of their own and ask no display server.
_OWN_SCREEN = frozenset({"vnc", "linuxfb", "eglfs", "vkkhrdisplay"})

# The distributions by their names in /etc/os-release; what is built on one names it in ID_LIKE.
_MANAGERS = {
    "debian": "apt",
    "ubuntu": "apt",
    "fedora": "dnf",
    "rhel": "dnf",
    "centos": "dnf",
    "arch": "pacman",
}
_INSTALL = {
    "apt": "apt-get install -y",
    "dnf": "dnf install -y",
    "pacman": "pacman -S --needed --noconfirm",
}

_CONNECT_SECONDS = 2.0


def libraries_for(qt_platform: str) -> tuple[Library, ...]:
    """Return what Qt opens for the platform, e.g. ``"offscreen"``, ``"xcb"`` or ``"wayland"``."""
    if qt_platform == "xcb":
        return _ALWAYS + _XCB
    if qt_platform.startswith("wayland"):
        return _ALWAYS + _WAYLAND
    return _ALWAYS


def missing_libraries(
    qt_platform: str, load: Callable[[str], object] = ctypes.CDLL
) -> list[Library]:
    """Return the libraries that the dynamic linker cannot open; always none but on Linux."""
    if not sys.platform.startswith("linux"):
        return []
    missing: list[Library] = []
    for library in libraries_for(qt_platform):
        try:
            load(library.soname)
        except OSError:
            missing.append(library)
    return missing


def package_manager(os_release: Mapping[str, str] | None = None) -> str | None:
    """Return ``"apt"``, ``"dnf"`` or ``"pacman"`` by the distribution's name; None for others."""
    if os_release is None:
        import platform

        try:
            os_release = platform.freedesktop_os_release()
        except OSError:
            return None
    names = [os_release.get("ID", ""), *os_release.get("ID_LIKE", "").split()]
    return next((_MANAGERS[name] for name in names if name in _MANAGERS), None)


def packages(libraries: Iterable[Library], manager: str) -> list[str]:
    """Return the package names for the manager, each once, in the order of the libraries."""
    return list(dict.fromkeys(getattr(library, manager) for library in libraries))


def install_line(libraries: Iterable[Library], manager: str | None, *, root: bool = False) -> str:
    """Return the one line to type that installs the libraries.

    Where the system's package manager is not known the line names the files instead.
    """
    if manager is None:
        names = ", ".join(library.soname for library in libraries)
        return f"install the packages of your system that hold {names}"
    line = f"{_INSTALL[manager]} {' '.join(packages(libraries, manager))}"
    return line if root else f"sudo {line}"


def platform_name(environ: Mapping[str, str], *, snapshot: bool = False) -> str:
    """Return the Qt platform that a start in this environment uses on Linux."""
    chosen = _chosen_platform(environ)
    if chosen:
        return chosen
    if snapshot:
        return "offscreen"
    return "wayland" if _wayland_answers(environ) else "xcb"


def choose_platform(snapshot: bool, environ: MutableMapping[str, str]) -> None:
    """Make Qt draw without a screen for a snapshot, unless the person chose a platform."""
    if snapshot and not environ.get("QT_QPA_PLATFORM"):
        environ["QT_QPA_PLATFORM"] = "offscreen"


def has_display(environ: Mapping[str, str]) -> bool:
    """Tell whether a window would be seen: a Wayland or X server that answers a connection.

    Always true but on Linux, where the desktop is part of the system.
    """
    if not sys.platform.startswith("linux"):
        return True
    if _chosen_platform(environ) in _OWN_SCREEN:
        return True
    return _wayland_answers(environ) or _x_answers(environ)


def broken_pair(
    python: tuple[int, int] = sys.version_info[:2], pyside: str | None = None
) -> str | None:
    """Return a sentence where this PySide6 would kill this Python, else None.

    PySide6 6.12 hands out None and True without counting the reference. That is harmless from
    Python 3.12 on, where they are immortal, and fatal within seconds before.
    """
    if python >= (3, 12):
        return None
    pyside = pyside if pyside is not None else _installed_pyside()
    numbers = tuple(int(part) for part in (pyside or "").split(".")[:2] if part.isdecimal())
    if numbers < (6, 12):
        return None
    return (
        f"PySide6 {pyside} crashes Python {python[0]}.{python[1]} within seconds, so the desk "
        "does not start: install a PySide6-Essentials older than 6.12, or use Python 3.12 or 3.13."
    )


def check(snapshot: bool, environ: Mapping[str, str] | None = None) -> list[str]:
    """Return a sentence for each thing that keeps Qt from starting; none when all is well.

    ``snapshot`` is whether the window is only drawn into a file, which needs no display. Loads
    no Qt.
    """
    environ = os.environ if environ is None else environ
    problems = []
    pair = broken_pair()
    if pair is not None:
        problems.append(pair)
    if not sys.platform.startswith("linux"):
        return problems
    qt_platform = platform_name(environ, snapshot=snapshot)
    if qt_platform.startswith(("xcb", "wayland")) and not has_display(environ):
        problems.append(no_display(environ))
    elif missing := missing_libraries(qt_platform):
        problems.append(missing_sentence(missing))
    return problems


def missing_sentence(missing: list[Library]) -> str:
    """Say which libraries are missing, with the line that installs them."""
    names = ", ".join(library.soname for library in missing[:3])
    more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
    verb = "is" if len(missing) == 1 else "are"
    line = install_line(missing, package_manager(), root=is_root())
    return f"Qt cannot start, for {names}{more} {verb} missing from this system. To mend it: {line}"


def no_display(environ: Mapping[str, str]) -> str:
    """Say why no window can be shown, and what can be done instead."""
    names = [environ[name] for name in ("WAYLAND_DISPLAY", "DISPLAY") if environ.get(name)]
    if names:
        reason = f"The display {' or '.join(names)} does not answer"
    else:
        reason = "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set"
    return (
        f"{reason}. Start the desk from a desktop session, or draw the window into a file with "
        "--snapshot FILE."
    )


def is_root() -> bool:
    """Tell whether this process may install system packages; never on Windows."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _chosen_platform(environ: Mapping[str, str]) -> str:
    # The variable may hold a list and options: "wayland;xcb", "offscreen:fontdir=…".
    return environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]


def _installed_pyside() -> str | None:
    # The name of the metadata folder says it. importlib.metadata would, too, but its imports
    # cost 20 ms of every cold start.
    spec = importlib.util.find_spec("PySide6")  # finds the package without running it
    for package in spec.submodule_search_locations or () if spec else ():
        for entry in Path(package).parent.iterdir():
            name, _, version = entry.name.removesuffix(".dist-info").partition("-")
            if entry.suffix == ".dist-info" and name.lower() == "pyside6_essentials":
                return version
    return None


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    name = environ.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    path = Path(environ.get("XDG_RUNTIME_DIR", "/nonexistent")) / name  # an absolute name wins
    return _socket_answers(str(path))


def _x_answers(environ: Mapping[str, str]) -> bool:
    display = environ.get("DISPLAY", "")
    if not display:
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        # Without the library only a local server can be asked; a remote one gets the benefit of
        # the doubt, so that the missing library is what the person hears of.
        host, _, number = display.rpartition(":")
        if host not in {"", "unix"}:
            return True
        return _socket_answers(f"/tmp/.X11-unix/X{number.partition('.')[0]}")  # noqa: S108
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(os.fsencode(display), None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)


def _socket_answers(path: str) -> bool:
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(_CONNECT_SECONDS)
        try:
            client.connect(path)
        except (OSError, ValueError):  # ValueError: a NUL byte in the name
            return False
        return True
