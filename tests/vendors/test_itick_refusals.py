"""What each of iTick's refusals means, over HTTP and at the handshake."""

import json
from typing import Any

import pytest
from itick_samples import ITICK, TOKEN, ok

from alltick_desk.errors import ProtocolError, VendorError, Verdict
from alltick_desk.model.interval import Interval
from alltick_desk.model.words import Sentence
from alltick_desk.vendors.itick.refusals import name_of

QUERY = ITICK.candles("700.HK", Interval.M1, 5)


def told(code: Any, message: Any) -> bytes:
    return json.dumps({"code": code, "msg": message, "data": None}).encode()


@pytest.mark.parametrize(
    ("status", "body", "verdict", "number"),
    [
        (200, told(1, "E001"), Verdict.UNKNOWN_CODE, 1),
        (200, told(0, "product not found"), Verdict.UNKNOWN_CODE, 1),
        (200, told("E001", None), Verdict.UNKNOWN_CODE, 1),
        (400, told(1, "[E001] product not found, sorry"), Verdict.UNKNOWN_CODE, 1),
        (200, told(1, "E002: auth failed"), Verdict.TOKEN, 2),
        (401, told(1, "E002"), Verdict.TOKEN, 2),
        (200, told(1, "E003"), Verdict.OVER_PLAN, 3),
        (200, told(401, "no"), Verdict.TOKEN, 401),
        (200, told(429, "slow down"), Verdict.RATE, 429),
        (200, told(1, "who knows"), Verdict.SERVER, 1),
        (200, told(77, None), Verdict.SERVER, 77),
        (200, told(-1, None), None, None),
        (200, told("E004", None), None, None),
        (200, b"<html>", None, None),
        (200, b"{}", None, None),
        (200, b"[]", None, None),
        (200, b"[" * 100_000, None, None),
        (200, told(0, []), None, None),
        (401, b"", Verdict.TOKEN, 401),
        (403, b"<html>", Verdict.TOKEN, 403),
        (429, b"", Verdict.RATE, 429),
        (400, b"", Verdict.BUG, 400),
        (404, b"", Verdict.SERVER, 404),
        (500, ok([]), Verdict.SERVER, 500),
        (503, b"<html>", Verdict.SERVER, 503),
    ],
)
def test_answers_that_are_a_no(
    status: int, body: bytes, verdict: Verdict | None, number: int | None
) -> None:
    with pytest.raises(ProtocolError if verdict is None else VendorError) as caught:
        QUERY.parse(status, body)
    if isinstance(caught.value, VendorError):
        assert (caught.value.verdict, caught.value.code) == (verdict, number)
        assert (caught.value.vendor, caught.value.call) == ("itick", "kline")
        assert isinstance(str(caught.value), Sentence)


@pytest.mark.parametrize(
    ("status", "body", "verdict"),
    [
        (401, b"", Verdict.TOKEN),
        (403, b"", Verdict.TOKEN),
        (200, told(0, "auth failed"), Verdict.TOKEN),
        (500, told(1, "E002"), Verdict.TOKEN),
        (429, b"", Verdict.OVER_PLAN),
        (400, told(429, "x"), Verdict.OVER_PLAN),
        (400, told(1, "E003"), Verdict.OVER_PLAN),
        (407, b"", Verdict.NETWORK),
        (0, b"", Verdict.NETWORK),
        (404, b"", Verdict.SERVER),
        (502, b"<html>", Verdict.SERVER),
        (400, b"", Verdict.BUG),
    ],
)
def test_refused_handshakes(status: int, body: bytes, verdict: Verdict) -> None:
    error = ITICK.refused_handshake(status, body)
    assert (error.verdict, error.vendor, error.call) == (verdict, "itick", "connection")
    assert isinstance(str(error), Sentence)


@pytest.mark.parametrize("status", [0, 200, 400, 401, 403, 407, 429, 500])
@pytest.mark.parametrize("code", [0, 1, 77, "E001", "E002", "E003"])
def test_the_vendor_s_words_stay_here(status: int, code: Any) -> None:
    body = told(code, f"auth failed for {TOKEN}")
    assert TOKEN not in str(ITICK.refused_handshake(status, body))
    for query in (QUERY, ITICK.latest_trades(["700.HK"])):
        with pytest.raises((VendorError, ProtocolError)) as caught:
            query.parse(status, body)
        assert TOKEN not in str(caught.value)
        assert caught.value.__cause__ is None


def test_a_number_that_only_looks_like_a_refusal_is_none() -> None:
    assert name_of("", "order NE0012 of E0011") == ""
    assert name_of("1", "(E003)") == "E003"
    assert name_of("", "Exceeding the maximum Subscription limit.") == "E003"
