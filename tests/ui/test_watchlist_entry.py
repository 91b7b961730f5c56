"""What a person typed or pasted, read as codes."""

import pytest

from alltick_desk.model.instrument import Catalogue
from alltick_desk.model.pinyin import Pinyin
from alltick_desk.model.search import LIMIT, Search
from alltick_desk.resources import resource
from alltick_desk.ui.watchlist.entry import (
    current_part,
    matches,
    picked_entry,
    read_entry,
)


@pytest.fixture(scope="module")
def search() -> Search:
    catalogue = Catalogue.read(resource("catalogue.csv"))
    return Search(catalogue, Pinyin(resource("tables/pinyin.txt")))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # codes, in any case, one or several
        ("700.HK", ["700.HK"]),
        ("  btcusdt ", ["BTCUSDT"]),
        ("aapl.us msft.us", ["AAPL.US", "MSFT.US"]),
        ("AAPL.US,MSFT.US;700.HK", ["AAPL.US", "MSFT.US", "700.HK"]),
        ("AAPL.US，700.HK、9988.HK；EURUSD", ["AAPL.US", "700.HK", "9988.HK", "EURUSD"]),
        ("AAPL.US\nMSFT.US\r\n\n700.HK\u2028EURUSD", ["AAPL.US", "MSFT.US", "700.HK", "EURUSD"]),
        ("AAPL.US, AAPL.US aapl.us", ["AAPL.US"]),
        # a stock's code without its ending
        ("700", ["700.HK"]),
        ("aapl", ["AAPL.US"]),
        # the beginning of a name, or of a code that is the only one
        ("tencent", ["700.HK"]),
        ("腾讯", ["700.HK"]),
        ("bank of america", ["BAC.US"]),
        ("Bank of America\nTencent", ["BAC.US", "700.HK"]),
        ("doge", ["DOGEUSDT"]),
        # what is no clear sign stays as it was typed
        ("FOO", ["FOO"]),
        ("foo bar", ["foo", "bar"]),
        ("us", ["us"]),
        ("ABC.US", ["ABC.US"]),
        ("AAPL.US FOO.US", ["AAPL.US", "FOO.US"]),
        # a pasted table
        ("700.HK\tTencent\t612.5\nEURUSD\tEuro / US Dollar\t1.08\n", ["700.HK", "EURUSD"]),
        # nothing
        ("", []),
        (" ,; \n", []),
    ],
)
def test_entries(search: Search, text: str, codes: list[str]) -> None:
    assert read_entry(text, search) == codes


@pytest.mark.parametrize(
    ("text", "part"),
    [("tenc", "tenc"), ("AAPL.US, bank of", "bank of"), ("AAPL.US,", ""), ("a\nb ", "b")],
)
def test_the_part_that_is_being_typed(text: str, part: str) -> None:
    assert current_part(text) == part


def test_matches_are_of_the_last_part_and_few(search: Search) -> None:
    assert matches("AAPL.US, tencent", search)[0].instrument.code == "700.HK"
    assert len(matches("us", search)) == LIMIT
    assert matches("AAPL.US,", search) == []


def test_a_picked_match_completes_the_last_part(search: Search) -> None:
    assert picked_entry("bank", "BAC.US", search) == ["BAC.US"]
    assert picked_entry("aapl.us, bank of", "BAC.US", search) == ["AAPL.US", "BAC.US"]
    assert picked_entry("BAC.US, bank", "BAC.US", search) == ["BAC.US"]
