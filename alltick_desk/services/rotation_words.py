"""What is said of a row beyond the plan: when it was refreshed, and when it is again."""

import math
from functools import lru_cache

from alltick_desk.model.words import Sentence, joined, span

_STEP_S = 10.0  # a text that names every second would change with each

SHUT = Sentence(
    "Rows",
    "Its market is closed and this is its last price; it is refreshed again after the opening.",
)
LEFT_OUT = Sentence(
    "Rows", "The vendor's answer left it out; the desk asks for it again after a while."
)
NOT_TODAY = Sentence("Rows", "The desk does not ask for it again before tomorrow.")
NO_CALLS = Sentence("Rows", "The plan leaves no calls to refresh it with.")


def told(since_s: float | None, until_s: float, trouble: str) -> str:
    """Tell when it was refreshed, when it is again, and what came between.

    Args:
        since_s: seconds since its last refresh; None where there was none yet.
        until_s: seconds until the next one; infinite where there is none to come.
        trouble: why the last try failed, as a sentence, or "".
    """
    return _told(_coarse(since_s), _coarse(until_s), trouble)


@lru_cache(maxsize=512)  # thousands of rows say the same, every second
def _told(since_s: float | None, until_s: float | None, trouble: str) -> str:
    if since_s is None:
        begin: str = Sentence("Rows", "It was not refreshed yet.")
    elif since_s < _STEP_S:
        begin = Sentence("Rows", "It was refreshed by a call just now.")
    else:
        words = Sentence("Rows", "It was refreshed by a call {age} ago.")
        begin = words.format(age=span(since_s))
    if until_s is None:
        end: str = NO_CALLS
    elif until_s < _STEP_S:
        end = Sentence("Rows", "The next refresh is about to come.")
    else:
        words = Sentence("Rows", "The next refresh is in about {time}.")
        end = words.format(time=span(until_s))
    if trouble:
        trouble = joined(Sentence("Rows", "The last try failed."), trouble)
    return joined(begin, trouble, end)


def _coarse(seconds: float | None) -> float | None:
    if seconds is None or math.isinf(seconds):
        return None
    step_s = _STEP_S if seconds < 60.0 else 60.0
    return step_s * max(0.0, seconds // step_s)
