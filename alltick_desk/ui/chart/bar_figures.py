"""What the panel says of a bar and of its session, in words and figures."""

from PySide6.QtCore import QCoreApplication

from alltick_desk.model.figures import signed
from alltick_desk.model.series import CandleSeries, Row
from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.services.charts import ChartSession, Note, NoteKind
from alltick_desk.ui.chart.figures import UNKNOWN, moment_iso, price_text, volume_text
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate

_NOTES = (
    QT_TRANSLATE_NOOP("Chart", "Loading…"),
    QT_TRANSLATE_NOOP("Chart", "Waiting {seconds} s for the plan's next free call"),
    QT_TRANSLATE_NOOP("Chart", "No bars"),
    QT_TRANSLATE_NOOP("Chart", "{detail} Trying again in {seconds} s."),
)
_LABELS = (
    QT_TRANSLATE_NOOP("Chart", "O"),
    QT_TRANSLATE_NOOP("Chart", "H"),
    QT_TRANSLATE_NOOP("Chart", "L"),
    QT_TRANSLATE_NOOP("Chart", "C"),
)


def bar_figures(
    series: CandleSeries, index: int, *, volumes: bool, chinese: bool
) -> tuple[tuple[str, str], ...]:
    """Return labels and values of a bar: prices, its change, volume and turnover."""
    row, digits = series.row(index), series.digits
    prices = (price_text(price, digits) for price in row[1:5])
    figures = [
        (translate("Chart", label), price) for label, price in zip(_LABELS, prices, strict=True)
    ]
    if index:
        before = float(series.close[index - 1])
        change = row.close - before
        figures.append(("", signed(change, digits)))
        if before:
            figures.append(("", f"{signed(change / abs(before) * 100.0, 2)}%"))
    figures.append((translate("Chart", "V"), _volume(row, known=volumes, chinese=chinese)))
    if row.turnover:
        turnover = volume_text(row.turnover, chinese=chinese)
        figures.append((translate("Chart", "Turnover"), turnover))
    return tuple(figures)


def state_of(session: ChartSession | None, *, chinese: bool) -> dict[str, object]:
    """Return what a person reads of a session, for a snapshot."""
    last = dict.fromkeys(("time", "open", "high", "low", "close", "volume"), UNKNOWN)
    if session is None or session.key is None:
        return {"instrument": UNKNOWN, "interval": UNKNOWN, "bars": 0, "last": last}
    series = session.series
    if len(series):
        row = series.row(-1)
        last["time"] = moment_iso(row.time_s, session.market)
        for name, price in zip(("open", "high", "low", "close"), row[1:5], strict=True):
            last[name] = price_text(price, series.digits)
        last["volume"] = _volume(row, known=bool(series.volume.any()), chinese=chinese)
    return {
        "instrument": session.key.code,
        "interval": session.interval.value,
        "bars": len(series),
        "last": last,
    }


def spoken_note(note: Note) -> str:
    """Say a note in the person's language."""
    if note.kind is NoteKind.NONE:
        return ""
    text = translate("Chart", note.kind.value)
    return text.format(detail=spoken(note.detail), seconds=note.seconds)


def _volume(row: Row, *, known: bool, chinese: bool) -> str:
    return volume_text(row.volume, chinese=chinese) if known or row.volume > 0.0 else UNKNOWN
