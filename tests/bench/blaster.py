"""A vendor that sends as fast as the socket takes it: ``blaster.py MESSAGES``.

Prints its address. Every connection is shaken hands with and gets the same frames: mixed trades
(three of four) and ten-level books of 500 codes, numbers and times rising, as AllTick spells them.
"""

import base64
import hashlib
import json
import socket
import sys

CODES = 500
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_BEGIN_MS = 1_700_000_000_000


def main() -> None:
    stream = b"".join(framed(message) for message in messages(int(sys.argv[1])))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(f"ws://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    shake_hands(connection)
                    connection.sendall(stream)
                    while connection.recv(65_536):
                        pass
                except OSError:
                    pass  # the client has what it wanted


def messages(count: int) -> list[bytes]:
    """Return the messages, every fourth a book."""
    return [
        json.dumps(
            book(number) if number % 4 == 3 else trade(number), separators=(",", ":")
        ).encode()
        for number in range(count)
    ]


def trade(number: int) -> dict[str, object]:
    price = 100 + number % 97 / 100
    return {
        "cmd_id": 22998,
        "data": {
            "code": f"{number // 4 % CODES + 1}.HK",
            "seq": str(number + 1),
            "tick_time": str(_BEGIN_MS + number),
            "price": f"{price:.3f}",
            "volume": str(100 + number % 900),
            "turnover": f"{price * 100:.3f}",
            "trade_direction": 1 + number % 2,
        },
    }


def book(number: int) -> dict[str, object]:
    middle = 100 + number % 97 / 100
    return {
        "cmd_id": 22999,
        "data": {
            "code": f"{number // 4 % CODES + 1}.HK",
            "seq": str(number + 1),
            "tick_time": str(_BEGIN_MS + number),
            "bids": [level(middle - 0.02 * step, step) for step in range(1, 11)],
            "asks": [level(middle + 0.02 * step, step) for step in range(1, 11)],
        },
    }


def level(price: float, step: int) -> dict[str, str]:
    return {"price": f"{price:.3f}", "volume": str(step * 1700)}


def framed(message: bytes) -> bytes:
    """Return a text frame, as a server sends it."""
    if len(message) < 126:
        return bytes((0x81, len(message))) + message
    return b"\x81\x7e" + len(message).to_bytes(2, "big") + message


def shake_hands(connection: socket.socket) -> None:
    request = b""
    while b"\r\n\r\n" not in request:
        if not (data := connection.recv(4096)):
            raise ConnectionResetError
        request += data
    headers = dict(
        line.split(b": ", 1) for line in request.split(b"\r\n\r\n")[0].split(b"\r\n")[1:]
    )
    key = {name.lower(): value for name, value in headers.items()}[b"sec-websocket-key"]
    accept = base64.b64encode(hashlib.sha1(key + _GUID, usedforsecurity=False).digest())
    connection.sendall(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )


if __name__ == "__main__":
    main()
