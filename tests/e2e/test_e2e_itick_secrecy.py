"""iTick's token travels in the header that is meant for it, and in nothing else."""

from pathlib import Path

import pytest
from desk_under_test import TOKEN, desk_running, play
from PySide6.QtWidgets import QApplication, QToolButton

from alltick_desk.clock import Clock
from alltick_desk.sim import http

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

CODES = ("700.HK", "BTCUSDT", "EURUSD", "nosuch.HK")


def test_the_token_is_in_its_header_and_nowhere_else(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither in an address nor in a body nor in another header, of calls and handshakes alike."""
    came: list[http.Request] = []
    read = http.HttpConnection.request

    async def request(self: http.HttpConnection, clock: Clock) -> http.Request | None:
        found = await read(self, clock)
        if found is not None:
            came.append(found)
        return found

    monkeypatch.setattr(http.HttpConnection, "request", request)

    async def scenario() -> None:
        async with desk_running(tmp_path, vendor="itick", symbols=CODES, rate=30) as d:
            await d.until(lambda: all(d.state(code) == "Live" for code in CODES[:3]))
            await d.act(d.find(QToolButton, "interval_1h").click)
            d.exchange.fault("drop")
            await d.until(lambda: d.states() == {"Stale", "Unknown code"})
            await d.until(lambda: all(d.state(code) == "Live" for code in CODES[:3]))
            await d.until(lambda: d.calls("list"))
            said = [entry.document for entry in d.exchange.journal if entry.kind == "command"]
            assert TOKEN not in str(said)

    play(scenario())
    paths = {"/stock", "/crypto", "/forex", "/stock/kline", "/symbol/list"}
    assert paths <= {it.path for it in came}
    for it in came:
        assert it.headers["token"] == TOKEN
        assert TOKEN not in it.path + it.query + it.body.decode()
        assert it.raw.count(TOKEN.encode()) == 1
