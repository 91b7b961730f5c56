"""Where a person's files lie: the folders of one profile and the names in them."""

from pathlib import Path
from typing import NamedTuple

from alltick_desk.model.words import Sentence
from alltick_desk.store.files import make_folder, useless_folder

_NAME = "alltick-desk"


class Profile(NamedTuple):
    """The folders of one profile; build it with ``at``, ``standard`` or ``demo``.

    Attributes:
        config: choices and lists. data: the history database, drawings. state: what the desk
            remembers between runs. logs: its log files.
        keeps_tokens: whether real tokens may be read and written here.
    """

    config: Path
    data: Path
    state: Path
    logs: Path
    keeps_tokens: bool = True

    @classmethod
    def of(cls, folder: Path | None, *, demo: bool = False) -> "Profile":
        """The profile in ``folder``, else the system's own folders for it."""
        return cls.standard(demo=demo) if folder is None else cls.at(folder, demo=demo)

    @classmethod
    def at(cls, folder: Path, *, demo: bool = False) -> "Profile":
        """Everything in one folder; the demo takes a folder of its own inside it."""
        folder = folder.expanduser().absolute()
        if demo:
            folder /= "demo"
        return cls(folder, folder, folder, folder / "logs", keeps_tokens=not demo)

    @classmethod
    def standard(cls, *, demo: bool = False) -> "Profile":
        """The folders that the system means for such things."""
        from platformdirs import PlatformDirs

        dirs = PlatformDirs(_NAME + "-demo" if demo else _NAME, appauthor=False)
        return cls(
            config=dirs.user_config_path,
            data=dirs.user_data_path,
            state=dirs.user_state_path,
            logs=dirs.user_log_path,
            keeps_tokens=not demo,
        )

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.json"

    @property
    def watchlists_file(self) -> Path:
        return self.config / "watchlists.json"

    @property
    def backups_folder(self) -> Path:
        """The watchlists as they were, in files by the time of their making."""
        return self.config / "backups"

    @property
    def templates_file(self) -> Path:
        """The templates of indicators."""
        return self.config / "indicators.json"

    @property
    def token_file(self) -> Path:
        """Where a token lies if the person chose a file over a keyring."""
        return self.config / "tokens.json"

    @property
    def quotes_file(self) -> Path:
        """The last session's values, shown until the first ticks come."""
        return self.state / "quotes.json"

    @property
    def layout_file(self) -> Path:
        return self.state / "layout.json"

    @property
    def database_file(self) -> Path:
        return self.data / "history.sqlite"

    @property
    def budget_folder(self) -> Path:
        """The books of calls made, one a token."""
        return self.state / "budget"

    @property
    def reference_folder(self) -> Path:
        """The vendors' lists of instruments and their calendars, fetched again when missing."""
        return self.state / "reference"

    @property
    def drawings_folder(self) -> Path:
        """What a person drew into charts, a file an instrument."""
        return self.data / "drawings"

    @property
    def product_lists_folder(self) -> Path:
        """The product lists that a person imported: the only copy, perhaps."""
        return self.data / "product-lists"

    @property
    def lock_file(self) -> Path:
        """What the one running desk of this profile holds."""
        return self.state / "running.lock"

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder once, for a person who asks where things are kept."""
        return tuple(dict.fromkeys((self.config, self.data, self.state, self.logs)))

    def prepare(self) -> None:
        """Make the folders, for their owner's eyes only; UsageError where one is unusable."""
        for folder in (*self.folders, self.budget_folder):
            if folder.exists() and not folder.is_dir():
                raise useless_folder(folder, Sentence("Store", "it is a file"))
            make_folder(folder)
