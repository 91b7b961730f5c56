"""The vendors whose language the desk speaks. None is loaded before it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the window does not wait for them
    from alltick_desk.app.cli import Options
    from alltick_desk.model.instrument import Catalogue, Market
    from alltick_desk.model.settings import Settings
    from alltick_desk.vendors.base import Capabilities, Codec

TITLES = {"alltick": "AllTick", "itick": "iTick"}
SPOKEN = tuple(TITLES)


def vendors_in_use(options: "Options", settings: "Settings") -> tuple[str, ...]:
    """Return whose data is shown, at least one: as said, else as chosen in the settings.

    A vendor of which only a plan was said is in use beside those of the settings.
    """
    chosen = tuple(vendor for vendor in SPOKEN if settings.vendor(vendor).enabled)
    if options.vendors_given or not (chosen or options.also):
        chosen = options.vendors
    return tuple(dict.fromkeys((*chosen, *options.also)))


def as_typed(vendor: str, text: str, catalogue: "Catalogue") -> str:
    """Return the desk code of what was typed as a vendor writes it, e.g. ``700$HK``, else it."""
    spell = _SPELLERS.get(vendor)
    return text if spell is None else spell(text, catalogue)


def codecs_for(
    vendors: Sequence[str], market_of: "Callable[[str], Market]"
) -> "Mapping[str, Codec]":
    """Return the codecs by vendor; ``market_of`` tells the market of a code by the catalogue."""
    return {vendor: _MAKERS[vendor](market_of) for vendor in vendors}


def capabilities_of(vendor: str) -> "Capabilities":
    """Return what a vendor can do, without its codec."""
    return _CAPABILITIES[vendor]()


def _alltick(market_of: "Callable[[str], Market]") -> "Codec":
    from alltick_desk.vendors.alltick import ALLTICK

    del market_of  # its codes tell all it needs
    return ALLTICK


def _alltick_capabilities() -> "Capabilities":
    from alltick_desk.vendors.alltick import families

    return families.CAPABILITIES


def _itick(market_of: "Callable[[str], Market]") -> "Codec":
    from alltick_desk.vendors.itick import ITick

    return ITick(market_of)


def _itick_capabilities() -> "Capabilities":
    from alltick_desk.vendors.itick import clusters

    return clusters.CAPABILITIES


def _itick_spelling(text: str, catalogue: "Catalogue") -> str:
    if "$" not in text:
        return text
    from alltick_desk.vendors.itick.symbols import Spelling

    return Spelling(lambda code: catalogue.get(code).market).typed(text) or text


_MAKERS: "Mapping[str, Callable[[Callable[[str], Market]], Codec]]" = {
    "alltick": _alltick,
    "itick": _itick,
}
_CAPABILITIES: "Mapping[str, Callable[[], Capabilities]]" = {
    "alltick": _alltick_capabilities,
    "itick": _itick_capabilities,
}
# Those whose people write codes in another way than the desk.
_SPELLERS: "Mapping[str, Callable[[str, Catalogue], str]]" = {"itick": _itick_spelling}
