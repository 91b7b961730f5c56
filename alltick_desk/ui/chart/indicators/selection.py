"""What is added to a chart: colours and periods that differ from what is there already."""

from collections import Counter
from collections.abc import Iterable

from alltick_desk.services.indicators.declaration import PALETTE, RISE_FALL, Indicator, Value
from alltick_desk.services.indicators.parameters import filled
from alltick_desk.services.indicators.templates import Colour, Entry

_PERIODS = (5, 10, 20, 30, 60, 120, 250, 500)


def fresh(indicator: Indicator, others: Iterable[Entry], beside: Iterable[Entry]) -> Entry:
    """Return an entry of an indicator that is told from those on the chart.

    Args:
        others: all that are on the chart.
        beside: those in the pane that it comes to.
    """
    same = [entry for entry in others if entry.id == indicator.id]
    return Entry(indicator.id, _parameters(indicator, same), _colours(indicator, beside))


def _parameters(indicator: Indicator, same: list[Entry]) -> dict[str, Value]:
    known = [filled(indicator, entry.parameters) for entry in same]
    if indicator.defaults not in known or "period" not in indicator.defaults:
        return {}
    taken = {one["period"] for one in known}
    default = int(indicator.defaults["period"])
    # The longer ones first: averages are added from the short to the long.
    offered = sorted(_PERIODS, key=lambda period: (period < default, period))
    return next(({"period": period} for period in offered if period not in taken), {})


def _colours(indicator: Indicator, beside: Iterable[Entry]) -> dict[str, Colour]:
    """Return colours for the lines whose own ones are taken, lines of one colour alike."""
    used: Counter[Colour] = Counter()
    for entry in beside:
        if entry.indicator is not None:
            used.update({entry.colour(line.id) for line in entry.indicator.lines})
    declared = dict.fromkeys(line.colour for line in indicator.lines)
    chosen: dict[int, int] = {}
    for colour in declared:
        if colour != RISE_FALL:
            places = sorted(
                range(PALETTE), key=lambda place: (used[place], (place - colour) % PALETTE)
            )
            chosen[colour] = places[0]
            used[places[0]] += 1
    return {
        line.id: chosen[line.colour]
        for line in indicator.lines
        if line.colour != RISE_FALL and chosen[line.colour] != line.colour
    }
