"""iTick's socket: what is sent, what the answers mean, and frames that mean nothing."""

import json

import pytest
from itick_samples import (
    CONNECTED,
    ITICK,
    PONG,
    SIGNED_IN,
    SUBSCRIBED,
    TOKEN,
    TOO_MANY,
    TURNED_AWAY,
    UNREAD,
    UNSUBSCRIBED,
    decoder,
)

from alltick_desk.errors import ProtocolError, Verdict
from alltick_desk.model.interval import Interval
from alltick_desk.vendors.base import Ack, Alive, Channel, Ready, Refused, Unknown, Wish
from alltick_desk.vendors.itick.symbols import CLUSTERS

# What is sent


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_the_addresses_of_all_clusters(cluster: str) -> None:
    address = ITICK.socket_address("https://api.itick.org/", cluster, TOKEN)
    assert address.url == f"wss://api.itick.org/{cluster}"
    assert address.headers == {"token": TOKEN}
    assert TOKEN not in repr(address)
    local = ITICK.socket_address("http://127.0.0.1:18080", cluster, TOKEN)
    assert local.url == f"ws://127.0.0.1:18080/{cluster}"


def test_an_address_needs_an_http_base() -> None:
    with pytest.raises(ValueError, match="http"):
        ITICK.socket_address("ftp://api.itick.org", "stock", TOKEN)


def test_a_token_that_no_header_takes_is_sent_so_that_it_is_refused() -> None:
    headers = ITICK.socket_address("https://api.itick.org", "stock", "tökén").headers
    assert headers == {"token": "t?k?n"}


@pytest.mark.parametrize(
    ("channel", "wishes", "params", "types"),
    [
        (Channel.TRADES, [Wish("AAPL.US"), Wish("700.HK")], "AAPL$US,700$HK", "tick,quote"),
        (Channel.TRADES, [Wish("BTCUSDT")], "BTCUSDT$BA", "tick,quote"),
        (Channel.TRADES, [Wish("EURUSD"), Wish("GOLD")], "EURUSD$GB,GOLD$GB", "tick,quote"),
        (Channel.TRADES, [Wish("000001.SH"), Wish(".DJI.US")], "000001$CN,DJI$US", "tick,quote"),
        (Channel.DEPTH, [Wish("700.HK")], "700$HK", "depth"),
        (Channel.CANDLES, [Wish("700.HK", Interval.M1)], "700$HK", "kline@1"),
        (Channel.CANDLES, [Wish("future/GC$US", Interval.MO1)], "GC$US", "kline@10"),
    ],
)
def test_subscriptions_and_their_ends_have_the_documented_shape(
    channel: Channel, wishes: list[Wish], params: str, types: str
) -> None:
    document = {"params": params, "types": types}
    assert json.loads(ITICK.subscribe(channel, wishes, 7)) == {"ac": "subscribe"} | document
    assert json.loads(ITICK.cancel(channel, wishes, 7)) == {"ac": "unsubscribe"} | document


@pytest.mark.parametrize(
    "wishes",
    [
        [Wish("700.HK", Interval.M1), Wish("9.HK", Interval.M5)],
        [Wish("700.HK")],
    ],
)
def test_bars_of_several_intervals_or_of_none_are_a_fault_of_the_caller(
    wishes: list[Wish],
) -> None:
    with pytest.raises(
        ValueError, match="codes of one kind" if wishes[1:] else "by their interval"
    ):
        ITICK.subscribe(Channel.CANDLES, wishes, 1)


def test_a_request_for_nothing_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="at least one"):
        ITICK.subscribe(Channel.TRADES, [], 1)


def test_the_heartbeat_tells_the_time() -> None:
    ping = json.loads(ITICK.heartbeat(3, 1731689407000))
    assert ping == {"ac": "ping", "params": "1731689407000"}


# Answers


@pytest.mark.parametrize(
    ("frame", "event"),
    [
        (CONNECTED, Unknown("a greeting")),
        (SIGNED_IN, Ready()),
        (SUBSCRIBED, Ack(None, None)),
        (UNSUBSCRIBED, Ack(None, None)),
        (PONG, Alive()),
        ('{"code":"1","resAc":"subscribe","msg":null}', Ack(None, None)),
        ('{"resAc":"subscribe"}', Ack(None, None)),
        ('{"code":1,"resAc":"pong"}', Alive()),
        ('{"code":1,"resAc":"greet"}', Unknown("an answer to nothing that was asked")),
    ],
)
def test_every_answer(frame: str, event: object) -> None:
    assert decoder()(frame) == event
    assert decoder()(frame.encode()) == event


@pytest.mark.parametrize(
    ("frame", "verdict", "call"),
    [
        (TURNED_AWAY, Verdict.TOKEN, "auth"),
        ('{"code":0,"resAc":"auth","msg":"no"}', Verdict.TOKEN, "auth"),
        (TOO_MANY, Verdict.OVER_PLAN, "subscribe"),
        (UNREAD, Verdict.BUG, "subscribe"),
        ('{"code":0,"msg":"cannot be resolved action"}', Verdict.BUG, "socket"),
        (
            '{"code":0,"resAc":"subscribe","msg":"sorry, E001 here"}',
            Verdict.UNKNOWN_CODE,
            "subscribe",
        ),
        ('{"code":"E003","resAc":"subscribe"}', Verdict.OVER_PLAN, "subscribe"),
        ('{"code":1,"resAc":"subscribe","msg":"E003: over"}', Verdict.OVER_PLAN, "subscribe"),
        ('{"code":"E002","msg":"x"}', Verdict.TOKEN, "socket"),
        ('{"code":0,"resAc":"unsubscribe","msg":"hm"}', Verdict.SERVER, "unsubscribe"),
        ('{"code":0,"msg":"maintenance"}', Verdict.SERVER, "socket"),
        ('{"code":0,"resAc":"else","msg":"hm"}', Verdict.SERVER, "socket"),
    ],
)
def test_every_refusal(frame: str, verdict: Verdict, call: str) -> None:
    event = decoder()(frame)
    assert isinstance(event, Refused)
    assert (event.seq, event.channel) == (None, None)
    assert (event.error.vendor, event.error.verdict, event.error.call) == ("itick", verdict, call)


def test_nothing_of_a_frame_goes_on() -> None:
    for action in ("auth", "subscribe", "unsubscribe", TOKEN):
        for code in (0, 1, 7):
            frame = {"code": code, "resAc": action, "msg": TOKEN, "data": {"params": TOKEN}}
            event = decoder()(json.dumps(frame))
            told = repr(event) + (str(event.error) if isinstance(event, Refused) else "")
            assert TOKEN not in told
    kinds = {"code": 1, "data": {"s": TOKEN, "type": TOKEN, "params": TOKEN}}
    assert TOKEN not in repr(decoder()(json.dumps(kinds)))


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        "",
        "null",
        "5",
        "[]",
        "{}",
        '{"msg":"hello"}',
        '{"code":1}',
        '{"code":0,"msg":null,"data":null}',
        '{"code":[],"resAc":"auth"}',
        '{"code":1,"resAc":{}}',
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        '{"code":1,"data":{"type":"tick"',
        '{"code":1,"data":[]}',
        '{"code":1,"data":{"type":"tick"}}',
        '{"code":1,"data":{"type":5}}'.replace("5", "[]"),
        '{"code":1,"data":%s' % ("[" * 100_000),
        "[" * 100_000,
        '{"x":' * 100_000,
        '{"code":1,"data":{"type":"tick","s":"\ud800"}}',
        b'{"code":1,"data":{"type":"tick","s":"\xff","t":1,"ld":1}}',
    ],
)
def test_a_frame_that_means_nothing_is_refused(frame: bytes | str) -> None:
    with pytest.raises(ProtocolError) as caught:
        decoder()(frame)
    assert "hello" not in str(caught.value)
