"""The base address of a vendor's service: what is one, and what may be sent there."""

import ipaddress
from urllib.parse import urlsplit

from alltick_desk.errors import SettingsError
from alltick_desk.model.words import Sentence

SPACES = Sentence(
    "Endpoint", "The address has spaces in it; one looks like https://quote.alltick.co."
)
NO_ADDRESS = Sentence(
    "Endpoint", "The address begins with https:// and a host, like https://quote.alltick.co."
)
TOO_MUCH = Sentence(
    "Endpoint", "The address holds no user, no “?” and no “#”; the desk adds what is needed."
)
PLAIN = Sentence(
    "Endpoint",
    "Plain http goes to this machine only (127.0.0.1, ::1, localhost), since anybody on the way "
    "could read the token. Use https.",
)


def base_address(text: str) -> str:
    """Return the address without white space and closing slashes.

    https goes anywhere, plain http to this machine only, since the token travels in it. Raises
    SettingsError with one of the sentences above otherwise. None repeats the text: somebody may
    have pasted a token in it.
    """
    text = text.strip()
    if not text.isprintable() or " " in text:
        raise SettingsError(SPACES)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise SettingsError(NO_ADDRESS) from None
    if parts.scheme not in {"http", "https"} or not host or port == 0:
        raise SettingsError(NO_ADDRESS)
    if parts.username is not None or "?" in text or "#" in text:
        raise SettingsError(TOO_MUCH)
    if parts.scheme == "http" and not is_loopback(text):
        raise SettingsError(PLAIN)
    return text.rstrip("/")


def is_loopback(address: str) -> bool:
    """Whether the address names this machine, so that no proxy may be used for it."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
