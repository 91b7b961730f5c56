"""What a person can choose: one declaration an option, which the file and the dialog share.

The token is no setting: it is kept apart (``store.secrets``). Which plans a vendor has, and the
bounds of their limits, are the vendors' own business (``vendors.limits``).
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from alltick_desk.errors import SettingsError
from alltick_desk.model.endpoint import base_address
from alltick_desk.model.words import QT_TRANSLATE_NOOP, Sentence, joined

VERSION = 2

Document: TypeAlias = dict[str, Any]
Check: TypeAlias = Callable[[object], Any]


class UnfitError(Exception):
    """A value that an option cannot have.

    Holds the end of "The setting … must be …", and ``why``, a sentence that follows.
    """

    def __init__(self, what: Sentence, why: str = "") -> None:
        super().__init__(what)
        self.why = why


class Option(NamedTuple):
    """One thing to choose.

    Attributes:
        id: its key in the file, and the attribute of the struct.
        label, help: for people, in English; the screen translates them (context "Settings").
        check: returns the value as stored, or raises UnfitError.
        choices: value and label, where there are few.
    """

    id: str
    label: str
    help: str
    check: Check
    choices: tuple[tuple[Any, str], ...] = ()


def _one_of(*values: object) -> Check:
    def check(value: object) -> object:
        if value not in values:
            raise UnfitError(
                Sentence("Settings", "one of {values}").format(values=", ".join(map(repr, values)))
            )
        return value

    return check


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise UnfitError(Sentence("Settings", "true or false"))
    return value


def _name(value: object) -> str:
    if not isinstance(value, str) or not value.isidentifier() or len(value) > 32:
        raise UnfitError(Sentence("Settings", "a plan's name, such as free"))
    return value


def _endpoint(value: object) -> str:
    if not isinstance(value, str):
        raise UnfitError(Sentence("Settings", "an address, or empty for the vendor's own"))
    if not value.strip():
        return ""
    try:
        return base_address(value)
    except SettingsError as error:
        raise UnfitError(Sentence("Settings", "a usable address"), str(error)) from None


def _overrides(value: object) -> dict[str, float]:
    if not isinstance(value, dict):
        raise UnfitError(Sentence("Settings", "a table of limits and numbers"))
    for name, number in value.items():
        if isinstance(number, bool) or not isinstance(number, int | float):
            words = Sentence("Settings", "numbers only; {name} is none")
            raise UnfitError(words.format(name=str(name)[:40]))
        if not math.isfinite(number) or number < 0:
            words = Sentence("Settings", "numbers from zero up; {name} is none")
            raise UnfitError(words.format(name=str(name)[:40]))
    return {str(name): float(number) for name, number in value.items()}


_FONT_SIZES = (80, 90, 100, 115, 130, 150, 175, 200)

THEME = Option(
    "theme",
    QT_TRANSLATE_NOOP("Settings", "Theme"),
    QT_TRANSLATE_NOOP("Settings", "Light, dark, or whatever the desktop asks for."),
    _one_of("system", "light", "dark"),
    (
        ("system", QT_TRANSLATE_NOOP("Settings", "Like the desktop")),
        ("light", QT_TRANSLATE_NOOP("Settings", "Light")),
        ("dark", QT_TRANSLATE_NOOP("Settings", "Dark")),
    ),
)
LANG = Option(
    "lang",
    QT_TRANSLATE_NOOP("Settings", "Language"),
    QT_TRANSLATE_NOOP("Settings", "The language of the windows, and of the instruments' names."),
    _one_of("", "en", "zh_CN"),
    (
        ("", QT_TRANSLATE_NOOP("Settings", "Like the system")),
        ("en", "English"),
        ("zh_CN", "简体中文"),
    ),
)
PALETTE = Option(
    "palette",
    QT_TRANSLATE_NOOP("Settings", "Rise and fall"),
    QT_TRANSLATE_NOOP("Settings", "Colours the table, the chart and the order book alike."),
    _one_of("west", "china", "blue_orange"),
    (
        ("west", QT_TRANSLATE_NOOP("Settings", "Green is up, red is down")),
        ("china", QT_TRANSLATE_NOOP("Settings", "Red is up, green is down")),
        ("blue_orange", QT_TRANSLATE_NOOP("Settings", "Blue is up, orange is down")),
    ),
)
CHANGES = Option(
    "changes",
    QT_TRANSLATE_NOOP("Settings", "When a price changes"),
    QT_TRANSLATE_NOOP("Settings", "Choose “Show only the new price” for a calmer list."),
    _one_of("flash", "digits", "none"),
    (
        ("flash", QT_TRANSLATE_NOOP("Settings", "Flash it briefly")),
        ("digits", QT_TRANSLATE_NOOP("Settings", "Colour the digits that changed")),
        ("none", QT_TRANSLATE_NOOP("Settings", "Show only the new price")),
    ),
)
ZEBRA = Option(
    "zebra",
    QT_TRANSLATE_NOOP("Settings", "Shade every other row"),
    QT_TRANSLATE_NOOP("Settings", "Leads the eye along a wide row."),
    _flag,
)
ROW_HEIGHT = Option(
    "row_height",
    QT_TRANSLATE_NOOP("Settings", "Height of the rows"),
    QT_TRANSLATE_NOOP("Settings", "It follows the size of the letters."),
    _one_of("compact", "normal", "roomy"),
    (
        ("compact", QT_TRANSLATE_NOOP("Settings", "Compact")),
        ("normal", QT_TRANSLATE_NOOP("Settings", "Normal")),
        ("roomy", QT_TRANSLATE_NOOP("Settings", "Roomy")),
    ),
)
TABLE_FONT = Option(
    "table_font",
    QT_TRANSLATE_NOOP("Settings", "Size of the letters"),
    QT_TRANSLATE_NOOP("Settings", "In percent of the size that the desktop asks for."),
    _one_of(*_FONT_SIZES),
    tuple((percent, f"{percent} %") for percent in _FONT_SIZES),
)
DIGITS = Option(
    "digits",
    QT_TRANSLATE_NOOP("Settings", "Digits of prices"),
    QT_TRANSLATE_NOOP("Settings", "A tip and a copied row always have the price as it was sent."),
    _one_of("sent", "even", "five"),
    (
        ("sent", QT_TRANSLATE_NOOP("Settings", "As the vendor sends them")),
        ("even", QT_TRANSLATE_NOOP("Settings", "As many as the instrument has")),
        ("five", QT_TRANSLATE_NOOP("Settings", "Five figures")),
    ),
)
ALIGNMENT = Option(
    "alignment",
    QT_TRANSLATE_NOOP("Settings", "Figures stand"),
    QT_TRANSLATE_NOOP("Settings", "On the right, digits of one weight stand below each other."),
    _one_of("right", "centre", "left"),
    (
        ("right", QT_TRANSLATE_NOOP("Settings", "On the right")),
        ("centre", QT_TRANSLATE_NOOP("Settings", "In the middle")),
        ("left", QT_TRANSLATE_NOOP("Settings", "On the left")),
    ),
)
ENABLED = Option(
    "enabled",
    QT_TRANSLATE_NOOP("Settings", "Use this vendor"),
    QT_TRANSLATE_NOOP("Settings", "Without it the desk opens no connection to the vendor."),
    _flag,
)
PLAN = Option(
    "plan",
    QT_TRANSLATE_NOOP("Settings", "Plan"),
    QT_TRANSLATE_NOOP("Settings", "What you pay the vendor for. It decides every limit."),
    _name,
)
ENDPOINT = Option(
    "endpoint",
    QT_TRANSLATE_NOOP("Settings", "Address"),
    QT_TRANSLATE_NOOP("Settings", "Empty for the vendor's own address."),
    _endpoint,
)
OVERRIDES = Option(
    "overrides",
    QT_TRANSLATE_NOOP("Settings", "Limits"),
    QT_TRANSLATE_NOOP("Settings", "Your own figures in place of the plan's."),
    _overrides,
)

LOOKS: tuple[Option, ...] = (THEME, LANG, PALETTE)
TABLE: tuple[Option, ...] = (CHANGES, ZEBRA, ROW_HEIGHT, TABLE_FONT, DIGITS, ALIGNMENT)
GENERAL = (*LOOKS, *TABLE)
PER_VENDOR: tuple[Option, ...] = (ENABLED, PLAN, ENDPOINT, OVERRIDES)


class VendorSettings(NamedTuple):
    """What was chosen for one vendor.

    ``endpoint`` is "" for the vendor's own address; ``overrides`` holds limits by the ids of
    ``vendors.limits``; ``extra`` keeps what this version does not know.
    """

    enabled: bool = False
    plan: str = "free"
    endpoint: str = ""
    overrides: Mapping[str, float] = {}
    extra: Mapping[str, object] = {}


class Settings(NamedTuple):
    """Every choice; a change makes a new one."""

    version: int = VERSION
    theme: str = "system"
    lang: str = ""  # "" for the system's
    palette: str = "west"
    changes: str = "flash"
    zebra: bool = False
    row_height: str = "normal"
    table_font: int = 100  # in percent of the desktop's
    digits: str = "sent"
    alignment: str = "right"
    vendors: Mapping[str, VendorSettings] = {"alltick": VendorSettings(enabled=True)}
    extra: Mapping[str, object] = {}

    def vendor(self, name: str) -> VendorSettings:
        """Return the vendor's settings, the defaults where nothing was chosen yet."""
        return self.vendors.get(name) or VendorSettings()

    def with_vendor(self, name: str, vendor: VendorSettings) -> "Settings":
        """Return a copy in which ``vendor`` stands for ``name``."""
        return self._replace(vendors={**self.vendors, name: vendor})


def checked(option: Option, value: object, *, of: str = "") -> Any:
    """Return ``value`` as the option stores it; SettingsError with a sentence otherwise."""
    try:
        return option.check(value)
    except UnfitError as error:
        where = f"{of}.{option.id}" if of else option.id
        words = Sentence("Settings", "The setting “{label}” ({where}) must be {what}.").format(
            label=Sentence("Settings", option.label), where=where, what=str(error)
        )
        raise SettingsError(joined(words, error.why)) from None


def read_settings(document: object) -> Settings:
    """Read the settings file's document, of this version or an older one.

    Unknown keys are kept for whoever wrote them. Raises SettingsError on anything else.
    """
    if not isinstance(document, dict):
        raise SettingsError(Sentence("Settings", "The settings file does not hold settings."))
    document = migrate(document)
    vendors = document.pop("vendors", None)
    del document["version"]
    known = _taken(document, GENERAL, of="")
    if vendors is not None:
        if not isinstance(vendors, dict):
            raise SettingsError(
                Sentence("Settings", "The setting “Vendors” (vendors) must be a table by vendor.")
            )
        known["vendors"] = {name: _read_vendor(name, part) for name, part in vendors.items()}
    return Settings(**known, extra=document)


def write_settings(settings: Settings) -> Document:
    """Return the document that ``read_settings`` reads back."""
    return {
        **settings.extra,
        "version": VERSION,
        **{option.id: getattr(settings, option.id) for option in GENERAL},
        "vendors": {
            name: {
                **vendor.extra,
                **{option.id: getattr(vendor, option.id) for option in PER_VENDOR},
            }
            for name, vendor in settings.vendors.items()
        },
    }


def _name_version(document: Document) -> Document:
    """A file that somebody wrote by hand may name no version: it is of the first."""
    return {**document, "version": 1}


def _name_looks(document: Document) -> Document:
    """Two switches became choices among three."""
    document = {**document, "version": 2}
    for old, new, words in (
        ("red_up", "palette", ("west", "china")),
        ("flash", "changes", ("none", "flash")),
    ):
        if old in document:
            value = document.pop(old)
            document[new] = words[value] if isinstance(value, bool) else value
    return document


# Step n lifts a document from version n to n + 1. Each is a pure function and never changes again.
MIGRATIONS: tuple[Callable[[Document], Document], ...] = (_name_version, _name_looks)


def migrate(
    document: Document, steps: Sequence[Callable[[Document], Document]] = MIGRATIONS
) -> Document:
    """Return a copy of ``document`` in the newest form; SettingsError for one from the future."""
    version = document.get("version", 0)
    if isinstance(version, bool) or not isinstance(version, int) or version < 0:
        raise SettingsError(
            Sentence("Settings", "The settings file names no version that the desk knows.")
        )
    if version > len(steps):
        raise SettingsError(
            Sentence(
                "Settings",
                "The settings file is of version {version}; this desk reads up to {known}. "
                "A newer desk wrote it.",
            ).format(version=version, known=len(steps))
        )
    document = dict(document)
    for step in steps[version:]:
        document = step(document)
    return document


def _taken(document: Document, options: Sequence[Option], *, of: str) -> Document:
    """Move what the options know out of ``document``, checked."""
    return {
        option.id: checked(option, document.pop(option.id), of=of)
        for option in options
        if option.id in document
    }


def _read_vendor(name: str, part: object) -> VendorSettings:
    if not isinstance(part, dict):
        words = Sentence("Settings", "The settings of the vendor {name} must be a table.")
        raise SettingsError(words.format(name=name[:40]))
    part = dict(part)
    return VendorSettings(**_taken(part, PER_VENDOR, of=name), extra=part)
