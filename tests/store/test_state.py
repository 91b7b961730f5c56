"""What is remembered between two runs."""

import errno
import json
from pathlib import Path

import pytest
from fakes import FakeClock

from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import book_of
from alltick_desk.model.settings import Settings, VendorSettings
from alltick_desk.store.profile import Profile
from alltick_desk.store.state import Layout, SavedQuote, StateStore

TENCENT = InstrumentKey("alltick", "700.HK")
BITCOIN = InstrumentKey("itick", "BTCUSDT")


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile.at(tmp_path)


@pytest.fixture
def store(profile: Profile) -> StateStore:
    return StateStore(profile, FakeClock())


def test_a_first_start_knows_nothing_and_writes_nothing(store: StateStore, tmp_path: Path) -> None:
    assert store.load_settings() == (Settings(), "")
    assert store.load_lists() == (None, "")
    assert store.load_quotes() == ({}, "")
    assert store.load_layout() == (Layout(), "")
    assert not list(tmp_path.iterdir())


def test_everything_comes_back(store: StateStore, profile: Profile) -> None:
    settings = Settings(theme="dark").with_vendor("alltick", VendorSettings(plan="premium"))
    lists = book_of((BITCOIN, TENCENT), name="自选")
    quotes = {
        TENCENT: SavedQuote(last="612.500", volume=1e6, previous_close=600.0, digits=3, time_ms=5),
        BITCOIN: SavedQuote(),
    }
    layout = Layout({"window": b"\x00\xff"}, {"interval": "5m"})
    store.save_settings(settings)
    store.save_lists(lists)
    store.save_quotes(quotes.items())
    store.save_layout(layout)

    again = StateStore(profile, FakeClock())
    assert again.load_settings().value == settings
    assert again.load_lists().value == lists
    assert again.load_quotes().value == quotes
    assert again.load_layout().value == layout


def test_every_value_of_a_row_comes_back(store: StateStore, profile: Profile) -> None:
    quote = SavedQuote(
        *("4", "3", "5", "2", "9", "1"),
        volume=1.0,
        turnover=2.0,
        previous_close=3.0,
        day="2026-01-05",
        digits=3,
        pads=True,
        time_ms=6,
    )
    assert all(value != usual for value, usual in zip(quote, SavedQuote(), strict=True))
    store.save_quotes([(TENCENT, quote), (BITCOIN, SavedQuote(last="7"))])
    assert store.load_quotes().value == {TENCENT: quote, BITCOIN: SavedQuote(last="7")}
    assert json.loads(profile.quotes_file.read_bytes())[str(BITCOIN)] == {"last": "7"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("settings.json", '{"theme": "blue"}'),
        ("watchlists.json", '{"lists": [{"name": "x", "codes": ["nocolon"]}]}'),
        ("quotes.json", '{"alltick:A": {"last": 5}}'),
        ("quotes.json", '{"alltick:A": {"volume": 1e400}}'),
        ("quotes.json", '{"alltick:A": {"time_ms": 1000000000000000000000}}'),
        ("watchlists.json", '{"lists": [{"codes": []}]}'),
        ("watchlists.json", "{}"),
        ("layout.json", '{"blobs": {"window": "%%%"}}'),
        ("layout.json", '{"choices": {"interval": 5}}'),
    ],
)
def test_one_damaged_file_costs_nothing_but_itself(
    store: StateStore, profile: Profile, name: str, content: str
) -> None:
    store.save_settings(Settings(theme="dark"))
    store.save_lists(book_of([TENCENT]))
    store.save_quotes([(TENCENT, SavedQuote(last="1"))])
    store.save_layout(Layout(choices={"a": "b"}))
    (profile.config / name).write_text(content)
    loaded = {
        "settings.json": store.load_settings(),
        "watchlists.json": store.load_lists(),
        "quotes.json": store.load_quotes(),
        "layout.json": store.load_layout(),
    }
    for file, (value, note) in loaded.items():
        if file == name:
            assert name in note
            assert value in (Settings(), None, {}, Layout())
        else:
            assert not note
            assert value not in (Settings(), None, {}, Layout())
    (aside,) = profile.config.glob("*.damaged-*")
    assert aside.read_text() == content


def test_a_file_that_cannot_be_moved_is_never_written_over(
    store: StateStore, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile.settings_file.write_text("{ my notes")

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.EROFS, "read-only")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        settings, note = store.load_settings()
    assert settings == Settings()
    assert "leaves it alone" in note
    with pytest.raises(StoreError, match="leaves it alone"):
        store.save_settings(Settings(theme="dark"))
    assert profile.settings_file.read_text() == "{ my notes"
    store.save_layout(Layout())
    assert profile.layout_file.exists()
