"""Which product of iTick's each listing is: a cluster, a code and a region."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from alltick_desk.model.instrument import Instrument, Market
from alltick_desk.sim.listing import Listing

CLUSTERS: Final = ("stock", "forex", "indices", "crypto", "future", "fund")
# The region of a code that names none; the forex and crypto pages subscribe such.
_USUAL: Mapping[str, str] = MappingProxyType({"forex": "GB", "crypto": "BA", "indices": "GB"})
_QUOTED_IN: Final = ("USDT", "USDC", "BUSD", "BTC", "ETH", "BNB", "EUR")

# What iTick has and AllTick has not.
ITICK_ONLY: Final = (
    Instrument("future/GC$US", "Gold Futures", "黄金期货", Market.FUTURE),
    Instrument("future/CL$US", "Crude Oil Futures", "原油期货", Market.FUTURE),
    Instrument("future/ES$US", "E-mini S&P 500 Futures", "标普500期货", Market.FUTURE),
    Instrument("future/NQ$US", "E-mini Nasdaq 100 Futures", "纳斯达克100期货", Market.FUTURE),
    Instrument("fund/QQQ$US", "Invesco QQQ Trust", "纳斯达克100ETF", Market.FUND),
    Instrument("fund/SPY$US", "SPDR S&P 500 ETF Trust", "标普500ETF", Market.FUND),
)


class Product(NamedTuple):
    """How iTick names a listing."""

    cluster: str
    code: str
    region: str


def product_of(listing: Listing) -> Product:
    """Return the product that a listing is."""
    code = listing.code
    match listing.market:
        case Market.FUTURE | Market.FUND:
            cluster, _, rest = code.partition("/")
            code, _, region = rest.partition("$")
            return Product(cluster, code, region)
        case Market.INDEX:
            region = {".SH": "CN", ".SZ": "CN"}.get(listing.ending, listing.ending[1:])
            return Product("indices", code.removesuffix(listing.ending).removeprefix("."), region)
        case Market.CFD_INDEX:
            return Product("indices", code, "GB")
        case Market.CRYPTO:
            return Product("crypto", code, "BA")
        case Market.FOREX | Market.COMMODITY:
            return Product("forex", code, "GB")
    return Product("stock", code.removesuffix(listing.ending), listing.ending[1:])


def paired(code: str) -> str:
    """Return a crypto code as ``ETH_USDT``; as it is where its second currency is not known."""
    for currency in _QUOTED_IN:
        if code.endswith(currency) and code != currency:
            return f"{code.removesuffix(currency)}_{currency}"
    return code


class Directory:
    """Finds listings by what clients write."""

    def __init__(self, listings: Iterable[Listing]) -> None:
        self._products = {listing.code: product_of(listing) for listing in listings}
        self._listings = {
            (product.cluster, product.code.casefold(), product.region): listing
            for listing, product in ((it, self._products[it.code]) for it in listings)
        }

    def product(self, listing: Listing) -> Product:
        """Return the product that a listing is."""
        return self._products[listing.code]

    def find(self, cluster: str, code: str, region: str = "") -> Listing | None:
        """Return the listing of a product, None where there is none.

        Accepts any case, ``BTC_USDT``, a code that ends in its region as in ``AAPL.US``, and no
        region where a cluster has a usual one.
        """
        code, region = code.strip(), region.strip().upper()
        if not region:
            region = _USUAL.get(cluster, "")
            ending = code[-2:].upper()
            if code[-3:-2] == "." and not region:
                code, region = code[:-3], ending
        elif code.upper().endswith(f".{region}"):
            code = code[: -len(region) - 1]
        if cluster == "crypto":
            code = code.replace("_", "")
        return self._listings.get((cluster, code.casefold(), region))

    def named(self, cluster: str, symbol: str) -> Listing | None:
        """Return the listing of a symbol as subscriptions write it: ``AAPL$US``, or bare."""
        code, _, region = symbol.partition("$")
        return self.find(cluster, code, region)
