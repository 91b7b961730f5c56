"""The log can hold no token, whoever writes it and however."""

import logging
from pathlib import Path

import pytest

from alltick_desk.app.logs import MASK, Redactor, start_logging, stop_logging

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


def test_plain_text_stays() -> None:
    assert Redactor()("the token is missing; 3 calls left") == "the token is missing; 3 calls left"


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
