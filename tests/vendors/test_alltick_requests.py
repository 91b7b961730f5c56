"""AllTick over HTTP: every call as documented."""

import json
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import pytest

from alltick_desk.model.interval import Interval
from alltick_desk.vendors.alltick import ALLTICK, Exchange
from alltick_desk.vendors.base import HttpRequest, Query

BASE = "https://quote.alltick.co"


def get_document(request: HttpRequest) -> tuple[str, Any]:
    """Return the path and the one document of a GET, having checked that nothing else is there."""
    assert (request.method, request.body) == ("GET", None)
    parts = urlsplit(request.url)
    arguments = dict(parse_qsl(parts.query, strict_parsing=True))
    assert arguments.pop("token") == "s3cret"
    document = json.loads(arguments.pop("query"))
    assert not arguments
    assert document.pop("trace") == "desk-1"
    return f"{parts.scheme}://{parts.netloc}{parts.path}", document["data"]


def ask(query: Query[Any]) -> HttpRequest:
    return ALLTICK.request(BASE, "s3cret", query, "desk-1")


def test_kline() -> None:
    query = ALLTICK.candles("857.HK", Interval.M1, 500)
    path, data = get_document(ask(query))
    assert query.call == "kline"
    assert path == f"{BASE}/quote-stock-b-api/kline"
    assert data == {
        "code": "857.HK",
        "kline_type": 1,
        "kline_timestamp_end": 0,
        "query_kline_num": 500,
        "adjust_type": 0,
    }


def test_kline_back_in_time() -> None:
    path, data = get_document(ask(ALLTICK.candles("BTCUSDT", Interval.H2, 20, end_s=1677829200)))
    assert path == f"{BASE}/quote-b-api/kline"
    assert (data["kline_type"], data["kline_timestamp_end"]) == (6, 1677829200)
    with pytest.raises(ValueError, match="end"):
        ALLTICK.candles("700.HK", Interval.M1, 20, end_s=1677829200)


def test_more_than_500_bars_are_never_asked_for() -> None:
    _, data = get_document(ask(ALLTICK.candles("BTCUSDT", Interval.D1, 9000)))
    assert data["query_kline_num"] == 500


@pytest.mark.parametrize(
    ("interval", "number"),
    list(zip(Interval, range(1, 11), strict=True)),
)
def test_every_interval_has_the_vendors_number(interval: Interval, number: int) -> None:
    _, data = get_document(ask(ALLTICK.candles("EURUSD", interval, 2)))
    assert data["kline_type"] == number


@pytest.mark.parametrize("interval", [Interval.H2, Interval.H4])
@pytest.mark.parametrize("code", ["700.HK", "HSI.HK", ".DJI.US", "000001.SH"])
def test_stocks_have_no_candles_of_two_and_four_hours(code: str, interval: Interval) -> None:
    with pytest.raises(ValueError, match=interval.value):
        ALLTICK.candles(code, interval, 2)
    with pytest.raises(ValueError, match=interval.value):
        ALLTICK.latest_candles([(code, interval)], 2)


def test_batch_kline_is_a_post() -> None:
    query = ALLTICK.latest_candles([("700.HK", Interval.D1), ("TSLA.US", Interval.M1)], 2)
    request = ask(query)
    assert query.call == "batch-kline"
    assert request.method == "POST"
    assert request.url == f"{BASE}/quote-stock-b-api/batch-kline?token=s3cret"
    assert request.headers == {"Content-Type": "application/json"}
    assert request.body is not None
    same = {"kline_timestamp_end": 0, "query_kline_num": 2, "adjust_type": 0}
    assert json.loads(request.body) == {
        "trace": "desk-1",
        "data": {
            "data_list": [
                {"code": "700.HK", "kline_type": 8, **same},
                {"code": "TSLA.US", "kline_type": 1, **same},
            ]
        },
    }
    many = ask(ALLTICK.latest_candles([("700.HK", Interval.D1)], 10)).body
    assert many is not None
    assert json.loads(many)["data"]["data_list"][0]["query_kline_num"] == 2


@pytest.mark.parametrize(
    ("query", "call"),
    [
        (ALLTICK.latest_trades(["700.HK", "HSI.HK"]), "trade-tick"),
        (ALLTICK.latest_depth(["700.HK", "HSI.HK"]), "depth-tick"),
        (ALLTICK.static_info(["700.HK", "HSI.HK"]), "static_info"),
    ],
)
def test_calls_that_name_codes(query: Query[Any], call: str) -> None:
    path, data = get_document(ask(query))
    assert query.call == call
    assert path == f"{BASE}/quote-stock-b-api/{call}"
    assert data == {"symbol_list": [{"code": "700.HK"}, {"code": "HSI.HK"}]}


def test_the_other_family_has_its_own_path() -> None:
    path, _ = get_document(ask(ALLTICK.latest_trades(["GOLD"])))
    assert path == f"{BASE}/quote-b-api/trade-tick"


@pytest.mark.parametrize("codes", [[], ["700.HK", "BTCUSDT"]])
def test_a_call_is_for_one_family(codes: list[str]) -> None:
    with pytest.raises(ValueError, match="one family"):
        ALLTICK.latest_trades(codes)
    with pytest.raises(ValueError, match="one family"):
        ALLTICK.latest_candles([(code, Interval.M1) for code in codes], 1)


def test_static_information_is_for_stocks() -> None:
    with pytest.raises(ValueError, match="stocks"):
        ALLTICK.static_info(["BTCUSDT"])


@pytest.mark.parametrize("exchange", Exchange)
def test_suspensions_take_plain_parameters_and_no_family(exchange: Exchange) -> None:
    query = ALLTICK.suspensions(exchange, page=2, size=10)
    parts = urlsplit(ask(query).url)
    assert query.call == "suspension"
    assert parts.path == f"/api/suspension/{exchange.value}"
    assert parse_qs(parts.query) == {"token": ["s3cret"], "page": ["2"], "size": ["10"]}


def test_the_query_is_one_encoded_document() -> None:
    url = ask(ALLTICK.latest_trades([".DJI.US", "A B&C=+/%.US"])).url
    query = url.partition("&query=")[2]
    assert not set(query) & set('{}"&=+/ ')
    assert json.loads(unquote(query))["data"]["symbol_list"][1] == {"code": "A B&C=+/%.US"}


def test_the_base_address_may_end_in_a_slash() -> None:
    request = ALLTICK.request(f"{BASE}/", "t", ALLTICK.latest_trades(["GOLD"]), "x")
    assert request.url.startswith(f"{BASE}/quote-b-api/trade-tick?token=t&query=")


def test_a_request_hides_its_token() -> None:
    request = ALLTICK.request(BASE, "s3cret token", ALLTICK.latest_trades(["GOLD"]), "x")
    assert "token=s3cret%20token&" in request.url
    assert "s3cret" not in repr(request)


def test_a_trace_is_at_most_64_characters() -> None:
    query = ALLTICK.latest_trades(["GOLD"])
    assert ALLTICK.request(BASE, "t", query, "x" * 64)
    with pytest.raises(ValueError, match="64"):
        ALLTICK.request(BASE, "t", query, "x" * 65)


def test_different_questions_have_different_subjects() -> None:
    queries: list[Query[Any]] = [
        ALLTICK.candles("GOLD", Interval.M1, 500),
        ALLTICK.candles("GOLD", Interval.MO1, 500),
        ALLTICK.candles("GOLD", Interval.M1, 500, end_s=5),
        ALLTICK.candles("GOLD", Interval.M1, 100),
        ALLTICK.latest_candles([("GOLD", Interval.M1)], 2),
        ALLTICK.latest_candles([("GOLD", Interval.M1)], 1),
        ALLTICK.latest_trades(["GOLD"]),
        ALLTICK.latest_trades(["GOLD", "USOIL"]),
        ALLTICK.latest_depth(["GOLD"]),
        ALLTICK.suspensions(Exchange.SSE),
        ALLTICK.suspensions(Exchange.SSE, page=2),
    ]
    assert len({(query.call, query.subject) for query in queries}) == len(queries)
    again = ALLTICK.candles("GOLD", Interval.M1, 500)
    assert (again.call, again.subject) == (queries[0].call, queries[0].subject)
