"""AllTick's socket: what is sent, what the answers mean, and frames that mean nothing."""

import json
from typing import Any

import pytest

from alltick_desk.errors import ProtocolError, Verdict
from alltick_desk.vendors.alltick import ALLTICK
from alltick_desk.vendors.base import Ack, Alive, Channel, Refused, Unknown, Wish

ACK_SAMPLE = (
    '{"ret":200,"msg":"ok","cmd_id":22005,"seq_id":123,'
    '"trace":"3baaa938-f92c-4a74-a228-fd49d5e2f8bc-1678419657806","data":{}}'
)
CLOSED_SAMPLE = (
    '{"ret":606,"msg":"too many requests and connection will be closed","cmd_id":22005,'
    '"seq_id":124,"trace":"x","data":{}}'
)


# What is sent


def test_the_addresses_of_both_families() -> None:
    stock = ALLTICK.socket_address("https://quote.alltick.co", "stock", "a+b/c-app")
    assert stock.url == "wss://quote.alltick.co/quote-stock-b-ws-api?token=a%2Bb%2Fc-app"
    other = ALLTICK.socket_address("http://127.0.0.1:18080/", "other", "t")
    assert other.url == "ws://127.0.0.1:18080/quote-b-ws-api?token=t"
    assert "c-app" not in repr(stock)
    assert not stock.headers


def test_an_address_needs_an_http_base() -> None:
    with pytest.raises(ValueError, match="http"):
        ALLTICK.socket_address("ftp://quote.alltick.co", "stock", "t")


@pytest.mark.parametrize(
    ("text", "command", "data"),
    [
        (ALLTICK.heartbeat(7, 0), 22000, {}),
        (
            ALLTICK.subscribe(Channel.TRADES, [Wish("BTCUSDT"), Wish("ETHUSDT")], 7),
            22004,
            {"symbol_list": [{"code": "BTCUSDT"}, {"code": "ETHUSDT"}]},
        ),
        (
            ALLTICK.subscribe(Channel.DEPTH, [Wish("700.HK", 10), Wish("9.HK", 1)], 7),
            22002,
            {
                "symbol_list": [
                    {"code": "700.HK", "depth_level": 10},
                    {"code": "9.HK", "depth_level": 1},
                ]
            },
        ),
        (ALLTICK.cancel(Channel.DEPTH, [Wish("700.HK")], 7), 22006, {"cancel_type": 1}),
        (ALLTICK.cancel(Channel.TRADES, [], 7), 22006, {"cancel_type": 2}),
    ],
)
def test_every_command_has_the_documented_shape(text: str, command: int, data: object) -> None:
    document = json.loads(text)
    trace = document.pop("trace")
    assert document == {"cmd_id": command, "seq_id": 7, "data": data}
    assert isinstance(trace, str)
    assert 0 < len(trace) <= 64


def test_commands_are_told_apart_by_trace_and_repeat_exactly() -> None:
    assert ALLTICK.heartbeat(7, 0) == ALLTICK.heartbeat(7, 0)
    traces = {json.loads(ALLTICK.heartbeat(seq, 0))["trace"] for seq in (0, 1, 2**32 - 1)}
    assert len(traces) == 3


@pytest.mark.parametrize("seq", [-1, 2**32])
def test_a_number_beyond_32_bits_is_a_fault_of_the_caller(seq: int) -> None:
    with pytest.raises(ValueError, match="32 bits"):
        ALLTICK.heartbeat(seq, 0)


# Answers


def answer(command: Any, ret: Any = 200, **more: Any) -> str:
    return json.dumps({"ret": ret, "msg": "ok", "cmd_id": command, "seq_id": 9, "data": {}} | more)


def test_the_sample_answers() -> None:
    assert ALLTICK.decode(ACK_SAMPLE) == Ack(123, Channel.TRADES)
    refused = ALLTICK.decode(CLOSED_SAMPLE)
    assert isinstance(refused, Refused)
    assert (refused.seq, refused.channel) == (124, Channel.TRADES)
    assert refused.error.verdict is Verdict.RATE_CLOSED
    assert refused.error.code == 606


@pytest.mark.parametrize(
    ("command", "event"),
    [
        (22001, Alive()),
        (22003, Ack(9, Channel.DEPTH)),
        (22005, Ack(9, Channel.TRADES)),
        (22007, Ack(9, None)),
        ("22005", Ack(9, Channel.TRADES)),
        (22004, Ack(9, Channel.TRADES)),
        (22999000, Unknown("an answer to command 22999000")),
    ],
)
def test_every_answer(command: Any, event: object) -> None:
    assert ALLTICK.decode(answer(command)) == event
    assert ALLTICK.decode(answer(command, "200", data=None, trace=None)) == event


@pytest.mark.parametrize(("seq", "read"), [("9", 9), (None, None), (2**32 - 1, 2**32 - 1)])
def test_the_number_of_an_answer_varies(seq: Any, read: int | None) -> None:
    assert ALLTICK.decode(answer(22003, seq_id=seq)) == Ack(read, Channel.DEPTH)


@pytest.mark.parametrize(
    ("command", "channel", "call"),
    [
        (22001, None, "heartbeat"),
        (22003, Channel.DEPTH, "depth"),
        (22005, Channel.TRADES, "trades"),
        (22004, Channel.TRADES, "trades"),
        (22007, None, "cancel"),
        (None, None, "socket"),
    ],
)
def test_a_refusal_names_what_was_refused(command: Any, channel: object, call: str) -> None:
    event = ALLTICK.decode(answer(command, 604))
    assert isinstance(event, Refused)
    assert event.channel is channel
    assert (event.error.call, event.error.verdict) == (call, Verdict.NOT_IN_PLAN)


def test_a_refusal_may_be_nothing_but_a_ret() -> None:
    event = ALLTICK.decode('{"ret":401,"msg":"token invalid"}')
    assert isinstance(event, Refused)
    assert (event.seq, event.channel, event.error.verdict) == (None, None, Verdict.TOKEN)


def test_an_unknown_command_is_unknown_and_harmless() -> None:
    assert ALLTICK.decode('{"cmd_id":23001,"data":{"x":1}}') == Unknown("command 23001")


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        "",
        " ",
        "null",
        "true",
        "5",
        '"x"',
        "[]",
        "{}",
        '{"msg":"hello"}',
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        '{"cmd_id":22998',
        '{"cmd_id":22998,"data":null}',
        '{"cmd_id":22998,"data":[]}',
        '{"cmd_id":22999}',
        '{"cmd_id":"x","data":{}}',
        '{"cmd_id":-1,"data":{}}',
        '{"cmd_id":22005,"seq_id":1,"data":{}}',
        '{"ret":200,"cmd_id":22005,"seq_id":"x"}',
        '{"ret":true,"cmd_id":22005}',
        '{"ret":[],"cmd_id":22005}',
        '{"cmd_id":1e400}',
        '{"cmd_id":%s}' % ("9" * 5000),
        '{"cmd_id":22998,"data":%s' % ("[" * 100_000),
        "[" * 100_000,
        '{"x":' * 100_000,
        '{"cmd_id":22998,"x":"\ud800"}',
        b'{"cmd_id":22998,"data":{"code":"\xff"}}',
        '{"cmd_id":22998,"data":{"code":"\\ud800","tick_time":5,"price":"1"}}',
    ],
)
def test_a_frame_that_means_nothing_is_refused(frame: bytes | str) -> None:
    with pytest.raises(ProtocolError):
        ALLTICK.decode(frame)
