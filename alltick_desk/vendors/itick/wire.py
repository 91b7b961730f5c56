"""The shapes on iTick's wire. They never leave this package.

Two sets. ``Push`` takes every documented push in one pass: one flat shape for all kinds is quicker
than a tagged union, since ``type`` stands last. Its numbers stay the bytes that came
(``msgspec.Raw``), which is as quick as a float and keeps the digits. And the tolerant shapes,
whose every value is whatever came: for what does not fit, and for HTTP.
"""

from typing import Annotated

import msgspec

from alltick_desk.vendors.values import ABSENT, LATEST_MS

NOTHING = msgspec.Raw(b"")  # an amount that did not come: as text it is "", as the desk has it

_Word = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
_Time = Annotated[int, msgspec.Meta(ge=0, le=LATEST_MS)]
_Code = Annotated[int, msgspec.Meta(ge=0, le=1)]
_Trading = Annotated[int, msgspec.Meta(ge=0, le=3)]


class Data(msgspec.Struct, gc=False):
    """The data of a push as documented, of any kind."""

    s: _Word
    type: _Word
    r: Annotated[str, msgspec.Meta(max_length=8)] = ""
    t: _Time = 0
    ld: msgspec.Raw = NOTHING
    o: msgspec.Raw = NOTHING
    h: msgspec.Raw = NOTHING
    l: msgspec.Raw = NOTHING  # noqa: E741 - the vendor's name
    c: msgspec.Raw = NOTHING
    v: msgspec.Raw = NOTHING
    tu: msgspec.Raw = NOTHING
    ts: _Trading = 0
    ch: msgspec.Raw = NOTHING
    chp: msgspec.Raw = NOTHING
    a: msgspec.Raw = NOTHING
    b: msgspec.Raw = NOTHING
    k: msgspec.Raw = NOTHING


class Push(msgspec.Struct, gc=False):
    """A push as documented."""

    data: Data
    code: _Code = 1


class Level(msgspec.Struct, gc=False):
    """A level of a book, however it is spelt."""

    p: msgspec.Raw = ABSENT
    v: msgspec.Raw = NOTHING


class Frame(msgspec.Struct, rename={"action": "resAc"}):
    """Any frame of the socket."""

    code: msgspec.Raw = ABSENT
    action: msgspec.Raw = ABSENT
    msg: msgspec.Raw = ABSENT
    data: msgspec.Raw = ABSENT


class Envelope(msgspec.Struct):
    """Any answer over HTTP."""

    code: msgspec.Raw = ABSENT
    msg: msgspec.Raw = ABSENT
    data: msgspec.Raw = ABSENT


class Row(msgspec.Struct):
    """A trade, a quote, a book or a bar, however it is spelt."""

    s: msgspec.Raw = ABSENT
    r: msgspec.Raw = ABSENT
    type: msgspec.Raw = ABSENT
    t: msgspec.Raw = ABSENT
    ld: msgspec.Raw = ABSENT
    o: msgspec.Raw = ABSENT
    h: msgspec.Raw = ABSENT
    l: msgspec.Raw = ABSENT  # noqa: E741 - the vendor's name
    c: msgspec.Raw = ABSENT
    v: msgspec.Raw = ABSENT
    tu: msgspec.Raw = ABSENT
    ts: msgspec.Raw = ABSENT
    ch: msgspec.Raw = ABSENT
    chp: msgspec.Raw = ABSENT
    a: msgspec.Raw = ABSENT
    b: msgspec.Raw = ABSENT
    k: msgspec.Raw = ABSENT


class Info(msgspec.Struct):
    """What the vendor says of one stock."""

    s: msgspec.Raw = ABSENT
    r: msgspec.Raw = ABSENT
    n: msgspec.Raw = ABSENT
    nc: msgspec.Raw = ABSENT
    ne: msgspec.Raw = ABSENT
    nh: msgspec.Raw = ABSENT
    e: msgspec.Raw = ABSENT
    c: msgspec.Raw = ABSENT
    l: msgspec.Raw = ABSENT  # noqa: E741 - the vendor's name


_Plain = str | int | None  # what came as a number is a code of digits


class Product(msgspec.Struct, gc=False):
    """A row of a list of instruments; there are thousands, so it is read in one pass."""

    c: _Plain = None
    code: _Plain = None
    symbol: _Plain = None
    n: _Plain = None
    name: _Plain = None
    ne: _Plain = None
    nc: _Plain = None
    r: _Plain = None
    region: _Plain = None


Bag = dict[str, msgspec.Raw]  # for rows whose names are not settled

decode_push = msgspec.json.Decoder(Push, strict=False).decode
decode_frame = msgspec.json.Decoder(Frame).decode
decode_envelope = msgspec.json.Decoder(Envelope).decode
decode_row = msgspec.json.Decoder(Row).decode
decode_levels = msgspec.json.Decoder(list[Level] | None).decode
decode_words = msgspec.json.Decoder(list[str]).decode
