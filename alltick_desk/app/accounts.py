"""The vendors: each one's settings, token and line, whether it is in use or not."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

from alltick_desk.app.line import Surroundings, VendorLine
from alltick_desk.errors import DeskError, SettingsError
from alltick_desk.model.secret import Token
from alltick_desk.model.settings import Settings, VendorSettings
from alltick_desk.model.words import Sentence
from alltick_desk.services.quotes import QuoteBoard
from alltick_desk.vendors.base import Codec, Plan
from alltick_desk.vendors.limits import overridden
from alltick_desk.vendors.plans import plan_named

log = logging.getLogger(__name__)

NO_TOKEN = Sentence(
    "Desk", "There is no token for {vendor} yet. Enter one in the settings, or try the demo."
)
NOT_IN_USE = Sentence("Desk", "{vendor} is not in use. Switch it on in the settings.")


class Accounts:
    """Connects vendors as the settings say.

    ``forced`` holds what the command line said for this run and the settings do not: whether a
    vendor is in use and its plan, both by vendor, and one endpoint for all. ``in_use`` returns the
    vendors that the screen shows. ``mask`` is given every token, ``leaving`` every vendor whose
    line is about to be made anew.
    """

    def __init__(
        self,
        codecs: Mapping[str, Codec],
        board: QuoteBoard,
        around: Surroundings,
        *,
        in_use: Callable[[], Sequence[str]],
        forced_use: Mapping[str, bool],
        forced_plans: Mapping[str, str],
        forced_endpoint: str | None,
        mask: Callable[[str], None],
        leaving: Callable[[str], None],
    ) -> None:
        self.lines = {
            vendor: VendorLine(codec, board.tape(vendor), around)
            for vendor, codec in codecs.items()
        }
        self.in_use = in_use
        self._around = around
        self._forced_use = dict(forced_use)
        self._forced_plans = dict(forced_plans)
        self._forced_endpoint = forced_endpoint
        self._mask = mask
        self._leaving = leaving
        self._tokens: dict[str, Token | None] = {}
        self._why_not: dict[str, str] = {}

    def plan(self, settings: Settings, vendor: str) -> Plan:
        """Return the plan in force; SettingsError where the settings name none."""
        chosen = settings.vendor(vendor)
        name = self._forced_plans.get(vendor, chosen.plan)
        try:
            return overridden(plan_named(vendor, name), chosen.overrides)
        except ValueError as error:
            raise SettingsError(str(error)) from None

    def in_force(self, settings: Settings) -> Settings:
        """Return the settings with what the command line said in their place."""
        for vendor in self.lines:
            chosen = settings.vendor(vendor)
            forced = chosen._replace(
                enabled=self._forced_use.get(vendor, chosen.enabled),
                plan=self._forced_plans.get(vendor, chosen.plan),
                endpoint=self._forced_endpoint or chosen.endpoint,
            )
            settings = settings.with_vendor(vendor, forced)
        return settings

    def enabled(self, settings: Settings) -> tuple[str, ...]:
        """Return the vendors that are in use by the settings in force."""
        forced = self.in_force(settings)
        return tuple(vendor for vendor in self.lines if forced.vendor(vendor).enabled)

    def to_keep(self, settings: Settings, saved: Settings) -> Settings:
        """Return ``settings`` for the file: what only the command line said is not saved."""
        for vendor in self.lines:
            chosen, before = settings.vendor(vendor), saved.vendor(vendor)
            if chosen.enabled == self._forced_use.get(vendor):
                chosen = chosen._replace(enabled=before.enabled)
            if chosen.plan == self._forced_plans.get(vendor):
                chosen = chosen._replace(plan=before.plan)
            if chosen.endpoint == self._forced_endpoint:
                chosen = chosen._replace(endpoint=before.endpoint)
            settings = settings.with_vendor(vendor, chosen)
        return settings

    def endpoint(self, settings: Settings, vendor: str) -> str:
        """Return the base address in force."""
        return (
            self._forced_endpoint
            or settings.vendor(vendor).endpoint
            or self.lines[vendor].codec.default_base
        )

    def force_endpoint(self, base: str) -> None:
        """Use one base address for every vendor in this run."""
        self._forced_endpoint = base

    def token(self, vendor: str) -> Token | None:
        """Return the token in use."""
        return self._tokens.get(vendor)

    def why_not(self, vendor: str) -> str:
        """Return why a vendor is not connected, as a sentence."""
        line = self.lines.get(vendor)
        if line is None:
            return Sentence("Desk", "This version of the desk does not know {vendor}.").format(
                vendor=vendor
            )
        return line.refusal or self._why_not.get(vendor, "") or _named(NO_TOKEN, line)

    async def connect(self, settings: Settings, vendor: str, token: Token | None) -> None:
        """Connect one vendor anew, where it is in use; a failure is said, and leaves it alone."""
        self._leaving(vendor)
        self._tokens[vendor] = token
        if token is not None:
            self._mask(token.reveal())
        self._why_not.pop(vendor, None)
        line = self.lines[vendor]
        if not self.in_force(settings).vendor(vendor).enabled:
            self._why_not[vendor] = _named(NOT_IN_USE, line)
            await line.disconnect()
            return
        try:
            await line.connect(
                token=token,
                base=self.endpoint(settings, vendor),
                plan=self.plan(settings, vendor),
            )
        except DeskError as error:
            self._why_not[vendor] = str(error)
            self._around.say(str(error))

    def release(self, shown: Settings, chosen: Settings) -> None:
        """Let go of what the command line said where a person now chooses something else.

        ``shown`` is what stood in force when they chose.
        """
        for vendor in self.lines:
            old, new = shown.vendor(vendor), chosen.vendor(vendor)
            if new.enabled != old.enabled:
                self._forced_use.pop(vendor, None)
            if new.plan != old.plan:
                self._forced_plans.pop(vendor, None)
            if new.endpoint != old.endpoint:
                self._forced_endpoint = None

    async def apply(
        self,
        shown: Settings,
        saved: Settings,
        find_token: Callable[[str], Awaitable[Token | None]],
    ) -> list[str]:
        """Let changed settings take effect at once; return the vendors that connect anew.

        ``find_token`` looks for the token of a vendor that was not in use before.
        """
        anew = []
        now = self.in_force(saved)
        for vendor, line in self.lines.items():
            old, new = shown.vendor(vendor), now.vendor(vendor)
            if (new.endpoint, new.enabled) != (old.endpoint, old.enabled):
                token = self.token(vendor)
                if token is None and new.enabled:
                    token = await find_token(vendor)
                await self.connect(saved, vendor, token)
                anew.append(vendor)
            elif _plan_of(new) != _plan_of(old) and line.provider is not None:
                line.provider.configure(self.plan(saved, vendor))
        return anew

    async def close(self) -> None:
        """Close every line."""
        await asyncio.gather(*(line.disconnect() for line in self.lines.values()))


def _named(sentence: Sentence, line: VendorLine) -> Sentence:
    return sentence.format(vendor=line.codec.title)


def _plan_of(settings: VendorSettings) -> tuple[str, Mapping[str, float]]:
    return settings.plan, settings.overrides
