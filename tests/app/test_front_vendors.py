"""Which vendors are in use at the start, and what is watched of them."""

import asyncio
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from fakes import FakeClock
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from alltick_desk.app.accounts import Accounts
from alltick_desk.app.cli import read
from alltick_desk.app.faults import Faults
from alltick_desk.app.frontage import Frontage
from alltick_desk.app.line import Surroundings
from alltick_desk.app.logs import Redactor
from alltick_desk.app.vendors import SPOKEN, codecs_for
from alltick_desk.app.views import connection_view
from alltick_desk.feed.pool import closed_pool
from alltick_desk.model.instrument import Catalogue, market_by_suffix
from alltick_desk.model.interval import Interval
from alltick_desk.model.secret import Token
from alltick_desk.model.settings import Settings, VendorSettings, write_settings
from alltick_desk.resources import resource
from alltick_desk.services.quotes import QuoteBoard
from alltick_desk.store.profile import Profile
from alltick_desk.ui.tasks import Tasks
from alltick_desk.vendors.plans import PLANS

OFF, ON = VendorSettings(enabled=False), VendorSettings(enabled=True)
Begin = Callable[..., Frontage]


@pytest.fixture
def begin(tmp_path: Path, qapp: QApplication):
    """Return what starts the window with settings, a saved list and arguments."""
    begun: list[Frontage] = []

    def start(
        *said: str, vendors: dict[str, VendorSettings] | None = None, saved: Sequence[str] = ()
    ) -> Frontage:
        options = read([*said, "--profile", str(tmp_path)])
        profile = Profile.of(options.profile, demo=options.demo)
        profile.prepare()
        if vendors is not None:
            settings = write_settings(Settings(vendors=vendors))
            profile.settings_file.write_text(json.dumps(settings), encoding="utf-8")
        if saved:
            lists = {"lists": [{"name": "Watchlist", "codes": list(saved)}], "version": 1}
            profile.watchlists_file.write_text(json.dumps(lists), encoding="utf-8")
        redact = Redactor()
        front = Frontage(
            options, profile, clock=FakeClock(), redact=redact, faults=Faults(redact), writes=True
        )
        begun.append(front)
        return front

    yield start
    for front in begun:
        front.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def listed(front: Frontage) -> list[str]:
    return [str(key) for key in front.watchlist.keys]


@pytest.mark.parametrize(
    ("said", "vendors", "in_use"),
    [
        ((), None, ("alltick",)),
        ((), {"alltick": ON, "itick": ON}, ("alltick", "itick")),
        ((), {"itick": ON, "alltick": ON}, ("alltick", "itick")),
        ((), {"alltick": OFF, "itick": ON}, ("itick",)),
        ((), {"alltick": OFF}, ("alltick",)),  # somebody has to take what is added
        (("--vendor", "itick"), None, ("itick",)),
        (("--vendor", "itick", "--vendor", "alltick"), {"alltick": OFF}, ("itick", "alltick")),
        (("--demo",), None, ("alltick",)),
    ],
)
def test_vendors_are_in_use_as_said_or_as_chosen(
    begin: Begin,
    said: tuple[str, ...],
    vendors: dict[str, VendorSettings] | None,
    in_use: tuple[str, ...],
) -> None:
    assert begin(*said, vendors=vendors).vendors == in_use


def test_the_first_list_of_the_smallest_plan_streams_whole(begin: Begin) -> None:
    catalogue = Catalogue.read(resource("catalogue.csv"))
    codecs = codecs_for(SPOKEN, lambda code: catalogue.get(code).market)
    front = begin("--vendor", "itick")
    free = PLANS["itick"][0]
    codes = [key.code for key in front.watchlist.keys]
    assert len(codes) == free.codes_in_all
    assert all(code in catalogue for code in codes)
    # One connection there is, so they must be of one family.
    assert free.connections_in_all == len({codecs["itick"].family_of(code) for code in codes})


def test_the_demo_shows_two_vendors_side_by_side(begin: Begin) -> None:
    front = begin("--demo", "--vendor", "alltick", "--vendor", "itick")
    keys = listed(front)
    assert keys[:3] == ["alltick:700.HK", "itick:700.HK", "alltick:9988.HK"]
    assert sum(key.startswith("itick:") for key in keys) == 5
    assert front.tags.several
    alone = listed(begin("--demo", "--vendor", "itick"))
    assert alone == [key.replace("alltick", "itick") for key in keys if key.startswith("alltick")]


def test_rows_of_a_vendor_that_is_not_in_use_stay(begin: Begin) -> None:
    saved = ["itick:700.HK", "alltick:AAPL.US"]
    assert listed(begin(saved=saved)) == saved


def test_a_list_with_nothing_of_the_vendors_in_use_gets_their_first_rows(begin: Begin) -> None:
    saved = ["alltick:700.HK", "alltick:AAPL.US"]
    front = begin("--vendor", "itick", saved=saved)
    assert listed(front)[-2:] == saved
    assert len(listed(front)) == 5
    assert front.tags.several


def test_a_list_that_was_never_edited_follows_the_vendors(begin: Begin) -> None:
    front = begin()
    front.use_vendors(("itick",))
    assert listed(front) == ["itick:BTCUSDT", "itick:ETHUSDT", "itick:SOLUSDT"]
    front.watchlist.remove([front.watchlist.keys[0]])
    front.use_vendors(("alltick",))
    assert listed(front) == ["itick:ETHUSDT", "itick:SOLUSDT"]
    front.use_vendors(())
    assert front.vendors == ("alltick",)


def test_the_vendor_that_is_added_to_is_remembered(begin: Begin) -> None:
    both = {"alltick": ON, "itick": ON}
    front = begin(vendors=both)
    assert front.panel.vendor == "alltick"
    front.panel.choose_vendor("itick")
    front.remember()
    assert begin(vendors=both).panel.vendor == "itick"
    assert begin("--vendor", "alltick").panel.vendor == "alltick"


def test_the_box_knows_how_each_vendor_spells(begin: Begin) -> None:
    front = begin("--vendor", "itick", "--vendor", "alltick")
    front.panel._adding.box.setText("9988$HK, ETHUSDT$BA")
    front.panel._adding.box.enter()
    assert listed(front)[-1] == "itick:9988.HK"
    assert "ETHUSDT$BA" not in str(listed(front))


def test_the_command_line_knows_how_a_vendor_spells(begin: Begin) -> None:
    front = begin("--vendor", "itick", "--symbols", "AAPL$US,aapl.us,indices/NAS100$GB")
    assert listed(front) == ["itick:AAPL.US", "itick:NAS100"]
    front = begin("--vendor", "itick", "--chart", "btcusdt$ba:5m")
    assert str(front.first_opened()) == "itick:BTCUSDT"
    front = begin("--vendor", "itick", "--chart", "future/GC$US:5m")
    assert (str(front.first_opened()), front.first_interval) == ("itick:future/GC$US", Interval.M5)


# What is in force, and what is saved of it


def accounts(forced_use: dict[str, bool], budget_folder: Path | None = None) -> Accounts:
    def nothing(*_: object) -> None: ...

    around = Surroundings(
        clock=FakeClock(),
        tasks=Tasks(nothing),
        budget_folder=budget_folder,
        say=nothing,
        report=nothing,
        on_change=nothing,
    )
    return Accounts(
        codecs_for(SPOKEN, market_by_suffix),
        QuoteBoard(),
        around,
        in_use=lambda: SPOKEN,
        forced_use=forced_use,
        forced_plans={},
        forced_endpoint=None,
        mask=nothing,
        leaving=nothing,
    )


def test_what_was_said_is_in_force_but_not_saved() -> None:
    saved = Settings()
    said = accounts({"alltick": False, "itick": True})
    shown = said.in_force(saved)
    assert said.enabled(saved) == ("itick",)
    assert (shown.vendor("alltick").enabled, shown.vendor("itick").enabled) == (False, True)
    kept = said.to_keep(shown, saved)
    assert (kept.vendor("alltick").enabled, kept.vendor("itick").enabled) == (True, False)


def test_two_vendors_with_the_same_token_count_apart(tmp_path: Path) -> None:
    async def main() -> None:
        both = accounts({}, tmp_path)
        settings = Settings(vendors={"alltick": ON, "itick": ON})
        for vendor in SPOKEN:
            await both.connect(settings, vendor, Token("one-for-both"))
        assert [line.provider is not None for line in both.lines.values()] == [True, True]
        await both.close()

    asyncio.run(main())


def test_what_a_person_chooses_outweighs_what_was_said() -> None:
    saved = Settings()
    said = accounts({"alltick": False, "itick": True})
    shown = said.in_force(saved)
    chosen = shown.with_vendor("itick", OFF)
    said.release(shown, chosen)
    kept = said.to_keep(chosen, saved)
    assert not kept.vendor("itick").enabled
    assert said.enabled(kept) == ()
    assert said.enabled(kept.with_vendor("itick", ON)) == ("itick",)


def test_a_family_that_nobody_needs_is_idle() -> None:
    assert connection_view(closed_pool("itick/fund", "Nothing of it is watched."), 0.0).idle
