"""Reading what clients send: liberal where the documents are unclear, else refused."""

from typing import Any, Final

import msgspec

from alltick_desk.sim.alltick import wire
from alltick_desk.sim.alltick.wire import Refusal
from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.listing import Listing

_TRACE_LENGTH: Final = 64
_SEQ_END: Final = 1 << 32
_LARGEST: Final = 1 << 53
_DIGITS: Final = 16


def parse(text: str | bytes) -> Any:
    """Return the document of JSON text; ValueError where it is none."""
    try:
        return msgspec.json.decode(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def whole_number(value: object) -> int | None:
    """Return a number that is an integer, or text of one, from 0 on; None for anything else."""
    if isinstance(value, str) and value.isdecimal() and len(value) <= _DIGITS:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _LARGEST:
        return None
    return value


def trace_of(document: object) -> str:
    """Return the trace to be echoed, "" where there is none."""
    trace = document.get("trace") if isinstance(document, dict) else None
    return trace if isinstance(trace, str) else ""


class Reader:
    """Reads requests; raises Refusal with the ``ret`` that they earn."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def malformed(self) -> Refusal:
        """Return what a malformed request is answered with."""
        return Refusal(self._exchange.script.rules.malformed_ret)

    def data(self, document: object) -> dict[str, Any]:
        """Return a document's ``data``, having checked its ``trace``."""
        if not isinstance(document, dict):
            raise self.malformed()
        trace = document.get("trace")
        if not isinstance(trace, str) or not 0 < len(trace) <= _TRACE_LENGTH:
            raise self.malformed()
        data = document.get("data")
        if not isinstance(data, dict):
            raise self.malformed()
        return data

    def integer(self, data: dict[str, Any], name: str, default: int | None = None) -> int:
        """Return a field that is an integer, or text of one."""
        value = whole_number(data.get(name, default))
        if value is None:
            raise self.malformed()
        return value

    def seq_id(self, document: dict[str, Any]) -> int:
        """Return a command's ``seq_id``."""
        seq = self.integer(document, "seq_id")
        if seq >= _SEQ_END:
            raise self.malformed()
        return seq

    def symbols(self, data: dict[str, Any]) -> list[dict[str, Any]]:
        """Return ``symbol_list``, each code once, the first of it."""
        listed = data.get("symbol_list")
        if not isinstance(listed, list) or not listed:
            raise self.malformed()
        symbols: dict[str, dict[str, Any]] = {}
        for symbol in listed:
            if not isinstance(symbol, dict) or not isinstance(symbol.get("code"), str):
                raise self.malformed()
            symbols.setdefault(symbol["code"], symbol)
        return list(symbols.values())

    def listing(self, code: object, family: str) -> Listing:
        """Return the listing of a code in its family; 600 or 604 otherwise."""
        if not isinstance(code, str):
            raise self.malformed()
        listing = self._exchange.floor.listings.get(code)
        if listing is None or listing.family != family:
            raise Refusal(wire.CODE_INVALID)
        if not self._exchange.plan.covers(code):
            raise Refusal(wire.CODE_UNAUTHORIZED)
        return listing

    def known(self, symbols: list[dict[str, Any]], family: str) -> list[dict[str, Any]]:
        """Return the symbols that may be asked for; others refuse all, or are left out."""
        if self._exchange.script.rules.unknown_codes == "refuse":
            for symbol in symbols:
                self.listing(symbol["code"], family)
            return symbols
        kept = []
        for symbol in symbols:
            try:
                self.listing(symbol["code"], family)
            except Refusal:
                continue
            kept.append(symbol)
        return kept
