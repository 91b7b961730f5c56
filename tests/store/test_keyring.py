"""The system's keyring: what it holds, what goes wrong with it, and that it holds nobody up."""

import subprocess
import sys

import pytest

from alltick_desk.store.keyring import KeyringError, KeyringState, SystemKeyring


class Backend:
    """What the keyring package would find on a desktop."""

    priority = 9.0
    name = "Fake Keyring"

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.text: str | None = None
        self.forgets = False

    def get_password(self, service: str, vendor: str) -> str | None:
        if self.error is not None:
            raise self.error
        assert service == "alltick-desk"
        return self.text

    def set_password(self, service: str, vendor: str, text: str) -> None:
        if not self.forgets:
            self.text = text

    def delete_password(self, service: str, vendor: str) -> None:
        assert self.text is not None
        self.text = None


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> Backend:
    import keyring

    backend = Backend()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    return backend


def test_the_systems_keyring(backend: Backend) -> None:
    system = SystemKeyring()
    assert system.name() == "Fake Keyring"
    assert system.get("alltick") is None
    system.delete("alltick")
    system.set("alltick", "old-MARK")
    assert system.get("alltick") == "old-MARK"
    system.delete("alltick")
    assert system.get("alltick") is None


def test_what_goes_wrong_with_it_is_told_apart(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keyring
    from keyring import errors
    from keyring.backends import fail, null

    system = SystemKeyring()
    for error, state in (
        (errors.NoKeyringError("x MARK"), KeyringState.MISSING),
        (errors.KeyringLocked("x MARK"), KeyringState.LOCKED),
        (errors.InitError("x MARK"), KeyringState.LOCKED),
        (ConnectionResetError("x MARK"), KeyringState.FAULTY),
    ):
        backend.error = error
        with pytest.raises(KeyringError) as caught:
            system.get("alltick")
        assert caught.value.state is state
        assert "MARK" not in str(caught.value)
    backend.error = None
    backend.forgets = True
    with pytest.raises(KeyringError, match="does not give it back"):
        system.set("alltick", "old-MARK")
    for none in (fail.Keyring(), null.Keyring()):
        monkeypatch.setattr(keyring, "get_keyring", lambda none=none: none)
        with pytest.raises(KeyringError) as caught:
            system.set("alltick", "old-MARK")
        assert caught.value.state is KeyringState.MISSING


def test_a_silent_keyring_does_not_keep_the_program_alive() -> None:
    program = """
import threading
from alltick_desk.store.keyring import Lane
began = threading.Event()
lane = Lane()
lane.submit(lambda: (began.set(), threading.Event().wait()))
began.wait()
print("end")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "end\n"


def test_the_keyring_package_is_not_loaded_before_it_is_needed() -> None:
    program = (
        "import sys, alltick_desk.store.secrets, alltick_desk.store.state;"
        "print([m for m in ('keyring', 'asyncio', 'platformdirs', 'httpx') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
