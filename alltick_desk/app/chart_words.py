"""What charts remember, as the small words of the saved layout, and back.

The first chart's words have the names that they had when there was but one: ``opened``,
``interval``, ``chart.style``. The others are ``chart2.opened`` and so on. ``charts.…`` is about all
of them, ``group.…`` about the groups.
"""

from collections.abc import Iterable, Mapping

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval

MOST = 4  # charts

_ALL = "charts."
_GROUP = "group."
_PLAIN = ("opened", "interval")  # of the first chart, without a prefix


def split_words(choices: Mapping[str, str]) -> list[dict[str, str]]:
    """Return each chart's words, those of one at least."""
    first = _with_prefix(choices, "chart.")
    first |= {name: choices[name] for name in _PLAIN if name in choices}
    found = [first]
    for number in range(2, MOST + 1):
        words = _with_prefix(choices, f"chart{number}.")
        if not words:
            break
        found.append(words)
    return found


def joined_words(charts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Put charts' words together again."""
    choices: dict[str, str] = {}
    for number, words in enumerate(charts, 1):
        prefix = "chart." if number == 1 else f"chart{number}."
        for name, word in words.items():
            choices[name if number == 1 and name in _PLAIN else prefix + name] = word
    return choices


def common_words(choices: Mapping[str, str]) -> dict[str, str]:
    """Return what is remembered of all charts together: their layout, which is active."""
    return _with_prefix(choices, _ALL)


def group_words(choices: Mapping[str, str]) -> dict[str, str]:
    """Return what is remembered of groups."""
    return _with_prefix(choices, _GROUP)


def other_words(common: Mapping[str, str], groups: Mapping[str, str]) -> dict[str, str]:
    """Put together again what is not about one chart alone."""
    return {_ALL + name: word for name, word in common.items()} | {
        _GROUP + name: word for name, word in groups.items()
    }


def active_number(choices: Mapping[str, str]) -> int:
    """Return the number of the chart that was active, from 0."""
    return small_number(common_words(choices).get("active", ""), len(split_words(choices)) - 1)


def small_number(word: str, most: int) -> int:
    """Read a number from 0 to ``most``; 0 where it is none."""
    return min(int(word), most) if word.isdecimal() else 0


def interval_of(word: str, otherwise: Interval) -> Interval:
    """Read an interval."""
    try:
        return Interval.parse(word)
    except ValueError:
        return otherwise


def key_of(word: str) -> InstrumentKey | None:
    """Read an instrument; None where it is none."""
    try:
        return InstrumentKey.parse(word)
    except ValueError:
        return None


def _with_prefix(choices: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): word for name, word in choices.items() if name.startswith(prefix)
    }
