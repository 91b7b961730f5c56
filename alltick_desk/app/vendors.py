"""The vendors whose language the desk speaks."""

from collections.abc import Mapping, Sequence

from alltick_desk.errors import UsageError
from alltick_desk.vendors.base import Codec


def codecs_for(vendors: Sequence[str]) -> Mapping[str, Codec]:
    """Return the codecs by vendor; UsageError for one that the desk does not speak."""
    from alltick_desk.vendors.alltick import ALLTICK

    spoken: dict[str, Codec] = {ALLTICK.vendor: ALLTICK}
    for vendor in vendors:
        if vendor not in spoken:
            raise UsageError(
                f"This version does not connect to {vendor} yet; it connects to {' '.join(spoken)}."
            )
    return {vendor: spoken[vendor] for vendor in vendors}
