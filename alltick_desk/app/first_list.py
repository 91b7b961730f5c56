"""What is watched before anybody has chosen anything."""

from collections.abc import Mapping, Sequence

from alltick_desk.model.instrument import InstrumentKey

# All of it is streamed by the vendor's smallest plan: of AllTick's something of every market, of
# iTick's as many as it has, on one connection, and of a market that is always open.
_FIRST: Mapping[str, Sequence[str]] = {
    "alltick": (
        *("700.HK", "TSLA.US", "HSI.HK", "000001.SH"),
        *("USDJPY", "GOLD", "USOIL", "BTCUSDT"),
    ),
    "itick": ("BTCUSDT", "ETHUSDT", "SOLUSDT"),
}
_DEMO = (
    *("700.HK", "9988.HK", "AAPL.US", "TSLA.US", "NVDA.US", "600519.SH", "300750.SZ"),
    *("HSI.HK", ".DJI.US", "000001.SH", "EURUSD", "USDJPY", "GOLD", "Silver", "USOIL"),
    *("NAS100", "BTCUSDT", "ETHUSDT"),
)
_DEMO_BESIDE = ("700.HK", "AAPL.US", "EURUSD", "GOLD", "BTCUSDT")


def first_list(vendors: Sequence[str], *, demo: bool) -> tuple[InstrumentKey, ...]:
    """Return the first vendor's list, with what is watched at the others too beside it.

    What only the others have stands at the end.
    """
    first, *others = vendors
    beside = {other: _DEMO_BESIDE if demo else _FIRST[other] for other in others}
    keys: dict[InstrumentKey, None] = {}
    for code in _DEMO if demo else _FIRST[first]:
        keys[InstrumentKey(first, code)] = None
        for other, codes in beside.items():
            if code in codes:
                keys[InstrumentKey(other, code)] = None
    for other, codes in beside.items():
        keys.update((InstrumentKey(other, code), None) for code in codes)
    return tuple(keys)
