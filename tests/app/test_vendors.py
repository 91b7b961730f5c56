"""The vendors by name: their codecs, what they can do, and codes as each of them writes them."""

import pytest

from alltick_desk.app.cli import read
from alltick_desk.app.vendors import as_typed, capabilities_of, codecs_for, vendors_in_use
from alltick_desk.model.instrument import Catalogue, Market, market_by_suffix
from alltick_desk.model.settings import Settings, VendorSettings
from alltick_desk.resources import resource


def test_each_vendor_has_its_codec_and_its_capabilities() -> None:
    codecs = codecs_for(["itick", "alltick"], market_by_suffix)
    assert list(codecs) == ["itick", "alltick"]
    for vendor, codec in codecs.items():
        assert codec.vendor == vendor
        assert codec.capabilities is capabilities_of(vendor)


@pytest.mark.parametrize(("market", "cluster"), [(Market.INDEX, "indices"), (Market.FUND, "stock")])
def test_a_codec_takes_the_catalogue_s_word(market: Market, cluster: str) -> None:
    codec = codecs_for(["itick"], lambda _: market)["itick"]
    assert codec.family_of("HSI.HK") == cluster


@pytest.mark.parametrize(
    ("vendor", "text", "code"),
    [
        ("itick", "700$HK", "700.HK"),
        ("itick", "future/GC$US", "future/GC$US"),
        ("itick", "700.HK", "700.HK"),
        ("itick", "A$B$C", "A$B$C"),
        ("itick", "indices/NAS100$GB", "NAS100"),  # by the catalogue, as the codec has it
        ("itick", "DJI$US", ".DJI.US"),
        ("alltick", "700$HK", "700$HK"),
    ],
)
def test_codes_as_a_vendor_writes_them(vendor: str, text: str, code: str) -> None:
    catalogue = Catalogue.read(resource("catalogue.csv"))
    assert as_typed(vendor, text, catalogue) == code


@pytest.mark.parametrize(
    ("said", "chosen", "used"),
    [
        ([], ["itick"], ("itick",)),
        ([], ["itick", "alltick"], ("alltick", "itick")),
        ([], [], ("alltick",)),
        (["--vendor", "itick"], ["alltick"], ("itick",)),
    ],
)
def test_whose_data_is_shown(said: list[str], chosen: list[str], used: tuple[str, ...]) -> None:
    settings = Settings(vendors={vendor: VendorSettings(enabled=True) for vendor in chosen})
    assert vendors_in_use(read(said), settings) == used
