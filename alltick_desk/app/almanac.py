"""What the desk knows beside prices: names, product lists, holidays, suspensions, trading hours."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from alltick_desk.app.frontage import Frontage
from alltick_desk.app.market_data import MarketData
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.catalogue_import_lists import ProductLists
from alltick_desk.services.catalogues import CatalogueService
from alltick_desk.services.halts import Halt, HaltService
from alltick_desk.services.market_hours import Hours
from alltick_desk.store.imports import ImportStore
from alltick_desk.store.reference import ReferenceStore
from alltick_desk.ui.catalogue_import import ProductListMenu
from alltick_desk.vendors.base import Codec


class Almanac:
    """Keeps it up to date, for the rows' states and the add box.

    Args:
        hours: when markets trade.
        on_names: told when instruments have other names, or more are known.
        on_halts: told when the lists of suspensions are others.
    """

    def __init__(
        self,
        front: Frontage,
        data: MarketData,
        codecs: Mapping[str, Codec],
        *,
        hours: Hours,
        spawn: Callable[[Coroutine[Any, Any, None], str], object],
        on_names: Callable[[], None],
        on_halts: Callable[[], None],
    ) -> None:
        self._front = front
        self._spawn = spawn
        self.hours = hours
        self._catalogues = CatalogueService(
            codecs,
            front.catalogue,
            ReferenceStore(front.profile.reference_folder, front.clock),
            data,
            on_names=on_names,
            clock=front.clock,
        )
        self._products = ProductListMenu(
            ProductLists(
                front.catalogue,
                ImportStore(front.profile.product_lists_folder, front.clock),
                on_names=on_names,
                clock=front.clock,
                writes=front.writes,
            ),
            titles=lambda: {vendor: front.tags.title(vendor) for vendor in front.vendors},
            spawn=spawn,
            tell=front.tell,
            say=front.say,
        )
        self._halts = HaltService(
            codecs,
            data,
            watched=lambda: front.watchlist.keys,
            hours=hours,
            on_news=on_halts,
            clock=front.clock,
        )

    def begin(self) -> None:
        """Begin to fetch, and open the Tools menu."""
        self._spawn(self._catalogues.run(), "catalogues")
        self._spawn(self._products.load(), "product lists")
        self._spawn(self._halts.run(), "suspensions")
        window = self._front.window
        window.offer("import", lambda: self._products.ask(window))
        window.offer("products", lambda: self._products.manage(window))

    def holiday(self, key: InstrumentKey) -> str:
        """Return an instrument's holiday today, as a sentence, or ""."""
        return self._catalogues.holiday(key)

    def halt(self, key: InstrumentKey) -> Halt | None:
        """Return what the lists of suspensions have of it."""
        return self._halts.halt(key)
