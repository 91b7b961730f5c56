"""Every error the desk can name.

::

    DeskError                 anything expected; its text is a sentence for a person
    ├── UsageError            a bad argument or an unusable folder: exit code 2
    ├── SettingsError         a setting out of its bounds, or an unreadable settings file
    ├── StoreError            the disk is full, read-only or damaged
    ├── SecretError           the keyring is missing, locked or silent
    ├── ProtocolError         bytes from a vendor that mean nothing; counted, never fatal
    └── VendorError           a vendor said no, or could not be reached; see ``Verdict``

What is not a DeskError is a bug and goes to the crash report. No message may hold a token.
"""

from enum import Enum


class DeskError(Exception):
    """An expected failure; ``str()`` is a sentence that can be shown as it is."""


class UsageError(DeskError):
    """The desk was started in a way that cannot work."""


class SettingsError(DeskError):
    """A setting is out of its bounds, or the file that holds it cannot be read."""


class StoreError(DeskError):
    """The disk refused, or what lies on it is damaged."""


class SecretError(DeskError):
    """The place that keeps the token could not be used."""


class ProtocolError(DeskError):
    """A vendor sent something that its documents do not allow."""


class Verdict(Enum):
    """What a refusal asks of the client. Each vendor's codec classifies each code once."""

    BUG = "bug"  # our request was malformed: never repeat it, report it
    TOKEN = "token"  # missing, wrong or expired token: stop every call and ask  # noqa: S105
    RATE = "rate"  # too often: freeze the call and go slower
    RATE_CLOSED = "rate-closed"  # too often, and the connection is about to be closed
    UNKNOWN_CODE = "unknown-code"  # mark the instrument, do not ask again
    NOT_IN_PLAN = "not-in-plan"  # mark the instrument, do not ask again
    OVER_PLAN = "over-plan"  # more codes, bars or connections than the plan has: ask for less
    SERVER = "server"  # the vendor's own trouble: try again later
    NETWORK = "network"  # nothing came back: try again later


class VendorError(DeskError):
    """A vendor's refusal, or its silence.

    Attributes:
        vendor: which one, e.g. ``"alltick"``.
        verdict: what to do about it.
        call: the call or channel it belongs to, e.g. ``"kline"``.
        code: the vendor's own number, or None where there was none.
    """

    def __init__(
        self, message: str, *, vendor: str, verdict: Verdict, call: str, code: int | None = None
    ) -> None:
        super().__init__(message)
        self.vendor = vendor
        self.verdict = verdict
        self.call = call
        self.code = code
