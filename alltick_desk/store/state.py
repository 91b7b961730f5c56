"""What the desk remembers between two runs: settings, lists, last values, the layout.

Each thing has its own file, so that one that is damaged costs nothing but itself. Loading never
fails because of what is in a file: it gives the defaults and a note for the person.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import ListBook
from alltick_desk.model.settings import Settings, read_settings, write_settings
from alltick_desk.store.fields import flag, maybe_number, table, text, whole
from alltick_desk.store.files import Loaded, read_json, write_json
from alltick_desk.store.list_files import ListFiles
from alltick_desk.store.profile import Profile

if TYPE_CHECKING:
    from alltick_desk.clock import Clock

T = TypeVar("T")


class SavedQuote(NamedTuple):
    """The last values of one row, texts as the vendor sent them, "" where unknown."""

    last: str = ""
    bid: str = ""
    ask: str = ""
    open: str = ""
    high: str = ""
    low: str = ""
    volume: float | None = None
    turnover: float | None = None
    previous_close: float | None = None
    day: str = ""  # the exchange's date (ISO) of the day's figures
    digits: int = 0
    pads: bool = False  # the texts are to be shown with all the digits
    time_ms: int = 0


class Layout(NamedTuple):
    """Where things stand on the screen.

    Attributes:
        blobs: what Qt's own saveState gives, by widget.
        choices: small words, by name: the selected row, the chart's interval.
    """

    blobs: Mapping[str, bytes] = {}
    choices: Mapping[str, str] = {}


# How each value of a SavedQuote is read.
_QUOTE: Mapping[str, Callable[[object], Any]] = {
    **dict.fromkeys(("last", "bid", "ask", "open", "high", "low", "day"), text),
    **dict.fromkeys(("volume", "turnover", "previous_close"), maybe_number),
    **dict.fromkeys(("digits", "time_ms"), whole),
    "pads": flag,
}


class StateStore:
    """Loads and saves a profile's files; blocking, a few milliseconds each.

    A file that could be neither read nor set aside is not written in this run: saving it raises
    StoreError.

    Attributes:
        lists: the watchlists' file with its backups.
    """

    def __init__(self, profile: Profile, clock: "Clock") -> None:
        self._profile = profile
        self._clock = clock
        self._forbidden: dict[Path, str] = {}
        self.lists = ListFiles(profile.watchlists_file, profile.backups_folder, clock)

    def load_settings(self) -> Loaded[Settings]:
        """Return the settings; the defaults and a note where the file is no good."""
        return self._load(self._profile.settings_file, read_settings, Settings)

    def save_settings(self, settings: Settings) -> None:
        """Save the settings; StoreError where the disk refuses."""
        self._save(self._profile.settings_file, write_settings(settings))

    def load_lists(self) -> Loaded[ListBook | None]:
        """Return the watchlists; None before the first save, so that a first list can be made."""
        return self.lists.load()

    def save_lists(self, book: ListBook) -> None:
        """Save the watchlists; StoreError where the disk refuses."""
        self.lists.save(book)

    def load_quotes(self) -> Loaded[dict[InstrumentKey, SavedQuote]]:
        """Return the last session's values."""
        return self._load(self._profile.quotes_file, _read_quotes, dict)

    def save_quotes(self, quotes: Iterable[tuple[InstrumentKey, SavedQuote]]) -> None:
        """Save the values for the next start; StoreError where the disk refuses."""
        self._save(
            self._profile.quotes_file, {str(key): _quote_document(quote) for key, quote in quotes}
        )

    def load_layout(self) -> Loaded[Layout]:
        """Return where things stood."""
        return self._load(self._profile.layout_file, _read_layout, Layout)

    def save_layout(self, layout: Layout) -> None:
        """Save where things stand; StoreError where the disk refuses."""
        self._save(self._profile.layout_file, _layout_document(layout))

    def _load(
        self, path: Path, parse: Callable[[object], T], otherwise: Callable[[], T]
    ) -> Loaded[T]:
        try:
            return read_json(path, parse, otherwise, self._clock)
        except StoreError as error:
            self._forbidden[path] = str(error)
            return Loaded(otherwise(), str(error))

    def _save(self, path: Path, document: object) -> None:
        if path in self._forbidden:
            raise StoreError(self._forbidden[path])
        write_json(path, document)


def _read_quotes(document: object) -> dict[InstrumentKey, SavedQuote]:
    return {
        InstrumentKey.parse(text(key)): _read_quote(table(quote))
        for key, quote in table(document).items()
    }


def _read_quote(quote: Mapping[str, object]) -> SavedQuote:
    return SavedQuote(**{name: read(quote[name]) for name, read in _QUOTE.items() if name in quote})


def _quote_document(quote: SavedQuote) -> dict[str, object]:
    """Leave out what is not known."""
    usual = SavedQuote._field_defaults
    return {name: value for name, value in quote._asdict().items() if value != usual[name]}


def _read_layout(document: object) -> Layout:
    file = table(document)
    blobs, choices = table(file.get("blobs", {})), table(file.get("choices", {}))
    return Layout(
        {text(name): b64decode(text(blob), validate=True) for name, blob in blobs.items()},
        {text(name): text(choice) for name, choice in choices.items()},
    )


def _layout_document(layout: Layout) -> dict[str, object]:
    return {
        "blobs": {name: b64encode(blob).decode() for name, blob in layout.blobs.items()},
        "choices": dict(layout.choices),
    }
