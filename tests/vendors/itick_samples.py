"""iTick's codec with the real catalogue, and the documented frames and answers."""

import json
from collections.abc import Callable
from typing import Any

from alltick_desk.model.instrument import Catalogue
from alltick_desk.resources import resource
from alltick_desk.vendors.base import Event
from alltick_desk.vendors.itick import ITick

CATALOGUE = Catalogue.read(resource("catalogue.csv"))
ITICK = ITick(lambda code: CATALOGUE.get(code).market)

TOKEN = "s3cret-t0ken"

TICK = '{"code":1,"data":{"s":"AAPL.US","ld":225.215,"v":16742235,"t":1731689407000,"type":"tick"}}'
TICK_NEWER = (
    '{"code":1,"data":{"s":"AAPL","r":"US","ld":225.215,"v":16742235,"t":1731689407000,'
    '"type":"tick"}}'
)
QUOTE = (
    '{"code":1,"data":{"s":"AAPL.US","ld":225.215,"o":226.27,"h":226.92,"l":224.44,'
    '"t":1731689407000,"v":16742235,"tu":3774688301.452,"ts":0,"type":"quote"}}'
)
QUOTE_NEWER = (
    '{"code":1,"data":{"s":"AAPL","r":"US","ld":225.215,"o":226.27,"h":226.92,"l":224.44,'
    '"t":1731689407000,"v":16742235,"tu":3774688301.452,"ts":1,"ch":-1.2,"chp":-0.53,'
    '"type":"quote"}}'
)
DEPTH = (
    '{"code":1,"data":{"s":"AAPL.US","a":[{"po":1,"p":225.24,"v":1400,"o":7},'
    '{"po":2,"p":225.26,"v":200,"o":1.5}],"b":[{"po":1,"p":225.22,"v":300,"o":2},'
    '{"po":2,"p":225.2,"v":100,"o":1}],"type":"depth"}}'
)
KLINE = (
    '{"code":0,"msg":null,"data":{"s":"AAPL.US","t":1,"k":{"t":1731689400000,"o":225.1,'
    '"h":225.3,"l":225.05,"c":225.215,"v":18000,"tu":4053870.5}}}'
)
KLINE_NEWER = (
    '{"code":1,"data":{"s":"AAPL","r":"US","t":1731689400000,"o":225.1,"h":225.3,"l":225.05,'
    '"c":225.215,"v":18000,"tu":4053870.5,"type":"kline@1"}}'
)
CONNECTED = '{"code":1,"msg":"Connected Successfully"}'
SIGNED_IN = f'{{"code":1,"resAc":"auth","msg":"authenticated","data":{{"params":"{TOKEN}"}}}}'
TURNED_AWAY = '{"code":0,"resAc":"auth","msg":"auth failed"}'
SUBSCRIBED = '{"code":1,"resAc":"subscribe","msg":"subscribe Successfully"}'
UNSUBSCRIBED = '{"code":1,"resAc":"unsubscribe","msg":"unsubscribe Successfully"}'
TOO_MANY = '{"code":0,"resAc":"subscribe","msg":"exceeding the maximum subscription limit"}'
UNREAD = '{"code":0,"resAc":"subscribe","msg":"cannot be resolved action"}'
PONG = '{"resAc":"pong","data":{"params":"1731689407000"}}'

PUSHES = [TICK, TICK_NEWER, QUOTE, QUOTE_NEWER, DEPTH, KLINE, KLINE_NEWER]
ANSWERS = [CONNECTED, SIGNED_IN, TURNED_AWAY, SUBSCRIBED, UNSUBSCRIBED, TOO_MANY, UNREAD, PONG]

BAR = {
    "t": 1731689400000,
    "o": 225.1,
    "h": 225.3,
    "l": 225.05,
    "c": 225.215,
    "v": 18000,
    "tu": 4053870.5,
}


def ok(data: Any, **more: Any) -> bytes:
    """Return an answer as documented."""
    return json.dumps({"code": 0, "msg": None, "data": data} | more).encode()


def decoder(cluster: str = "stock") -> Callable[[bytes | str], Event]:
    """Return what reads a socket's frames."""
    return ITICK.decoder(cluster)


def changed(sample: str, **changes: Any) -> str:
    """Return a push with values of its data replaced; ``...`` takes a field away."""
    frame = json.loads(sample)
    frame["data"].update(changes)
    frame["data"] = {key: value for key, value in frame["data"].items() if value is not ...}
    return json.dumps(frame)


def bare(sample: str, field: str, literal: str) -> str:
    """Return a push with one value as a JSON literal, digit for digit."""
    return changed(sample, **{field: "@@"}).replace('"@@"', literal)
