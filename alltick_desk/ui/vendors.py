"""What the vendors are called, and whether a row has to tell whose it is."""

from collections.abc import Iterable, Mapping

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.observe import Hook


def code_of(key: InstrumentKey) -> str:
    """Return an instrument's label where whose it is is no question."""
    return key.code


class VendorTags:
    """The vendors' titles, and which of them are in use.

    Rows tell whose they are while more than one vendor's can stand in the list: because several
    vendors are in use, or because the list has rows of another one.

    Attributes:
        titles: what every vendor that the desk knows is called, in a fixed order.
        changed: emitted after other vendors came into use, or rows began or ceased to tell.
    """

    def __init__(self, titles: Mapping[str, str], in_use: Iterable[str] = ()) -> None:
        """``in_use`` begins with the vendor that takes what names none; by default the first."""
        self.titles = dict(titles)
        self.in_use = tuple(in_use) or tuple(self.titles)[:1]
        self.changed: Hook[[]] = Hook()
        self._listed: frozenset[str] = frozenset()

    @property
    def several(self) -> bool:
        """Whether rows tell whose they are."""
        return len(self._listed.union(self.in_use)) > 1

    def use(self, vendors: Iterable[str]) -> None:
        """Have other vendors in use, at least one."""
        before = self.in_use, self.several
        self.in_use = tuple(vendors) or self.in_use
        self._tell(before)

    def see(self, keys: Iterable[InstrumentKey]) -> None:
        """Take down whose rows the list has."""
        before = self.in_use, self.several
        self._listed = frozenset({key.vendor for key in keys})
        self._tell(before)

    def title(self, vendor: str) -> str:
        """Return what a vendor is called; its name where the desk does not know it."""
        return self.titles.get(vendor, vendor)

    def label(self, key: InstrumentKey) -> str:
        """Return an instrument's code, with its vendor where rows tell: ``700.HK · iTick``."""
        return f"{key.code} · {self.title(key.vendor)}" if self.several else key.code

    def _tell(self, before: tuple[tuple[str, ...], bool]) -> None:
        if before != (self.in_use, self.several):
            self.changed.emit()
