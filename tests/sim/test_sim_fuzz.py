"""Whatever a client sends, the exchange answers: nothing brings it down."""

import asyncio
import json
import string

from fakes import FakeClock
from hypothesis import given, settings
from hypothesis import strategies as st
from sim_junk import UPGRADE, junk, masked

from alltick_desk.model.instrument import Instrument, Market
from alltick_desk.sim.alltick.dialect import AllTick
from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.http import Request
from alltick_desk.sim.server import serve

INSTRUMENTS = (
    Instrument("700.HK", "Tencent", "", Market.HK_STOCK),
    Instrument("GOLD", "Gold", "", Market.COMMODITY),
)
JUNK = junk("700.HK")
FIELDS = st.dictionaries(
    st.sampled_from(
        [
            *("code", "kline_type", "kline_timestamp_end", "query_kline_num", "adjust_type"),
            *("symbol_list", "data_list", "cancel_type"),
        ]
    ),
    JUNK | st.lists(st.fixed_dictionaries({"code": JUNK, "depth_level": JUNK}), max_size=3),
)
DOCUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "trace": JUNK,
        "data": FIELDS | JUNK,
        "cmd_id": st.sampled_from([22000, 22002, 22004, 22006, 22998]) | JUNK,
        "seq_id": JUNK,
    },
)
TEXTS = DOCUMENTS.map(json.dumps).map(str.encode) | st.binary() | st.just(b"[" * 100_000)
PATHS = st.sampled_from(
    [
        *("/quote-stock-b-api/kline", "/quote-b-api/kline", "/quote-stock-b-api/batch-kline"),
        *("/quote-b-api/depth-tick", "/quote-stock-b-api/trade-tick"),
        *("/quote-stock-b-api/static_info", "/api/suspension/sse", "/quote-b-api", "/"),
    ]
)


@settings(deadline=None, max_examples=300)
@given(path=PATHS, text=TEXTS, method=st.sampled_from(["GET", "POST"]))
def test_any_call_is_answered(path: str, text: bytes, method: str) -> None:
    exchange = Exchange(plan="professional", clock=FakeClock(), instruments=INSTRUMENTS)
    quoted = "".join(f"%{byte:02x}" for byte in text[:20_000])
    request = Request(
        method=method,
        path=path,
        query=f"token=t&page={quoted[:60]}&query={quoted}",
        headers={},
        body=text,
        raw=b"",
        arrived_s=exchange.clock.monotonic(),
    )
    answer = AllTick(exchange).answer(request)
    document = json.loads(answer.body)
    assert "ret" in document or "success" in document


@settings(deadline=None, max_examples=20)
@given(messages=st.lists(TEXTS, max_size=5), after=st.binary(max_size=200))
def test_any_command_is_survived(messages: list[bytes], after: bytes) -> None:
    async def scenario() -> None:
        clock = FakeClock()
        exchange = Exchange(clock=clock, instruments=INSTRUMENTS)
        async with serve(exchange) as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(b"GET /quote-stock-b-ws-api?token=t " + UPGRADE + b"\r\n")
            assert (await reader.readline()).startswith(b"HTTP/1.1 101")
            for message in messages:
                writer.write(masked(message))
                await clock.advance(1.5)
            writer.write(after)
            await clock.advance(1)
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(after + b"\r\n\r\n")
            writer.write_eof()
            await reader.read()
            writer.close()

    asyncio.run(scenario())


@settings(deadline=None)
@given(text=st.text(string.printable, max_size=60))
def test_any_request_line_is_survived(text: str) -> None:
    async def scenario() -> None:
        async with serve(Exchange(clock=FakeClock(), instruments=INSTRUMENTS)) as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(f"GET {text} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            writer.write_eof()
            answer = await reader.read()
            assert not answer or answer.startswith(b"HTTP/1.1 ")
            assert b"Traceback" not in answer
            writer.close()

    asyncio.run(scenario())
