"""A vendor that speaks as AllTick does, and differs from it in what a test asks for."""

from collections.abc import Callable
from typing import Any

import msgspec

from alltick_desk.vendors.alltick import AllTick
from alltick_desk.vendors.base import Codec, Event, Ready

READY = '"ready"'


class Toy(AllTick):
    """AllTick with other capabilities, which says that it is ready."""

    def __init__(self, **capabilities: Any) -> None:
        self.capabilities = msgspec.structs.replace(AllTick.capabilities, **capabilities)

    @staticmethod
    def decoder(family: str) -> Callable[[bytes | str], Event]:
        decode = AllTick.decoder(family)

        def read(frame: bytes | str) -> Event:
            return Ready() if bytes(frame) == READY.encode() else decode(frame)  # type: ignore[arg-type]

        return read


def toy(**capabilities: Any) -> Codec:
    return Toy(**capabilities)
