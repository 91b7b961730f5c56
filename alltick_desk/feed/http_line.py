"""A vendor's HTTP connections: one request out, one answer back.

``close`` ends what is under way before it lets go of the connections: httpx would go on with a
call on a client that is closed, and its connection would then belong to nobody.

Brings httpx, httpcore, anyio and, for https, a TLS context along. ``Rest`` loads it off the loop,
so that neither the window nor the first socket waits for them.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any, Protocol

import httpx

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.tls import tls_context
from alltick_desk.model.endpoint import is_loopback
from alltick_desk.model.words import Sentence, joined
from alltick_desk.vendors.base import Codec, HttpRequest

TIMEOUT = httpx.Timeout(15.0, connect=10.0)
MOST_BYTES = 16 * 1024 * 1024  # the largest honest answer, 500 bars or 3,000 books, is far below
_BAD_PROXY = (ImportError, ValueError)  # a SOCKS proxy, or a mistyped address
_ENDED = Sentence("Feed", "The desk has ended its connection to {vendor}.")
_BY_ITSELF = Sentence("Feed", "The desk tries again by itself.")


class Stamp(Protocol):
    """The permit of one call: used up once it is sent, given back where it never was."""

    def sent(self) -> None: ...

    def cancel(self) -> None: ...


class HttpLine:
    """Sends a vendor's requests; made in any thread, used on the loop."""

    def __init__(self, codec: Codec, base: str) -> None:
        self._codec = codec
        self._base = base
        self._client: httpx.AsyncClient | None = None
        self._calls: set[asyncio.Timeout] = set()
        self._no_calls = asyncio.Event()
        self._closed = False
        with suppress(ImportError):  # httpcore would load it with the first request, on the loop
            import_module("anyio._backends._asyncio")
        with suppress(*_BAD_PROXY):  # each call will say so
            self._client = self._new_client()

    async def close(self) -> None:
        """End what is under way, whose askers are told so, and let go of the connections."""
        self._closed = True
        for under_way in self._calls:
            under_way.reschedule(0.0)
        if self._calls:
            await self._no_calls.wait()
        if self._client is not None:
            await self._client.aclose()

    async def send(
        self, request: HttpRequest, call: str, stamp: Stamp, begun: Callable[[], None]
    ) -> tuple[int, bytes]:
        """Return the answer's status and body; VendorError where none came.

        ``begun`` is told when the first byte goes out.
        """
        if self._closed:
            stamp.cancel()
            raise self._error(_ENDED, call)
        under_way = asyncio.timeout(None)
        self._calls.add(under_way)
        self._no_calls.clear()
        try:
            async with under_way:
                return await self._exchange(request, call, stamp, begun)
        except TimeoutError:
            raise self._error(_ENDED, call) from None
        finally:
            self._calls.discard(under_way)
            if not self._calls:
                self._no_calls.set()

    async def _exchange(  # noqa: C901 - all the ways in which a call can end, in one place
        self, request: HttpRequest, call: str, stamp: Stamp, begun: Callable[[], None]
    ) -> tuple[int, bytes]:
        on_wire = stamped = False

        async def trace(name: str, info: Mapping[str, Any]) -> None:
            nonlocal on_wire, stamped
            if name == "http11.send_request_headers.started":
                if info["request"].method != b"CONNECT":  # that one is for the proxy on the way
                    on_wire = True
                    begun()
            elif name == "http11.send_request_body.complete" and on_wire:
                stamped = True
                stamp.sent()

        body = bytearray()
        problem: Sentence | None = None
        kind = ""  # of an error
        try:
            if self._client is None:
                self._client = self._new_client()
            async with self._client.stream(
                request.method,
                request.url,
                headers=dict(request.headers),
                content=request.body,
                extensions={"trace": trace},
            ) as response:
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > MOST_BYTES:
                        problem = Sentence("Feed", "{vendor} sent an answer without end.")
                        break
        except httpx.TimeoutException:
            problem = Sentence("Feed", "{vendor} did not answer in time.")
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            problem = Sentence("Feed", "{vendor} could not be reached ({kind}).")
            kind = type(error).__name__
        except _BAD_PROXY:
            problem = Sentence("Feed", "The proxy that this machine names cannot be used.")
        finally:
            if not on_wire:
                stamp.cancel()
            elif not stamped:
                stamp.sent()
        if problem is not None:
            # Not chained: httpx's errors carry the request, and its URL carries the token.
            raise self._error(problem, call, kind)
        return response.status_code, bytes(body)

    def _error(self, problem: Sentence, call: str, kind: str = "") -> VendorError:
        what = problem.format(vendor=self._codec.title, kind=kind)
        return VendorError(
            what if problem is _ENDED else joined(what, _BY_ITSELF),
            vendor=self._codec.vendor,
            verdict=Verdict.NETWORK,
            call=call,
        )

    def _new_client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            timeout=TIMEOUT,
            follow_redirects=False,  # a redirect would carry the token elsewhere
            trust_env=not is_loopback(self._base),
            verify=tls_context() if self._base.startswith("https") else False,
            limits=httpx.Limits(max_connections=20, keepalive_expiry=30.0),
        )
