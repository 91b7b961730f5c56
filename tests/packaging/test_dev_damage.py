"""A Python environment that is damaged: mended by the least that mends it, or left as it was."""

import json
import shutil
import subprocess
from collections.abc import Callable

import pytest
from checkouts import Checkout, cut_short, env, no_stamp, posix_only


@posix_only
def test_byte_code_that_python_wrote_anew_is_no_damage(checkout):
    """Qt's wheel brings some along; Python replaces it by what fits the place."""
    checkout.prepare()
    record = checkout.thing.parent / "thing-1.0.dist-info" / "RECORD"
    record.write_text(record.read_text() + "__pycache__/thing.cpython-311.pyc,,353\n")
    cache = checkout.thing.parent / "__pycache__"
    cache.mkdir()
    (cache / "thing.cpython-311.pyc").write_bytes(b"another size")
    assert checkout.prepare() == []


def spoilt_stamp(checkout: Checkout) -> None:
    checkout.stamp.write_text('{"inputs": 1}')


def truncated_stamp(checkout: Checkout) -> None:
    checkout.stamp.write_text(checkout.stamp.read_text()[:20])


def missing_file(checkout: Checkout) -> None:
    checkout.thing.unlink()


def missing_package(checkout: Checkout) -> None:
    shutil.rmtree(checkout.thing.parent)


def missing_record(checkout: Checkout) -> None:
    (checkout.thing.parent / "thing-1.0.dist-info" / "RECORD").unlink()


def missing_interpreter(checkout: Checkout) -> None:
    (checkout.venv / "bin" / "python").unlink()


def dangling_interpreter(checkout: Checkout) -> None:
    missing_interpreter(checkout)
    (checkout.venv / "bin" / "python").symlink_to("/nonexistent/python3")


def other_interpreter(checkout: Checkout) -> None:
    (checkout.venv / "bin" / "python").write_text("#!/bin/sh\nexit 0 # newer\n")


def only_a_folder(checkout: Checkout) -> None:
    shutil.rmtree(checkout.venv)
    checkout.venv.mkdir()


def only_a_file(checkout: Checkout) -> None:
    shutil.rmtree(checkout.venv)
    checkout.venv.touch()


def broken_import(checkout: Checkout) -> None:
    # The interpreter runs, and cannot import what it needs.
    (checkout.venv / "bin" / "python").write_text("#!/bin/sh\nexit 1\n")


@posix_only
@pytest.mark.parametrize(
    "harm",
    [
        no_stamp,
        spoilt_stamp,
        truncated_stamp,
        missing_file,
        cut_short,
        missing_package,
        missing_record,
        missing_interpreter,
        dangling_interpreter,
        other_interpreter,
        only_a_folder,
        only_a_file,
        broken_import,
    ],
)
def test_a_half_made_environment_is_mended(checkout, harm: Callable[[Checkout], None]):
    checkout.prepare(dev=True)
    harm(checkout)
    assert checkout.prepare(dev=True)
    assert checkout.thing.read_text() == "x = 1\n"
    assert subprocess.run([checkout.venv / "bin" / "python"], check=False).returncode == 0
    assert checkout.prepare(dev=True) == []
    assert not (checkout.root / ".tools" / "venv.old").exists()


@posix_only
def test_only_the_damaged_package_is_installed_again(checkout):
    checkout.prepare()
    cut_short(checkout)
    (asked,) = checkout.prepare()
    assert "--reinstall-package thing" in asked
    assert "--no-cache" not in asked


@posix_only
def test_damage_that_uv_overlooks_is_mended_past_its_cache(checkout):
    checkout.prepare()
    cut_short(checkout)
    no_stamp(checkout)
    _, again = checkout.prepare()
    assert "--reinstall-package thing" in again
    assert "--no-cache" in again


@posix_only
def test_a_copy_of_another_checkout_is_made_anew(checkout):
    checkout.prepare()
    stamp = json.loads(checkout.stamp.read_text())
    checkout.stamp.write_text(json.dumps({**stamp, "root": "/elsewhere"}))
    stranger = checkout.venv / "stranger"
    stranger.touch()
    assert len(checkout.prepare()) == 1
    assert not stranger.exists()


@posix_only
def test_what_cannot_be_synced_is_remade(checkout):
    checkout.prepare()
    no_stamp(checkout)
    leftover = checkout.venv / "leftover"
    leftover.touch()
    checkout.uv_fails()
    assert len(checkout.prepare()) == 3
    assert not leftover.exists()
    assert checkout.prepare() == []


@posix_only
def test_what_cannot_be_remade_either_is_left_as_it_was(checkout):
    checkout.prepare()
    no_stamp(checkout)
    checkout.uv_fails(times=2)
    with pytest.raises(env.SetupError, match="uv could not"):
        checkout.prepare()
    assert checkout.thing.exists()
    assert not (checkout.root / ".tools" / "venv.old").exists()
