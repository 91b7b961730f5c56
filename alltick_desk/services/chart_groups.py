"""Groups of charts that go together: by instrument, by interval, by crosshair, or in several ways.

Pure: it says what is linked, and whoever has the charts acts on it.
"""

from collections.abc import Collection, Mapping
from enum import Enum

NO_GROUP = 0
GROUPS = (1, 2, 3, 4)


class Link(Enum):
    """In what the charts of a group follow each other."""

    INSTRUMENT = "instrument"
    INTERVAL = "interval"
    CROSSHAIR = "crosshair"


# One instrument at several intervals, looked at together: what most people link charts for.
_AT_FIRST = frozenset({Link.INSTRUMENT, Link.CROSSHAIR})


class ChartGroups:
    """What each group links."""

    def __init__(self, links: Mapping[int, Collection[Link]] | None = None) -> None:
        """``links`` are those of groups that are not as at first."""
        self._links = dict.fromkeys(GROUPS, _AT_FIRST)
        for group, chosen in (links or {}).items():
            if group in self._links:
                self._links[group] = frozenset(chosen)

    def links(self, group: int) -> frozenset[Link]:
        """Return what a group links; nothing for ``NO_GROUP``."""
        return self._links.get(group, frozenset())

    def switch(self, group: int, link: Link, *, on: bool) -> None:
        """Have a group link something, or no longer."""
        if group in self._links:
            links = self._links[group]
            self._links[group] = links | {link} if on else links - {link}

    def to_words(self) -> dict[str, str]:
        """Return what is linked in small words, by the group's number."""
        return {
            str(group): " ".join(link.value for link in Link if link in links)
            for group, links in self._links.items()
        }

    @classmethod
    def from_words(cls, words: Mapping[str, str]) -> "ChartGroups":
        """Read what ``to_words`` gave; what makes no sense is passed over."""
        known = {link.value: link for link in Link}
        return cls(
            {
                group: [known[word] for word in words[str(group)].split() if word in known]
                for group in GROUPS
                if str(group) in words
            }
        )


def group_of(word: str) -> int:
    """Read a group's number; ``NO_GROUP`` where it is none."""
    group = int(word) if word.isdecimal() else NO_GROUP
    return group if group in GROUPS else NO_GROUP
