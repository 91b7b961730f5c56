"""AllTick's reference data: static information, and the lists of halted stocks."""

import json
from typing import Any

import pytest

from alltick_desk.errors import ProtocolError, VendorError, Verdict
from alltick_desk.model.reference import StaticInfo, Suspension
from alltick_desk.vendors.alltick import ALLTICK, Exchange


def ok(data: Any, **more: Any) -> bytes:
    return json.dumps({"ret": 200, "msg": "ok", "trace": "t", "data": data} | more).encode()


def test_static_information() -> None:
    entry = {
        "symbol": "700.HK",
        "name_en": "Tencent",
        "name_cn": "腾讯控股",
        "name_hk": "騰訊控股",
        "exchange": "SEHK",
        "board": "HKEquity",
        "currency": "HKD",
        "lot_size": "100",
        "total_shares": "9267359712",
        "circulating_shares": 9267359712,
        "hk_shares": None,
        "eps": "-20.50",
        "eps_ttm": "",
        "bps": -1.5,
        "new": 1,
    }
    answer = ok({"static_info_list": [entry, {"symbol": "9.HK"}]})
    assert ALLTICK.static_info(["700.HK"]).parse(200, answer) == [
        StaticInfo(
            code="700.HK",
            name_en="Tencent",
            name_zh="腾讯控股",
            name_zh_hant="騰訊控股",
            exchange="SEHK",
            board="HKEquity",
            currency="HKD",
            lot_size=100,
            total_shares="9267359712",
            circulating_shares="9267359712",
            eps="-20.50",
            bps="-1.5",
        ),
        StaticInfo(code="9.HK"),
    ]


def halts(*rows: dict[str, Any], **more: Any) -> bytes:
    fields = {"success": True, "timestamp": 1, "totalPages": 1, "currentPage": 1, "data": rows}
    return json.dumps(fields | more).encode()


def test_suspensions_with_everything_and_with_almost_nothing() -> None:
    full = {
        "symbol": "AAPL",
        "symbolName": "Apple Inc. ",
        "haltReason": "LUDP",
        "haltDate": "2026-07-01",
        "haltTime": "10:30:00",
        "haltPeriod": "",
        "resumeDate": None,
        "resumeDateTime": "2026-07-01 10:35:00",
        "publishDate": "2026-07-01",
        "sourceExchange": "Q",
        "pauseThresholdPrice": "182.50",
    }
    body = halts(full, {"symbol": "BRK.B", "publishDate": "2026-06-30"}, totalCount=2)
    page = ALLTICK.suspensions(Exchange.NASDAQ).parse(200, body)
    assert page.next_page is None
    assert page.suspensions == (
        Suspension(
            code="AAPL.US",
            publish_date="2026-07-01",
            name="Apple Inc.",
            reason="LUDP",
            halt_date="2026-07-01",
            halt_time="10:30:00",
            resume_date="2026-07-01 10:35:00",
            source_exchange="Q",
            threshold_price="182.50",
        ),
        Suspension(code="BRK.B.US", publish_date="2026-06-30"),
    )


def test_each_exchange_has_its_suffix() -> None:
    body = halts({"symbol": "600000", "publishDate": "2026-06-30"})
    assert ALLTICK.suspensions(Exchange.SSE).parse(200, body).suspensions[0].code == "600000.SH"
    assert ALLTICK.suspensions(Exchange.NYSE).parse(200, body).suspensions[0].code == "600000.US"


@pytest.mark.parametrize(
    ("page", "more", "following"),
    [
        (1, {"totalPages": 3, "totalCount": 25}, 2),
        (2, {"totalPages": "3", "totalCount": "25"}, 3),
        (3, {"totalPages": 3, "totalCount": 25}, None),
        (1, {"totalPages": 3, "totalCount": 1}, None),  # the whole year came at once
        (1, {"totalPages": None}, None),
        (1, {"totalPages": 3, "data": []}, None),
        (1, {"totalPages": 3, "data": None}, None),
    ],
)
def test_suspensions_come_in_pages_or_all_at_once(
    page: int, more: dict[str, Any], following: int | None
) -> None:
    body = halts({"symbol": "600000"}, **more)
    assert ALLTICK.suspensions(Exchange.SSE, page=page).parse(200, body).next_page == following


@pytest.mark.parametrize(
    ("status", "body", "verdict"),
    [
        (500, b'{"success": false, "error": "token=s3cret"}', Verdict.SERVER),
        (200, b'{"success": false, "error": "token=s3cret"}', Verdict.SERVER),
        (401, b'{"ret":401,"msg":"token is required"}', Verdict.TOKEN),
        (429, b'{"success": false}', Verdict.RATE),
        (200, b'{"ret":605}', Verdict.RATE),
        (502, b"<html>", Verdict.SERVER),
    ],
)
def test_suspensions_that_fail(status: int, body: bytes, verdict: Verdict) -> None:
    with pytest.raises(VendorError) as caught:
        ALLTICK.suspensions(Exchange.SSE).parse(status, body)
    assert (caught.value.verdict, caught.value.call) == (verdict, "suspension")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"success":"yes"}',
        halts({}),
        halts({"symbol": 5}),
        halts(data=5),
        halts({"symbol": "A", "haltDate": {}}),
        halts({"symbol": "A"}, totalPages="x"),
    ],
)
def test_suspensions_that_are_not_documented(body: bytes) -> None:
    with pytest.raises(ProtocolError):
        ALLTICK.suspensions(Exchange.SSE).parse(200, body)
