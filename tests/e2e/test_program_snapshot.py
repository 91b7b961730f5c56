"""``--snapshot``: the window as a picture, and what a person reads in it as JSON."""

import json
import re
import struct
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from program import Program, desk, live
from PySide6.QtGui import QImage

ROW = (
    *("Vendor", "Code", "Name", "Last", "Change", "Change %", "Bid", "Ask", "High", "Low"),
    *("Volume", "Turnover", "Time", "State", "State detail"),
)
STATES = {
    *("Live", "Waiting", "Stale", "Offline", "Beyond plan"),
    *("Not in plan", "Unknown code", "Refused"),
}
WATCHED = ["700.HK", "AAPL.US", "BTCUSDT", "nosuch.HK"]
SIX = ["700.HK", "TSLA.US", "HSI.HK", ".DJI.US", "000001.SH", "399001.SZ"]
ITICK = ["BTCUSDT", "700.HK", "EURUSD", "nosuch.HK"]
VENDORS = {"itick": {"itick"}, "both": {"alltick", "itick"}}
CLUSTERS = ["stock", "forex", "indices", "crypto", "future", "fund"]
SAVED = '{"lists":[{"name":"Mine","codes":["alltick:GOLD"]}],"current":0,"version":1}'
PRICE = re.compile(r"\d+(\.\d+)?")


class Drawn(NamedTuple):
    """What one start left: exit code, stderr, picture, JSON and the profile's folder."""

    code: int
    stderr: str
    picture: Path
    said: Any
    profile: Path


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Drawn]:
    """Several starts, two at a time, by name."""
    base = tmp_path_factory.mktemp("drawn")
    saved = base / "chinese" / "profile" / "demo" / "watchlists.json"
    saved.parent.mkdir(parents=True)
    saved.write_text(SAVED, encoding="utf-8")
    starts: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
        "demo": (("--theme", "light"), {}),  # the default of --after: 10 seconds
        "chinese": (
            (
                *("--theme", "dark", "--lang", "zh_CN"),
                *("--symbols", ",".join(WATCHED), "--chart", "700.HK:5m"),
            ),
            {},
        ),
        "free": (("--plan", "free", "--after", "8", "--symbols", ",".join(SIX)), {}),
        "double": (("--after", "2"), {"QT_SCALE_FACTOR": "2"}),
        "itick": (("--vendor", "itick", "--after", "10", "--symbols", ",".join(ITICK)), {}),
        "both": (("--vendor", "alltick", "--vendor", "itick", "--after", "10"), {}),
    }
    with ExitStack() as stack:
        programs: dict[str, Program] = {}
        for name, (said, environ) in starts.items():
            if name == "free":  # the first two have subscribed, the others take none of their time
                for program in programs.values():
                    program.wait_for(live(program.folder / "metrics", 3), "it was live")
            folder = base / name
            programs[name] = stack.enter_context(
                desk(folder, *_arguments(folder), *said, **environ)
            )
        return {name: _drawn(program) for name, program in programs.items()}


def _arguments(folder: Path) -> Iterator[str]:
    yield from ("--demo", "--profile", str(folder / "profile"))
    yield from ("--snapshot", str(folder / "desk.png"), "--metrics", str(folder / "metrics"))


def _drawn(program: Program) -> Drawn:
    code = program.end()
    picture = program.folder / "desk.png"
    text = picture.with_name("desk.png.json").read_text(encoding="utf-8")
    return Drawn(code, program.stderr, picture, json.loads(text), program.folder / "profile")


def rows(drawn: Drawn) -> dict[str, dict[str, str]]:
    return {row["Code"]: row for row in drawn.said["watchlist"]}


def size(picture: Path) -> tuple[int, int]:
    """Return a PNG's width and height."""
    width, height = struct.unpack_from(">II", picture.read_bytes(), 16)
    return width, height


def lightness(picture: Path) -> float:
    """Return how light a picture is on average, from 0 to 1."""
    image = QImage(str(picture)).scaled(32, 20)
    points = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return sum(image.pixelColor(x, y).lightnessF() for x, y in points) / len(points)


def test_every_start_ended_well_and_said_nothing(drawn: Mapping[str, Drawn]) -> None:
    assert {name: (one.code, one.stderr) for name, one in drawn.items()} == dict.fromkeys(
        drawn, (0, "")
    )


def test_the_picture_has_the_promised_size(drawn: Mapping[str, Drawn]) -> None:
    assert drawn["demo"].picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert size(drawn["demo"].picture) == (1280, 800)
    assert size(drawn["chinese"].picture) == (1280, 800)
    assert size(drawn["double"].picture) == (2560, 1600)


def test_light_is_light_and_dark_is_dark(drawn: Mapping[str, Drawn]) -> None:
    assert lightness(drawn["demo"].picture) > 0.8
    assert lightness(drawn["chinese"].picture) < 0.2


@pytest.mark.parametrize("name", ["demo", "chinese", "free", "double", "itick", "both"])
def test_the_json_has_exactly_the_promised_form(drawn: Mapping[str, Drawn], name: str) -> None:
    said = drawn[name].said
    assert list(said) == ["watchlist", "order_book", "chart", "status", "messages"]
    for row in said["watchlist"]:
        assert tuple(row) == ROW
        assert all(isinstance(text, str) and text for text in row.values())
        assert row["Vendor"] in VENDORS.get(name, {"alltick"})
        assert row["State"] in STATES
        if row["Time"] != "—":
            assert datetime.fromisoformat(row["Time"]).utcoffset() is not None
    book = said["order_book"]
    assert list(book) == ["instrument", "bids", "asks", "note"]
    for price, amount in (*book["bids"], *book["asks"]):
        assert PRICE.fullmatch(price)
        assert isinstance(amount, str)
    assert isinstance(book["note"], str)
    chart = said["chart"]
    assert list(chart) == ["instrument", "interval", "bars", "last"]
    assert type(chart["bars"]) is int
    assert list(chart["last"]) == ["time", "open", "high", "low", "close", "volume"]
    assert all(isinstance(text, str) for text in chart["last"].values())
    assert list(said["status"]) == ["connection", "budget"]
    assert isinstance(said["status"]["budget"], str)
    assert all(isinstance(text, str) for text in said["messages"])


def test_the_demo_lives(drawn: Mapping[str, Drawn]) -> None:
    demo = drawn["demo"]
    lively = [row for row in rows(demo).values() if row["State"] == "Live"]
    assert len(lively) >= 10
    for row in lively:
        assert PRICE.fullmatch(row["Last"])
        assert row["Change"][0] in "+-0—"
    for column in ("Change", "Change %", "High", "Low", "Time"):
        assert sum(row[column] != "—" for row in lively) >= 10
    assert len({row["Code"].rpartition(".")[2] for row in demo.said["watchlist"]}) > 5


def test_the_demo_has_a_full_book_and_hundreds_of_candles(drawn: Mapping[str, Drawn]) -> None:
    book, chart = drawn["demo"].said["order_book"], drawn["demo"].said["chart"]
    for side, falling in (("bids", True), ("asks", False)):
        prices = [float(price) for price, _ in book[side]]
        assert len(prices) >= 5
        assert prices == sorted(set(prices), reverse=falling)
    assert float(book["bids"][0][0]) < float(book["asks"][0][0])
    assert chart["instrument"] == book["instrument"]
    assert chart["interval"] == "1m"
    assert chart["bars"] >= 300
    last = chart["last"]
    assert datetime.fromisoformat(last["time"]).utcoffset() is not None
    assert float(last["low"]) <= float(last["open"]) <= float(last["high"])
    assert float(last["low"]) <= float(last["close"]) <= float(last["high"])


def test_the_connections_are_told_by_family(drawn: Mapping[str, Drawn]) -> None:
    for name in ("demo", "chinese"):
        connection = drawn[name].said["status"]["connection"]
        assert list(connection) == ["alltick/stock", "alltick/other"]
        assert re.fullmatch(r"Stock: live( [\d.]+ s)?", connection["alltick/stock"])
        assert re.fullmatch(r"Other: live( [\d.]+ s)?", connection["alltick/other"])


def test_the_second_vendor_lives_as_well(drawn: Mapping[str, Drawn]) -> None:
    itick = drawn["itick"]
    states = {code: row["State"] for code, row in rows(itick).items()}
    assert states == {**dict.fromkeys(ITICK[:3], "Live"), "nosuch.HK": "Unknown code"}
    for code in ITICK[:3]:
        row = rows(itick)[code]
        assert PRICE.fullmatch(row["Last"])
        assert "—" not in {row["Change"], row["Change %"], row["High"], row["Low"], row["Time"]}
    assert itick.said["chart"]["instrument"] == "BTCUSDT"
    assert itick.said["chart"]["bars"] >= 300
    assert len(itick.said["order_book"]["bids"]) >= 5
    connection = itick.said["status"]["connection"]
    assert list(connection) == [f"itick/{cluster}" for cluster in CLUSTERS]
    assert re.fullmatch(r"Crypto: live( [\d.]+ s)?", connection["itick/crypto"])


def test_both_vendors_stand_side_by_side(drawn: Mapping[str, Drawn]) -> None:
    said = drawn["both"].said
    live = {(row["Vendor"], row["Code"]) for row in said["watchlist"] if row["State"] == "Live"}
    assert {("alltick", "BTCUSDT"), ("itick", "BTCUSDT")} <= live
    families = ["alltick/stock", "alltick/other", *(f"itick/{it}" for it in CLUSTERS)]
    assert list(said["status"]["connection"]) == families


def test_symbols_and_chart_as_said_with_chinese_names_and_english_words(
    drawn: Mapping[str, Drawn],
) -> None:
    chinese = drawn["chinese"]
    assert list(rows(chinese)) == WATCHED
    assert "腾讯" in rows(chinese)["700.HK"]["Name"]
    assert rows(chinese)["700.HK"]["State"] == "Live"
    assert rows(chinese)["nosuch.HK"]["State"] == "Unknown code"
    assert rows(chinese)["nosuch.HK"]["Last"] == "—"
    chart = chinese.said["chart"]
    assert (chart["instrument"], chart["interval"]) == ("700.HK", "5m")
    assert chart["bars"] >= 300
    assert datetime.fromisoformat(chart["last"]["time"]).minute % 5 == 0


def test_symbols_are_saved_nowhere(drawn: Mapping[str, Drawn]) -> None:
    profile = drawn["chinese"].profile / "demo"
    assert (profile / "watchlists.json").read_text(encoding="utf-8") == SAVED
    # What the vendor gave is kept whoever asked for it: bars, which cannot be asked for again, and
    # closes, so that nobody asks for them twice a day.
    kept = ("logs", "history.sqlite", "history.sqlite-wal", "reference")
    files = [path for path in profile.rglob("*") if path.is_file()]
    files = [path for path in files if not any(part in kept for part in path.parts)]
    assert len(files) >= 1
    for code in WATCHED:
        assert not [path for path in files if code.encode() in path.read_bytes()]


def test_a_small_plan_marks_what_is_beyond_it(drawn: Mapping[str, Drawn]) -> None:
    # All are of one family, of which the free plan streams five.
    states = {code: row["State"] for code, row in rows(drawn["free"]).items()}
    assert list(states) == SIX
    assert [code for code in SIX if states[code] == "Beyond plan"] == SIX[5:]
    assert re.search(r"minute \d+/10\b", drawn["free"].said["status"]["budget"])


def test_a_picture_that_cannot_be_drawn_ends_the_desk_all_the_same(tmp_path: Path) -> None:
    broken = "import alltick_desk.app.desk as desk; desk.write_snapshot = None"
    with desk(tmp_path, *_arguments(tmp_path), "--after", "0.1", patch=broken) as program:
        assert program.end() == 1
        assert program.stderr.startswith("alltick-desk: The snapshot failed")
        assert program.stderr.count("\n") == 1
