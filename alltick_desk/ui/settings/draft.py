"""What the dialog is given, what a person has typed so far, and what it hands back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from alltick_desk.errors import SettingsError
from alltick_desk.model.endpoint import base_address
from alltick_desk.model.secret import Token
from alltick_desk.model.settings import Settings, VendorSettings
from alltick_desk.store.keyring import KeyringState
from alltick_desk.store.secrets import Place
from alltick_desk.ui.words import spoken
from alltick_desk.vendors.base import Plan
from alltick_desk.vendors.limits import LimitField, check_limit, limit_fields

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Account:
    """One vendor as the dialog shows it. The token itself never comes here.

    Attributes:
        place: where the token is kept, None where there is none.
        environment: the variable that a token would come from.
    """

    vendor: str
    title: str
    plans: tuple[Plan, ...]
    default_base: str
    place: Place | None
    environment: str


@dataclass(frozen=True)
class SettingsSnapshot:
    """Everything as it is when the dialog opens."""

    settings: Settings
    accounts: tuple[Account, ...]
    keyring: KeyringState
    offers_file: bool = True


@dataclass(frozen=True)
class TokenChange:
    """What to do with a vendor's token.

    A token and a place: use it and keep it there. No token but a place: keep the present one
    there. Neither: forget it.
    """

    token: Token | None
    place: Place | None


@dataclass(frozen=True)
class SettingsChange:
    """What a person decided: the settings as a whole, and tokens by vendor."""

    settings: Settings
    tokens: Mapping[str, TokenChange]


class FieldError(Exception):
    """What was typed in one field cannot stay; holds the page, the field and a sentence."""

    def __init__(self, page: str, vendor: str, field_id: str, sentence: str) -> None:
        super().__init__(sentence)
        self.page = page
        self.vendor = vendor
        self.field_id = field_id


@dataclass
class Draft:
    """What was typed for one vendor, as text, right or wrong."""

    account: Account
    enabled: bool
    plan: str
    endpoint: str
    limits: dict[str, str]
    token: str = field(default="", repr=False)
    place: Place | None = None
    forget: bool = False

    @classmethod
    def of(cls, account: Account, settings: VendorSettings, keyring: KeyringState) -> "Draft":
        """Begin with what is."""
        return cls(
            account,
            settings.enabled,
            settings.plan,
            settings.endpoint,
            {name: f"{value:.12g}" for name, value in settings.overrides.items()},
            place=account.place or _first_place(keyring),
        )

    @property
    def from_environment(self) -> bool:
        """Whether the token comes from outside and cannot be changed here."""
        return self.account.place is Place.ENVIRONMENT

    def chosen_plan(self) -> Plan:
        """Return the plan; the vendor's first where the name is of no plan it has any more."""
        plans = self.account.plans
        return next((plan for plan in plans if plan.name == self.plan), plans[0])

    def settings(self, before: VendorSettings) -> VendorSettings:
        """Return what the draft stands for; FieldError at the first thing that is wrong."""
        vendor = self.account.vendor
        problem = endpoint_problem(self.endpoint)
        if problem:
            raise FieldError("connection", vendor, "endpoint", problem)
        overrides = {name: value for name, value in before.overrides.items() if name in self.limits}
        for limit in limit_fields(self.chosen_plan()):
            text = self.limits.get(limit.id, "").strip()
            problem = limit_problem(limit, text)
            if problem:
                raise FieldError("limits", vendor, limit.id, problem)
            overrides.pop(limit.id, None)
            if text and _number(text) != limit.value:
                overrides[limit.id] = _number(text)
        return before._replace(
            enabled=self.enabled,
            plan=self.chosen_plan().name,
            endpoint=base_address(self.endpoint) if self.endpoint.strip() else "",
            overrides=overrides,
        )

    def token_change(self) -> TokenChange | None:
        """Return what happens to the token, None for nothing; FieldError where it is none."""
        if self.from_environment:
            return None
        if self.token.strip():
            try:
                return TokenChange(Token(self.token), self.place)
            except ValueError:
                raise FieldError(
                    "account", self.account.vendor, "token", token_problem(self.token)
                ) from None
        if self.forget:
            return TokenChange(None, None)
        if self.account.place is not None and self.place is not self.account.place:
            return TokenChange(None, self.place)
        return None


def _first_place(keyring: KeyringState) -> Place:
    return Place.SESSION if keyring is KeyringState.MISSING else Place.KEYRING


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def limit_problem(limit: LimitField, text: str) -> str:
    """Return what is wrong with a limit as typed, "" for nothing."""
    if not text.strip():
        return ""
    try:
        value = _number(text)
    except ValueError:
        return translate("Settings", "This is not a number.")
    try:
        check_limit(limit, value)
    except SettingsError:
        if limit.minimum <= value <= limit.maximum:
            return translate("Settings", "This must be a whole number.")
        return translate("Settings", "This must lie between {low} and {high}.").format(
            low=f"{limit.minimum:,.12g}", high=f"{limit.maximum:,.12g}"
        )
    return ""


def endpoint_problem(text: str) -> str:
    """Return what is wrong with an address as typed, "" for nothing."""
    if not text.strip():
        return ""
    try:
        base_address(text)
    except SettingsError as error:
        return spoken(str(error))
    return ""


def token_problem(text: str) -> str:
    """Return what is wrong with a token as typed, "" for nothing."""
    if not text.strip():
        return ""
    try:
        Token(text)
    except ValueError:
        return translate("Settings", "A token has no spaces and no control characters.")
    return ""
