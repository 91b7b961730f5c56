"""A desk that is killed while it saves: what ``save`` has returned from is there afterwards."""

import asyncio
import subprocess
import sys
from pathlib import Path

from candle_model import NAME
from fakes import FakeClock

import alltick_desk
from alltick_desk.store.candles import CandleStore

BATCH = 700  # every save replaces a chunk and begins another one

# Saves one batch after the other for ever, and says after each how many there are.
WHERE = [str(Path(__file__).parent), str(Path(alltick_desk.__file__).parents[1])]
DESK = f"""
import asyncio, sys
sys.path[:0] = {WHERE!r}
from pathlib import Path
from candle_model import NAME, candle
from alltick_desk.clock import SystemClock
from alltick_desk.store.candles import CandleStore
from alltick_desk.store.candle_values import Span

async def save(done):
    store = CandleStore(Path(sys.argv[1]), clock=SystemClock())
    while True:
        first = done * {BATCH}
        batch = [candle(first + at, 100 + done, at) for at in range({BATCH})]
        await store.save(*NAME, batch, span=Span(0, first + {BATCH}))
        done += 1
        print(done, flush=True)

asyncio.run(save(int(sys.argv[2])))
"""


async def stored_batches(path: Path, *, read_only: bool) -> int:
    """Return how many whole batches are stored; there must be nothing else, and facts to match."""
    store = CandleStore(path, clock=FakeClock(), read_only=read_only)
    try:
        stored = await store.load(*NAME)
        batches, rest = divmod(len(stored), BATCH)
        assert rest == 0
        assert stored.time.tolist() == list(range(len(stored)))
        assert stored.open.tolist() == [(100 + at // BATCH) / 100 for at in range(len(stored))]
        if not read_only:  # else the desk may have saved another one between two calls
            facts = await store.facts(*NAME)
            assert [tuple(span) for span in facts.spans] == [(0, len(stored))]
            assert store.note == ""
        return batches
    finally:
        await store.close()


def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    done = 0
    for saves in (1, 6, 15):
        command = [sys.executable, "-c", DESK, str(path), str(done)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as desk:
            assert desk.stdout is not None
            for _ in range(saves):
                done = int(desk.stdout.readline())
            beside = asyncio.run(stored_batches(path, read_only=True))  # while the desk saves on
            assert beside >= done
            desk.kill()
            said = desk.stdout.read().split()  # what it had done by then
            done = int(said[-1]) if said else done
        found = asyncio.run(stored_batches(path, read_only=False))
        assert done <= found <= done + 1  # a kill may come between the commit and the word of it
        done = found
