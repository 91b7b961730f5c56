"""Settings: what is kept, what is refused, and in which words."""

import re
from typing import Any

import msgspec
import pytest

from alltick_desk.errors import SettingsError
from alltick_desk.model import settings as model
from alltick_desk.model.endpoint import base_address, is_loopback
from alltick_desk.model.secret import Token
from alltick_desk.model.settings import Settings, VendorSettings, read_settings, write_settings


def test_the_defaults_survive_the_file() -> None:
    written = write_settings(Settings())
    assert written["version"] == 2
    assert read_settings(written) == Settings()
    assert Settings().vendor("alltick") == VendorSettings(enabled=True, plan="free")
    assert Settings().vendor("itick") == VendorSettings(enabled=False)


def test_every_choice_survives_the_file() -> None:
    chosen = Settings(
        theme="dark",
        lang="zh_CN",
        palette="blue_orange",
        changes="digits",
        zebra=True,
        row_height="roomy",
        table_font=150,
        digits="five",
        alignment="centre",
    ).with_vendor(
        "itick",
        VendorSettings(
            enabled=True,
            plan="base",
            endpoint="https://api-free.itick.org",
            overrides={"connections": 2.0},
        ),
    )
    again = read_settings(msgspec.json.decode(msgspec.json.encode(write_settings(chosen))))
    assert again == chosen
    assert again.vendor("alltick").enabled


def test_unknown_keys_are_kept() -> None:
    document = {
        "version": 1,
        "sound": "bell",
        "vendors": {"alltick": {"plan": "basic", "colour": 7}, "other": {"plan": "x"}},
    }
    settings = read_settings(document)
    written = write_settings(settings)
    assert written["sound"] == "bell"
    assert written["vendors"]["alltick"]["colour"] == 7
    assert written["vendors"]["alltick"]["plan"] == "basic"
    assert written["vendors"]["other"]["plan"] == "x"


def test_reading_changes_nothing_of_the_document() -> None:
    document = {"theme": "dark", "vendors": {"alltick": {"plan": "basic"}}}
    read_settings(document)
    assert document == {"theme": "dark", "vendors": {"alltick": {"plan": "basic"}}}


@pytest.mark.parametrize(
    ("document", "names"),
    [
        ({"theme": "blue"}, "theme"),
        ({"theme": ["dark"]}, "theme"),
        ({"lang": "fr"}, "lang"),
        ({"red_up": 1}, "palette"),
        ({"flash": ["yes"]}, "changes"),
        ({"palette": "pastel"}, "palette"),
        ({"zebra": "yes"}, "zebra"),
        ({"row_height": 20}, "row_height"),
        ({"table_font": 101}, "table_font"),
        ({"vendors": []}, "vendors"),
        ({"vendors": {"alltick": 3}}, "alltick"),
        ({"vendors": {"alltick": {"enabled": None}}}, "alltick.enabled"),
        ({"vendors": {"alltick": {"plan": "a b"}}}, "alltick.plan"),
        ({"vendors": {"alltick": {"endpoint": "http://example.com"}}}, "alltick.endpoint"),
        ({"vendors": {"alltick": {"endpoint": 5}}}, "alltick.endpoint"),
        ({"vendors": {"alltick": {"overrides": {"connections": "2"}}}}, "connections"),
        ({"vendors": {"alltick": {"overrides": {"connections": True}}}}, "connections"),
        ({"vendors": {"alltick": {"overrides": {"connections": float("inf")}}}}, "connections"),
        ({"vendors": {"alltick": {"overrides": {"connections": -1}}}}, "connections"),
        ({"vendors": {"alltick": {"overrides": []}}}, "alltick.overrides"),
        ({"version": 99}, "newer desk"),
        ({"version": "1"}, "version"),
        ({"version": True}, "version"),
        ([], "settings"),
        (None, "settings"),
    ],
)
def test_what_is_wrong_is_named_in_a_sentence(document: Any, names: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(document)
    sentence = str(caught.value)
    assert names in sentence
    assert re.fullmatch(r"[A-Z].*\.", sentence)


def test_steps_lift_a_document_from_its_own_version_on() -> None:
    steps = (
        lambda document: {**document, "version": 1, "walked": [0]},
        lambda document: {**document, "version": 2, "walked": [*document.get("walked", []), 1]},
    )
    assert model.migrate({}, steps)["walked"] == [0, 1]
    assert model.migrate({"version": 1}, steps)["walked"] == [1]
    assert model.migrate({"version": 2}, steps) == {"version": 2}
    assert len(model.MIGRATIONS) == model.VERSION


@pytest.mark.parametrize(
    ("old", "palette", "changes"),
    [
        ({"red_up": True, "flash": False}, "china", "none"),
        ({"red_up": False, "flash": True}, "west", "flash"),
        ({}, "west", "flash"),
    ],
)
def test_the_first_versions_switches_are_choices_now(
    old: dict[str, bool], palette: str, changes: str
) -> None:
    settings = read_settings({"version": 1, **old})
    assert (settings.palette, settings.changes) == (palette, changes)
    assert settings.extra == {}


def test_every_option_is_declared_once_and_in_words() -> None:
    for options, kind in ((model.GENERAL, Settings), (model.PER_VENDOR, VendorSettings)):
        for option in options:
            assert option.id in kind._fields
            assert option.label
            assert option.help.endswith(".")
            for value, _ in option.choices:
                assert option.check(value) == value
    declared = {option.id for option in model.GENERAL} | {"version", "vendors", "extra"}
    assert declared == set(Settings._fields)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://quote.alltick.co", "https://quote.alltick.co"),
        (" https://quote.alltick.co/ ", "https://quote.alltick.co"),
        ("https://proxy.example:8443/alltick/", "https://proxy.example:8443/alltick"),
        ("http://127.0.0.1:18080", "http://127.0.0.1:18080"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:18080/", "http://[::1]:18080"),
    ],
)
def test_an_address(text: str, address: str) -> None:
    assert base_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "quote.alltick.co",
        "ftp://quote.alltick.co",
        "wss://quote.alltick.co",
        "https://",
        "http://quote.alltick.co",
        "http://127.0.0.1.evil.example",
        "http://127.evil.example",
        "http://[::1",
        "https://host:99999",
        "https://host:0",
        "https://a b",
        "https://user:SECRETWORD@host",
        "https://host/?token=SECRETWORD",
        "https://host/#SECRETWORD",
        "http://host?token=SECRETWORD",
        "https://host\n/SECRETWORD",
    ],
)
def test_no_address_and_no_echo(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        base_address(text)
    assert "SECRETWORD" not in str(caught.value)


def test_loopback() -> None:
    assert is_loopback("http://127.8.9.1:80")
    assert is_loopback("wss://localhost/x")
    assert not is_loopback("https://128.0.0.1")
    assert not is_loopback("https://localhost.example")


def test_a_token_shows_itself_to_nobody() -> None:
    token = Token(" s3cr3t-MARK \n")
    assert token.reveal() == "s3cr3t-MARK"
    shown = f"{token} {token!r} {[token]} {token:}" + "%s %r" % (token, token)  # noqa: UP031
    assert "MARK" not in shown
    assert not hasattr(token, "__dict__")
    with pytest.raises(TypeError):
        token.__reduce__()
    assert token == Token("s3cr3t-MARK")
    assert token != Token("other")
    assert token != "s3cr3t-MARK"
    assert len({token, Token("s3cr3t-MARK")}) == 1


@pytest.mark.parametrize("text", ["", "  ", "two words", "a\x00b", "a\r\nX: y"])
def test_no_token(text: str) -> None:
    with pytest.raises(ValueError, match="token") as caught:
        Token(text)
    assert "words" not in str(caught.value)
