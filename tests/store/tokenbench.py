"""A keeper of tokens, and a keyring in memory that can be shut, missing or slow."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

from fakes import FakeClock

from alltick_desk.model.secret import Token
from alltick_desk.store.keyring import KeyringError
from alltick_desk.store.secrets import TokenKeeper

OLD, NEW = Token("old-MARK"), Token("new-MARK")


class FakeKeyring:
    """A keyring in memory that can be shut, missing, or waiting for its person."""

    def __init__(self, **tokens: str) -> None:
        self.tokens = tokens
        self.trouble: KeyringError | None = None
        self.answers = threading.Event()
        self.answers.set()
        self.threads: set[str] = set()
        self.calls: list[str] = []

    def _enter(self, call: str) -> None:
        self.calls.append(call)
        self.threads.add(threading.current_thread().name)
        self.answers.wait(30)
        if self.trouble is not None:
            raise self.trouble

    def get(self, vendor: str) -> str | None:
        self._enter("get")
        return self.tokens.get(vendor)

    def set(self, vendor: str, token: str) -> None:
        self._enter("set")
        self.tokens[vendor] = token

    def delete(self, vendor: str) -> None:
        self._enter("delete")
        self.tokens.pop(vendor, None)


class Bench:
    """A keeper with everything around it."""

    def __init__(self, folder: Path, environ: dict[str, str] | None = None, **tokens: str) -> None:
        self.keyring = FakeKeyring(**tokens)
        self.file = folder / "tokens.json"
        self.clock = FakeClock()
        self.environ = environ or {}
        self.keeper = self.another()
        self.heard: list[str] = []
        self.handle = self.keeper.said.connect(self.heard.append)

    def another(self) -> TokenKeeper:
        """The keeper of the next run."""
        return TokenKeeper(
            environ=self.environ, file=self.file, keyring=self.keyring, clock=self.clock
        )


def run(story: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        await story()

    asyncio.run(main())


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop and the other thread run until something is so."""
    for _ in range(5000):
        if condition():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it never came")
