"""What a token has spent before this run, as a ledger remembers it and a throttle counts on.

Times are ages in seconds (0.0 is now), so that neither side needs the other's clock.
"""

import msgspec

DAY_S = 86_400.0
BUCKET_S = 300.0  # the grain of the day's count


class Spent(msgspec.Struct, frozen=True):
    """The past of one token.

    Attributes:
        day: the last 24 hours by bucket: the age of the bucket's newest call, and its calls.
        recent: the latest calls one by one: name and age. A call that may have left the machine
            unseen has the age 0.0.
        socket_age_s: since a socket was last opened or closed; 0.0 where one may still have been
            open when the record ended, None where there was none.
        lost_age_s: since an older record was found damaged, within a day; None where all is known.
    """

    day: tuple[tuple[float, int], ...] = ()
    recent: tuple[tuple[str, float], ...] = ()
    socket_age_s: float | None = None
    lost_age_s: float | None = None
