"""Whatever a client sends to iTick's addresses, the exchange answers: nothing brings it down."""

import asyncio
import json

from fakes import FakeClock
from hypothesis import given, settings
from hypothesis import strategies as st
from sim_junk import NUMBERS, UPGRADE, junk, masked

from alltick_desk.model.instrument import Instrument, Market
from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.http import Request
from alltick_desk.sim.itick.dialect import ITick
from alltick_desk.sim.script import ITickRules, Rules, Script
from alltick_desk.sim.server import serve

INSTRUMENTS = (
    Instrument("700.HK", "Tencent", "", Market.HK_STOCK),
    Instrument("SHIBUSDT", "Shiba Inu", "", Market.CRYPTO),
    Instrument("HSI.HK", "Hang Seng", "", Market.INDEX),
)
JUNK = junk("700$HK")
DOCUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "ac": st.sampled_from(["subscribe", "unsubscribe", "ping", "auth"]) | JUNK,
        "params": st.sampled_from(["700$HK", "SHIBUSDT$BA,700$HK", "$", ",", "700$HK$HK"]) | JUNK,
        "types": st.sampled_from(["tick,quote", "depth", "kline@1,kline@10", "kline@"]) | JUNK,
    },
)
MESSAGES = DOCUMENTS.map(json.dumps).map(str.encode) | st.binary() | st.just(b"[" * 100_000)
CLUSTERS = st.sampled_from(["stock", "forex", "indices", "crypto", "future", "fund", "symbol", ""])
CALLS = st.sampled_from(
    [
        *("kline", "klines", "quote", "quotes", "tick", "ticks", "depth", "depths"),
        *("info", "base", "list", "holidays", "v2/holidays", "", "/"),
    ]
)
TEXTS = st.text(max_size=30) | NUMBERS.map(str)
PARAMETERS = st.fixed_dictionaries(
    {},
    optional={
        "region": st.sampled_from(["HK", "ba", ""]) | TEXTS,
        "code": st.sampled_from(["700", "SHIBUSDT", "HSI", "700.HK"]) | TEXTS,
        "codes": st.sampled_from(["700,700", "SHIBUSDT,", "HSI"]) | TEXTS,
        **dict.fromkeys(
            ("kType", "period", "limit", "et", "end"),
            st.integers(-1, 501).map(str) | TEXTS,
        ),
        "type": TEXTS,
    },
)
RULES = st.builds(
    ITickRules,
    **{
        "symbols": st.sampled_from(["split", "dotted"]),
        "crypto": st.sampled_from(["plain", "paired", "prefixed"]),
        "third": st.sampled_from(["15m", "10m"]),
        **dict.fromkeys(("exponents", "statuses", "newest_first", "change"), st.booleans()),
    },
)


def quoted(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode("utf-8", "surrogatepass"))


@settings(deadline=None, max_examples=300)
@given(cluster=CLUSTERS, call=CALLS, parameters=PARAMETERS, rules=RULES, junk=st.binary())
def test_any_call_is_answered(
    cluster: str, call: str, parameters: dict[str, str], rules: ITickRules, junk: bytes
) -> None:
    script = Script(rules=Rules(itick=rules))
    exchange = Exchange(clock=FakeClock(), instruments=INSTRUMENTS, script=script)
    query = "&".join(f"{name}={quoted(value)}" for name, value in parameters.items())
    request = Request(
        method="GET",
        path=f"/{cluster}/{call}",
        query=query + "".join(f"%{byte:02x}" for byte in junk),
        headers={"token": "t"},
        body=junk,
        raw=b"",
        arrived_s=exchange.clock.monotonic(),
    )
    answer = ITick(exchange).answer(request)
    document = json.loads(answer.body)
    assert set(document) == {"code", "msg", "data"}
    assert (document["code"] == 0) is (document["data"] is not None)


@settings(deadline=None, max_examples=25)
@given(
    token=st.sampled_from([b"token: t\r\n", b""]),
    messages=st.lists(MESSAGES, max_size=5),
    after=st.binary(max_size=200),
)
def test_any_message_is_survived(token: bytes, messages: list[bytes], after: bytes) -> None:
    async def scenario() -> bytes:
        clock = FakeClock()
        exchange = Exchange(clock=clock, instruments=INSTRUMENTS)
        async with serve(exchange) as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(b"GET /stock " + UPGRADE + token + b"\r\n")
            assert (await reader.readline()).startswith(b"HTTP/1.1 101")
            for message in messages:
                writer.write(masked(message))
                await clock.advance(1.5)
            writer.write(after)
            await clock.advance(1)
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(b"GET /stock/quote?region=HK&code=700 HTTP/1.1\r\nHost: x\r\n")
            writer.write(b"token: t\r\nConnection: close\r\n\r\n")
            answer = await reader.read()
            writer.close()
            return answer

    assert b'"code":0' in asyncio.run(scenario())
