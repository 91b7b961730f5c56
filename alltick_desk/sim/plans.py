"""Which plan each vendor is on, as it is said on a command line."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from alltick_desk.errors import UsageError
from alltick_desk.sim.alltick.plans import PLANS as ALLTICK
from alltick_desk.sim.itick.plans import PLANS as ITICK

DEFAULT: Final = "premium"
VENDORS: Mapping[str, Iterable[str]] = MappingProxyType({"alltick": ALLTICK, "itick": ITICK})


def plans_said(arguments: Iterable[str]) -> dict[str, str]:
    """Return each vendor's plan; UsageError where there is none of a name.

    An argument is ``vendor=plan``, or a plan's name alone: then it is the plan of every vendor
    that has one of that name. The last word counts; the others are on ``premium``.
    """
    plans = dict.fromkeys(VENDORS, DEFAULT)
    for argument in arguments:
        vendor, said, name = argument.partition("=")
        if not said:
            vendor, name = "", argument
        elif vendor not in VENDORS:
            raise UsageError(f"{vendor!r} is not a vendor; the vendors are {' '.join(VENDORS)}")
        asked = [vendor] if said else list(VENDORS)
        having = [each for each in asked if name in VENDORS[each]]
        if not having:
            known = dict.fromkeys(plan for each in asked for plan in VENDORS[each])
            whose = f" of {vendor}'s" if said else ""
            raise UsageError(f"{name!r} is not a plan{whose}; the plans are {' '.join(known)}")
        plans.update(dict.fromkeys(having, name))
    return plans
