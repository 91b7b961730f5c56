"""Every refusal of AllTick's: what it asks of the client, and what a person reads."""

import json

import pytest

from alltick_desk.errors import ProtocolError, VendorError, Verdict
from alltick_desk.model.interval import Interval
from alltick_desk.vendors.alltick import ALLTICK
from alltick_desk.vendors.base import Refused

RETS = [
    (201, "request header param invalid", Verdict.BUG),
    (202, "request data param invalid", Verdict.BUG),
    (400, "request header param invalid", Verdict.BUG),
    (401, "token invalid", Verdict.TOKEN),
    (402, "query invalid", Verdict.BUG),
    (429, "Too Many Requests", Verdict.RATE),
    (600, "code invalid", Verdict.UNKNOWN_CODE),
    (601, "body empty", Verdict.BUG),
    (603, "token level not enough", Verdict.OVER_PLAN),
    (604, "code unauthorized", Verdict.NOT_IN_PLAN),
    (605, "too many requests", Verdict.RATE),
    (606, "too many requests and connection will be closed", Verdict.RATE_CLOSED),
    (500, "internal error", Verdict.SERVER),
    (503, "unavailable", Verdict.SERVER),
    (0, "", Verdict.SERVER),
    (-1, "error", Verdict.SERVER),
    (777, "a later number", Verdict.SERVER),
]
TOKEN = "s3cret-c-app"


def refused_call(status: int, body: bytes) -> VendorError:
    with pytest.raises(VendorError) as caught:
        ALLTICK.candles("GOLD", Interval.M1, 5).parse(status, body)
    return caught.value


def check_sentence(error: VendorError) -> None:
    """What happened, what the desk does, what the person can do: three clauses, no secret."""
    text = str(error)
    assert error.vendor == "alltick"
    assert TOKEN not in text
    assert "{" not in text
    assert text.endswith(".")
    assert "desk" in text
    assert text.count(". ") + text.count("; ") >= 1


@pytest.mark.parametrize(("ret", "msg", "verdict"), RETS)
@pytest.mark.parametrize("status", [200, 400, 401, 500])
def test_every_ret_over_http_whatever_the_status(
    ret: int, msg: str, verdict: Verdict, status: int
) -> None:
    body = json.dumps({"ret": ret, "msg": f"{msg} token={TOKEN}", "trace": "t"}).encode()
    error = refused_call(status, body)
    assert (error.verdict, error.code, error.call) == (verdict, ret, "kline")
    check_sentence(error)


@pytest.mark.parametrize(("ret", "msg", "verdict"), RETS)
def test_every_ret_on_the_socket(ret: int, msg: str, verdict: Verdict) -> None:
    event = ALLTICK.decode(
        json.dumps({"ret": ret, "msg": f"{msg} token={TOKEN}", "cmd_id": 22005, "seq_id": 1})
    )
    assert isinstance(event, Refused)
    assert (event.error.verdict, event.error.code, event.error.call) == (verdict, ret, "trades")
    check_sentence(event.error)


@pytest.mark.parametrize("status", [200, 429, 500])
def test_a_ret_of_200_is_an_answer_whatever_the_status(status: int) -> None:
    body = b'{"ret":200,"data":{"kline_list":[]}}'
    assert ALLTICK.candles("GOLD", Interval.M1, 5).parse(status, body) == []


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (400, Verdict.BUG),
        (401, Verdict.TOKEN),
        (403, Verdict.SERVER),
        (404, Verdict.SERVER),
        (429, Verdict.RATE),
        (500, Verdict.SERVER),
        (502, Verdict.SERVER),
        (302, Verdict.SERVER),
    ],
)
@pytest.mark.parametrize(
    "body", [b"", b"<html>s3cret-c-app</html>", b"[]", b'{"msg":"s3cret-c-app"}', b'{"ret":"no"}']
)
def test_the_status_counts_where_there_is_no_ret(
    status: int, verdict: Verdict, body: bytes
) -> None:
    error = refused_call(status, body)
    assert (error.verdict, error.code) == (verdict, status)
    check_sentence(error)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"ret":null}', b'{"ret":"x"}'])
def test_a_good_status_without_a_ret_means_nothing(body: bytes) -> None:
    with pytest.raises(ProtocolError):
        ALLTICK.candles("GOLD", Interval.M1, 5).parse(200, body)


@pytest.mark.parametrize(
    ("status", "body", "verdict", "code"),
    [
        (401, b'{"ret":401,"msg":"token is required"}', Verdict.TOKEN, 401),
        (401, b'{"ret":401,"msg":"token invalid"}', Verdict.TOKEN, 401),
        (401, b"", Verdict.TOKEN, 401),
        (200, b'{"ret":401}', Verdict.TOKEN, 401),
        (429, b"", Verdict.OVER_PLAN, 429),
        (429, b"Too Many Requests", Verdict.OVER_PLAN, 429),
        (403, b'{"ret":429}', Verdict.OVER_PLAN, 429),
        (400, b'{"ret":606}', Verdict.RATE_CLOSED, 606),
        (400, b'{"ret":603}', Verdict.OVER_PLAN, 603),
        (500, b'{"ret":200}', Verdict.SERVER, 500),
        (502, b"<html>s3cret-c-app</html>", Verdict.SERVER, 502),
        (200, b"", Verdict.SERVER, 200),
        (407, b"", Verdict.NETWORK, 407),
        (0, b"", Verdict.NETWORK, None),
    ],
)
def test_refused_handshakes(status: int, body: bytes, verdict: Verdict, code: int | None) -> None:
    error = ALLTICK.refused_handshake(status, body)
    assert (error.verdict, error.code, error.call) == (verdict, code, "connection")
    check_sentence(error)
