"""How long to wait before the next try: longer each time, never the same twice, never for ever."""

import random


class Backoff:
    """Doubling waits up to a cap, each drawn from the upper half of its span.

    The draw keeps many desks that lost the same server from coming back in step. Whoever owns it
    decides what counts as success and calls ``reset``.
    """

    def __init__(self, rng: random.Random, *, first_s: float, cap_s: float) -> None:
        self._rng = rng
        self._first_s = first_s
        self._cap_s = cap_s
        self._span_s = first_s

    def next_s(self) -> float:
        """Return the seconds to wait now, and remember that one more try was needed."""
        span = self._span_s
        self._span_s = min(self._cap_s, span * 2)
        return span * (0.5 + self._rng.random() / 2)

    def reset(self) -> None:
        """Begin again with the first wait."""
        self._span_s = self._first_s
