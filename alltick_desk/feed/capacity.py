"""How many codes a vendor really takes, learned from what it refuses as too long. Pure."""

MEMORY_S = 3600.0  # what was learned is tried again after an hour


class Capacity:
    """The size of one list, where it turns out to be smaller than the plan says.

    Attributes:
        until_s: when the lesson is forgotten, monotonic seconds; None where there is none.
    """

    __slots__ = ("_bad", "_good", "until_s")

    def __init__(self) -> None:
        self._good = 0  # the longest list accepted
        self._bad = 0  # the shortest refused as too long, while there is a lesson
        self.until_s: float | None = None

    def size(self, size: int, now_s: float) -> int:
        """Return how many codes fit: the plan's ``size``, or what a refusal has taught."""
        if self.until_s is not None and now_s >= self.until_s:
            self.until_s = None
        if self.until_s is None:
            return size
        return min(size, (self._good + self._bad) // 2)

    def accepted(self, length: int) -> None:
        """Note that a list was accepted."""
        self._good = max(self._good, length)

    def refused(self, length: int, now_s: float) -> None:
        """Note that a list was refused as too long."""
        self._bad = length if self.until_s is None else min(self._bad, length)
        self.until_s = now_s + MEMORY_S
        if self._good >= self._bad:
            self._good = self._bad // 2  # what fitted once does not any more

    def forget(self) -> None:
        """Unlearn it: the plan or the token is another one."""
        self._good, self.until_s = 0, None
