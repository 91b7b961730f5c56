"""What each of AllTick's refusals means, classified once.

Sockets and HTTP share one numbering, ``ret``. The vendor's own words never reach a message of
ours: what a server echoes may hold the token.
"""

from collections.abc import Mapping

from alltick_desk.errors import ProtocolError, VendorError, Verdict
from alltick_desk.model.words import Sentence, joined
from alltick_desk.vendors.alltick.wire import decode_envelope
from alltick_desk.vendors.values import UNREADABLE, whole

VENDOR = "alltick"
OK = 200  # the only ret that means success
CONNECTION = "connection"  # the call that a refused handshake belongs to

_BUG = Sentence(
    "AllTick", "This is a fault of the desk: the request is not repeated. Please report it."
)
_SLOWER = Sentence("AllTick", "The desk waits and then asks more slowly; nothing needs to be done.")
_LATER = Sentence("AllTick", "The desk tries again later; nothing needs to be done.")
_NOT_ACCEPTED = Sentence(
    "AllTick",
    "AllTick does not accept the token: it is missing, wrong or expired. "
    "The desk has stopped asking; enter a valid token in the settings.",
)
_UNKNOWN_CODE = Sentence(
    "AllTick",
    "AllTick does not know this code. The desk does not ask for it again today unless it is "
    "started anew; check its spelling, where capital letters count.",
)
_OVER_PLAN = Sentence(
    "AllTick",
    "This is more than the plan allows. The desk asks for less; "
    "check that the plan in the settings is the token's.",
)
_NOT_IN_PLAN = Sentence(
    "AllTick",
    "The plan does not cover this code. The desk does not ask for it again today unless it is "
    "started anew; a larger plan of AllTick's may have it.",
)
_CLOSED = Sentence(
    "AllTick",
    "AllTick counts too many requests and closes the connection. "
    "The desk connects again after the plan's pause; "
    "another program with the same token may be the cause.",
)

_UNREAD = joined(Sentence("AllTick", "AllTick could not read a request."), _BUG)
_TOO_MANY = joined(Sentence("AllTick", "AllTick counts too many requests."), _SLOWER)

_BY_RET: Mapping[int, tuple[Verdict, str]] = {
    201: (Verdict.BUG, _UNREAD),
    202: (Verdict.BUG, _UNREAD),
    400: (Verdict.BUG, _UNREAD),
    401: (Verdict.TOKEN, _NOT_ACCEPTED),
    402: (
        Verdict.BUG,
        joined(Sentence("AllTick", "AllTick could not read the query of a request."), _BUG),
    ),
    429: (Verdict.RATE, _TOO_MANY),
    600: (Verdict.UNKNOWN_CODE, _UNKNOWN_CODE),
    601: (
        Verdict.BUG,
        joined(Sentence("AllTick", "AllTick received a request without its document."), _BUG),
    ),
    603: (Verdict.OVER_PLAN, _OVER_PLAN),
    604: (Verdict.NOT_IN_PLAN, _NOT_IN_PLAN),
    605: (Verdict.RATE, _TOO_MANY),
    606: (Verdict.RATE_CLOSED, _CLOSED),
}

_ALSO_STATUS = frozenset((400, 401, 429))  # a ret that means the same as an HTTP status

_CONNECTIONS = Sentence(
    "AllTick",
    "AllTick allows this token no further connection. The desk makes do with fewer; "
    "another program with the same token may hold one, or the plan in the settings is too large.",
)
_PROXY = Sentence(
    "AllTick",
    "A proxy on the way to AllTick refused the connection. The desk tries again later; "
    "check the proxy settings of this computer.",
)
_NETWORK = Sentence(
    "AllTick",
    "AllTick did not answer. The desk tries again later; check the network and the address.",
)


def refusal(ret: int, call: str) -> VendorError:
    """Return the error for ``ret`` on a call or channel; an unknown one is the server's trouble."""
    trouble = Sentence("AllTick", "AllTick has trouble of its own ({ret}).").format(ret=ret)
    verdict, sentence = _BY_RET.get(ret, (Verdict.SERVER, joined(trouble, _LATER)))
    return VendorError(sentence, vendor=VENDOR, verdict=verdict, call=call, code=ret)


def refusal_by_status(status: int, call: str) -> VendorError:
    """Return the error for an HTTP answer whose body names no ``ret``."""
    if status in _ALSO_STATUS:
        return refusal(status, call)
    return VendorError(
        Sentence(
            "AllTick",
            "AllTick answered with HTTP status {status}. The desk tries again later; "
            "check the address in the settings if this stays.",
        ).format(status=status),
        vendor=VENDOR,
        verdict=Verdict.SERVER,
        call=call,
        code=status,
    )


def refused_handshake(status: int, body: bytes) -> VendorError:
    """Return the error for a socket that was not opened.

    ``status`` is the HTTP status, 0 where none came. A 429 counts connections here, not requests.
    """
    ret = ret_of(body)
    if 429 in (status, ret):
        return _handshake(_CONNECTIONS, Verdict.OVER_PLAN, 429)
    if ret not in (None, OK):
        return refusal(ret, CONNECTION)
    if status == 407:
        return _handshake(_PROXY, Verdict.NETWORK, status)
    if status == 0:
        return _handshake(_NETWORK, Verdict.NETWORK, None)
    return refusal_by_status(status, CONNECTION)


def ret_of(body: bytes) -> int | None:
    """Return the ``ret`` of an answer, None where there is none that can be read."""
    try:
        return whole(decode_envelope(body).ret, "the ret of an answer", signed=True)
    except (*UNREADABLE, ProtocolError):
        return None


def _handshake(sentence: str, verdict: Verdict, code: int | None) -> VendorError:
    return VendorError(sentence, vendor=VENDOR, verdict=verdict, call=CONNECTION, code=code)
