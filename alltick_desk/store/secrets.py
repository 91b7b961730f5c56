"""The keeper of the tokens: environment, then the system's keyring, then a private file.

A token lives in one place: keeping it in another removes it from the first. Nothing here logs,
and no message holds a token.
"""

import contextlib
from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from alltick_desk.errors import SecretError
from alltick_desk.model.secret import Token
from alltick_desk.model.words import Sentence, joined
from alltick_desk.observe import Hook
from alltick_desk.store.files import read_json, remove, write_json
from alltick_desk.store.keyring import Keyring, KeyringError, KeyringState, Lane, SystemKeyring
from alltick_desk.store.profile import Profile

if TYPE_CHECKING:
    from alltick_desk.clock import Clock

PATIENCE_S = 3.0
_SESSION_ONLY = Sentence("Token", "The token is used for this session only.")
_STILL_IN_IT = Sentence("Token", "The old token is still in it.")


class Place(Enum):
    """Where a token is kept."""

    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    FILE = "file"  # readable by its owner only, not encrypted
    SESSION = "session"  # nowhere: it goes when the desk closes


class Kept(NamedTuple):
    """A token and where it is kept; both None where there is none."""

    token: Token | None = None
    place: Place | None = None


class _Answer(NamedTuple):
    """What the keyring thread brings back. An event loop may print it: the token is wrapped."""

    state: KeyringState
    token: Token | None = None  # where one was asked for and found
    sentence: str = ""  # what went wrong


def environment_name(vendor: str) -> str:
    """Return the variable that may hold the vendor's token, e.g. ``"ALLTICK_TOKEN"``."""
    return f"{vendor.upper()}_TOKEN"


class TokenKeeper:
    """Finds, keeps and forgets tokens by vendor. Its coroutines belong to one event loop.

    Attributes:
        keyring_state: how the keyring last answered, or that it is being waited for.
        changed: emits a vendor whose token or keyring answer came later than it was waited for.
        said: emits sentences for the person.
    """

    def __init__(
        self,
        *,
        environ: Mapping[str, str],
        file: Path | None,
        keyring: Keyring | None,
        clock: "Clock",
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._environ = environ
        self._file = file
        self._keyring = keyring
        self._clock = clock
        self._patience_s = patience_s
        self._lane = Lane()
        self._known: dict[str, Kept] = {}
        self._decided: set[str] = set()  # vendors whose token the person gave or took in this run
        self.keyring_state = KeyringState.UNASKED if keyring else KeyringState.MISSING
        self.changed: Hook[[str]] = Hook()
        self.said: Hook[[str]] = Hook()

    @classmethod
    def of(cls, profile: Profile, environ: Mapping[str, str], clock: "Clock") -> "TokenKeeper":
        """The keeper of a profile; one that keeps no tokens gets one that touches nothing."""
        if not profile.keeps_tokens:
            return cls(environ={}, file=None, keyring=None, clock=clock)
        return cls(environ=environ, file=profile.token_file, keyring=SystemKeyring(), clock=clock)

    @property
    def offers_file(self) -> bool:
        """Whether a token may be kept in a file."""
        return self._file is not None

    def known(self, vendor: str) -> Kept:
        """Return the vendor's token as far as it was found or entered in this run.

        Raises SecretError where the environment holds nonsense.
        """
        return self._from_environment(vendor) or self._known.get(vendor, Kept())

    async def find(self, vendor: str) -> Kept:
        """Look for the vendor's token; takes no longer than the patience.

        Where the keyring has not answered by then ``keyring_state`` is WAITING, and ``changed``
        tells when it has. Raises SecretError where the environment holds nonsense, StoreError
        where the token file can neither be read nor set aside.
        """
        found = self.known(vendor)
        if found.token is not None or vendor in self._decided:
            return found
        keyring = self._keyring
        if keyring is not None:
            answer = await self._ask(
                lambda: keyring.get(vendor), lambda late: self._found_late(vendor, late)
            )
            if answer is not None:
                self._take(vendor, answer)
        text = self._read_file().get(vendor)
        if text is not None:
            try:
                self._remember(vendor, Token(text), Place.FILE)
            except ValueError as error:
                words = Sentence("Token", "The token file holds no token for {vendor}: {why}.")
                self.said.emit(words.format(vendor=vendor, why=str(error)))
        return self.known(vendor)

    async def keep(self, vendor: str, token: Token, place: Place) -> Kept:
        """Use ``token`` from now on and keep it in ``place``, and nowhere else.

        The token is in use whatever happens. Returns where it is kept: SESSION with
        ``keyring_state`` WAITING while the keyring asks the person. Raises SecretError where the
        place could not be used, StoreError where the disk refuses.
        """
        if place is Place.ENVIRONMENT or self._from_environment(vendor):
            words = Sentence(
                "Token", "The token comes from the environment variable {name}; change it there."
            )
            raise SecretError(words.format(name=environment_name(vendor)))
        before = self.known(vendor)
        self._decided.add(vendor)
        self._known[vendor] = Kept(token, Place.SESSION)
        if place is Place.KEYRING:
            return await self._keep_in_keyring(vendor, token)
        if place is Place.FILE:
            if self._file is None:
                raise SecretError(Sentence("Token", "This profile keeps no token in a file."))
            self._write_file({**self._read_file(), vendor: token.reveal()})
            self._known[vendor] = Kept(token, Place.FILE)
        else:
            self._drop_from_file(vendor)
        await self._drop_from_keyring(vendor, before.place)
        return self._known[vendor]

    async def forget(self, vendor: str) -> None:
        """Delete the vendor's token wherever it is kept; SecretError where that fails."""
        if self._from_environment(vendor):
            words = Sentence(
                "Token", "The token comes from the environment variable {name}; remove it there."
            )
            raise SecretError(words.format(name=environment_name(vendor)))
        self._decided.add(vendor)
        before = self._known.pop(vendor, Kept())
        self._drop_from_file(vendor)
        await self._drop_from_keyring(vendor, before.place)

    # The environment

    def _from_environment(self, vendor: str) -> Kept | None:
        name = environment_name(vendor)
        text = self._environ.get(name, "")
        if not text.strip():
            return None
        try:
            return Kept(Token(text), Place.ENVIRONMENT)
        except ValueError as error:
            words = Sentence("Token", "The environment variable {name} holds no token: {why}.")
            raise SecretError(words.format(name=name, why=str(error))) from None

    # The keyring

    async def _keep_in_keyring(self, vendor: str, token: Token) -> Kept:
        keyring = self._keyring
        if keyring is None:
            raise SecretError(
                Sentence(
                    "Token", "There is no keyring here: the token is used for this session only."
                )
            )
        text = token.reveal()

        def store() -> None:
            keyring.set(vendor, text)

        answer = await self._ask(store, lambda late: self._kept_late(vendor, token, late))
        if answer is None:
            return self._known[vendor]
        if answer.state is not KeyringState.READY:
            raise SecretError(joined(answer.sentence, _SESSION_ONLY))
        self._settle_in_keyring(vendor, token)
        return self._known[vendor]

    def _settle_in_keyring(self, vendor: str, token: Token) -> None:
        if self._known.get(vendor, Kept()).token == token:
            self._known[vendor] = Kept(token, Place.KEYRING)
            self._drop_from_file(vendor)

    async def _drop_from_keyring(self, vendor: str, place: Place | None) -> None:
        """Delete an old token, asking no keyring that never had to do with it."""
        keyring = self._keyring
        if keyring is None:
            return
        if place is not Place.KEYRING and self.keyring_state is not KeyringState.READY:
            return
        answer = await self._ask(
            lambda: keyring.delete(vendor), lambda late: self._dropped_late(vendor, late)
        )
        if answer is not None and answer.state is not KeyringState.READY:
            raise SecretError(joined(answer.sentence, _STILL_IN_IT))

    def _take(self, vendor: str, answer: _Answer) -> None:
        if answer.token is not None:
            self._remember(vendor, answer.token, Place.KEYRING)
        elif answer.state is KeyringState.READY and answer.sentence:
            self.said.emit(answer.sentence)

    def _found_late(self, vendor: str, answer: _Answer) -> None:
        self._take(vendor, answer)
        self.changed.emit(vendor)

    def _kept_late(self, vendor: str, token: Token, answer: _Answer) -> None:
        if answer.state is KeyringState.READY:
            self._settle_in_keyring(vendor, token)
        else:
            self.said.emit(joined(answer.sentence, _SESSION_ONLY))
        self.changed.emit(vendor)

    def _dropped_late(self, vendor: str, answer: _Answer) -> None:
        if answer.state is not KeyringState.READY:
            self.said.emit(joined(answer.sentence, _STILL_IN_IT))
        self.changed.emit(vendor)

    async def _ask(
        self, ask: Callable[[], str | None], late: Callable[[_Answer], None]
    ) -> _Answer | None:
        """Run ``ask`` on the keyring's thread; None where the patience ended before it did.

        Then the state is WAITING, and ``late`` gets the answer, on this loop.
        """
        import asyncio  # after the first paint

        loop = asyncio.get_running_loop()
        answered: asyncio.Future[_Answer] = loop.create_future()

        def deliver(answer: _Answer) -> None:
            self.keyring_state = answer.state
            if answered.cancelled():
                late(answer)
            else:
                answered.set_result(answer)

        def job() -> None:
            answer = _outcome(ask)
            with contextlib.suppress(RuntimeError):  # the loop is closed: the desk has ended
                loop.call_soon_threadsafe(deliver, answer)

        self._lane.submit(job)
        patience = loop.create_task(self._clock.sleep(self._patience_s), name="keyring patience")
        try:
            waited_for: set[asyncio.Future[Any]] = {answered, patience}
            await asyncio.wait(waited_for, return_when=asyncio.FIRST_COMPLETED)
        finally:
            patience.cancel()
            if not answered.done():
                answered.cancel()
                self.keyring_state = KeyringState.WAITING
        return None if answered.cancelled() else answered.result()

    # The file

    def _read_file(self) -> dict[str, str]:
        if self._file is None:
            return {}
        loaded = read_json(self._file, _tokens, dict[str, str], self._clock)
        if loaded.note:
            self.said.emit(loaded.note)
        return loaded.value

    def _write_file(self, tokens: Mapping[str, str]) -> None:
        if self._file is not None:
            write_json(self._file, tokens)

    def _drop_from_file(self, vendor: str) -> None:
        tokens = self._read_file()
        if self._file is None or tokens.pop(vendor, None) is None:
            return
        if tokens:
            self._write_file(tokens)
        else:
            remove(self._file)

    def _remember(self, vendor: str, token: Token, place: Place) -> None:
        """Take what a place held, unless there is a token already or the person spoke since."""
        if vendor in self._known or vendor in self._decided:
            return
        self._known[vendor] = Kept(token, place)


def _tokens(document: object) -> dict[str, str]:
    return msgspec.convert(document, dict[str, str])


def _outcome(ask: Callable[[], str | None]) -> _Answer:
    try:
        text = ask()
        return _Answer(KeyringState.READY, None if text is None else Token(text))
    except KeyringError as error:
        return _Answer(error.state, None, str(error))
    except ValueError as error:
        words = Sentence("Token", "The keyring holds no usable token: {why}.")
        return _Answer(KeyringState.READY, None, words.format(why=str(error)))
