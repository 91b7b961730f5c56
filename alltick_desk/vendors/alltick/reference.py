"""AllTick's reference data: the static figures of stocks and the lists of halted ones."""

from collections.abc import Sequence
from enum import Enum
from functools import partial

import msgspec

from alltick_desk.errors import ProtocolError, VendorError, Verdict
from alltick_desk.model.instrument import Instrument
from alltick_desk.model.reference import StaticInfo, Suspension, SuspensionPage, TradingDay
from alltick_desk.model.words import Sentence
from alltick_desk.vendors import values
from alltick_desk.vendors.alltick import wire
from alltick_desk.vendors.alltick.families import STOCK, one_family
from alltick_desk.vendors.alltick.http import symbols_query
from alltick_desk.vendors.alltick.refusals import OK, VENDOR, refusal, refusal_by_status
from alltick_desk.vendors.base import Query

_SUSPENSION = "suspension"
_PAGE_SIZE = 100  # one call a minute is allowed: the fewer pages, the better


class Exchange(Enum):
    """The exchanges whose halts are listed; the value is the end of the path."""

    SSE = "sse"
    NYSE = "nyse"
    NASDAQ = "nasdaq"

    @property
    def suffix(self) -> str:
        """The ending of this exchange's codes, which its list leaves out."""
        return ".SH" if self is Exchange.SSE else ".US"


def static_info(codes: Sequence[str]) -> Query[list[StaticInfo]]:
    """Ask for the reference data of stocks; a code that the vendor left out is missing.

    Raises ValueError for codes that are not of the stock family, which alone has this call.
    """
    if one_family(codes) != STOCK:
        raise ValueError("only stocks have static information")
    return symbols_query("static_info", codes, wire.StaticList, _read_static)


def suspensions(
    exchange: Exchange, *, page: int = 1, size: int = _PAGE_SIZE
) -> Query[SuspensionPage]:
    """Ask for a page of the halts of this year, the newest first.

    The vendor says both that the list has pages and that it has none; either is read.
    """
    return Query(
        call=_SUSPENSION,
        subject=f"{exchange.value} {page} {size}",
        method="GET",
        path=f"/api/suspension/{exchange.value}",
        params={"page": str(page), "size": str(size)},
        document=None,
        parse=partial(_read_suspensions, exchange, page),
    )


def suspension_list(name: str, page: int) -> Query[SuspensionPage]:
    """Ask for a page of the list that is called ``name``; ValueError where there is none."""
    return suspensions(Exchange(name), page=page)


def directory(name: str) -> Query[list[Instrument]]:
    """Raise ValueError: AllTick has no list of its instruments."""
    raise ValueError(f"AllTick has no list called {name}")


def trading_days(region: str) -> Query[list[TradingDay]]:
    """Raise ValueError: AllTick tells no trading days."""
    raise ValueError(f"AllTick tells no trading days of {region}")


def _read_static(found: wire.StaticList) -> list[StaticInfo]:
    return [
        StaticInfo(
            code=values.word(row.symbol, "the code of static information"),
            name_en=values.text(row.name_en, "an English name"),
            name_zh=values.text(row.name_cn, "a Chinese name"),
            name_zh_hant=values.text(row.name_hk, "a Chinese name"),
            exchange=values.text(row.exchange, "an exchange"),
            board=values.text(row.board, "a board"),
            currency=values.text(row.currency, "a currency"),
            lot_size=values.whole(row.lot_size, "a lot size"),
            total_shares=values.amount(row.total_shares, "a count of shares"),
            circulating_shares=values.amount(row.circulating_shares, "a count of shares"),
            hk_shares=values.amount(row.hk_shares, "a count of shares"),
            eps=values.amount(row.eps, "earnings per share", signed=True),
            eps_ttm=values.amount(row.eps_ttm, "earnings per share", signed=True),
            bps=values.amount(row.bps, "a book value", signed=True),
            dividend_yield=values.amount(row.dividend_yield, "a dividend yield", signed=True),
        )
        for row in found.static_info_list or ()
    ]


def _read_suspensions(exchange: Exchange, page: int, status: int, body: bytes) -> SuspensionPage:
    answer = _answer(status, body)
    try:
        rows = wire.decode_suspensions(answer.data) or []
    except values.UNREADABLE:
        raise ProtocolError("a list of suspensions has the wrong shape") from None
    found = tuple(_read_suspension(exchange, row) for row in rows)
    pages = values.whole(answer.total_pages, "a number of pages") or 1
    total = values.whole(answer.total_count, "a number of suspensions")
    whole_list = total is not None and len(found) >= total
    return SuspensionPage(found, None if whole_list or not found or page >= pages else page + 1)


def _answer(status: int, body: bytes) -> wire.SuspensionList:
    """Return an answer that says it succeeded; VendorError for one that says it did not."""
    try:
        answer = wire.decode_suspension_list(body)
        success = bytes(answer.success)
        ret = values.whole(answer.ret, "the ret of an answer", signed=True)
    except (*values.UNREADABLE, ProtocolError):
        success, ret = b"null", None
    if success == b"true":
        return answer
    if ret not in (None, OK):
        raise refusal(ret, _SUSPENSION)
    if not 200 <= status < 300:
        raise refusal_by_status(status, _SUSPENSION)
    if success == b"false":
        raise VendorError(
            Sentence(
                "AllTick",
                "AllTick could not give its list of suspensions. The desk tries again later; "
                "nothing needs to be done.",
            ),
            vendor=VENDOR,
            verdict=Verdict.SERVER,
            call=_SUSPENSION,
        )
    raise ProtocolError("an answer to suspension does not say whether it succeeded")


def _read_suspension(exchange: Exchange, row: wire.SuspensionRow) -> Suspension:
    symbol = values.word(row.symbol, "the symbol of a suspension")
    return Suspension(
        code=symbol + exchange.suffix,
        publish_date=_text(row.publish_date),
        name=_text(row.symbol_name),
        reason=_text(row.halt_reason),
        halt_date=_text(row.halt_date) or _text(row.halt_date_time),
        halt_time=_text(row.halt_time),
        halt_period=_text(row.halt_period),
        resume_date=_text(row.resume_date) or _text(row.resume_date_time),
        resume_time=_text(row.resume_time),
        source_exchange=_text(row.source_exchange),
        threshold_price=values.amount(row.pause_threshold_price, "the price of a suspension"),
    )


def _text(raw: msgspec.Raw) -> str:
    return values.text(raw, "a field of a suspension").strip()
