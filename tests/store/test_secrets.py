"""The keeper of the tokens: where it looks, where it keeps, and that nothing leaks or blocks."""

import asyncio
import logging
import stat
from pathlib import Path

import pytest
from fakes import FakeClock, settle
from tokenbench import NEW, OLD, Bench, run, until

from alltick_desk.errors import SecretError
from alltick_desk.model.secret import Token
from alltick_desk.store.keyring import KeyringError, KeyringState
from alltick_desk.store.profile import Profile
from alltick_desk.store.secrets import Kept, Place, TokenKeeper, _outcome


def test_the_environment_wins_and_nobody_else_is_asked(tmp_path: Path) -> None:
    bench = Bench(tmp_path, {"ALLTICK_TOKEN": " env-MARK "}, alltick="old-MARK")

    async def story() -> None:
        assert await bench.keeper.find("alltick") == Kept(Token("env-MARK"), Place.ENVIRONMENT)
        assert bench.keyring.calls == []
        with pytest.raises(SecretError, match="ALLTICK_TOKEN"):
            await bench.keeper.keep("alltick", NEW, Place.SESSION)
        with pytest.raises(SecretError, match="ALLTICK_TOKEN"):
            await bench.keeper.forget("alltick")
        assert (await bench.keeper.find("itick")).token is None

    run(story)


def test_nonsense_in_the_environment_is_told_without_repeating_it(tmp_path: Path) -> None:
    bench = Bench(tmp_path, {"ALLTICK_TOKEN": "two MARK"})

    async def story() -> None:
        with pytest.raises(SecretError, match="ALLTICK_TOKEN") as caught:
            await bench.keeper.find("alltick")
        assert "MARK" not in str(caught.value)

    run(story)


def test_the_keyring_comes_before_the_file_and_on_its_own_thread(tmp_path: Path) -> None:
    bench = Bench(tmp_path, alltick="old-MARK")
    bench.file.write_text('{"alltick": "file-MARK", "itick": "second-MARK"}')

    async def story() -> None:
        assert await bench.keeper.find("alltick") == Kept(OLD, Place.KEYRING)
        assert bench.keeper.keyring_state is KeyringState.READY
        assert bench.keyring.threads == {"keyring"}
        assert await bench.keeper.find("itick") == Kept(Token("second-MARK"), Place.FILE)
        assert bench.keeper.known("alltick") == Kept(OLD, Place.KEYRING)

    run(story)


@pytest.mark.parametrize("state", [KeyringState.LOCKED, KeyringState.MISSING, KeyringState.FAULTY])
def test_a_keyring_in_trouble_leaves_the_file(tmp_path: Path, state: KeyringState) -> None:
    bench = Bench(tmp_path)
    bench.keyring.trouble = KeyringError(state, "Your keyring is in trouble.")
    bench.file.write_text('{"alltick": "old-MARK"}')

    async def story() -> None:
        assert await bench.keeper.find("alltick") == Kept(OLD, Place.FILE)
        assert bench.keeper.keyring_state is state
        with pytest.raises(SecretError, match=r"in trouble\. .*this session only"):
            await bench.keeper.keep("alltick", NEW, Place.KEYRING)
        assert bench.keeper.known("alltick") == Kept(NEW, Place.SESSION)

    run(story)


def test_a_keyring_that_waits_for_its_person_is_not_waited_for(tmp_path: Path) -> None:
    bench = Bench(tmp_path, alltick="old-MARK")
    bench.keyring.answers.clear()
    changed: list[str] = []
    handle = bench.keeper.changed.connect(changed.append)

    async def story() -> None:
        finding = asyncio.get_running_loop().create_task(bench.keeper.find("alltick"))
        await settle()
        await bench.clock.advance(2.9)
        assert not finding.done()
        await bench.clock.advance(0.2)
        assert await finding == Kept()
        assert bench.keeper.keyring_state is KeyringState.WAITING
        assert changed == []
        bench.keyring.answers.set()
        await until(lambda: bool(changed))
        assert changed == ["alltick"]
        assert bench.keeper.keyring_state is KeyringState.READY
        assert await bench.keeper.find("alltick") == Kept(OLD, Place.KEYRING)

    run(story)
    handle.disconnect()


def test_what_the_person_enters_meanwhile_is_not_undone_by_a_late_answer(tmp_path: Path) -> None:
    bench = Bench(tmp_path, alltick="old-MARK")
    bench.keyring.answers.clear()

    async def story() -> None:
        finding = asyncio.get_running_loop().create_task(bench.keeper.find("alltick"))
        await settle()
        await bench.clock.advance(3.1)
        await finding
        await bench.keeper.keep("alltick", NEW, Place.SESSION)
        bench.keyring.answers.set()
        await until(lambda: bench.keeper.keyring_state is KeyringState.READY)
        assert await bench.keeper.find("alltick") == Kept(NEW, Place.SESSION)

    run(story)


def test_keeping_in_a_keyring_that_waits_uses_the_token_at_once(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.keyring.answers.clear()

    async def story() -> None:
        keeping = asyncio.get_running_loop().create_task(
            bench.keeper.keep("alltick", NEW, Place.KEYRING)
        )
        await settle()
        assert bench.keeper.known("alltick").token == NEW
        await bench.clock.advance(3.1)
        assert await keeping == Kept(NEW, Place.SESSION)
        bench.keyring.answers.set()
        await until(lambda: bench.keeper.known("alltick").place is Place.KEYRING)
        assert bench.keyring.tokens == {"alltick": "new-MARK"}

    run(story)


def test_a_late_refusal_is_said(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.keyring.answers.clear()
    bench.keyring.trouble = KeyringError(KeyringState.LOCKED, "Your keyring is locked.")

    async def story() -> None:
        keeping = asyncio.get_running_loop().create_task(
            bench.keeper.keep("alltick", NEW, Place.KEYRING)
        )
        await settle()
        await bench.clock.advance(3.1)
        await keeping
        bench.keyring.answers.set()
        await until(lambda: bool(bench.heard))
        assert "this session only" in bench.heard[0]
        assert bench.keeper.known("alltick") == Kept(NEW, Place.SESSION)

    run(story)


def test_a_token_lives_in_one_place(tmp_path: Path) -> None:
    bench = Bench(tmp_path, alltick="old-MARK", itick="second-MARK")

    async def story() -> None:
        keeper = bench.keeper
        await keeper.find("alltick")
        assert await keeper.keep("alltick", NEW, Place.FILE) == Kept(NEW, Place.FILE)
        assert bench.keyring.tokens == {"itick": "second-MARK"}
        assert stat.S_IMODE(bench.file.stat().st_mode) == 0o600
        assert await bench.another().find("alltick") == Kept(NEW, Place.FILE)

        assert await keeper.keep("alltick", NEW, Place.KEYRING) == Kept(NEW, Place.KEYRING)
        assert bench.keyring.tokens["alltick"] == "new-MARK"
        assert not bench.file.exists()

        assert await keeper.keep("alltick", OLD, Place.SESSION) == Kept(OLD, Place.SESSION)
        assert bench.keyring.tokens == {"itick": "second-MARK"}
        assert await bench.another().find("alltick") == Kept()

    run(story)


def test_forgetting_leaves_nothing(tmp_path: Path) -> None:
    bench = Bench(tmp_path, alltick="old-MARK")
    bench.file.write_text('{"alltick": "file-MARK", "itick": "second-MARK"}')

    async def story() -> None:
        await bench.keeper.find("alltick")
        await bench.keeper.forget("alltick")
        assert bench.keyring.tokens == {}
        assert b"alltick" not in bench.file.read_bytes()
        assert b"second-MARK" in bench.file.read_bytes()
        assert await bench.keeper.find("alltick") == Kept()

    run(story)


def test_the_demo_touches_nothing(tmp_path: Path) -> None:
    profile = Profile.at(tmp_path, demo=True)
    keeper = TokenKeeper.of(profile, {"ALLTICK_TOKEN": "env-MARK"}, FakeClock())

    async def story() -> None:
        assert await keeper.find("alltick") == Kept()
        assert keeper.keyring_state is KeyringState.MISSING
        await keeper.keep("alltick", NEW, Place.SESSION)
        assert keeper.known("alltick") == Kept(NEW, Place.SESSION)
        for place in (Place.FILE, Place.KEYRING):
            with pytest.raises(SecretError):
                await keeper.keep("alltick", NEW, place)
        await keeper.forget("alltick")

    run(story)
    assert not list(tmp_path.rglob("*"))
    assert not keeper.offers_file


def test_a_real_profile_reads_the_environment(tmp_path: Path) -> None:
    keeper = TokenKeeper.of(Profile.at(tmp_path), {"ITICK_TOKEN": "env-MARK"}, FakeClock())
    assert keeper.known("itick") == Kept(Token("env-MARK"), Place.ENVIRONMENT)
    assert keeper.offers_file


def test_no_log_and_no_text_holds_a_token(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    bench = Bench(tmp_path, alltick="old-MARK")
    bench.file.write_text('{"itick": "two MARK"}')
    seen: list[str] = []

    async def story() -> None:
        seen.append(repr(await bench.keeper.find("alltick")))
        await bench.keeper.find("itick")
        await bench.keeper.keep("alltick", NEW, Place.FILE)
        seen.append(repr(vars(bench.keeper)))

    run(story)
    assert bench.heard  # the file's second token is none
    assert "MARK" not in "".join((*seen, *bench.heard, caplog.text))


def test_what_an_event_loop_may_print_holds_no_token() -> None:
    assert "MARK" not in repr(_outcome(lambda: "old-MARK"))
    bad = _outcome(lambda: "two MARK")
    assert "no usable token" in bad.sentence
    assert "MARK" not in repr(bad)


def test_a_keyring_that_holds_nonsense_is_told(tmp_path: Path) -> None:
    bench = Bench(tmp_path, alltick="two MARK")

    async def story() -> None:
        assert await bench.keeper.find("alltick") == Kept()

    run(story)
    (sentence,) = bench.heard
    assert "no usable token" in sentence
