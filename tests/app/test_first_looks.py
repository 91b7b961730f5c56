"""The colours of rise and fall before anybody has chosen them: those that one's readers know."""

from pathlib import Path

import pytest
from fakes import FakeClock
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from alltick_desk.app.cli import read
from alltick_desk.app.faults import Faults
from alltick_desk.app.frontage import Frontage
from alltick_desk.app.language import CHINESE, ENGLISH
from alltick_desk.app.logs import Redactor
from alltick_desk.model.settings import LOOKS, Settings
from alltick_desk.store.profile import Profile
from alltick_desk.store.state import StateStore
from alltick_desk.ui.settings.pages import OptionsPage
from alltick_desk.ui.theme import make_theme


def started(folder: Path, language: str) -> Frontage:
    """The desk's front on a profile, in a language."""
    arguments = ["--symbols", "700.HK", "--profile", str(folder), "--lang", language]
    options = read([*arguments, "--theme", "light"])
    profile = Profile.of(options.profile)
    profile.prepare()
    redact = Redactor()
    return Frontage(
        options, profile, clock=FakeClock(), redact=redact, faults=Faults(redact), writes=True
    )


@pytest.mark.parametrize(("language", "palette"), [(CHINESE, "china"), (ENGLISH, "west")])
def test_a_new_profile_has_the_colours_of_its_language(
    qtbot: QtBot, tmp_path: Path, language: str, palette: str
) -> None:
    front = started(tmp_path, language)
    qtbot.addWidget(front.window)
    try:
        assert front.settings.palette == palette
        assert front.theme == make_theme(dark=False, palette=palette)
    finally:
        front._language.choose(ENGLISH)


def test_what_somebody_chose_stays(qtbot: QtBot, tmp_path: Path) -> None:
    profile = Profile.of(tmp_path)
    profile.prepare()
    StateStore(profile, FakeClock()).save_settings(Settings(palette="west"))
    front = started(tmp_path, CHINESE)
    qtbot.addWidget(front.window)
    try:
        assert front.settings.palette == "west"
    finally:
        front._language.choose(ENGLISH)


@pytest.mark.parametrize(("language", "first"), [(CHINESE, "china"), (ENGLISH, "west")])
def test_the_usual_colours_are_offered_first(qtbot: QtBot, language: str, first: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        page = OptionsPage(LOOKS, Settings(palette="blue_orange"), lambda: None)
    finally:
        QLocale.setDefault(before)
    qtbot.addWidget(page)
    box = page.findChild(QComboBox, "palette")
    assert box is not None
    assert box.itemData(0) == first
    assert sorted(box.itemData(at) for at in range(box.count())) == ["blue_orange", "china", "west"]
    assert page.changed(Settings()).palette == "blue_orange"
