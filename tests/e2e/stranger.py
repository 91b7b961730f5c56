"""Another program with the desk's token, which takes the place of the desk's connections."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from desk_under_test import TOKEN
from venue import Venue
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PING_S = 20.0
COMES_BACK_S = 1.0


class Stranger:
    """Holds a connection to a cluster, and comes back soon where it loses it.

    Attributes:
        opened: how often it has connected.
    """

    def __init__(self, venue: Venue, cluster: str) -> None:
        self._venue = venue
        self._url = f"{venue.server.ws_url}/{cluster}"
        self.opened = 0

    async def run(self) -> None:
        """Keep the place, until cancelled."""
        while True:
            with contextlib.suppress(ConnectionClosed):
                await self._hold()
            await self._venue.clock.sleep(COMES_BACK_S)

    async def _hold(self) -> None:
        async with connect(
            self._url,
            proxy=None,
            ping_interval=None,
            close_timeout=0.05,
            additional_headers={"token": TOKEN},
            user_agent_header="another program",
        ) as wire:
            self.opened += 1
            reading = asyncio.get_running_loop().create_task(_read(wire))
            try:
                while not reading.done():
                    await wire.send('{"ac":"ping","params":"1"}')
                    await self._venue.clock.sleep(PING_S)
            finally:
                reading.cancel()
                await asyncio.wait([reading])


async def _read(wire: ClientConnection) -> None:
    with contextlib.suppress(ConnectionClosed):
        while True:
            await wire.recv()


@contextlib.asynccontextmanager
async def stranger_at(venue: Venue, cluster: str) -> AsyncIterator[Stranger]:
    """Have another program keep a cluster's place as long as the block runs."""
    stranger = Stranger(venue, cluster)
    task = asyncio.get_running_loop().create_task(stranger.run(), name="stranger")
    try:
        yield stranger
    finally:
        task.cancel()
        await asyncio.wait([task])
