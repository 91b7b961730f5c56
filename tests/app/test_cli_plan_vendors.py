"""``--plan VENDOR=NAME`` without ``--vendor``: the vendor is used, for this run."""

import pytest

from alltick_desk.app.cli import read
from alltick_desk.app.desk import _forced_plans, _forced_use
from alltick_desk.app.vendors import SPOKEN, vendors_in_use
from alltick_desk.errors import UsageError
from alltick_desk.model.settings import Settings, VendorSettings


def chosen(*vendors: str) -> Settings:
    """Settings with these vendors on."""
    each = {vendor: VendorSettings(enabled=vendor in vendors) for vendor in SPOKEN}
    return Settings(vendors=each)


@pytest.mark.parametrize(
    ("said", "settings", "used"),
    [
        (["--plan", "itick=base"], ["alltick"], ("alltick", "itick")),
        (["--plan", "itick=base"], ["itick"], ("itick",)),
        (["--plan", "itick=base"], ["alltick", "itick"], ("alltick", "itick")),
        (["--plan", "itick=base"], [], ("itick",)),
        (["--plan", "basic", "--plan", "itick=base"], ["alltick"], ("alltick", "itick")),
        (["--demo", "--plan", "itick=base"], ["alltick"], ("alltick", "itick")),
        (["--vendor", "itick", "--plan", "itick=base"], ["alltick"], ("itick",)),
        (["--plan", "basic"], ["itick"], ("itick",)),
    ],
)
def test_whose_plan_is_said_is_in_use(
    said: list[str], settings: list[str], used: tuple[str, ...]
) -> None:
    assert vendors_in_use(read(said), chosen(*settings)) == used


def test_it_is_switched_on_for_this_run_alone_and_keeps_that_plan() -> None:
    options = read(["--plan", "itick=base"])
    assert _forced_use(options, SPOKEN) == {"itick": True}
    assert _forced_plans(options, SPOKEN) == {"itick": "base"}
    assert options.plans == {"alltick": "free", "itick": "base"}
    assert not options.vendors_given


def test_a_plan_that_nobody_has_is_refused() -> None:
    with pytest.raises(UsageError, match="base"):
        read(["--plan", "itick=basic"])


def test_where_vendors_were_said_the_words_to_type_are_told() -> None:
    with pytest.raises(UsageError) as refusal:
        read(["--vendor", "alltick", "--plan", "itick=base"])
    assert str(refusal.value) == (
        "--plan is said of itick, which --vendor leaves out: add --vendor itick, or leave "
        "--plan itick=base out."
    )
