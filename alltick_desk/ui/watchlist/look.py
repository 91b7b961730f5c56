"""How the table looks: the person's choices for it, apart from the colours."""

from typing import NamedTuple

from alltick_desk.model.settings import Settings


class TableLook(NamedTuple):
    """The choices, in the words of ``model.settings``."""

    changes: str = "flash"
    zebra: bool = False
    row_height: str = "normal"
    table_font: int = 100
    digits: str = "sent"
    alignment: str = "right"

    @classmethod
    def of(cls, settings: Settings) -> "TableLook":
        """Return what the settings say of the table."""
        return cls(*(getattr(settings, name) for name in cls._fields))
