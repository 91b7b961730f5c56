"""What a person chooses while the desk runs: settings, tokens, and the first-time offer."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from alltick_desk.app.accounts import Accounts
from alltick_desk.app.frontage import Frontage
from alltick_desk.errors import DeskError, SecretError
from alltick_desk.model.secret import Token
from alltick_desk.model.settings import Settings
from alltick_desk.model.words import Sentence
from alltick_desk.store.secrets import Kept, Place, TokenKeeper, environment_name
from alltick_desk.ui.tasks import Tasks
from alltick_desk.ui.welcome import WelcomeDialog
from alltick_desk.vendors.plans import PLANS

if TYPE_CHECKING:  # loaded when the dialog is first opened
    from alltick_desk.ui.settings import (
        SettingsChange,
        SettingsDialog,
        SettingsSnapshot,
        TokenChange,
    )


class Choices:
    """Opens the dialogs and lets what they bring take effect at once.

    ``connect`` connects a vendor with a token; ``settled`` is told which vendors other settings
    have connected anew.
    """

    def __init__(
        self,
        front: Frontage,
        accounts: Accounts,
        keeper: TokenKeeper,
        tasks: Tasks,
        *,
        connect: Callable[[str, Token | None], Awaitable[None]],
        settled: Callable[[list[str]], None],
    ) -> None:
        self._front = front
        self._accounts = accounts
        self._keeper = keeper
        self._tasks = tasks
        self._connect = connect
        self._settled = settled
        self._dialog: SettingsDialog | None = None
        self._welcome: WelcomeDialog | None = None
        self._settling = asyncio.Lock()
        self._handles = (
            keeper.said.connect(front.say),
            keeper.changed.connect(self._token_came),
        )

    async def find_token(self, vendor: str) -> Token | None:
        """Look for a vendor's token; a failure is said and counts as none."""
        try:
            return (await self._keeper.find(vendor)).token
        except DeskError as error:
            self._front.say(str(error))
            return None

    async def use_token(self, vendor: str, token: Token) -> Token:
        """Use a token that is kept nowhere: the simulated exchange's."""
        await self._keeper.keep(vendor, token, Place.SESSION)
        return token

    def welcome(self) -> None:
        """Offer to enter a token, or to try the demo."""
        self._welcome = WelcomeDialog(
            self.enter_token,
            self._start_demo,
            self._front.window,
            vendors=self._front.tags.titles,
            vendor=self._front.vendors[0],
        )
        self._welcome.open()

    def enter_token(self, vendor: str) -> None:
        """Open the settings where a vendor's token is entered."""
        self.open_dialog()
        if self._dialog is not None:
            options = self._front.options
            self._dialog.begin_with(vendor, alone=not (options.vendors_given or options.also))

    def open_dialog(self) -> None:
        """Open the settings, or bring them to the front."""
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        if self._dialog is not None:
            self._dialog.deleteLater()
        from alltick_desk.ui.settings import SettingsDialog

        self._dialog = SettingsDialog(
            self._snapshot(), self._apply, self._front.window, on_vendor=self._look_for_token
        )
        self._dialog.open()

    def _snapshot(self) -> "SettingsSnapshot":
        from alltick_desk.ui.settings import Account, SettingsSnapshot

        return SettingsSnapshot(
            settings=self._accounts.in_force(self._front.settings),
            accounts=tuple(
                Account(
                    vendor=vendor,
                    title=line.codec.title,
                    plans=PLANS[vendor],
                    default_base=line.codec.default_base,
                    place=self._known(vendor).place,
                    environment=environment_name(vendor),
                )
                for vendor, line in self._accounts.lines.items()
            ),
            keyring=self._keeper.keyring_state,
            offers_file=self._keeper.offers_file,
        )

    def _apply(self, change: "SettingsChange") -> None:
        """Take what was decided; StoreError where it could not be saved: it is in force anyway."""
        front = self._front
        shown = self._accounts.in_force(front.settings)
        self._accounts.release(shown, change.settings)
        settings = self._accounts.to_keep(change.settings, front.settings)
        front.use_vendors(self._accounts.enabled(settings))
        try:
            front.apply_settings(settings)
        finally:
            self._tasks.spawn(self._settle(shown, change.tokens), "settings")

    async def _settle(self, shown: Settings, tokens: "Mapping[str, TokenChange]") -> None:
        front = self._front
        async with self._settling:  # a keyring may take its time: one change after the other
            for vendor, change in tokens.items():
                await self._change_token(vendor, change)
            try:
                anew = await self._accounts.apply(shown, front.settings, self.find_token)
            except DeskError as error:
                front.say(str(error))
            else:
                self._settled(anew)
                self._refresh()

    async def _change_token(self, vendor: str, change: "TokenChange") -> None:
        before = self._known(vendor).token
        try:
            if change.place is None:
                await self._keeper.forget(vendor)
            elif (token := change.token or before) is not None:
                self._front.redact.add(token.reveal())
                await self._keeper.keep(vendor, token, change.place)
        except DeskError as error:
            self._front.say(str(error))
            if self._dialog is not None:
                self._dialog.show_problem(str(error))
        after = self._known(vendor).token
        if after != before:
            await self._connect(vendor, after)
        self._refresh()

    def _look_for_token(self, vendor: str) -> None:
        """Look for the token of a vendor that was not in use: only now somebody asks for it."""
        if self._known(vendor).token is None:
            self._tasks.spawn(self._find_and_tell(vendor), "token")

    async def _find_and_tell(self, vendor: str) -> None:
        await self.find_token(vendor)
        self._refresh()

    def _known(self, vendor: str) -> Kept:
        """Return a vendor's token; a variable that holds nonsense is said and counts as none."""
        try:
            return self._keeper.known(vendor)
        except SecretError as error:
            self._front.say(str(error))
            return Kept()

    def _token_came(self, vendor: str) -> None:
        """A keyring answered late."""
        token = self._known(vendor).token
        if token != self._accounts.token(vendor):
            self._tasks.spawn(self._connect_with(vendor, token), "late token")
        self._refresh()

    async def _connect_with(self, vendor: str, token: Token | None) -> None:
        await self._connect(vendor, token)

    def _refresh(self) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.refresh(self._snapshot())

    def _start_demo(self) -> None:
        """Start the demo as a desk of its own, and let this one go."""
        options = self._front.options
        said = {"--profile": options.profile, "--lang": options.lang, "--theme": options.theme}
        words = [str(word) for pair in said.items() if pair[1] is not None for word in pair]
        try:
            subprocess.Popen(  # noqa: S603 - this program, with words that it was started with
                [sys.executable, "-m", "alltick_desk", "--demo", *words]
            )
        except OSError as error:
            sentence = Sentence("Demo", "The demo could not be started: {reason}.")
            self._front.say(sentence.format(reason=error.strerror))
        else:
            self._front.window.close()
