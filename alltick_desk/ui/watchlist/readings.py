"""How Chinese names are read, for the table's filter. Loaded when it is first used."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from PySide6.QtCore import QObject, QTimer

from alltick_desk.model.pinyin import Pinyin
from alltick_desk.resources import resource

STEPS = 24  # between two looks at what else is to be done: a millisecond at most
_KEPT = 4_096  # names: more than a list can have


@cache
def pinyin() -> Pinyin:
    """Return the table of readings, which may be empty yet."""
    return Pinyin(resource("tables/pinyin.txt"))


def read_all() -> Pinyin:
    """Return the table, all of it; some 15 ms where that is the first time."""
    table = pinyin()
    for _ in table.load():
        pass
    return table


@lru_cache(_KEPT)
def places(name: str) -> tuple[tuple[int, int], ...]:
    """Return a name's ``Pinyin.places``, worked out once; ask after ``read_all``."""
    return tuple(pinyin().places(name))


def read_soon(owner: QObject, names: Iterable[str]) -> None:
    """Read the table and then names in slices, between everything else: no key waits for it."""
    steps = _steps(names)
    timer = QTimer(owner)
    timer.setInterval(0)

    def work() -> None:
        if sum(1 for _ in zip(range(STEPS), steps, strict=False)) < STEPS:
            timer.deleteLater()

    timer.timeout.connect(work)
    timer.start()


def _steps(names: Iterable[str]) -> Iterator[None]:
    yield from pinyin().load()
    for name in names:
        if not name.isascii():
            places(name)
        yield
