"""What the system lacks: installed by name, or told in a line to type."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from checkouts import dev, env, posix_only


def system(*missing: str, root: bool, manager: str | None = "apt") -> SimpleNamespace:
    """Return a system on which these packages are missing until they are installed."""

    def still_missing(platform: str) -> list[str]:
        log = Path(os.environ.get("APT_LOG", os.devnull))
        done = log.read_text() if log.exists() else ""
        return [name for name in missing if f" {name}" not in done]

    return SimpleNamespace(
        missing_libraries=still_missing,
        missing_sentence=lambda libraries: f"to mend it: install {' '.join(libraries)}",
        packages=lambda libraries, _: libraries,
        package_manager=lambda: manager,
        is_root=lambda: root,
    )


@pytest.fixture
def apt(tmp_path, monkeypatch) -> Path:
    """Put an apt-get on PATH that only notes what it was asked; return the notes."""
    notes = tmp_path / "apt.log"
    program = tmp_path / "bin" / "apt-get"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "$DEBIAN_FRONTEND $@" >> "$APT_LOG"\nexit "$APT_RC"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.setenv("APT_LOG", str(notes))
    monkeypatch.setenv("APT_RC", "0")
    return notes


@posix_only
def test_root_on_debian_installs_what_is_missing_by_name(apt, capsys):
    steps = dev.Steps(3)
    steps.begin("System libraries")
    dev.provide_libraries(steps, system("libxcb-icccm4", "libgl1", root=True), "xcb")
    update, install = apt.read_text().splitlines()
    assert update.startswith("noninteractive update")
    assert install.startswith("noninteractive install -y")
    assert install.endswith("libxcb-icccm4 libgl1")
    assert "installing libxcb-icccm4 libgl1" in capsys.readouterr().err


@posix_only
def test_a_failed_installation_shows_the_line(apt, monkeypatch):
    monkeypatch.setenv("APT_RC", "100")
    with pytest.raises(env.SetupError, match="apt-get install -y libgl1"):
        dev.provide_libraries(dev.Steps(3), system("libgl1", root=True), "xcb")


@posix_only
@pytest.mark.parametrize(("root", "manager"), [(False, "apt"), (True, "dnf"), (True, None)])
def test_anybody_else_gets_the_line_to_type(apt, root, manager):
    with pytest.raises(env.SetupError, match="to mend it: install libgl1"):
        dev.provide_libraries(dev.Steps(3), system("libgl1", root=root, manager=manager), "xcb")
    assert not apt.exists()


def test_nothing_is_installed_where_nothing_is_missing(capsys):
    steps = dev.Steps(3)
    steps.begin("System libraries")
    dev.provide_libraries(steps, system(root=True), "xcb")
    assert capsys.readouterr().err == "[1/3] System libraries: complete\n"


@posix_only
def test_a_missing_venv_module_is_named(apt):
    with pytest.raises(env.SetupError, match=r"sudo apt-get install -y python3\.11-venv"):
        dev.install_packages(dev.Steps(3), system(root=False), ["python3.11-venv"])
    assert not apt.exists()
