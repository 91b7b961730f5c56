"""The steps that lead from one order of lines to another."""

from collections.abc import Collection, Hashable, Sequence


def runs_missing(ids: Sequence[Hashable], known: Collection[Hashable]) -> list[tuple[int, int]]:
    """Return first and last place of every run of neighbours that are not in ``known``."""
    runs: list[tuple[int, int]] = []
    for place, its in enumerate(ids):
        if its in known:
            continue
        if runs and runs[-1][1] == place - 1:
            runs[-1] = runs[-1][0], place
        else:
            runs.append((place, place))
    return runs
