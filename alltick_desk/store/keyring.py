"""The system's keyring, behind one thread.

A keyring may ask the person for a passphrase and not return until they answer, so no other thread
may call it. The thread is a daemon: a keyring that never answers does not keep the desk alive.
"""

import queue
import threading
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Protocol, TypeVar

from alltick_desk.errors import SecretError
from alltick_desk.model.words import Sentence

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "alltick-desk"


class KeyringState(Enum):
    """How the keyring last answered."""

    UNASKED = "not asked yet"
    READY = "ready"
    WAITING = "waiting for your keyring"
    LOCKED = "locked"
    MISSING = "no keyring here"
    FAULTY = "faulty"


class KeyringError(SecretError):
    """The keyring could not do what was asked."""

    def __init__(self, state: KeyringState, message: str) -> None:
        super().__init__(message)
        self.state = state


class Keyring(Protocol):
    """Where tokens are kept by vendor. Every call may block; each may raise KeyringError."""

    def get(self, vendor: str) -> str | None: ...

    def set(self, vendor: str, token: str) -> None: ...

    def delete(self, vendor: str) -> None:
        """Delete what is there; nothing there is fine."""
        ...


class SystemKeyring:
    """The keyring of the desktop, by the ``keyring`` package, which is loaded on first use."""

    def name(self) -> str:
        """Return which keyring this is, e.g. ``"SecretService Keyring"``."""
        return self._call(lambda: str(_backend().name))

    def get(self, vendor: str) -> str | None:
        return self._call(lambda: _backend().get_password(SERVICE, vendor))

    def set(self, vendor: str, token: str) -> None:
        def store() -> bool:
            backend = _backend()
            backend.set_password(SERVICE, vendor, token)
            return bool(backend.get_password(SERVICE, vendor) == token)

        if not self._call(store):
            raise KeyringError(
                KeyringState.FAULTY,
                Sentence("Token", "The keyring took the token but does not give it back."),
            )

    def delete(self, vendor: str) -> None:
        def drop() -> None:
            backend = _backend()
            if backend.get_password(SERVICE, vendor) is not None:
                backend.delete_password(SERVICE, vendor)

        self._call(drop)

    def _call(self, ask: Callable[[], T]) -> T:
        from keyring import errors

        try:
            return ask()
        except KeyringError:
            raise
        except errors.NoKeyringError:
            raise _missing() from None
        except (errors.KeyringLocked, errors.InitError):
            raise KeyringError(
                KeyringState.LOCKED, Sentence("Token", "Your keyring is locked.")
            ) from None
        except Exception as error:  # noqa: BLE001
            # A back end is somebody else's program behind D-Bus: it may raise anything, and what
            # it says may repeat what it was given. Only the kind of error is passed on.
            words = Sentence("Token", "Your keyring does not work ({kind}).")
            raise KeyringError(
                KeyringState.FAULTY, words.format(kind=type(error).__name__)
            ) from None


def _backend() -> "KeyringBackend":
    import keyring
    from keyring.backends import fail, null

    backend = keyring.get_keyring()
    if isinstance(backend, fail.Keyring | null.Keyring):
        raise _missing()
    return backend


def _missing() -> KeyringError:
    return KeyringError(
        KeyringState.MISSING, Sentence("Token", "There is no keyring on this system.")
    )


class Lane:
    """One thread that does one job after another; it starts with the first."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def submit(self, job: Callable[[], None]) -> None:
        """Have ``job`` run on the thread; it must not raise."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="keyring", daemon=True)
            self._thread.start()
        self._jobs.put(job)

    def _work(self) -> None:
        while True:
            self._jobs.get()()
