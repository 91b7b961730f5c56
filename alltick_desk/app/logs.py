"""The log: rotating files that can hold no token."""

import logging
import logging.handlers
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

MASK = "•••"
_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"

# A URL's token, a header's, a JSON field's: masked though the token itself may be unknown here.
_TOKEN_SHAPES = re.compile(
    r"""(?ix) ( \btoken (?: = | ["']? \s* [:,] \s* b?["']? ) ) [^&\s"'<>)\]}]+"""
)


class Redactor:
    """Masks tokens in any text: those it knows, and whatever stands where a token stands."""

    def __init__(self) -> None:
        self._secrets: set[str] = set()

    def add(self, secret: str) -> None:
        """Mask ``secret`` from now on, wherever it stands."""
        if len(secret) >= 4:  # shorter ones would mask half the log
            self._secrets.add(secret)

    def __call__(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return _TOKEN_SHAPES.sub(rf"\1{MASK}", text)


class RedactingFormatter(logging.Formatter):
    """Masks the finished line, its traceback included."""

    def __init__(self, redact: Callable[[str], str]) -> None:
        super().__init__(_FORMAT)
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        return self._redact(super().format(record))


def start_logging(folder: Path, level: str, redact: Callable[[str], str]) -> None:
    """Log to ``folder/desk.log``, a megabyte a file and four files at the most.

    Raises OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "desk.log"
    path.touch(mode=0o600, exist_ok=True)
    os.chmod(path, 0o600)  # noqa: PTH101 - an older file may be wider
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=1_000_000, backupCount=3, encoding="utf-8"
    )
    handler.setFormatter(RedactingFormatter(redact))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level.upper())
    _quiet(("httpx", "httpcore", "websockets", "hpack", "keyring", "asyncio", "qasync"))


def stop_logging() -> None:
    """Write what is left and let go of the file."""
    root = logging.getLogger()
    for handler in tuple(root.handlers):
        if isinstance(handler.formatter, RedactingFormatter):
            root.removeHandler(handler)
            handler.close()


def _quiet(names: Iterable[str]) -> None:
    # These print whole URLs, headers and frames when they are asked to say everything.
    for name in names:
        logging.getLogger(name).setLevel(logging.WARNING)
