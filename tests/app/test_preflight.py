"""What is looked at before Qt is loaded."""

import importlib.util
import json
import socket
import subprocess
import sys
from collections.abc import Iterable

import pytest

from alltick_desk.app import preflight

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="Linux asks a display server")


def loader_without(*gone: str):
    def load(soname: str) -> object:
        if soname in gone:
            raise OSError(f"{soname}: cannot open shared object file")
        return object()

    return load


def sonames(libraries: Iterable[preflight.Library]) -> set[str]:
    return {library.soname for library in libraries}


def test_it_loads_from_its_path_with_nothing_installed():
    script = (
        "import importlib.util, json, sys\n"
        f"spec = importlib.util.spec_from_file_location('p', {preflight.__file__!r})\n"
        "module = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(module)\n"
        "module.check(True, {}); module.has_display({})\n"
        "print(json.dumps([n for n in sys.modules if n.startswith(('PySide6', 'alltick'))]))\n"
    )
    bare = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=True
    )
    assert json.loads(bare.stdout) == []


def test_each_platform_has_its_own_libraries():
    offscreen = sonames(preflight.libraries_for("offscreen"))
    assert "libEGL.so.1" in offscreen
    assert "libxcb-cursor.so.0" not in offscreen
    assert "libxcb-cursor.so.0" in sonames(preflight.libraries_for("xcb"))
    assert "libwayland-client.so.0" in sonames(preflight.libraries_for("wayland-egl"))
    for qt_platform in ("xcb", "wayland"):
        assert offscreen < sonames(preflight.libraries_for(qt_platform))


@linux_only
def test_missing_libraries_are_those_that_do_not_load():
    load = loader_without("libxcb-icccm.so.4", "libEGL.so.1")
    assert sonames(preflight.missing_libraries("xcb", load)) == {
        "libxcb-icccm.so.4",
        "libEGL.so.1",
    }
    assert sonames(preflight.missing_libraries("offscreen", load)) == {"libEGL.so.1"}
    assert preflight.missing_libraries("xcb", loader_without()) == []


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_bring_what_qt_needs(monkeypatch, system):
    monkeypatch.setattr(sys, "platform", system)
    assert preflight.missing_libraries("xcb", loader_without("libGL.so.1")) == []
    assert preflight.has_display({})
    assert preflight.check(False, {}) == []


@pytest.mark.parametrize(
    ("release", "manager"),
    [
        ({"ID": "debian"}, "apt"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "apt"),
        ({"ID": "fedora"}, "dnf"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "dnf"),
        ({"ID": "manjaro", "ID_LIKE": "arch"}, "pacman"),
        ({"ID": "nixos"}, None),
        ({}, None),
    ],
)
def test_package_manager_by_distribution(release, manager):
    assert preflight.package_manager(release) == manager


def test_the_line_names_each_package_once():
    missing = preflight.libraries_for("offscreen")[7:9]
    assert sonames(missing) == {"libglib-2.0.so.0", "libgthread-2.0.so.0"}
    assert preflight.install_line(missing, "apt") == "sudo apt-get install -y libglib2.0-0"
    assert preflight.install_line(missing, "dnf", root=True) == "dnf install -y glib2"
    assert preflight.install_line(missing, "pacman").startswith("sudo pacman -S --needed")
    assert "libgthread-2.0.so.0" in preflight.install_line(missing, None)


def test_every_library_has_a_package_everywhere():
    for qt_platform in ("xcb", "wayland"):
        for library in preflight.libraries_for(qt_platform):
            assert all(library), library
            assert ".so." in library.soname


@pytest.mark.parametrize(
    ("python", "pyside", "broken"),
    [
        ((3, 11), "6.12.0", True),
        ((3, 11), "6.13.1", True),
        ((3, 11), "7.0", True),
        ((3, 12), "6.12.0", False),
        ((3, 11), "6.11.3", False),
        ((3, 11), "6.9.3", False),
    ],
)
def test_the_pair_that_crashes_is_refused(python, pyside, broken):
    sentence = preflight.broken_pair(python, pyside)
    assert (sentence is not None) == broken
    if sentence is not None:
        assert pyside in sentence


def test_the_installed_pair_is_read_without_qt():
    import PySide6

    assert preflight._installed_pyside() == PySide6.__version__
    assert preflight.broken_pair() is None


def test_without_pyside_there_is_no_broken_pair(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", {}.get)
    assert preflight.broken_pair((3, 11)) is None


def test_a_snapshot_draws_offscreen_unless_told_otherwise():
    plain: dict[str, str] = {}
    preflight.choose_platform(True, plain)
    assert plain == {"QT_QPA_PLATFORM": "offscreen"}
    chosen = {"QT_QPA_PLATFORM": "xcb"}
    preflight.choose_platform(True, chosen)
    assert chosen == {"QT_QPA_PLATFORM": "xcb"}
    window: dict[str, str] = {}
    preflight.choose_platform(False, window)
    assert window == {}


def test_platform_name_follows_the_environment():
    assert preflight.platform_name({}, snapshot=True) == "offscreen"
    assert preflight.platform_name({"DISPLAY": ":0"}) == "xcb"
    assert preflight.platform_name({"QT_QPA_PLATFORM": "wayland;xcb"}) == "wayland"
    assert preflight.platform_name({"QT_QPA_PLATFORM": "vnc:size=9x9"}, snapshot=True) == "vnc"


@linux_only
def test_a_wayland_socket_that_answers_is_a_display(tmp_path):
    environ = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert not preflight.has_display(environ)
    path = tmp_path / "wayland-7"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        assert preflight.has_display(environ)
        assert preflight.platform_name(environ) == "wayland"
        assert preflight.has_display({"WAYLAND_DISPLAY": str(path)})
    assert not preflight.has_display(environ)  # the file is still there, nobody listens


@linux_only
def test_a_dead_x_display_is_none():
    assert not preflight.has_display({})
    assert not preflight.has_display({"DISPLAY": ":4242"})
    assert not preflight.has_display({"DISPLAY": "nonsense"})


@linux_only
def test_a_platform_with_a_screen_of_its_own_needs_no_server():
    assert preflight.has_display({"QT_QPA_PLATFORM": "vnc"})
    assert not preflight.has_display({"QT_QPA_PLATFORM": "offscreen"})


@linux_only
def test_check_says_what_is_wrong_with_the_display():
    (missing,) = preflight.check(False, {})
    assert "neither DISPLAY nor WAYLAND_DISPLAY" in missing
    assert "--snapshot" in missing
    (dead,) = preflight.check(False, {"DISPLAY": ":4242"})
    assert ":4242 does not answer" in dead
    assert preflight.check(True, {}) == []
    assert preflight.check(False, {"QT_QPA_PLATFORM": "offscreen"}) == []


@linux_only
def test_check_names_libraries_and_the_line_that_installs_them(monkeypatch):
    gone = list(preflight.libraries_for("offscreen"))[:5]
    monkeypatch.setattr(preflight, "missing_libraries", {"offscreen": gone}.__getitem__)
    monkeypatch.setattr(preflight, "package_manager", lambda: "apt")
    monkeypatch.setattr(preflight, "is_root", lambda: False)
    (sentence,) = preflight.check(True, {})
    assert "libGL.so.1, libEGL.so.1, libX11.so.6 and 2 more are missing" in sentence
    assert sentence.endswith(
        "sudo apt-get install -y libgl1 libegl1 libx11-6 libfontconfig1 libfreetype6"
    )
