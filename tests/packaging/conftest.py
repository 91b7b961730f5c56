"""What the tests of the scripts share."""

import os

import pytest
from checkouts import UV, Checkout


@pytest.fixture
def checkout(tmp_path, monkeypatch) -> Checkout:
    program = tmp_path / "bin" / "uv"
    program.parent.mkdir()
    program.write_text(UV)
    program.chmod(0o755)
    made = Checkout(tmp_path / "checkout")
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.setenv("UV_LOG", str(made.log))
    monkeypatch.setenv("UV_SAYS", "99.1.0")
    return made
