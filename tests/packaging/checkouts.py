"""A checkout with a stand-in for uv, in which the development script is at work."""

import os
from pathlib import Path

import pytest
from scripts import load

posix_only = pytest.mark.skipif(os.name != "posix", reason="the stand-ins are shell scripts")

env = load("dev_environment")
dev = load("dev")

UV = r"""#!/bin/sh
if [ "$1" = --version ]; then echo "uv $UV_SAYS (somewhere)"; exit 0; fi
echo "$@" >> "$UV_LOG"
if [ -s "$UV_LOG.fail" ]; then sed -i.old 1d "$UV_LOG.fail"; exit 2; fi
if [ -e .venv ] && [ ! -e .venv/bin/python ]; then exit 2; fi
site=.venv/lib/python3.11/site-packages
mkdir -p .venv/bin "$site/thing-1.0.dist-info"
if [ ! -e .venv/bin/python ]; then
  printf '#!/bin/sh\nexit 0\n' > .venv/bin/python
  chmod +x .venv/bin/python
fi
case "$*" in *--reinstall-package*) rm -f "$site/thing.py";; esac
if [ ! -e "$site/thing.py" ]; then printf 'x = 1\n' > "$site/thing.py"; fi
printf 'thing.py,,6\n' > "$site/thing-1.0.dist-info/RECORD"
"""


class Checkout:
    """A checkout with nothing in it but what the environment is made from."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.thing = self.venv / "lib/python3.11/site-packages/thing.py"
        self.stamp = self.venv / "alltick-desk.stamp"
        self.log = root.parent / "uv.log"
        self.said: list[str] = []
        root.mkdir()
        (root / "uv.lock").write_text("lock 1")
        (root / "pyproject.toml").write_text("project 1")

    def prepare(self, *, dev: bool = False) -> list[str]:
        """Prepare the environment; return what uv was asked to do meanwhile."""
        before = len(self.asked())
        env.Environment(self.root, self.said.append, self.said.extend).prepare(dev=dev)
        return self.asked()[before:]

    def asked(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def uv_fails(self, times: int = 1, *, with_extra_alone: bool = False) -> None:
        """Have so many set-ups fail, each with the extra and then without it too."""
        calls = times if with_extra_alone else 2 * times
        self.log.with_name("uv.log.fail").write_text("again\n" * calls)


def no_stamp(checkout: Checkout) -> None:
    checkout.stamp.unlink()


def cut_short(checkout: Checkout) -> None:
    checkout.thing.write_text("x")
