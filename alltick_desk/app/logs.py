"""The log: rotating files that can hold no token."""

import logging
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

MASK = "•••"
FULL = 1_000_000  # bytes of a log file
KEPT = 3  # older ones
_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"

# A URL's token, a JSON field's, a header's: masked though the token itself may be unknown here.
# A bare word after a colon must look like one, or "the token: it is missing" would lose its "it".
_TOKEN_SHAPES = re.compile(
    r"""(?ix)
    ( \btoken (?: = | ["']? \s* [:,] \s* b?["'] | \s* : \s* (?= \S* [\d_-] | \S{16} ) ) )
    [^&\s"'<>)\]}]+
    """
)


class Redactor:
    """Masks tokens in any text: those it knows, and whatever stands where a token stands."""

    def __init__(self) -> None:
        self._secrets: list[str] = []

    def add(self, secret: str) -> None:
        """Mask ``secret`` from now on, wherever it stands, also as a URL spells it."""
        from urllib.parse import quote, quote_plus

        secret = secret.strip()
        if len(secret) >= 4:  # shorter ones would mask half the log
            spellings = {secret, quote(secret, safe=""), quote_plus(secret), *self._secrets}
            self._secrets = sorted(spellings, key=len, reverse=True)  # none leaves another's end

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


class _RollingFile(logging.FileHandler):
    """A log file that begins anew when it is full; the last ones are kept as .1, .2 and .3.

    ``logging.handlers`` has one too, together with everything that sends logs over the network,
    for which the first window would have to wait.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8")
        self._path = path

    def emit(self, record: logging.LogRecord) -> None:
        try:
            super().emit(record)  # opens the file again where it was not possible before
            if self.stream is not None and self.stream.tell() > FULL:
                self._roll()
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Lose the line: Python's own way prints it on stderr as it is, with a token in it."""

    def _roll(self) -> None:
        if self.stream is not None:
            self.stream.close()
            self.stream = None
        names = [self._path, *(Path(f"{self._path}.{number}") for number in range(1, 1 + KEPT))]
        for newer, older in zip(names[-2::-1], names[:0:-1], strict=True):
            if newer.exists():
                newer.replace(older)
        self._path.touch(mode=0o600)


def start_logging(folder: Path, level: str, redact: Callable[[str], str]) -> None:
    """Log to ``folder/desk.log``, a megabyte a file and four files at the most.

    Raises OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "desk.log"
    path.touch(mode=0o600, exist_ok=True)
    os.chmod(path, 0o600)  # noqa: PTH101 - an older file may be wider
    handler = _RollingFile(path)
    handler.setFormatter(RedactingFormatter(redact))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level.upper())
    logging.captureWarnings(True)  # Python's own, which else go to stderr as they are
    _quiet(("httpx", "httpcore", "websockets", "hpack", "keyring", "asyncio", "qasync"))


def stop_logging() -> None:
    """Write what is left and let go of the file."""
    logging.captureWarnings(False)
    root = logging.getLogger()
    for handler in tuple(root.handlers):
        if isinstance(handler.formatter, RedactingFormatter):
            root.removeHandler(handler)
            handler.close()


def _quiet(names: Iterable[str]) -> None:
    # These print whole URLs, headers and frames when they are asked to say everything.
    for name in names:
        logging.getLogger(name).setLevel(logging.WARNING)
