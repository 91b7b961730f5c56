"""The vendors whose language the desk speaks."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from alltick_desk.errors import UsageError

if TYPE_CHECKING:  # the window does not wait for them
    from alltick_desk.vendors.base import Codec

SPOKEN = ("alltick",)


def check_spoken(vendors: Sequence[str]) -> None:
    """Raise UsageError where one of the vendors is not spoken."""
    for vendor in vendors:
        if vendor not in SPOKEN:
            raise UsageError(
                f"This version does not connect to {vendor} yet; it connects to {' '.join(SPOKEN)}."
            )


def codecs_for(vendors: Sequence[str]) -> "Mapping[str, Codec]":
    """Return the codecs by vendor; UsageError for one that the desk does not speak."""
    from alltick_desk.vendors.alltick import ALLTICK

    check_spoken(vendors)
    spoken: dict[str, Codec] = {ALLTICK.vendor: ALLTICK}
    return {vendor: spoken[vendor] for vendor in vendors}
