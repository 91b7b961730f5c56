"""What each of iTick's refusals means, classified once.

The vendor tells by words: E001, E002 and E003 stand in ``msg`` among others, or in ``code``, and a
socket's refusals are sentences. None of it ever reaches a message of ours: the vendor's frames echo
the token.
"""

import re
from collections.abc import Mapping

from alltick_desk.errors import ProtocolError, VendorError, Verdict
from alltick_desk.model.words import Sentence, joined
from alltick_desk.vendors import values
from alltick_desk.vendors.itick import wire

VENDOR = "itick"
CONNECTION = "connection"  # the call that a refused handshake belongs to

_BUG = Sentence(
    "iTick", "This is a fault of the desk: the request is not repeated. Please report it."
)
_SLOWER = Sentence("iTick", "The desk waits and then asks more slowly; nothing needs to be done.")
_LATER = Sentence("iTick", "The desk tries again later; nothing needs to be done.")
_NOT_ACCEPTED = Sentence(
    "iTick",
    "iTick does not accept the token: it is missing, wrong or expired. "
    "The desk has stopped asking; enter a valid token in the settings.",
)
_UNKNOWN_CODE = Sentence(
    "iTick",
    "iTick does not know this code. The desk does not ask for it again today unless it is "
    "started anew; check its spelling, where capital letters count.",
)
_OVER_PLAN = Sentence(
    "iTick",
    "This is more than the plan allows. The desk asks for less; "
    "check that the plan in the settings is the token's.",
)
_CONNECTIONS = Sentence(
    "iTick",
    "iTick allows this token no further connection. The desk makes do with fewer; "
    "another program with the same token may hold one, or the plan in the settings is too large.",
)
_PROXY = Sentence(
    "iTick",
    "A proxy on the way to iTick refused the connection. The desk tries again later; "
    "check the proxy settings of this computer.",
)
_NETWORK = Sentence(
    "iTick",
    "iTick did not answer. The desk tries again later; check the network and the address.",
)
_UNREAD = joined(Sentence("iTick", "iTick could not read a request."), _BUG)
_TOO_MANY = joined(Sentence("iTick", "iTick counts too many requests."), _SLOWER)

# What the vendor calls its refusals, and the words that say the same.
UNKNOWN_PRODUCT, NOT_AUTHORIZED, OVER_LIMIT, UNREADABLE_ACTION = "E001", "E002", "E003", "action"
_NAMES = re.compile(r"\bE00[123]\b")
_WORDS: Mapping[str, str] = {
    "product not found": UNKNOWN_PRODUCT,
    "auth failed": NOT_AUTHORIZED,
    "exceeding the maximum subscription limit": OVER_LIMIT,
    "over the subscription limit": OVER_LIMIT,
    "cannot be resolved action": UNREADABLE_ACTION,
}
_BY_NAME: Mapping[str, tuple[Verdict, str, int | None]] = {
    UNKNOWN_PRODUCT: (Verdict.UNKNOWN_CODE, _UNKNOWN_CODE, 1),
    NOT_AUTHORIZED: (Verdict.TOKEN, _NOT_ACCEPTED, 2),
    OVER_LIMIT: (Verdict.OVER_PLAN, _OVER_PLAN, 3),
    UNREADABLE_ACTION: (Verdict.BUG, _UNREAD, None),
}
_BY_STATUS: Mapping[int, tuple[Verdict, str]] = {
    400: (Verdict.BUG, _UNREAD),
    401: (Verdict.TOKEN, _NOT_ACCEPTED),
    403: (Verdict.TOKEN, _NOT_ACCEPTED),
    429: (Verdict.RATE, _TOO_MANY),
}


def name_of(code: str, message: str) -> str:
    """Return which documented refusal ``code`` and ``message`` name, "" for none."""
    if (found := _NAMES.search(f"{code} {message}")) is not None:
        return found[0]
    message = message.casefold()
    return next((name for words, name in _WORDS.items() if words in message), "")


def refusal(name: str, call: str) -> VendorError:
    """Return the error for a documented refusal of a call or a channel."""
    verdict, sentence, number = _BY_NAME[name]
    return VendorError(sentence, vendor=VENDOR, verdict=verdict, call=call, code=number)


def nameless_refusal(code: int | None, call: str) -> VendorError:
    """Return the error for a refusal that is not documented.

    A number that means something as an HTTP status means the same here; else it is the server's
    trouble.
    """
    if code is not None and code in _BY_STATUS:
        return refusal_by_status(code, call)
    trouble = Sentence("iTick", "iTick turned a request down and did not say why.")
    return VendorError(
        joined(trouble, _LATER), vendor=VENDOR, verdict=Verdict.SERVER, call=call, code=code
    )


def refusal_by_status(status: int, call: str) -> VendorError:
    """Return the error for an HTTP answer whose body names no refusal."""
    words = Sentence(
        "iTick",
        "iTick answered with HTTP status {status}. The desk tries again later; "
        "check the address in the settings if this stays.",
    ).format(status=status)
    verdict, sentence = _BY_STATUS.get(status, (Verdict.SERVER, words))
    return VendorError(sentence, vendor=VENDOR, verdict=verdict, call=call, code=status)


def refused_handshake(status: int, body: bytes) -> VendorError:
    """Return the error for a socket that was not opened.

    ``status`` is the HTTP status, 0 where none came. A 429 counts connections here, not requests.
    """
    code, name = read_refusal(body)
    if name == OVER_LIMIT or 429 in (status, code):
        return _handshake(_CONNECTIONS, Verdict.OVER_PLAN, 3 if name == OVER_LIMIT else 429)
    if name:
        return refusal(name, CONNECTION)
    if status == 407:
        return _handshake(_PROXY, Verdict.NETWORK, status)
    if status == 0:
        return _handshake(_NETWORK, Verdict.NETWORK, None)
    return refusal_by_status(status, CONNECTION)


def read_refusal(body: bytes) -> tuple[int | None, str]:
    """Return the number in an envelope, and the refusal that it names; None and "" for neither."""
    try:
        envelope = wire.decode_envelope(body)
        code = values.text(envelope.code, "the code of an answer")
        message = values.text(envelope.msg, "the message of an answer")
    except (*values.UNREADABLE, ProtocolError):
        return None, ""
    number = int(code) if code.isdecimal() and len(code) < 10 else None
    return number, name_of(code, message)


def _handshake(sentence: str, verdict: Verdict, code: int | None) -> VendorError:
    return VendorError(sentence, vendor=VENDOR, verdict=verdict, call=CONNECTION, code=code)
