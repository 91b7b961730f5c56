"""A token that expires while the desk runs: what calls say of it, and what still streams."""

from pathlib import Path

import pytest
from desk_under_test import desk_running, play
from PySide6.QtWidgets import QApplication

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

CODES = ("700.HK", "TSLA.US", "BTCUSDT")
STILL = (
    "iTick refuses calls with this token. What is streamed still comes, but once the connection "
    "ends it may not come back. Enter a valid token in the settings."
)
NOT_ACCEPTED = "iTick does not accept the token"


def test_a_call_that_is_refused_is_told_beside_what_still_streams(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, vendor="itick", symbols=CODES, rate=30) as d:
            await d.until(lambda: d.live() and d.chart._bars.loaded)
            assert "token refused" not in str(d.shown()["status"])
            d.exchange.fault("status", status=401)
            d.chart.reload()  # as it asks when a bar has ended
            await d.until(lambda: str(d.chart.note).startswith(NOT_ACCEPTED))
            await d.until(lambda: STILL in d.connection("stock"))
            told = d.shown()["status"]["connection"]
            for family in ("Stock", "Crypto"):
                text = told[f"itick/{family.lower()}"]
                assert text.startswith(f"{family}: live ")
                assert text.endswith(", token refused")
            assert told["itick/forex"] == "Forex: closed"
            # What still streams is live, and says so honestly.
            since_s = await d.from_now()
            await d.until(lambda: all(it.ticked_s > since_s for it in d.rows()))
            assert d.live()
            # The connections themselves are refused once they have to come back.
            d.exchange.fault("token")
            d.exchange.fault("drop")
            await d.until(lambda: d.states() == {"Offline"})
            await d.until(lambda: d.connection("stock").count(NOT_ACCEPTED) == 1)
            assert STILL not in d.connection("stock")
            refused = d.shown()["status"]["connection"]["itick/stock"]
            assert refused.startswith("Stock: refused")

    play(scenario())
