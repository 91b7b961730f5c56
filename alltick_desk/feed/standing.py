"""What can be said of a code's subscription."""

from enum import Enum

import msgspec


class Coverage(Enum):
    """How far the subscription of a code has come."""

    UNWANTED = "unwanted"  # nobody asked for it
    WANTED = "wanted"  # to be asked for
    SENT = "sent"  # asked for, no answer yet
    ACKNOWLEDGED = "acknowledged"  # the vendor accepted it, or its data came
    BEYOND_PLAN = "beyond plan"  # more codes are wanted than the plan streams
    NOT_IN_PLAN = "not in plan"
    UNKNOWN_CODE = "unknown code"
    REFUSED = "refused"  # for any other reason; tried again slowly


class Standing(msgspec.Struct, frozen=True):
    """Where a code stands.

    ``socket`` is its socket's number; ``since_s`` when an acknowledged code was first asked for
    on it, monotonic seconds: nothing that came before proves anything.
    """

    coverage: Coverage
    sentence: str = ""
    socket: int | None = None
    since_s: float = 0.0
