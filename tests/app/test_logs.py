"""The log can hold no token, whoever writes it and however."""

import logging
from pathlib import Path

import pytest

from alltick_desk.app import logs
from alltick_desk.app.logs import MASK, RedactingFormatter, Redactor, start_logging, stop_logging

TOKEN = "c0ffee-secret-token"


@pytest.mark.parametrize(
    "text",
    [
        "GET https://quote.alltick.co/quote-b-api/kline?token=unknown-to-us&query=x",
        "wss://host/path?a=1&token=unknown-to-us",
        "headers {'token': 'unknown-to-us'}",
        "headers [(b'token', b'unknown-to-us')]",
        '{"token":"unknown-to-us"}',
        "Token: unknown-to-us",
    ],
)
def test_what_stands_where_a_token_stands_is_masked(text: str) -> None:
    masked = Redactor()(text)
    assert "unknown-to-us" not in masked
    assert MASK in masked


def test_a_known_token_is_masked_anywhere() -> None:
    redact = Redactor()
    redact.add(TOKEN)
    assert redact(f"odd place: <{TOKEN}>") == f"odd place: <{MASK}>"


@pytest.mark.parametrize(
    "text",
    [
        "the token is missing; 3 calls left",
        "AllTick does not accept the token: it is missing, wrong or expired.",
        "Without a token, nothing is asked for.",
    ],
)
def test_plain_text_stays(text: str) -> None:
    assert Redactor()(text) == text


def test_the_log_file_masks_messages_arguments_and_tracebacks(tmp_path: Path) -> None:
    redact = Redactor()
    redact.add(TOKEN)
    start_logging(tmp_path, "debug", redact)
    try:
        log = logging.getLogger("anything")
        log.info("plain %s", TOKEN)
        try:
            raise ValueError(f"with {TOKEN}")
        except ValueError:
            log.exception("failed")
        logging.getLogger("httpx").info("HTTP Request: GET https://x/?token=abcdefgh")
    finally:
        stop_logging()
        logging.getLogger().setLevel(logging.WARNING)
    written = (tmp_path / "desk.log").read_text(encoding="utf-8")
    assert "plain" in written
    assert "ValueError: with" in written
    assert TOKEN not in written
    assert "HTTP Request" not in written
    assert (tmp_path / "desk.log").stat().st_mode & 0o077 == 0


def test_a_full_log_begins_anew_and_the_last_ones_are_kept_for_their_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "FULL", 1000)
    start_logging(tmp_path, "info", Redactor())
    try:
        for number in range(200):
            logging.getLogger("anything").info("line %d", number)
    finally:
        stop_logging()
        logging.getLogger().setLevel(logging.WARNING)
    files = sorted(tmp_path.iterdir())
    assert [path.name for path in files] == ["desk.log", "desk.log.1", "desk.log.2", "desk.log.3"]
    assert {path.stat().st_mode & 0o077 for path in files} == {0}
    assert max(path.stat().st_size for path in files) < 1200
    kept = "".join(path.read_text(encoding="utf-8") for path in reversed(files))
    numbers = [int(line.rpartition(" ")[2]) for line in kept.splitlines()]
    assert numbers == list(range(numbers[0], 200))


def test_a_line_that_cannot_be_written_is_lost_without_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start_logging(tmp_path, "info", Redactor())
    try:
        (ours,) = (
            handler
            for handler in logging.getLogger().handlers
            if isinstance(handler.formatter, RedactingFormatter)
        )
        ours.handle(logging.makeLogRecord({"msg": "a line with %d", "args": (TOKEN,)}))
    finally:
        stop_logging()
        logging.getLogger().setLevel(logging.WARNING)
    assert capsys.readouterr() == ("", "")
